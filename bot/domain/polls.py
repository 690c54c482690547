"""The rules of a ship poll: who may stand in it, how long it is open, what a vote does, how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.texts import Language, Localised
from bot.errors import (
    DurationTooLong,
    DurationTooShort,
    EqualCouples,
    PollClosed,
    TooFewCouples,
)

MOST_COUPLES: Final = 5
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=60)
LATE: Final = timedelta(minutes=2)
"""A poll closed later than this after its time says so."""


@dataclass(frozen=True, slots=True)
class Option:
    """A couple that stands in a poll; `couple_id` is None for a typed one."""

    label: Localised
    couple_id: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it is stored.

    `version` grows with every vote; `tally` holds the votes of each option,
    `language` is what its message speaks.
    """

    id: int
    guild_id: int
    channel_id: int
    creator_id: int | None
    language: Language
    options: tuple[Option, ...]
    tally: tuple[int, ...]
    closes_at: datetime
    version: int = 0
    message_id: int | None = None
    closed_at: datetime | None = None

    @property
    def votes(self) -> int:
        """How many members have voted."""
        return sum(self.tally)

    def is_open(self, at: datetime) -> bool:
        """Tell whether a vote given `at` counts."""
        return self.closed_at is None and at <= self.closes_at

    @property
    def closed_late(self) -> bool:
        """Whether it was closed noticeably after its time (no vote after its time counts anyway)."""
        return self.closed_at is not None and self.closed_at - self.closes_at > LATE


class Outcome(StrEnum):
    """The three endings of a poll."""

    NOBODY_VOTED = "nobody_voted"
    TIED = "tied"
    WON = "won"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a poll ended: the numbers of the options in front (none, several, or one)."""

    outcome: Outcome
    leaders: tuple[int, ...]


def check_options(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return `options` if they make a poll.

    Raises:
        TooFewCouples: there are less than two.
        EqualCouples: two of them are the same couple, or read the same.
    """
    seen: set[str] = set()
    for option in options:
        names = {_folded(label) for label in option.label.all}
        if names & seen:
            raise EqualCouples(name=option.label)
        seen |= names
    if len(options) < 2:
        raise TooFewCouples
    return tuple(options)


def _folded(label: str) -> str:
    return "".join(character for character in label.casefold() if character.isalnum())


def check_duration(duration: timedelta, shortest: timedelta = SHORTEST, longest: timedelta = LONGEST) -> timedelta:
    """Return `duration` if a poll may be open for so long.

    Raises:
        DurationTooShort: less than `shortest`.
        DurationTooLong: more than `longest`.
    """
    if duration < shortest:
        raise DurationTooShort(shortest=shortest)
    if duration > longest:
        raise DurationTooLong(longest=longest)
    return duration


def check_vote(poll: Poll, at: datetime) -> None:
    """Let a vote given `at` count, or refuse it.

    Raises:
        PollClosed: the poll is closed, or its time was over at the click.
    """
    if not poll.is_open(at):
        raise PollClosed


def ending(tally: Sequence[int]) -> Ending:
    """Tell how a poll with this tally ends."""
    most = max(tally, default=0)
    if most == 0:
        return Ending(Outcome.NOBODY_VOTED, ())
    leaders = tuple(number for number, votes in enumerate(tally) if votes == most)
    return Ending(Outcome.WON if len(leaders) == 1 else Outcome.TIED, leaders)
