"""The endings of words, in both languages: what two forms of one word have in common."""

import re
from collections.abc import Sequence
from typing import Final

from bot.content.folding import fold

_PARTICLES: Final = """
에서는 에게서 한테서 이라는 이라고 으로는 에서 에게 한테 으로 이랑 하고 라는 라고 까지 부터 처럼 보다 이가 이는 이를
을 를 이 가 은 는 의 에 와 과 도 로 랑 만 야 아 씨 님
"""
"""The longest first: what is taken off the end of a noun."""
_ENDINGS_OF_VERBS: Final = """
하는거 하는게 하는것 하면서 하다가 하는데 하려고 했는데 했다가 했어요 으면서 으려고 할때 해서 하고 하는 하던 했던 해요
했어 했다 한다 하다 하기 하면 면서 려고 으면 는거 는게 는것 는데 다가 았던 었던 였던 았다 었다 아서 어서 여서 는다 을때
아요 어요 한 할 는 던 고 며 면 기 지 자 다
"""

PARTICLES: Final = tuple(map(fold, _PARTICLES.split()))
"""Folded."""

_PARTICLE: Final = re.compile(f"(?:{'|'.join(PARTICLES)})$")
_ENDING_OF_VERB: Final = re.compile(f"(?:{'|'.join(map(fold, _ENDINGS_OF_VERBS.split()))})$")
_ENDING: Final = re.compile("(?:(?<=..)ies|(?<=...)(?:ing|ed|es|s|ly|e))$")
_DOUBLED: Final = re.compile(r"([bdgmnprt])\1$")
"""What is doubled before an ending: "slap", "slapped"."""
_HANGUL: Final = re.compile("[\u1100-\u11ff]")
_SYLLABLE: Final = re.compile("[\u1100-\u1112][\u1161-\u1175]{1,2}(?:[\u1100-\u1112](?![\u1161-\u1175])){0,2}")
_SHORTEST: Final = 3
"""Letters that must remain of a word."""
_LONG: Final = 7
"""Letters of an English word from which its last three may be another form of it: "forgets", "forgotten"."""


def is_hangul(word: str) -> bool:
    """Tell whether a folded word is written in Hangul."""
    return _HANGUL.search(word) is not None


def syllables(word: str) -> Sequence[str]:
    """Return the syllables of a folded word of Hangul, without what is not one."""
    return _SYLLABLE.findall(word)


def stem(word: str) -> str:
    """Return a folded word without what only joins it to others: an English ending, a Korean particle."""
    if is_hangul(word):
        return without_particle(word)
    stemmed = _ENDING.sub("", word)
    return stemmed if len(stemmed) >= _SHORTEST else word


def without_particle(word: str) -> str:
    """Return a folded word of Hangul without the particle at its end."""
    stemmed = _PARTICLE.sub("", word)
    return stemmed if len(stemmed) >= _SHORTEST else word


def stems(word: str) -> Sequence[str]:
    """Return what the forms of a folded word may have in common, the word itself first.

    A long English word loses its end, too. Of Hangul the particle goes, or the ending of a verb, or, where two are
    left, the last syllable.
    """
    if not is_hangul(word):
        stemmed = stem(word)
        rooted = word[:-3] if len(word) >= _LONG else word
        return [*dict.fromkeys((word, stemmed, _DOUBLED.sub(r"\1", stemmed), rooted))]
    found = [word, without_particle(word)]
    found += [verb] if (verb := without_ending(word)) else []
    found += ["".join(parts[:-1]) for each in found[:2] if len(parts := syllables(each)) > 2]
    return [*dict.fromkeys(found)]


def without_ending(verb: str) -> str:
    """Return what is left of a folded verb in Hangul without its ending; all of it where it has none."""
    return _ENDING_OF_VERB.sub("", verb)
