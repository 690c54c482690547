"""Looking articles up: in the shipped library, and in a guild's own beside it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.content.folding import fold
from bot.content.search.entries import LAST_LATIN, names_of, titles_of
from bot.content.search.finders import LONGEST_QUERY, ArticleFinder
from bot.domain.library import Article, Library
from bot.domain.own_articles import own_number
from bot.domain.shelves import Keys, Wanted, newest_first, topics_of
from bot.domain.texts import Localised
from bot.errors import EmptyQuery, Outdated
from bot.services.own_libraries import OwnLibraries
from bot.storage import own_articles
from bot.storage.database import Database

ALL: Final = 10_000
"""More articles than there are: the shipped ones, and as many as a guild may have."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A name that may have been meant: `text` finds it, `label` is how it is called in either language."""

    text: str
    label: Localised


@dataclass(frozen=True, slots=True)
class Found:
    """What answers to a search, best first; where nothing does, what may have been `meant`, if anything is near."""

    articles: Sequence[Article]
    meant: Sequence[Meant] = ()


class ArticleService:
    """Finds articles. All of them are in memory, so no search waits. A guild's own are found in that guild alone."""

    def __init__(
        self, database: Database, library: Library, finder: ArticleFinder, own: OwnLibraries, rng: random.Random
    ) -> None:
        self.library = library
        self._database = database
        self.topics = topics_of(library.articles.values())
        self._own = own
        self._rng = rng
        self._finder = finder
        self._newest = newest_first(library.articles.values())
        self._keys = Keys((*library.dramas, *library.people, *self.topics))
        self._called = _called(library)

    def suggest(
        self, typed: str, guild_id: int | None = None, limit: int = 25, wanted: Wanted | None = None
    ) -> Sequence[Article]:
        """Return what to offer while a member types, of what is `wanted`; before she types, the founding articles.

        Where something narrows them and she has not typed yet, it is the newest.
        """
        wanted = wanted or Wanted()
        if not wanted.is_narrowed:
            return self._get_all(self._finder.suggest(typed, self._own.of(guild_id).index, limit), guild_id)
        if not typed.strip():
            return [article for article in self.latest(guild_id) if wanted.takes(article)][:limit]
        return self._answering(typed, wanted, guild_id)[:limit]

    def search(self, wanted: Wanted, guild_id: int | None = None) -> Found:
        """Return the articles that are `wanted`, best first; without words the newest come first.

        The id of an article, in place of words, finds exactly that one, if it is about the rest of what is `wanted`.

        Raises:
            EmptyQuery: there is neither a letter or digit nor anything else to look for.
        """
        words = wanted.text[:LONGEST_QUERY]
        if not fold(words):
            if not wanted.is_narrowed:
                raise EmptyQuery
            return Found([article for article in self.latest(guild_id) if wanted.takes(article)])
        named = self._known(wanted.text, guild_id)
        if named is not None or own_number(wanted.text) is not None:
            return Found([named] if named and wanted.takes(named) else ())
        if found := self._answering(words, wanted, guild_id):
            return Found(found)
        unnarrowed = wanted.is_narrowed and self._answering(words, Wanted(), guild_id)
        near = () if unnarrowed else self._finder.nearest(words)
        return Found((), [Meant(name, self.called(name)) for name in near])

    def called(self, name: str) -> Localised:
        """Return a name of a drama, person or couple, and what the same is called in the other language."""
        known = self._called.get(name, Localised(name))
        return Localised(known.en, name) if name > LAST_LATIN else Localised(name, known.ko)

    async def find(self, article_id: str, guild_id: int | None = None) -> Article:
        """Return the article: a shipped one, or one of the guild's own as it is stored now.

        Raises:
            Outdated: there is no such article (any more), or it is another guild's.
        """
        if guild_id is not None and own_number(article_id) is not None:
            await self._own.refresh(guild_id)  # another process may have stored or removed it
        article = self._known(article_id, guild_id)
        if article is None:
            raise Outdated
        return article

    async def added_at(self, article: Article, guild_id: int | None) -> datetime | None:
        """Return when the guild added an article of its own; None for a shipped one.

        Raises:
            Outdated: it is the guild's no more.
        """
        number = own_number(article.id)
        if number is None:
            return None
        stored = guild_id and await self._database.read(lambda c: own_articles.find_article(c, guild_id, number))
        if not stored:
            raise Outdated
        return stored.added_at

    def random(self, guild_id: int | None = None) -> Article:
        """Return any article, the guild's own among them."""
        return self._rng.choice([*self.library.articles.values(), *self._own.of(guild_id).articles.values()])

    def latest(self, guild_id: int | None = None) -> Sequence[Article]:
        """Return all articles, the guild's own among them, the newest first; those without a date come last."""
        own = self._own.of(guild_id).articles
        return newest_first([*own.values(), *self._newest]) if own else self._newest

    def from_button(self, text: str) -> Wanted:
        """Return what a button has kept of a search.

        Raises:
            Outdated: it asks for something that the library no longer holds.
        """
        return self._keys.read(text)

    def _answering(self, words: str, wanted: Wanted, guild_id: int | None) -> Sequence[Article]:
        """What is `wanted` among all that answers to `words`, best first."""
        answering = self._finder.search(words, self._own.of(guild_id).index, ALL)
        return [article for article in self._get_all(answering, guild_id) if wanted.takes(article)]

    def _known(self, article_id: str, guild_id: int | None) -> Article | None:
        return self.library.articles.get(article_id) or self._own.of(guild_id).articles.get(article_id)

    def _get_all(self, ids: Sequence[str], guild_id: int | None) -> Sequence[Article]:
        own = self._own.of(guild_id).articles
        found = (self.library.articles.get(article_id) or own.get(article_id) for article_id in ids)
        return [article for article in found if article is not None]


def _called(library: Library) -> Mapping[str, Localised]:
    """How whatever has several names is called, by each of them: "Goblin" is the drama of a longer title."""
    couples = {form: couple.name for couple in library.couples.values() for form in couple.name.all}
    people = {name: person.names for person in library.people.values() for name in names_of(person)}
    titles = {title: drama.title for drama in library.dramas.values() for title in titles_of(drama)}
    return couples | people | titles
