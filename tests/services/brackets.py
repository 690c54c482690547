"""A channel without Discord in which brackets are played as the bot plays them, with a clock that the test turns.

The process can be killed at every point between two calls of a service; a new one goes on with the same database.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from bot.domain.bracket import Bracket, BracketWish, Seeding
from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.domain.polls import Poll, Secrecy
from bot.domain.texts import Language
from bot.errors import PollClosed, SameVote, UserError
from bot.services.brackets import STEP, BracketService
from bot.services.closing import CLOSE, FORGET, SWEEP, ClosingService
from bot.services.couples import CoupleService
from bot.services.jobs import JobService
from bot.services.nominations import NominationService
from bot.services.ships import ShipService, Vote
from bot.storage.database import Database
from tests.services.play import CHANNEL, GUILD, NOON, STARTER, Killed

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CREATOR = STARTER
STRANGER = 901000000000000777
COUPLES = ("Ada ♥ Ben", "Cleo ♥ Dan", "Eve ♥ Finn", "Gwen ♥ Hugo", "Ivy ♥ Jack", "Kate ♥ Liam")


@dataclass(frozen=True)
class Process:
    """What of a running Adlib takes part in a bracket."""

    jobs: JobService
    brackets: BracketService
    nominations: NominationService
    ships: ShipService
    closing: ClosingService
    couples: CoupleService


def process_on(database: Database, library: Library, seed: int = 7, couples: CoupleService | None = None) -> Process:
    """A process that has just started; `couples` are those of another one, as it takes a moment to index them."""
    jobs, couples = JobService(database, owner=f"process {uuid4()}"), couples or CoupleService(database, library)
    return Process(
        jobs,
        BracketService(database, library, couples, jobs, Random(seed), shortest=5 * MINUTE),
        NominationService(database, couples),
        ShipService(database, couples, jobs, shortest=5 * MINUTE),
        ClosingService(database, jobs),
        couples,
    )


def wish(
    *,
    name: str = "World cup",
    size: int = 16,
    nominations: timedelta | None = DAY,
    matchup_time: timedelta = HOUR,
    seeding: Seeding = Seeding.NOMINATIONS,
    secrecy: Secrecy = Secrecy.ANONYMOUS,
    voter_role_id: int | None = None,
) -> BracketWish:
    return BracketWish(name, size, nominations, matchup_time, seeding, secrecy, voter_role_id)


async def start(
    process: Process,
    wanted: BracketWish | None = None,
    *,
    channel_id: int = CHANNEL,
    request_id: int = 1,
    locale: Language = Language.ENGLISH,
    roles: frozenset[int] = frozenset(),
    is_manager: bool = False,
    now: datetime = NOON,
) -> Bracket:
    return await process.brackets.start(
        wanted or wish(),
        guild_id=GUILD,
        channel_id=channel_id,
        creator_id=CREATOR,
        request_id=request_id,
        locale=locale,
        roles=roles,
        is_manager=is_manager,
        now=now,
    )


async def nominate(process: Process, bracket: Bracket, user_id: int, text: str, now: datetime = NOON) -> Bracket:
    """Have a member nominate a couple who has no role but the one that takes part, if there is one."""
    roles = frozenset({bracket.voter_role_id or 0})
    after, _ = await process.nominations.nominate(bracket.id, user_id, text, roles=roles, now=now)
    return after


async def playing(
    process: Process, couples: int = 4, wanted: BracketWish | None = None, *, channel_id: int = CHANNEL
) -> Bracket:
    """A bracket of so many typed couples, begun at noon; couple 1 is seed 1. Its first matchup is not shown yet."""
    bracket = await start(process, wanted, channel_id=channel_id, request_id=channel_id)
    for place, text in enumerate(COUPLES[:couples]):
        for voice in range(couples - place):
            await nominate(process, bracket, 1 + 10 * place + voice, text)
    return await process.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON)


async def current(process: Process, bracket: Bracket) -> Poll:
    """The poll of the matchup that is on."""
    poll = await process.brackets.matchup_poll(bracket.id)
    assert poll is not None
    return poll


async def reopen(
    process: Process, bracket: Bracket, user_id: int = CREATOR, *, is_manager: bool = False, now: datetime
) -> Bracket:
    """Have the matchup voted on anew that was decided last; of poll 0 where none was."""
    decided = await process.brackets.polls(bracket.id)
    last = decided[-1].id if decided else 0
    return await process.brackets.reopen(bracket.id, last, user_id, is_manager=is_manager, now=now)


async def show(process: Process, bracket: Bracket, now: datetime, message_id: int = 777) -> Poll:
    """Show the matchup that is on; return its poll."""
    poll = await current(process, bracket)
    await process.brackets.matchup_shown(poll.id, bracket.channel_id, message_id, now)
    return await current(process, bracket)


async def vote(process: Process, poll: Poll, user_id: int, option: int, at: datetime) -> None:
    await process.ships.vote(Vote(poll.id, user_id, at, option, guild_id=poll.guild_id))


async def decided(process: Process, bracket: Bracket, option: int, now: datetime) -> Bracket:
    """Show the matchup that is on, have one vote given in it, and decide it an hour later."""
    poll = await show(process, bracket, now)
    await vote(process, poll, 1, option, now)
    after = await process.brackets.step(bracket.id, now + HOUR + MINUTE)
    assert after is not None
    return after


async def together(*acts: Any) -> Sequence[Any]:
    """Do all at once, in ten seconds; what came back or was refused, in order."""
    async with asyncio.timeout(10):
        results = await asyncio.gather(*acts, return_exceptions=True)
    faults = [result for result in results if isinstance(result, BaseException) and not isinstance(result, UserError)]
    assert faults == []
    return results


def told(results: Sequence[Any]) -> Counter[str]:
    """How often each refusal was told, and how often none ("")."""
    return Counter(type(result).__name__ if isinstance(result, UserError) else "" for result in results)


Voters = Callable[[Poll], Sequence[tuple[int, int]]]
"""Who votes in a matchup, and for which option."""


class Hall:
    """The channel, its voters, and the process that runs the bracket. What is posted twice under one nonce is one."""

    def __init__(self, process: Process, restarted: Callable[[], Process], voters: Voters) -> None:
        self.now = NOON
        self.posted: dict[str, int] = {}
        self.points: list[str] = []
        self.kills: Callable[[Sequence[str]], bool] = lambda _points: False
        self.process = process
        self._restarted = restarted
        self._voters = voters
        self._clicks: list[tuple[datetime, int, int, int]] = []
        self._killed = False
        self.restarts = 0
        self._listen()

    def restart(self) -> None:
        """Go on with a new process on the same database."""
        self._killed = False
        self.restarts += 1
        self.process = self._restarted()
        self._listen()

    def _listen(self) -> None:
        self.process.jobs.on(STEP, self._play)
        self.process.jobs.on(CLOSE, self._redraw)
        self.process.jobs.on(FORGET, self._forget)
        self.process.jobs.on(SWEEP, self._sweep)

    async def play(self, until: datetime | None = None) -> None:
        """Let time run until nothing is left to happen, or `until`."""
        while True:
            due = await self._run_due()
            clicked = self._clicks[0][0] if self._clicks else None
            following = min((moment for moment in (due, clicked) if moment is not None), default=None)
            if following is None or (until is not None and following > until):
                self.now = max(self.now, until or self.now)
                return
            self.now = max(self.now, following)
            if clicked == following:
                try:
                    await self._click()
                except Killed:
                    self.restart()

    async def _run_due(self) -> datetime | None:
        due = await self.process.jobs.run_due(lambda: self.now)
        while self._killed:
            self.restart()
            due = await self.process.jobs.run_due(lambda: self.now)
        return due

    async def _play(self, job: Job, now: datetime) -> None:
        self._pass("before the step")
        await self.process.brackets.step(job.subject, now)
        self._pass("stepped")
        bracket = await self.process.brackets.get(job.subject)
        if bracket.complete > bracket.pictured:
            self._post(f"bracket-{bracket.id}-r{bracket.complete}")
            self._pass("picture posted")
            await self.process.brackets.pictured(bracket.id, bracket.complete)
            self._pass("picture noted")
        poll = await self.process.brackets.matchup_poll(bracket.id)
        if poll is not None and poll.message_id is None and poll.paused_at is None:
            is_new = f"match-{poll.id}" not in self.posted
            message_id = self._post(f"match-{poll.id}")
            if is_new:
                self._clicks += [(self.now + MINUTE, poll.id, *ballot) for ballot in self._voters(poll)]
            self._pass("matchup posted")
            await self.process.brackets.matchup_shown(poll.id, bracket.channel_id, message_id, self.now)
            self._pass("matchup noted")

    async def _redraw(self, job: Job, now: datetime) -> None:
        await self.process.closing.close(job.subject, now)
        self._pass("redrawn")

    async def _forget(self, job: Job, now: datetime) -> None:
        await self.process.closing.forget(job.subject, now)
        self._pass("forgotten")

    async def _sweep(self, _job: Job, _now: datetime) -> None:
        await self.process.closing.sweep()

    async def _click(self) -> None:
        at, poll_id, user_id, option = self._clicks[0]
        poll = await self.process.ships.find(poll_id)
        if poll is not None and poll.message_id is None:
            await self.process.brackets.matchup_shown(poll_id, poll.channel_id, self.posted[f"match-{poll_id}"], at)
            self._pass("matchup noted by a vote")
        try:
            await self.process.ships.vote(Vote(poll_id, user_id, at, option, guild_id=GUILD))
            self._pass("voted")
        except (SameVote, PollClosed):
            self._pass("refused")
        self._clicks.pop(0)

    def _post(self, nonce: str) -> int:
        return self.posted.setdefault(nonce, len(self.posted) + 1)

    def _pass(self, point: str) -> None:
        self.points.append(point)
        if self.kills(self.points):
            self._killed = True
            raise Killed
