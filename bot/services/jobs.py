"""Runs things that happen later. The rows are the truth; whoever waits here only waits for the nearest of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.domain.jobs import Job, retry_at
from bot.storage import jobs
from bot.storage.database import Database

log = logging.getLogger(__name__)

Handler = Callable[[Job, datetime], Awaitable[None]]
Clock = Callable[[], datetime]


class JobService:
    """Claims due jobs, has them done, completes them; what fails is tried again later.

    `owner` names this process among those that share the database.
    """

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner
        self._handlers: dict[str, Handler] = {}
        self._wake: Callable[[], None] | None = None

    def on(self, kind: str, handler: Handler) -> None:
        """Have jobs of `kind` done by `handler`, which gets the job and the time, and must bear being called twice."""
        self._handlers[kind] = handler

    def on_change(self, wake: Callable[[], None]) -> None:
        """Have `wake` called whenever a job was added."""
        self._wake = wake

    def changed(self) -> None:
        """Say, after the transaction, that a job was added or moved."""
        if self._wake is not None:
            self._wake()

    async def run_due(self, clock: Clock) -> datetime | None:
        """Do everything that is due by `clock`; return when to come back, None where nothing is waiting."""
        while claimed := await self._claim(clock()):
            await asyncio.gather(*(self._run(job, clock) for job in claimed))
        return await self._database.read(jobs.next_due)

    async def _claim(self, now: datetime) -> list[Job]:
        return list(await self._database.write(lambda connection: jobs.claim_jobs(connection, self._owner, now)))

    async def _run(self, job: Job, clock: Clock) -> None:
        try:
            await self._handlers[job.kind](job, clock())
        except Exception:
            later = retry_at(clock(), job.attempts)
            log.exception("Job %s of %s failed for the %d. time", job.kind, job.subject, job.attempts + 1)
            await self._database.write(lambda connection: jobs.postpone_job(connection, job, later))
        else:
            await self._database.write(lambda connection: jobs.complete_job(connection, job))
