"""Writing into channels that nobody is waiting in: by their ids, without a cache."""

from typing import Final

import discord

from bot.ui.interaction import Client
from bot.ui.pages import Page

MESSAGE_GONE: Final = 10008
"""Discord's code for an unknown message."""
FINAL: Final = {400, 403, 404}
"""HTTP statuses after which another try would be refused as well."""


async def post(client: Client, channel_id: int, page: Page, nonce: str) -> discord.Message:
    """Send `page` to a channel. The same `nonce` (25 characters at most) within minutes sends nothing a second time.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_final`.
    """
    return await client.get_partial_messageable(channel_id).send(view=page, nonce=nonce)


async def edit(client: Client, channel_id: int, message_id: int, page: Page) -> None:
    """Change one of Adlib's messages.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_final`.
    """
    await client.get_partial_messageable(channel_id).get_partial_message(message_id).edit(view=page)


async def edit_or_post(client: Client, channel_id: int, message_id: int | None, page: Page, nonce: str) -> int:
    """Change one of Adlib's messages, or post it anew where it was deleted or never known; return its id.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_final`.
    """
    if message_id is not None:
        try:
            await edit(client, channel_id, message_id, page)
        except discord.NotFound as error:
            if error.code != MESSAGE_GONE:
                raise
        else:
            return message_id
    return (await post(client, channel_id, page, nonce)).id


def is_final(error: discord.HTTPException) -> bool:
    """Tell whether another try would be refused as well: the place is not there, or not Adlib's to write to."""
    return error.status in FINAL
