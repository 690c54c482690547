"""What is written onto a Korean word: particles, forms of address, the number of a season."""

import re
from typing import Final

SEASON: Final = re.compile(r"(?:시즌|파트)?\d{1,2}")
"""Behind a title, the number of a season or part."""
PARTICLES: Final = (
    *("에서는", "에게서", "으로는", "에서", "에게", "한테", "께서", "으로", "이랑", "하고", "까지", "부터", "처럼"),
    *("보다", "마저", "조차", "이다", "입니다", "이라", "이라는", "라는", "이란", "이며", "이자", "이나", "측", "표"),
    *("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "만", "로", "랑", "씨", "님", "야", "아", "란"),
)

_ENDING: Final = re.compile(f"(?:{SEASON.pattern})?(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))}){{0,2}}")


def is_ending(tail: str) -> bool:
    """Tell whether what stands behind a Korean word leaves it that word: nothing, a season, particles."""
    return _ENDING.fullmatch(tail) is not None
