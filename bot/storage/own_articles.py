"""The articles of guilds' own libraries, and who did what to them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Column, Row, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library_drafts import Edit
from bot.domain.links import link_key
from bot.domain.own_articles import Change, LibraryChange, OwnArticle, Written
from bot.storage.library_tables import library_change, own_article

T = TypeVar("T")

MOST_CHANGES: Final = 1_000
"""Lines of history that are kept of a guild."""
IN_ONE_STATEMENT: Final = 500
"""Rows that are named or written at once."""
_LIBRARIES: Final = 0x41646C6942
"""What transactions that change libraries wait for (PostgreSQL)."""
_LINE: Final = (
    *(column for column in library_change.c if column.name != "count"),
    library_change.c["count"].label("times"),
)
"""A row of results has a method called `count`."""


async def hold_libraries(connection: AsyncConnection) -> None:
    """Let no other transaction change a library until this one ends.

    So limits hold, a link is stored once, and the numbers of rows, which follow the clock, are given out in order.
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer
        await connection.execute(select(func.pg_advisory_xact_lock(_LIBRARIES)))


async def next_id(connection: AsyncConnection, table: Table, now: datetime) -> int:
    """Return a number for a new row: it follows the clock, so that the number of a removed one never comes back.

    Whoever asks holds the libraries.
    """
    column: Column[int] = table.c.id
    newest = await connection.scalar(select(func.max(column))) or 0
    return max(newest + 1, round(now.timestamp() * 1000))


async def add_articles(
    connection: AsyncConnection,
    guild_id: int,
    articles: Sequence[Written],
    now: datetime,
    *,
    adder_id: int | None = None,
    feed_id: int | None = None,
) -> Sequence[OwnArticle]:
    """Store new articles and return them, in their order. Whoever adds them has held the libraries and looked."""
    # Of many that came at once the numbers run ahead of the clock, and the last of them may be removed by now.
    known = select(func.max(library_change.c.own_article_id)).where(library_change.c.guild_id == guild_id)
    first = max(await next_id(connection, own_article, now), (await connection.scalar(known) or 0) + 1)
    added = [
        OwnArticle(first + place, guild_id, written, _whole(now), adder_id, feed_id=feed_id)
        for place, written in enumerate(articles)
    ]
    for batch in _batches(added):
        rows = [
            {"id": article.id, "guild_id": guild_id, **_values(article.written), "feed_id": feed_id}
            | {"adder_id": adder_id, "added_at": now}
            for article in batch
        ]
        await connection.execute(insert(own_article), rows)
    return added


async def edit_articles(
    connection: AsyncConnection, edits: Sequence[Edit], now: datetime, *, editor_id: int | None = None
) -> Sequence[OwnArticle]:
    """Put other words into articles and return them as they are now. Whoever does has held the libraries and looked.

    Two of them may swap their links.
    """
    names = ("headline", "publisher", "date", "url", "link_key", "summary", "dramas", "people")
    edited = (
        update(own_article)
        .where(own_article.c.id == bindparam("own_id"), own_article.c.guild_id == bindparam("own_guild_id"))
        .values({name: bindparam(name) for name in names} | {"edited_at": now, "editor_id": editor_id})
    )
    bare = update(own_article).where(own_article.c.id == bindparam("own_id"))
    moved = [{"own_id": edit.before.id} for edit in edits if edit.before.written.url != edit.after.url]
    for batch in _batches(moved):
        await connection.execute(bare.values(link_key=None), batch)
    for batch in _batches(edits):
        rows = [
            {**_values(edit.after), "own_id": edit.before.id, "own_guild_id": edit.before.guild_id} for edit in batch
        ]
        await connection.execute(edited, rows)
    at = _whole(now)
    return [replace(edit.before, written=edit.after, edited_at=at, editor_id=editor_id) for edit in edits]


async def remove_article(connection: AsyncConnection, guild_id: int, article_id: int) -> OwnArticle | None:
    """Remove an article of the guild and return what it was; None where it has no such article."""
    removed = delete(own_article).where(own_article.c.guild_id == guild_id, own_article.c.id == article_id)
    row = (await connection.execute(removed.returning(*own_article.c))).one_or_none()
    return None if row is None else _article(row)


async def find_article(connection: AsyncConnection, guild_id: int, article_id: int) -> OwnArticle | None:
    """Return an article of the guild, or None where it has no such one."""
    found = select(own_article).where(own_article.c.guild_id == guild_id, own_article.c.id == article_id)
    row = (await connection.execute(found)).one_or_none()
    return None if row is None else _article(row)


async def find_linked(connection: AsyncConnection, guild_id: int, links: Collection[str]) -> Mapping[str, OwnArticle]:
    """Return the articles of the guild that have one of these link keys, by key."""
    found: dict[str, OwnArticle] = {}
    for batch in _batches(sorted(set(links))):
        linked = select(own_article).where(own_article.c.guild_id == guild_id, own_article.c.link_key.in_(batch))
        found |= {row.link_key: _article(row) for row in await connection.execute(linked)}
    return found


async def list_articles(
    connection: AsyncConnection, guild_id: int | None, *, after: int = 0, limit: int
) -> Sequence[OwnArticle]:
    """Return articles by their numbers, the oldest first, of the guild or of all, after the one with that number."""
    listed = select(own_article).where(own_article.c.id > after).order_by(own_article.c.id).limit(limit)
    if guild_id is not None:  # their numbers first: they come out of an index, and whole rows would be sorted
        mine = select(own_article.c.id).where(own_article.c.guild_id == guild_id, own_article.c.id > after)
        listed = listed.where(own_article.c.id.in_(mine.order_by(own_article.c.id).limit(limit)))
    return [_article(row) for row in await connection.execute(listed)]


