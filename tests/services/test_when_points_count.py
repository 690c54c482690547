"""Points count from the moment when a question is revealed: what has been announced never changes."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.boards import Board
from bot.domain.games import Asked, Game, Mode, Round
from bot.domain.library import Library
from bot.domain.periods import Period
from bot.services.boards import BoardService
from bot.storage.database import Database
from tests.services.dailies import EIGHT, HOUR, Lounge, lounge, regulars
from tests.services.play import (
    ALICE,
    BORA,
    CHANNEL,
    GUILD,
    STARTER,
    Process,
    right,
    rounds_of,
    standings_of,
    start,
)

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MIDNIGHT = datetime(2026, 5, 1, 15, tzinfo=UTC)
"""In Seoul, of the second of May, a Saturday."""
SUNDAY_NIGHT, MONTHS_END = MIDNIGHT + 2 * DAY, MIDNIGHT + 30 * DAY


@pytest.fixture
def boards(database: Database) -> BoardService:
    return BoardService(database)


async def points(boards: BoardService, period: Period, now: datetime, season: int | None = None) -> dict[int, int]:
    board = await boards.board(GUILD, period, now, season)
    return {line.user_id: line.points for line in board.standings}


async def open_question(
    process: Process, database: Database, at: datetime, mode: Mode = Mode.CLASSIC
) -> tuple[Game, Round]:
    """Start a game whose first question stands in the channel from `at` for 20 seconds."""
    game = await start(process, mode=mode, now=at)
    first, *_ = await rounds_of(database, game)
    return game, (await show(process, first, at)).round


async def show(process: Process, round_: Round, at: datetime) -> Asked:
    asked = await process.rounds.ask(round_.id, at, timedelta())
    assert asked is not None
    await process.rounds.shown(asked, round_.id, at)
    return asked


async def say(process: Process, round_: Round, user_id: int, at: datetime) -> None:
    await process.trivia.guess(round_.id, user_id, right(round_), at)


async def test_a_daily_answer_before_the_end_of_a_season_that_is_revealed_after_it_counts_for_the_new_one(
    database: Database, library: Library, boards: BoardService
) -> None:
    club = lounge(database, library, regulars)
    await club.set_up()
    await club.play(EIGHT + 12 * HOUR)  # both have answered the question of the first evening
    announced = await end_season(boards, club)
    assert announced.standings == ()
    await club.play(EIGHT + DAY)
    [first, _second] = await club.questions()
    assert [(entry.guess.user_id, entry.points) for entry in first.scored] == [(ALICE, 10), (BORA, 0)]
    assert (await boards.board(GUILD, Period.SEASON, club.now, 1)).standings == announced.standings
    assert await points(boards, Period.SEASON, club.now) == {ALICE: 10, BORA: 0}
    assert await points(boards, Period.ALL, club.now) == {ALICE: 10, BORA: 0}


async def test_no_board_that_was_announced_changes_whenever_in_a_week_of_games_and_daily_questions_a_season_ends(
    database: Database, library: Library, boards: BoardService
) -> None:
    club = lounge(database, library, regulars)
    await club.set_up()
    announced: list[Board] = []
    for hours in range(7, 7 * 24, 5):
        await club.play(EIGHT + hours * HOUR - 30 * SECOND)
        await start(club.process, rounds=3, now=club.now, request_id=hours)
        await club.play(EIGHT + hours * HOUR)  # the first questions of the game are over, the game is not
        announced.append(await end_season(boards, club))
        await club.process.trivia.stop(CHANNEL, STARTER, club.now + SECOND, is_manager=False)
        await club.play(club.now + 2 * SECOND)
    await club.play(EIGHT + 9 * DAY)
    again = await boards.boards_of(GUILD, range(1, len(announced) + 1), club.now)
    assert [board.standings for board in again] == [board.standings for board in announced]
    assert sum(bool(board.standings) for board in announced) > 3
    total = sum(line.points for board in again for line in board.standings)
    running = sum((await points(boards, Period.SEASON, club.now)).values())
    assert total + running == sum((await points(boards, Period.ALL, club.now)).values()) > 0


async def end_season(boards: BoardService, club: Lounge) -> Board:
    return await boards.end_season(GUILD, club.now, is_manager=True)


@pytest.mark.parametrize("ends", [0.0, 10.0, 20.5])
async def test_a_season_that_ends_between_an_answer_and_its_reveal_takes_no_points(
    process: Process, database: Database, boards: BoardService, ends: float
) -> None:
    game, first = await open_question(process, database, MIDNIGHT)
    await say(process, first, ALICE, MIDNIGHT)
    announced = await boards.end_season(GUILD, MIDNIGHT + ends * SECOND, is_manager=True)
    await process.rounds.close(first.id, MIDNIGHT + 21 * SECOND)
    assert await standings_of(process, game, MIDNIGHT + 30 * SECOND) == {ALICE: 15}
    assert (await boards.board(GUILD, Period.SEASON, MIDNIGHT + DAY, 1)).standings == announced.standings == ()
    assert await points(boards, Period.SEASON, MIDNIGHT + DAY) == {ALICE: 15}


async def test_what_was_risked_counts_for_the_season_in_which_it_was_decided(
    process: Process, database: Database, boards: BoardService
) -> None:
    game, first = await open_question(process, database, MIDNIGHT, Mode.BOLD)
    await say(process, first, ALICE, MIDNIGHT)
    await process.rounds.close(first.id, MIDNIGHT + 21 * SECOND)
    await process.choices.double(first.id, ALICE, MIDNIGHT + 22 * SECOND)
    announced = await boards.end_season(GUILD, MIDNIGHT + 23 * SECOND, is_manager=True)
    assert [line.points for line in announced.standings] == [15]
    _, second = await rounds_of(database, game)
    await show(process, second, MIDNIGHT + 36 * SECOND)
    await say(process, second, ALICE, MIDNIGHT + 36 * SECOND)
    await process.rounds.close(second.id, MIDNIGHT + 57 * SECOND)
    totals = await standings_of(process, game, MIDNIGHT + 70 * SECOND)
    assert await points(boards, Period.SEASON, MIDNIGHT + DAY, 1) == {ALICE: 15}
    assert await points(boards, Period.SEASON, MIDNIGHT + DAY) == {ALICE: totals[ALICE] - 15}


@pytest.mark.parametrize(
    ("period", "turn"), [(Period.TODAY, MIDNIGHT), (Period.WEEK, SUNDAY_NIGHT), (Period.MONTH, MONTHS_END)]
)
async def test_points_count_for_the_day_the_week_and_the_month_in_which_they_were_revealed(
    process: Process, database: Database, boards: BoardService, period: Period, turn: datetime
) -> None:
    _game, first = await open_question(process, database, turn - 10 * SECOND)
    await say(process, first, ALICE, turn - 6 * SECOND)
    await process.rounds.close(first.id, turn + 11 * SECOND)
    assert await points(boards, period, turn - SECOND + DAY) == {ALICE: 14}


async def test_points_that_were_revealed_before_midnight_are_of_the_day_before(
    process: Process, database: Database, boards: BoardService
) -> None:
    _game, first = await open_question(process, database, MIDNIGHT - 22 * SECOND)
    await say(process, first, ALICE, MIDNIGHT - 22 * SECOND)
    await process.rounds.close(first.id, MIDNIGHT - SECOND)
    assert await points(boards, Period.TODAY, MIDNIGHT - SECOND) == {ALICE: 15}
    assert await points(boards, Period.TODAY, MIDNIGHT) == {}


@pytest.mark.parametrize("again", [1, 3600])
async def test_a_question_that_is_revealed_a_second_time_counts_from_the_first_time(
    process: Process, database: Database, boards: BoardService, again: int
) -> None:
    _game, first = await open_question(process, database, MIDNIGHT - 22 * SECOND)
    await say(process, first, ALICE, MIDNIGHT - 22 * SECOND)
    await process.rounds.close(first.id, MIDNIGHT - SECOND)
    await process.rounds.close(first.id, MIDNIGHT + again * SECOND)
    assert await points(boards, Period.TODAY, MIDNIGHT + DAY - SECOND) == {}


async def test_answers_of_a_game_that_is_stopped_count_for_the_day_of_the_stop(
    process: Process, database: Database, boards: BoardService
) -> None:
    _game, first = await open_question(process, database, MIDNIGHT - 10 * SECOND)
    await say(process, first, ALICE, MIDNIGHT - 10 * SECOND)
    await process.trivia.stop(CHANNEL, STARTER, MIDNIGHT + SECOND, is_manager=False)
    assert await points(boards, Period.TODAY, MIDNIGHT + SECOND) == {ALICE: 15}
