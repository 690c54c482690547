"""What a game of trivia is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.moments import Kind
from bot.domain.spoilers import SpoilerWish
from bot.domain.texts import Language


class Answer(StrEnum):
    """The two choices of the angle `Angle.SCRIPT`."""

    SCRIPTED = "scripted"
    AD_LIB = "ad_lib"


class Angle(StrEnum):
    """What a question asks about a moment, and what its choices are.

    SCRIPT: was one part in the script (`Answer`); WHOSE: whose idea one part was (`Origin`); DRAMA: which drama it is
    from (drama ids); WHO: which actor did it (names); ODD_ONE: which of four really was an ad-lib (`Pick`).
    """

    SCRIPT = "script"
    WHOSE = "whose"
    DRAMA = "drama"
    WHO = "who"
    ODD_ONE = "odd_one"


class Mode(StrEnum):
    """Which angles a game asks and how it scores; the rules are in docs/trivia-rules.md."""

    CLASSIC = "classic"
    EXPERT = "expert"
    MIXED = "mixed"
    BOLD = "bold"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Question:
    """A question about part number `part` of a moment, seen from `angle`.

    `choices` are keys in the order of the buttons (see `Angle`); `answer` is the right one of them.
    """

    moment_id: str
    part: int
    angle: Angle
    choices: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the four scenes of an odd-one-out question; its key is `moment_id#part`."""

    moment_id: str
    part: int

    @property
    def key(self) -> str:
        """How the pick stands among the choices of a question."""
        return f"{self.moment_id}#{self.part}"

    @classmethod
    def of(cls, key: str) -> "Pick":
        """Return the pick that `key` stands for."""
        moment_id, _, part = key.rpartition("#")
        return cls(moment_id, int(part))


@dataclass(frozen=True, slots=True)
class Guess:
    """What a member said, as the key of a choice, `at` the time of the click."""

    user_id: int
    answer: str
    at: datetime


class RoundState(StrEnum):
    """WAITING: not shown yet. OPEN: guesses count. CLOSED: revealed, for good."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    """One question of a game. `deadline` is None until it has been shown; a `skipped` one counts for nobody."""

    id: int
    game_id: int
    guild_id: int
    number: int
    question: Question
    state: RoundState
    opened_at: datetime | None = None
    deadline: datetime | None = None
    message_id: int | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """How a member stands before a round: points in this game, and right answers in a row."""

    points: int = 0
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """A guess with its points, and the right answers in a row that end with it."""

    guess: Guess
    right: bool
    points: int
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Stake:
    """Points that a member risks in a round of a bold game: `points` is +amount or -amount once it is closed."""

    user_id: int
    amount: int
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a board. Equal points share a rank; the next rank is skipped (1, 2, 2, 4)."""

    rank: int
    user_id: int
    points: int
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What the member who starts a game asks for; "play again" asks for the same once more.

    `spoilers` None is the guild's policy. `pack` is the key of a built-in pack or the number of one of the guild's.
    """

    rounds: int = 5
    seconds: int = 20
    mode: Mode = Mode.CLASSIC
    spoilers: SpoilerWish | None = None
    drama_id: str | None = None
    kind: Kind | None = None
    pack: str | None = None
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Game:
    """A game in a channel. `starter_id` is None where nobody started it, or that member had her data deleted.

    `rounds` counts the questions that could be drawn; `wish.rounds` those that were asked for. `daily_on` is the day
    (in the guild's time zone) of a daily question, which is a game of one round.
    """

    id: int
    guild_id: int
    channel_id: int
    starter_id: int | None
    language: Language
    rounds: int
    started_at: datetime
    wish: Wish = field(default_factory=Wish)
    ended_at: datetime | None = None
    daily_on: date | None = None

    @property
    def seconds(self) -> int:
        """How long a round stays open."""
        return self.wish.seconds

    @property
    def mode(self) -> Mode:
        """How it scores."""
        return self.wish.mode


@dataclass(frozen=True, slots=True)
class Asked:
    """An open round, and how many have answered it and how many want to skip it."""

    game: Game
    round: Round
    answered: int
    skips: int = 0


@dataclass(frozen=True, slots=True)
class Revealed:
    """A closed round with its guesses, fastest first, and the stakes of a bold game."""

    game: Game
    round: Round
    scored: Sequence[Scored]
    stakes: Sequence[Stake] = ()


@dataclass(frozen=True, slots=True)
class Fastest:
    """The quickest right answer of a game."""

    user_id: int
    seconds: float


@dataclass(frozen=True, slots=True)
class LongestStreak:
    """The most right answers in a row in a game, and whose; several where they are equal."""

    length: int
    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MostMissed:
    """The round that most members got wrong."""

    round: Round
    wrong: int
    answered: int


@dataclass(frozen=True, slots=True)
class Recap:
    """A game that has ended: where everybody stands, and what was remarkable.

    `rounds_played` came into the channel; `rounds_counted` of them were not skipped. `story` is the round whose source
    is worth reading now: the most missed one, or the last.
    """

    game: Game
    rounds_played: int
    rounds_counted: int
    standings: Sequence[Standing]
    fastest: Fastest | None = None
    longest: LongestStreak | None = None
    most_missed: MostMissed | None = None
    story: Round | None = None
