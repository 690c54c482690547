"""What Discord refuses, by its codes ("JSON error codes" in its reference), and whether to try again."""

from typing import Final

import discord

MESSAGE_GONE: Final = 10008
OLD_MESSAGES: Final = 30046
"""Too many edits of messages older than an hour: worth another try, later."""
MISSING_ACCESS: Final = 50001
"""Adlib does not see the channel; any other refusal means that it may not write there."""
MISSING_PERMISSIONS: Final = 50013
THREAD_ARCHIVED: Final = 50083
PLACES: Final = {50008, 50024, THREAD_ARCHIVED, 160005}
"""It is no place for messages: not a text channel, not a channel for that, a thread that is closed or locked."""
FINAL: Final = {400, 403, 404}
"""HTTP statuses after which another try would be refused as well."""


def may_come_back(error: discord.HTTPException) -> bool:
    """Tell whether a later try may be taken: it was refused for now, or for want of a permission that may be given."""
    return not is_final(error) or isinstance(error, discord.Forbidden)


def is_unsendable(error: discord.HTTPException) -> bool:
    """Tell whether Discord takes the message nowhere: the place is not to blame, and no other try is worth while."""
    return error.status == 400 and error.code not in {OLD_MESSAGES, *PLACES}


def is_final(error: discord.HTTPException) -> bool:
    """Tell whether another try would be refused as well: the place is not there, or not Adlib's to write to."""
    return error.status in FINAL and error.code != OLD_MESSAGES
