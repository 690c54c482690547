"""Writing into channels that nobody is waiting in: by their ids, without a cache."""

from typing import Final

import discord

from bot.ui.interaction import Client
from bot.ui.pages import Page

GONE: Final = {10003, 10008, 50001, 50013, 50083, 160005}
"""Discord's codes for: unknown channel, unknown message, no access, no permission, archived thread, locked thread."""
MESSAGE_GONE: Final = 10008


async def post(client: Client, channel_id: int, page: Page, nonce: str) -> discord.Message:
    """Send `page` to a channel. The same `nonce` (25 characters at most) within minutes sends nothing a second time.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_gone`.
    """
    return await client.get_partial_messageable(channel_id).send(view=page, nonce=nonce)


async def edit(client: Client, channel_id: int, message_id: int, page: Page) -> None:
    """Change one of Adlib's messages.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_gone`.
    """
    await client.get_partial_messageable(channel_id).get_partial_message(message_id).edit(view=page)


def is_gone(error: discord.HTTPException) -> bool:
    """Tell whether another try would be refused as well: the place is not there, or not Adlib's to write to."""
    return error.code in GONE
