"""Posting what channels are owed of their feeds: each message once, whatever happens in between."""

import logging
from functools import partial

import discord

from bot.domain.feeds import Feed
from bot.services.feed_checks import Batch, Outbox
from bot.text.catalogue import Phrases
from bot.ui import channels
from bot.ui.feed_posts import entries_page, portions, telling_page
from bot.ui.interaction import Client
from bot.ui.pages import Page
from bot.ui.refused import is_unsendable, may_come_back

log = logging.getLogger(__name__)


def nonce(feed_id: int, number: int, part: int = 0) -> str:
    """Return what makes Discord take a message that is sent twice for one: 25 characters at most."""
    return f"f{feed_id}.{number}.{part}"


async def post_owed(client: Client, feed_id: int) -> None:
    """Post all that the channel of a feed is owed, and note each message once it stands there.

    Where the channel is gone, the feed is paused. A message that Discord takes nowhere is left out.

    Raises:
        discord.HTTPException: Discord refuses it for now, or for want of a permission.
    """
    await _settle(client, feed_id, at_last=False)


async def post_at_last(client: Client, feed_id: int) -> None:
    """Try once more after many failures; where Adlib may still not post there, the feed is paused.

    Raises:
        Exception: it failed for another reason, which may pass.
    """
    await _settle(client, feed_id, at_last=True)


async def _settle(client: Client, feed_id: int, *, at_last: bool) -> None:
    await client.settler.draw(("feed", feed_id), partial(_post_owed, client, feed_id, at_last))


async def _post_owed(client: Client, feed_id: int, at_last: bool) -> None:
    checks = client.services.feed_checks
    outbox = await checks.outbox(feed_id)
    if outbox is None:
        return
    try:
        await _post_all(client, outbox)
    except discord.HTTPException as error:
        if may_come_back(error) and not (at_last and isinstance(error, discord.Forbidden)):
            raise
        await checks.refuse(feed_id, outbox.feed.channel_id, discord.utils.utcnow())


async def _post_all(client: Client, outbox: Outbox) -> None:
    feed, checks = outbox.feed, client.services.feed_checks
    _ = client.catalogue[outbox.language]
    if (owed := feed.owed) is not None:
        page = telling_page(feed, owed.telling, outbox.time_zone, client.services.commands.ids, _)
        await _send(client, feed, page, nonce(feed.id, owed.number))
        await checks.told(feed.id, owed.number)
    for batch in outbox.batches:
        await _post_batch(client, feed, batch, _)


async def _send(client: Client, feed: Feed, page: Page, once: str, ping: int | None = None) -> bool:
    """Post a page, and tell whether Discord took it; see `is_unsendable`."""
    try:
        await channels.post(client, feed.channel_id, page, once, ping=ping)
    except discord.HTTPException as error:
        if not is_unsendable(error):
            raise
        log.error("A message of feed %d is left out, Discord takes it nowhere: %s", feed.id, error)
        return False
    return True


async def _post_batch(client: Client, feed: Feed, batch: Batch, _: Phrases) -> None:
    services = client.services
    parts, unplaced = portions(batch.entries, feed, services.feeds.named, _)
    unsent = [entry.key for entry in unplaced]
    own = services.own_libraries.of(feed.guild_id).articles
    for number, part in enumerate(parts):
        waiting = [entry.key for entry in part if entry.posted_at is None]
        if not waiting:
            continue
        left_out = batch.left_out + len(unplaced) if number == len(parts) - 1 else 0
        page = entries_page(part, feed, services.feeds.named, own, _, first=number == 0, left_out=left_out)
        ping = feed.role_id if number == 0 else None
        if await _send(client, feed, page, nonce(feed.id, batch.number, number), ping):
            await services.feed_checks.posted(feed.id, waiting, discord.utils.utcnow())
        else:
            unsent += waiting
    if unsent:  # not before the last message: what is parted anew after a break is to be parted the same way
        await services.feed_checks.left_out(feed.id, unsent)
