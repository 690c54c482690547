"""The search index, in memory: a fan types three letters of what she remembers, and the right entry comes first."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.content.folding import fold, fold_words
from bot.domain.library import Article, Drama, Library
from bot.errors import NoSuchDrama

FUZZY_FROM: Final = 4
"""Letters of a query below which a likeness would be chance."""
LIKENESS: Final = 78.0
"""Out of 100: how like a name must be to a misspelt query (rapidfuzz's ratio)."""
LONGEST_QUERY: Final = 100
"""Characters of a typed title that are looked at."""
SHOWN_QUERY: Final = 60
"""Characters of it that a refusal repeats."""
LAST: Final = "\U0010ffff"
"""Sorts behind every letter: the end of all words with a given beginning."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: `names` it is called by, best first, and `words` that also stand in it."""

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()


class Index:
    """Finds entries by exact name, beginning of a name, all words, part of a name, likeness: in this order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ids: list[str] = []
        self._names: list[tuple[str, int]] = []
        words: defaultdict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(entries):
            self._ids.append(entry.id)
            self._names.extend((folded, number) for name in entry.names if (folded := fold(name)))
            for text in (*entry.names, *entry.words):
                for word in (*fold_words(text), *fold_words(text.replace("-", ""))):
                    words[word].add(number)
        self._names = sorted(set(self._names))
        self._flat = [name for name, _ in self._names]
        self._words = sorted(words)
        self._entries_of = [words[word] for word in self._words]

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, query: str, limit: int = 25) -> Sequence[str]:
        """Return the ids of at most `limit` entries, best first; none where the query holds no letter or digit."""
        words = fold_words(query)
        joined = "".join(words)
        if not joined:
            return ()
        found: dict[int, None] = {}
        for step in (self._beginning, self._all_words, self._inside):
            if len(found) < limit:
                found.update(dict.fromkeys(step(joined, words)))
        if not found:
            found.update(dict.fromkeys(self._alike(joined)))
        return [self._ids[number] for number in list(found)[:limit]]

    def _beginning(self, joined: str, _words: Sequence[str]) -> Iterable[int]:
        """Names that are the query come before names that go on after it; among equals the order of the index."""
        matches = self._names[bisect_left(self._flat, joined) : bisect_left(self._flat, joined + LAST)]
        return [number for _, number in sorted((name != joined, number) for name, number in matches)]

    def _all_words(self, _joined: str, words: Sequence[str]) -> Iterable[int]:
        sets: list[set[int]] = []
        for word in words:
            begin, end = bisect_left(self._words, word), bisect_left(self._words, word + LAST)
            sets.append(set[int]().union(*self._entries_of[begin:end]))
        return sorted(set.intersection(*sets))

    def _inside(self, joined: str, _words: Sequence[str]) -> Iterable[int]:
        return sorted(number for name, number in self._names if joined in name) if len(joined) > 2 else ()

    def _alike(self, joined: str) -> Iterable[int]:
        if len(joined) < FUZZY_FROM:
            return ()
        matches = process.extract(joined, self._flat, scorer=_likeness, score_cutoff=LIKENESS, limit=100)
        return [self._names[place][1] for _, _, place in matches]


def _likeness(query: str, name: str, **_options: float | None) -> float:
    """Compare with as much of `name` as was typed, so that a misspelt beginning is found too."""
    return max(fuzz.ratio(query, name), fuzz.ratio(query, name[: len(query) + 1]) - 4)


def article_index(library: Library) -> Index:
    """Index every article by its headline, dramas, couples, people and topics, in both scripts."""
    return Index(_article_entry(library, article) for article in _in_order(library.articles))


def couple_index(library: Library) -> Index:
    """Index every couple by its names, fan name and drama, in both scripts."""
    entries: list[Entry] = []
    for couple in library.couples.values():
        drama = library.dramas[couple.drama_id]
        names = [*couple.name.all, *(couple.fan_name.all if couple.fan_name else ())]
        names += [*couple.first.all, *couple.second.all, *drama.title.all, *drama.other_titles]
        actors = [role.actor for role in drama.cast if role.character in (couple.first, couple.second)]
        entries.append(Entry(couple.id, tuple(names), tuple(actors)))
    return Index(entries)


def drama_index(library: Library) -> Index:
    """Index every drama by its titles, in both scripts; the newest come first."""
    dramas = sorted(library.dramas.values(), key=lambda drama: -drama.year)
    return Index(Entry(drama.id, _titles(drama)) for drama in dramas)


class DramaFinder:
    """Finds the drama that a member means."""

    def __init__(self, library: Library) -> None:
        self._dramas = library.dramas
        self._index = drama_index(library)

    def suggest(self, typed: str, among: Collection[str], limit: int = 25) -> Sequence[Drama]:
        """Return what of `among` (ids) to offer while a member types; before she types, the newest."""
        if not typed.strip():
            newest = sorted(self._dramas.values(), key=lambda drama: -drama.year)
            return [drama for drama in newest if drama.id in among][:limit]
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
        found = self._index.search(text[:LONGEST_QUERY], len(self._dramas))
        named = [drama_id for drama_id in found if fold(text) in map(fold, _titles(self._dramas[drama_id]))]
        likely = named or found
        if len(likely) > 1:
            likely = [drama_id for drama_id in likely if drama_id in rather]
        if len(likely) != 1:
            raise NoSuchDrama(text=text[:SHOWN_QUERY])
        return self._dramas[likely[0]]


def _titles(drama: Drama) -> tuple[str, ...]:
    return (*drama.title.all, *drama.other_titles)


def _in_order(articles: Mapping[str, Article]) -> Sequence[Article]:
    """The founding articles first, then the newest."""
    return sorted(articles.values(), key=lambda article: (not article.founding, _reverse(article.date or "")))


def _reverse(date: str) -> tuple[int, ...]:
    return tuple(-ord(character) for character in date.ljust(10, "\x00"))


def _article_entry(library: Library, article: Article) -> Entry:
    dramas = library.dramas_of(article)
    names = [*article.headline.all]
    given_names: list[str] = []
    for drama in dramas:
        names += [*drama.title.all, *drama.other_titles]
    for name in article.people:
        person = library.people[name]
        names += [*person.names.all, *person.also]
        given_names += [person.ko[1:]] if person.ko and len(person.ko) > 2 else []
    words = [*given_names, article.publisher, *article.topics, *(article.date or "").split("-")[:1]]
    for couple in library.couples_of(dramas):
        words += [*couple.name.all, *(couple.fan_name.all if couple.fan_name else ())]
    for text in (article.summary, *article.facts):
        words += text.all
    return Entry(article.id, tuple(names), tuple(words))
