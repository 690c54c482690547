"""The couples' world cup: nominations, seeds, byes, matchups one after the other, a champion.

A bracket is a value; each rule takes one and returns the next. What is legal in which phase stands in `STEPS`, and in
every phase that is not the end some step leads on: a bracket cannot get stuck. How couples get into it stands in
bot/domain/nominations.py, who meets whom in bot/domain/matchups.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from math import ceil
from typing import Final

from bot.domain.matchups import Matchup, play_rounds, winning_seed
from bot.domain.polls import Option, Secrecy
from bot.domain.texts import Language
from bot.errors import NotPossibleNow, NotYourBracket

FEWEST: Final = 4
MOST_NOMINEES: Final = 64
EACH: Final = 3
"""Couples that one member may nominate or support."""
LONGEST_MATCHUP: Final = timedelta(days=7)
LONGEST_NOMINATIONS: Final = timedelta(days=14)
LONGEST_NAME: Final = 60
"""Characters of a bracket's name."""
LEAST_REST: Final = timedelta(minutes=1)
"""So long a matchup that was paused before its time was over stays open at least when the bracket goes on."""


class Phase(StrEnum):
    """Where a bracket stands."""

    NOMINATING = "nominating"
    PLAYING = "playing"
    PAUSED = "paused"
    FINISHED = "finished"
    """There is a champion."""
    ENDED = "ended"
    """Ended by hand, without a champion."""


class Seeding(StrEnum):
    """Where the seeds come from."""

    NOMINATIONS = "nominations"
    """The couple with most nominations is seed 1; of equals, the one that was nominated first."""
    RANDOM = "random"


class Step(StrEnum):
    """What may happen to a bracket next."""

    NOMINATE = "nominate"
    PRUNE = "prune"
    BEGIN = "begin"
    DECIDE = "decide"
    PAUSE = "pause"
    RESUME = "resume"
    REOPEN = "reopen"
    END = "end"


