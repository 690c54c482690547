"""The search index, in memory: a fan types three letters of what she remembers, and the right entry comes first."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain, repeat
from typing import Final, NamedTuple

from pyroaring import BitMap

from bot.content.search.gist import mostly
from bot.content.search.guesses import alike, near, near_names
from bot.content.search.keyboards import on_the_other_keyboard
from bot.content.search.query import Query, read_query
from bot.content.search.shelves import Entry, Shelves
from bot.content.search.steps import Found, Kind, literally

SLICE: Final = 4
"""Entries that are indexed at once while the bot has other things to do."""
ROOM: Final = 1 << 40
"""More entries than there are of one order."""
SCATTERED: Final = (Kind.SOUND_OF_WORDS, Kind.WORDS_OF_NAMES)
"""Answers by words of several names: strangers, where something is called just so."""

__all__ = ["Entry", "Index", "Match", "ids_of", "merged"]

Ranked = tuple[Kind, int, int, str]
"""What a match holds, of which thousands may be looked through."""


class Match(NamedTuple):
    """An entry that answers to a query. The least one is the best."""

    kind: Kind
    cost: int
    place: int
    id: str


class Index:
    """Finds entries by what was typed.

    Entries that answer equally well come in their `order`, then as they were put in; one that is put again keeps its
    place.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._shelves = Shelves()
        self._numbers: dict[str, int] = {}  # by id
        self._entries: dict[int, Entry] = {}
        self._places: list[int] = []  # by number: what comes first among equals has the lowest
        self._ids: list[str] = []  # by number
        self._late = BitMap()  # numbers from the first one on that does not follow the order of places
        self._arrived = 0
        for entry in entries:
            self.put(entry)

    @classmethod
    async def built(cls, entries: Iterable[Entry]) -> "Index":
        """Return an index of `entries`, letting others do their work in between."""
        index = cls()
        for count, entry in enumerate(entries):
            index.put(entry)
            if count % SLICE == 0:
                await asyncio.sleep(0)
        return index

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._numbers

    def put(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the one with its id."""
        arrived = self._arrived
        if entry.id in self._numbers:
            arrived = self._places[self._numbers[entry.id]] % ROOM
            self.remove(entry.id)
        else:
            self._arrived += 1
        number = len(self._places)
        place = entry.order * ROOM + arrived
        if self._late or (number and place < self._places[-1]):
            self._late.add(number)
        self._places.append(place)
        self._ids.append(entry.id)
        self._numbers[entry.id] = number
        self._entries[number] = entry
        self._shelves.put(entry, number)

    def remove(self, entry_id: str) -> None:
        """Take an entry out; nothing happens where there is none of that id."""
        number = self._numbers.pop(entry_id, None)
        if number is not None:
            self._shelves.remove(self._entries.pop(number), number)

    def search(self, query: str, limit: int = 25) -> Sequence[str]:
        """Return the ids of at most `limit` entries, best first; none where the query holds no letter or digit."""
        return ids_of([self], query, limit)

    def literally(self, query: Query, limit: int) -> Sequence[Ranked]:
        """Return what answers to the query as it was typed, or as it sounds."""
        return self._matches(literally(self._shelves, query), limit)

    def near(self, query: Query, limit: int) -> Sequence[Ranked]:
        """Return what has a name that is the whole query but for a typo."""
        return self._matches(near(self._shelves, query), limit)

    def alike(self, query: Query, limit: int) -> Sequence[Ranked]:
        """Return what would answer to the query but for a few typos."""
        return self._matches(alike(self._shelves, query), limit)

    def mostly(self, query: Query, limit: int) -> Sequence[Ranked]:
        """Return what has the words that tell most."""
        return self._matches(mostly(self._shelves, query, len(self)), limit)

    def near_names(self, query: Query, limit: int) -> Sequence[str]:
        """Return names (folded, run together) that the query may have meant, the likeliest first."""
        return near_names(self._shelves, query)[:limit]

    def first(self, limit: int) -> Sequence[str]:
        """Return the ids of the first entries."""
        numbers = nsmallest(limit, self._entries, key=self._places.__getitem__)
        return [self._entries[number].id for number in numbers]

    def _matches(self, steps: Iterator[Found], limit: int) -> Sequence[Ranked]:
        matches: list[Ranked] = []
        seen = BitMap()
        for kind, cost, numbers in steps:
            if fresh := numbers - seen:
                first = self._first(fresh, limit - len(matches))
                places, ids = map(self._places.__getitem__, first), map(self._ids.__getitem__, first)
                matches += zip(repeat(kind), repeat(cost), places, ids, strict=False)
                if len(matches) >= limit:
                    break
                seen |= fresh
        return matches

    def _first(self, numbers: BitMap, limit: int) -> Sequence[int]:
        """Return the best placed of `numbers`: the first ones, but for entries that were put in later."""
        late = numbers & self._late
        if not late:
            return numbers[:limit].to_array()
        first = (number for number in numbers[:limit] if number not in late)
        return nsmallest(limit, [*first, *late], key=self._places.__getitem__)


def merged(indexes: Sequence[Index], text: str, limit: int) -> Sequence[Match]:
    """Return the best of what answers to a typed text in any of `indexes`, best first; see `ids_of`."""
    return [*map(Match._make, _found(indexes, text, limit))]


def ids_of(indexes: Sequence[Index], text: str, limit: int) -> Sequence[str]:
    """Return the ids of the best of what answers to a typed text in any of `indexes`, best first.

    No guess is made in any of them where a name answers in one, so that none stands beside what was meant. But where
    only words do, a name that is all of the query but for a typo stands before words that are scattered over several
    names. Where no name does, there are typos behind what has the words elsewhere; where nothing answers at all, the
    keyboard may have been set to the other language, and in the end most of the words are enough.
    """
    return [entry_id for _, _, _, entry_id in _found(indexes, text, limit)]


def _found(indexes: Sequence[Index], text: str, limit: int) -> Sequence[Ranked]:
    query = read_query(text)
    if not query or limit < 1:
        return ()
    found = _best([index.literally(query, limit) for index in indexes], limit)
    if found and found[0][0] is Kind.NAME and len(query.words) > 1:
        found = [ranked for ranked in found if ranked[0] not in SCATTERED]
    if not found and (other := read_query(on_the_other_keyboard(text) or "")):
        found = [
            ranked
            for ranked in _best([index.literally(other, limit) for index in indexes], limit)
            if ranked[0] < Kind.SOUND
        ]
    if _may_be_misspelt(query, found):
        found = _best([found, *(index.near(query, limit) for index in indexes)], limit)
    if not found or (found[0][0] >= Kind.PART and len(found) < limit):
        found = _best([found, *(index.alike(query, limit) for index in indexes)], limit)
    return found or _best([index.mostly(query, limit) for index in indexes], limit)


def _may_be_misspelt(query: Query, found: Sequence[Ranked]) -> bool:
    """Tell whether a name may have been meant though other things answer: none does as a whole, or as that one word."""
    if not found:
        return True
    words_alone = (Kind.WORDS_OF_NAME, Kind.WORDS_OF_NAMES, Kind.SOUND_OF_WORDS) if len(query.words) == 1 else ()
    return found[0][0] > Kind.ABOUT_BEGINS and found[0][0] not in words_alone


def _best(found: Sequence[Sequence[Ranked]], limit: int) -> Sequence[Ranked]:
    """The best of all that was found, each entry once."""
    some = [ranked for ranked in found if ranked]
    if len(some) < 2:
        return sorted(*some) if some else ()
    best: dict[str, Ranked] = {}
    for ranked in sorted(chain.from_iterable(some)):
        best.setdefault(ranked[3], ranked)
    return [*best.values()][:limit]
