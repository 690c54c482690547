"""Names to draw: real couples in both scripts, and the longest that a member can type."""

from functools import cache

from bot.app import DATA
from bot.content.load import load_library
from bot.domain.texts import NAME_LIMIT

LONG_ENGLISH = "Princess Pyeong-gang of Goguryeo & the so-called fool On Dal of Goryeo"
LONG_KOREAN = ("고구려의 평강공주와 바보 온달 그리고 그들의 아이들 " * 3)[:NAME_LIMIT].strip()
UNBROKEN = "가" * NAME_LIMIT
IN_NO_FONT = "ᏣᎳᎩ"
"""Cherokee, which a member may type and no font here has."""


@cache
def couples() -> tuple[tuple[str, str], ...]:
    """The couples of the catalogue in English and Korean, the longest names first."""
    library = load_library(DATA)
    names = [(couple.name.en, couple.name.ko or couple.name.en) for couple in library.couples.values()]
    return tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair)))
