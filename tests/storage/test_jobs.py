import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import LEASE, Job
from bot.storage import jobs
from bot.storage.database import Database, open_database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def add(database: Database, subject: int, due_at: datetime = NOON, kind: str = "close") -> None:
    await database.write(lambda connection: jobs.add_job(connection, kind, subject, due_at))


async def claim(database: Database, now: datetime = NOON, *, owner: str = "me", limit: int = 20) -> Sequence[Job]:
    return await database.write(lambda connection: jobs.claim_jobs(connection, owner, now, limit))


async def complete(database: Database, job: Job) -> bool:
    return await database.write(lambda connection: jobs.complete_job(connection, job))


async def postpone(database: Database, job: Job, due_at: datetime) -> None:
    await database.write(lambda connection: jobs.postpone_job(connection, job, due_at))


async def next_due(database: Database) -> datetime | None:
    return await database.read(jobs.next_due)


async def test_a_due_job_is_claimed_with_what_it_is_about(database: Database) -> None:
    await add(database, 7, kind="ask")
    [job] = await claim(database)
    assert (job.kind, job.subject, job.due_at, job.epoch, job.attempts) == ("ask", 7, NOON, 1, 0)


async def test_a_job_is_not_claimed_before_its_time(database: Database) -> None:
    await add(database, 7)
    assert await claim(database, NOON - timedelta(milliseconds=1)) == ()


async def test_a_claimed_job_is_not_given_to_a_second_owner(database: Database) -> None:
    await add(database, 7)
    await claim(database)
    assert await claim(database, NOON + LEASE - SECOND, owner="another") == ()


async def test_a_claimed_job_is_not_given_to_its_owner_again(database: Database) -> None:
    await add(database, 7)
    await claim(database)
    assert await claim(database) == ()


async def test_an_expired_lease_is_claimed_again_with_a_higher_epoch(database: Database) -> None:
    await add(database, 7)
    [first] = await claim(database)
    [second] = await claim(database, NOON + LEASE, owner="another")
    assert (second.id, second.due_at) == (first.id, first.due_at)
    assert second.epoch > first.epoch


async def test_the_earliest_jobs_are_claimed_first_and_no_more_than_asked_for(database: Database) -> None:
    for subject in (3, 1, 2, 5, 4):
        await add(database, subject, NOON + subject * SECOND)
    later = NOON + timedelta(minutes=1)
    assert [job.subject for job in await claim(database, later, limit=3)] == [1, 2, 3]
    assert [job.subject for job in await claim(database, later, limit=3)] == [4, 5]


async def test_a_completed_job_is_gone(database: Database) -> None:
    await add(database, 7)
    [job] = await claim(database)
    assert await complete(database, job)
    assert await claim(database, NOON + 10 * LEASE) == ()
    assert await next_due(database) is None


async def test_an_owner_that_was_too_slow_completes_nothing(database: Database) -> None:
    await add(database, 7)
    [slow] = await claim(database)
    [quick] = await claim(database, NOON + LEASE, owner="another")
    assert not await complete(database, slow)
    assert await complete(database, quick)


async def test_a_job_completes_only_once(database: Database) -> None:
    await add(database, 7)
    [job] = await claim(database)
    assert [await complete(database, job), await complete(database, job)] == [True, False]


async def test_an_owner_that_was_too_slow_postpones_nothing(database: Database) -> None:
    await add(database, 7)
    [slow] = await claim(database)
    await claim(database, NOON + LEASE, owner="another")
    await postpone(database, slow, NOON)
    assert await claim(database, NOON + LEASE) == ()


async def test_adding_a_job_again_moves_it(database: Database) -> None:
    await add(database, 7, NOON)
    await add(database, 7, NOON + 5 * SECOND)
    assert await claim(database, NOON) == ()
    assert [job.due_at for job in await claim(database, NOON + 5 * SECOND)] == [NOON + 5 * SECOND]


async def test_jobs_of_another_kind_or_subject_are_jobs_of_their_own(database: Database) -> None:
    await add(database, 7, kind="ask")
    await add(database, 7, kind="close")
    await add(database, 8, kind="close")
    assert [(job.kind, job.subject) for job in await claim(database)] == [("ask", 7), ("close", 7), ("close", 8)]


