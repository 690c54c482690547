"""Writing into channels that nobody is waiting in: by their ids, without a cache.

A page with a picture is given as a function, because where Adlib may not attach files the page is drawn once more
without it: better the words alone than nothing.
"""

from collections.abc import Callable
from contextlib import suppress

import discord

from bot.ui.gallery import Picture
from bot.ui.interaction import Client
from bot.ui.pages import Page
from bot.ui.refused import MESSAGE_GONE, THREAD_ARCHIVED

Draw = Callable[[Picture | None], Page]
"""Draws a page with a picture, or without one."""


async def post(
    client: Client,
    channel_id: int,
    page: Page | Draw,
    nonce: str,
    picture: Picture | None = None,
    ping: int | None = None,
) -> int:
    """Send a page to a channel; return the id of the message.

    The same `nonce` (25 characters at most) within minutes sends nothing a second time. A thread that has gone to the
    archive comes back by it. `ping` is the id of the one role that the page may mention; nobody else is ever pinged.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_final`.
    """
    channel = client.get_partial_messageable(channel_id)
    if isinstance(page, Page):
        return (await channel.send(view=page, nonce=nonce, allowed_mentions=_pinging(ping))).id
    if picture is not None:
        with suppress(discord.Forbidden):  # the picture, or everything: the next call tells
            return (await channel.send(view=page(picture), nonce=nonce, file=picture.file())).id
    return (await channel.send(view=page(None), nonce=nonce)).id


async def edit(
    client: Client, channel_id: int, message_id: int, page: Page | Draw, picture: Picture | None = None
) -> None:
    """Change one of Adlib's messages.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_final`.
    """
    message = client.get_partial_messageable(channel_id).get_partial_message(message_id)
    if isinstance(page, Page):
        await message.edit(view=page)
        return
    if picture is not None:
        with suppress(discord.Forbidden):  # the picture, or everything: the next call tells
            await message.edit(view=page(picture), attachments=[picture.file()])
            return
    await message.edit(view=page(None), attachments=[])


async def edit_or_post(
    client: Client,
    channel_id: int,
    message_id: int | None,
    page: Page | Draw,
    nonce: str,
    picture: Picture | None = None,
) -> int:
    """Change one of Adlib's messages, or post it anew where it was deleted or never known; return its id.

    A message in a thread that has gone to the archive cannot be changed; it is posted anew, which opens the thread.

    Raises:
        discord.HTTPException: Discord refuses it; see `is_final`.
    """
    if message_id is not None:
        try:
            await edit(client, channel_id, message_id, page, picture)
        except discord.HTTPException as error:
            if error.code not in (MESSAGE_GONE, THREAD_ARCHIVED):
                raise
        else:
            return message_id
    return await post(client, channel_id, page, nonce, picture)


def _pinging(role_id: int | None) -> discord.AllowedMentions:
    if role_id is None:
        return discord.AllowedMentions.none()
    return discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(role_id)], replied_user=False)
