"""A channel without Discord: games are driven as cogs/trivia/cog.py drives them, with a clock that the test turns.

The process can be killed at every point between two calls of a service; a new one goes on with the same database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Final
from uuid import uuid4

from bot.domain.games import Answer, Asked, Game, Guess, Recap, Round
from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.errors import UserError
from bot.services.jobs import JobService
from bot.services.rounds import ASK, CLOSE, FINISH, RoundService
from bot.services.trivia import TriviaService
from bot.storage import games
from bot.storage.database import Database

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUILD: Final = 845001112223334445
CHANNEL: Final = 845001112223334446
STARTER: Final = 901000000000000000
ALICE: Final = 901000000000000001
BORA: Final = 901000000000000002
CHAN: Final = 901000000000000003


@dataclass(frozen=True)
class Process:
    """What of a running Adlib takes part in a game."""

    jobs: JobService
    rounds: RoundService
    trivia: TriviaService


def process_on(database: Database, library: Library, seed: int = 7) -> Process:
    jobs = JobService(database, owner=f"process {uuid4()}")
    return Process(jobs, RoundService(database, library, jobs), TriviaService(database, library, jobs, Random(seed)))


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def wrong(answer: Answer) -> Answer:
    return next(other for other in Answer if other is not answer)


async def start(
    process: Process,
    *,
    rounds: int = 2,
    seconds: int = 20,
    now: datetime = NOON,
    request_id: int = 1,
    channel_id: int = CHANNEL,
    guild_id: int = GUILD,
) -> Game:
    return await process.trivia.start(
        guild_id=guild_id,
        channel_id=channel_id,
        starter_id=STARTER,
        request_id=request_id,
        locale=Language.ENGLISH,
        rounds=rounds,
        seconds=seconds,
        now=now,
    )


async def rounds_of(database: Database, game: Game) -> Sequence[Round]:
    return await database.read(lambda connection: games.list_rounds(connection, game.id))


async def ask(process: Process, round_id: int, now: datetime, message_id: int = 777) -> Asked:
    """Ask a question and show it at once."""
    asked = await process.rounds.ask(round_id, now, timedelta())
    assert asked is not None
    await process.rounds.shown(asked, message_id, now)
    return asked


class Killed(BaseException):
    """The process is gone. It is no Exception, so that nothing can handle it."""


@dataclass(order=True)
class Click:
    """A member's press of a button, which Discord delivers again where nobody has answered it."""

    at: datetime
    user_id: int
    round_id: int = field(compare=False)
    answer: Answer = field(compare=False)


@dataclass
class Message:
    """A message in the channel. What is sent twice under one nonce is one message."""

    id: int
    nonce: str
    sent_at: datetime
    edits: list[str] = field(default_factory=list)


Members = Callable[[Asked, datetime], Sequence[Click]]
"""What the members press when a question has come at a time."""


class Channel:
    """The channel, its members, and the process that plays with them."""

    def __init__(self, database: Database, library: Library, members: Members, now: datetime = NOON) -> None:
        self.now = now
        self.messages: dict[str, Message] = {}
        self.recaps: list[Recap] = []
        self.points: list[str] = []
        self.kills: Callable[[Sequence[str]], bool] = lambda _points: False
        self._database = database
        self._library = library
        self._members = members
        self._clicks: list[Click] = []
        self._killed = False
        self.process = self.restart()

    def restart(self) -> Process:
        """Go on with a new process on the same database."""
        self.process = process_on(self._database, self._library)
        for kind, handler in ((ASK, self._ask), (CLOSE, self._reveal), (FINISH, self._recap)):
            self.process.jobs.on(kind, handler)
        return self.process

    async def play(self, until: datetime | None = None) -> None:
        """Let time run until nothing is left to happen, or `until`."""
        while True:
            due = await self._run_due()
            clicked = self._clicks[0].at if self._clicks else None
            following = min((moment for moment in (due, clicked) if moment is not None), default=None)
            if following is None or (until is not None and following > until):
                self.now = until or self.now
                return
            self.now = max(self.now, following)
            if clicked == following:
                try:
                    await self._press(self._clicks[0])
                except Killed:
                    continue

    async def _run_due(self) -> datetime | None:
        due = await self.process.jobs.run_due(lambda: self.now)
        while self._killed:
            self._killed = False
            due = await self.restart().jobs.run_due(lambda: self.now)
        return due

    async def _press(self, click: Click) -> None:
        self._pass("a click")
        try:
            await self.process.trivia.guess(click.round_id, Guess(click.user_id, click.answer, click.at))
        except UserError:
            self._pass("a refusal")
        else:
            self._pass("a guess")
        heappop(self._clicks)

    async def _ask(self, job: Job, now: datetime) -> None:
        self._pass("before asking")
        asked = await self.process.rounds.ask(job.subject, now, late=now - job.due_at)
        self._pass("asked")
        if asked is None:
            return
        known = f"ask-{asked.round.id}" in self.messages
        message = self._post(f"ask-{asked.round.id}")
        if not known:
            for click in self._members(asked, message.sent_at):
                heappush(self._clicks, click)
        self._pass("posted")
        await self.process.rounds.shown(asked, message.id, message.sent_at)
        self._pass("shown")

    async def _reveal(self, job: Job, now: datetime) -> None:
        self._pass("before closing")
        revealed = await self.process.rounds.close(job.subject, now)
        self._pass("closed")
        if revealed is None or revealed.round.message_id is None:
            return
        scores = ", ".join(f"{entry.guess.user_id}: {entry.points}" for entry in revealed.scored)
        self.messages[f"ask-{revealed.round.id}"].edits.append(scores)
        self._pass("revealed")

    async def _recap(self, job: Job, now: datetime) -> None:
        self._pass("before finishing")
        recap = await self.process.rounds.finish(job.subject, now)
        self._pass("finished")
        if recap is None:
            return
        self._post(f"recap-{recap.game.id}")
        self.recaps.append(recap)
        self._pass("recapped")

    def _post(self, nonce: str) -> Message:
        return self.messages.setdefault(nonce, Message(len(self.messages) + 1, nonce, self.now))

    def _pass(self, point: str) -> None:
        self.points.append(point)
        if self.kills(self.points):
            self._killed = True
            raise Killed
