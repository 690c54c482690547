"""The rules of a ship poll: who may stand in it, how long it is open, what a vote does, how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.guilds import RoleId
from bot.domain.texts import Language, Localised, halves, plain_name
from bot.errors import (
    DurationTooLong,
    DurationTooShort,
    EqualCouples,
    HostsOnly,
    NotYourPoll,
    PollClosed,
    TooFewCouples,
    TooManyChoices,
    TooManyCouples,
)

MOST_COUPLES: Final = 20
ACTORS: Final = "actors/"
"""What the key of a pair of actors begins with; the id of the couple they play follows."""
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=60)
LATE: Final = timedelta(minutes=2)
"""A poll closed later than this after its time says so."""
LONGEST_QUESTION: Final = 100
"""Characters of a question that a member writes."""
MOST_CHECKED: Final = 1_000
"""Voters whom Adlib looks for in the guild when the votes of those who left are dropped; above it, all votes count."""


class Secrecy(StrEnum):
    """Who may know what. Only a public poll ever tells who voted for whom."""

    ANONYMOUS = "anonymous"
    """The tally is there for all to see, the ballots for nobody; they are forgotten at the close."""
    PUBLIC = "public"
    """Everybody may look up who voted for whom."""
    HIDDEN = "hidden"
    """As anonymous, and the tally too is shown at the close only."""


@dataclass(frozen=True, slots=True)
class Option:
    """A couple that stands in a poll; `couple_id` is None for a typed one.

    `drama` is the title of its drama, where it is known and wanted, and `has_card` tells whether its guild may look its
    card up, where that is wanted: they are looked up, never stored.
    """

    label: Localised
    couple_id: str | None = None
    drama: Localised | None = field(default=None, compare=False)
    has_card: bool = field(default=False, compare=False)

    @property
    def key(self) -> str:
        """What the couple is known by in the records of a guild: the same for every poll it stands in."""
        return self.couple_id or typed_key(self.label.en)


@dataclass(frozen=True, slots=True)
class PollWish:
    """What a member asks for when she opens a poll. `duration` None leaves it open until somebody closes it."""

    couples: tuple[str, ...]
    duration: timedelta | None
    question: str | None = None
    secrecy: Secrecy = Secrecy.ANONYMOUS
    choices: int = 1
    voter_role_id: int | None = None


@dataclass(frozen=True, slots=True)
class MatchupOf:
    """The place of a poll in a bracket: round 1 is the first, `slot` counts from 0 down the round.

    `size` is the number of places in round one, byes included; `seeds` are those of the options.
    """

    bracket_id: int
    name: str
    size: int
    round: int
    slot: int
    seeds: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it is stored.

    `version` grows with every vote; `tally` holds the votes of each option, `voters` how many members gave them,
    `language` is what its message speaks. `closes_at` is None for a poll that somebody has to close. A `void` one was
    called off: its votes count nowhere. `dropped` is how many
    voters had left the guild and do not count.
    """

    id: int
    guild_id: int
    channel_id: int
    creator_id: int | None
    language: Language
    options: tuple[Option, ...]
    tally: tuple[int, ...]
    opened_at: datetime
    closes_at: datetime | None
    question: str | None = None
    secrecy: Secrecy = Secrecy.ANONYMOUS
    choices: int = 1
    voter_role_id: int | None = None
    voters: int = 0
    version: int = 0
    message_id: int | None = None
    paused_at: datetime | None = None
    closed_at: datetime | None = None
    void: bool = False
    dropped: int = 0
    matchup: MatchupOf | None = None

    @property
    def votes(self) -> int:
        """How many votes there are; a voter gives up to `choices`."""
        return sum(self.tally)

    def is_open(self, at: datetime) -> bool:
        """Tell whether a vote given `at` counts."""
        return self.closed_at is None and self.paused_at is None and (self.closes_at is None or at <= self.closes_at)

    @property
    def is_final(self) -> bool:
        """Whether it is the final of a bracket."""
        return self.matchup is not None and self.matchup.size >> self.matchup.round == 1

    @property
    def is_secret(self) -> bool:
        """Whether nobody may ever know who voted for whom; its ballots go when it has closed."""
        return self.secrecy is not Secrecy.PUBLIC

    @property
    def shows_tally(self) -> bool:
        """Whether the tally may be seen now; that of a hidden poll that was called off never."""
        return self.secrecy is not Secrecy.HIDDEN or (self.closed_at is not None and not self.void)

    @property
    def closed_late(self) -> bool:
        """Whether it was closed noticeably after its time (no vote after its time counts anyway)."""
        if self.closed_at is None or self.closes_at is None:
            return False
        return self.closed_at - self.closes_at > LATE


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
        TooManyCouples: there are more than `MOST_COUPLES`.
        EqualCouples: two of them are the same couple, or read the same.
    """
    seen: set[str] = set()
    for option in options:
        names = {option.key, *(_folded(label) for label in option.label.all)}
        if names & seen:
            raise EqualCouples(name=option.label)
        seen |= names
    if len(options) < 2:
        raise TooFewCouples
    if len(options) > MOST_COUPLES:
        raise TooManyCouples(limit=MOST_COUPLES)
    return tuple(options)


def typed_key(name: str) -> str:
    """Return what a typed couple is known by: its two names in any order, without marks between the letters."""
    return "typed:" + "".join(sorted(_folded(half) for half in halves(name)))


def _folded(label: str) -> str:
    return "".join(character for character in label.casefold() if character.isalnum())


def check_choices(choices: int, options: int) -> int:
    """Return how many couples each member may vote for, if it leaves anything to decide.

    Raises:
        TooManyChoices: everybody could vote for everything.
    """
    if not 1 <= choices < max(options, 2):
        raise TooManyChoices(most=max(options - 1, 1))
    return choices


def check_question(question: str | None) -> str | None:
    """Return the question in plain letters, None where there is none.

    Raises:
        NameNotPlain: it holds formatting, a mention or an invisible character.
        NameTooLong: it is longer than `LONGEST_QUESTION`.
    """
    return plain_name(question, LONGEST_QUESTION) if question and question.strip() else None


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


def ending(tally: Sequence[int]) -> Ending:
    """Tell how a poll with this tally ends."""
    most = max(tally, default=0)
    if most == 0:
        return Ending(Outcome.NOBODY_VOTED, ())
    leaders = tuple(number for number, votes in enumerate(tally) if votes == most)
    return Ending(Outcome.WON if len(leaders) == 1 else Outcome.TIED, leaders)


def check_closer(poll: Poll, user_id: int, *, is_manager: bool) -> None:
    """Let a member close the poll, or refuse it.

    Raises:
        PollClosed: it is closed.
        NotYourPoll: she neither opened it nor may manage the guild.
    """
    if poll.closed_at is not None:
        raise PollClosed
    if not may_carry(poll, user_id, is_manager=is_manager):
        raise NotYourPoll


def may_carry(poll: Poll, user_id: int, *, is_manager: bool) -> bool:
    """Tell whether a member may take a poll to another place: she opened it, or may manage the guild."""
    return is_manager or (poll.creator_id is not None and poll.creator_id == user_id)


def check_host(host_role_id: int | None, roles: frozenset[int], *, is_manager: bool) -> None:
    """Let a member with these `roles` open polls and brackets, or refuse it.

    Raises:
        HostsOnly: the guild keeps that to a role, and she neither has it nor may manage the guild.
    """
    if host_role_id is not None and host_role_id not in roles and not is_manager:
        raise HostsOnly(role=RoleId(host_role_id))
