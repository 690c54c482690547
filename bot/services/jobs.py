"""Runs things that happen later. The rows are the truth; whoever waits here only waits for the nearest of them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import LONGEST_RUN, MOST_ATTEMPTS, Job, retry_at
from bot.storage import jobs
from bot.storage.database import Database

log = logging.getLogger(__name__)

Handler = Callable[[Job, datetime], Awaitable[None]]
Clock = Callable[[], datetime]
MOST_AT_ONCE = 50
"""Jobs under way in one process; the others wait in their rows."""


class JobService:
    """Claims due jobs, has each done in a task of its own, completes them; what fails is tried again later.

    `owner` names this process among those that share the database.
    """

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner
        self._handlers: dict[str, tuple[Handler, Handler | None]] = {}
        self._wake: Callable[[], None] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._pools: dict[str, int] = {}
        self._under_way: Counter[str] = Counter()

    def on(self, kind: str, handler: Handler, give_up: Handler | None = None, most: int | None = None) -> None:
        """Have jobs of `kind` done by `handler`, which gets the job and the time, and must bear being called twice.

        `give_up` is called instead where a job has failed `MOST_ATTEMPTS` times. Of a kind that waits for strangers at
        `most` so many are under way in this process, so that they hold up no other kind.
        """
        self._handlers[kind] = (handler, give_up)
        if most is not None:
            self._pools[kind] = most

    def on_change(self, wake: Callable[[], None]) -> None:
        """Have `wake` called whenever a job was added."""
        self._wake = wake

    def changed(self) -> None:
        """Say, after the transaction, that a job was added or moved."""
        if self._wake is not None:
            self._wake()

    async def again(self, job: Job, now: datetime) -> None:
        """Have a job that takes longer than one run may go on at once, in another run."""
        await self._database.write(lambda connection: jobs.add_job(connection, job.kind, job.subject, now))
        self.changed()

    async def start_due(self, clock: Clock) -> datetime | None:
        """Start everything that is due by `clock`; return when to come back, None where nothing is waiting.

        A job that takes long, because Discord makes it wait, holds up no other.
        """
        await self._start(clock)
        full = [kind for kind in self._pools if self._is_full(kind)]  # they are looked at when there is room again
        return await self._database.read(lambda connection: jobs.next_due(connection, full))

    async def run_due(self, clock: Clock) -> datetime | None:
        """Do everything that is due by `clock`, and what becomes due by it; return when to come back."""
        while await self._start(clock) or self._running:
            if self._running:
                await asyncio.wait(self._running)
        return await self._database.read(jobs.next_due)

    async def close(self, patience: float = 3.0) -> None:
        """Wait `patience` seconds for what is running, then stop it and give back what this process holds."""
        if self._running:
            await asyncio.wait(self._running, timeout=patience)
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        try:
            await self._database.write(lambda connection: jobs.release_jobs(connection, self._owner))
        except Exception as error:  # the leases run out by themselves
            log.warning("What this process holds could not be given back: %s", error)

    async def _start(self, clock: Clock) -> bool:
        started = False
        while len(self._running) < MOST_AT_ONCE and (claimed := await self._claim(clock())):
            started = True
            for job in claimed:
                task = asyncio.create_task(self._run(job, clock), name=f"job {job.kind} {job.subject}")
                self._running.add(task)
                self._under_way[job.kind] += 1
                task.add_done_callback(partial(self._done, job.kind))
        return started

    def _done(self, kind: str, task: asyncio.Task[None]) -> None:
        full = len(self._running) >= MOST_AT_ONCE or self._is_full(kind)
        self._running.discard(task)
        self._under_way[kind] -= 1
        if full:
            self.changed()

    def _is_full(self, kind: str) -> bool:
        return kind in self._pools and self._under_way[kind] >= self._pools[kind]

    async def _claim(self, now: datetime) -> list[Job]:
        async def work(connection: AsyncConnection) -> list[Job]:
            claimed = list(await jobs.claim_jobs(connection, self._owner, now, without=self._pools))
            for kind, most in self._pools.items():
                if (room := most - self._under_way[kind]) > 0:
                    claimed += await jobs.claim_jobs(connection, self._owner, now, room, kind=kind)
            return claimed

        return await self._database.write(work)

    async def _run(self, job: Job, clock: Clock) -> None:
        handler, give_up = self._handlers.get(job.kind, (_unknown, _unknown))
        try:
            async with asyncio.timeout(LONGEST_RUN.total_seconds()):
                if job.attempts < MOST_ATTEMPTS:
                    await handler(job, clock())
                    return await self._complete(job)
                log.error("Job %s of %s is given up", job.kind, job.subject)
                if give_up is not None:
                    await give_up(job, clock())
                return await self._complete(job)
        except Exception:
            later = retry_at(clock(), job.attempts)
            log.exception("Job %s of %s failed for the %d. time", job.kind, job.subject, job.attempts + 1)
            await self._database.write(lambda connection: jobs.postpone_job(connection, job, later))
            self.changed()

    async def _complete(self, job: Job) -> None:
        await self._database.write(lambda connection: jobs.complete_job(connection, job))


async def _unknown(job: Job, _now: datetime) -> None:
    raise LookupError(f"nobody does jobs of kind {job.kind}")