async def test_a_job_added_again_while_it_is_being_done_outlives_the_completion(database: Database) -> None:
    await add(database, 7)
    [old] = await claim(database)
    await add(database, 7, NOON + SECOND)
    assert not await complete(database, old)
    assert [job.subject for job in await claim(database, NOON + SECOND)] == [7]


async def test_a_postponed_job_is_free_at_its_new_time_and_counts_its_failures(database: Database) -> None:
    await add(database, 7)
    for failures in range(1, 4):
        [job] = await claim(database, NOON + (failures - 1) * SECOND)
        await postpone(database, job, NOON + failures * SECOND)
    assert await claim(database, NOON + 2 * SECOND) == ()
    assert [job.attempts for job in await claim(database, NOON + 3 * SECOND)] == [3]


async def test_adding_a_job_again_forgets_its_failures(database: Database) -> None:
    await add(database, 7)
    [job] = await claim(database)
    await postpone(database, job, NOON + SECOND)
    await add(database, 7)
    assert [job.attempts for job in await claim(database)] == [0]


async def test_removing_forgets_the_named_kinds_of_one_subject(database: Database) -> None:
    for kind, subject in (("ask", 7), ("close", 7), ("finish", 7), ("ask", 8)):
        await add(database, subject, kind=kind)
    await database.write(lambda connection: jobs.remove_jobs(connection, ["ask", "close"], 7))
    assert [(job.kind, job.subject) for job in await claim(database)] == [("finish", 7), ("ask", 8)]


async def test_with_no_job_nothing_is_due(database: Database) -> None:
    assert await next_due(database) is None


async def test_the_next_look_is_at_the_earliest_free_job(database: Database) -> None:
    await add(database, 1, NOON + 9 * SECOND)
    await add(database, 2, NOON + 4 * SECOND)
    assert await next_due(database) == NOON + 4 * SECOND


async def test_the_next_look_at_a_held_job_is_when_its_lease_runs_out(database: Database) -> None:
    await add(database, 1, NOON)
    await claim(database)
    assert await next_due(database) == NOON + LEASE


async def test_the_next_look_is_at_whichever_comes_first_of_free_and_held(database: Database) -> None:
    await add(database, 1, NOON)
    await claim(database)
    await add(database, 2, NOON + 2 * LEASE)
    assert await next_due(database) == NOON + LEASE
    await add(database, 3, NOON + SECOND)
    assert await next_due(database) == NOON + SECOND


async def test_two_processes_that_claim_at_once_share_the_jobs_and_claim_none_twice(
    database: Database, address: str
) -> None:
    for subject in range(30):
        await add(database, subject)
    async with open_database(address) as another:
        claimed = await asyncio.gather(
            *(claim(each, limit=4, owner=name) for each, name in ((database, "me"), (another, "another")) * 5)
        )
    subjects = [job.subject for jobs_of_one in claimed for job in jobs_of_one]
    assert len(subjects) == len(set(subjects))
    rest = await claim(database, limit=30)
    assert sorted([*subjects, *(job.subject for job in rest)]) == list(range(30))


@pytest.mark.parametrize("engine_name", ["postgresql"])  # SQLite has one writer, who is waited for
async def test_a_claim_does_not_wait_for_another_one_that_is_under_way(database: Database, address: str) -> None:
    await add(database, 1)
    await add(database, 2)
    claimed, finish = asyncio.Event(), asyncio.Event()

    async def claim_slowly(connection: AsyncConnection) -> None:
        await jobs.claim_jobs(connection, "slow", NOON, 1)
        claimed.set()
        await finish.wait()

    claiming = asyncio.create_task(database.write(claim_slowly))
    await claimed.wait()
    try:
        async with open_database(address) as another, asyncio.timeout(5):
            assert [job.subject for job in await claim(another)] == [2]
    finally:
        finish.set()
        await claiming


async def test_an_owner_that_stops_gives_back_its_own_jobs_alone(database: Database) -> None:
    await add(database, 1)
    await claim(database, owner="me")
    await add(database, 2)
    await claim(database, owner="another")
    await database.write(lambda connection: jobs.release_jobs(connection, "me"))
    assert [job.subject for job in await claim(database, owner="the next")] == [1]
