"""Matchups that are voted on anew, brackets that are ended by hand, and who may do what, when."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import pytest

from bot.domain.bracket import Bracket, Phase
from bot.domain.library import Library
from bot.domain.polls import Poll
from bot.errors import BracketRunning, NotPossibleNow, NotYourBracket, PollClosed
from bot.services.brackets import STEP
from bot.services.closing import CLOSE, FORGET
from bot.storage import jobs
from bot.storage.database import Database
from tests.services.brackets import (
    CREATOR,
    DAY,
    HOUR,
    STRANGER,
    Process,
    current,
    decided,
    playing,
    process_on,
    reopen,
    show,
    start,
    vote,
)
from tests.services.play import ALICE, CHANNEL, GUILD, NOON

STEPS = ("begin", "pause", "resume", "reopen", "end")


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


async def due(database: Database, subject: int, kind: str = STEP) -> datetime | None:
    return await database.read(lambda connection: jobs.find_due(connection, kind, subject))


async def find(process: Process, poll: Poll) -> Poll:
    found = await process.ships.find(poll.id)
    assert found is not None
    return found


async def take(
    process: Process,
    step: str,
    bracket: Bracket,
    user_id: int = CREATOR,
    *,
    is_manager: bool = False,
    now: datetime = NOON + DAY,
) -> Bracket:
    """Take a step, as the one who started the bracket if nobody else is named."""
    if step == "reopen":
        return await reopen(process, bracket, user_id, is_manager=is_manager, now=now)
    act: Callable[..., Awaitable[Bracket]] = getattr(process.brackets, step)
    return await act(bracket.id, user_id, is_manager=is_manager, now=now)


async def test_the_last_matchup_is_voted_on_anew_from_no_votes_and_the_one_that_was_on_is_called_off(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    first = await current(process, bracket)
    await decided(process, bracket, 1, NOON)
    second = await show(process, bracket, NOON + 2 * HOUR, message_id=778)
    await vote(process, second, ALICE, 0, NOON + 2 * HOUR)
    reopened = await take(process, "reopen", bracket)
    assert (reopened.phase, reopened.winners) == (Phase.PLAYING, {})
    anew = await current(process, bracket)
    assert anew.id not in (first.id, second.id)
    assert anew.matchup is not None
    assert (anew.matchup.seeds, anew.tally, anew.closes_at, anew.message_id) == ((1, 4), (0, 0), None, None)
    for poll in (first, second):
        called_off = await find(process, poll)
        assert (called_off.void, called_off.matchup) == (True, None)
        assert called_off.closed_at is not None
        assert (await due(database, poll.id, CLOSE), await due(database, poll.id, FORGET) is None) == (
            NOON + DAY,
            False,
        )
        with pytest.raises(PollClosed):
            await vote(process, poll, ALICE, 0, NOON)
        with pytest.raises(PollClosed):
            await process.brackets.hurry(poll.id, CREATOR, is_manager=False, now=NOON)
    assert await process.brackets.polls(bracket.id) == []
    assert await due(database, bracket.id) == NOON + DAY
    again = await decided(process, bracket, 0, NOON + DAY)
    assert again.winners == {(1, 0): 1}
    third = await current(process, bracket)
    assert third.matchup is not None
    assert (third.matchup.seeds, third.id != second.id) == ((2, 3), True)


async def test_a_matchup_that_was_called_off_on_its_way_into_the_channel_is_drawn_as_called_off(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    await decided(process, bracket, 0, NOON)
    second = await current(process, bracket)
    await take(process, "reopen", bracket)
    assert await due(database, second.id, CLOSE) is None
    await process.brackets.matchup_shown(second.id, CHANNEL, 999, NOON + DAY)
    called_off = await find(process, second)
    assert (called_off.message_id, called_off.void) == (999, True)
    assert await due(database, second.id, CLOSE) == NOON + DAY


async def test_a_paused_bracket_plays_on_with_the_matchup_that_is_opened_again(process: Process) -> None:
    bracket = await playing(process)
    await decided(process, bracket, 0, NOON)
    await show(process, bracket, NOON + 2 * HOUR)
    await take(process, "pause", bracket, now=NOON + 2 * HOUR)
    reopened = await take(process, "reopen", bracket)
    assert (reopened.phase, reopened.rest, reopened.winners) == (Phase.PLAYING, None, {})
    assert (await decided(process, bracket, 1, NOON + DAY)).winners == {(1, 0): 4}


async def test_a_finished_bracket_whose_final_is_opened_again_gets_another_champion(process: Process) -> None:
    bracket = await finished(process)
    await process.brackets.pictured(bracket.id, 2)
    reopened = await take(process, "reopen", bracket)
    assert (reopened.phase, reopened.champion, reopened.ended_at, reopened.pictured) == (Phase.PLAYING, None, None, 1)
    assert await process.brackets.find_on(CHANNEL) == reopened
    over = await decided(process, bracket, 1, NOON + 2 * DAY)
    assert (over.phase, over.champion) == (Phase.FINISHED, over.of_seed(2))
    assert len([poll for poll in await process.brackets.polls(bracket.id) if not poll.void]) == 3


async def finished(process: Process) -> Bracket:
    """A bracket of four that seed 1 has won."""
    bracket = await playing(process)
    for number in range(3):
        bracket = await decided(process, bracket, 0, NOON + 2 * number * HOUR)
    return bracket


async def test_a_finished_bracket_is_not_opened_again_where_another_one_is_on(process: Process) -> None:
    bracket = await finished(process)
    await start(process, request_id=2)
    with pytest.raises(BracketRunning) as refused:
        await take(process, "reopen", bracket)
    assert refused.value.values == {"link": f"https://discord.com/channels/{GUILD}/{CHANNEL}"}
    assert await process.brackets.get(bracket.id) == bracket


async def test_matchups_are_opened_again_back_to_the_first(process: Process) -> None:
    bracket = await finished(process)
    left = [len((await take(process, "reopen", bracket)).winners) for _ in range(3)]
    assert left == [2, 1, 0]
    with pytest.raises(NotPossibleNow):
        await take(process, "reopen", bracket)
    for number in range(3):
        bracket = await decided(process, bracket, 1, NOON + DAY + 2 * number * HOUR)
    assert bracket.champion == bracket.of_seed(3)


async def test_a_repeat_means_one_matchup_and_repeats_no_other_one(process: Process) -> None:
    bracket = await finished(process)
    first, second, final = await process.brackets.polls(bracket.id)
    for other in (first, second):
        with pytest.raises(NotPossibleNow):
            await process.brackets.reopen(bracket.id, other.id, CREATOR, is_manager=False, now=NOON + DAY)
    await process.brackets.reopen(bracket.id, final.id, CREATOR, is_manager=False, now=NOON + DAY)
    once = await everything(process, bracket)
    with pytest.raises(NotPossibleNow):
        await process.brackets.reopen(bracket.id, final.id, STRANGER, is_manager=True, now=NOON + DAY)
    assert await everything(process, bracket) == once


async def test_an_ended_bracket_has_no_champion_and_its_matchup_is_called_off(
    process: Process, database: Database
) -> None:
    bracket = await playing(process)
    poll = await show(process, bracket, NOON)
    ended = await take(process, "end", bracket)
    assert (ended.phase, ended.champion, ended.ended_at) == (Phase.ENDED, None, NOON + DAY)
    called_off = await find(process, poll)
    assert (called_off.void, called_off.closed_at) == (True, NOON + DAY)
    assert await due(database, bracket.id) is None
    assert await due(database, poll.id, CLOSE) == NOON + DAY
    assert await process.brackets.step(bracket.id, NOON + 2 * DAY) == ended
    assert await process.brackets.find_on(CHANNEL) is None
    with pytest.raises(PollClosed):
        await vote(process, poll, ALICE, 0, NOON)


async def reached(process: Process, phase: Phase) -> Bracket:
    """A bracket in that phase; one that is played has a decided matchup."""
    if phase is Phase.NOMINATING:
        return await start(process)
    if phase is Phase.FINISHED:
        return await finished(process)
    bracket = await decided(process, await playing(process), 0, NOON)
    if phase is Phase.PAUSED:
        return await take(process, "pause", bracket)
    return await take(process, "end", bracket) if phase is Phase.ENDED else bracket


LEGAL = {
    Phase.NOMINATING: ("begin", "end"),
    Phase.PLAYING: ("pause", "reopen", "end"),
    Phase.PAUSED: ("resume", "reopen", "end"),
    Phase.FINISHED: ("reopen",),
    Phase.ENDED: (),
}


@pytest.mark.parametrize("phase", Phase)
async def test_in_each_phase_strangers_are_refused_everything_and_its_runner_what_is_not_possible_then(
    process: Process, phase: Phase
) -> None:
    bracket = await reached(process, phase)
    before = await everything(process, bracket)
    for step in STEPS:
        with pytest.raises(NotYourBracket):
            await take(process, step, bracket, STRANGER)
        if step not in LEGAL[phase]:
            with pytest.raises(NotPossibleNow):
                await take(process, step, bracket)
    assert await everything(process, bracket) == before


async def everything(process: Process, bracket: Bracket) -> Sequence[object]:
    service = process.brackets
    stored = (await service.get(bracket.id), await service.matchup_poll(bracket.id))
    return [*stored, *await service.polls(bracket.id)]


@pytest.mark.parametrize(("phase", "step"), [(phase, step) for phase, steps in LEGAL.items() for step in steps])
async def test_in_each_phase_a_manager_may_take_each_step_that_is_possible(
    process: Process, phase: Phase, step: str
) -> None:
    bracket = await reached(process, phase)
    after = await take(process, step, bracket, STRANGER, is_manager=True)
    assert after.phase is not phase or step == "reopen"
