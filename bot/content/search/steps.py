"""The steps of a search: what has a name, the words or a part of a name as typed, or a name that sounds so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final

from pyroaring import BitMap
from rapidfuzz import fuzz

from bot.content.search.postings import NONE
from bot.content.search.query import Query
from bot.content.search.shelves import Shelves
from bot.content.search.sounds import sound

LOUD: Final = 4
"""Letters of a sound below which too much sounds like it; one more where only the beginning does."""
MOST_NAMES: Final = 400
"""Names that share all words or the sound of a query, above which it tells nothing which."""


class Kind(IntEnum):
    """How an entry answers to a query, best first: by its own name, by the name of what it is about, by words …"""

    NAME = 0
    ABOUT = 1
    NAME_BEGINS = 2
    ABOUT_BEGINS = 3
    WORDS_OF_NAME = 4
    WORDS_OF_ABOUT = 5
    SOUND = 6
    NEAR_NAME = 7
    SOUND_OF_WORDS = 8
    SOUND_BEGINS = 9
    WORDS_OF_NAMES = 10
    PART = 11
    WORDS = 12
    ALIKE = 13
    SOME_WORDS = 14


Found = tuple[Kind, int, BitMap]
"""A kind of answer, what it costs within that kind, and the numbers of the entries that answer so."""


def literally(shelves: Shelves, query: Query) -> Iterator[Found]:
    """Find what answers to the query as it was typed or as it sounds, best first."""
    joined, words = query.joined, query.words
    yield Kind.NAME, 0, shelves.own_names.get(joined)
    yield Kind.ABOUT, 0, shelves.other_names.get(joined)
    begun = shelves.own_names.beginning(joined)
    yield Kind.NAME_BEGINS, 0, begun & _all(shelves.own_words.get, words)  # "kim se": Se-jeong before Seon-ho
    yield Kind.NAME_BEGINS, 1, begun
    yield Kind.ABOUT_BEGINS, 0, shelves.other_names.beginning(joined)
    if query.only_initials:
        for numbers in (shelves.initials_of_names.get(joined), shelves.initials_of_names.beginning(joined)):
            own, other = shelves.named(shelves.spelt_names.texts(numbers))
            yield Kind.NAME_BEGINS, 2, own
            yield Kind.ABOUT_BEGINS, 1, other
    yield Kind.WORDS_OF_NAME, 0, _all(shelves.own_words.beginning, words)
    if len(words) > 1:
        own, other = _named(shelves, _all(shelves.parts_of_names.beginning, words))
        yield Kind.WORDS_OF_NAME, 1, own
        yield Kind.WORDS_OF_ABOUT, 0, other
    yield from _by_sound(shelves, query)
    yield Kind.WORDS_OF_NAMES, 0, _all(shelves.named_beginning, words)
    if len(joined) > 2:
        parts = {*shelves.spelt_words.containing(joined), *shelves.spelt_names.containing(joined)}
        yield Kind.PART, 0, shelves.own_words.union(parts) | shelves.own_names.union(parts)
        yield Kind.PART, 1, shelves.named_with(parts) | shelves.other_names.union(parts)
    yield Kind.WORDS, 0, _all(shelves.beginning, query.telling)


def _by_sound(shelves: Shelves, query: Query) -> Iterator[Found]:
    """Names that sound like the query: all of it, its words in any order, its beginning."""
    if len(query.heard) >= LOUD:
        yield from _by_likeness(shelves, Kind.SOUND, query, shelves.spelt_names.sounding(query.heard))

        def with_sound(word: str) -> BitMap:
            literal = shelves.parts_of_names.beginning(word)
            heard = sound((word,))
            return literal | shelves.parts_of_names.union(shelves.spelt_words.sounding(heard)) if heard else literal

        own, other = _named(shelves, _all(with_sound, query.words))
        yield Kind.SOUND_OF_WORDS, 0, own
        yield Kind.SOUND_OF_WORDS, 1, other
    if len(query.heard) > LOUD:
        names_begun = shelves.spelt_names.sounding_at_first(query.heard)
        yield from _by_likeness(shelves, Kind.SOUND_BEGINS, query, names_begun)


def _all(beginning: Callable[[str], BitMap], words: Iterable[str]) -> BitMap:
    """The numbers of what has all these words; the longest are looked at first, as few have them."""
    found: BitMap | None = None
    for word in sorted(words, key=len, reverse=True):
        numbers = beginning(word)
        found = numbers if found is None else found & numbers
        if not found:
            return NONE
    return NONE if found is None else found


def _named(shelves: Shelves, names: BitMap) -> tuple[BitMap, BitMap]:
    """The entries that have these names of their own, and those about them; none where it could be nearly all."""
    return shelves.named(shelves.spelt_names.texts(names)) if len(names) <= MOST_NAMES else (NONE, NONE)


def _by_likeness(shelves: Shelves, kind: Kind, query: Query, names: Sequence[str]) -> Iterator[Found]:
    """Names of one sound, those that are spelt like the query first, its own before what it is about."""
    by_cost: defaultdict[int, list[str]] = defaultdict(list)
    for name in names if len(names) <= MOST_NAMES else ():
        by_cost[10 - round(fuzz.ratio(query.joined, name) / 10)].append(name)
    for cost in sorted(by_cost):
        own, other = shelves.named(by_cost[cost])
        yield kind, 2 * cost, own
        yield kind, 2 * cost + 1, other
