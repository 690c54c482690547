"""A process with the services of guilds' own libraries, on a database that others may share."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.mentions import Mentions
from bot.domain.library import Library
from bot.domain.own_articles import OwnArticle, Written
from bot.services.jobs import JobService
from bot.services.library import LibraryService
from bot.services.library_drafts import LibraryDraftService
from bot.services.library_imports import LibraryImportService
from bot.services.own_libraries import OwnLibraries
from bot.storage import own_articles
from bot.storage.database import Database
from tests.services.uploading import OnTheSpot

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
GUILD, OTHER = 845001112223334445, 845001112223334999
MINA, BORA = 901000000000000001, 901000000000000002


@dataclass(frozen=True, slots=True)
class Shelf:
    """The services, wired as bot/app.py does it."""

    database: Database
    own: OwnLibraries
    library: LibraryService
    drafts: LibraryDraftService
    imports: LibraryImportService

    async def add(self, written: Written, guild_id: int = GUILD, user_id: int = MINA) -> OwnArticle:
        """Fill in the form of a new article and save it."""
        draft = await self.drafts.begin(guild_id, user_id, NOON)
        await self.drafts.fill(guild_id, user_id, draft.id, written, NOON)
        saved = await self.drafts.save(guild_id, user_id, draft.id, NOON)
        assert isinstance(saved, OwnArticle)
        return saved

    async def stored(self, guild_id: int = GUILD) -> list[OwnArticle]:
        """What the database has of a guild."""

        async def work(connection: AsyncConnection) -> list[OwnArticle]:
            return [*await own_articles.list_articles(connection, guild_id, limit=10_000)]

        return await self.database.read(work)

    def found(self, query: str, guild_id: int | None = GUILD) -> list[str]:
        """Headlines of what the guild's search gives."""
        own = self.own.of(guild_id)
        return [own.articles[article_id].headline.en for article_id in own.index.search(query)]


def shelf_on(database: Database, library: Library, patience: float = 15.0) -> Shelf:
    """Wire a process that has not loaded anything yet."""
    own, mentions = OwnLibraries(database, library, patience), Mentions(library)
    jobs = JobService(database, "a process")
    return Shelf(
        database,
        own,
        LibraryService(database, library, own),
        LibraryDraftService(database, library, mentions, own, jobs),
        LibraryImportService(database, own, OnTheSpot(library), jobs),
    )


async def settled() -> None:
    """Wait for everything that libraries have begun in the background."""
    here = asyncio.current_task()
    while tasks := [task for task in asyncio.all_tasks() if task is not here and "library of" in task.get_name()]:
        await asyncio.wait(tasks)
