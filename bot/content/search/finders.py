"""Finding the article, drama or person that a member means."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from bot.content.search.entries import (
    article_entry,
    article_index,
    drama_index,
    founding_and_newest,
    name_index,
    names_in_articles,
    newest_dramas,
    person_index,
    title_index,
)
from bot.content.search.index import Index, ids_of, merged
from bot.content.search.query import read_query
from bot.content.search.shelves import Entry
from bot.content.search.steps import Kind
from bot.domain.library import Article, Drama, Library, Person
from bot.errors import NoSuchDrama, NoSuchPerson

LONGEST_QUERY: Final = 100
"""Characters of a typed text that are looked at."""
SHOWN_QUERY: Final = 60
"""Characters of it that a refusal repeats."""


class ArticleFinder:
    """Finds articles of the library, and of a guild's own beside them."""

    def __init__(self, library: Library) -> None:
        self._index = article_index(library)
        self._names = names_in_articles(library)
        self._founding = [article.id for article in library.articles.values() if article.founding]

    def suggest(self, typed: str, own: Index | None = None, limit: int = 25) -> Sequence[str]:
        """Return the ids of what to offer while a member types; before she types, the founding articles."""
        if not typed.strip():
            return self._founding[:limit]
        return self.search(typed, own, limit)

    def search(self, query: str, own: Index | None = None, limit: int = 60) -> Sequence[str]:
        """Return the ids of the articles that answer to `query`, best first: shipped ones and those of `own`."""
        indexes = [self._index] if own is None else [self._index, own]
        return ids_of(indexes, query[:LONGEST_QUERY], limit)

    def nearest(self, query: str, limit: int = 3) -> Sequence[str]:
        """Return what a query that nothing answers to may have meant: names to offer, the likeliest first."""
        near = self._index.near_names(read_query(query[:LONGEST_QUERY]), 2 * limit)
        return list(dict.fromkeys(self._names[name] for name in near if name in self._names))[:limit]


def own_entry(article: Article, library: Library) -> Entry:
    """Return how an article of a guild's own is found. `library` is the shipped one, whose dramas it may name."""
    return article_entry(article, library)


def own_index(articles: Iterable[Article], library: Library) -> Index:
    """Index a guild's own articles; the newest come first among equals."""
    return Index(own_entry(article, library) for article in founding_and_newest(articles))


class DramaFinder:
    """Finds the drama that a member means."""

    def __init__(self, library: Library) -> None:
        self._dramas = library.dramas
        self._index = drama_index(library)
        self._titles = title_index(library)
        self._newest = newest_dramas(library)

    def suggest(self, typed: str, among: Collection[str], limit: int = 25) -> Sequence[Drama]:
        """Return what of `among` (ids) to offer while a member types; before she types, the newest.

        Titles come first, then dramas with an actor, a character or a couple of that name.
        """
        if not typed.strip():
            return [drama for drama in self._newest if drama.id in among][:limit]
        found = self._index.search(typed[:LONGEST_QUERY], len(self._dramas))
        return [self._dramas[drama_id] for drama_id in found if drama_id in among][:limit]

    def find(self, text: str, rather: Collection[str] = ()) -> Drama:
        """Return the drama that `text` is the id or a title of, or the only one that answers to it.

        Where several do, it is the only one of `rather` (ids) that does.

        Raises:
            NoSuchDrama: none answers to it, or several.
        """
        if text in self._dramas:
            return self._dramas[text]
        likely = _meant(self._titles, text)
        if len(likely) > 1:
            likely = [drama_id for drama_id in likely if drama_id in rather]
        if len(likely) != 1:
            raise NoSuchDrama(text=text[:SHOWN_QUERY])
        return self._dramas[likely[0]]


class PersonFinder:
    """Finds the person whom a member means."""

    def __init__(self, library: Library) -> None:
        self._people = library.people
        self._index = person_index(library)
        self._names = name_index(library)
        self._first = [library.people[name] for name in self._index.first(len(library.people))]

    def suggest(self, typed: str, limit: int = 25) -> Sequence[Person]:
        """Return whom to offer while a member types; before she types, those who are in most dramas.

        Names come first, then who is in a drama or plays a character of that name.
        """
        if not typed.strip():
            return self._first[:limit]
        return [self._people[name] for name in self._index.search(typed[:LONGEST_QUERY], limit)]

    def find(self, text: str) -> Person:
        """Return the person whom `text` names in whatever spelling, or the only one who answers to it.

        Raises:
            NoSuchPerson: nobody answers to it, or several do.
        """
        if text in self._people:
            return self._people[text]
        likely = _meant(self._names, text)
        if len(likely) != 1:
            raise NoSuchPerson(text=text[:SHOWN_QUERY])
        return self._people[likely[0]]


_SPELT: Final = frozenset(Kind) - {
    *(Kind.SOUND, Kind.SOUND_OF_WORDS, Kind.SOUND_BEGINS, Kind.NEAR_NAME, Kind.ALIKE, Kind.SOME_WORDS)
}

_HEARD: Final = frozenset({Kind.SOUND, Kind.SOUND_OF_WORDS})
_LIKE: Final = frozenset({Kind.NEAR_NAME, Kind.ALIKE})


def _meant(index: Index, text: str) -> Sequence[str]:
    """The ids of what a text is the name of; else what has it in a name; else what sounds so; else what is like it."""
    matches = merged([index], text[:LONGEST_QUERY], len(index))
    for kinds in ({Kind.NAME}, _SPELT, _HEARD, {Kind.SOUND_BEGINS}, _LIKE):
        if found := [match.id for match in matches if match.kind in kinds]:
            return found
    return ()
