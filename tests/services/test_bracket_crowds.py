"""Many who start a bracket or nominate in one instant, through two processes on one database, on both engines."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from bot.domain.bracket import Phase
from bot.domain.library import Library
from bot.errors import AlreadyNominated, UserError
from bot.services.privacy import PrivacyService
from bot.storage import jobs
from bot.storage.database import Database, open_database
from tests.services.brackets import (
    COUPLES,
    CREATOR,
    STRANGER,
    Process,
    nominate,
    process_on,
    start,
    together,
    told,
    wish,
)
from tests.services.play import ALICE, NOON
from tests.storage.engines import ENGINES

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


async def test_of_two_begins_at_once_one_begins_and_the_other_is_told_it_is_too_late(
    process: Process, other: Process
) -> None:
    for number in range(1, TIMES + 1):
        bracket = await start(process, channel_id=number, request_id=number)
        begins = await together(
            *(each.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON) for each in (process, other))
        )
        assert told(begins) == {"": 1, "NotPossibleNow": 1}
        after = await process.brackets.get(bracket.id)
        assert (after.phase, len(after.entrants)) == (Phase.PLAYING, 4)


async def test_fifty_members_who_nominate_one_couple_at_once_are_fifty_nominations_of_one_couple(
    process: Process, other: Process
) -> None:
    bracket = await start(process)
    await together(
        *(nominate((process, other)[member % 2], bracket, member, COUPLES[0]) for member in range(1, CROWD + 1))
    )
    [entrant] = (await process.brackets.get(bracket.id)).entrants
    assert (entrant.number, entrant.nominations, entrant.option.label.en) == (1, CROWD, COUPLES[0])


async def test_a_member_who_nominates_a_couple_twice_at_once_has_nominated_it_once(
    process: Process, other: Process
) -> None:
    bracket = await start(process)
    results = await together(*(nominate(each, bracket, ALICE, COUPLES[0]) for each in (process, other) * 3))
    assert told(results) == {"": 1, "AlreadyNominated": 5}
    assert {type(result) for result in results if isinstance(result, UserError)} == {AlreadyNominated}
    assert [entrant.nominations for entrant in (await process.brackets.get(bracket.id)).entrants] == [1]


async def test_a_member_who_nominates_six_couples_at_once_has_three_nominations(
    process: Process, other: Process
) -> None:
    bracket = await start(process)
    results = await together(
        *(nominate((process, other)[place % 2], bracket, ALICE, text) for place, text in enumerate(COUPLES))
    )
    assert told(results) == {"": 3, "NominationsUsed": 3}
    entrants = (await process.brackets.get(bracket.id)).entrants
    assert [(entrant.number, entrant.nominations) for entrant in entrants] == [(1, 1), (2, 1), (3, 1)]


async def test_of_two_brackets_started_in_a_channel_at_once_one_is_on_and_the_other_is_refused(
    process: Process, other: Process
) -> None:
    for number in range(1, TIMES + 1):
        starts = await together(
            start(process, wish(nominations=None), channel_id=number, request_id=2 * number),
            start(other, channel_id=number, request_id=2 * number + 1),
        )
        assert told(starts) == {"": 1, "BracketRunning": 1}
        assert await process.brackets.find_on(number) is not None


async def test_of_one_request_delivered_twice_at_once_one_bracket_comes(process: Process, other: Process) -> None:
    for number in range(1, TIMES + 1):
        starts = await together(*(start(each, channel_id=number, request_id=number) for each in (process, other)))
        assert told(starts) == {"": 1, "Outdated": 1}


async def test_nominations_and_a_deletion_and_the_begin_at_once_do_not_wait_for_each_other(
    process: Process, other: Process, elsewhere: Database, database: Database
) -> None:
    for number in range(1, TIMES + 1):
        bracket = await start(process, channel_id=number, request_id=number)
        for place, text in enumerate(COUPLES):
            await nominate(process, bracket, ALICE + place % 2, text)
        await together(
            *(nominate(other, bracket, 100 + member, COUPLES[member % 6]) for member in range(12)),
            PrivacyService(elsewhere).delete(ALICE),
            PrivacyService(database).delete(CREATOR),
            process.brackets.begin(bracket.id, STRANGER, is_manager=True, now=NOON),
        )
        after = await process.brackets.get(bracket.id)
        assert after.phase is Phase.PLAYING
        assert all(entrant.nominations >= 0 for entrant in after.entrants)
        assert await PrivacyService(database).count(ALICE) == 0
        assert await database.read(jobs.next_due) is not None
