"""Spellings: finding the words and names that somebody may have meant, by a part, by sound, by likeness."""

from collections.abc import Collection, Iterable, Sequence

from bot.content.search.likenesses import Likenesses
from bot.content.search.postings import Words
from bot.content.search.sounds import sound


class Spellings:
    """Names and words, numbered, that can be asked for those that are like what was typed.

    Each is given as its folded words; what comes back are these run together. Likenesses of sound are found only if
    the spellings were made `by_ear`.
    """

    __slots__ = ("_by_ear", "_count", "_numbers", "_sound_numbers", "_sounds", "_sounds_alike", "_texts")

    def __init__(self, *, by_ear: bool) -> None:
        self._by_ear = by_ear
        self._count = 0
        self._numbers: dict[tuple[str, ...], int] = {}
        self._texts = Likenesses()
        self._sounds = Words()
        self._sounds_alike = Likenesses()
        self._sound_numbers: dict[str, int] = {}

    def add(self, words: tuple[str, ...]) -> int:
        """Add a name that is not there yet; return its number."""
        number = self._numbers[words] = self._count
        self._count += 1
        self._texts.add("".join(words), number)
        for heard in self._sounds.add((sound(words),), number):
            if self._by_ear:
                self._sound_numbers[heard] = number
                self._sounds_alike.add(heard, number)
        return number

    def remove(self, words: tuple[str, ...]) -> int:
        """Take a name out; return the number it had."""
        number = self._numbers.pop(words)
        self._texts.remove(number)
        for heard in self._sounds.discard((sound(words),), number):
            if self._by_ear:
                self._sounds_alike.remove(self._sound_numbers.pop(heard))
        return number

    def texts(self, numbers: Iterable[int]) -> Sequence[str]:
        """Return the names that have these numbers."""
        return self._texts.texts(numbers)

    def containing(self, part: str) -> Sequence[str]:
        """Return the names that `part` stands in; see `Likenesses.containing`."""
        return self._texts.containing(part)

    def resembling(self, text: str) -> Sequence[str]:
        """Return the names that have most in common with `text`; see `Likenesses.resembling`."""
        return self._texts.resembling(text)

    def alike(self, text: str, typos: int) -> Sequence[Collection[str]]:
        """Return the names that become `text` by typos, by how many; see `Likenesses.alike`."""
        return self._texts.alike(text, typos)

    def sounding(self, heard: str) -> Sequence[str]:
        """Return the names of that sound."""
        return self.texts(self._sounds.get(heard))

    def sounding_at_first(self, heard: str) -> Sequence[str]:
        """Return the names the sound of which begins so."""
        return self.texts(self._sounds.beginning(heard))

    def alike_in_sound(self, heard: str, letters: int) -> Sequence[Collection[str]]:
        """Return the names the sound of which differs in so many letters at the most, by how many."""
        return [self.texts(self._sounds.union(sounds)) for sounds in self._sounds_alike.alike(heard, letters)]