STEPS: Final[Mapping[Phase, frozenset[Step]]] = {
    Phase.NOMINATING: frozenset({Step.NOMINATE, Step.PRUNE, Step.BEGIN, Step.END}),
    Phase.PLAYING: frozenset({Step.DECIDE, Step.PAUSE, Step.REOPEN, Step.END}),
    Phase.PAUSED: frozenset({Step.RESUME, Step.REOPEN, Step.END}),
    Phase.FINISHED: frozenset({Step.REOPEN}),
    Phase.ENDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class BracketWish:
    """What a member asks for when she starts a bracket.

    `size` is the most entrants it takes; with `nominations` None they are drawn from the catalogue at once.
    """

    name: str
    size: int
    nominations: timedelta | None
    matchup_time: timedelta
    seeding: Seeding = Seeding.NOMINATIONS
    secrecy: Secrecy = Secrecy.ANONYMOUS
    voter_role_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entrant:
    """A couple that was nominated, or drawn; `number` counts nominations from 1 on, `seed` is None before the draw.

    Of a couple that a manager has taken out (`pruned`), or that nobody supports any more, only its row is left.
    """

    number: int
    option: Option
    nominations: int = 0
    pruned: bool = False
    seed: int | None = None


@dataclass(frozen=True)
class Bracket:
    """A bracket as it is stored. `size` is the most entrants it takes; `winners` holds the seed that won each place.

    `rest` is what was left of the open matchup's time when the bracket was paused: nothing where it was over, None
    where it had not begun. `nominations_close_at` is None where the entrants were drawn from the catalogue. `pictured`
    is of how many rounds the pictures were posted; that of the last round is its champion.
    """

    id: int
    guild_id: int
    channel_id: int
    creator_id: int | None
    language: Language
    name: str
    size: int
    seeding: Seeding
    secrecy: Secrecy
    matchup_time: timedelta
    created_at: datetime
    phase: Phase
    entrants: tuple[Entrant, ...] = ()
    winners: Mapping[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    nominations_close_at: datetime | None = None
    voter_role_id: int | None = None
    message_id: int | None = None
    rest: timedelta | None = None
    pictured: int = 0
    ended_at: datetime | None = None

    @cached_property
    def standing(self) -> tuple[Entrant, ...]:
        """The entrants that have a seed, by their seeds."""
        return tuple(sorted((entrant for entrant in self.entrants if entrant.seed), key=lambda one: one.seed or 0))

    @cached_property
    def nominees(self) -> tuple[Entrant, ...]:
        """The couples that somebody nominates, most nominations first, of equals the earlier one first."""
        kept = (entrant for entrant in self.entrants if entrant.nominations > 0 and not entrant.pruned)
        return tuple(sorted(kept, key=lambda entrant: (-entrant.nominations, entrant.number)))

    @cached_property
    def rounds(self) -> tuple[tuple[Matchup, ...], ...]:
        """All matchups, round by round, as far as their sides are known; empty before the draw."""
        return tuple(play_rounds(len(self.standing), self.winners)) if self.standing else ()

    @property
    def current(self) -> Matchup | None:
        """The matchup to vote on now: the first that is playable, None before the draw and at the end."""
        if self.phase not in (Phase.PLAYING, Phase.PAUSED):
            return None
        return next((matchup for played in self.rounds for matchup in played if matchup.is_playable), None)

    @property
    def last(self) -> Matchup | None:
        """The matchup that was voted on last, None where there was none."""
        voted = [matchup for played in self.rounds for matchup in played if matchup.winner and not matchup.is_bye]
        return voted[-1] if voted else None

    @property
    def complete(self) -> int:
        """How many rounds are over."""
        return sum(all(matchup.winner for matchup in played) for played in self.rounds)

    @property
    def champion(self) -> Entrant | None:
        """The couple that won the final, or None."""
        winner = self.rounds[-1][0].winner if self.rounds else None
        return self.of_seed(winner) if winner else None

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.phase in (Phase.FINISHED, Phase.ENDED)

    @property
    def steps(self) -> frozenset[Step]:
        """What may happen next."""
        legal = STEPS[self.phase]
        return legal if self.last is not None else legal - {Step.REOPEN}

    def of_seed(self, seed: int) -> Entrant:
        """Return the entrant with that seed."""
        return self.standing[seed - 1]


def check_step(bracket: Bracket, step: Step) -> None:
    """Let `step` happen to the bracket, or refuse it.

    Raises:
        NotPossibleNow: it is not among the bracket's next steps.
    """
    if step not in bracket.steps:
        raise NotPossibleNow


def check_runner(bracket: Bracket, user_id: int, *, is_manager: bool) -> None:
    """Let a member run the bracket, or refuse it.

    Raises:
        NotYourBracket: she neither started it nor may manage the guild.
    """
    if not is_manager and (bracket.creator_id is None or bracket.creator_id != user_id):
        raise NotYourBracket


def decide(bracket: Bracket, tally: tuple[int, int], now: datetime) -> Bracket:
    """End the current matchup with the votes of its first and second side; the higher seed wins a tie.

    Raises:
        NotPossibleNow: no matchup is on.
    """
    check_step(bracket, Step.DECIDE)
    matchup = bracket.current
    if matchup is None or matchup.first is None or matchup.second is None:
        raise NotPossibleNow
    winner = winning_seed((matchup.first, matchup.second), tally)
    after = replace(bracket, winners={**bracket.winners, matchup.place: winner})
    return replace(after, phase=Phase.FINISHED, ended_at=now) if after.champion else after


def pause(bracket: Bracket, closes_at: datetime | None, now: datetime) -> Bracket:
    """Have nothing go on until somebody resumes it; `closes_at` is when the open matchup would have closed.

    A matchup whose time is over stays over: no vote after the announced end is to turn it.

    Raises:
        NotPossibleNow: it is not being played.
    """
    check_step(bracket, Step.PAUSE)
    return replace(bracket, phase=Phase.PAUSED, rest=_rest(bracket, closes_at, now))


def _rest(bracket: Bracket, closes_at: datetime | None, now: datetime) -> timedelta | None:
    if closes_at is None:
        return None
    if closes_at <= now:
        return timedelta()
    return min(max(timedelta(seconds=ceil((closes_at - now).total_seconds())), LEAST_REST), bracket.matchup_time)


def resume(bracket: Bracket) -> Bracket:
    """Have a paused bracket go on.

    Raises:
        NotPossibleNow: it is not paused.
    """
    check_step(bracket, Step.RESUME)
    return replace(bracket, phase=Phase.PLAYING, rest=None)


def reopen(bracket: Bracket) -> Bracket:
    """Have the last matchup voted on anew.

    Raises:
        NotPossibleNow: none was voted on yet, or the bracket was ended by hand.
    """
    check_step(bracket, Step.REOPEN)
    last = bracket.last
    if last is None:
        raise NotPossibleNow
    kept = {place: seed for place, seed in bracket.winners.items() if place != last.place}
    pictured = min(bracket.pictured, last.round - 1)
    return replace(bracket, phase=Phase.PLAYING, winners=kept, pictured=pictured, rest=None, ended_at=None)


def end(bracket: Bracket, now: datetime) -> Bracket:
    """End the bracket without a champion.

    Raises:
        NotPossibleNow: it is over.
    """
    check_step(bracket, Step.END)
    return replace(bracket, phase=Phase.ENDED, rest=None, ended_at=now)
