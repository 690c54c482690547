"""What Discord refuses, by its codes ("JSON error codes" in its reference), and whether to try again."""

from typing import Final

import discord

MESSAGE_GONE: Final = 10008
OLD_MESSAGES: Final = 30046
"""Too many edits of messages older than an hour: worth another try, later."""
THREAD_ARCHIVED: Final = 50083
FINAL: Final = {400, 403, 404}
"""HTTP statuses after which another try would be refused as well."""


def may_come_back(error: discord.HTTPException) -> bool:
    """Tell whether a later try may be taken: it was refused for now, or for want of a permission that may be given."""
    return not is_final(error) or isinstance(error, discord.Forbidden)


def is_final(error: discord.HTTPException) -> bool:
    """Tell whether another try would be refused as well: the place is not there, or not Adlib's to write to."""
    return error.status in FINAL and error.code != OLD_MESSAGES
