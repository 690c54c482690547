"""The packs of guilds. What is in one is a long text: it is read only where somebody wants it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.packs import Pack
from bot.storage.dialect import insert_for
from bot.storage.tables import moment_off, pack

_SHOWN = (pack.c.id, pack.c.guild_id, pack.c.name, pack.c.size, pack.c.enabled, pack.c.uploaded_at)


async def save_pack(
    connection: AsyncConnection,
    *,
    guild_id: int,
    name: str,
    folded: str,
    size: int,
    content: str,
    uploader_id: int,
    now: datetime,
) -> Pack:
    """Store a pack, switched off. One of the same `folded` name gets the new content and stays on or off."""
    # SQLite gives the number of a removed row to the next one, and nothing that speaks of a removed pack (a button, the
    # id of a moment in a round) must ever mean another. So the numbers follow the clock.
    newest = await connection.scalar(select(func.max(pack.c.id))) or 0
    values = {"name": name, "size": size, "content": content, "uploader_id": uploader_id, "uploaded_at": now}
    statement = insert_for(connection, pack).values(
        id=max(newest + 1, round(now.timestamp() * 1000)), guild_id=guild_id, folded=folded, **values
    )
    saved = statement.on_conflict_do_update(
        index_elements=["guild_id", "folded"], set_={**values, "version": pack.c.version + 1}
    )
    return _pack((await connection.execute(saved.returning(*_SHOWN))).one())


async def count_others(connection: AsyncConnection, guild_id: int, folded: str) -> int:
    """How many packs the guild has that are not called so."""
    counted = select(func.count()).select_from(pack).where(pack.c.guild_id == guild_id, pack.c.folded != folded)
    return await connection.scalar(counted) or 0


async def list_packs(connection: AsyncConnection, guild_id: int) -> Sequence[Pack]:
    """The packs of the guild, by name."""
    rows = await connection.execute(_select(guild_id).order_by(pack.c.folded))
    return [_pack(row) for row in rows]


async def find_pack(connection: AsyncConnection, guild_id: int, pack_id: int) -> Pack | None:
    """Return a pack of the guild, or None where it has no such one."""
    row = (await connection.execute(_select(guild_id).where(pack.c.id == pack_id))).one_or_none()
    return None if row is None else _pack(row)


async def find_named(connection: AsyncConnection, guild_id: int, folded: str) -> Pack | None:
    """Return the pack of the guild that is called so, or None."""
    row = (await connection.execute(_select(guild_id).where(pack.c.folded == folded))).one_or_none()
    return None if row is None else _pack(row)


async def find_version(connection: AsyncConnection, pack_id: int) -> int | None:
    """How many times the content of a pack was uploaded; None where there is no such pack."""
    return await connection.scalar(select(pack.c.version).where(pack.c.id == pack_id))


async def find_content(connection: AsyncConnection, pack_id: int) -> tuple[int, str] | None:
    """Return version and content of a pack, or None where there is no such pack."""
    row = (await connection.execute(select(pack.c.version, pack.c.content).where(pack.c.id == pack_id))).one_or_none()
    return None if row is None else (row.version, row.content)


async def switch_pack(connection: AsyncConnection, guild_id: int, pack_id: int, *, enabled: bool) -> Pack | None:
    """Let games choose a pack of the guild, or not; None where it has no such pack."""
    switched = update(pack).where(pack.c.guild_id == guild_id, pack.c.id == pack_id).values(enabled=int(enabled))
    row = (await connection.execute(switched.returning(*_SHOWN))).one_or_none()
    return None if row is None else _pack(row)


async def remove_pack(connection: AsyncConnection, guild_id: int, pack_id: int) -> Pack | None:
    """Remove a pack of the guild and return what it was; None where it has no such pack."""
    removed = delete(pack).where(pack.c.guild_id == guild_id, pack.c.id == pack_id).returning(*_SHOWN)
    row = (await connection.execute(removed)).one_or_none()
    if row is None:
        return None
    gone = moment_off.c.moment_id.startswith(f"pack/{pack_id}/", autoescape=True)
    await connection.execute(delete(moment_off).where(moment_off.c.guild_id == guild_id, gone))
    return _pack(row)


def _select(guild_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_SHOWN).where(pack.c.guild_id == guild_id)


def _pack(row: Row[*tuple[Any, ...]]) -> Pack:
    return Pack(
        id=row.id,
        guild_id=row.guild_id,
        name=row.name,
        size=row.size,
        enabled=bool(row.enabled),
        uploaded_at=row.uploaded_at,
    )
