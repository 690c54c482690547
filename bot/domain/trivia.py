"""The rules of "was it scripted?": drawing questions, judging guesses, scoring, ranking."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.games import Answer, Guess, Question, Round, RoundState, Scored, Standing
from bot.domain.library import Article, Library
from bot.domain.moments import Moment
from bot.domain.spoilers import SpoilerPolicy
from bot.errors import AlreadyAnswered, NothingToAsk, RoundClosed

POINTS: Final = 10
"""For a right answer in classic mode."""
SPEED_BONUS: Final = 5
"""At most, for an answer in the first moment of a round; it falls evenly to 0 at the deadline."""
PAUSE: Final = timedelta(seconds=10)
"""Between a reveal and the next question, so that it can be read."""
GRACE: Final = timedelta(minutes=5)
"""A round that is closed later than this after its deadline ends the game: nobody is waiting any more."""
IDLE_ROUNDS: Final = 2
"""So many rounds in a row without a guess end the game."""
MAX_ROUNDS: Final = 20
FEWEST_MOMENTS: Final = 3
"""Of an article, for a game about nothing else."""


def questions_of(moment: Moment) -> tuple[Question, ...]:
    """Every question that classic mode can ask about `moment`: one for each part."""
    return tuple(
        Question(moment.id, number, Answer.SCRIPTED if part.planned else Answer.AD_LIB)
        for number, part in enumerate(moment.parts)
    )


def bank_of(article: Article, library: Library, policy: SpoilerPolicy) -> tuple[Moment, ...]:
    """Return the moments for a game about `article`: its own, and where `policy` leaves few those of its dramas too."""
    own = library.moments_citing(article)
    askable = sum(moment.game_ready and policy.allows(moment.spoilers) for moment in own)
    return own if askable >= FEWEST_MOMENTS else library.moments_of(article)


def draw(
    moments: Iterable[Moment],
    rounds: int,
    *,
    policy: SpoilerPolicy,
    asked: Mapping[tuple[str, int], int],
    rng: random.Random,
) -> tuple[Question, ...]:
    """Draw at most `rounds` questions, near half of each answer (four to six of ten).

    Among the questions of an answer, the least asked in the guild come first (`asked` counts them); a game asks about a
    moment once, and passes on to the next question where that would be twice. Always pressing one button earns nothing.

    Raises:
        NothingToAsk: no moment is game-ready under `policy`.
    """
    bank: dict[Answer, list[Question]] = {answer: [] for answer in Answer}
    for moment in moments:
        if moment.game_ready and policy.allows(moment.spoilers):
            for question in questions_of(moment):
                bank[question.answer].append(question)
    for questions in bank.values():
        rng.shuffle(questions)
        questions.sort(
            key=lambda question: asked.get((question.moment_id, question.part), 0),
            reverse=True,
        )
    wanted = _answers(rounds, rng)
    drawn: list[Question] = []
    used: set[str] = set()
    for answer in wanted:
        question = _next(bank[answer], used) or _next(bank[_other(answer)], used)
        if question is None:
            break
        used.add(question.moment_id)
        drawn.append(question)
    if not drawn:
        raise NothingToAsk
    return tuple(drawn)


def _answers(rounds: int, rng: random.Random) -> list[Answer]:
    """Return right answers near half of each kind; how near is drawn, so that counting them tells nothing."""
    fewest, most = max(0, rounds // 2 - 1), min(rounds, (rounds + 1) // 2 + 1)
    if rounds >= 10:
        fewest, most = -(-rounds * 4 // 10), rounds * 6 // 10
    scripted = rng.randint(fewest, most)
    wanted = [Answer.SCRIPTED] * scripted + [Answer.AD_LIB] * (rounds - scripted)
    rng.shuffle(wanted)
    return wanted


def _other(answer: Answer) -> Answer:
    return Answer.AD_LIB if answer is Answer.SCRIPTED else Answer.SCRIPTED


def _next(questions: list[Question], used: set[str]) -> Question | None:
    while questions:
        question = questions.pop()
        if question.moment_id not in used:
            return question
    return None


def judge(round_: Round | None, guess: Guess, earlier: Answer | None) -> None:
    """Let `guess` count, or refuse it. The time of the click decides, so a slow bot is fair.

    Raises:
        RoundClosed: there is no such round, it is not open, or the click came after its deadline.
        AlreadyAnswered: the member has said something (`earlier`) before; the first answer counts.
    """
    if earlier is not None:
        raise AlreadyAnswered(answer=earlier)
    if round_ is None or round_.state is not RoundState.OPEN:
        raise RoundClosed
    if round_.deadline is not None and guess.at > round_.deadline:
        raise RoundClosed


def score(round_: Round, guesses: Sequence[Guess], seconds: int) -> tuple[Scored, ...]:
    """Score a round of `seconds` length, fastest first; everyone who was right scores."""
    window = timedelta(seconds=seconds)
    scored: list[Scored] = []
    for guess in sorted(guesses, key=lambda guess: (guess.at, guess.user_id)):
        right = guess.answer is round_.question.answer
        left = (round_.deadline - guess.at) / window if round_.deadline else 0.0
        bonus = round(SPEED_BONUS * min(max(left, 0.0), 1.0))
        scored.append(Scored(guess, right, POINTS + bonus if right else 0))
    return tuple(scored)


def rank(totals: Iterable[tuple[int, int, int, int]]) -> tuple[Standing, ...]:
    """Rank (user id, points, right, answered) by points; equal points share a rank, oldest account first among them."""
    standings: list[Standing] = []
    for place, (user_id, points, right, answered) in enumerate(sorted(totals, key=lambda t: (-t[1], t[0])), 1):
        shared = bool(standings) and standings[-1].points == points
        standings.append(
            Standing(
                standings[-1].rank if shared else place,
                user_id,
                points,
                right,
                answered,
            )
        )
    return tuple(standings)


class NextStep(StrEnum):
    """What follows the close of a round."""

    ASK = "ask"
    FINISH = "finish"


def after_round(number: int, rounds: int, *, late: timedelta, guesses_of_last: Sequence[int]) -> NextStep:
    """Decide what follows round `number` of `rounds`.

    `late` is how long after its deadline the round was closed; `guesses_of_last` counts the guesses of the rounds so
    far, newest last.
    """
    idle = len(guesses_of_last) >= IDLE_ROUNDS and not any(guesses_of_last[-IDLE_ROUNDS:])
    return NextStep.FINISH if number >= rounds or late > GRACE or idle else NextStep.ASK
