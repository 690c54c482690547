"""The gist of a sentence: what has the names and rare words in it, where nothing has all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import Final, NamedTuple

from pyroaring import BitMap

from bot.content.search.endings import PARTICLES, is_hangul, stem, stems, syllables, without_ending, without_particle
from bot.content.search.guesses import MOST_MISSPELT, with_word
from bot.content.search.postings import NONE
from bot.content.search.query import Query
from bot.content.search.shelves import CONSONANTS, Shelves
from bot.content.search.sounds import sound
from bot.content.search.steps import LOUD, Found, Kind
from bot.content.search.stopwords import STOP_WORDS

MOST_WEIGHED: Final = 8
"""Words and names of a query that are weighed, the heaviest first."""
RARE: Final = 0.05
FEW: Final = 5
"""A word in no more of the entries is rare; where there are few entries, one in so many of them."""
VERY_RARE: Final = 0.01
VERY_FEW: Final = 3
"""And so rare is one that may be all that is understood of a query."""
NAMES_WEIGH: Final = 2.0
"""How much more a whole name tells than a word as rare."""
GUESSES_WEIGH: Final = 0.5
"""How much less a word tells that is only like the typed one."""
STOP_WORDS_WEIGH: Final = 0.1
"""How much less a word tells that says little; it is what decides between equals."""
UNSEEN: Final = 2.0
"""In so many entries a word that stands in none is taken to be: it may be another word for what stands there."""
UNSEEN_WEIGHS: Final = 0.5
"""How much less such a word is missed than one that stands elsewhere."""
ENOUGH: Final = 0.35
"""How much of what a query tells must stand in an entry."""
SHORTEST_NAME: Final = 4
"""Letters of what is taken for a name in the middle of a query."""
LONGEST_RUN: Final = 5
"""Words of a query that may be one name."""
SHORTEST_BEGINNING: Final = 4
"""Letters of a Latin word from which words that begin with it are taken for it; "tom" is no beginning of "tomorrow"."""
PROVED: Final = 2.0
A_RARE_WORD: Final = 1.5
A_COMMON_WORD: Final = 0.5
"""What has most of the words must be proved: by a name, or by two words one of which is rare."""
SHORTEST_ALONE: Final = 7
"""Letters of a word that may be all that is understood of a query."""

AFTER_A_NOUN: Final = ("", *PARTICLES)
DO: Final = "\u1112"
"""With what all forms of 하다 begin: 취해서, 취한."""
RUNS_ON: Final = "\u1175"
"""The vowel that a stem may lose to that of an ending: 때리는, 때려."""


class _Told(NamedTuple):
    """A name or word of the query: where it stands, how heavy that weighs and should, how much of a proof it is."""

    numbers: BitMap
    weight: float
    whole: float
    proof: float


class _Others(NamedTuple):
    """How many words of the query stand nowhere, and whether that leaves few to go by."""

    unseen: int
    few: bool


def mostly(shelves: Shelves, query: Query, entries: int) -> Iterator[Found]:
    """Find what has most of the names and words, counting rare ones for more; `entries` is how many there are.

    A name is enough, and so are two words one of which is rare.
    """
    if STOP_WORDS.issuperset(query.words):
        return
    told = sorted(_told(shelves, query, entries), key=lambda told: told.whole, reverse=True)[:MOST_WEIGHED]
    whole = sum(each.whole for each in told)
    by_cost: defaultdict[int, BitMap] = defaultdict(BitMap)
    for reached, those in _by_weight([each for each in told if each.numbers], whole * ENOUGH):
        by_cost[100 - round(100 * reached / whole)] |= those
    for cost in sorted(by_cost):
        yield Kind.SOME_WORDS, cost, by_cost[cost]


def _told(shelves: Shelves, query: Query, entries: int) -> Iterator[_Told]:
    """What each of the names in a query tells, and each of its other words."""
    words, place, misspelt, weighed = query.words, 0, 0, set[str]()
    unseen = sum(not any(map(shelves.beginning, stems(word))) for word in query.telling)
    others = _Others(unseen, unseen == 1 or len(query.telling) == 1)
    while place < len(words):
        for end in range(min(place + LONGEST_RUN, len(words)), place, -1):
            if named := _named(shelves, words[place:end]):
                weight = NAMES_WEIGH * log(1 + entries / len(named))
                yield _Told(named, weight, weight, PROVED)
                break
        else:
            end = place + 1
            word, stemmed = words[place], stem(words[place])
            if word not in query.telling:
                numbers = shelves.standing([word, stemmed]) if len(query.telling) < MOST_WEIGHED else NONE
                if 0 < len(numbers) < entries / 2:
                    weight = STOP_WORDS_WEIGH * log(1 + entries / len(numbers))
                    yield _Told(numbers, weight, weight, 0.0)
            elif stemmed not in weighed:
                weighed.add(stemmed)
                beside = pairwise(words[max(place - 1, 0) : end + 1])
                numbers, worth = _standing(shelves, word, beside), 1.0
                if not numbers and misspelt < MOST_MISSPELT:
                    misspelt, worth = misspelt + 1, GUESSES_WEIGH
                    numbers = next(filter(None, with_word(shelves, word, True)), NONE)
                weight = log(1 + entries / (len(numbers) or UNSEEN))
                missed = 1.0 if numbers else UNSEEN_WEIGHS
                if _is_enough(shelves, word, len(numbers), entries, others):
                    proof = PROVED
                else:
                    proof = worth * A_RARE_WORD if len(numbers) <= max(FEW, entries * RARE) else A_COMMON_WORD
                yield _Told(numbers, weight * worth, weight * missed, proof)
        place = end


def _is_enough(shelves: Shelves, word: str, entries_with_it: int, entries: int, others: _Others) -> bool:
    """Tell whether a word is proof by itself: a very rare one, where no more than one other was never seen.

    A short one is so only where no other that was ever seen is beside it, and where entries are told about in
    sentences: of titles like "Mask Girl" none answers to "gilmore girls".
    """
    if len(word) >= SHORTEST_ALONE and others.unseen < 2 and entries_with_it <= max(VERY_FEW, entries * VERY_RARE):
        return True
    rare = entries_with_it <= max(FEW, entries * VERY_RARE)
    return rare and len(word) >= SHORTEST_BEGINNING and others.few and any(map(shelves.tell_of, stems(word)))


def _standing(shelves: Shelves, word: str, beside: Iterable[tuple[str, str]]) -> BitMap:
    """What a word stands in, in whatever form, also written in one with the word before or behind it, or in two."""
    if not is_hangul(word):
        return BitMap.union(*(_begun(shelves, form) for form in stems(word)))
    found = BitMap.union(*(_begun_in_hangul(shelves, form) for form in stems(word)))
    verb = without_ending(word)
    if verb and verb != word and word[len(verb)] == DO:
        found |= shelves.beginning(verb + DO)
    elif verb != word and len(syllables(verb)) > 1 and verb[-1] == RUNS_ON:
        found |= shelves.beginning(verb[:-1])
    for one, other in beside:
        found |= shelves.beginning(one + other)
    return found or _in_two(shelves, word)


def _begun(shelves: Shelves, word: str) -> BitMap:
    return shelves.beginning(word) if len(word) >= SHORTEST_BEGINNING else shelves.standing([word, word + "s"])


def _begun_in_hangul(shelves: Shelves, word: str) -> BitMap:
    """What begins with these syllables; with one that ends in a vowel too much would, but for particles."""
    if word[-1] in CONSONANTS:
        return shelves.of_syllables(word)
    if len(syllables(word)) > 1:
        return shelves.beginning(word)
    return shelves.standing(word + particle for particle in AFTER_A_NOUN)


def _in_two(shelves: Shelves, word: str) -> BitMap:
    """What both halves of a word stand in, wherever it may be parted: 세시간 is 세 시간."""
    parts = syllables(word)
    halves = [("".join(parts[:place]), "".join(parts[place:])) for place in range(1, min(len(parts), LONGEST_RUN))]
    both = (_begun_in_hangul(shelves, one) & _begun_in_hangul(shelves, other) for one, other in halves)
    return BitMap.union(NONE, *both)


def _named(shelves: Shelves, words: Sequence[str]) -> BitMap:
    """What has, or is about, somebody or something of that name, however it is spelt."""
    joined, heard = "".join(words), sound(words)
    if len(joined) < SHORTEST_NAME or STOP_WORDS.issuperset(words):
        return NONE
    names = {joined, "".join((*words[:-1], without_particle(words[-1])))}
    if len(heard) >= LOUD and len({*words} - STOP_WORDS) > 1:
        names.update(shelves.spelt_names.sounding(heard))
    own, other = shelves.named(names)
    return own | other


def _by_weight(told: Sequence[_Told], needed: float) -> Sequence[tuple[float, BitMap]]:
    """Parted by how much of the weight they have, what has at least as much as is needed, and is proved."""
    left = sum(each.weight for each in told)
    seen = BitMap()
    parted: list[tuple[float, float, BitMap]] = []
    for numbers, weight, _, proof in told:
        left -= weight
        with_it = [
            (reached + weight, proved + proof, both) for reached, proved, those in parted if (both := those & numbers)
        ]
        parted = [
            (reached, proved, rest)
            for reached, proved, those in parted
            if reached + left >= needed and (rest := those - numbers)
        ]
        parted += with_it
        if weight + left >= needed and (new := numbers - seen):
            parted.append((weight, proof, new))
        seen |= numbers
    return [(reached, those) for reached, proved, those in parted if reached >= needed and proved >= PROVED]
