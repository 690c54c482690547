"""Guesses, where nothing is called as was typed: names with typos, words that sound alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from pyroaring import BitMap
from rapidfuzz import fuzz

from bot.content.search.endings import stem
from bot.content.search.query import Query
from bot.content.search.shelves import LONGEST_NAME, Shelves
from bot.content.search.sounds import sound
from bot.content.search.steps import LOUD, Found, Kind
from bot.content.search.stopwords import STOP_WORDS

DEAREST: Final = 8
"""What the typos and sounds of a query may cost together."""
TYPO: Final = 2
"""What a typo costs; a likeness of sound or of a part costs 1."""
SHORTEST_NEAR: Final = 5
LONG_NAME: Final = 10
"""Letters from which a name is known with a typo as a whole, and with two."""
MOST_MISSPELT: Final = 4
"""Words of a query of which likenesses are looked for."""
NEAR: Final = 55.0
"""Out of 100: how like a query a name must be to be offered in its place (rapidfuzz's ratio)."""


def near(shelves: Shelves, query: Query) -> Iterator[Found]:
    """Find what has a name that is all of the query but for a typo, or two where it is long.

    In one word that is a typo or another word; so it is the name of what is looked for, or none.
    """
    if SHORTEST_NEAR <= len(query.joined) <= LONGEST_NAME and not query.joined.isdigit():
        most = 1 if len(query.joined) < LONG_NAME else 2
        for count, names in enumerate(shelves.spelt_names.alike(query.joined, most)):
            own, other = shelves.named(names)
            yield Kind.NEAR_NAME, 2 * count, own
            if len(query.words) > 1:
                yield Kind.NEAR_NAME, 2 * count + 1, other


def alike(shelves: Shelves, query: Query) -> Iterator[Found]:
    """Find what has all words, or a name, with typos or words that sound like the typed ones."""
    costs: defaultdict[int, BitMap] = defaultdict(BitMap)
    if (most := _typos(query.joined)) and len(query.joined) <= LONGEST_NAME:
        for count, names in enumerate(shelves.spelt_names.alike(query.joined, most)):
            _count(costs, TYPO * count, shelves.named(names))
        by_ear = len(query.heard) >= LOUD
        for count, names in enumerate(
            shelves.spelt_names.alike_in_sound(query.heard, _typos(query.heard) // 2) if by_ear else ()
        ):
            _count(costs, TYPO * count + 2, shelves.named(names))
    for cost, numbers in enumerate(_with_all_words(shelves, query.telling)):
        costs[cost] |= numbers
    for cost in sorted(costs):
        yield Kind.ALIKE, cost, costs[cost]


def _count(costs: defaultdict[int, BitMap], cost: int, found: tuple[BitMap, BitMap]) -> None:
    """Note what has a name of its own, and a little dearer what is about it."""
    own, other = found
    costs[cost] |= own
    costs[cost + 1] |= other


def near_names(shelves: Shelves, query: Query) -> Sequence[str]:
    """Return the names (run together) most like the query or a word of it, the likeliest first."""
    likeness: dict[str, float] = {}
    for typed in dict.fromkeys((query.joined[:LONGEST_NAME], *query.telling[:MOST_MISSPELT])):
        for name in shelves.spelt_names.resembling(typed) if len(typed) > 2 else ():
            ratio = max(fuzz.ratio(typed, name), fuzz.ratio(typed, name[: len(typed) + 1]) - 4)
            likeness[name] = max(likeness.get(name, NEAR), ratio)
    near = [name for name, ratio in likeness.items() if ratio > NEAR]
    return sorted(near, key=lambda name: (-likeness[name], name))


def _typos(text: str) -> int:
    """How many typos a folded word or name may have: none where it is short, or a number."""
    letters = len(text)
    return 0 if letters < 4 or text.isdigit() else 1 if letters < 6 else 2 if letters < 12 else 3


def _with_all_words(shelves: Shelves, words: Sequence[str]) -> Sequence[BitMap]:
    """Entries that have all words or others like them, by what that costs in all."""
    found: list[BitMap] = []
    misspelt = 0
    for word in sorted(words, key=lambda word: not shelves.named_beginning(word)):
        misspelt += not shelves.named_beginning(word)
        levels = with_word(shelves, word, misspelt <= MOST_MISSPELT)
        found = _joined(found, levels) if found else levels
        if not any(found):
            return ()
    return found


def _joined(some: Sequence[BitMap], others: Sequence[BitMap]) -> list[BitMap]:
    """Entries that have both, by the cost of both."""
    found = [BitMap() for _ in range(DEAREST + 1)]
    for cost, numbers in enumerate(some):
        for more, other in enumerate(others):
            if numbers and other and cost + more <= DEAREST:
                found[cost + more] |= numbers & other
    return found


def with_word(shelves: Shelves, word: str, even_misspelt: bool) -> list[BitMap]:
    """Return the entries that have a word, or one like it, by what that costs."""
    levels = [shelves.beginning(word), *(BitMap() for _ in range(DEAREST))]
    named = shelves.named_beginning(word)
    heard, stemmed = sound((word,)), stem(word)
    if len(heard) >= LOUD:
        levels[1] |= shelves.named_with(shelves.spelt_words.sounding(heard))
    if not named and len(heard) > LOUD:
        levels[2] |= shelves.named_with(shelves.spelt_words.sounding_at_first(heard))
    if stemmed != word:
        levels[1] |= shelves.beginning(stemmed)
    if not named and len(word) > 2:
        levels[1] |= shelves.named_with(shelves.spelt_words.containing(word))
    if not named and even_misspelt and (most := _typos(word)):
        for count, others in enumerate(shelves.spelt_words.alike(word, most)):
            levels[TYPO * count] |= shelves.named_with(other for other in others if other not in STOP_WORDS)
    return levels
