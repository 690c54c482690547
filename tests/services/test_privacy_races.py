"""A member's deletion and the end of what she takes part in, in one instant and through two processes."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.domain.games import Game, Mode, Round
from bot.domain.library import Library
from bot.services.privacy import PrivacyService
from bot.storage.database import Database, open_database
from tests.services.play import (
    ALICE,
    NOON,
    STARTER,
    Process,
    after,
    ask,
    close,
    process_on,
    rounds_of,
    say,
    start,
)
from tests.storage.engines import ENGINES

TIMES = 10
CROWD = range(ALICE, ALICE + 60)
SECOND = 36.0
"""Seconds after noon at which the second question comes."""


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest_asyncio.fixture
async def other(address: str) -> AsyncGenerator[Database]:
    """The database of a second process."""
    async with open_database(address) as opened:
        yield opened


async def second_round(process: Process, database: Database, channel_id: int) -> tuple[Game, Round]:
    """Sixty members have won points, have risked them, and have answered the second question, which is open."""
    game = await start(process, rounds=3, mode=Mode.BOLD, channel_id=channel_id, request_id=channel_id)
    first, second, _ = await rounds_of(database, game)
    await ask(process, first.id, NOON, message_id=2 * channel_id)
    await asyncio.gather(*(say(process, first, user_id, 4) for user_id in CROWD))
    await close(process, first.id, after(21))
    await asyncio.gather(*(process.choices.double(first.id, user_id, after(22)) for user_id in CROWD))
    await ask(process, second.id, after(SECOND), message_id=2 * channel_id + 1)
    await asyncio.gather(*(say(process, second, user_id, SECOND + 4) for user_id in CROWD))
    return game, second


async def test_a_deletion_and_the_close_of_a_round_that_she_answered_and_risked_points_on_do_not_wait_for_each_other(
    process: Process, database: Database, other: Database
) -> None:
    privacy = PrivacyService(other)
    for time in range(TIMES):
        user_id = CROWD[time * 6]
        _game, second = await second_round(process, database, channel_id=time + 1)
        async with asyncio.timeout(10):
            await asyncio.gather(close(process, second.id, after(SECOND + 21)), privacy.delete(user_id))
        assert await privacy.count(user_id) == 0
        again = await close(process, second.id, after(SECOND + 30))
        points = {entry.guess.user_id: entry.points for entry in again.scored}
        assert user_id not in points
        assert points == {member: 15 for member in CROWD if member != user_id}
        assert {stake.points for stake in again.stakes} == {14}
        assert {stake.user_id for stake in again.stakes} == set(CROWD) - {user_id}


async def test_twenty_members_who_delete_their_data_while_the_game_is_stopped_are_all_gone(
    process: Process, database: Database, other: Database
) -> None:
    privacy, leaving = PrivacyService(other), CROWD[::3]
    for time in range(3):
        game, second = await second_round(process, database, channel_id=time + 1)
        async with asyncio.timeout(20):
            await asyncio.gather(
                process.trivia.stop(game.channel_id, STARTER, after(SECOND + 10), is_manager=False),
                *(privacy.delete(user_id) for user_id in leaving),
            )
        again = await close(process, second.id, after(SECOND + 30))
        assert {entry.guess.user_id for entry in again.scored} == set(CROWD) - set(leaving)
        assert {entry.points for entry in again.scored} == {15}


async def test_a_deletion_while_sixty_others_answer_takes_nobody_elses_answer(
    process: Process, database: Database, other: Database, library: Library
) -> None:
    privacy, second_process = PrivacyService(other), process_on(other, library)
    game = await start(process, rounds=2)
    first, _ = await rounds_of(database, game)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 1)
    async with asyncio.timeout(10):
        await asyncio.gather(
            privacy.delete(ALICE),
            *(say((process, second_process)[user_id % 2], first, user_id, 4) for user_id in CROWD[1:]),
        )
    closed = await process.rounds.close(first.id, after(21))
    assert closed is not None
    assert {entry.guess.user_id for entry in closed.scored} == set(CROWD[1:])
    recap = await process.rounds.finish(game.id, after(21) + timedelta(seconds=9))
    assert recap is not None
    assert {standing.points for standing in recap.standings} == {14}
