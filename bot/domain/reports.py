"""Reports: what members say is wrong about a moment."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.texts import shorten
from bot.errors import NothingWritten

FEWEST_LETTERS: Final = 5
"""Characters of a report that a form asks for; fewer cannot say what is wrong."""
MOST_LETTERS: Final = 500

_HIDDEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SHOWN: Final = {"\n", "\u200d"}
"""Lines may be broken, and emoji joined."""
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters, says Unicode, but they show nothing."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The reports of one moment that wait: how many, the last one's id and time, and the words of the newest few."""

    moment_id: str
    count: int
    last_id: int
    newest_at: datetime
    words: tuple[str, ...]


def check_words(text: str) -> str:
    """Return what a member wrote without invisible characters, cut to `MOST_LETTERS`.

    Raises:
        NothingWritten: it holds no letter or digit.
    """
    shown = (mark for mark in text if mark in _SHOWN or unicodedata.category(mark) not in _HIDDEN)
    words = "".join(mark for mark in shown if mark not in _FILLERS).strip()
    if not any(mark.isalnum() for mark in words):
        raise NothingWritten
    return shorten(words, MOST_LETTERS)
