"""The ways through a bracket: lines that meet in pairs, the winner's thick, from the list on the left to the final."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.pictures.canvas import SMALLEST, Canvas
from bot.pictures.fonts import Type
from bot.pictures.lines import width
from bot.pictures.palette import ACCENT, GOLD, HAIRLINE, MUTED

THIN: Final = 3
THICK: Final = 8
POINT: Final = 11
"""Radius of the point that all ways lead to."""
SCORE: Final = Type(SMALLEST, 400)


@dataclass(frozen=True, slots=True)
class Way:
    """A line that has come so far, at a height; `on`: somebody known goes along it."""

    y: int
    on: bool


class Ways:
    """Lines from `edge` to the right, a fork every `step` pixels. First `start` and `meet`, then stage by stage."""

    def __init__(self, edge: int, step: int) -> None:
        self._x, self._step = edge, step
        self._begun: list[Way] = []
        self._ends: list[Way] = []
        self._lines: list[tuple[bool, list[tuple[int, int]]]] = []
        self._scores: list[tuple[int, int, str]] = []

    def start(self, y: int, *, on: bool) -> None:
        """Begin the way of one entrant; `on` if it goes further than the first fork."""
        self._begun.append(Way(y, on))

    def meet(self, count: int) -> None:
        """Let the last `count` entrants meet: two in a pairing, one with a bye."""
        ways = self._begun[-count:]
        winner = next((place for place, way in enumerate(ways) if way.on), None)
        self._ends.append(self._fork(ways, winner))

    def next_stage(self, winners: Sequence[int | None], scores: Sequence[str]) -> None:
        """Let the ways meet two by two; `winners` says which of each two goes on, None where that is open."""
        self._x += self._step
        ends, self._ends = self._ends, []
        for place, (winner, score) in enumerate(zip(winners, scores, strict=True)):
            end = self._fork(ends[2 * place : 2 * place + 2], winner)
            self._ends.append(end)
            self._scores.append((self._fork_x() - 12, end.y, score))

    def draw(self, canvas: Canvas) -> None:
        """Draw what has met, with scores if all have room; the last way ends in a point, golden for a champion."""
        for on, points in sorted(self._lines, key=lambda line: line[0]):
            canvas.line(points, ACCENT if on else HAIRLINE, THICK if on else THIN)
        room = all(width(score, SCORE) <= self._step - 20 for _, _, score in self._scores)
        for x, y, score in self._scores if room else ():
            canvas.text(x, y + SMALLEST * 0.36, score, SCORE, MUTED, "right")
        for end in self._ends if len(self._ends) == 1 else ():
            canvas.disc(self._x + self._step, end.y, POINT, GOLD if end.on else HAIRLINE)

    def _fork_x(self) -> int:
        return self._x + self._step // 2

    def _fork(self, ways: Sequence[Way], winner: int | None) -> Way:
        x, y = self._fork_x(), (ways[0].y + ways[-1].y) // 2
        for place, way in enumerate(ways):
            self._lines.append((way.on, [(self._x, way.y), (x, way.y)]))
            self._lines.append((place == winner, [(x, way.y), (x, y)]))
        self._lines.append((winner is not None, [(x, y), (self._x + self._step, y)]))
        return Way(y, winner is not None)
