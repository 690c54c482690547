import asyncio
import logging
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from bot.domain.jobs import FIRST_RETRY, LEASE, LONGEST_RETRY, MOST_ATTEMPTS, Job
from bot.services.jobs import JobService
from bot.storage import jobs
from bot.storage.database import Database, open_database
from tests.services.play import NOON, after

MINUTE = timedelta(minutes=1)


class Diary:
    """Handles jobs by noting them; `faults` makes the next ones fail."""

    def __init__(self) -> None:
        self.done: list[tuple[int, datetime]] = []
        self.faults: list[Exception] = []
        self.written = asyncio.Event()

    async def handle(self, job: Job, now: datetime) -> None:
        if self.faults:
            raise self.faults.pop()
        self.done.append((job.subject, now))
        self.written.set()

    @property
    def subjects(self) -> list[int]:
        return [subject for subject, _ in self.done]


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def service(database: Database, diary: Diary) -> JobService:
    made = JobService(database, owner="me")
    made.on("note", diary.handle)
    return made


@pytest_asyncio.fixture
async def another(address: str, diary: Diary) -> AsyncGenerator[JobService]:
    """The same in a second process."""
    async with open_database(address) as opened:
        made = JobService(opened, owner="another")
        made.on("note", diary.handle)
        yield made


async def add(database: Database, subject: int, due_at: datetime = NOON, kind: str = "note") -> None:
    await database.write(lambda connection: jobs.add_job(connection, kind, subject, due_at))


async def run(service: JobService, now: datetime = NOON) -> datetime | None:
    return await service.run_due(lambda: now)


async def test_with_nothing_to_do_there_is_no_time_to_come_back(service: JobService) -> None:
    assert await run(service) is None


async def test_what_is_due_is_done_once(service: JobService, database: Database, diary: Diary) -> None:
    await add(database, 7)
    assert await run(service, after(2)) is None
    assert await run(service, after(3)) is None
    assert diary.done == [(7, after(2))]


async def test_what_is_not_due_is_told_as_the_time_to_come_back(
    service: JobService, database: Database, diary: Diary
) -> None:
    await add(database, 7, after(30))
    assert await run(service, after(29)) == after(30)
    assert diary.done == []


async def test_jobs_that_are_due_at_once_are_begun_in_the_order_of_their_times(
    service: JobService, database: Database, diary: Diary
) -> None:
    for subject, seconds in ((1, 5), (2, 3), (3, 4), (4, 3)):
        await add(database, subject, after(seconds))
    await run(service, after(9))
    assert diary.subjects == [2, 4, 3, 1]


async def test_jobs_that_are_due_at_once_do_not_wait_for_each_other(service: JobService, database: Database) -> None:
    both_begun = asyncio.Barrier(2)

    async def meet(_job: Job, _now: datetime) -> None:
        await both_begun.wait()

    service.on("meet", meet)
    await add(database, 1, kind="meet")
    await add(database, 2, kind="meet")
    async with asyncio.timeout(5):
        assert await run(service) is None


async def test_more_jobs_than_one_claim_takes_are_all_done(
    service: JobService, database: Database, diary: Diary
) -> None:
    for subject in range(45):
        await add(database, subject)
    assert await run(service) is None
    assert sorted(diary.subjects) == list(range(45))


async def test_a_job_that_another_one_adds_is_done_in_the_same_run(
    service: JobService, database: Database, diary: Diary
) -> None:
    async def chain(job: Job, now: datetime) -> None:
        await add(database, job.subject + 1, now)

    service.on("chain", chain)
    await add(database, 7, kind="chain")
    assert await run(service) is None
    assert diary.subjects == [8]


async def test_a_job_that_is_added_again_by_its_own_handler_is_done_again_at_its_new_time(
    service: JobService, database: Database
) -> None:
    done: list[datetime] = []

    async def again(job: Job, now: datetime) -> None:
        done.append(now)
        if len(done) == 1:
            await add(database, job.subject, now + MINUTE, kind="again")

    service.on("again", again)
    await add(database, 7, kind="again")
    assert await run(service) == NOON + MINUTE
    assert await run(service, NOON + MINUTE) is None
    assert done == [NOON, NOON + MINUTE]


