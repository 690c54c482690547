"""Two games as their members play them, for tests that kill the process in between.

Nothing is pressed after an early end, so that a process that comes back late finds nothing else to count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.games import Asked, Mode, Revealed, Round, Standing
from tests.services.play import ALICE, BORA, CHAN, STARTER, AfterReveal, Click, Members, Press, right, wrong


@dataclass(frozen=True)
class Script:
    """How a game is played, and how it ends; `too_late` where nobody could risk anything."""

    mode: Mode
    rounds: int
    members: Members
    after_reveal: AfterReveal
    standings: tuple[Standing, ...]
    too_late: tuple[Standing, ...] = ()


def _later(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)


def _says(round_: Round, at: datetime, user_id: int, seconds: float, *, correct: bool = True) -> Click:
    choice = right(round_) if correct else wrong(round_)
    return Click(_later(at, seconds), user_id, round_.id, choice=choice)


def _classic(asked: Asked, at: datetime) -> Sequence[Click]:
    """The first question lasts its whole time, the second is skipped, the third ends early."""
    match asked.round.number:
        case 1:
            return [_says(asked.round, at, ALICE, 4), _says(asked.round, at, BORA, 8, correct=False)]
        case 2:
            skips = Click(_later(at, 5), STARTER, asked.round.id, Press.SKIP)
            return [_says(asked.round, at, ALICE, 2), skips]
        case _:
            return [_says(asked.round, at, BORA, 3), _says(asked.round, at, ALICE, 6)]


def _bold(asked: Asked, at: datetime) -> Sequence[Click]:
    """All are right at first; then Alice is wrong, and the second question ends early with Bora's answer."""
    if asked.round.number == 1:
        return [_says(asked.round, at, *said) for said in ((ALICE, 4), (BORA, 8), (CHAN, 20))]
    return [
        _says(asked.round, at, ALICE, 4, correct=False),
        _says(asked.round, at, CHAN, 10),
        _says(asked.round, at, BORA, 12),
    ]


def _risks(revealed: Revealed, at: datetime) -> Sequence[Click]:
    """Alice and Chan risk what they have won; Bora does, and takes it back."""
    if revealed.round.number > 1:
        return []
    presses = ((ALICE, Press.DOUBLE, 2), (BORA, Press.DOUBLE, 2), (CHAN, Press.DOUBLE, 3), (BORA, Press.KEEP, 5))
    return [Click(_later(at, seconds), user_id, revealed.round.id, press) for user_id, press, seconds in presses]


SCRIPTS: Final = {
    "classic": Script(
        Mode.CLASSIC,
        3,
        _classic,
        lambda _revealed, _now: [],
        (Standing(1, ALICE, 14 + 14, 2, 2), Standing(2, BORA, 14, 1, 2)),
    ),
    "bold": Script(
        Mode.BOLD,
        2,
        _bold,
        _risks,
        (Standing(1, CHAN, 10 + 13 + 10, 2, 2), Standing(2, BORA, 13 + 12, 2, 2), Standing(3, ALICE, 0, 1, 2)),
        (Standing(1, BORA, 13 + 12, 2, 2), Standing(2, CHAN, 10 + 13, 2, 2), Standing(3, ALICE, 14 - 5, 1, 2)),
    ),
}
