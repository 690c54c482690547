"""Dramas of the catalogue, and what the library has about them."""

from collections.abc import Sequence

from bot.content.search.finders import DramaFinder
from bot.domain.library import Article, Drama, Library
from bot.domain.shelves import by_drama, newest_first
from bot.errors import Outdated
from bot.services.own_libraries import OwnLibraries


class DramaService:
    """Finds dramas and what is written about them. Everything is in memory, so nothing here waits."""

    def __init__(self, library: Library, finder: DramaFinder, own: OwnLibraries) -> None:
        self.library = library
        self._finder = finder
        self._own = own
        self._articles = by_drama(library.articles.values())

    def suggest(self, typed: str, limit: int = 25) -> Sequence[Drama]:
        """Return the dramas to offer while a member types; before she types, the newest."""
        return self._finder.suggest(typed, self.library.dramas, limit)

    def find(self, text: str) -> Drama:
        """Return the drama that `text` stands for: its id, a title of it, or as much as only one answers to.

        Raises:
            NoSuchDrama: there is none, or several.
        """
        return self._finder.find(text)

    def get(self, drama_id: str) -> Drama:
        """Return the drama with this id.

        Raises:
            Outdated: the catalogue does not hold it (any more).
        """
        drama = self.library.dramas.get(drama_id)
        if drama is None:
            raise Outdated
        return drama

    def articles_of(self, drama_id: str, guild_id: int | None = None) -> Sequence[Article]:
        """Return the articles about a drama, the guild's own among them, the newest first."""
        own = [article for article in self._own.of(guild_id).articles.values() if drama_id in article.dramas]
        return newest_first([*own, *self._articles.get(drama_id, ())])
