"""A member's deletion and her votes in one instant, through two processes: no tally drifts from its ballots."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from bot.domain.library import Library
from bot.domain.polls import Poll, Secrecy
from bot.errors import UserError
from bot.storage import ballots
from bot.storage.database import open_database
from tests.services.play import ALICE
from tests.services.voting import Booth, booth_on, open_poll
from tests.storage.engines import ENGINES

TIMES = 25


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest_asyncio.fixture
async def other(address: str, library: Library) -> AsyncGenerator[Booth]:
    """A second process on the same database."""
    async with open_database(address) as opened:
        yield booth_on(opened, library)


async def is_right(booth: Booth, poll: Poll) -> bool:
    """Whether tally and voters of a poll are those of its ballots."""
    found = await booth.find(poll)
    cast = await booth.database.read(lambda connection: ballots.list_voters(connection, poll.id, 0, 99_999))
    chosen = [number for _, numbers in cast for number in numbers]
    counted = tuple(chosen.count(number) for number in range(len(found.options)))
    return (found.tally, found.voters) == (counted, len(cast))


async def test_a_deletion_and_her_first_vote_in_another_poll_leave_both_tallies_right(
    booth: Booth, other: Booth
) -> None:
    voted, fresh = await open_poll(booth, choices=2), await open_poll(booth, choices=2)
    for time in range(TIMES):
        member = ALICE + time
        await booth.choose(voted, member, 0, 1)
        async with asyncio.timeout(10):
            await asyncio.gather(other.privacy.delete(member), booth.choose(fresh, member, time % 3, (time + 1) % 3))
        for poll in (voted, fresh):
            assert await is_right(booth, poll), time
        assert (await booth.find(voted)).votes == 0
    assert (await booth.find(fresh)).voters <= TIMES


async def test_deletions_and_votes_of_many_in_many_polls_leave_every_tally_right(booth: Booth, other: Booth) -> None:
    members = range(ALICE, ALICE + 12)
    polls = [await open_poll(booth, Secrecy.PUBLIC) for _ in range(4)]
    for time in range(6):
        await asyncio.gather(*(booth.vote(polls[n % 2], member, (n + time) % 3) for n, member in enumerate(members)))
        async with asyncio.timeout(20):
            done = await asyncio.gather(
                *((booth, other)[n % 2].privacy.delete(member) for n, member in enumerate(members)),
                *(
                    (other, booth)[n % 2].vote(poll, member, (n + time + 1) % 3)
                    for poll in polls
                    for n, member in enumerate(members)
                ),
                return_exceptions=True,
            )
        assert [fault for fault in done if isinstance(fault, Exception) and not isinstance(fault, UserError)] == []
        for poll in polls:
            assert await is_right(booth, poll), time
        for member in members:
            await booth.privacy.delete(member)
        for poll in polls:
            assert (await booth.find(poll)).tally == (0, 0, 0)


async def test_a_member_who_deletes_her_data_over_and_over_while_she_votes_leaves_every_tally_right(
    booth: Booth, other: Booth
) -> None:
    polls = [await open_poll(booth) for _ in range(3)]
    for time in range(TIMES):
        async with asyncio.timeout(10):
            done = await asyncio.gather(
                *(booth.vote(poll, ALICE, time % 3) for poll in polls),
                other.privacy.delete(ALICE),
                *(booth.vote(poll, ALICE, (time + 1) % 3) for poll in reversed(polls)),
                other.privacy.delete(ALICE),
                return_exceptions=True,
            )
        assert [fault for fault in done if isinstance(fault, Exception) and not isinstance(fault, UserError)] == []
        for poll in polls:
            assert await is_right(booth, poll), time
    await booth.privacy.delete(ALICE)
    assert [(await booth.find(poll)).votes for poll in polls] == [0, 0, 0]
