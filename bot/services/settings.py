"""What a guild has chosen, and changing it."""

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.domain.zones import find_zone
from bot.errors import ManagersOnly
from bot.storage import guilds
from bot.storage.database import Database


class SettingsService:
    """Reads and changes the settings of guilds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, guild_id: int) -> GuildSettings:
        """Return the guild's settings."""
        return await self._database.read(lambda connection: guilds.get_settings(connection, guild_id))

    async def public_language(self, guild_id: int, discord_locale: Language) -> Language:
        """Return the language of public messages: the guild's choice, or else what it has set on Discord."""
        return (await self.get(guild_id)).public_language(discord_locale)

    async def set_language(self, guild_id: int, language: Language | None, *, is_manager: bool) -> GuildSettings:
        """Change the language; None follows Discord's setting. Return the settings as they are now.

        Raises:
            ManagersOnly: the member may not manage the guild.
        """
        return await self._change(guild_id, is_manager, language=language)

    async def set_spoilers(self, guild_id: int, policy: SpoilerPolicy, *, is_manager: bool) -> GuildSettings:
        """Change the spoiler policy. Return the settings as they are now.

        Raises:
            ManagersOnly: the member may not manage the guild.
        """
        return await self._change(guild_id, is_manager, spoilers=policy)

    async def set_time_zone(self, guild_id: int, text: str, *, is_manager: bool) -> GuildSettings:
        """Change the time zone to what `text` stands for (see `find_zone`). Return the settings as they are now.

        Raises:
            ManagersOnly: the member may not manage the guild.
            NoSuchZone: the text is no time zone.
        """
        if not is_manager:
            raise ManagersOnly
        name = await asyncio.to_thread(find_zone, text)  # the list of zones is read from the disk
        return await self._change(guild_id, is_manager, time_zone=name)

    async def set_host_role(self, guild_id: int, role_id: int | None, *, is_manager: bool) -> GuildSettings:
        """Let only members with a role (and managers) start polls and brackets; None lets everybody.

        Discord's role @everyone has the id of the guild, and nobody wears it: it means everybody too.

        Raises:
            ManagersOnly: the member may not manage the guild.
        """
        return await self._change(guild_id, is_manager, host_role_id=None if role_id == guild_id else role_id)

    async def set_actors(self, guild_id: int, shipped: bool, *, is_manager: bool) -> GuildSettings:
        """Let actors be shipped beside characters, or not. Return the settings as they are now.

        Raises:
            ManagersOnly: the member may not manage the guild.
        """
        return await self._change(guild_id, is_manager, actors=shipped)

    async def set_drop_leavers(self, guild_id: int, dropped: bool, *, is_manager: bool) -> GuildSettings:
        """Let the votes of members who have left be dropped at the close, or not. Return the settings as they are now.

        Raises:
            ManagersOnly: the member may not manage the guild.
        """
        return await self._change(guild_id, is_manager, drop_leavers=dropped)

    async def _change(self, guild_id: int, is_manager: bool, **changes: Any) -> GuildSettings:
        if not is_manager:
            raise ManagersOnly

        async def work(connection: AsyncConnection) -> GuildSettings:
            settings = replace(await guilds.get_settings(connection, guild_id, lock=True), **changes)
            await guilds.save_settings(connection, settings)
            return settings

        return await self._database.write(work)
