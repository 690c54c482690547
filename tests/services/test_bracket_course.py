"""The course of a bracket: a matchup is shown, voted on, decided; hurried, paused, resumed, repeated, ended."""

from datetime import datetime, timedelta

import pytest

from bot.domain.bracket import Bracket, Phase
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.polls import Poll, Secrecy
from bot.errors import (
    NotPossibleNow,
    NotYourBracket,
    PollClosed,
    PollGone,
    PollPaused,
    VotersOnly,
)
from bot.services.brackets import STEP
from bot.services.closing import FORGET
from bot.services.ships import Vote
from bot.storage import jobs
from bot.storage.database import Database
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
    show,
    start,
    vote,
    wish,
)
from tests.services.play import ALICE, BORA, CHANNEL, NOON

SECOND = timedelta(seconds=1)
MANAGER = {"user_id": STRANGER, "is_manager": True}


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


async def due(database: Database, subject: int, kind: str = STEP) -> datetime | None:
    return await database.read(lambda connection: jobs.find_due(connection, kind, subject))


async def find(process: Process, poll: Poll) -> Poll:
    found = await process.ships.find(poll.id)
    assert found is not None
    return found


async def step(process: Process, bracket: Bracket, now: datetime) -> Bracket:
    after = await process.brackets.step(bracket.id, now)
    assert after is not None
    return after


async def pause(process: Process, bracket: Bracket, now: datetime) -> Bracket:
    return await process.brackets.pause(bracket.id, CREATOR, is_manager=False, now=now)


async def resume(process: Process, bracket: Bracket, now: datetime) -> Bracket:
    return await process.brackets.resume(bracket.id, CREATOR, is_manager=False, now=now)


async def test_a_bracket_that_begins_has_a_poll_for_its_first_matchup_and_it_is_to_be_shown_now(
    process: Process, database: Database
) -> None:
    bracket = await playing(process, wanted=wish(secrecy=Secrecy.HIDDEN, voter_role_id=5))
    poll = await current(process, bracket)
    assert (poll.creator_id, poll.question, poll.choices, poll.closes_at) == (None, None, 1, None)
    assert (poll.secrecy, poll.voter_role_id, poll.language) == (Secrecy.HIDDEN, 5, bracket.language)
    assert [option.label for option in poll.options] == [bracket.of_seed(seed).option.label for seed in (1, 4)]
    assert poll.matchup is not None
    assert (poll.matchup.bracket_id, poll.matchup.round, poll.matchup.slot, poll.matchup.seeds) == (
        bracket.id,
        1,
        0,
        (1, 4),
    )
    assert await due(database, bracket.id) == NOON
    with pytest.raises(VotersOnly):
        await process.ships.vote(Vote(poll.id, ALICE, NOON, 0, guild_id=poll.guild_id))