async def test_a_job_that_takes_longer_than_one_run_goes_on_in_the_next(
    database: Database, service: JobService, diary: Diary
) -> None:
    async def half(job: Job, now: datetime) -> None:
        await diary.handle(job, now)
        if len(diary.done) < 2:
            await service.again(job, now)

    service.on("note", half)
    await add(database, 1)
    assert await service.run_due(lambda: NOON) is None
    assert diary.subjects == [1, 1]


async def test_a_job_that_fails_is_tried_again_later_and_later_until_it_works(
    service: JobService, database: Database, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    diary.faults = [RuntimeError("Discord is down")] * 7
    await add(database, 7)
    now, waits = NOON, list[timedelta]()
    with caplog.at_level(logging.ERROR):
        while (later := await run(service, now)) is not None:
            waits.append(later - now)
            now = later
    assert waits == [min(FIRST_RETRY * 2**failures, LONGEST_RETRY) for failures in range(7)]
    assert diary.done == [(7, now)]
    assert [record.message for record in caplog.records][:2] == [
        "Job note of 7 failed for the 1. time",
        "Job note of 7 failed for the 2. time",
    ]


async def test_a_job_that_fails_again_and_again_is_given_up_and_gone(service: JobService, database: Database) -> None:
    given_up: list[int] = []

    async def fail(job: Job, now: datetime) -> None:
        raise RuntimeError("never")

    async def give_up(job: Job, now: datetime) -> None:
        given_up.append(job.subject)

    service.on("hopeless", fail, give_up)
    service.on("hopeless too", fail)
    await add(database, 7, kind="hopeless")
    await add(database, 8, kind="hopeless too")
    now, tries = NOON, 0
    while (later := await run(service, now)) is not None:
        now, tries = later, tries + 1
    assert (given_up, tries) == ([7], MOST_ATTEMPTS)


async def test_a_job_that_takes_long_holds_up_no_other(service: JobService, database: Database, diary: Diary) -> None:
    go_on = asyncio.Event()

    async def wait(job: Job, now: datetime) -> None:
        await go_on.wait()

    service.on("slow", wait)
    await add(database, 1, kind="slow")
    await add(database, 2)
    await service.start_due(lambda: NOON)
    await asyncio.wait_for(diary.written.wait(), timeout=5)
    assert diary.subjects == [2]
    go_on.set()
    assert await run(service) is None


async def test_who_stops_gives_back_what_it_holds(service: JobService, database: Database) -> None:
    async def wait(job: Job, now: datetime) -> None:
        await asyncio.Event().wait()

    service.on("slow", wait)
    await add(database, 1, kind="slow")
    await service.start_due(lambda: NOON)
    await service.close(patience=0.01)
    [job] = await database.write(lambda connection: jobs.claim_jobs(connection, "next", NOON))
    assert job.subject == 1


async def test_a_job_that_fails_does_not_keep_the_others_from_being_done(
    service: JobService, database: Database, diary: Diary
) -> None:
    diary.faults = [RuntimeError("Discord is down")]
    for subject in (1, 2, 3):
        await add(database, subject)
    assert await run(service) == NOON + FIRST_RETRY
    assert diary.subjects == [2, 3]


async def test_a_job_of_a_kind_that_nobody_handles_is_kept_for_later(service: JobService, database: Database) -> None:
    await add(database, 7, kind="from a newer Adlib")
    assert await run(service) == NOON + FIRST_RETRY


async def test_a_job_that_a_dead_process_held_is_done_when_its_lease_has_run_out(
    service: JobService, database: Database, diary: Diary
) -> None:
    await add(database, 7)
    await database.write(lambda connection: jobs.claim_jobs(connection, "the dead", NOON))
    assert await run(service, after(1)) == NOON + LEASE
    assert await run(service, NOON + LEASE) is None
    assert diary.done == [(7, NOON + LEASE)]


async def test_two_processes_do_every_job_once(
    service: JobService, another: JobService, database: Database, diary: Diary
) -> None:
    for subject in range(50):
        await add(database, subject)
    await asyncio.gather(run(service), run(another))
    assert sorted(diary.subjects) == list(range(50))


async def test_a_change_wakes_whoever_asked_for_it(service: JobService) -> None:
    woken: list[str] = []
    service.changed()
    service.on_change(lambda: woken.append("now"))
    service.changed()
    assert woken == ["now"]


async def test_who_stops_while_the_database_is_away_stops_all_the_same(
    service: JobService, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_work: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(database, "write", away)
    await service.close()
    assert "could not be given back: the disk is gone" in caplog.text
