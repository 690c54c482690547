"""Folding: what two spellings of one thing have in common.

Case, spaces, hyphens and accents go; composed and decomposed Hangul become the same letters; a final consonant becomes
an initial one and a vowel of two strokes becomes two, so that a half-typed syllable ("돆") already is the beginning of
the finished word ("도깨비").
"""

import unicodedata
from functools import lru_cache
from typing import Final

_FINALS: Final = (
    *("ᄀ", "ᄁ", "ᄀᄉ", "ᄂ", "ᄂᄌ", "ᄂᄒ", "ᄃ", "ᄅ", "ᄅᄀ", "ᄅᄆ", "ᄅᄇ", "ᄅᄉ", "ᄅᄐ", "ᄅᄑ"),
    *("ᄅᄒ", "ᄆ", "ᄇ", "ᄇᄉ", "ᄉ", "ᄊ", "ᄋ", "ᄌ", "ᄎ", "ᄏ", "ᄐ", "ᄑ", "ᄒ"),
)
_STROKES: Final = {"ᅪ": "ᅩᅡ", "ᅫ": "ᅩᅢ", "ᅬ": "ᅩᅵ", "ᅯ": "ᅮᅥ", "ᅰ": "ᅮᅦ", "ᅱ": "ᅮᅵ", "ᅴ": "ᅳᅵ"}
"""Vowels that are typed as two."""
_AS_TYPED: Final = {0x11A8 + number: initials for number, initials in enumerate(_FINALS)} | str.maketrans(_STROKES)
"""Final consonants U+11A8 to U+11C2 (Unicode, Hangul Jamo) as the initials they are typed with, and the vowels."""


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`; empty where it holds no letter or digit."""
    pieces = text.split()
    if len(pieces) == 1:
        return _fold_piece(pieces[0])
    return tuple([word for piece in pieces for word in _fold_piece(piece)])


def fold(text: str) -> str:
    """Return `text` folded, its words run together."""
    return "".join(fold_words(text))


@lru_cache(maxsize=20_000)
def _fold_piece(piece: str) -> tuple[str, ...]:
    """Fold what stands between two spaces: most of what is written was written before."""
    letters = unicodedata.normalize("NFKD", piece).casefold().replace("'", "").replace("’", "")
    kept = "".join(
        character if character.isalnum() else "" if unicodedata.combining(character) else " " for character in letters
    )
    return tuple(kept.translate(_AS_TYPED).split())
