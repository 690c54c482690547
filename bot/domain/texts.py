"""Texts in two languages, and the cleaning of names that members type."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from bot.errors import NameNotPlain, NameTooLong

NAME_LIMIT: Final = 70
"""Characters of a typed name: a button holds 80 (Discord), and a tally wants a few of them."""

_MARKS = re.compile(r"[*_~`|\\<>\[\]#]|@everyone|@here|https?:", re.IGNORECASE)
_JOINTS: Final = tuple(
    re.compile(joint, re.IGNORECASE)
    for joint in (
        r"\s*[♥♡❤💕💗&+×/]\ufe0f?\s*|\s+-\s+",
        r"\s+(?:x|and)\s+",
        r"\s+(?:와|과|하고|이랑|랑)\s+",
        r"(?:와|과|하고|이랑|랑)\s+",
    )
)
"""What stands between two names, plainest first: a name may end like a particle ("사랑 ♥ 민준"), none holds a heart."""
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks that show nothing: the Hangul fillers, the empty Braille pattern, joiners of other scripts."""


class Language(StrEnum):
    """A language that Adlib speaks; the value is its ISO 639-1 code."""

    ENGLISH = "en"
    KOREAN = "ko"


@dataclass(frozen=True, slots=True)
class Localised:
    """One text in both languages; Korean falls back to English where it is still missing."""

    en: str
    ko: str | None = None

    def in_language(self, language: Language) -> str:
        """Return the text in `language`, or in English where there is none."""
        return self.ko if language is Language.KOREAN and self.ko else self.en

    def beside(self, language: Language) -> str | None:
        """Return the form to set beside the one in `language`; None where there is no other, or it is the same."""
        shown = self.in_language(language)
        return next((form for form in self.all if form != shown), None)

    @property
    def all(self) -> tuple[str, ...]:
        """Both forms, the missing one left out."""
        return (self.en, self.ko) if self.ko else (self.en,)


def plain_name(text: str, limit: int = NAME_LIMIT) -> str:
    """Return a typed name composed (NFC) and with single spaces.

    Raises:
        NameNotPlain: it is empty, or holds markdown, a mention, a link, a control, bidirectional or zero-width
            character, or marks heaped upon each other.
        NameTooLong: it has more than `limit` characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if _MARKS.search(name) or _BLANK.search(name) or any(unicodedata.category(mark) in _HIDDEN for mark in name):
        raise NameNotPlain
    stacked = any(unicodedata.combining(mark) and unicodedata.combining(under) for under, mark in pairwise(name))
    if stacked or not any(character.isalnum() for character in name):
        raise NameNotPlain
    if len(name) > limit:
        raise NameTooLong(limit=limit)
    return name


def halves(name: str) -> tuple[str, ...]:
    """Return what stands between the plainest joints of a typed name: two names where `is_pair`.

    Signs are plainer than words, and words than particles: "사랑 ♥ 민준" is split at the heart only.
    """
    joint = next((joint for joint in _JOINTS if joint.search(name)), None)
    return tuple(joint.split(name)) if joint else (name,)


def pieces(name: str) -> tuple[str, ...]:
    """Return what stands between all that may be a joint: whom "Ada랑 Bo ♥ Cy" may name, besides its halves."""
    found = [name]
    for joint in _JOINTS:
        found = [piece for part in found for piece in joint.split(part)]
    return tuple(filter(None, found))


def is_pair(name: str) -> bool:
    """Tell whether a typed name is two names with a joint between them: "A ♥ B", "A & B", "A and B", "A x B"."""
    found = halves(name)
    return len(found) == 2 and all(any(letter.isalnum() for letter in half) for half in found)


def shorten(text: str, limit: int) -> str:
    """Cut `text` to `limit` characters, ending in an ellipsis, never between a letter and its combining marks."""
    if len(text) <= limit:
        return text
    cut = limit - 1
    while cut > 0 and (unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f" or text[cut - 1] == "\u200d"):
        cut -= 1
    return text[:cut].rstrip() + "…"
