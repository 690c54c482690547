"""What happens to a feed within one transaction: entries are stored, batched, told of; what comes next is arranged."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feed_fates import judge
from bot.domain.feed_health import next_check
from bot.domain.feeds import (
    KEPT,
    MOST_A_CHECK,
    OLDEST,
    Entry,
    Fate,
    Feed,
    FeedState,
    Judged,
    Owed,
    Rhythm,
    Sighted,
    Telling,
    next_digest,
    taken,
    titled,
)
from bot.domain.links import link_key
from bot.domain.own_articles import HEADLINE_LIMIT, PUBLISHER_LIMIT, OwnArticle, Written
from bot.domain.texts import shorten
from bot.feeds.fetch import Fetched
from bot.services.library import LibraryService
from bot.storage import feed_items, feeds, guilds, jobs

CHECK: Final = "feed.check"
"""The job that looks at a feed; the subject of this and the others is the feed."""
DIGEST: Final = "feed.digest"
"""The job that gathers what waits for a digest."""
POST: Final = "feed.post"
"""The job that posts what a channel is owed."""
A_PLACE: Final = timedelta(milliseconds=1)
"""So much the entries of one reading differ in when they were seen, so that their order is known later."""


async def twins(connection: AsyncConnection, feed: Feed) -> Collection[int]:
    """Return the ids of the feed and of those that its channel follows at the same address.

    There are others only where feeds have moved to one address for good; what one has brought is news of none.
    """
    followed = await feeds.list_feeds(connection, feed.guild_id)
    address = link_key(feed.url)
    return {
        feed.id,
        *(other.id for other in followed if other.channel_id == feed.channel_id and link_key(other.url) == address),
    }


def as_found(feed: Feed, fetched: Fetched) -> Feed:
    """Return the feed as it was found: it may have moved for good, or changed its title."""
    return replace(
        feed,
        url=fetched.url,
        title=titled(fetched.title, fetched.url),
        etag=fetched.etag,
        modified=fetched.modified,
    )


async def take(
    connection: AsyncConnection, library: LibraryService, feed: Feed, sighted: Sequence[Sighted], now: datetime
) -> Sequence[OwnArticle]:
    """Store what is new in a feed, and have it posted where that is at once.

    Returns:
        The articles that it became, for the index of the guild.
    """
    keys = [entry.item.key for entry in sighted]
    known = await feed_items.find_items(connection, feed.id, keys)
    links = [link_key(entry.item.url) for entry in sighted if entry.item.url and entry.item.key not in known]
    if len(at_address := await twins(connection, feed)) > 1:  # another process may be looking at the other one
        await guilds.get_settings(connection, feed.guild_id, lock=True)
    known_links = await feed_items.known_links(connection, at_address, links)
    old_links = await feed_items.old_links(connection, at_address, links)
    judged = judge(sighted, feed.filter, known, known_links, now, old_links)
    new = [entry for entry in judged if entry.fate is not Fate.KNOWN]
    joined = await store(connection, library, feed, new, now)
    await feed_items.see_again(connection, feed.id, keys, now)
    await feed_items.forget_items(connection, feed.id, now - KEPT)
    if feed.rhythm is Rhythm.AT_ONCE:
        await batch(connection, feed, MOST_A_CHECK, now)
    return joined


async def store(
    connection: AsyncConnection, library: LibraryService, feed: Feed, judged: Sequence[Judged], now: datetime
) -> Sequence[OwnArticle]:
    """Store entries with what becomes of them; those that the feed takes and that name a drama or person, join.

    They join the guild's library whether they are posted or not: what was there when the feed was followed, what is
    too old, what a flood will leave out.

    Returns:
        The articles that they became, for the index of the guild.
    """
    zone = (await guilds.get_settings(connection, feed.guild_id)).zone
    joining = [(entry, written) for entry in judged if (written := _written(entry, feed, zone)) is not None]
    joined: Sequence[OwnArticle | None] = ()
    if joining:
        joined = await library.join(connection, feed.guild_id, feed.id, [written for _, written in joining], now)
    articles = {entry.sighted.item.key: article for (entry, _), article in zip(joining, joined, strict=True)}
    entries = [
        Entry(
            key=entry.sighted.item.key,
            fate=entry.fate,
            headline=_headline(entry),
            seen_at=now - place * A_PLACE,
            url=entry.sighted.item.url,
            publisher=entry.sighted.item.publisher,
            because=entry.because,
            published_at=entry.sighted.item.published_at,
            article_id=None if (article := articles.get(entry.sighted.item.key)) is None else article.id,
        )
        for place, entry in enumerate(judged)
    ]
    await feed_items.add_items(connection, feed.id, entries, now)
    return [article for article in joined if article is not None]


async def batch(connection: AsyncConnection, feed: Feed, most: int, now: datetime) -> None:
    """Have what waits posted now, the newest `most` of it; the rest is left out, and counted in the same post."""
    waiting = await feed_items.list_waiting(connection, feed.id)
    if not waiting:
        return
    chosen, left_out = taken(waiting, most)
    number = await feeds.next_number(connection, feed.id)
    for entries, fate in ((chosen, Fate.POST), (left_out, Fate.LEFT_OUT)):
        await feed_items.put_in_batch(connection, feed.id, [entry.key for entry in entries], number, fate)
    await jobs.add_job(connection, POST, feed.id, now)


async def drop_old(connection: AsyncConnection, feed: Feed, now: datetime) -> None:
    """Leave out what has waited for so long that it is no news any more."""
    unposted = await feed_items.list_unposted(connection, feed.id)
    waiting = [*await feed_items.list_waiting(connection, feed.id), *unposted]
    old = [entry.key for entry in waiting if entry.posted_at is None and entry.at < now - OLDEST]
    await feed_items.put_in_batch(connection, feed.id, old, None, Fate.LEFT_OUT)


async def tell(connection: AsyncConnection, feed: Feed, telling: Telling, now: datetime) -> Feed:
    """Have the channel told something of its feed; return the feed as it is to be saved."""
    number = await feeds.next_number(connection, feed.id)
    await jobs.add_job(connection, POST, feed.id, now)
    return replace(feed, owed=Owed(telling, number))


async def arrange(connection: AsyncConnection, feed: Feed, now: datetime, first: datetime | None = None) -> None:
    """Arrange the next look at a feed (at `first`, or in its time) and its next digest; none where it stands still."""
    if feed.state is not FeedState.FOLLOWED:
        await jobs.remove_jobs(connection, (CHECK, DIGEST), feed.id)
        return
    await jobs.add_job(connection, CHECK, feed.id, first or next_check(feed.id, feed.health, now))
    await arrange_digest(connection, feed, now)


async def arrange_digest(connection: AsyncConnection, feed: Feed, now: datetime) -> None:
    """Arrange the next digest of a feed that is followed, at its hour of the guild's zone; none where it has none."""
    if feed.state is not FeedState.FOLLOWED or feed.rhythm is Rhythm.AT_ONCE:
        await jobs.remove_jobs(connection, (DIGEST,), feed.id)
        return
    settings = await guilds.get_settings(connection, feed.guild_id)
    await jobs.add_job(connection, DIGEST, feed.id, next_digest(feed.rhythm, feed.hour, settings.zone, now))


def _headline(entry: Judged) -> str:
    return shorten(entry.sighted.item.headline or entry.sighted.item.url or "", HEADLINE_LIMIT)


def _written(entry: Judged, feed: Feed, zone: ZoneInfo) -> Written | None:
    """What the library keeps of an entry; None where it does not join."""
    sighted = entry.sighted
    if not entry.joins:
        return None
    published_at = sighted.item.published_at
    return Written(
        headline=_headline(entry),
        publisher=shorten(sighted.item.publisher or feed.title, PUBLISHER_LIMIT),
        date=None if published_at is None else published_at.astimezone(zone).date().isoformat(),
        url=sighted.item.url,
        dramas=sighted.dramas,
        people=sighted.people,
    )
