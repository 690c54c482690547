"""The settings of guilds."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.storage.dialect import insert_for
from bot.storage.tables import guild


async def get_settings(connection: AsyncConnection, guild_id: int) -> GuildSettings:
    """Return what the guild has chosen, or the defaults where it has chosen nothing."""
    row = (await connection.execute(select(guild).where(guild.c.guild_id == guild_id))).one_or_none()
    if row is None:
        return GuildSettings(guild_id)
    return GuildSettings(guild_id, Language(row.language) if row.language else None, SpoilerPolicy(row.spoilers))


async def save_settings(connection: AsyncConnection, settings: GuildSettings) -> None:
    """Store what the guild has chosen."""
    values = {"language": settings.language, "spoilers": settings.spoilers}
    statement = insert_for(connection, guild).values(guild_id=settings.guild_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id"], set_=values))
