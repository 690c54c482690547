"""The ends of seasons. Nothing else is stored of a season: its points are those of its time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import season


async def list_ends(connection: AsyncConnection, guild_id: int) -> Sequence[datetime]:
    """When the seasons of the guild ended that have ended, the first one first."""
    ends = select(season.c.ended_at).where(season.c.guild_id == guild_id).order_by(season.c.number)
    return (await connection.scalars(ends)).all()


async def add_end(connection: AsyncConnection, guild_id: int, number: int, ended_at: datetime) -> None:
    """Store the end of a season; an IntegrityError where it has been stored before."""
    await connection.execute(insert(season).values(guild_id=guild_id, number=number, ended_at=ended_at))
