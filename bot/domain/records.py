"""What couples have to show in a guild: matchups, titles, votes, and what they stood in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.polls import ACTORS, Option
from bot.domain.texts import Localised

PAGE: Final = 10
"""Couples on a page of the leaderboard."""
LAST: Final = 5
"""Polls and brackets that a card looks back on."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a couple has won in a guild. `key` is what it is known by in every poll (`Option.key`).

    Matchups are `won` and `lost`, brackets won are `titles`; `polls` are those it stood in, matchups left out, while
    `votes` come from both. Nothing counts before its poll has closed, and nothing of one that was called off.
    """

    key: str
    label: Localised
    won: int = 0
    lost: int = 0
    votes: int = 0
    polls: int = 0
    titles: int = 0

    @property
    def is_actors(self) -> bool:
        """Whether it is a pair of actors rather than of characters."""
        return self.key.startswith(ACTORS)

    @property
    def is_written(self) -> bool:
        """Whether members wrote its names, instead of choosing it from the catalogue."""
        return Option(self.label).key == self.key

    @property
    def text(self) -> str:
        """What finds it again when it is typed."""
        return self.label.en if self.is_written else self.key


@dataclass(frozen=True, slots=True)
class Placed:
    """A couple on the leaderboard of a guild. `withheld` where its name is not wanted there any more."""

    rank: int
    score: Score
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A page of the leaderboard, counted from 0, of so many."""

    shown: Sequence[Placed]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PastPoll:
    """A closed poll that a couple stood in: it had `votes` of `cast`. `is_won` where it was alone in front."""

    at: datetime
    channel_id: int
    message_id: int | None
    question: str | None
    votes: int
    cast: int
    is_won: bool


@dataclass(frozen=True, slots=True)
class PastBracket:
    """A bracket that is over and that a couple stood in."""

    at: datetime
    channel_id: int
    message_id: int | None
    name: str
    won: int
    lost: int
    is_champion: bool


@dataclass(frozen=True, slots=True)
class Record:
    """All that the card of a couple tells: the names of the brackets it won and what it stood in, newest first."""

    score: Score
    polls_won: int = 0
    titles: tuple[str, ...] = ()
    past: tuple[PastPoll | PastBracket, ...] = ()


def place(scores: Iterable[Score]) -> Sequence[Placed]:
    """Rank couples by matchups won, then by votes; equals share a rank and stand by their names."""
    placed: list[Placed] = []
    in_order = sorted(scores, key=lambda score: (-score.won, -score.votes, score.label.en.casefold(), score.key))
    for number, score in enumerate(in_order, 1):
        before = placed[-1] if placed else None
        shared = before is not None and (before.score.won, before.score.votes) == (score.won, score.votes)
        placed.append(Placed(before.rank if before and shared else number, score))
    return placed


def turn(placed: Sequence[Placed], page: int) -> Leaderboard:
    """Return a page of the leaderboard; one out of range becomes the nearest that exists."""
    pages = max(1, -(-len(placed) // PAGE))
    page = min(max(page, 0), pages - 1)
    return Leaderboard(placed[page * PAGE : (page + 1) * PAGE], page, pages)


def look_back(past: Iterable[PastPoll | PastBracket]) -> tuple[PastPoll | PastBracket, ...]:
    """Return the last few of what a couple stood in, newest first."""
    return tuple(sorted(past, key=lambda one: one.at, reverse=True)[:LAST])
