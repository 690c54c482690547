"""Seasons: one end of each, whoever presses and how often, and nothing lost."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.boards import Board, Season
from bot.domain.periods import Period
from bot.errors import ManagersOnly, Outdated
from bot.services.boards import BoardService
from bot.storage.database import Database, open_database
from tests.storage.boards_rows import ALICE, BORA, CHAN, GUILD, NOON, Played, store
from tests.storage.engines import ENGINES

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def service(database: Database) -> BoardService:
    return BoardService(database)


async def end(service: BoardService, now: datetime, season: int | None = None) -> Board:
    return await service.end_season(GUILD, now, is_manager=True, season=season)


async def lines(service: BoardService, season: int | None = None) -> list[tuple[int, int]]:
    board = await service.board(GUILD, Period.SEASON, NOON + 99 * DAY, season)
    return [(entry.user_id, entry.points) for entry in board.standings]


async def test_a_guild_begins_in_its_first_season(service: BoardService) -> None:
    assert await service.seasons(GUILD) == [Season(1, None, None)]


async def test_each_season_runs_from_the_end_of_the_last_one_to_its_own(
    service: BoardService, database: Database
) -> None:
    await store(database, Played({ALICE: 10, BORA: 5}))
    first = await end(service, NOON + DAY)
    assert (first.season, first.began, first.ended) == (1, None, NOON + DAY)
    await store(database, Played({BORA: 20}, DAY))  # at the very instant of the end
    await store(database, Played({CHAN: 30}, 2 * DAY))
    second = await end(service, NOON + 3 * DAY)
    assert (second.season, second.began, second.ended) == (2, NOON + DAY, NOON + 3 * DAY)
    assert [entry.user_id for entry in second.winners] == [CHAN]
    assert await service.seasons(GUILD) == [
        Season(1, None, NOON + DAY),
        Season(2, NOON + DAY, NOON + 3 * DAY),
        Season(3, NOON + 3 * DAY, None),
    ]
    assert await lines(service, 1) == [(ALICE, 10), (BORA, 5)]
    assert await lines(service, 2) == [(CHAN, 30), (BORA, 20)]
    assert await lines(service, 3) == await lines(service) == []


async def test_the_end_of_a_season_takes_nothing_from_the_points_of_all_time(
    service: BoardService, database: Database
) -> None:
    await store(database, Played({ALICE: 10}))
    before = (await service.board(GUILD, Period.ALL, NOON)).standings
    for days in (1, 2, 3):
        await end(service, NOON + days * DAY)
    assert (await service.board(GUILD, Period.ALL, NOON + 4 * DAY)).standings == before
    assert await lines(service, 1) == [(ALICE, 10)]


async def test_members_who_are_no_managers_end_nothing(service: BoardService) -> None:
    with pytest.raises(ManagersOnly):
        await service.end_season(GUILD, NOON, is_manager=False)
    assert await service.seasons(GUILD) == [Season(1, None, None)]


async def test_a_second_end_within_the_minute_gets_the_board_of_the_first(
    service: BoardService, database: Database
) -> None:
    await store(database, Played({ALICE: 10}))
    first = await end(service, NOON + DAY)
    for seconds in (0, 59, -3):
        again = await end(service, NOON + DAY + seconds * SECOND)
        assert (again.season, again.ended, again.standings) == (1, NOON + DAY, first.standings)
    assert len(await service.seasons(GUILD)) == 2
    assert (await end(service, NOON + DAY + 60 * SECOND)).season == 2


async def test_who_saw_which_season_she_ends_never_ends_another_one(service: BoardService) -> None:
    assert (await end(service, NOON, season=1)).season == 1
    assert (await end(service, NOON + 30 * SECOND, season=1)).ended == NOON
    for season, later in ((1, 61), (3, 0), (3, 61)):
        with pytest.raises(Outdated):
            await end(service, NOON + later * SECOND, season=season)
    assert len(await service.seasons(GUILD)) == 2
    assert (await end(service, NOON + 31 * SECOND, season=2)).season == 2


async def test_a_guild_ends_its_own_season_alone(service: BoardService) -> None:
    await end(service, NOON)
    assert await service.seasons(GUILD + 1) == [Season(1, None, None)]


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_managers_of_two_processes_who_end_a_season_at_the_same_instant_end_only_one(address: str) -> None:
    async with open_database(address) as one, open_database(address) as other:
        await store(one, Played({ALICE: 10}))
        services = [BoardService(one), BoardService(other)] * 8
        ends = await asyncio.gather(*(end(service, NOON + DAY, season=1) for service in services))
        assert {(board.season, board.ended) for board in ends} == {(1, NOON + DAY)}
        assert {board.standings[0].user_id for board in ends} == {ALICE}
        assert len(await services[0].seasons(GUILD)) == 2


async def test_the_boards_of_several_seasons_come_in_the_order_asked_for(
    service: BoardService, database: Database
) -> None:
    await store(database, Played({ALICE: 10}))
    await end(service, NOON + DAY)
    found = await service.boards_of(GUILD, [2, 1], NOON + 2 * DAY)
    assert [(board.season, len(board.standings)) for board in found] == [(2, 0), (1, 1)]
