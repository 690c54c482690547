from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.games import Answer, Game, Guess, Question, Round, RoundState, Scored
from bot.domain.texts import Language
from bot.storage import games
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUILD, CHANNEL, STARTER = 845001112223334445, 845001112223334446, 845001112223334447
ALICE, BORA = 901000000000000001, 901000000000000002
KISS = Question("coffee-prince-kiss", 0, Answer.AD_LIB)
LINE = Question("signal-radio", 1, Answer.SCRIPTED)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def add(
    database: Database, *questions: Question, request_id: int = 1, channel_id: int = CHANNEL, guild_id: int = GUILD
) -> Game:
    return await database.write(
        lambda connection: games.add_game(
            connection,
            guild_id=guild_id,
            channel_id=channel_id,
            starter_id=STARTER,
            request_id=request_id,
            language=Language.KOREAN,
            seconds=20,
            now=NOON,
            questions=questions or (KISS, LINE),
        )
    )


async def rounds_of(database: Database, game: Game) -> Sequence[Round]:
    return await database.read(lambda connection: games.list_rounds(connection, game.id))


async def end(database: Database, game: Game, now: datetime = NOON) -> bool:
    return await database.write(lambda connection: games.end_game(connection, game.id, now))


async def open_(database: Database, round_: Round, opened_at: datetime = NOON) -> None:
    deadline = opened_at + timedelta(seconds=20)
    await database.write(lambda connection: games.open_round(connection, round_.id, opened_at, deadline))


async def say(database: Database, *said: tuple[Round, Guess], guild_id: int = GUILD) -> None:
    pairs = [(round_.id, guess) for round_, guess in said]
    guild_of = {round_.id: guild_id for round_, _ in said}
    await database.write(lambda connection: games.add_guesses(connection, guild_of, pairs))


async def close(database: Database, round_: Round, *scored: Scored) -> None:
    await database.write(lambda connection: games.close_round(connection, round_.id, scored))


async def test_a_stored_game_is_found_as_it_was_stored(database: Database) -> None:
    game = await add(database)
    expected = Game(game.id, GUILD, CHANNEL, STARTER, Language.KOREAN, rounds=2, seconds=20, started_at=NOON)
    assert game == expected
    assert await database.read(lambda connection: games.find_game(connection, game.id)) == expected


async def test_the_rounds_of_a_new_game_wait_in_the_order_of_its_questions(database: Database) -> None:
    game = await add(database, LINE, KISS)
    first, second = await rounds_of(database, game)
    assert first == Round(first.id, game.id, 1, LINE, RoundState.WAITING)
    assert second == Round(second.id, game.id, 2, KISS, RoundState.WAITING)


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


async def test_only_shown_questions_count_as_asked_and_only_in_their_guild(database: Database) -> None:
    for request_id in (1, 2):
        game = await add(database, KISS, LINE, request_id=request_id)
        await open_(database, (await rounds_of(database, game))[0])
        await end(database, game)
    other = await add(database, LINE, request_id=3, guild_id=GUILD + 1)
    await open_(database, (await rounds_of(database, other))[0])
    assert await database.read(lambda connection: games.asked_before(connection, GUILD)) == {(KISS.moment_id, 0): 2}


