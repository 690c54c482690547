"""Games: started, found, ended."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.games import Game, Guess, Mode, RoundState, Wish
from bot.domain.moments import Kind
from bot.domain.spoilers import SpoilerWish
from bot.domain.texts import Language
from bot.storage import games
from bot.storage.database import Database
from tests.storage.game_rows import (
    ALICE,
    BORA,
    CHAN,
    CHANNEL,
    DRAMA,
    GUILD,
    KISS,
    LINE,
    NOON,
    STARTER,
    add,
    after,
    end,
    rounds_of,
    say,
    show,
)

EVERY_WISH = Wish(7, 45, Mode.MIXED, SpoilerWish.SEEN_BY_US, "signal", Kind.LINE, "12", "an-article")
DAY = date(2026, 5, 1)


@pytest.mark.parametrize("wish", [Wish(), EVERY_WISH])
async def test_a_stored_game_is_found_as_it_was_stored_with_all_that_was_wished_for(
    database: Database, wish: Wish
) -> None:
    game = await add(database, wish=wish)
    expected = Game(game.id, GUILD, CHANNEL, STARTER, Language.KOREAN, rounds=2, started_at=NOON, wish=wish)
    assert game == expected
    assert await database.read(lambda connection: games.find_game(connection, game.id)) == expected


async def test_the_rounds_of_a_new_game_wait_in_the_order_of_its_questions(database: Database) -> None:
    game = await add(database, LINE, KISS, DRAMA)
    rounds = await rounds_of(database, game)
    assert [round_.question for round_ in rounds] == [LINE, KISS, DRAMA]
    assert [round_.number for round_ in rounds] == [1, 2, 3]
    assert {(round_.state, round_.game_id, round_.guild_id, round_.skipped) for round_ in rounds} == {
        (RoundState.WAITING, game.id, GUILD, False)
    }
    assert {(round_.opened_at, round_.deadline, round_.message_id) for round_ in rounds} == {(None, None, None)}


async def test_a_game_that_is_not_stored_is_not_found(database: Database) -> None:
    assert await database.read(lambda connection: games.find_game(connection, 404)) is None


async def test_the_running_game_of_a_channel_is_found_until_it_ends(database: Database) -> None:
    game = await add(database)
    await add(database, request_id=2, channel_id=CHANNEL + 1)
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) == game
    await end(database, game)
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) is None


async def test_a_game_ends_only_once_and_keeps_its_first_end(database: Database) -> None:
    game = await add(database)
    assert [await end(database, game, after(30)), await end(database, game, after(90))] == [True, False]
    found = await database.read(lambda connection: games.find_game(connection, game.id))
    assert found is not None
    assert found.ended_at == after(30)


async def test_two_games_cannot_run_in_one_channel(database: Database) -> None:
    await add(database)
    with pytest.raises(IntegrityError):
        await add(database, request_id=2)


async def test_a_channel_can_have_a_game_after_its_last_one_has_ended(database: Database) -> None:
    await end(database, await add(database))
    again = await add(database, request_id=2)
    assert again.ended_at is None


async def test_a_request_makes_only_one_game(database: Database) -> None:
    await add(database, request_id=1)
    with pytest.raises(IntegrityError):
        await add(database, request_id=1, channel_id=CHANNEL + 1)


async def test_a_daily_question_stands_beside_the_game_of_its_channel(database: Database) -> None:
    daily = await add(database, KISS, request_id=1, daily_on=DAY)
    game = await add(database, LINE, request_id=2)
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) == game
    assert daily.daily_on == DAY
    assert await database.read(lambda connection: games.find_daily(connection, GUILD, DAY)) == daily
    assert await database.read(lambda connection: games.list_open_dailies(connection, GUILD)) == [daily]


async def test_a_guild_has_one_daily_question_a_day(database: Database) -> None:
    await end(database, await add(database, KISS, daily_on=DAY))
    with pytest.raises(IntegrityError):
        await add(database, LINE, request_id=2, daily_on=DAY)


async def test_the_daily_question_before_another_is_the_last_that_was_shown_in_the_guild(
    database: Database,
) -> None:
    days = [date(2026, 4, 30), date(2026, 5, 3), date(2026, 5, 2)]
    dailies = [
        await add(database, KISS, request_id=number, channel_id=number, daily_on=day) for number, day in enumerate(days)
    ]
    await add(database, KISS, request_id=9, guild_id=GUILD + 1, daily_on=DAY)
    for daily in (dailies[0], dailies[2]):
        (only,) = await rounds_of(database, daily)
        await show(database, only)
    assert await database.read(lambda connection: games.find_daily_before(connection, dailies[2])) == dailies[0]
    assert await database.read(lambda connection: games.find_daily_before(connection, dailies[1])) == dailies[0]
    assert await database.read(lambda connection: games.find_daily_before(connection, dailies[0])) is None


async def test_the_last_players_of_a_channel_are_those_of_its_last_game_that_anybody_answered(
    database: Database,
) -> None:
    assert await database.read(lambda connection: games.last_players(connection, CHANNEL)) == frozenset()
    for request_id, players in ((1, [CHAN]), (2, [ALICE, BORA]), (3, [])):
        game = await add(database, request_id=request_id)
        first, second = await rounds_of(database, game)
        for user_id in players:
            said = Guess(user_id, KISS.answer, after(1))
            await say(database, (first, said), (second, said))
        await end(database, game)
    [daily] = await rounds_of(database, await add(database, KISS, request_id=4, daily_on=DAY))
    [elsewhere] = await rounds_of(database, await add(database, KISS, request_id=5, channel_id=CHANNEL + 1))
    for round_ in (daily, elsewhere):
        await say(database, (round_, Guess(STARTER, KISS.answer, after(1))))
    assert await database.read(lambda connection: games.last_players(connection, CHANNEL)) == {ALICE, BORA}
