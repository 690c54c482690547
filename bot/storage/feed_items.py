"""What was seen in feeds: which entries are known, which wait to be posted, in which batch, and which were."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import Entry, Fate
from bot.domain.links import link_key
from bot.storage.dialect import insert_for
from bot.storage.library_tables import feed_item

_REPEATABLE = (Fate.POST, Fate.KNOWN, Fate.LEFT_OUT)
"""Whoever brings the link of one of these again brings nothing new."""


async def add_items(connection: AsyncConnection, feed_id: int, entries: Iterable[Entry], now: datetime) -> None:
    """Store entries that were seen at `now`; one whose key is stored already stays as it is."""
    rows = [
        {
            "feed_id": feed_id,
            "key": entry.key,
            "fate": entry.fate,
            "headline": entry.headline,
            "publisher": entry.publisher,
            "url": entry.url,
            "link_key": None if entry.url is None else link_key(entry.url),
            "because": json.dumps(entry.because, ensure_ascii=False),
            "own_article_id": entry.article_id,
            "published_at": entry.published_at,
            "seen_at": entry.seen_at,
            "last_seen_at": now,
        }
        for entry in entries
    ]
    if rows:
        await connection.execute(insert_for(connection, feed_item).on_conflict_do_nothing(), rows)


async def find_items(connection: AsyncConnection, feed_id: int, keys: Collection[str]) -> Mapping[str, Entry]:
    """Return what is stored of these entries, by their keys."""
    wanted = select(feed_item).where(feed_item.c.feed_id == feed_id, feed_item.c.key.in_(keys))
    return {row.key: _entry(row) for row in await connection.execute(wanted)}


async def known_links(connection: AsyncConnection, feed_ids: Collection[int], links: Collection[str]) -> frozenset[str]:
    """Return which of these link keys one of the feeds has brought before."""
    return await _links_of(connection, feed_ids, links, _REPEATABLE)


async def old_links(connection: AsyncConnection, feed_ids: Collection[int], links: Collection[str]) -> frozenset[str]:
    """Return which of these link keys one of the feeds has brought when they were too old to be posted."""
    return await _links_of(connection, feed_ids, links, (Fate.OLD,))


async def see_again(connection: AsyncConnection, feed_id: int, keys: Collection[str], now: datetime) -> None:
    """Note that entries are in the feed at `now`."""
    seen = update(feed_item).where(feed_item.c.feed_id == feed_id, feed_item.c.key.in_(keys))
    await connection.execute(seen.values(last_seen_at=now))


async def forget_items(connection: AsyncConnection, feed_id: int, before: datetime) -> None:
    """Forget the entries of a feed that were last in it before then."""
    await connection.execute(delete(feed_item).where(feed_item.c.feed_id == feed_id, feed_item.c.last_seen_at < before))


async def list_waiting(connection: AsyncConnection, feed_id: int) -> Sequence[Entry]:
    """Return the entries that are to be posted and stand in no batch yet."""
    wanted = select(feed_item).where(
        feed_item.c.feed_id == feed_id, feed_item.c.fate == Fate.POST, feed_item.c.batch.is_(None)
    )
    return [_entry(row) for row in await connection.execute(wanted)]


async def list_unposted(connection: AsyncConnection, feed_id: int) -> Sequence[Entry]:
    """Return all entries of the batches of which something is still to be posted, what was left out of them too."""
    open_batches = select(feed_item.c.batch).where(
        feed_item.c.feed_id == feed_id,
        feed_item.c.fate == Fate.POST,
        feed_item.c.batch.is_not(None),
        feed_item.c.posted_at.is_(None),
    )
    wanted = select(feed_item).where(feed_item.c.feed_id == feed_id, feed_item.c.batch.in_(open_batches))
    return [_entry(row) for row in await connection.execute(wanted)]


async def put_in_batch(
    connection: AsyncConnection, feed_id: int, keys: Collection[str], batch: int | None, fate: Fate
) -> None:
    """Put entries in a batch, to be posted or left out with it; None leaves them in the one they stand in."""
    values: dict[str, Any] = {"fate": fate} if batch is None else {"fate": fate, "batch": batch}
    chosen = update(feed_item).where(feed_item.c.feed_id == feed_id, feed_item.c.key.in_(keys))
    await connection.execute(chosen.where(feed_item.c.posted_at.is_(None)).values(values))


async def note_posted(connection: AsyncConnection, feed_id: int, keys: Collection[str], now: datetime) -> None:
    """Note that entries stand in the channel."""
    posted = update(feed_item).where(
        feed_item.c.feed_id == feed_id, feed_item.c.key.in_(keys), feed_item.c.posted_at.is_(None)
    )
    await connection.execute(posted.values(posted_at=now))


async def last_posted(connection: AsyncConnection, feed_ids: Collection[int]) -> Mapping[int, datetime]:
    """Return when something of each of these feeds was posted last; feeds of which nothing was are left out."""
    newest = (
        select(feed_item.c.feed_id, func.max(feed_item.c.posted_at).label("newest"))
        .where(feed_item.c.feed_id.in_(feed_ids), feed_item.c.posted_at.is_not(None))
        .group_by(feed_item.c.feed_id)
    )
    return {row.feed_id: row.newest for row in await connection.execute(newest)}


async def _links_of(
    connection: AsyncConnection, feed_ids: Collection[int], links: Collection[str], fates: Collection[Fate]
) -> frozenset[str]:
    wanted = select(feed_item.c.link_key).where(
        feed_item.c.feed_id.in_(feed_ids), feed_item.c.link_key.in_(links), feed_item.c.fate.in_(fates)
    )
    return frozenset(found for found in await connection.scalars(wanted) if found is not None)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        key=row.key,
        fate=Fate(row.fate),
        headline=row.headline,
        seen_at=row.seen_at,
        url=row.url,
        publisher=row.publisher,
        because=tuple(json.loads(row.because)),
        published_at=row.published_at,
        article_id=row.own_article_id,
        batch=row.batch,
        posted_at=row.posted_at,
    )
