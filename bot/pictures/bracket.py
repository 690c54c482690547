"""A bracket: everybody who stood in the stage just played, and the ways from there to the final.

A phone shows a name legibly on a line of its own only. So each entrant has one line, winners in bold, and the stages
that follow are the forks on the right: the thick way is the winner's, two ways that meet are a pairing to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from bot.pictures.canvas import MARGIN, SMALLEST, WIDE, Canvas
from bot.pictures.fonts import Type, drawable
from bot.pictures.frame import Frame
from bot.pictures.lines import width, wrapped
from bot.pictures.palette import INK, MUTED, TRACK
from bot.pictures.ways import POINT, Ways

PADDING: Final = 14
GUTTER: Final = 18
SLIMMEST: Final = 16
WIDEST: Final = 116
"""Pixels of a stage's forks."""
SHRINK: Final = 4
"""Pixels by which a name gets smaller before its end is cut."""
LEGIBLE: Final = 38.5
"""Height of a picture, in heights of its letters, up to which a phone shows them with 11 points."""


@dataclass(frozen=True, slots=True)
class Side:
    """A couple in a pairing. `votes` None: not shown; `won` None: not decided."""

    seed: int
    label: str
    votes: int | None = None
    won: bool | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two couples against each other; None: not known yet. With `bye` one of them goes on without a vote."""

    first: Side | None
    second: Side | None
    bye: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A round of the bracket under its name ("Semi-finals"); pairings from top to bottom."""

    name: str
    pairings: Sequence[Pairing]


@dataclass(frozen=True, slots=True)
class Plan:
    """How entrants are set: letters, lines of a name, space around a line, between pairings, and round the picture."""

    size: int
    lines: int
    padding: int
    gap: int
    merged: bool = False
    """The name of the stage stands beside the heading, not on a line of its own."""

    @property
    def smallest(self) -> int:
        """The size of the smallest letters of the picture."""
        return self.size if self.merged else SMALLEST

    @property
    def step(self) -> int:
        """From line to line."""
        return round(self.size * 1.18)


PLANS: Final = (
    Plan(46, 2, padding=22, gap=36),
    Plan(42, 2, padding=15, gap=28),
    Plan(38, 2, padding=10, gap=20),
    Plan(36, 2, padding=5, gap=14),
    Plan(36, 1, padding=5, gap=14),
    Plan(36, 1, padding=0, gap=8),
    Plan(38, 1, padding=-3, gap=5, merged=True),
)
"""From roomy to tight; the first that is legible on a phone is taken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a couple or what stands in its place, and what stands in the column of votes."""

    side: Side | None
    lines: Sequence[str]
    style: Type
    mark: str
    height: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything measured: entries by pairing, and the columns."""

    plan: Plan
    frame: Frame
    blocks: Sequence[Sequence[Entry]]
    name: int
    """Where names begin."""
    edge: int
    """Where entries end and forks begin."""
    fork: int
    """Pixels of a stage's forks."""

    @property
    def height(self) -> int:
        """The free height that the entries want between heading and footer."""
        caption = 0 if self.plan.merged else SMALLEST + 24
        blocks = sum(entry.height for block in self.blocks for entry in block)
        return caption + blocks + self.plan.gap * (len(self.blocks) - 1)

    @property
    def legible(self) -> bool:
        """Whether a phone shows the letters with 11 points."""
        return self.height + self.frame.height <= LEGIBLE * self.plan.smallest


