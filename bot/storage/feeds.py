"""The feeds that guilds follow. What was seen in them stands in bot/storage/feed_items.py."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import errors
from bot.domain.feed_health import Health
from bot.domain.feeds import Feed, FeedState, Filter, Owed, Rhythm, Telling
from bot.domain.texts import Language
from bot.errors import FeedUnreadable, UserError
from bot.storage.library_tables import feed
from bot.storage.tables import job


async def add_feed(
    connection: AsyncConnection,
    *,
    guild_id: int,
    channel_id: int,
    url: str,
    title: str,
    language: Language,
    wanted: Filter,
    rhythm: Rhythm,
    hour: int,
    role_id: int | None,
    adder_id: int,
    now: datetime,
) -> Feed:
    """Store a feed as a draft: nobody follows it yet."""
    newest = await connection.scalar(select(func.max(feed.c.id))) or 0  # as in bot/storage/packs.py: no number returns
    values = {
        "id": max(newest + 1, round(now.timestamp() * 1000)),
        "guild_id": guild_id,
        "channel_id": channel_id,
        "url": url,
        "title": title,
        "language": language,
        "state": FeedState.DRAFT,
        **_filter_values(wanted),
        "rhythm": rhythm,
        "hour": hour,
        "mention_role_id": role_id,
        "adder_id": adder_id,
        "added_at": now,
    }
    return _feed((await connection.execute(insert(feed).values(values).returning(feed))).one())


async def find_feed(
    connection: AsyncConnection, feed_id: int, guild_id: int | None = None, *, lock: bool = False
) -> Feed | None:
    """Return the feed, or None where it is not stored, or another guild's than `guild_id`.

    `lock` holds it until the transaction ends (PostgreSQL; SQLite has one writer).
    """
    wanted = select(feed).where(feed.c.id == feed_id)
    if guild_id is not None:
        wanted = wanted.where(feed.c.guild_id == guild_id)
    row = (await connection.execute(wanted.with_for_update() if lock else wanted)).one_or_none()
    return None if row is None else _feed(row)


async def list_feeds(connection: AsyncConnection, guild_id: int) -> Sequence[Feed]:
    """Return the feeds of a guild, those that are only drafts left out, oldest first."""
    wanted = select(feed).where(feed.c.guild_id == guild_id, feed.c.state != FeedState.DRAFT).order_by(feed.c.id)
    return [_feed(row) for row in await connection.execute(wanted)]


async def list_unarranged(
    connection: AsyncConnection, check: str, check_by: datetime, digest: str, digest_by: datetime
) -> Sequence[Feed]:
    """Return the feeds that are followed and have no job `check` until `check_by`, or no `digest` where they have one.

    The jobs are named by their kinds.
    """
    checks, digests = job.alias(), job.alias()
    missing = or_(checks.c.id.is_(None), checks.c.due_at > check_by)
    undigested = or_(digests.c.id.is_(None), digests.c.due_at > digest_by)
    wanted = (
        select(feed)
        .outerjoin(checks, and_(checks.c.kind == check, checks.c.subject == feed.c.id))
        .outerjoin(digests, and_(digests.c.kind == digest, digests.c.subject == feed.c.id))
        .where(feed.c.state == FeedState.FOLLOWED)
        .where(or_(missing, and_(feed.c.rhythm != Rhythm.AT_ONCE, undigested)))
        .order_by(feed.c.id)
    )
    return [_feed(row) for row in await connection.execute(wanted)]


async def save_feed(connection: AsyncConnection, changed: Feed) -> None:
    """Store the feed as it is now."""
    values = {
        "channel_id": changed.channel_id,
        "url": changed.url,
        "title": changed.title,
        "state": changed.state,
        **_filter_values(changed.filter),
        "rhythm": changed.rhythm,
        "hour": changed.hour,
        "mention_role_id": changed.role_id,
        "etag": changed.etag,
        "modified": changed.modified,
        "checked_at": changed.checked_at,
        "failures": changed.health.failures,
        "failing_since": changed.health.failing_since,
        "warned_at": changed.health.warned_at,
        "fault": _fault_text(changed.fault),
        "owed": None if changed.owed is None else f"{changed.owed.telling}.{changed.owed.number}",
    }
    await connection.execute(update(feed).where(feed.c.id == changed.id).values(values))


async def next_number(connection: AsyncConnection, feed_id: int) -> int:
    """Return the next number for what is posted of a feed; no number comes twice."""
    counted = update(feed).where(feed.c.id == feed_id).values(batches=feed.c.batches + 1)
    return (await connection.execute(counted.returning(feed.c.batches))).scalar_one()


async def remove_feed(connection: AsyncConnection, feed_id: int) -> None:
    """Remove a feed and what was seen in it."""
    await connection.execute(delete(feed).where(feed.c.id == feed_id))


async def remove_drafts(connection: AsyncConnection, before: datetime) -> None:
    """Remove what was previewed before then and never followed."""
    await connection.execute(delete(feed).where(feed.c.state == FeedState.DRAFT, feed.c.added_at < before))


def _filter_values(wanted: Filter) -> dict[str, str]:
    return {
        name: json.dumps(getattr(wanted, name), ensure_ascii=False) for name in ("dramas", "people", "words", "without")
    }


def _fault_text(fault: UserError | None) -> str | None:
    """A refusal as its name and its values."""
    return None if fault is None else json.dumps([type(fault).__name__, fault.values], ensure_ascii=False, default=str)


def _fault(text: str | None) -> UserError | None:
    if text is None:
        return None
    name, values = json.loads(text)
    kind = getattr(errors, name, FeedUnreadable)  # a version that is older or newer may have called it otherwise
    return kind(**values) if isinstance(kind, type) and issubclass(kind, UserError) else FeedUnreadable()


def _owed(text: str | None) -> Owed | None:
    if text is None:
        return None
    telling, _, number = text.partition(".")
    return Owed(Telling(telling), int(number))


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        url=row.url,
        title=row.title,
        language=Language(row.language),
        state=FeedState(row.state),
        filter=Filter(
            *(tuple(json.loads(column)) for column in (row.dramas, row.people, row.words, row.without)),
        ),
        rhythm=Rhythm(row.rhythm),
        hour=row.hour,
        added_at=row.added_at,
        health=Health(row.failures, row.failing_since, row.warned_at),
        role_id=row.mention_role_id,
        etag=row.etag,
        modified=row.modified,
        checked_at=row.checked_at,
        fault=_fault(row.fault),
        owed=_owed(row.owed),
    )
