"""The rules of a round and of a game: who may answer, what an answer is worth, when a round or a game ends.

They are told to members by `/trivia rules` and in docs/trivia-rules.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.games import Guess, Mode, Round, RoundState, Run, Scored, Stake, Standing
from bot.errors import NothingToRisk, RoundClosed, TooLateToRisk

POINTS: Final = {2: 10, 4: 15}
"""For a right answer, by the number of choices."""
COST: Final = {Mode.EXPERT: 5, Mode.BOLD: 5}
"""Of a wrong answer in these modes; never more than the member has in this game."""
SPEED_BONUS: Final = 5
"""At most, for an answer in the first moment of a round; it falls evenly to 0 at the deadline."""
MOST_STREAK_BONUS: Final = 5
"""Each right answer in a row before raises the speed bonus by 1, up to so much more."""
PAUSE: Final = timedelta(seconds=10)
"""Between a reveal and the next question, so that it can be read."""
BOLD_PAUSE: Final = timedelta(seconds=15)
"""The same where members also decide whether to risk what they have won."""
GRACE: Final = timedelta(minutes=5)
"""A round that is closed later than this after its deadline ends the game: nobody is waiting any more."""
IDLE_ROUNDS: Final = 2
"""So many rounds in a row without a guess end the game; who missed so many is not waited for any more."""
MAX_ROUNDS: Final = 20
FEWEST_SKIPS: Final = 2
"""Members who must want to skip a question, where neither the starter nor a manager does."""


def judge(round_: Round, at: datetime) -> None:
    """Let a click of that time count, or refuse it. The time of the click decides, so a slow bot is fair.

    Until the message of the question is known, nobody can be late for it.

    Raises:
        RoundClosed: the round is not open, or the click came after its deadline.
    """
    late = round_.message_id is not None and round_.deadline is not None and at > round_.deadline
    if round_.state is not RoundState.OPEN or late:
        raise RoundClosed


def score(
    round_: Round,
    guesses: Sequence[Guess],
    *,
    mode: Mode,
    seconds: int,
    runs: Mapping[int, Run],
    stakes: Sequence[Stake] = (),
) -> tuple[tuple[Scored, ...], tuple[Stake, ...]]:
    """Score a round of `seconds` length: its guesses, fastest first, and the stakes that were risked in it.

    `runs` says how each member stood before it; who is not in it has no point yet. Everyone who was right scores.
    """
    window = timedelta(seconds=seconds)
    right_of = {guess.user_id: guess.answer == round_.question.answer for guess in guesses}
    played = tuple(
        Stake(stake.user_id, stake.amount, stake.amount if right_of.get(stake.user_id) else -stake.amount)
        for stake in stakes
    )
    lost = {stake.user_id: stake.amount for stake in stakes}
    scored: list[Scored] = []
    for guess in sorted(guesses, key=lambda guess: (guess.at, guess.user_id)):
        run = runs.get(guess.user_id, Run())
        if guess.answer == round_.question.answer:
            left = (round_.deadline - guess.at) / window if round_.deadline else 0.0
            points = POINTS[len(round_.question.choices)] + bonus(mode, left, run.streak)
            scored.append(Scored(guess, True, points, run.streak + 1))
        else:
            has = run.points - lost.get(guess.user_id, 0)
            scored.append(Scored(guess, False, -min(COST.get(mode, 0), has)))
    return tuple(scored), played


def bonus(mode: Mode, left: float, streak: int) -> int:
    """The bonus of a right answer with the share `left` of the time to go, after `streak` right ones in a row.

    A daily question is open for a day, so only the streak counts there.
    """
    grown = min(streak, MOST_STREAK_BONUS)
    if mode is Mode.DAILY:
        return grown
    return round((SPEED_BONUS + grown) * min(max(left, 0.0), 1.0))


def risk(round_: Round, following: Round | None, at: datetime, won: int, *, has_answered: bool) -> int:
    """Return what a member risks in the round after `round_`, in which she won `won` points.

    Raises:
        NothingToRisk: she was not right, or no round follows.
        TooLateToRisk: the next question has been shown, or she has answered it.
    """
    if won <= 0 or round_.state is not RoundState.CLOSED or following is None:
        raise NothingToRisk
    shown = following.opened_at is not None and at > following.opened_at
    if following.state is RoundState.CLOSED or shown or has_answered:
        raise TooLateToRisk
    return won


def pause_after(mode: Mode) -> timedelta:
    """How long a reveal stands before the next question comes."""
    return BOLD_PAUSE if mode is Mode.BOLD else PAUSE


def skips_needed(players: int) -> int:
    """How many must want to skip a question while `players` take part: more than half, two at least."""
    return max(FEWEST_SKIPS, players // 2 + 1)


def rank(totals: Iterable[tuple[int, int, int, int]]) -> tuple[Standing, ...]:
    """Rank (user id, points, right, answered) by points; equal points share a rank, oldest account first among them."""
    standings: list[Standing] = []
    for place, (user_id, points, right, answered) in enumerate(sorted(totals, key=lambda t: (-t[1], t[0])), 1):
        shared = bool(standings) and standings[-1].points == points
        standings.append(Standing(standings[-1].rank if shared else place, user_id, points, right, answered))
    return tuple(standings)


class NextStep(StrEnum):
    """What follows the close of a round."""

    ASK = "ask"
    FINISH = "finish"


def after_round(number: int, rounds: int, *, late: timedelta, guesses_of_last: Sequence[int]) -> NextStep:
    """Decide what follows round `number` of `rounds`.

    `late` is how long after its deadline the round was closed; `guesses_of_last` counts the guesses of the rounds so
    far that were not skipped, newest last.
    """
    idle = len(guesses_of_last) >= IDLE_ROUNDS and not any(guesses_of_last[-IDLE_ROUNDS:])
    return NextStep.FINISH if number >= rounds or late > GRACE or idle else NextStep.ASK
