"""Look-alikes: what the spellings of one name have in common that a reader takes for the same.

`fold` (folding.py) takes case, accents and the ways of writing Hangul away, for searching. Here letters of other
scripts and signs that look like Latin letters go too, for names that must not get by in disguise: "Gоng Y00" with a
Cyrillic о is "Gong Yoo". Which letters look alike is Unicode's own list (UTS #39, confusables), from the package
confusable-homoglyphs; Hangul is left to `fold`, as no letter of another script passes for a syllable.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import permutations
from typing import Any, Final

from confusable_homoglyphs import confusables

from bot.content.folding import fold_words

MOST_WORDS: Final = 4
"""Words of a name above which only its own order is tried, not every order."""

_SIGNS: Final = str.maketrans({"@": "a", "$": "s", "€": "e", "£": "l", "¥": "y", "₩": "w", "₳": "a", "₿": "b"})
_ONE_FOR_ALL: Final = str.maketrans(
    {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "i": "l", "m": "rn", "w": "vv"}
)
"""Letters and figures that are read for each other; a capital i is a small L, so both are one here."""
_LETTER: Final = re.compile(r"(?:.+ )?(?:LATIN|REGIONAL) .*\bLETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .+)?")
"""Unicode's name of a letter that is one of A to Z in another dress: small capital, in a disc, with a stroke."""
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_MARKS: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_FIRST_SYLLABLE: Final = re.compile(
    "^[\u1100-\u1112][\u1161-\u1175]+[\u1100-\u1112]*(?=[\u1100-\u1112][\u1161-\u1175])"
)
"""The first of several syllables of Hangul as `fold` leaves it: where a family name stands."""
_SYLLABLE: Final = re.compile("[\u1100-\u1112][\u1161-\u1175]")
_SAID_OF_A_PERSON: Final = (
    *("actor", "actress", "real", "irl", "the", "my", "mr", "ms", "miss", "oppa", "unnie", "noona", "hyung", "ssi"),
    *("배우", "진짜", "우리", "실제", "씨", "님", "오빠", "언니", "누나", "형"),
)
"""Words beside a name that leave it the same person."""


def skeleton(text: str) -> str:
    """Return what `text` has in common with all that looks like it; empty where it holds no letter or digit."""
    return "".join(skeleton_words(text))


@lru_cache(maxsize=10_000)
def skeleton_words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, each as its skeleton. Spaces, hyphens, dots and other marks divide words."""
    return tuple(word.translate(_ONE_FOR_ALL) for word in fold_words(undisguised(text)))


def undisguised(text: str) -> str:
    """Return `text` with everything that looks like a Latin letter as that letter, figures left as they are."""
    letters = "".join(map(_latin, unicodedata.normalize("NFKD", text.translate(_SIGNS))))
    return unicodedata.normalize("NFC", letters)


@lru_cache(maxsize=10_000)
def orders(name: str) -> frozenset[str]:
    """Return the skeletons of a name with its words (as spaces divide them) in every order: "Shin Kim", "Kim Shin"."""
    parts = [word for part in name.split() if (word := skeleton(part))]
    if len(parts) > MOST_WORDS:
        return frozenset({"".join(parts)})
    return frozenset("".join(order) for order in permutations(parts))


@lru_cache(maxsize=1_000)
def readings(name: str) -> frozenset[str]:
    """Return the skeletons of all that a typed name says, read as one whole name.

    That is all of it; the same without figures and marks at its ends; without words like "actor" or "oppa"; and, where
    it is written in two scripts ("Gong Yoo (공유)"), each script alone.
    """
    parts = name.split()
    hangul = [part for part in parts if _HANGUL.search(part)]
    others = [part for part in parts if not _HANGUL.search(part)]
    texts = {" ".join(some) for some in (parts, hangul, others) if some}
    texts |= {_MARKS.sub("", text) for text in texts}
    texts |= {" ".join(part for part in text.split() if skeleton(part) not in _besides()) for text in texts}
    texts |= {_without_address(text) for text in texts}
    return frozenset(read for text in texts for form in (text, text.casefold()) if (read := skeleton(form)))


@lru_cache(maxsize=1_000)
def parts_of(name: str) -> frozenset[str]:
    """Return the skeletons of everything in a typed name that may be a name of its own.

    That is every run of its words ("Oh Se-hun": "oh", "sehun", "ohsehun" …), and each word of Hangul also without its
    first syllable, the family name ("오세훈": "세훈").
    """
    found = set(readings(name))
    for form in (name, name.casefold()):
        words = skeleton_words(form)
        words_and_given = [*words, *(given for word in words if (given := _FIRST_SYLLABLE.sub("", word)))]
        found |= {*words_and_given}
        found |= {"".join(words[start:end]) for start in range(len(words)) for end in range(start + 2, len(words) + 1)}
    return frozenset(found)


def begins_with(word: str, name: str) -> bool:
    """Tell whether a word of Hangul is a name with more syllables behind it ("김고은이"), both as their skeletons."""
    return word.startswith(name) and _SYLLABLE.match(word, len(name)) is not None


def catches(blocked: str, name: str) -> bool:
    """Tell whether a name on a block list means the typed `name`.

    A single word means every name in which it stands as a word or a run of words, for that is how people are called:
    "Sehun" means "Oh Sehun", "Oh Se-hun" and "세훈" means "오세훈", but not "Sehunny". "Min" therefore also means
    "Lee Min-ho"; who wants to be narrower blocks the whole name. Several words mean that whole name only, in any order
    of the words: "Kim Shin" means "Shin Kim", not "Kim Shinhye" and not "Kim Shin-hye".
    """
    meant = orders(blocked) | orders(blocked.casefold())
    return not meant.isdisjoint(readings(name) if len(blocked.split()) > 1 else parts_of(name))


@lru_cache(maxsize=10_000)
def _latin(letter: str) -> str:
    """The Latin letters that `letter` looks like, itself where it is Hangul or looks like none."""
    if letter.isascii() or unicodedata.combining(letter) or _HANGUL.match(letter):
        return letter
    if (plain := letter.casefold()).isascii():
        return plain
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    for form in dict.fromkeys((letter, letter.swapcase())):
        for alike in _alike(form):
            plain = "".join(mark for mark in unicodedata.normalize("NFKD", alike) if not unicodedata.combining(mark))
            if plain.isascii() and plain.isalnum():
                return plain
    named = _LETTER.fullmatch(unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


def _alike(letter: str) -> list[str]:
    """What Unicode lists as looking like `letter`."""
    found: Any = confusables.is_confusable(letter, greedy=True)  # a list, or False
    return [homoglyph["c"] for entry in found or () for homoglyph in entry["homoglyphs"]]


@lru_cache(maxsize=1)
def _besides() -> frozenset[str]:
    return frozenset(map(skeleton, _SAID_OF_A_PERSON))


def _without_address(text: str) -> str:
    """Take what Koreans put behind a name off a single word: "공유씨"."""
    composed = unicodedata.normalize("NFC", text)
    return re.sub(r"(?<=[가-힣]{2})(씨|님|오빠|언니|누나|형)$", "", composed)
