"""Which dramas members have marked as seen."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.dialect import insert_for
from bot.storage.tables import seen


async def mark_seen(connection: AsyncConnection, user_id: int, drama_id: str, now: datetime) -> bool:
    """Mark the drama as seen by the member; False where it was marked before."""
    marked = insert_for(connection, seen).values(user_id=user_id, drama_id=drama_id, marked_at=now)
    row = await connection.execute(marked.on_conflict_do_nothing().returning(seen.c.drama_id))
    return row.one_or_none() is not None


async def unmark_seen(connection: AsyncConnection, user_id: int, drama_id: str) -> bool:
    """Take the mark away; False where there was none."""
    unmarked = delete(seen).where(seen.c.user_id == user_id, seen.c.drama_id == drama_id)
    return (await connection.execute(unmarked.returning(seen.c.drama_id))).one_or_none() is not None


async def seen_by(connection: AsyncConnection, user_ids: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """Return the ids of the dramas that each of the members has seen; an empty set where that is none.

    Dramas that the catalogue no longer holds may be among them.
    """
    members = set(user_ids)
    rows = await connection.execute(select(seen.c.user_id, seen.c.drama_id).where(seen.c.user_id.in_(members)))
    found: dict[int, set[str]] = {user_id: set() for user_id in members}
    for user_id, drama_id in rows:
        found[user_id].add(drama_id)
    return {user_id: frozenset(dramas) for user_id, dramas in found.items()}
