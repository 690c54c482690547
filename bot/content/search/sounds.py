"""Sounds: what the romanisations of one name have in common, and with the name in Hangul.

"Gong Yoo", "Kong Yu" and "공유" are one sound, "Kim Seon-ho", "Kim Sun Ho" and "김선호" another. Hangul is read letter
by letter as the Revised Romanisation of Korean does it (National Institute of Korean Language, notice 2000-8), then
everything that other romanisations and habits write differently becomes one: g and k, d and t, b and p, j and ch, r and
l, eo and u and oo. It is coarse: a sound says what to look at, the spellings decide what comes first.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final

_INITIALS: Final = dict(
    zip(
        "ᄀᄁᄂᄃᄄᄅᄆᄇᄈᄉᄊᄋᄌᄍᄎᄏᄐᄑᄒ",
        ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", *"cccktph"),
        strict=True,
    )
)
"""Initial consonants, and final ones where a vowel follows: what is common to all that romanises them."""
_FINALS: Final = _INITIALS | {"ᄉ": "t", "ᄊ": "t", "ᄋ": "nk", "ᄌ": "t", "ᄎ": "t", "ᄒ": ""}
"""Final consonants as the Revised Romanisation reads them."""
_VOWELS: Final = {
    **{"ᅡ": "a", "ᅢ": "e", "ᅣ": "ya", "ᅤ": "ye", "ᅥ": "u", "ᅦ": "e", "ᅧ": "yu", "ᅨ": "ye", "ᅩ": "u", "ᅭ": "yu"},
    **{"ᅮ": "u", "ᅲ": "yu", "ᅳ": "u", "ᅵ": "i", "ᅩᅡ": "wa", "ᅩᅢ": "we", "ᅩᅵ": "we", "ᅮᅥ": "wu", "ᅮᅦ": "we"},
    **{"ᅮᅵ": "wi", "ᅳᅵ": "i"},
}
_HANGUL: Final = re.compile("([\u1100-\u1112])([\u1161-\u1175]{0,2})")
_INITIAL: Final = re.compile("[\u1100-\u1112](?=[\u1161-\u1175])")
_LATIN: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("tch|zh|z", "j"),
        ("sch|sh", "s"),
        ("ph|f|v", "p"),
        ("th|dh", "t"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("c(?=[ei]|y(?![aeou]))", "s"),
        ("ch|j", "C"),
        ("c", "k"),
        ("^wh", "hw"),
        ("^rh", "r"),
        ("r(?![aeiouywr])", ""),
        ("y(?![aeiouy])", "i"),
        ("[gk]", "k"),
        ("[dt]", "t"),
        ("[bp]", "p"),
        ("r", "l"),
        ("C", "c"),
        ("yi(?=[^aeiou]|$)|eui|ui(?!n)|ie|ee", "I"),
        ("w(?=oo|u)", ""),
        ("weo", "wo"),
        ("ow(?![aeiouy])", "o"),
        ("oe(?!u)|oi|wae|wai|we", "W"),
        ("ae|ai|ei|ea|[ae]y(?![aeiou])", "e"),
        ("eo|eu|ou|oo|ue|uo|oh|uh", "u"),
        ("[ou]+", "u"),
        ("W", "we"),
        ("I", "i"),
        ("h(?![aeiouyw])", ""),
    )
)
_ENDS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile("^l(?=[iy])"), ""),
    (re.compile("(?<=[ktp])h|t(?=s)"), ""),
    (re.compile(r"(\D)\1+"), r"\1"),
)
"""What is heard of words that run together: no l before i ("Lee" is "Yi"), no h behind a stop, no letter twice."""


def sound(words: Iterable[str]) -> str:
    """Return the sound of folded words that are said without a pause; empty where they have none."""
    said = "".join(map(_said, words))
    for spelling, heard in _ENDS:
        said = spelling.sub(heard, said)
    return said


def initials(words: Iterable[str]) -> tuple[str, ...]:
    """Return the initial consonants of folded words of Hangul, of all of them and from each further word on.

    A number among them stays as it is: ㅂㅁㅇㅅ2 is 비밀의 숲 2.
    """
    each = [word if word.isdigit() else "".join(_INITIAL.findall(word)) for word in words]
    joined: Callable[[str, str], str] = lambda later, word: word + later  # noqa: E731
    return tuple(dict.fromkeys(filter(is_initials, accumulate(reversed(each), joined))))


def is_initials(text: str) -> bool:
    """Tell whether a folded text is nothing but initial consonants of Hangul, two or more, or one and a number."""
    return (
        len(text) > 1 and "ᄀ" <= text[0] <= "ᄒ" and all("ᄀ" <= letter <= "ᄒ" or letter.isdigit() for letter in text)
    )


@lru_cache(maxsize=20_000)
def _said(word: str) -> str:
    if _HANGUL.search(word):
        return _HANGUL.sub(_letter, word)
    for spelling, heard in _LATIN:
        word = spelling.sub(heard, word)
    return word


def _letter(match: re.Match[str]) -> str:
    """A consonant with a vowel begins a syllable; alone it ends one, and is read on where the next has no initial."""
    consonant, vowel = match.groups()
    if vowel:
        return _INITIALS[consonant] + _VOWELS.get(vowel, "".join(_VOWELS[stroke] for stroke in vowel))
    goes_on = match.string[match.end() : match.end() + 1] == "ᄋ" and consonant != "ᄋ"
    return (_INITIALS if goes_on and _followed(match) else _FINALS)[consonant]


def _followed(match: re.Match[str]) -> bool:
    return "ᅡ" <= match.string[match.end() + 1 : match.end() + 2] <= "ᅵ"
