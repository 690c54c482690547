"""After the close of a secret poll nobody who has the database can tell who voted for what."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing as closing_file
from pathlib import Path
from random import Random
from struct import pack

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library import Library
from bot.domain.polls import Poll, Secrecy
from bot.services import closing
from bot.services.closing import FORGET, FORGOTTEN_AT_ONCE
from bot.storage import ballots
from bot.storage.database import open_database
from bot.storage.schema import metadata
from bot.storage.ship_tables import ballot
from tests.services.play import GUILD, NOON, STARTER, after
from tests.services.voting import HOUR, NOTHING, Booth, booth_on, open_poll
from tests.storage.engines import ENGINES

SECRET = pytest.mark.parametrize("secrecy", [Secrecy.ANONYMOUS, Secrecy.HIDDEN])
EITHER = pytest.mark.parametrize("engine_name", ENGINES)


def strangers(count: int, seed: int = 1) -> Sequence[int]:
    """Ids of members who stand nowhere else, in the order in which they vote."""
    return Random(seed).sample(range(10**17, 10**18), count)


async def cast(booth: Booth, poll: Poll, voters: Sequence[int], at_once: int = 1_000) -> None:
    """Store ballots some at a time, without their tally."""
    for start in range(0, len(voters), at_once):
        part = {(poll.id, user_id): frozenset({user_id % 3}) for user_id in voters[start : start + at_once]}
        await booth.database.write(
            lambda connection, new=part: ballots.change_ballots(connection, dict.fromkeys(new, NOTHING), new)
        )


async def in_rows(booth: Booth, members: Sequence[int]) -> int:
    """How many of the members stand in any row of any table."""

    async def work(connection: AsyncConnection) -> set[object]:
        found: set[object] = set()
        for table in metadata.sorted_tables:
            for row in await connection.execute(select(table)):
                found.update(row)
        return found

    stored = await booth.database.read(work)
    return sum(user_id in stored or str(user_id) in stored for user_id in members)


def in_files(address: str, members: Sequence[int]) -> dict[str, int]:
    """How many of the members are found in the bytes of each file of a database of SQLite."""
    path = Path(make_url(address).database or "")
    found: dict[str, int] = {}
    for file in path.parent.glob(f"{path.name}*"):
        content = file.read_bytes()
        found[file.name.removeprefix(path.name)] = sum(pack(">q", user_id) in content for user_id in members)
    return found


async def left_of(connection: AsyncConnection, poll_id: int) -> int:
    """How many ballots of a poll are still stored."""
    counted = await connection.scalar(select(func.count()).select_from(ballot).where(ballot.c.poll_id == poll_id))
    return counted or 0


@EITHER
@SECRET
async def test_after_the_close_no_row_names_a_voter_and_the_tally_stands(booth: Booth, secrecy: Secrecy) -> None:
    poll, voters = await open_poll(booth, secrecy, choices=2), strangers(40)
    for user_id in voters:
        await booth.choose(poll, user_id, user_id % 3, (user_id + 1) % 3)
    closed = await booth.close(poll)
    assert await in_rows(booth, voters) == 40
    await booth.forget(poll)
    assert await in_rows(booth, voters) == 0
    assert await booth.find(poll) == closed
    assert (closed.voters, closed.votes) == (40, 80)


@EITHER
async def test_a_public_poll_keeps_its_ballots_and_an_open_one_too(booth: Booth) -> None:
    public, still_open = await open_poll(booth, Secrecy.PUBLIC), await open_poll(booth)
    voters = strangers(20)
    for user_id in voters:
        await booth.vote(public, user_id, user_id % 3)
        await booth.vote(still_open, user_id, user_id % 3)
    closed = await booth.close(public)
    for poll in (public, still_open):
        await booth.forget(poll)
    assert dict(await booth.ships.all_voters(closed)) == {user_id: (user_id % 3,) for user_id in voters}
    assert (await booth.ships.ballot(still_open.id, voters[0], guild_id=still_open.guild_id)).mine == {voters[0] % 3}


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_files_of_the_database_hold_no_trace_of_who_voted_beside_the_votes_of_other_polls(
    booth: Booth, address: str, seed: int
) -> None:
    secret, others = await open_poll(booth), [await open_poll(booth, Secrecy.PUBLIC) for _ in range(4)]
    members = strangers(6_000, seed)
    voters, elsewhere = members[:2_000], members[2_000:]
    votes = [(secret.id, user_id) for user_id in voters]
    votes += [(poll.id, user_id) for number, poll in enumerate(others) for user_id in elsewhere[number::4]]
    Random(seed).shuffle(votes)  # so that the pages are shared, and split again and again
    for start in range(0, len(votes), 50):
        part = {key: frozenset({key[1] % 3}) for key in votes[start : start + 50]}
        await booth.database.write(
            lambda connection, new=part: ballots.change_ballots(connection, dict.fromkeys(new, NOTHING), new)
        )
    await booth.close(secret)
    assert max(in_files(address, voters).values()) == len(voters)
    await booth.forget(secret)
    assert set(in_files(address, voters).values()) == {0}
    assert in_files(address, elsewhere)[""] == len(elsewhere)


async def test_the_files_hold_no_trace_of_votes_that_were_changed_or_taken_back(booth: Booth, address: str) -> None:
    poll, voters = await open_poll(booth), strangers(300)
    for user_id in voters:
        await booth.vote(poll, user_id, 0)
    for user_id in voters[::2]:
        await booth.vote(poll, user_id, 1)
    for user_id in voters[::3]:
        await booth.choose(poll, user_id)
    assert max(in_files(address, voters).values()) == len(voters)
    await booth.close(poll)
    await booth.forget(poll)
    assert set(in_files(address, voters).values()) == {0}


async def test_somebody_who_reads_the_database_meanwhile_holds_up_the_sweep_and_no_vote(
    booth: Booth, address: str
) -> None:
    poll, still_open, voters = await open_poll(booth), await open_poll(booth), strangers(200)
    for user_id in voters:
        await booth.vote(poll, user_id, 0)
    await booth.close(poll)
    with closing_file(sqlite3.connect(make_url(address).database or "", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT COUNT(*) FROM ballot").fetchone() == (200,)
        begun = time.perf_counter()
        forgetting = asyncio.create_task(booth.forget(poll))
        while not forgetting.done():
            await booth.vote(still_open, STARTER, int(time.perf_counter() * 1000) % 2, NOON)
            await booth.choose(still_open, STARTER)
        with pytest.raises(TimeoutError):
            await forgetting
        assert time.perf_counter() - begun < 3  # SQLite would wait for five seconds, and everybody with it
    assert await in_rows(booth, voters) == 0
    assert max(in_files(address, voters).values()) > 0
    await booth.forget(poll)  # as the job does when it is tried again
    assert set(in_files(address, voters).values()) == {0}


@EITHER
async def test_the_ballots_of_a_large_poll_are_forgotten_in_several_steps_and_a_vote_gets_in_between(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "FORGOTTEN_AT_ONCE", 400)
    large, small = await open_poll(booth), await open_poll(booth)
    voters = strangers(12_000)
    await cast(booth, large, voters)
    await booth.close(large)
    forgetting = asyncio.create_task(booth.forget(large))
    left, slowest = list[int](), 0.0
    while not forgetting.done():
        begun = time.perf_counter()
        await booth.vote(small, voters[len(left)], 0)
        slowest = max(slowest, time.perf_counter() - begun)
        left.append(await booth.database.read(lambda connection: left_of(connection, large.id)))
    await forgetting
    assert any(0 < count < len(voters) for count in left)
    assert await in_rows(booth, voters[len(left) :]) == 0
    assert slowest < 2  # seconds, on a machine that does other things too


@EITHER
async def test_a_process_that_dies_between_close_and_forgetting_is_followed_by_one_that_forgets(
    booth: Booth, address: str, library: Library
) -> None:
    poll, voters = await open_poll(booth), strangers(30)
    for user_id in voters:
        await booth.vote(poll, user_id, 0)
    await booth.close(poll)
    async with open_database(address) as opened:
        second = booth_on(opened, library)
        second.jobs.on(FORGET, lambda job, now: second.closing.forget(job.subject, now))
        await second.jobs.run_due(lambda: NOON + HOUR)
    assert await in_rows(booth, voters) == 0


async def test_one_that_dies_while_it_forgets_is_followed_by_one_that_forgets_the_rest(
    booth: Booth, address: str
) -> None:
    poll, voters = await open_poll(booth), strangers(FORGOTTEN_AT_ONCE + 500)
    await cast(booth, poll, voters)
    await booth.close(poll)
    await booth.database.write(lambda connection: ballots.forget_ballots(connection, poll.id, FORGOTTEN_AT_ONCE))
    assert await in_rows(booth, voters) == 500
    await booth.forget(poll)
    assert await in_rows(booth, voters) == 0
    assert set(in_files(address, voters).values()) == {0}


async def test_what_was_forgotten_stays_forgotten_when_the_database_is_opened_again(
    booth: Booth, address: str, library: Library
) -> None:
    poll, voters = await open_poll(booth), strangers(50)
    for user_id in voters:
        await booth.vote(poll, user_id, 0)
    closed = await booth.close(poll)
    await booth.forget(poll)
    async with open_database(address) as opened:
        assert await booth_on(opened, library).find(poll) == closed
    assert set(in_files(address, voters).values()) == {0}
    assert (await booth.ships.result(GUILD, poll.id)).tally == (50, 0, 0)


async def test_a_vote_after_the_forgetting_is_refused_and_leaves_no_trace(booth: Booth, address: str) -> None:
    poll, voters = await open_poll(booth), strangers(2)
    await booth.close(poll, after(1))
    await booth.forget(poll)
    answers = await asyncio.gather(*(booth.vote(poll, user_id, 0) for user_id in voters), return_exceptions=True)
    assert len(answers) == 2
    assert all(isinstance(answer, Exception) for answer in answers)
    assert set(in_files(address, voters).values()) == {0}