async def test_opening_a_round_sets_its_times(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    await open_(database, first, after(3))
    found = await database.read(lambda connection: games.find_round(connection, first.id))
    assert found == Round(first.id, first.game_id, 1, KISS, RoundState.OPEN, after(3), after(23))
    assert await database.read(lambda connection: games.find_round(connection, second.id)) == second


async def test_a_round_that_nobody_has_seen_opens_anew(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first, after(3))
    await open_(database, first, after(9))
    found = await database.read(lambda connection: games.find_round(connection, first.id))
    assert found is not None
    assert found.opened_at == after(9)


async def test_a_round_that_is_shown_keeps_its_time(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first, after(3))
    await database.write(lambda connection: games.show_round(connection, first.id, 1, after(30)))
    await open_(database, first, after(9))
    found = await database.read(lambda connection: games.find_round(connection, first.id))
    assert found is not None
    assert found.opened_at == after(3)


async def test_a_closed_round_does_not_open_again(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first)
    await close(database, first)
    await open_(database, first)
    found = await database.read(lambda connection: games.find_round(connection, first.id))
    assert found is not None
    assert found.state is RoundState.CLOSED


async def test_a_shown_round_knows_its_message_and_its_deadline(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first)
    await database.write(lambda connection: games.show_round(connection, first.id, 777, after(21.5)))
    found = await database.write(lambda connection: games.find_round(connection, first.id, lock=True))
    assert found is not None
    assert (found.message_id, found.deadline) == (777, after(21.5))


async def test_a_round_that_is_not_stored_is_not_found(database: Database) -> None:
    assert await database.write(lambda connection: games.find_round(connection, 404, lock=True)) is None


async def test_rounds_are_locked_by_their_ids_and_unknown_ones_are_left_out(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    found = await database.write(lambda connection: games.lock_rounds(connection, [second.id, 404, first.id]))
    assert found == {first.id: first, second.id: second}


async def test_the_guild_of_each_round_is_told(database: Database) -> None:
    [first] = await rounds_of(database, await add(database, KISS))
    [other] = await rounds_of(
        database, await add(database, LINE, request_id=2, channel_id=CHANNEL + 1, guild_id=GUILD + 1)
    )
    found = await database.read(lambda connection: games.guilds_of_rounds(connection, [first.id, other.id]))
    assert found == {first.id: GUILD, other.id: GUILD + 1}


async def test_a_member_has_one_guess_in_a_round(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    guess = Guess(ALICE, Answer.AD_LIB, after(1))
    await say(database, (first, guess), (second, guess))
    with pytest.raises(IntegrityError):
        await say(database, (first, Guess(ALICE, Answer.SCRIPTED, after(2))))


async def test_earlier_answers_are_those_of_the_member_in_that_round(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    await say(
        database, (first, Guess(ALICE, Answer.AD_LIB, after(1))), (second, Guess(BORA, Answer.SCRIPTED, after(2)))
    )
    keys = [(first.id, ALICE), (first.id, BORA), (second.id, BORA)]
    found = await database.read(lambda connection: games.earlier_answers(connection, keys))
    assert found == {(first.id, ALICE): Answer.AD_LIB, (second.id, BORA): Answer.SCRIPTED}


async def test_the_guesses_of_a_round_are_listed_fastest_first_without_points_until_it_is_closed(
    database: Database,
) -> None:
    first, second = await rounds_of(database, await add(database))
    slow, quick = Guess(ALICE, Answer.SCRIPTED, after(9)), Guess(BORA, Answer.AD_LIB, after(1.234))
    await say(database, (first, slow), (first, quick), (second, Guess(BORA, Answer.SCRIPTED, after(0))))
    listed = await database.read(lambda connection: games.list_scored(connection, first))
    assert listed == [Scored(quick, right=True, points=0), Scored(slow, right=False, points=0)]
    scored = [Scored(quick, right=True, points=14), Scored(slow, right=False, points=0)]
    await close(database, first, *scored)
    assert await database.read(lambda connection: games.list_scored(connection, first)) == scored


async def test_guesses_are_counted_for_every_round_of_the_game(database: Database) -> None:
    game = await add(database)
    first, _ = await rounds_of(database, game)
    await say(database, *((first, Guess(user_id, Answer.AD_LIB, after(1))) for user_id in (ALICE, BORA)))
    assert await database.read(lambda connection: games.count_guesses(connection, game.id)) == {1: 2, 2: 0}


async def test_totals_add_up_closed_rounds_by_game_and_by_guild(database: Database) -> None:
    for request_id in (1, 2):
        game = await add(database, KISS, LINE, request_id=request_id)
        first, second = await rounds_of(database, game)
        right, wrong = Guess(ALICE, Answer.AD_LIB, after(1)), Guess(BORA, Answer.SCRIPTED, after(2))
        await say(database, (first, right), (first, wrong), (second, Guess(BORA, Answer.SCRIPTED, after(3))))
        await close(database, first, Scored(right, right=True, points=12), Scored(wrong, right=False, points=0))
        await end(database, game)
    assert sorted(await database.read(lambda connection: games.totals_of_game(connection, game.id))) == [
        (ALICE, 12, 1, 1),
        (BORA, 0, 0, 1),
    ]
    assert sorted(await database.read(lambda connection: games.totals_of_guild(connection, GUILD))) == [
        (ALICE, 24, 2, 2),
        (BORA, 0, 0, 2),
    ]
    assert await database.read(lambda connection: games.totals_of_guild(connection, GUILD + 1)) == []
