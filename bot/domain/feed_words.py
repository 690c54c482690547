"""The words of a feed's filter: how a manager writes them, and when an entry holds one."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from bot.domain.particles import is_ending

LONGEST_WORD: Final = 50
"""Characters of a word, or of several that stand together."""
LONGEST_KEY: Final = 200
"""Characters of an entry's own id that are kept; a longer one is kept as its hash."""

_BETWEEN: Final = re.compile(r"[,、，;\n]")
_LEAVES_OUT: Final = ("-", "−", "–", "—")
_WORD: Final = re.compile(r"[^\W_]+")
_SYLLABLE: Final = re.compile("[가-힣]$")


def read_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that a manager has written, and those with a minus before them, which leave an entry out.

    They stand between commas: "wedding, season 2, -recap". What has no letter or digit is no word; spellings of one
    word count once, and a word that is wanted and left out is left out.
    """
    wanted: dict[tuple[str, ...], str] = {}
    without: dict[tuple[str, ...], str] = {}
    for piece in _BETWEEN.split(text):
        word = " ".join(unicodedata.normalize("NFC", piece).split())
        leaves_out = word.startswith(_LEAVES_OUT)
        word = word.lstrip("".join(_LEAVES_OUT)).strip()[:LONGEST_WORD].strip()
        if parts := _parts(word):
            (without if leaves_out else wanted).setdefault(parts, word)
    return tuple(word for parts, word in wanted.items() if parts not in without), tuple(without.values())


def words_in(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return those of `words` that stand in a text, whatever their case and accents.

    A word is found as a whole, as a Korean one also with a particle behind it: "도깨비" stands in "도깨비는", and
    "송강" not in "송강호".
    """
    if not words:
        return ()
    parts = _parts(text)
    return tuple(word for word in words if _holds(parts, _parts(word)))


def merge_words(old: Sequence[str], more: Iterable[str], against: Iterable[str]) -> tuple[str, ...]:
    """Return the old words without those that are now `against` them, and the new ones, in whatever spelling once."""
    refused = {_parts(word) for word in against}
    kept = {_parts(word): word for word in old if _parts(word) not in refused}
    for word in more:
        kept.setdefault(_parts(word), word)
    return tuple(kept.values())


def key_of(key: str) -> str:
    """Return an entry's own id as it is kept: whatever a feed writes there, a database can compare it."""
    if 0 < len(key) <= LONGEST_KEY and key.isprintable():
        return key
    return f"sha256:{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _holds(text: Sequence[str], word: Sequence[str]) -> bool:
    if not word:
        return False
    *first, last = word
    korean = bool(_SYLLABLE.search(last))
    for start in range(len(text) - len(word) + 1):
        *before, end = islice(text, start, start + len(word))
        if before == first and (end.startswith(last) and is_ending(end[len(last) :]) if korean else end == last):
            return True
    return False


def _parts(text: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", text).casefold().replace("'", "").replace("’", "")
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return tuple(_WORD.findall(unicodedata.normalize("NFC", kept)))
