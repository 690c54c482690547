"""The names that a guild does not want in ships."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.dialect import insert_for
from bot.storage.ship_tables import blocked_name


async def list_blocked(connection: AsyncConnection, guild_id: int) -> Sequence[str]:
    """Return the names on the guild's block list, as they were typed, in alphabetical order."""
    names = await connection.scalars(select(blocked_name.c.name).where(blocked_name.c.guild_id == guild_id))
    return sorted(names, key=str.casefold)


async def count_blocked(connection: AsyncConnection, guild_id: int) -> int:
    """Return how many names are on the guild's block list."""
    counted = select(func.count()).where(blocked_name.c.guild_id == guild_id)
    return (await connection.execute(counted)).scalar_one()


async def add_blocked(connection: AsyncConnection, guild_id: int, folded: str, name: str, now: datetime) -> bool:
    """Put a name on the list; False where one that folds alike is on it."""
    added = insert_for(connection, blocked_name).values(guild_id=guild_id, folded=folded, name=name, blocked_at=now)
    row = await connection.execute(added.on_conflict_do_nothing().returning(blocked_name.c.name))
    return row.one_or_none() is not None


async def remove_blocked(connection: AsyncConnection, guild_id: int, folded: str) -> bool:
    """Take a name off the list; False where it is not on it."""
    removed = delete(blocked_name).where(blocked_name.c.guild_id == guild_id, blocked_name.c.folded == folded)
    return (await connection.execute(removed.returning(blocked_name.c.name))).one_or_none() is not None
