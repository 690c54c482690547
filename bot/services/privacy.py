"""A member's own data."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import members
from bot.storage.database import Database
from bot.storage.members import Changed


class PrivacyService:
    """Counts and deletes what is stored of a member, over all guilds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, user_id: int) -> int:
        """Return how many rows name the member."""
        return await self._database.read(lambda connection: members.count_member_rows(connection, user_id))

    async def delete(self, user_id: int) -> Changed:
        """Delete everything that names the member, at once. Return what is to be drawn anew."""

        async def work(connection: AsyncConnection) -> Changed:
            return await members.remove_member(connection, user_id)

        return await self._database.write(work)
