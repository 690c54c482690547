"""Leaderboards of a period in the guild's time zone, what one member has to show, and hiding."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.boards import Board, Stats, Totals
from bot.domain.games import Standing
from bot.domain.periods import Period
from bot.errors import BoardHidden, NoSuchSeason
from bot.services.boards import BoardService
from bot.services.settings import SettingsService
from bot.storage.database import Database
from tests.storage.boards_rows import ALICE, BORA, CHAN, GUILD, NOON, Played, store

DAY = timedelta(days=1)
NIGHT = datetime(2026, 11, 19, 14, 30, tzinfo=UTC)
"""Half an hour before midnight in Seoul."""


@pytest.fixture
def service(database: Database) -> BoardService:
    return BoardService(database)


async def standing(service: BoardService, period: Period, now: datetime = NIGHT) -> Sequence[tuple[int, int]]:
    """Rank and member of each line of the board."""
    return [(entry.rank, entry.user_id) for entry in (await service.board(GUILD, period, now)).standings]


async def test_each_period_counts_what_was_said_in_it(service: BoardService, database: Database) -> None:
    for days, user_id in enumerate((ALICE, BORA, CHAN)):  # today, last Monday, the month before
        await store(database, Played({user_id: 10}, -[0, 3, 30][days] * DAY))
    assert await standing(service, Period.TODAY) == [(1, ALICE)]
    assert await standing(service, Period.WEEK) == [(1, ALICE), (1, BORA)]
    assert await standing(service, Period.MONTH) == [(1, ALICE), (1, BORA)]
    for period in (Period.SEASON, Period.ALL):
        assert await standing(service, period) == [(1, ALICE), (1, BORA), (1, CHAN)]


async def test_a_day_ends_at_midnight_of_the_guilds_time_zone(service: BoardService, database: Database) -> None:
    await store(database, Played({ALICE: 10}))
    assert await standing(service, Period.TODAY) == [(1, ALICE)]
    assert await standing(service, Period.TODAY, NIGHT + timedelta(hours=1)) == []
    await SettingsService(database).set_time_zone(GUILD, "America/New_York", is_manager=True)
    board = await service.board(GUILD, Period.TODAY, NIGHT + timedelta(hours=1))
    assert board == Board(
        Period.TODAY,
        (Standing(1, ALICE, 10, 1, 1),),
        season=1,
        began=datetime(2026, 11, 19, 5, tzinfo=UTC),
        ended=None,
        time_zone="America/New_York",
    )


async def test_equal_points_share_a_rank_and_the_next_one_is_skipped(service: BoardService, database: Database) -> None:
    await store(database, Played({ALICE: 10, BORA: 20, CHAN: 5, CHAN + 1: 10}))
    assert await standing(service, Period.ALL) == [(1, BORA), (2, ALICE), (2, CHAN + 1), (4, CHAN)]


async def test_who_is_hidden_leaves_no_gap_in_the_ranks(service: BoardService, database: Database) -> None:
    await store(database, Played({ALICE: 30, BORA: 20, CHAN: 10}))
    await service.set_hidden(BORA, True)
    assert await standing(service, Period.ALL) == [(1, ALICE), (2, CHAN)]
    await service.set_hidden(BORA, False)
    assert await standing(service, Period.ALL) == [(1, ALICE), (2, BORA), (3, CHAN)]


@pytest.mark.parametrize("number", [0, -1, 2])
async def test_a_season_that_never_was_has_no_board(service: BoardService, number: int) -> None:
    with pytest.raises(NoSuchSeason) as refused:
        await service.board(GUILD, Period.SEASON, NOON, number)
    assert refused.value.values == {"number": number}


async def test_stats_tell_of_all_time_and_of_the_season_that_runs(service: BoardService, database: Database) -> None:
    await store(database, Played({ALICE: 15, BORA: 0}, took={ALICE: 2.5}, streaks={ALICE: 4}))
    await service.end_season(GUILD, NOON + DAY, is_manager=True)
    await store(
        database,
        Played({ALICE: 12, BORA: 14}, 2 * DAY, took={ALICE: 8}, streaks={ALICE: 1, BORA: 1}),
        Played({ALICE: 0}, 2 * DAY),
    )
    await store(database, Played({ALICE: 10}, 2 * DAY, streaks={ALICE: 2}, daily_on=date(2026, 11, 21)))
    assert await service.stats(GUILD, ALICE, NOON + 3 * DAY, own=False) == Stats(
        ALICE,
        Totals(games=3, answered=4, right=3, points=37, best_streak=4, fastest=2.5),
        season=2,
        season_points=22,
        season_rank=1,
        daily_streak=2,
        hidden=False,
    )
    assert (await service.stats(GUILD, BORA, NOON + 3 * DAY, own=True)).season_rank == 2


async def test_stats_of_who_never_played_are_empty(service: BoardService) -> None:
    empty = await service.stats(GUILD, ALICE, NOON, own=True)
    assert empty == Stats(ALICE, Totals(), 1, 0, season_rank=None, daily_streak=0, hidden=False)
    assert empty.share == 0.0


async def test_the_share_is_of_what_was_answered(service: BoardService, database: Database) -> None:
    await store(database, Played({ALICE: 10}), Played({ALICE: 0}), Played({ALICE: 10}), Played({ALICE: -5}))
    assert (await service.stats(GUILD, ALICE, NOON, own=True)).share == 0.5


async def test_who_is_hidden_sees_her_own_stats_and_nobody_else_does(service: BoardService, database: Database) -> None:
    await store(database, Played({ALICE: 10}))
    await service.set_hidden(ALICE, True)
    own = await service.stats(GUILD, ALICE, NOON, own=True)
    assert (own.totals.points, own.season_points, own.season_rank, own.hidden) == (10, 10, None, True)
    with pytest.raises(BoardHidden):
        await service.stats(GUILD, ALICE, NOON, own=False)
