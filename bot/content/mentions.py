"""Which dramas and people of the library a text names: rather one too few than one too many."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.content.everyday import (
    KOREAN_TRADES,
    OTHER_TRADES,
    SEASONS,
)
from bot.content.grades import HANGUL, WORD, Grade, letters_of, spellings, title_grade
from bot.content.search.entries import titles_of
from bot.domain.library import Library
from bot.domain.particles import SEASON, is_ending

_QUOTED = re.compile(
    r"‘(?P<a>[^‘’\n]{1,90}(?:’s[^‘’\n]{1,60})?)’|“(?P<b>[^“”\n]{1,120})”|<(?P<c>[^<>\n]{1,90})>"
    r"|《(?P<d>[^《》\n]{1,90})》|〈(?P<e>[^〈〉\n]{1,90})〉|「(?P<f>[^「」\n]{1,90})」|『(?P<g>[^『』\n]{1,90})』"
    r"""|(?<!\w)'(?=\S)(?P<h>[^\n]{1,90}?)(?<=\S)'(?!\w)|(?<!\w)"(?=\S)(?P<i>[^"\n]{1,90})(?<=\S)"(?!\w)"""
)
_HALVES = re.compile(r"\s+[-–]\s+|:\s+|\s+\(")
_GAP = re.compile(r"[^\w\n]{1,3}")
"""What may stand between the words of a title."""
_NARROW_GAP = re.compile(r"[ \u00a0\-‐‑–]")
"""And of a name."""
_NO_SYLLABLES: Final = frozenset({"in", "so", "do", "go", "a", "won", "sun", "young", "an"})
"""English words that are also parts of Korean names."""
_MOST_LETTERS: Final = 20_000
"""Of a text that are read."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names, the most certain first: ids of dramas, names of people."""

    dramas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    letters: str
    written: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return not self.written[0].islower()


@dataclass(frozen=True, slots=True)
class _Hit:
    """A title or name found in the words from `first` to `last`."""

    key: str
    first: int
    last: int
    quoted: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    words: Sequence[_Word]
    quotes: Mapping[int, int]
    """Quotations: their first word, and their last."""
    has_small_words: bool

    def capital_tells(self, number: int) -> bool:
        """Tell whether a capital says anything: not at the beginning, nor where every word has one."""
        return self.has_small_words and number > 0 and self.gap(number - 1).isspace()

    def gap(self, number: int) -> str:
        """What stands between a word and the next one."""
        return self.text[self.words[number].end : self.words[number + 1].start]


class Mentions:
    """Finds the dramas and people of a library in texts."""

    def __init__(self, library: Library) -> None:
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._single: set[str] = set()
        self._title_grades: dict[str, Grade] = {}
        self._name_grades: dict[str, Grade] = {}
        self._casts = {drama.id: frozenset(role.actor for role in drama.cast) for drama in library.dramas.values()}
        for drama in library.dramas.values():
            for title in titles_of(drama):
                self._add_title(title, drama.id, title_grade(title))
                for half in _HALVES.split(title)[: 2 if " - " in title else 1]:
                    if letters_of(half) != letters_of(title):
                        self._add_title(half, drama.id, min(Grade.WEAK, title_grade(half)))
        for person in library.people.values():
            for spelling, grade in spellings(person):
                self._names[letters_of(spelling)].add(person.name)
                key = letters_of(spelling)
                self._name_grades[key] = max(grade, self._name_grades.get(key, grade))
                if " " not in spelling:
                    self._single.add(key)
        self._families = {letters_of(name.split()[0]) for name in library.people if " " in name}
        syllables = (part for name in library.people if " " in name for part in name.split(" ", 1)[1].split("-"))
        self._syllables = {letters_of(part) for part in syllables} - _NO_SYLLABLES
        self._title_sizes = sorted({len(key) for key in self._titles}, reverse=True)
        self._name_sizes = sorted({len(key) for key in self._names}, reverse=True)

    def of(self, text: str) -> Named:
        """Return what the text names."""
        read = _read(text[:_MOST_LETTERS])
        titles = list(_hits(read, self._titles, self._title_sizes, _GAP))
        taken = {number for hit in titles if self._certain(hit) for number in range(hit.first, hit.last + 1)}
        names = [
            hit
            for hit in _hits(read, self._names, self._name_sizes, _NARROW_GAP)
            if hit.first not in taken and self._is_name(hit, read)
        ]
        return self._weighed(titles, names, read)

    def _weighed(self, titles: Sequence[_Hit], names: Sequence[_Hit], read: _Text) -> Named:
        """Let the certain ones speak for the others."""
        dramas: dict[str, int] = {}
        for hit in titles:
            if self._certain(hit) and len(found := self._titles[hit.key]) == 1:
                _raise(dramas, found, 2 + hit.quoted)
        people: dict[str, int] = {}
        for hit in names:
            sure = self._name_grades[hit.key] is Grade.SURE
            if sure and len(found := self._names[hit.key]) == 1:
                _raise(people, found, 2)
        beside = self._beside(dramas, people)
        for hit in names:
            fitting = self._names[hit.key] & beside
            if len(fitting) == 1 and hit.capital:
                _raise(people, fitting, 1)
        for hit in titles:
            fitting = {drama_id for drama_id in self._titles[hit.key] if self._casts[drama_id] & people.keys()}
            weak = self._title_grades[hit.key] is not Grade.EVERYDAY and hit.capital
            if len(fitting) == 1 and (hit.quoted or weak or (hit.capital and read.capital_tells(hit.first))):
                _raise(dramas, fitting, 1)
        beside = self._beside(dramas, people)
        for hit in names:
            fitting = self._names[hit.key] & beside
            if len(fitting) == 1 and hit.capital:
                _raise(people, fitting, 1)
        return Named(_best_first(dramas), _best_first(people))

    def _certain(self, hit: _Hit) -> bool:
        grade = self._title_grades[hit.key]
        return hit.quoted or grade is Grade.SURE or (grade is Grade.CAPITALS and hit.capital)

    def _beside(self, dramas: Collection[str], people: Collection[str]) -> set[str]:
        """Who has played in the dramas, or with the people."""
        casts = [cast for drama_id, cast in self._casts.items() if drama_id in dramas or cast & set(people)]
        return set[str]().union(*casts)

    def _is_name(self, hit: _Hit, read: _Text) -> bool:
        """Tell whether what looks like a name is not a part of a longer one, or the name of a director."""
        words = read.words
        before = words[hit.first - 1] if hit.first else None
        after = words[hit.last + 1] if hit.last + 1 < len(words) else None
        if before and before.letters in OTHER_TRADES:
            return False
        if after and after.letters.startswith(KOREAN_TRADES) and HANGUL.search(words[hit.last].letters):
            return False
        if HANGUL.search(hit.key):
            return hit.first == hit.last
        if not hit.capital or (hit.first == hit.last and hit.key not in self._single):
            return False  # Ji Soo is not Jisoo
        short = hit.last - hit.first < 2
        if short and before and before.letters in self._families and _NARROW_GAP.fullmatch(read.gap(hit.first - 1)):
            return False
        if after and (gap := read.gap(hit.last)) and _NARROW_GAP.fullmatch(gap):
            return not (gap != " " or (short and after.is_capital and after.letters in self._syllables))
        return True

    def _add_title(self, title: str, drama_id: str, grade: Grade) -> None:
        key = letters_of(title)
        self._titles[key].add(drama_id)
        self._title_grades[key] = max(grade, self._title_grades.get(key, grade))


