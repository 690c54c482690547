"""Random games of every mode against a simple model of the rules, with processes that die and come back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Final

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.domain import games
from bot.domain.games import Mode, Recap
from bot.domain.library import Library
from bot.errors import NoGameRunning, UserError
from bot.storage.database import Database
from tests.services.model import IN_FLIGHT, Asked, Model
from tests.services.play import ALICE, BORA, CHAN, NOON, STARTER, Channel, Click, Press, Process, right, start

MEMBERS: Final = (STARTER, ALICE, BORA, CHAN)
MODES: Final = (Mode.CLASSIC, Mode.EXPERT, Mode.MIXED, Mode.BOLD)
numbers = count(1)


@dataclass(frozen=True)
class Wait:
    """Time passes."""

    seconds: float


@dataclass(frozen=True)
class Say:
    """A member answers the newest question; her click was `delay` seconds on its way."""

    member: int
    correct: bool
    delay: float = 0.0


@dataclass(frozen=True)
class SayAtTheEnd:
    """A member answers the newest question `seconds` after its time is over, or at once if that has passed."""

    member: int
    correct: bool
    seconds: float


@dataclass(frozen=True)
class Choose:
    """A member presses another button of the newest question, or of the answer before it."""

    member: int
    press: Press
    delay: float


@dataclass(frozen=True)
class Stop:
    """The starter stops the game."""


@dataclass(frozen=True)
class Down:
    """The process is gone, now or after it has passed so many points, and another one comes after `seconds`."""

    seconds: float
    points: int


Act = Wait | Say | SayAtTheEnd | Choose | Stop | Down

DELAYS: Final = st.sampled_from([0.0, 0.0, 0.4, 0.9, 3.0])
ACT: Final = st.one_of(
    st.builds(Wait, st.sampled_from([0.5, 1.0, 4.0, 7.25, 12.0, 40.0])),
    st.builds(Say, st.sampled_from(MEMBERS), st.booleans(), DELAYS),
    st.builds(Say, st.sampled_from(MEMBERS), st.just(True), st.just(0.0)),
    st.builds(SayAtTheEnd, st.sampled_from(MEMBERS), st.booleans(), st.sampled_from([-0.5, 0.0, 0.001, 0.5, 1.0])),
    st.builds(Choose, st.sampled_from(MEMBERS), st.sampled_from([Press.DOUBLE, Press.KEEP]), DELAYS),
    st.builds(Choose, st.sampled_from(MEMBERS), st.just(Press.SKIP), DELAYS),
    st.builds(Down, st.sampled_from([0.0, 2.0, 15.0, 90.0, 400.0]), st.integers(0, 6)),
    st.sampled_from([Stop(), Wait(1.0), Wait(15.0), Wait(15.0)]),
)


class Table:
    """The channel and the model, side by side."""

    def __init__(self, database: Database, library: Library) -> None:
        self.channel = Channel(database, library, self.watch)
        self.channel.after_reveal = self.note_end
        self.asked_by: dict[int, Process] = {}
        self.disturbed = False
        self.ends: list[tuple[datetime, datetime]] = []

    async def start(self, mode: Mode, rounds: int, seconds: int) -> None:
        number = next(numbers)  # a guild and a channel of its own in the one database
        game = await start(
            self.channel.process,
            rounds=rounds,
            seconds=seconds,
            mode=mode,
            request_id=number,
            channel_id=number,
            guild_id=number,
        )
        self.channel_id = number
        self.model = Model(mode, seconds, game.rounds, STARTER)

    def watch(self, asked: games.Asked, sent_at: datetime) -> Sequence[Click]:
        """A question has come."""
        question = Asked(asked.round.id, len(asked.round.question.choices), right(asked.round), sent_at)
        self.model.asked.append(question)
        self.asked_by[question.round_id] = self.channel.process
        return []

    def note_end(self, revealed: games.Revealed, now: datetime) -> Sequence[Click]:
        """An answer has come: at its time, where no process has died since the question."""
        question = next(asked for asked in self.model.asked if asked.round_id == revealed.round.id)
        if self.asked_by[question.round_id] is self.channel.process and not (self.model.over or question.skipped):
            self.ends.append((now, question.early or self.model.deadline(question) + IN_FLIGHT))
        return []

    @property
    def unsettled(self) -> bool:
        """Whether nothing was asked yet, or a question was on its way into the channel when the process died."""
        passed = [point for point in self.channel.points if point in ("asked", "shown")]
        return not self.model.asked or passed[-1] == "asked"

    def is_closed(self, question: Asked) -> bool:
        return question.round_id in self.channel.closed or question.skipped or self.model.over

    async def perform(self, act: Act) -> None:
        match act:
            case Wait(seconds):
                await self.wait(self.channel.now + timedelta(seconds=seconds))
            case Down(seconds, points):
                self.go_down(timedelta(seconds=seconds), points)
            case _ if self.unsettled:
                await self.wait(self.channel.now + timedelta(seconds=61))
            case SayAtTheEnd(member, correct, seconds):
                await self.wait(self.model.deadline(self.model.asked[-1]) + timedelta(seconds=seconds))
                await self.perform(Say(member, correct))
            case Say():
                await self.say(act)
            case Choose(member, Press.SKIP, delay):
                await self.skip(member, delay)
            case Choose(member, press, delay):
                await self.risk(member, press, delay)
            case Stop():
                await self.stop()

    async def wait(self, moment: datetime) -> None:
        await self.channel.play(until=max(moment, self.channel.now))
        self.model.over |= "finished" in self.channel.points

    def go_down(self, away: timedelta, points: int) -> None:
        self.disturbed = True
        last = len(self.channel.points) + points
        self.channel.away = away
        self.channel.kills = lambda passed: len(passed) == last
        if points == 0:
            self.channel.restart()
            self.channel.now += away

    async def say(self, act: Say) -> None:
        question, at = self.model.asked[-1], self.channel.now - timedelta(seconds=act.delay)
        choice = question.right if act.correct else (question.right + 1) % question.choices
        counts = self.model.says(act.member, choice, at, self.channel.now, closed=self.is_closed(question))
        assert await self.took(Click(at, act.member, question.round_id, Press.SAY, choice)) is counts

    async def skip(self, member: int, delay: float) -> None:
        question, at = self.model.asked[-1], self.channel.now - timedelta(seconds=delay)
        counts = self.model.skips(member, at, closed=self.is_closed(question))
        assert await self.took(Click(at, member, question.round_id, Press.SKIP)) is counts

    async def risk(self, member: int, press: Press, delay: float) -> None:
        """Press a button of the newest answer."""
        answered = [question for question in self.model.asked if self.is_closed(question)]
        if not answered:
            return
        question, at = answered[-1], self.channel.now - timedelta(seconds=delay)
        counts = self.model.risks(member, question, at, doubles=press is Press.DOUBLE, closed=False)
        assert await self.took(Click(at, member, question.round_id, press)) is counts

    async def took(self, click: Click) -> bool:
        try:
            await self.channel.press(click)
        except UserError:
            return False
        return True

    async def stop(self) -> None:
        with suppress(NoGameRunning):
            await self.channel.process.trivia.stop(self.channel_id, STARTER, self.channel.now, is_manager=False)
            question = self.model.asked[-1]
            question.cut = not self.is_closed(question) and self.channel.now < self.model.deadline(question)
            self.disturbed = self.model.over = True
        await self.wait(self.channel.now)

    def compare(self, recap: Recap) -> None:
        model = self.model
        assert [came for came, _ in self.ends] == [expected for _, expected in self.ends]
        assert list(recap.standings) == model.standings()
        assert recap.fastest == model.fastest()
        assert recap.longest == model.longest()
        missed = recap.most_missed
        assert (missed and (missed.round.id, missed.wrong, missed.answered)) == model.most_missed()
        assert len(model.asked) <= model.rounds
        if not self.unsettled:
            assert recap.rounds_played == len(model.asked)
        if not self.disturbed:
            answered = [bool(question.said) for question in model.asked if not question.skipped]
            idle = [not any(pair) for pair in pairwise(answered)]
            assert not any(idle[:-1])
            assert len(model.asked) == model.rounds or idle[-1]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mode=st.sampled_from(MODES),
    rounds=st.integers(1, 6),
    seconds=st.sampled_from([10, 20, 33]),
    acts=st.lists(ACT, max_size=40),
)
async def test_a_game_gives_what_a_simple_model_of_the_rules_gives(
    database: Database, library: Library, mode: Mode, rounds: int, seconds: int, acts: Sequence[Act]
) -> None:
    table = Table(database, library)
    await table.start(mode, rounds, seconds)
    await table.wait(NOON)
    for act in acts:
        await table.perform(act)
    await table.channel.play()
    assert table.channel.recaps
    for recap in table.channel.recaps:
        table.compare(recap)
