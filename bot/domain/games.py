"""What a game of trivia is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.texts import Language


class Answer(StrEnum):
    """What a member can say in classic mode."""

    SCRIPTED = "scripted"
    AD_LIB = "ad_lib"


@dataclass(frozen=True, slots=True)
class Question:
    """A question about part number `part` of a moment."""

    moment_id: str
    part: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Guess:
    """What a member said, `at` the time of the click."""

    user_id: int
    answer: Answer
    at: datetime


class RoundState(StrEnum):
    """WAITING: not shown yet. OPEN: guesses count. CLOSED: revealed, for good."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    """One question of a game. `deadline` is None until it has been shown."""

    id: int
    game_id: int
    number: int
    question: Question
    state: RoundState
    opened_at: datetime | None = None
    deadline: datetime | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A guess with its points."""

    guess: Guess
    right: bool
    points: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a board. Equal points share a rank; the next rank is skipped (1, 2, 2, 4)."""

    rank: int
    user_id: int
    points: int
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Game:
    """A game in a channel. `starter_id` is None where that member had her data deleted."""

    id: int
    guild_id: int
    channel_id: int
    starter_id: int | None
    language: Language
    rounds: int
    seconds: int
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An open round, and how many have answered it."""

    game: Game
    round: Round
    answered: int


@dataclass(frozen=True, slots=True)
class Revealed:
    """A closed round with its guesses, fastest first."""

    game: Game
    round: Round
    scored: Sequence[Scored]


@dataclass(frozen=True, slots=True)
class Recap:
    """A game that has ended: how many rounds were played, and where everybody stands."""

    game: Game
    rounds_played: int
    standings: Sequence[Standing]