def _read(text: str) -> _Text:
    text = unicodedata.normalize("NFC", text)
    words = [_Word(letters_of(match[0]), match[0], match.start(), match.end()) for match in WORD.finditer(text)]
    words = [word for word in words if word.letters]
    quotes: dict[int, int] = {}
    for match in _QUOTED.finditer(text):
        inside = [
            number for number, word in enumerate(words) if match.start() <= word.start and word.end <= match.end()
        ]
        if inside:
            quotes[inside[0]] = inside[-1]
    long = [word for word in words if len(word.written) > 3 and word.written.isascii()]
    return _Text(text, words, quotes, any(not word.is_capital for word in long))


def _hits(read: _Text, keys: Mapping[str, object], sizes: Sequence[int], gap: re.Pattern[str]) -> Iterator[_Hit]:
    """The longest titles or names that begin with a word, one after the other."""
    words, number = read.words, 0
    while number < len(words):
        hit = _hit(read, number, keys, sizes, gap)
        if hit is not None:
            yield hit
        number = number + 1 if hit is None else hit.last + 1


def _hit(
    read: _Text, first: int, keys: Mapping[str, object], sizes: Sequence[int], gap: re.Pattern[str]
) -> _Hit | None:
    words, joined, ends = read.words, "", list[int]()
    for number in range(first, len(words)):
        if number > first and not gap.fullmatch(read.gap(number - 1)):
            break
        joined += words[number].letters
        ends.append(len(joined))
        if len(joined) >= sizes[0]:
            break
    for size in sizes:
        if size > len(joined) or joined[:size] not in keys:
            continue
        last = next(place for place, end in enumerate(ends) if end >= size)
        tail = joined[size : ends[last]]
        if tail and not _is_ending(tail, words[first + last].written):
            continue
        last += first
        until = read.quotes.get(first, -1)
        plain = not tail or SEASON.fullmatch(tail)
        quoted = until >= last and bool(plain) and all(words[n].letters in SEASONS for n in range(last + 1, until + 1))
        joined_on = last > first and read.gap(last - 1).strip() in ("-", "‐", "‑")  # as in Se-jeong
        capital = words[first].is_capital and (words[last].is_capital or joined_on)
        return _Hit(joined[:size], first, last, quoted, capital)
    return None


def _is_ending(tail: str, written: str) -> bool:
    if tail == "s":
        return written[-2:] in ("'s", "’s", "'S", "’S")
    return is_ending(tail)


def _raise(weights: dict[str, int], found: Iterable[str], weight: int) -> None:
    for name in found:
        weights[name] = max(weight, weights.get(name, 0))


def _best_first(weights: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda name: -weights[name]))
