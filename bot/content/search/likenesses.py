"""Likenesses: which of many texts have a part in common with another one, or become it with a few typos."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final

from pyroaring import BitMap
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.search.postings import NONE, Postings

MOST_CANDIDATES: Final = 800
"""Texts that are compared letter by letter; the others have fewer pairs of letters in common."""
MOST_PAIRS: Final = 12
"""Pairs of letters that are looked at, the rarest first."""
PAIRS_OF_AN_EDIT: Final = 3
"""Pairs of letters that are others after one edit, at the most: where two letters are the wrong way round."""
SHARED: Final = 0.4
"""How many of these pairs a text must have that is compared."""
MOST_ASKED: Final = 16
"""Texts of which the likenesses are remembered."""


class Likenesses:
    """Texts, numbered by who puts them in."""

    __slots__ = ("_asked", "_last", "_pairs", "_texts")

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._pairs = Postings()
        self._last: tuple[str, Sequence[BitMap]] = ("", ())  # a search asks for the same text several times
        self._asked: dict[tuple[str, int], Sequence[Collection[str]]] = {}

    def add(self, text: str, number: int) -> None:
        """Put in a text with a number that no other has."""
        self._changed()
        self._texts[number] = text
        self._pairs.add(_pairs(text), number)

    def remove(self, number: int) -> None:
        """Take the text with that number out."""
        self._changed()
        self._pairs.discard(_pairs(self._texts.pop(number)), number)

    def texts(self, numbers: Iterable[int]) -> Sequence[str]:
        """Return the texts that have these numbers."""
        return [self._texts[number] for number in numbers]

    def containing(self, part: str) -> Sequence[str]:
        """Return the texts that `part` (two letters or more) stands in; none where it could be nearly all."""
        held = [self._pairs.get(pair) for pair in {one + other for one, other in pairwise(part)}]
        numbers = BitMap.intersection(*held) if held else NONE
        if len(numbers) > 2 * MOST_CANDIDATES:
            return ()
        return [text for text in self.texts(numbers) if part in text]

    def alike(self, text: str, edits: int) -> Sequence[Collection[str]]:
        """Return the texts that become `text` with no typo, with one, with two …, at most `edits`.

        A typo is a letter too many, too few or wrong, or two letters the wrong way round (optimal string alignment).
        Where several are allowed, the beginning of a text is compared too, and counts as one typo more.
        """
        if (text, edits) not in self._asked:
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            self._asked[text, edits] = self._alike(text, edits)
        return self._asked[text, edits]

    def _changed(self) -> None:
        self._last = ("", ())
        self._asked.clear()

    def _alike(self, text: str, edits: int) -> Sequence[Collection[str]]:
        found: list[set[str]] = [set() for _ in range(edits + 1)]
        candidates = self.resembling(text, edits)
        for candidate, typos in _near(text, candidates, edits):
            found[typos].add(candidate)
        if edits > 1:
            begun = [
                (candidate[:letters], candidate)
                for candidate in candidates
                if len(candidate) > len(text) + 1
                for letters in (len(text), len(text) + 1)
            ]
            near = dict(_near(text, {beginning for beginning, _ in begun}, edits - 1))
            for beginning, candidate in begun:
                if beginning in near:
                    found[near[beginning] + 1].add(candidate)
        return found

    def resembling(self, text: str, edits: int | None = None) -> Sequence[str]:
        """Return the texts that share most pairs of letters with `text`, all that are so many `edits` away.

        Of those that share equally many it is all or none, so that they do not depend on how they are numbered.
        """
        shared = self._shared(text)
        needed = max(1, round((len(shared) - 1) * SHARED))
        if edits is not None:
            needed = max(needed, len(shared) - 1 - PAIRS_OF_AN_EDIT * edits)
        few_enough = (numbers for numbers in shared[needed:] if len(numbers) <= MOST_CANDIDATES)
        return self.texts(next(few_enough, NONE))

    def _shared(self, text: str) -> Sequence[BitMap]:
        """The numbers of the texts by how many of the pairs of `text` they share at the least."""
        if self._last[0] != text:
            held = sorted(
                ((len(numbers := self._pairs.get(pair)), pair, numbers) for pair in _pairs(text)), key=_rarest
            )
            held = held[:MOST_PAIRS]
            shared = [NONE] * (len(held) + 1)
            for seen, (_, _, numbers) in enumerate(held):
                for count in range(seen + 1, 1, -1):
                    shared[count] = shared[count] | (shared[count - 1] & numbers)
                shared[1] = shared[1] | numbers
            self._last = (text, shared)
        return self._last[1]


def _pairs(text: str) -> set[str]:
    return {one + other for one, other in pairwise("^" + text)}


def _rarest(held: tuple[int, str, BitMap]) -> tuple[int, str]:
    return held[:2]


def _near(text: str, candidates: Collection[str], edits: int) -> Iterable[tuple[str, int]]:
    """Those of `candidates` that so many typos turn into `text`, and how many do."""
    near = process.extract(text, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return ((candidate, int(distance)) for candidate, distance, _ in near)