async def test_the_time_of_a_matchup_begins_when_it_is_shown_and_only_once(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    assert await step(process, bracket, NOON + 9 * DAY) == bracket
    shown = await show(process, bracket, NOON + 9 * DAY, message_id=777)
    assert (shown.message_id, shown.opened_at, shown.closes_at) == (777, NOON + 9 * DAY, NOON + 9 * DAY + HOUR)
    assert await due(database, bracket.id) == NOON + 9 * DAY + HOUR + IN_FLIGHT
    again = await show(process, bracket, NOON + 9 * DAY + MINUTE, message_id=778)
    assert (again.message_id, again.closes_at) == (778, shown.closes_at)
    assert await due(database, bracket.id) == NOON + 9 * DAY + HOUR + IN_FLIGHT


async def test_a_step_before_the_time_decides_nothing_and_is_arranged_for_the_time(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    poll = await show(process, bracket, NOON)
    await database.write(lambda connection: jobs.remove_jobs(connection, [STEP], bracket.id))
    assert await step(process, bracket, NOON + HOUR) == bracket
    assert await current(process, bracket) == poll
    assert await due(database, bracket.id) == NOON + HOUR + IN_FLIGHT


async def test_a_step_that_comes_a_fraction_of_a_millisecond_before_its_time_is_in_time(process: Process) -> None:
    bracket = await playing(process)
    odd = NOON + timedelta(microseconds=600)
    await show(process, bracket, odd)
    assert (await step(process, bracket, odd + HOUR + IN_FLIGHT)).winners == {(1, 0): 1}


async def test_a_matchup_that_is_over_is_closed_and_decided_and_the_next_one_is_there_to_be_shown(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    poll = await show(process, bracket, NOON)
    await vote(process, poll, ALICE, 1, NOON + HOUR)
    late = NOON + HOUR + IN_FLIGHT
    after = await step(process, bracket, late)
    assert after.winners == {(1, 0): 4}
    closed = await find(process, poll)
    assert (closed.closed_at, closed.void, closed.tally, closed.closed_late) == (late, False, (0, 1), False)
    following = await current(process, bracket)
    assert following.matchup is not None
    assert (following.matchup.seeds, following.closes_at, following.message_id) == ((2, 3), None, None)
    assert await process.brackets.polls(bracket.id) == [closed]
    assert await due(database, poll.id, FORGET) == late
    assert await step(process, bracket, late + DAY) == after
    with pytest.raises(PollClosed):
        await vote(process, poll, BORA, 0, NOON + HOUR)


async def test_the_ballots_of_public_matchups_are_kept(process: Process, database: Database) -> None:
    bracket = await playing(process, wanted=wish(secrecy=Secrecy.PUBLIC))
    poll = await show(process, bracket, NOON)
    await decided(process, bracket, 0, NOON)
    assert await due(database, poll.id, FORGET) is None


async def test_a_tie_and_a_matchup_without_a_vote_go_to_the_higher_seed(process: Process) -> None:
    bracket = await playing(process)
    poll = await show(process, bracket, NOON)
    await vote(process, poll, ALICE, 1, NOON)
    await vote(process, poll, BORA, 0, NOON)
    await step(process, bracket, NOON + 2 * HOUR)
    await show(process, bracket, NOON + 2 * HOUR)
    assert (await step(process, bracket, NOON + 4 * HOUR)).winners == {(1, 0): 1, (1, 1): 2}


async def test_the_final_ends_the_bracket_and_frees_its_channel(process: Process) -> None:
    bracket = await playing(process)
    for number in range(3):
        bracket = await decided(process, bracket, 0, NOON + 2 * number * HOUR)
    assert (bracket.phase, bracket.champion) == (Phase.FINISHED, bracket.of_seed(1))
    assert bracket.ended_at == NOON + 5 * HOUR + MINUTE
    assert await process.brackets.matchup_poll(bracket.id) is None
    assert len(await process.brackets.polls(bracket.id)) == 3
    assert await process.brackets.find_on(CHANNEL) is None


async def test_pictures_are_noted_for_complete_rounds_only(process: Process) -> None:
    bracket = await playing(process)
    await process.brackets.pictured(bracket.id, 1)
    assert (await process.brackets.get(bracket.id)).pictured == 0
    for number in range(2):
        await decided(process, bracket, 0, NOON + 2 * number * HOUR)
    await process.brackets.pictured(bracket.id, 1)
    assert (await process.brackets.get(bracket.id)).pictured == 1


async def test_a_hurried_matchup_takes_no_more_votes_and_is_decided_at_once(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    first = await current(process, bracket)
    with pytest.raises(NotPossibleNow):
        await process.brackets.hurry(first.id, CREATOR, is_manager=False, now=NOON)
    await show(process, bracket, NOON)
    with pytest.raises(NotYourBracket):
        await process.brackets.hurry(first.id, STRANGER, is_manager=False, now=NOON)
    await process.brackets.hurry(first.id, STRANGER, is_manager=True, now=NOON + MINUTE)
    assert await due(database, bracket.id) == NOON + MINUTE + IN_FLIGHT
    await process.brackets.hurry(first.id, CREATOR, is_manager=False, now=NOON + 2 * MINUTE)
    assert await due(database, bracket.id) == NOON + MINUTE + IN_FLIGHT
    await vote(process, first, ALICE, 1, NOON + MINUTE)
    with pytest.raises(PollClosed):
        await vote(process, first, BORA, 0, NOON + MINUTE + SECOND)
    assert (await step(process, bracket, NOON + MINUTE + IN_FLIGHT)).winners == {(1, 0): 4}
    with pytest.raises(PollClosed):
        await process.brackets.hurry(first.id, CREATOR, is_manager=False, now=NOON)
    with pytest.raises(PollGone):
        await process.brackets.hurry(404, CREATOR, is_manager=False, now=NOON)


async def test_a_paused_matchup_refuses_votes_and_has_the_rest_of_its_time_when_the_bracket_goes_on(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    poll = await show(process, bracket, NOON)
    await vote(process, poll, ALICE, 1, NOON)
    paused = await pause(process, bracket, NOON + 20 * MINUTE)
    assert (paused.phase, paused.rest) == (Phase.PAUSED, 40 * MINUTE)
    assert await due(database, bracket.id) is None
    with pytest.raises(PollPaused):
        await vote(process, poll, BORA, 0, NOON + 21 * MINUTE)
    with pytest.raises(NotPossibleNow):
        await process.brackets.hurry(poll.id, CREATOR, is_manager=False, now=NOON)
    assert await step(process, bracket, NOON + 9 * DAY) == paused
    going = await resume(process, bracket, NOON + DAY)
    assert (going.phase, going.rest) == (Phase.PLAYING, None)
    resumed = await current(process, bracket)
    assert (resumed.id, resumed.closes_at, resumed.paused_at) == (poll.id, NOON + DAY + 40 * MINUTE, None)
    assert await due(database, bracket.id) == NOON + DAY
    await step(process, bracket, NOON + DAY)
    assert await due(database, bracket.id) == NOON + DAY + 40 * MINUTE + IN_FLIGHT
    await vote(process, poll, BORA, 1, NOON + DAY)
    assert (await step(process, bracket, NOON + DAY + HOUR)).winners == {(1, 0): 4}


async def test_a_matchup_that_is_paused_after_its_time_stays_over_and_is_decided_when_the_bracket_goes_on(
    process: Process,
) -> None:
    bracket = await playing(process)
    poll = await show(process, bracket, NOON)
    await vote(process, poll, ALICE, 1, NOON)
    paused = await pause(process, bracket, NOON + HOUR)
    assert paused.rest == timedelta()
    await resume(process, bracket, NOON + DAY)
    with pytest.raises(PollClosed):
        await vote(process, poll, BORA, 0, NOON + DAY)
    assert (await step(process, bracket, NOON + DAY)).winners == {(1, 0): 4}
    assert (await find(process, poll)).tally == (0, 1)


async def test_a_matchup_that_is_paused_seconds_before_its_end_has_a_minute_left(process: Process) -> None:
    bracket = await playing(process)
    await show(process, bracket, NOON)
    assert (await pause(process, bracket, NOON + HOUR - SECOND)).rest == MINUTE


async def test_a_matchup_that_was_paused_before_it_was_shown_has_all_its_time(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    assert (await pause(process, bracket, NOON)).rest is None
    await resume(process, bracket, NOON + DAY)
    assert await due(database, bracket.id) == NOON + DAY
    assert (await show(process, bracket, NOON + DAY)).closes_at == NOON + DAY + HOUR


async def test_a_matchup_whose_message_comes_while_the_bracket_is_paused_has_all_its_time(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    await pause(process, bracket, NOON)
    shown = await show(process, bracket, NOON + SECOND)
    assert (shown.message_id, shown.closes_at, shown.paused_at) == (777, None, NOON)
    assert await due(database, bracket.id) is None
    await resume(process, bracket, NOON + DAY)
    assert (await current(process, bracket)).closes_at == NOON + DAY + HOUR


async def test_a_bracket_that_cannot_be_shown_is_paused_and_goes_on_when_it_is_resumed(process: Process) -> None:
    bracket = await playing(process)
    await process.brackets.stuck(bracket.id, NOON)
    stopped = await process.brackets.get(bracket.id)
    assert stopped.phase is Phase.PAUSED
    await process.brackets.stuck(bracket.id, NOON)
    assert await process.brackets.get(bracket.id) == stopped
    assert (await resume(process, bracket, NOON + DAY)).phase is Phase.PLAYING


async def test_nominations_that_could_not_be_ended_are_tried_again_later(process: Process, database: Database) -> None:
    bracket = await start(process)
    await process.brackets.stuck(bracket.id, NOON + DAY)
    assert await due(database, bracket.id) == NOON + DAY + HOUR
    await process.brackets.stuck(bracket.id, NOON)
    assert await due(database, bracket.id) == NOON + DAY + IN_FLIGHT
    assert await process.brackets.get(bracket.id) == bracket
