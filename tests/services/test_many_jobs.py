import asyncio
from datetime import datetime

from bot.domain.jobs import Job
from bot.services.jobs import MOST_AT_ONCE, JobService
from bot.storage import jobs
from bot.storage.database import Database
from tests.services.play import NOON


async def test_of_many_jobs_some_wait_in_their_rows_until_there_is_room_and_all_are_done_once(
    database: Database,
) -> None:
    begun, woken = list[int](), list[str]()
    go_on = asyncio.Event()

    async def wait(job: Job, _now: datetime) -> None:
        begun.append(job.subject)
        await go_on.wait()

    service = JobService(database, owner="me")
    service.on("slow", wait)
    service.on_change(lambda: woken.append("now"))
    for subject in range(2 * MOST_AT_ONCE):
        await database.write(lambda connection, subject=subject: jobs.add_job(connection, "slow", subject, NOON))
    await service.start_due(lambda: NOON)
    assert MOST_AT_ONCE <= len(begun) < 2 * MOST_AT_ONCE
    assert woken == []
    go_on.set()
    assert await service.run_due(lambda: NOON) is None
    assert sorted(begun) == list(range(2 * MOST_AT_ONCE))
    assert woken != []
