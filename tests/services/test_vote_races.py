"""Many votes, and whatever else, in one instant and through two processes."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.library import Library
from bot.domain.polls import Poll, Secrecy
from bot.errors import PollClosed, SameVote, UserError
from bot.services import closing
from bot.storage import ballots
from bot.storage.database import open_database
from tests.services.play import ALICE
from tests.services.voting import HOUR, NOON, Booth, booth_on, open_poll
from tests.storage.engines import ENGINES

CROWD = range(ALICE, ALICE + 500)


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest_asyncio.fixture
async def other(address: str, library: Library) -> AsyncGenerator[Booth]:
    """A second process on the same database."""
    async with open_database(address) as opened:
        yield booth_on(opened, library)


async def stored(booth: Booth, poll: Poll) -> dict[int, tuple[int, ...]]:
    """The ballots of a poll by member."""
    return dict(await booth.database.read(lambda connection: ballots.list_voters(connection, poll.id, 0, 99_999)))


async def is_right(booth: Booth, poll: Poll) -> Poll:
    """Compare tally and voters of a poll with its ballots."""
    found, cast = await booth.find(poll), await stored(booth, poll)
    chosen = [number for numbers in cast.values() for number in numbers]
    assert found.tally == tuple(chosen.count(number) for number in range(len(found.options)))
    assert found.voters == len(cast)
    return found


async def outcome(act: Coroutine[Any, Any, object]) -> type[UserError] | None:
    try:
        await act
    except UserError as refusal:
        return type(refusal)
    return None


async def test_five_hundred_members_who_vote_in_the_same_instant_are_all_counted(booth: Booth) -> None:
    poll, second = await open_poll(booth), await open_poll(booth)
    votes = [((poll, second)[user_id % 5 == 0], user_id, user_id % 3) for user_id in CROWD]
    answers = await asyncio.gather(*(booth.vote(*each) for each in votes))
    assert [answer.mine for answer in answers] == [{option} for _, _, option in votes]
    for opened in (poll, second):
        chosen = {user_id: (option,) for voted_in, user_id, option in votes if voted_in is opened}
        assert await stored(booth, opened) == chosen
        assert (await is_right(booth, opened)).version == len(chosen)


async def test_five_hundred_whole_ballots_in_the_same_instant_are_all_counted_and_all_taken_back(booth: Booth) -> None:
    poll = await open_poll(booth, choices=2)
    await asyncio.gather(*(booth.choose(poll, user_id, user_id % 3, (user_id + 1) % 3) for user_id in CROWD))
    assert (await is_right(booth, poll)).voters == 500
    await asyncio.gather(*(booth.choose(poll, user_id) for user_id in CROWD))
    empty = await is_right(booth, poll)
    assert (empty.tally, empty.voters) == ((0, 0, 0), 0)


async def test_of_five_hundred_presses_of_one_member_one_is_a_vote(booth: Booth, other: Booth) -> None:
    poll = await open_poll(booth)
    answers = await asyncio.gather(*(outcome((booth, other)[number % 2].vote(poll, ALICE, 1)) for number in range(500)))
    assert (answers.count(None), answers.count(SameVote)) == (1, 499)
    once = await is_right(booth, poll)
    assert (once.tally, once.voters, once.version) == ((0, 1, 0), 1, 1)


async def test_members_who_change_their_votes_through_two_processes_at_once_leave_a_right_tally(
    booth: Booth, other: Booth
) -> None:
    one, two = await open_poll(booth), await open_poll(booth, choices=2)
    both = (booth, other)
    for start in range(4):
        await asyncio.gather(
            *(both[(n + start) % 2].vote(one, ALICE + n, (n + start) % 3) for n in range(60)),
            *(both[n % 2].choose(two, ALICE + n, (n + start) % 3, (n + 1) % 3) for n in range(60)),
        )
    assert (await is_right(booth, one)).votes == 60
    assert (await is_right(booth, two)).voters == 60


async def test_a_vote_that_races_with_the_close_is_in_the_result_or_refused(booth: Booth, other: Booth) -> None:
    poll = await open_poll(booth, Secrecy.PUBLIC)
    counted, begun = set[int](), asyncio.Event()

    async def vote_in_turn(first: int) -> None:
        for user_id in count(first, 10):
            if (refused := await outcome(booth.vote(poll, user_id, 0))) is not None:
                assert refused is PollClosed
                return
            counted.add(user_id)
            begun.set()

    voting = [asyncio.create_task(vote_in_turn(ALICE + number)) for number in range(10)]
    await begun.wait()
    closed = await other.close(poll)
    await asyncio.gather(*voting)
    assert closed.tally == (len(counted), 0, 0)
    assert set(await stored(booth, poll)) == counted
    assert await is_right(booth, poll) == closed


async def test_votes_that_race_with_the_close_of_a_secret_poll_leave_nothing_behind(booth: Booth, other: Booth) -> None:
    poll = await open_poll(booth)
    answers, *_ = await asyncio.gather(
        asyncio.gather(*(outcome(booth.vote(poll, user_id, user_id % 3)) for user_id in CROWD)),
        asyncio.gather(*(outcome(other.vote(poll, user_id + 1000, user_id % 3)) for user_id in CROWD)),
        other.close(poll),
    )
    assert set(answers) <= {None, PollClosed}
    await other.forget(poll)
    assert await stored(booth, poll) == {}
    assert (await booth.find(poll)).voters == (await booth.find(poll)).votes


async def test_votes_changes_deletions_and_the_close_in_one_instant_leave_a_right_tally(
    booth: Booth, other: Booth
) -> None:
    polls = [await open_poll(booth, Secrecy.PUBLIC, creator_id=ALICE + n) for n in range(4)]
    for poll in polls:
        await asyncio.gather(*(booth.vote(poll, ALICE + n, 0) for n in range(40)))
    async with asyncio.timeout(30):
        await asyncio.gather(
            *(outcome(booth.vote(poll, ALICE + n, 1)) for poll in polls for n in range(40)),
            *(outcome(other.choose(poll, ALICE + n, 2)) for poll in reversed(polls) for n in range(40)),
            *((booth, other)[n % 2].privacy.delete(ALICE + n) for n in range(0, 40, 2)),
            other.close(polls[0], NOON + HOUR),
        )
    for poll in polls[1:]:
        await is_right(booth, poll)
    closed = await booth.find(polls[0])
    assert closed.closed_at is not None
    assert closed.votes == closed.voters <= 40


async def test_who_deletes_her_data_while_others_vote_in_the_polls_that_she_opened_and_voted_in_holds_up_nobody(
    booth: Booth, other: Booth
) -> None:
    for _time in range(5):
        polls = [await open_poll(booth, creator_id=ALICE) for _ in range(3)]
        await booth.vote(polls[2], ALICE, 0)
        async with asyncio.timeout(15):
            await asyncio.gather(
                *(booth.vote(poll, ALICE + 1 + n, 0) for n in range(30) for poll in polls),
                other.privacy.delete(ALICE),
            )
        for poll, voters in zip(polls, (30, 30, 30), strict=True):
            found = await is_right(booth, poll)
            assert (found.creator_id, found.voters) == (None, voters)


async def test_members_who_delete_their_data_while_the_ballots_are_forgotten_hold_up_nobody(
    booth: Booth, other: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "FORGOTTEN_AT_ONCE", 50)
    polls = [await open_poll(booth, choices=2) for _ in range(2)]
    for poll in polls:
        await asyncio.gather(*(booth.choose(poll, user_id, 0, user_id % 2 + 1) for user_id in CROWD))
        await booth.close(poll)
    async with asyncio.timeout(20):
        await asyncio.gather(
            *(booth.forget(poll) for poll in polls),
            *(other.privacy.delete(user_id) for user_id in CROWD[::5]),
        )
    for poll in polls:
        assert await stored(booth, poll) == {}
        assert (await booth.find(poll)).votes == 2 * len(CROWD)
