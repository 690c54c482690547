"""What meets in one instant around a bracket, through two processes on one database, on both engines."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket, Phase
from bot.domain.library import Library
from bot.domain.polls import Poll
from bot.errors import PollPaused, UserError
from bot.services.privacy import PrivacyService
from bot.services.ships import Vote
from bot.storage import ballots, brackets, polls
from bot.storage.database import Database, open_database
from bot.storage.members import Changed
from tests.services.brackets import (
    CREATOR,
    DAY,
    HOUR,
    MINUTE,
    STRANGER,
    Process,
    current,
    decided,
    playing,
    process_on,
    reopen,
    show,
    start,
    together,
    told,
    vote,
    wish,
)
from tests.services.play import ALICE, CHANNEL, GUILD, NOON
from tests.storage.engines import ENGINES

OVER = NOON + HOUR + MINUTE
CROWD = 50
TIMES = 5


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


@pytest_asyncio.fixture
async def elsewhere(address: str) -> AsyncGenerator[Database]:
    """The database of a second process."""
    async with open_database(address) as opened:
        yield opened


@pytest.fixture
def other(elsewhere: Database, library: Library) -> Process:
    """A second process on the same database."""
    return process_on(elsewhere, library)


async def shown(process: Process, channel_id: int = CHANNEL) -> tuple[Bracket, Poll]:
    """A bracket whose first matchup is open from noon for an hour."""
    bracket = await playing(process, wanted=wish(), channel_id=channel_id)
    return bracket, await show(process, bracket, NOON)


async def test_of_two_steps_at_once_one_decides_the_matchup_and_there_is_one_next(
    process: Process, other: Process
) -> None:
    bracket, poll = await shown(process)
    await vote(process, poll, ALICE, 1, NOON)
    steps = await together(*(each.brackets.step(bracket.id, OVER) for each in (process, other, process, other)))
    assert {step.id for step in steps} == {bracket.id}
    after = await process.brackets.get(bracket.id)
    assert after.winners == {(1, 0): 4}
    assert len(await process.ships.list(GUILD, only_open=True)) == 1


async def test_a_step_and_a_pause_at_once_leave_a_paused_bracket_that_goes_on(process: Process, other: Process) -> None:
    for number in range(1, TIMES + 1):
        bracket, poll = await shown(process, number)
        await together(
            process.brackets.step(bracket.id, OVER),
            other.brackets.pause(bracket.id, CREATOR, is_manager=False, now=OVER),
        )
        paused, on = await process.brackets.get(bracket.id), await current(process, bracket)
        assert paused.phase is Phase.PAUSED
        assert (on.id == poll.id) == (paused.winners == {})
        assert on.paused_at == OVER
        await process.brackets.resume(bracket.id, CREATOR, is_manager=False, now=NOON + DAY)
        after = await process.brackets.step(bracket.id, NOON + DAY)
        assert after is not None
        assert after.winners == {(1, 0): 1}
        assert (await current(process, bracket)).id != poll.id


async def test_votes_and_the_step_at_once_count_in_the_decision_or_are_refused(
    process: Process, other: Process
) -> None:
    for number in range(1, 4):
        bracket, poll = await shown(process, number)
        members = range(1000, 1000 + CROWD)
        *votes, after = await together(
            *(
                (process, other)[member % 2].ships.vote(Vote(poll.id, member, NOON, 1, guild_id=poll.guild_id))
                for member in members
            ),
            other.brackets.step(bracket.id, OVER),
        )
        closed = await process.ships.find(poll.id)
        assert closed is not None
        assert closed.tally == (0, told(votes)[""])
        assert told(votes)[""] + told(votes)["PollClosed"] == CROWD
        assert after.winners == {(1, 0): 4 if closed.votes else 1}


async def test_votes_and_a_pause_at_once_are_counted_or_told_of_the_pause(process: Process, other: Process) -> None:
    bracket, poll = await shown(process)
    *votes, _ = await together(
        *(
            process.ships.vote(Vote(poll.id, member, NOON, 0, guild_id=poll.guild_id))
            for member in range(1000, 1000 + CROWD)
        ),
        other.brackets.pause(bracket.id, CREATOR, is_manager=False, now=NOON + MINUTE),
    )
    paused = await process.ships.find(poll.id)
    assert paused is not None
    assert paused.tally == (told(votes)[""], 0)
    assert {type(result) for result in votes if isinstance(result, UserError)} <= {PollPaused}
    with pytest.raises(PollPaused):
        await vote(process, poll, ALICE, 0, NOON)


async def test_a_start_and_a_repeated_final_at_once_leave_one_bracket_in_the_channel(
    process: Process, other: Process
) -> None:
    bracket = await playing(process)
    for number in range(3):
        await decided(process, bracket, 0, NOON + 2 * number * HOUR)
    results = await together(reopen(process, bracket, now=NOON + DAY), start(other, request_id=2))
    assert told(results) == {"": 1, "BracketRunning": 1}
    [on] = [result for result in results if isinstance(result, Bracket)]
    found = await process.brackets.find_on(CHANNEL)
    assert found is not None
    assert found.id == on.id


async def test_a_vote_that_is_being_stored_when_the_step_comes_counts_in_the_decision(
    process: Process, other: Process, database: Database
) -> None:
    bracket, poll = await shown(process)
    stored, go_on = asyncio.Event(), asyncio.Event()

    async def count_vote(connection: AsyncConnection) -> None:
        await polls.find_polls(connection, [poll.id], lock=True)
        await ballots.move_tally(connection, poll.id, Counter({1: 1}), voters=1)
        stored.set()
        await go_on.wait()

    voting = asyncio.create_task(database.write(count_vote))
    await stored.wait()
    stepping = asyncio.create_task(other.brackets.step(bracket.id, OVER))
    await asyncio.wait({stepping}, timeout=0.2)  # it cannot end before the vote has
    go_on.set()
    await together(voting, stepping)
    assert (await process.brackets.get(bracket.id)).winners == {(1, 0): 4}


async def test_a_deletion_waits_for_the_bracket_before_it_holds_a_matchup(
    process: Process, database: Database, elsewhere: Database
) -> None:
    bracket, poll = await shown(process)
    await vote(process, poll, CREATOR, 1, NOON)
    held, go_on = asyncio.Event(), asyncio.Event()

    async def hold_both(connection: AsyncConnection) -> None:
        await brackets.find_bracket(connection, bracket.id, lock=True)
        held.set()
        await go_on.wait()
        await polls.find_polls(connection, [poll.id], lock=True)

    holding = asyncio.create_task(database.write(hold_both))
    await held.wait()
    deleting = asyncio.create_task(PrivacyService(elsewhere).delete(CREATOR))
    await asyncio.wait({deleting}, timeout=0.2)
    go_on.set()
    assert await together(holding, deleting) == [None, Changed([poll.id], [bracket.id])]


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_repeat_and_votes_for_both_of_its_matchups_wait_for_each_other_and_never_in_a_circle(
    process: Process, other: Process, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database.RETRIES", 0)  # what loses is told
    bracket, last = await shown(process)
    await process.brackets.step(bracket.id, OVER)
    on = await show(process, bracket, OVER)
    held, go_on = asyncio.Event(), asyncio.Event()

    async def count_votes(connection: AsyncConnection) -> None:
        await polls.find_polls(connection, [last.id], lock=True)
        held.set()
        await go_on.wait()
        await polls.find_polls(connection, [on.id], lock=True)

    voting = asyncio.create_task(database.write(count_votes))
    await held.wait()
    repeating = asyncio.create_task(reopen(other, bracket, now=OVER))
    await asyncio.wait({repeating}, timeout=0.2)
    go_on.set()
    await together(voting, repeating)
    assert (await process.brackets.get(bracket.id)).winners == {}


async def test_everything_at_once_leaves_a_bracket_that_can_be_played_to_its_end(
    process: Process, other: Process, database: Database, elsewhere: Database
) -> None:
    for number in range(1, 4):
        bracket, poll = await shown(process, number)
        privacy = PrivacyService(elsewhere)
        await together(
            *(
                process.ships.vote(Vote(poll.id, member, NOON, member % 2, guild_id=poll.guild_id))
                for member in range(100, 120)
            ),
            *(privacy.delete(member) for member in (100, 101, CREATOR)),
            other.brackets.step(bracket.id, OVER),
            other.brackets.pause(bracket.id, STRANGER, is_manager=True, now=OVER),
            reopen(process, bracket, STRANGER, is_manager=True, now=OVER),
            process.brackets.hurry(poll.id, STRANGER, is_manager=True, now=OVER),
            process.brackets.matchup_shown(poll.id, number, 778, OVER),
            other.closing.close(poll.id, OVER) if number == 3 else other.closing.forget(poll.id, OVER),
        )
        assert await finished(process, bracket, OVER + DAY) is Phase.FINISHED
        assert await privacy.count(CREATOR) == 0


async def finished(process: Process, bracket: Bracket, now: datetime) -> Phase:
    for _ in range(6):
        stands = await process.brackets.get(bracket.id)
        if stands.phase is Phase.PAUSED:
            await process.brackets.resume(bracket.id, STRANGER, is_manager=True, now=now)
        if (poll := await process.brackets.matchup_poll(bracket.id)) is not None:
            await process.brackets.matchup_shown(poll.id, stands.channel_id, 779, now)
            now += 2 * HOUR
            await process.brackets.step(bracket.id, now)
    return (await process.brackets.get(bracket.id)).phase
