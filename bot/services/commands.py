"""What Discord was last told of Adlib's commands."""

from collections.abc import Mapping

from bot.storage import commands
from bot.storage.commands import CommandSync
from bot.storage.database import Database


class CommandService:
    """Remembers the last sync, so that commands are sent to Discord only when they have changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.ids: Mapping[str, int] = {}

    async def known(self, application_id: int, fingerprint: str) -> bool:
        """Tell whether Discord has the commands with this fingerprint; if so, their ids are at hand afterwards."""
        sync = await self._database.read(lambda connection: commands.find_sync(connection, application_id))
        if sync is None or sync.fingerprint != fingerprint:
            return False
        self.ids = sync.ids
        return True

    async def synced(self, application_id: int, fingerprint: str, ids: Mapping[str, int]) -> None:
        """Note what Discord has now, and the id that it gave each command."""
        self.ids = ids
        sync = CommandSync(fingerprint, ids)
        await self._database.write(lambda connection: commands.save_sync(connection, application_id, sync))
