"""Text in lines: how wide it is, where it breaks, where it ends in an ellipsis."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.pictures.fonts import Type, loaded, runs, visible

ELLIPSIS: Final = "…"
UNEVEN: Final = 1.3
"""So much longer than in the most even break the longer of two lines may be."""


@lru_cache(maxsize=4096)
def width(text: str, style: Type) -> float:
    """Return how many pixels the text takes on one line; a text that cannot be drawn takes none."""
    return sum(loaded(face, style).getlength(piece) for face, piece in runs(text) or ())


def wrapped(text: str, style: Type, room: float, most: int) -> Sequence[str]:
    """Return the text in at most `most` lines of `room` pixels, evenly filled; an ellipsis ends what is cut."""
    left, lines = visible(text), list[str]()
    while left and len(lines) < most - 1 and width(left, style) > room:
        head = _even(left, style, room) if len(lines) == most - 2 else None
        line = head or _full(left, style, room)
        lines.append(line)
        left = left[len(line) :].strip()
    return [*lines, clipped(left, style, room)] if left else lines


def clipped(text: str, style: Type, room: float) -> str:
    """Return the text on one line of `room` pixels, with an ellipsis where it is longer."""
    if width(text, style) <= room:
        return text
    return _longest(text, [end for end in range(len(text)) if _may_cut(text, end)], style, room, ELLIPSIS) + ELLIPSIS


def _even(text: str, style: Type, room: float) -> str | None:
    """Return the first of two lines, as even as words allow; None where words do not make two lines.

    A couple is parted behind its joint ("A ♥" and below it "B") unless that is much less even; a joint opens no line.
    """
    halves = [(text[:end], text[end + 1 :]) for end, mark in enumerate(text) if mark == " "]
    longer = {a: max(width(a, style), width(b, style)) for a, b in halves if b[0].isalnum() or len(b.split()[0]) > 1}
    fitting = [a for a in longer if longer[a] <= room]
    best = min(fitting, key=lambda a: longer[a], default=None)
    joints = [a for a in fitting if a[-2:-1] == " " and not a[-1].isalnum()]
    return next((a for a in joints if best and longer[a] <= UNEVEN * longer[best]), best)


def _full(text: str, style: Type, room: float) -> str:
    """Return the first line, broken between words where there are words, or else within one."""
    spaces = [end for end, mark in enumerate(text) if mark == " "]
    anywhere = [end for end in range(1, len(text)) if _may_cut(text, end)]
    words = _longest(text, spaces, style, room)
    return words or _longest(text, anywhere, style, room) or text[: min(anywhere, default=len(text))]


def _longest(text: str, ends: Sequence[int], style: Type, room: float, tail: str = "") -> str:
    fitting = [text[:end].rstrip() for end in ends if width(text[:end].rstrip() + tail, style) <= room]
    return max(fitting, key=len, default="")


def _may_cut(text: str, end: int) -> bool:
    return not unicodedata.combining(text[end]) and unicodedata.category(text[end]) != "Mc"
