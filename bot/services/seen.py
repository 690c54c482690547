"""What members have seen: each keeps a list of her own, over all guilds."""

from collections.abc import Sequence
from datetime import datetime

from bot.content.search.finders import DramaFinder
from bot.domain.library import Drama, Library
from bot.domain.texts import Language
from bot.errors import AlreadySeen, NotSeen
from bot.storage import seen
from bot.storage.database import Database


class SeenService:
    """Keeps the dramas that members have seen."""

    def __init__(self, database: Database, library: Library, finder: DramaFinder) -> None:
        self._database = database
        self._dramas = library.dramas
        self._finder = finder

    async def suggest_unseen(self, user_id: int, typed: str, limit: int = 25) -> Sequence[Drama]:
        """Return what to offer the member to mark: nothing that is on her list."""
        marked = await self._marked(user_id)
        return self._finder.suggest(typed, self._dramas.keys() - marked, limit)

    async def suggest_seen(self, user_id: int, typed: str, limit: int = 25) -> Sequence[Drama]:
        """Return what to offer the member to take off her list."""
        return self._finder.suggest(typed, await self._marked(user_id), limit)

    async def add(self, user_id: int, text: str, now: datetime) -> Drama:
        """Mark the drama that `text` stands for as seen; return it.

        Raises:
            NoSuchDrama: `text` is no drama of the catalogue.
            AlreadySeen: it is marked.
        """
        drama = self._finder.find(text)
        if not await self._database.write(lambda connection: seen.mark_seen(connection, user_id, drama.id, now)):
            raise AlreadySeen(title=drama.title)
        return drama

    async def remove(self, user_id: int, text: str) -> Drama:
        """Take the drama that `text` stands for off the member's list; return it.

        Where several answer to `text`, it is the one on her list.

        Raises:
            NoSuchDrama: `text` is no drama of the catalogue.
            NotSeen: it is not on the list.
        """
        drama = self._finder.find(text, rather=await self._marked(user_id))
        if not await self._database.write(lambda connection: seen.unmark_seen(connection, user_id, drama.id)):
            raise NotSeen(title=drama.title)
        return drama

    async def list(self, user_id: int, language: Language = Language.ENGLISH) -> Sequence[Drama]:
        """Return what the member has seen, by title in `language`. What the catalogue no longer holds is left out."""
        dramas = [self._dramas[drama_id] for drama_id in await self._marked(user_id) if drama_id in self._dramas]
        return sorted(dramas, key=lambda drama: (drama.title.in_language(language).casefold(), drama.id))

    async def _marked(self, user_id: int) -> frozenset[str]:
        return (await self._database.read(lambda connection: seen.seen_by(connection, [user_id])))[user_id]
