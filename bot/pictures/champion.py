"""The card of a champion: the couple's name, large, in both scripts, and its road to the title."""

import random
from collections.abc import Sequence
from typing import Final

from bot.pictures.canvas import MARGIN, WIDE, Canvas
from bot.pictures.fonts import Type, drawable
from bot.pictures.lines import width, wrapped
from bot.pictures.palette import ACCENT, BAR, GOLD, INK, MUTED, ROSE

ROOM: Final = WIDE - 3 * MARGIN
MIDDLE: Final = WIDE // 2
HEADING: Final = Type(42, 600)
NAMES: Final = (Type(96, 800), Type(84, 800), Type(72, 800), Type(60, 800))
SECOND: Final = Type(46, 500)
LINE: Final = Type(36, 400)
APART: Final = 10
"""Pixels between the lines of the road."""
LEADING: Final = 1.28
CROWN: Final = 170
"""Height of the crown with the space around it."""
RULE: Final = 50
BOTTOM: Final = 34
CONFETTI: Final = 110
SKY: Final = 156
"""Height from the top within which confetti falls, above all letters."""


def champion_picture(heading: str, name: str, second: str | None, lines: Sequence[str]) -> bytes:
    """Return the card as a PNG: a crown, the heading, the name, its other script, and up to five lines below a rule.

    Where no font has the name, the other script takes its place; where none has either, the heading and lines stand
    alone.
    """
    first, *rest = [text for text in (name, second) if text and drawable(text)] or [""]
    style, title = _title(first)
    under = wrapped(rest[0], SECOND, ROOM, 2) if rest else []
    head = wrapped(heading, HEADING, ROOM, 2)
    road = [wrapped(line, LINE, WIDE - 2 * MARGIN, 2) for line in lines[:5]]
    blocks = [(head, HEADING, GOLD, 34), (title, style, INK, 14), (under, SECOND, ROSE, 10)]
    parts = [(text, type_, colour, gap) for text, type_, colour, gap in blocks if text]

    height = sum(_height(text, type_) + gap for text, type_, _, gap in parts)
    below = RULE + sum(_height(text, LINE) + APART for text in road) if road else 0
    canvas = Canvas(CROWN + height + below + BOTTOM)
    _confetti(canvas)
    _crown(canvas, 64)
    top = CROWN
    for text, type_, colour, gap in parts:
        top = _write(canvas, top, text, type_, colour) + gap
    if road:
        canvas.plate(MIDDLE - 60, top + 22, MIDDLE + 60, top + 25, ACCENT)
        top += RULE
    for text in road:
        top = _write(canvas, top, text, LINE, MUTED) + APART
    return canvas.png()


def _write(canvas: Canvas, top: int, text: Sequence[str], style: Type, colour: str) -> int:
    for number, line in enumerate(text):
        canvas.text(MIDDLE, top + style.size + number * _height([line], style), line, style, colour, "middle")
    return top + _height(text, style)


def _title(name: str) -> tuple[Type, Sequence[str]]:
    """Return the name in the largest letters in which two lines hold it; the smallest take three."""
    for style in NAMES:
        lines = wrapped(name, style, ROOM, 2)
        if " ".join(lines) == name and all(width(line, style) <= ROOM for line in lines):
            return style, lines
    return NAMES[-1], wrapped(name, NAMES[-1], ROOM, 3)


def _height(text: Sequence[str], style: Type) -> int:
    return round(style.size * LEADING) * len(text)


def _crown(canvas: Canvas, top: int) -> None:
    """Draw a crown of three points over its band."""
    canvas.shape([(-62, 0), (-34, 34), (0, -14), (34, 34), (62, 0), (50, 66), (-50, 66)], MIDDLE, top, GOLD)
    canvas.plate(MIDDLE - 50, top + 74, MIDDLE + 50, top + 82, GOLD, round_by=4)
    for x, y in ((-62, -8), (0, -22), (62, -8)):
        canvas.disc(MIDDLE + x, top + y, 9, GOLD)


def _confetti(canvas: Canvas) -> None:
    """Let some paper fall: the same on every card, dense at the top, clear of the crown."""
    fall = random.Random(14)
    for _ in range(CONFETTI):
        x, y = fall.randrange(MARGIN, WIDE - MARGIN), round(26 + (SKY - 42) * fall.random() ** 1.5)
        colour, size = fall.choice((ACCENT, ROSE, GOLD, BAR)), fall.randrange(5, 9)
        shape = fall.randrange(3)
        if abs(x - MIDDLE) < 120:
            continue
        if shape == 0:
            canvas.disc(x, y, size, colour)
        elif shape == 1:
            canvas.shape([(0, -size), (size, 0), (0, size), (-size, 0)], x, y, colour)
        else:
            slant = fall.choice((-5, 5))
            canvas.shape([(slant - 4, -9), (slant + 3, -9), (4 - slant, 9), (-3 - slant, 9)], x, y, colour)
