"""Previews of changes to guilds' own libraries, until they are saved or thrown away."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library_drafts import FIELDS, KEPT, Draft, ImportDraft, Imported
from bot.domain.own_articles import Written
from bot.storage import jobs
from bot.storage.library_tables import library_draft
from bot.storage.own_articles import hold_libraries, next_id

EXPIRE: Final = "library.drafts"
"""The job that deletes previews when they are a day old."""
MOST_DRAFTS: Final = 20
"""Previews of articles that are kept of a member in a guild; the oldest go."""
_OF_FILE: Final = '{"mark":'
"""Begins what is stored of a file."""


async def add_draft(connection: AsyncConnection, draft: Draft | ImportDraft) -> int:
    """Store a new preview and return its number; those that are too old go, and those that its author has too many of.

    Of files she has one in a guild, of articles `MOST_DRAFTS`.
    """
    content = await asyncio.to_thread(_content, draft)
    await hold_libraries(connection)
    number = await next_id(connection, library_draft, draft.drafted_at)
    await connection.execute(delete(library_draft).where(library_draft.c.drafted_at < draft.drafted_at - KEPT))
    of_file = func.substr(library_draft.c.content, 1, len(_OF_FILE)) == _OF_FILE
    others = of_file if isinstance(draft, ImportDraft) else ~of_file
    hers = (library_draft.c.guild_id == draft.guild_id, library_draft.c.user_id == draft.user_id, others)
    kept = 0 if isinstance(draft, ImportDraft) else MOST_DRAFTS - 1
    newest = select(library_draft.c.id).where(*hers).order_by(library_draft.c.id.desc()).limit(kept)
    await connection.execute(delete(library_draft).where(*hers, library_draft.c.id.not_in(newest)))
    if await jobs.find_due(connection, EXPIRE, 0) is None:
        await jobs.add_job(connection, EXPIRE, 0, draft.drafted_at + KEPT)
    row = {
        "id": number,
        "guild_id": draft.guild_id,
        "user_id": draft.user_id,
        "own_article_id": draft.article_id if isinstance(draft, Draft) else None,
        "content": content,
        "drafted_at": draft.drafted_at,
    }
    await connection.execute(insert(library_draft).values(row))
    return number


async def find_draft(
    connection: AsyncConnection, guild_id: int, user_id: int, draft_id: int, now: datetime
) -> Draft | ImportDraft | None:
    """Return a preview of that member in that guild; None where it is gone. `hold_draft` before writes what it says."""
    found = select(library_draft).where(*_mine(guild_id, user_id, draft_id), library_draft.c.drafted_at >= now - KEPT)
    row = (await connection.execute(found)).one_or_none()
    if row is None:
        return None
    if row.content.startswith(_OF_FILE):
        imported, mark = await asyncio.to_thread(_read, row.content)
        return ImportDraft(row.id, row.guild_id, row.user_id, row.drafted_at, imported, mark)
    content = json.loads(row.content)
    basis = content.get("basis")
    return Draft(
        id=row.id,
        guild_id=row.guild_id,
        user_id=row.user_id,
        drafted_at=row.drafted_at,
        entered=_written(content["entered"]),
        dramas_offered=tuple(content["dramas_offered"]),
        people_offered=tuple(content["people_offered"]),
        article_id=row.own_article_id,
        basis=_written(basis) if basis else None,
    )


async def hold_draft(connection: AsyncConnection, guild_id: int, user_id: int, draft_id: int, now: datetime) -> bool:
    """Keep others from a preview until the transaction ends; False where it is gone."""
    held = select(library_draft.c.id).where(
        *_mine(guild_id, user_id, draft_id), library_draft.c.drafted_at >= now - KEPT
    )
    return (await connection.execute(held.with_for_update())).one_or_none() is not None


async def forget_drafts(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Delete the previews that are a day old; return when the oldest that is left will be, None where none is."""
    await connection.execute(delete(library_draft).where(library_draft.c.drafted_at <= now - KEPT))
    oldest = await connection.scalar(select(func.min(library_draft.c.drafted_at)))
    return None if oldest is None else oldest + KEPT


async def save_draft(connection: AsyncConnection, draft: Draft | ImportDraft) -> None:
    """Store what has become of a preview."""
    content = await asyncio.to_thread(_content, draft)
    mine = _mine(draft.guild_id, draft.user_id, draft.id)
    await connection.execute(update(library_draft).where(*mine).values(content=content))


async def remove_draft(connection: AsyncConnection, guild_id: int, user_id: int, draft_id: int) -> bool:
    """Remove a preview of that member in that guild; False where there is none."""
    removed = delete(library_draft).where(*_mine(guild_id, user_id, draft_id)).returning(library_draft.c.id)
    return (await connection.execute(removed)).one_or_none() is not None


def _mine(guild_id: int, user_id: int, draft_id: int) -> tuple[ColumnElement[bool], ...]:
    drafts = library_draft.c
    return drafts.id == draft_id, drafts.guild_id == guild_id, drafts.user_id == user_id


def _content(draft: Draft | ImportDraft) -> str:
    """What is stored of a draft: of one article a table, of a file a line of its own for every article.

    A thread that reads or writes megabytes in one go would keep the whole process waiting.
    """
    if isinstance(draft, ImportDraft):
        lines = (_json({"number": each.number, "written": _table(each.written)}) for each in draft.imported)
        return "\n".join([_json({"mark": draft.mark}), *lines])
    offered = {"dramas_offered": draft.dramas_offered, "people_offered": draft.people_offered}
    basis = _table(draft.basis) if draft.basis else None
    return _json({"entered": _table(draft.entered), **offered, "basis": basis})


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _table(written: Written) -> Mapping[str, Any]:
    return {name: getattr(written, name) for name in FIELDS}


def _read(stored: str) -> tuple[tuple[Imported, ...], str]:
    head, *lines = stored.split("\n")
    read = (json.loads(line) for line in lines)
    return tuple(Imported(_written(each["written"]), each["number"]) for each in read), json.loads(head)["mark"]


def _written(stored: Mapping[str, Any]) -> Written:
    texts = {name: stored[name] for name in ("headline", "publisher", "date", "url", "summary")}
    return Written(**texts, dramas=tuple(stored["dramas"]), people=tuple(stored["people"]))
