"""The shelves of an index: in which entries a word or a name stands, and where it stands in them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyroaring import BitMap

from bot.content.folding import fold_words
from bot.content.search.postings import Words
from bot.content.search.scripts import by_script
from bot.content.search.sounds import initials
from bot.content.search.spellings import Spellings

LONGEST_NAME: Final = 40
"""Letters of what is a name, to be found by sound and likeness as a whole; a headline is longer."""
CONSONANTS: Final = "".join(map(chr, range(0x1100, 0x1113)))
"""The initial consonants of Hangul, as folded text has them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    `names` are its own, `about` the names of what it is about; `words` are texts that stand in it besides. Among
    entries that answer to a query equally well those with the lower `order` come first.
    """

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    order: int = 0


class Shelves:
    """Where words and names stand, by the numbers of entries."""

    def __init__(self) -> None:
        self.own_names = Words()  # run together
        self.other_names = Words()
        self.own_words = Words()
        self._other_words = Words()  # each word of an entry in the first of three that has it
        self._texts = Words()
        self.spelt_words = Spellings(by_ear=False)
        self.spelt_names = Spellings(by_ear=True)
        self.parts_of_names = Words()  # their numbers in `spelt_names`
        self.initials_of_names = Words()
        self._entries_named: Counter[tuple[str, ...]] = Counter()

    def put(self, entry: Entry, number: int) -> None:
        """Note all that stands in an entry."""
        reading = _read(entry)
        self.own_names.add(reading.own_names, number)
        self.other_names.add(reading.other_names, number)
        for word in self.own_words.add(reading.own_words, number):
            if word not in self._other_words:
                self.spelt_words.add((word,))
        for word in self._other_words.add(reading.other_words, number):
            if word not in self.own_words:
                self.spelt_words.add((word,))
        self._texts.add(reading.texts, number)
        for name in reading.short_names:
            self._entries_named[name] += 1
            if self._entries_named[name] == 1:
                spelling = self.spelt_names.add(name)
                self.parts_of_names.add({*name}, spelling)
                self.initials_of_names.add(initials(name), spelling)

    def remove(self, entry: Entry, number: int) -> None:
        """Forget all that stands in an entry; it must be the one that was put."""
        reading = _read(entry)
        self.own_names.discard(reading.own_names, number)
        self.other_names.discard(reading.other_names, number)
        for word in self.own_words.discard(reading.own_words, number):
            if word not in self._other_words:
                self.spelt_words.remove((word,))
        for word in self._other_words.discard(reading.other_words, number):
            if word not in self.own_words:
                self.spelt_words.remove((word,))
        self._texts.discard(reading.texts, number)
        for name in reading.short_names:
            self._entries_named[name] -= 1
            if not self._entries_named[name]:
                del self._entries_named[name]
                spelling = self.spelt_names.remove(name)
                self.parts_of_names.discard({*name}, spelling)
                self.initials_of_names.discard(initials(name), spelling)

    def named(self, names: Iterable[str]) -> tuple[BitMap, BitMap]:
        """Return the entries with one of these names (run together) of their own, and those about one of them."""
        names = [*names]
        return self.own_names.union(names), self.other_names.union(names)

    def named_with(self, words: Iterable[str]) -> BitMap:
        """Return the entries that have one of these words in a name."""
        words = [*words]
        return self.own_words.union(words) | self._other_words.union(words)

    def named_beginning(self, beginning: str) -> BitMap:
        """Return the entries that have a word which begins so in a name."""
        return self.own_words.beginning(beginning) | self._other_words.beginning(beginning)

    def standing(self, words: Iterable[str]) -> BitMap:
        """Return the entries in which one of these words stands as it is, wherever."""
        words = [*words]
        return self.named_with(words) | self._texts.union(words)

    def tell_of(self, beginning: str) -> bool:
        """Tell whether a word that begins so stands in a text, and in no name of the same entry."""
        return bool(self._texts.beginning(beginning))

    def of_syllables(self, text: str) -> BitMap:
        """Return the entries in which a word stands that begins with these syllables: 욕 is no beginning of 요구."""
        shelves = (self.own_words, self._other_words, self._texts)
        return BitMap.union(*(words.going_on(text, CONSONANTS) for words in shelves))

    def beginning(self, beginning: str) -> BitMap:
        """Return the entries in which a word stands that begins so, wherever."""
        return self.named_beginning(beginning) | self._texts.beginning(beginning)


@dataclass(frozen=True, slots=True)
class _Reading:
    """An entry as words and names, folded. A name with a hyphen is one with a space, and one without either."""

    own_names: set[str]
    other_names: set[str]
    short_names: set[tuple[str, ...]]
    own_words: set[str]
    other_words: set[str]
    texts: set[str]


def _read(entry: Entry) -> _Reading:
    own, other, texts = (_spellings(texts) for texts in (entry.names, entry.about, entry.words))
    own_names, other_names = ({"".join(name) for name in names} for names in (own, other))
    own_words = {name for name in own_names if len(name) <= LONGEST_NAME}.union(*own)
    other_words = {name for name in other_names if len(name) <= LONGEST_NAME}.union(*other) - own_words
    words = set[str]().union(*texts) - own_words - other_words
    short_names = {name for name in own | other if sum(map(len, name)) <= LONGEST_NAME}
    return _Reading(own_names, other_names, short_names, own_words, other_words, words)


def _spellings(texts: Iterable[str]) -> set[tuple[str, ...]]:
    forms = (form for text in texts for form in ((text, text.replace("-", "")) if "-" in text else (text,)))
    spelt = {words for form in forms if (words := fold_words(form))}
    parted = {tuple([part for word in words for part in by_script(word)]) for words in spelt}
    return spelt | parted
