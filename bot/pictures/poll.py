"""The result of a poll: a bar for every couple, as in Discord's own polls, with its name, votes and share on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.pictures.canvas import MARGIN, SMALLEST, TALLEST, WIDE, Canvas
from bot.pictures.fonts import Type, drawable
from bot.pictures.frame import Frame
from bot.pictures.lines import clipped, width, wrapped
from bot.pictures.palette import ACCENT, BAR, INK, MUTED, TRACK

CHIP: Final = 24
"""Radius of the disc under a letter."""
LABEL: Final = MARGIN + 88
END: Final = WIDE - MARGIN - 24
GUTTER: Final = 24
BEDS: Final = (0.25, 0.5)
FULLEST: Final = 0.8
"""A smaller bed is taken where the longest bar fills at most so much of it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A couple in a poll: the letter it is called by, its name, its votes and its share of all (0 to 1).

    `second` is its name in the other script. `leads` is true for every couple of a tie at the top.
    """

    letter: str
    label: str
    votes: int
    share: float
    leads: bool
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows are set: letters, lines of a name, where votes stand, and the space around."""

    size: int
    lines: int
    stacked: bool
    """The other script under the name, and votes under the percentage; else all on one line, if it has room."""
    padding: int
    gap: int

    @property
    def bold(self) -> Type:
        """Names and percentages of who leads."""
        return Type(self.size, 700)

    @property
    def small(self) -> Type:
        """The other script, and votes."""
        return Type(max(self.size - 6, SMALLEST), 400)

    def name(self, bar: Bar) -> Type:
        """The letters of a couple's name."""
        return self.bold if bar.leads else Type(self.size, 500)


PLANS: Final = (
    Plan(44, 2, stacked=True, padding=22, gap=18),
    Plan(38, 2, stacked=True, padding=15, gap=12),
    Plan(36, 2, stacked=True, padding=9, gap=9),
    Plan(36, 2, stacked=False, padding=12, gap=9),
    Plan(34, 2, stacked=False, padding=7, gap=6),
    Plan(34, 1, stacked=False, padding=5, gap=5),
    Plan(34, 1, stacked=False, padding=3, gap=4),
)
"""From roomy to tight; the first that a phone shows in full width is taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bar as it will stand: the lines of its name, the other script, where votes end, and its height."""

    bar: Bar
    lines: Sequence[str]
    under: str | None
    beside: str | None
    votes_end: float
    height: int


def poll_picture(heading: str, bars: Sequence[Bar], footer: str) -> bytes:
    """Return the result as a PNG: up to 20 bars from top to bottom as they are given.

    The beds of all bars stand for 100 %, or for 50 % or 25 % where the first has so little that bars would be slivers.
    Who leads has a full-coloured bar, a disc under its letter, and bold letters. A name takes two lines where there
    is room for them, and ends in an ellipsis beyond that; a name that no font has is left to its letter. The other
    script is left out where so many stand that it has no line of its own, unless it has room beside every name.
    """
    frame = Frame(heading, footer)
    plan, rows = next(
        ((plan, rows) for plan in PLANS if _height(plan, rows := _rows(plan, bars)) <= TALLEST - frame.height),
        (PLANS[-1], _rows(PLANS[-1], bars)),
    )
    canvas, top = frame.begin(_height(plan, rows))
    whole = bed([bar.share for bar in bars])
    for row in rows:
        _draw(canvas, plan, row, top, whole)
        top += row.height + plan.gap
    return canvas.png()


def bed(shares: Sequence[float]) -> float:
    """Return the share that the full width of a picture's bars stands for."""
    return next((whole for whole in BEDS if max(shares, default=1) <= FULLEST * whole), 1.0)


def _height(plan: Plan, rows: Sequence[Row]) -> int:
    return sum(row.height + plan.gap for row in rows) - plan.gap


def _rows(plan: Plan, bars: Sequence[Bar]) -> Sequence[Row]:
    shares = max((width(_share(bar), plan.bold) for bar in bars), default=0)
    votes = max((width(_votes(bar), plan.small) for bar in bars), default=0)
    numbers = max(shares, votes) if plan.stacked else shares + GUTTER + votes
    votes_end = END if plan.stacked else END - shares - GUTTER
    rows = [_row(plan, bar, END - LABEL - GUTTER - numbers, votes_end) for bar in bars]
    # On some rows only, the other script would look like a mistake.
    everywhere = all(row.beside for row in rows if row.bar.second)
    return rows if everywhere else [replace(row, beside=None) for row in rows]


def _row(plan: Plan, bar: Bar, room: float, votes_end: float) -> Row:
    lines = wrapped(bar.label, plan.name(bar), room, plan.lines) if drawable(bar.label) else []
    second = bar.second if bar.second and drawable(bar.second) else None
    if second and not lines:
        lines, second = wrapped(second, plan.name(bar), room, plan.lines), None
    under = clipped(second, plan.small, room) if second and plan.stacked else None
    left = room - GUTTER - width(lines[-1], plan.name(bar)) if lines else 0
    beside = second if second and not plan.stacked and width(second, plan.small) <= left else None
    text = plan.size * 1.18 * max(len(lines), 1) + (plan.small.size * 1.24 if under else 0)
    least = (plan.size + plan.small.size) * 1.2 if plan.stacked else 0
    return Row(bar, lines, under, beside, votes_end, round(max(text, least)) + 2 * plan.padding)


def _draw(canvas: Canvas, plan: Plan, row: Row, top: int, whole: float) -> None:
    bar, style, middle = row.bar, plan.name(row.bar), top + row.height // 2
    soft = INK if bar.leads else MUTED
    box = (MARGIN, top, WIDE - MARGIN, top + row.height)
    canvas.bar(box, bar.share / whole, TRACK, ACCENT if bar.leads else BAR, round_by=12)
    if bar.leads:
        canvas.disc(MARGIN + 46, middle, min(CHIP, row.height // 2 - 2), INK)
    letter = Type(SMALLEST, 800 if bar.leads else 500)
    canvas.text(MARGIN + 46, middle + SMALLEST * 0.36, bar.letter, letter, ACCENT if bar.leads else MUTED, "middle")

    step, small = plan.size * 1.18, plan.small
    block = step * len(row.lines) + (small.size * 1.24 if row.under else 0)
    baseline = middle - block / 2 + step * 0.5 + plan.size * 0.36
    for line in row.lines:
        canvas.text(LABEL, baseline, line, style, INK)
        baseline += step
    if row.under:
        canvas.text(LABEL, baseline - plan.size * 0.1 + small.size * 0.06, row.under, small, soft)
    if row.beside:
        canvas.text(LABEL + width(row.lines[-1], style) + GUTTER, baseline - step, row.beside, small, soft)

    share = Type(plan.size, 700 if bar.leads else 500)
    if plan.stacked:
        canvas.text(END, middle - 0.08 * plan.size, _share(bar), share, INK, "right")
        canvas.text(row.votes_end, middle + small.size * 1.04, _votes(bar), small, soft, "right")
    else:
        canvas.text(END, middle + plan.size * 0.36, _share(bar), share, INK, "right")
        canvas.text(row.votes_end, middle + plan.size * 0.36, _votes(bar), small, soft, "right")


def _share(bar: Bar) -> str:
    return f"{bar.share:.0%}"


def _votes(bar: Bar) -> str:
    return f"{bar.votes:,}"
