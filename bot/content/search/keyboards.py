"""Keyboards: what was typed while the keyboard was set to the other language ("ehRoql" is 도깨비)."""

from typing import Final
from unicodedata import normalize

from bot.content.folding import fold_words

_KEYS: Final = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml"
_LETTERS: Final = normalize("NFKD", "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ")
"""The Korean keyboard with two sets (KS X 5002): what its keys write, as folded text has it."""
_TO_HANGUL: Final = dict(zip(_KEYS, _LETTERS, strict=True)) | {
    key.upper(): letter for key, letter in zip(_KEYS, _LETTERS, strict=True) if key.upper() not in _KEYS
}
_TO_LATIN: Final = str.maketrans(_LETTERS, _KEYS.lower())


def on_the_other_keyboard(text: str) -> str | None:
    """Return what the same keys write on the other keyboard; None where the text was typed with both, or neither."""
    letters = [letter for letter in text if letter.isalpha()]
    if letters and all(letter in _TO_HANGUL for letter in letters):
        return "".join(_TO_HANGUL.get(letter, letter) for letter in text)
    words = fold_words(text)
    latin = " ".join(words).translate(_TO_LATIN)
    return latin if words and latin.isascii() and not any(word.isascii() for word in words) else None
