"""Random games against a model of points that knows nothing of jobs, transactions or states.

The model sees what members see: when a question came into the channel, and when its reveal came. A guess counts where
its click was in time, the reveal had not come yet, and the member had said nothing before.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.games import Answer, Asked, Guess
from bot.domain.library import Library
from bot.domain.trivia import POINTS, SPEED_BONUS
from bot.errors import NoGameRunning, UserError
from bot.storage.database import Database
from tests.services.play import ALICE, BORA, CHAN, NOON, STARTER, Channel, Click, start, wrong

MEMBERS: Final = (ALICE, BORA, CHAN)
numbers = count(1)


@dataclass(frozen=True)
class Wait:
    """Time passes."""

    seconds: float


@dataclass(frozen=True)
class Say:
    """A member answers the newest question; her click was `delay` seconds on its way."""

    member: int
    right: bool
    delay: float


@dataclass(frozen=True)
class SayAtTheEnd:
    """A member answers the newest question `seconds` after its time is over, or at once if that has passed."""

    member: int
    right: bool
    seconds: float


@dataclass(frozen=True)
class Stop:
    """The starter stops the game."""


@dataclass(frozen=True)
class Down:
    """The process is gone, and another one comes after `seconds`."""

    seconds: float


Act = Wait | Say | SayAtTheEnd | Stop | Down

ACTS = st.lists(
    st.one_of(
        st.builds(Wait, st.sampled_from([0.5, 1.0, 4.0, 7.25, 12.0, 40.0])),
        st.builds(SayAtTheEnd, st.sampled_from(MEMBERS), st.booleans(), st.sampled_from([-0.5, 0.0, 0.001, 0.5, 1.0])),
        st.builds(Say, st.sampled_from(MEMBERS), st.booleans(), st.sampled_from([0.0, 0.4, 0.9, 3.0])),
        st.builds(Say, st.sampled_from(MEMBERS), st.booleans(), st.just(0.0)),
        st.builds(Down, st.sampled_from([0.0, 2.0, 15.0, 90.0, 400.0])),
        st.sampled_from([Stop(), Wait(1.0), Wait(15.0)]),
    ),
    max_size=25,
)


@dataclass
class Question:
    """What members see of a question, and what they have said."""

    round_id: int
    answer: Answer
    sent_at: datetime
    said: dict[int, tuple[Answer, datetime]] = field(default_factory=dict[int, tuple[Answer, datetime]])


class Model:
    """Keeps the points of one game."""

    def __init__(self, seconds: int) -> None:
        self.seconds = timedelta(seconds=seconds)
        self.questions: list[Question] = []

    def watch(self, asked: Asked, sent_at: datetime) -> Sequence[Click]:
        self.questions.append(Question(asked.round.id, asked.round.question.answer, sent_at))
        return []

    def counts(self, question: Question, member: int, at: datetime, *, revealed: bool) -> bool:
        return not revealed and member not in question.said and at <= question.sent_at + self.seconds

    def points(self) -> dict[int, int]:
        total: dict[int, int] = {}
        for question in self.questions:
            for member, (answer, at) in question.said.items():
                left = (question.sent_at + self.seconds - at) / self.seconds
                earned = POINTS + round(SPEED_BONUS * min(left, 1)) if answer is question.answer else 0
                total[member] = total.get(member, 0) + earned
        return total


async def perform(act: Act, channel: Channel, channel_id: int, model: Model) -> None:
    match act:
        case Wait(seconds):
            await channel.play(until=channel.now + timedelta(seconds=seconds))
        case SayAtTheEnd(member, right, seconds) if model.questions:
            until = model.questions[-1].sent_at + model.seconds + timedelta(seconds=seconds)
            await channel.play(until=max(until, channel.now))
            await say(channel, model, Say(member, right, delay=0))
        case Down(seconds):
            channel.restart()
            channel.now += timedelta(seconds=seconds)
        case Stop():
            with suppress(NoGameRunning):
                await channel.process.trivia.stop(channel_id, STARTER, channel.now, is_manager=False)
            await channel.play(until=channel.now)
        case Say() if model.questions:
            await say(channel, model, act)
        case _:
            pass


async def say(channel: Channel, model: Model, act: Say) -> None:
    question = model.questions[-1]
    answer = question.answer if act.right else wrong(question.answer)
    at = channel.now - timedelta(seconds=act.delay)
    revealed = bool(channel.messages[f"ask-{question.round_id}"].edits)
    expected = model.counts(question, act.member, at, revealed=revealed)
    try:
        await channel.process.trivia.guess(question.round_id, Guess(act.member, answer, at))
    except UserError:
        assert not expected
    else:
        assert expected
        question.said[act.member] = (answer, at)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.integers(1, 4), seconds=st.sampled_from([10, 20, 33]), acts=ACTS)
async def test_a_game_gives_the_points_that_a_simple_model_gives(
    database: Database, library: Library, rounds: int, seconds: int, acts: Sequence[Act]
) -> None:
    number = next(numbers)  # a guild and a channel of its own in the one database
    model = Model(seconds)
    channel = Channel(database, library, model.watch, NOON)
    await start(channel.process, rounds=rounds, seconds=seconds, request_id=number, channel_id=number, guild_id=number)
    await channel.play(until=NOON)
    for act in acts:
        await perform(act, channel, number, model)
    await channel.play()
    board = await channel.process.trivia.leaderboard(number)
    assert {standing.user_id: standing.points for standing in board} == model.points()
    [recap] = channel.recaps
    assert {standing.user_id: standing.points for standing in recap.standings} == model.points()
    assert recap.rounds_played == len(model.questions) <= rounds
