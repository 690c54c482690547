"""The single moments that a guild has switched off."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.dialect import insert_for
from bot.storage.tables import moment_off


async def switched_off(connection: AsyncConnection, guild_id: int) -> frozenset[str]:
    """Return the ids of the moments that the guild does not want to be asked about."""
    return frozenset(await list_switched_off(connection, guild_id))


async def list_switched_off(connection: AsyncConnection, guild_id: int) -> Sequence[str]:
    """Return the same ids, those that were switched off last coming first."""
    listed = select(moment_off.c.moment_id).where(moment_off.c.guild_id == guild_id)
    newest_first = listed.order_by(moment_off.c.switched_at.desc(), moment_off.c.moment_id)
    return (await connection.scalars(newest_first)).all()


async def switch_off(connection: AsyncConnection, guild_id: int, moment_id: str, now: datetime) -> None:
    """Switch a moment off. One that is off already stays as it is."""
    row = insert_for(connection, moment_off).values(guild_id=guild_id, moment_id=moment_id, switched_at=now)
    await connection.execute(row.on_conflict_do_nothing())


async def switch_on(connection: AsyncConnection, guild_id: int, moment_id: str) -> None:
    """Let a moment be asked about again."""
    rows = (moment_off.c.guild_id == guild_id, moment_off.c.moment_id == moment_id)
    await connection.execute(delete(moment_off).where(*rows))