def bracket_picture(heading: str, stages: Sequence[Stage], footer: str, waiting: str = "…", bye: str = "bye") -> bytes:
    """Return a bracket of up to 32 entrants as a PNG.

    The first stage is the one just played; those after it, to the final, are drawn as the ways of its winners, with
    the votes of what is decided already where there is room. `waiting` stands for a couple not known yet, `bye` beside
    one that goes on without a vote. A name that no font has is left to its seed.
    """
    drawn = [stages[0], *(after for _, after in takewhile(_halved, pairwise(stages)))]
    layouts = (_layout(plan, heading, drawn, footer, waiting, bye) for plan in PLANS)
    layout = next((layout for layout in layouts if layout.legible), None)
    layout = layout or _layout(PLANS[-1], heading, drawn, footer, waiting, bye)
    canvas, top = layout.frame.begin(layout.height)
    if not layout.plan.merged:
        _caption(canvas, top + SMALLEST, [stage.name for stage in drawn[:2]])
        top += SMALLEST + 24
    ways = Ways(layout.edge, layout.fork)
    for pairing, block in zip(drawn[0].pairings, layout.blocks, strict=True):
        bottom = top + sum(entry.height for entry in block)
        canvas.plate(MARGIN, top, layout.edge, bottom, TRACK, round_by=10)
        for entry in block:
            _draw(canvas, layout, entry, top)
            ways.start(top + entry.height // 2, on=pairing.bye or bool(entry.side and entry.side.won))
            top += entry.height
        ways.meet(len(block))
        top += layout.plan.gap
    for stage in drawn[1:]:
        ways.next_stage(
            [_winner(pairing) for pairing in stage.pairings], [_score(pairing) for pairing in stage.pairings]
        )
    ways.draw(canvas)
    return canvas.png()


def _halved(two: tuple[Stage, Stage]) -> bool:
    return len(two[0].pairings) == 2 * len(two[1].pairings)


def _layout(plan: Plan, heading: str, stages: Sequence[Stage], footer: str, waiting: str, bye: str) -> Layout:
    aside, lines = (stages[0].name, 1) if plan.merged else ("", 2)
    frame = Frame(heading, footer, lines=lines, size=plan.smallest, aside=aside)
    bold = Type(plan.size, 700)
    shown = [[(side, _mark(pairing, side, bye)) for side in _sides(pairing)] for pairing in stages[0].pairings]
    sides = [side for block in shown for side, _ in block if side]
    name = MARGIN + PADDING + round(max((width(str(side.seed), bold) for side in sides), default=0)) + GUTTER
    marks = round(max(width(mark, bold) for block in shown for _, mark in block))
    most = WIDE - MARGIN - POINT - SLIMMEST * len(stages) - name - GUTTER - marks - PADDING
    blocks = [[_entry(plan, side, mark, most, waiting) for side, mark in block] for block in shown]
    used = max((width(line, entry.style) for block in blocks for entry in block for line in entry.lines), default=0)
    fork = min(WIDEST, SLIMMEST + int(most - used) // len(stages))
    return Layout(plan, frame, blocks, name, WIDE - MARGIN - POINT - fork * len(stages), fork)


def _sides(pairing: Pairing) -> Sequence[Side | None]:
    return [pairing.first or pairing.second] if pairing.bye else [pairing.first, pairing.second]


def _mark(pairing: Pairing, side: Side | None, bye: str) -> str:
    if pairing.bye:
        return bye
    return "" if side is None or side.votes is None else f"{side.votes:,}"


def _entry(plan: Plan, side: Side | None, mark: str, room: float, waiting: str) -> Entry:
    label = waiting if side is None else side.label
    weight = 400 if side is None or side.won is False else 700 if side.won else 500
    style, smaller = Type(plan.size, weight), Type(plan.size - SHRINK, min(weight, 600))
    if plan.lines == 1 and width(label, style) > room >= width(label, smaller):
        style = smaller
    lines = wrapped(label, style, room, plan.lines) if drawable(label) else []
    return Entry(side, lines, style, mark, plan.step * max(len(lines), 1) + 2 * plan.padding)


def _draw(canvas: Canvas, layout: Layout, entry: Entry, top: int) -> None:
    plan, middle = layout.plan, top + entry.height // 2
    colour = MUTED if entry.side is None or entry.side.won is False else INK
    level = middle + plan.size * 0.36
    if entry.side:
        canvas.text(layout.name - GUTTER, level, str(entry.side.seed), Type(plan.size, 400), MUTED, "right")
    baseline = level - plan.step * (len(entry.lines) - 1) / 2
    for line in entry.lines:
        canvas.text(layout.name, baseline, line, entry.style, colour)
        baseline += plan.step
    canvas.text(layout.edge - PADDING, level, entry.mark, entry.style, colour, "right")


def _caption(canvas: Canvas, baseline: int, names: Sequence[str]) -> None:
    x, style = float(MARGIN), Type(SMALLEST, 700)
    for name in names:
        if x + width(name, style) <= WIDE - MARGIN:
            canvas.text(x, baseline, name, style, INK if x == MARGIN else MUTED)
            canvas.text(x := x + width(name, style) + 16, baseline, "›" if name is not names[-1] else "", style, MUTED)
            x, style = x + width("›", style) + 16, Type(SMALLEST, 400)


def _winner(pairing: Pairing) -> int | None:
    sides = (pairing.first, pairing.second)
    return next((place for place, side in enumerate(sides) if side and (side.won or pairing.bye)), None)


def _score(pairing: Pairing) -> str:
    votes = [side.votes for side in (pairing.first, pairing.second) if side and side.won is not None]
    return "–".join(f"{count:,}" for count in votes if count is not None) if len(votes) == 2 else ""
