"""How daily questions are stored: one for a guild's day, found by day, and the streaks from one to the next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.games import Angle, Answer, Game, Guess, Mode, Question, Round, Scored, Wish
from bot.domain.texts import Language
from bot.storage import boards, games, guesses, rounds
from bot.storage.database import Database

EIGHT = datetime(2026, 5, 1, 11, tzinfo=UTC)
GUILD, OTHER, CHANNEL = 845001112223334445, 845001112223334447, 845001112223334446
ALICE, BORA = 901000000000000001, 901000000000000002
KISS = Question("coffee-prince-kiss", 0, Angle.SCRIPT, tuple(Answer), Answer.AD_LIB)
ONE_DAY = 86_340
FIRST, SECOND, THIRD = (date(2026, 5, day) for day in (1, 2, 3))


async def add(database: Database, day: date | None, request_id: int, guild_id: int = GUILD) -> Game:
    """Store the question of a day, or a common game where there is no day; it starts so many days after the first."""
    return await database.write(
        lambda connection: games.add_game(
            connection,
            guild_id=guild_id,
            channel_id=CHANNEL,
            starter_id=None,
            request_id=request_id,
            language=Language.KOREAN,
            wish=Wish(rounds=1, seconds=ONE_DAY, mode=Mode.DAILY if day else Mode.CLASSIC),
            now=EIGHT + timedelta(days=abs(request_id)),
            questions=[KISS],
            daily_on=day,
        )
    )


async def find(database: Database, day: date, guild_id: int = GUILD) -> Game | None:
    return await database.read(lambda connection: games.find_daily(connection, guild_id, day))


async def before(database: Database, daily: Game) -> Game | None:
    return await database.read(lambda connection: games.find_daily_before(connection, daily))


async def open_ones(database: Database, guild_id: int = GUILD) -> list[date | None]:
    found = await database.read(lambda connection: games.list_open_dailies(connection, guild_id))
    return [game.daily_on for game in found]


async def end(database: Database, game: Game) -> None:
    await database.write(lambda connection: games.end_game(connection, game.id, EIGHT))


async def only_round(database: Database, game: Game) -> Round:
    (only,) = await database.read(lambda connection: rounds.list_rounds(connection, game.id))
    return only


async def play(database: Database, game: Game, streaks: dict[int, int], *, closed: bool = True) -> None:
    """Show the question of a game and have members answer it; a streak of 0 is a wrong answer."""
    only = await only_round(database, game)
    said = [Guess(user_id, Answer.AD_LIB if streak else Answer.SCRIPTED, EIGHT) for user_id, streak in streaks.items()]
    scored = [Scored(guess, bool(streaks[guess.user_id]), 10, streaks[guess.user_id]) for guess in said]
    deadline = EIGHT + timedelta(seconds=ONE_DAY)
    await database.write(lambda connection: rounds.open_round(connection, only.id, EIGHT, deadline))
    await database.write(lambda connection: rounds.show_round(connection, only.id, 7, deadline))
    if said:
        await database.write(lambda connection: guesses.add_guesses(connection, [(only, guess) for guess in said]))
    if closed:
        await database.write(lambda connection: rounds.close_round(connection, only.id, scored, (), EIGHT))


async def streak(database: Database, user_id: int, guild_id: int = GUILD) -> int:
    return await database.read(lambda connection: boards.daily_streak(connection, guild_id, user_id))


async def test_the_question_of_a_day_is_found_by_its_day_as_it_was_stored(database: Database) -> None:
    game = await add(database, FIRST, -1)
    assert (game.daily_on, game.mode, game.seconds, game.starter_id) == (FIRST, Mode.DAILY, ONE_DAY, None)
    assert await find(database, FIRST) == game
    assert await find(database, SECOND) is None
    assert await find(database, FIRST, OTHER) is None


async def test_a_day_of_a_guild_has_one_question_whatever_asks_for_another(database: Database) -> None:
    game = await add(database, FIRST, -1)
    with pytest.raises(IntegrityError):
        await add(database, FIRST, -2)
    assert await find(database, FIRST) == game


async def test_every_guild_has_the_question_of_its_own_day(database: Database) -> None:
    mine, theirs = await add(database, FIRST, -1), await add(database, FIRST, -2, OTHER)
    assert await find(database, FIRST) == mine
    assert await find(database, FIRST, OTHER) == theirs


async def test_a_day_that_has_had_its_question_is_remembered_when_it_has_ended(database: Database) -> None:
    game = await add(database, FIRST, -1)
    await end(database, game)
    found = await find(database, FIRST)
    assert found is not None
    assert found.ended_at == EIGHT


async def test_a_daily_question_is_no_game_that_runs_in_its_channel(database: Database) -> None:
    await add(database, FIRST, -1)
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) is None
    common = await add(database, None, 1)
    await add(database, SECOND, -2)
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) == common


async def test_open_ones_are_the_dailies_of_the_guild_that_have_not_ended_oldest_first(database: Database) -> None:
    await add(database, THIRD, -3)
    await add(database, FIRST, -1)
    ended = await add(database, SECOND, -2)
    await add(database, None, 1)
    await add(database, FIRST, -4, OTHER)
    await end(database, ended)
    assert await open_ones(database) == [FIRST, THIRD]


async def test_the_question_before_is_the_last_one_however_long_ago_and_never_a_game(database: Database) -> None:
    first = await add(database, FIRST, -1)
    await add(database, None, 1)
    await add(database, SECOND, -5, OTHER)
    last = await add(database, THIRD + timedelta(days=40), -2)
    for game in (first, last):
        await play(database, game, {ALICE: 1})
    assert await before(database, last) == first
    assert await before(database, first) is None


async def test_the_days_of_ten_years_stand_in_their_order(database: Database) -> None:
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2020, 10, 9), date(2030, 1, 1)]
    stored = [await add(database, day, -number) for number, day in enumerate(days, 1)]
    for game in stored:
        await play(database, game, {ALICE: 1})
    assert [await before(database, game) for game in stored] == [None, *stored[:-1]]


async def test_the_players_of_a_daily_question_are_not_those_of_the_channels_last_game(database: Database) -> None:
    common = await add(database, None, 1)
    await play(database, common, {ALICE: 1})
    await play(database, await add(database, FIRST, -1), {BORA: 1})
    assert await database.read(lambda connection: games.last_players(connection, CHANNEL)) == {ALICE}


async def test_the_streak_of_a_member_is_that_of_the_last_question_that_was_closed(database: Database) -> None:
    await play(database, await add(database, FIRST, -1), {ALICE: 4, BORA: 1})
    await play(database, await add(database, SECOND, -2), {ALICE: 5})
    await play(database, await add(database, THIRD, -3), {BORA: 1}, closed=False)
    assert (await streak(database, ALICE), await streak(database, BORA)) == (5, 0)
    assert await streak(database, ALICE, OTHER) == 0


async def test_a_common_game_neither_makes_nor_breaks_a_daily_streak(database: Database) -> None:
    await play(database, await add(database, FIRST, -1), {ALICE: 2})
    await play(database, await add(database, None, 1), {ALICE: 0, BORA: 3})
    assert (await streak(database, ALICE), await streak(database, BORA)) == (2, 0)


async def test_a_question_that_was_never_shown_is_not_the_last_that_a_streak_is_counted_by(database: Database) -> None:
    await play(database, await add(database, FIRST, -1), {ALICE: 2})
    lost = await add(database, SECOND, -2)
    only = await only_round(database, lost)
    await database.write(lambda connection: rounds.open_round(connection, only.id, EIGHT, EIGHT))
    await database.write(lambda connection: rounds.close_round(connection, only.id, (), (), EIGHT))
    await end(database, lost)
    assert await streak(database, ALICE) == 2
