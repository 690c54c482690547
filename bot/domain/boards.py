"""Leaderboards, seasons, and what one member has to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from bot.domain.games import Standing
from bot.domain.periods import Period

AT_ONCE: Final = timedelta(minutes=1)
"""So long after the end of a season, another end is the same one, wished for by another manager."""


@dataclass(frozen=True, slots=True)
class Season:
    """Season `number` (from 1) of a guild. The first `began` at no special time; the one that runs has not `ended`."""

    number: int
    began: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """Who has how many points in a period. `season` is the one it shows, or the one that runs while it is shown.

    Points count from `began` (None: from the very beginning) to `ended` (None: to this moment), days as in `time_zone`.
    """

    period: Period
    standings: Sequence[Standing]
    season: int
    began: datetime | None
    ended: datetime | None
    time_zone: str

    @property
    def winners(self) -> Sequence[Standing]:
        """Who stands first: nobody, one member, or several with equal points."""
        return [standing for standing in self.standings if standing.rank == 1]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a member's answers in a guild add up to. `fastest` is in seconds, None without a right answer in a game."""

    games: int = 0
    answered: int = 0
    right: int = 0
    points: int = 0
    best_streak: int = 0
    fastest: float | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """What a member has done in a guild, of all time and in the season that runs.

    `season_rank` is None where she stands on no board: she has not played in the season, or is `hidden`. `daily_streak`
    counts right answers to the daily question in a row, up to the last one that is closed.
    """

    user_id: int
    totals: Totals
    season: int
    season_points: int
    season_rank: int | None
    daily_streak: int
    hidden: bool

    @property
    def share(self) -> float:
        """How much of what she answered was right, from 0 to 1."""
        return self.totals.right / self.totals.answered if self.totals.answered else 0.0


def seasons_of(ends: Sequence[datetime]) -> Sequence[Season]:
    """Return the seasons of a guild whose earlier ones ended at `ends`: those, and the one that runs, which is last."""
    limits = [None, *ends, None]
    return [Season(number, began, ended) for number, (began, ended) in enumerate(pairwise(limits), 1)]
