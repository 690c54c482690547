"""The settings of guilds."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.storage.dialect import insert_for
from bot.storage.tables import guild


async def get_settings(connection: AsyncConnection, guild_id: int, *, lock: bool = False) -> GuildSettings:
    """Return what the guild has chosen, or the defaults where it has chosen nothing.

    `lock` holds it until the transaction ends (PostgreSQL; SQLite has one writer).
    """
    statement = select(guild).where(guild.c.guild_id == guild_id)
    if lock:  # a row that is not there yet could not be held
        fresh = insert_for(connection, guild).values(guild_id=guild_id, spoilers=GuildSettings(guild_id).spoilers)
        await connection.execute(fresh.on_conflict_do_nothing())
    row = (await connection.execute(statement.with_for_update() if lock else statement)).one_or_none()
    if row is None:
        return GuildSettings(guild_id)
    return GuildSettings(
        guild_id,
        Language(row.language) if row.language else None,
        SpoilerPolicy(row.spoilers),
        row.time_zone,
        row.daily_channel_id,
        row.daily_hour,
        Language(row.daily_locale) if row.daily_locale else None,
        row.host_role_id,
        bool(row.actors),
        bool(row.drop_leavers),
    )


async def save_settings(connection: AsyncConnection, settings: GuildSettings) -> None:
    """Store what the guild has chosen."""
    values = {
        "language": settings.language,
        "spoilers": settings.spoilers,
        "time_zone": settings.time_zone,
        "daily_channel_id": settings.daily_channel_id,
        "daily_hour": settings.daily_hour,
        "daily_locale": settings.daily_locale,
        "host_role_id": settings.host_role_id,
        "actors": int(settings.actors),
        "drop_leavers": int(settings.drop_leavers),
    }
    statement = insert_for(connection, guild).values(guild_id=settings.guild_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id"], set_=values))
