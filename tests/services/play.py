"""A channel without Discord: games are driven as cogs/trivia/cog.py drives them, with a clock that the test turns.

The process can be killed at every point between two calls of a service; a new one goes on with the same database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from heapq import heappop, heappush
from random import Random
from typing import Final
from uuid import uuid4

from bot.domain.games import Asked, Game, Mode, Recap, Revealed, Round, Wish
from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.errors import UserError
from bot.services.choices import ChoiceService
from bot.services.jobs import JobService
from bot.services.packs import PackService
from bot.services.rounds import ASK, CLOSE, FINISH, RoundService
from bot.services.trivia import Label, TriviaService
from bot.storage import rounds as stored_rounds
from bot.storage.database import Database
from tests.services.uploading import OnTheSpot

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUILD: Final = 845001112223334445
CHANNEL: Final = 845001112223334446
STARTER: Final = 901000000000000000
ALICE, BORA, CHAN = 901000000000000001, 901000000000000002, 901000000000000003


@dataclass(frozen=True)
class Process:
    """What of a running Adlib takes part in a game."""

    jobs: JobService
    packs: PackService
    rounds: RoundService
    trivia: TriviaService
    choices: ChoiceService


def process_on(database: Database, library: Library, seed: int = 7) -> Process:
    jobs = JobService(database, owner=f"process {uuid4()}")
    packs = PackService(database, library, OnTheSpot(library))
    return Process(
        jobs,
        packs,
        RoundService(database, packs, jobs),
        TriviaService(database, library, packs, jobs, Random(seed)),
        ChoiceService(database, jobs),
    )


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def right(round_: Round) -> int:
    """The number of the right choice."""
    return round_.question.choices.index(round_.question.answer)


def wrong(round_: Round) -> int:
    """The number of a wrong choice."""
    return (right(round_) + 1) % len(round_.question.choices)


async def start(
    process: Process,
    wish: Wish | None = None,
    *,
    rounds: int = 2,
    seconds: int = 20,
    mode: Mode = Mode.CLASSIC,
    now: datetime = NOON,
    request_id: int = 1,
    channel_id: int = CHANNEL,
    guild_id: int = GUILD,
    starter_id: int = STARTER,
    locale: Language = Language.ENGLISH,
) -> Game:
    started = await process.trivia.start(
        wish or Wish(rounds=rounds, seconds=seconds, mode=mode),
        guild_id=guild_id,
        channel_id=channel_id,
        starter_id=starter_id,
        request_id=request_id,
        locale=locale,
        now=now,
    )
    return started.game


async def rounds_of(database: Database, game: Game) -> Sequence[Round]:
    return await database.read(lambda connection: stored_rounds.list_rounds(connection, game.id))


async def ask(process: Process, round_id: int, now: datetime, message_id: int = 777) -> Asked:
    """Ask a question and show it at once."""
    asked = await process.rounds.ask(round_id, now, timedelta())
    assert asked is not None
    await process.rounds.shown(asked, message_id, now)
    return asked


async def say(process: Process, round_: Round, user_id: int, seconds: float, *, correct: bool = True) -> Label:
    """Say the right or a wrong answer so long after noon."""
    choice = right(round_) if correct else wrong(round_)
    return await process.trivia.guess(round_.id, user_id, choice, after(seconds))


async def close(process: Process, round_id: int, now: datetime) -> Revealed:
    revealed = await process.rounds.close(round_id, now)
    assert revealed is not None
    return revealed


async def standings_of(process: Process, game: Game, now: datetime) -> dict[int, int]:
    """End the game, where it has not ended; the points by member."""
    recap = await process.rounds.finish(game.id, now)
    assert recap is not None
    return {standing.user_id: standing.points for standing in recap.standings}


class Killed(BaseException):
    """The process is gone. It is no Exception, so that nothing can handle it."""


class Press(Enum):
    """What a button does."""

    SAY = "guess"
    SKIP = "skip"
    DOUBLE = "double"
    KEEP = "keep"


@dataclass(order=True)
class Click:
    """A member's press of a button, which Discord delivers again where nobody has answered it."""

    at: datetime
    user_id: int
    round_id: int
    press: Press = field(default=Press.SAY, compare=False)
    choice: int = field(default=0, compare=False)


@dataclass
class Message:
    """A message in the channel. What is sent twice under one nonce is one message."""

    id: int
    nonce: str
    sent_at: datetime
    edits: list[str] = field(default_factory=list)


Members = Callable[[Asked, datetime], Sequence[Click]]
"""What the members press when a question has come at a time."""
AfterReveal = Callable[[Revealed, datetime], Sequence[Click]]
"""What the members press when an answer has come at a time."""


class Channel:
    """The channel, its members, and the process that plays with them.

    Where the process is killed, another one comes after the time `away`.
    """

    def __init__(self, database: Database, library: Library, members: Members, now: datetime = NOON) -> None:
        self.now = now
        self.messages: dict[str, Message] = {}
        self.recaps: list[Recap] = []
        self.points: list[str] = []
        self.refusals: list[UserError] = []
        self.closed: set[int] = set()
        self.away = timedelta()
        self.kills: Callable[[Sequence[str]], bool] = lambda _points: False
        self.after_reveal: AfterReveal = lambda _revealed, _now: []
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
                self.now = max(self.now, until or self.now)
                return
            self.now = max(self.now, following)
            if clicked == following:
                try:
                    await self._press(self._clicks[0])
                except Killed:
                    continue

    async def press(self, click: Click) -> None:
        """Have a click answered.

        Raises:
            UserError: as the services refuse it.
        """
        choices, about = self.process.choices, (click.round_id, click.user_id)
        match click.press:
            case Press.SAY:
                await self.process.trivia.guess(*about, click.choice, click.at)
            case Press.SKIP:
                await choices.skip(*about, click.at, is_manager=False)
            case Press.DOUBLE:
                await choices.double(*about, click.at)
            case Press.KEEP:
                await choices.keep(*about, click.at)

    async def _run_due(self) -> datetime | None:
        due = await self.process.jobs.run_due(lambda: self.now)
        while self._killed:
            self._killed = False
            self.now += self.away
            due = await self.restart().jobs.run_due(lambda: self.now)
        return due

    async def _press(self, click: Click) -> None:
        self._pass("a click")
        try:
            await self.press(click)
        except UserError as refusal:
            self._pass("a refusal")
            self.refusals.append(refusal)
        else:
            self._pass(f"a {click.press.value}")
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
            self._will_click(self._members(asked, message.sent_at))
        self._pass("posted")
        await self.process.rounds.shown(asked, message.id, message.sent_at)
        self._pass("shown")

    async def _reveal(self, job: Job, now: datetime) -> None:
        self._pass("before closing")
        revealed = await self.process.rounds.close(job.subject, now)
        self.closed.add(job.subject)
        self._pass("closed")
        if revealed is None or revealed.round.message_id is None:
            return
        message = self.messages[f"ask-{revealed.round.id}"]
        if not message.edits:
            self._will_click(self.after_reveal(revealed, now))
        message.edits.append(", ".join(f"{entry.guess.user_id}: {entry.points}" for entry in revealed.scored))
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

    def _will_click(self, clicks: Sequence[Click]) -> None:
        for click in clicks:
            heappush(self._clicks, click)

    def _post(self, nonce: str) -> Message:
        return self.messages.setdefault(nonce, Message(len(self.messages) + 1, nonce, self.now))

    def _pass(self, point: str) -> None:
        self.points.append(point)
        if self.kills(self.points):
            self._killed = True
            raise Killed