async def list_whole(connection: AsyncConnection, guild_id: int) -> list[OwnArticle]:
    """Return all articles of the guild, the oldest first."""
    found: list[OwnArticle] = []
    while True:
        after = found[-1].id if found else 0
        rows = await list_articles(connection, guild_id, after=after, limit=IN_ONE_STATEMENT)
        found += rows
        if len(rows) < IN_ONE_STATEMENT:
            return found


async def count_articles(connection: AsyncConnection, guild_id: int) -> int:
    """How many articles the guild has."""
    counted = select(func.count()).select_from(own_article).where(own_article.c.guild_id == guild_id)
    return await connection.scalar(counted) or 0


async def count_fed(connection: AsyncConnection, guild_id: int) -> int:
    """How many of the guild's articles feeds have brought."""
    fed = (own_article.c.guild_id == guild_id, own_article.c.feed_id.is_not(None))
    return await connection.scalar(select(func.count()).select_from(own_article).where(*fed)) or 0


async def add_change(
    connection: AsyncConnection,
    guild_id: int,
    kind: Change,
    now: datetime,
    *,
    user_id: int | None = None,
    article_id: int | None = None,
    headline: str = "",
    count: int = 1,
) -> None:
    """Write a line of the guild's history; the oldest go where there are too many. Hold the libraries before."""
    row = {
        "id": await next_id(connection, library_change, now),
        "guild_id": guild_id,
        "kind": kind,
        "own_article_id": article_id,
        "headline": headline,
        "count": count,
        "user_id": user_id,
        "changed_at": now,
    }
    await connection.execute(insert(library_change).values(row))
    mine = library_change.c.guild_id == guild_id
    newest = select(library_change.c.id).where(mine).order_by(library_change.c.id.desc())
    oldest_kept = await connection.scalar(newest.offset(MOST_CHANGES - 1).limit(1))
    if oldest_kept is not None:
        await connection.execute(delete(library_change).where(mine, library_change.c.id < oldest_kept))


async def count_changes(connection: AsyncConnection, guild_id: int) -> int:
    """How many lines the guild's history has."""
    mine = select(func.count()).select_from(library_change).where(library_change.c.guild_id == guild_id)
    return await connection.scalar(mine) or 0


async def list_changes(
    connection: AsyncConnection, guild_id: int, *, skip: int = 0, limit: int
) -> Sequence[LibraryChange]:
    """Return lines of the guild's history, the newest first."""
    mine = select(*_LINE).where(library_change.c.guild_id == guild_id)
    rows = await connection.execute(mine.order_by(library_change.c.id.desc()).offset(skip).limit(limit))
    return [_change(row) for row in rows]


async def list_changes_of(
    connection: AsyncConnection, guild_id: int, article_id: int, *, limit: int
) -> Sequence[LibraryChange]:
    """Return what has happened to one article of the guild, the newest first."""
    mine = select(*_LINE).where(library_change.c.guild_id == guild_id, library_change.c.own_article_id == article_id)
    rows = await connection.execute(mine.order_by(library_change.c.id.desc()).limit(limit))
    return [_change(row) for row in rows]


async def newest_change(connection: AsyncConnection, guild_id: int) -> int:
    """The number of the last line of the guild's history, 0 where there is none."""
    mine = select(func.max(library_change.c.id)).where(library_change.c.guild_id == guild_id)
    return await connection.scalar(mine) or 0


async def newest_changes(connection: AsyncConnection) -> Mapping[int, int]:
    """The same of every guild that has a history."""
    newest = select(library_change.c.guild_id, func.max(library_change.c.id).label("newest"))
    newest = newest.group_by(library_change.c.guild_id)
    return {row.guild_id: row.newest for row in await connection.execute(newest)}


def _values(written: Written) -> dict[str, Any]:
    return {
        "headline": written.headline,
        "publisher": written.publisher,
        "date": written.date,
        "url": written.url,
        "link_key": link_key(written.url) if written.url else None,
        "summary": written.summary,
        "dramas": json.dumps(written.dramas),
        "people": json.dumps(written.people),
    }


def _article(row: Row[*tuple[Any, ...]]) -> OwnArticle:
    written = Written(
        headline=row.headline,
        publisher=row.publisher,
        date=row.date,
        url=row.url,
        summary=row.summary,
        dramas=tuple(json.loads(row.dramas)),
        people=tuple(json.loads(row.people)),
    )
    return OwnArticle(
        id=row.id,
        guild_id=row.guild_id,
        written=written,
        added_at=row.added_at,
        adder_id=row.adder_id,
        edited_at=row.edited_at,
        editor_id=row.editor_id,
        feed_id=row.feed_id,
    )


def _change(row: Row[*tuple[Any, ...]]) -> LibraryChange:
    return LibraryChange(
        kind=Change(row.kind),
        headline=row.headline,
        count=row.times,
        changed_at=row.changed_at,
        user_id=row.user_id,
        article_id=row.own_article_id,
    )


def _whole(now: datetime) -> datetime:
    """A time as it comes back from the database: in whole milliseconds."""
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _batches(rows: Sequence[T]) -> Sequence[Sequence[T]]:
    return [rows[start : start + IN_ONE_STATEMENT] for start in range(0, len(rows), IN_ONE_STATEMENT)]
