"""Postings: which numbers a word has, compressed, so that a hundred thousand entries are joined in microseconds."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from pyroaring import BitMap

STEM: Final = 4
"""Letters of a beginning up to which what has it is kept; for longer ones it is put together from their words."""
LAST: Final = "\U0010ffff"
"""Sorts behind every letter: the end of all words with a given beginning."""
FEW: Final = 6
"""Numbers that take less room as they are than compressed."""
MOST_ASKED: Final = 64
"""Beginnings of words of which the numbers are remembered."""
NONE: Final = BitMap()
"""Nothing; never to be changed."""


class Postings:
    """Numbers by key. Most keys have one number or a few, which are kept as they are."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: dict[str, int | list[int] | BitMap] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._of

    def __len__(self) -> int:
        return len(self._of)

    def add(self, keys: Iterable[str], number: int) -> Sequence[str]:
        """Give a number that none of `keys` has to all of them; return those that had none."""
        held_of, new = self._of, list[str]()
        for key in keys:
            held = held_of.get(key)
            if held is None:
                held_of[key] = number
                new.append(key)
            elif isinstance(held, BitMap):
                held.add(number)
            elif isinstance(held, int):
                held_of[key] = [held, number]
            else:
                held.append(number)
                if len(held) > FEW:
                    held_of[key] = BitMap(held)
        return new

    def discard(self, keys: Iterable[str], number: int) -> Sequence[str]:
        """Take a number that all of `keys` have from them; return those that have none left."""
        gone: list[str] = []
        for key in keys:
            held = self._of[key]
            if not isinstance(held, int):
                held.remove(number)
            if isinstance(held, int) or not held:
                del self._of[key]
                gone.append(key)
        return gone

    def get(self, key: str) -> BitMap:
        """Return the numbers of `key`; not to be changed."""
        held = self._of.get(key, NONE)
        if isinstance(held, BitMap):
            return held
        return BitMap((held,) if isinstance(held, int) else held)

    def union(self, keys: Iterable[str]) -> BitMap:
        """Return the numbers of all `keys`."""
        few: list[int] = []
        many: list[BitMap] = []
        for key in keys:
            held = self._of.get(key)
            if isinstance(held, BitMap):
                many.append(held)
            elif isinstance(held, int):
                few.append(held)
            elif held is not None:
                few += held
        return BitMap.union(BitMap(few), *many)


class Words:
    """Numbers by word, and by the beginning of a word."""

    __slots__ = ("_asked", "_beginnings", "_shelves", "_words")

    def __init__(self) -> None:
        self._words = Postings()
        self._beginnings = Postings()
        self._shelves: dict[str, list[str]] = {}  # words by their first letters, sorted
        self._asked: dict[str, BitMap] = {}  # what was put together last: a search asks for a beginning several times

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Collection[str], number: int) -> Sequence[str]:
        """Give the number to all `words`; return the new ones. To be called once for a number, with all it has."""
        self._asked.clear()
        new = self._words.add(words, number)
        for word in new:
            insort(self._shelves.setdefault(word[:STEM], []), word)
        self._beginnings.add(_beginnings(words), number)
        return new

    def discard(self, words: Collection[str], number: int) -> Sequence[str]:
        """Take the number from all `words`, the same ones that were given it; return those that are gone."""
        self._asked.clear()
        gone = self._words.discard(words, number)
        for word in gone:
            shelf = self._shelves[word[:STEM]]
            del shelf[bisect_left(shelf, word)]
            if not shelf:
                del self._shelves[word[:STEM]]
        self._beginnings.discard(_beginnings(words), number)
        return gone

    def get(self, word: str) -> BitMap:
        """Return the numbers of the word itself; not to be changed."""
        return self._words.get(word)

    def union(self, words: Iterable[str]) -> BitMap:
        """Return the numbers of all these words."""
        return self._words.union(words)

    def beginning(self, text: str) -> BitMap:
        """Return the numbers of all words that begin with `text`; not to be changed."""
        if len(text) <= STEM:
            return self._beginnings.get(text)
        found = self._asked.get(text)
        if found is None:
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            found = self._asked[text] = self._words.union(self._with_beginning(text))
        return found

    def going_on(self, text: str, letters: str) -> BitMap:
        """Return the numbers of the word `text`, and of all words that go on behind it with one of `letters`."""
        if len(text) < STEM:
            return BitMap.union(self.get(text), *(self._beginnings.get(text + letter) for letter in letters))
        words = self._with_beginning(text)
        return self._words.union(word for word in words if word == text or word[len(text)] in letters)

    def _with_beginning(self, beginning: str) -> Sequence[str]:
        shelf = self._shelves.get(beginning[:STEM], [])
        return shelf[bisect_left(shelf, beginning) : bisect_left(shelf, beginning + LAST)]


def _beginnings(words: Iterable[str]) -> set[str]:
    return {beginning for word in words for beginning in (word[:1], word[:2], word[:3], word[:STEM])}
