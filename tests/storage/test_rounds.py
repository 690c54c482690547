"""The rounds of games: asked, shown, closed, and what was asked in a guild before."""

from datetime import timedelta

import pytest

from bot.domain.drawing import WINDOW
from bot.domain.games import Angle, Answer, RoundState, Stake
from bot.storage import games, guesses, rounds
from bot.storage.database import Database
from tests.storage.game_rows import (
    ALICE,
    BORA,
    CHANNEL,
    DRAMA,
    GUILD,
    KISS,
    LINE,
    WHOSE,
    add,
    after,
    close,
    end,
    find,
    open_,
    play,
    rounds_of,
    script,
    skip,
    stake,
)


@pytest.mark.parametrize("question", [KISS, DRAMA, WHOSE])
async def test_a_question_is_stored_with_its_choices_in_their_order(database: Database, question: object) -> None:
    game = await add(database, KISS, DRAMA, WHOSE)
    assert question in [round_.question for round_ in await rounds_of(database, game)]


async def test_opening_a_round_sets_its_times_and_leaves_the_others_alone(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    await open_(database, first, after(3))
    opened = await find(database, first)
    assert (opened.state, opened.opened_at, opened.deadline) == (RoundState.OPEN, after(3), after(23))
    assert await find(database, second) == second


async def test_a_round_that_nobody_has_seen_opens_anew(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first, after(3))
    await open_(database, first, after(9))
    assert (await find(database, first)).opened_at == after(9)


async def test_a_round_that_is_shown_keeps_its_time(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first, after(3))
    await database.write(lambda connection: rounds.show_round(connection, first.id, 1, after(30)))
    await open_(database, first, after(9))
    assert (await find(database, first)).opened_at == after(3)


async def test_a_closed_round_does_not_open_again(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first)
    await close(database, first)
    await open_(database, first)
    assert (await find(database, first)).state is RoundState.CLOSED


async def test_a_shown_round_knows_its_message_and_its_deadline(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    await open_(database, first)
    await database.write(lambda connection: rounds.show_round(connection, first.id, 777, after(21.5)))
    found = await database.write(lambda connection: rounds.find_round(connection, first.id, lock=True))
    assert found is not None
    assert (found.message_id, found.deadline) == (777, after(21.5))


async def test_the_deadline_of_a_round_can_be_moved(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    await open_(database, first)
    await database.write(lambda connection: rounds.move_deadline(connection, first.id, after(3600)))
    assert (await find(database, first)).deadline == after(3600)
    assert (await find(database, second)).deadline is None


async def test_a_skipped_round_is_closed_and_its_points_stay_open(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    await open_(database, first)
    await stake(database, first, ALICE, 12)
    await skip(database, first)
    skipped = await find(database, first)
    assert (skipped.state, skipped.skipped) == (RoundState.CLOSED, True)
    assert (await find(database, second)).skipped is False
    assert await database.read(lambda connection: guesses.list_stakes(connection, first.id)) == [Stake(ALICE, 12)]


async def test_a_closed_round_gives_its_stakes_their_points(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    for round_ in (first, second):
        await stake(database, round_, ALICE, 12)
        await stake(database, round_, BORA, 14)
    await close(database, first, stakes=[Stake(ALICE, 12, -12), Stake(BORA, 14, 14)])
    played = await database.read(lambda connection: guesses.list_stakes(connection, first.id))
    assert played == [Stake(ALICE, 12, -12), Stake(BORA, 14, 14)]
    untouched = await database.read(lambda connection: guesses.list_stakes(connection, second.id))
    assert untouched == [Stake(ALICE, 12), Stake(BORA, 14)]


async def test_a_round_that_is_not_stored_is_not_found(database: Database) -> None:
    assert await database.write(lambda connection: rounds.find_round(connection, 404, lock=True)) is None


async def test_the_following_round_is_the_next_of_the_same_game(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    await add(database, request_id=2, channel_id=CHANNEL + 1)
    assert await database.write(lambda connection: rounds.find_following(connection, first)) == second
    assert await database.write(lambda connection: rounds.find_following(connection, second)) is None


async def test_rounds_are_locked_by_their_ids_and_unknown_ones_are_left_out(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    found = await database.write(lambda connection: rounds.lock_rounds(connection, [second.id, 404, first.id]))
    assert found == {first.id: first, second.id: second}


async def test_only_shown_questions_count_as_asked_and_only_in_their_guild(database: Database) -> None:
    for request_id in (1, 2):
        game = await add(database, KISS, LINE, request_id=request_id)
        await open_(database, (await rounds_of(database, game))[0])
        await end(database, game)
    other = await add(database, LINE, request_id=3, guild_id=GUILD + 1)
    await open_(database, (await rounds_of(database, other))[0])
    told = await database.read(lambda connection: rounds.history(connection, GUILD))
    assert told.asked == {(KISS.moment_id, 0, Angle.SCRIPT): 2}


async def test_a_question_counts_as_asked_from_its_own_angle_also_where_it_was_skipped(database: Database) -> None:
    for round_ in await rounds_of(database, await add(database, KISS, WHOSE, DRAMA)):
        await open_(database, round_)
        await skip(database, round_)
    told = await database.read(lambda connection: rounds.history(connection, GUILD))
    assert told.asked == {
        (KISS.moment_id, 0, Angle.SCRIPT): 1,
        (WHOSE.moment_id, 0, Angle.WHOSE): 1,
        (DRAMA.moment_id, 0, Angle.DRAMA): 1,
    }


async def test_the_last_right_answers_are_told_by_angle_oldest_first_and_no_more_than_matter(
    database: Database,
) -> None:
    answers = [Answer.SCRIPTED, Answer.SCRIPTED, Answer.SCRIPTED, *([Answer.AD_LIB, Answer.SCRIPTED] * 5)]
    questions = [script(f"moment-{number}", 0, answer) for number, answer in enumerate(answers)]
    for number, round_ in enumerate(await rounds_of(database, await add(database, *questions, WHOSE))):
        await open_(database, round_, after(30 * number))
    told = await database.read(lambda connection: rounds.history(connection, GUILD))
    assert len(answers) > WINDOW
    assert told.planned[Angle.SCRIPT] == [answer is Answer.SCRIPTED for answer in answers][-WINDOW:]
    assert told.planned[Angle.WHOSE] == [False]


async def test_opening_a_round_a_second_time_is_no_second_time_in_the_history(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database, KISS, LINE))
    for seconds in (0, 60):
        await open_(database, first, after(seconds))
    await play(database, first, (ALICE, 12, 1))
    told = await database.read(lambda connection: rounds.history(connection, GUILD))
    assert told.asked[(KISS.moment_id, 0, Angle.SCRIPT)] == 1
    assert told.planned[Angle.SCRIPT] == [False]


async def test_what_a_game_that_is_on_is_going_to_ask_counts_until_it_has_ended_without_asking_it(
    database: Database,
) -> None:
    game = await add(database, KISS, LINE)
    first, _ = await rounds_of(database, game)
    await open_(database, first)
    told = await database.read(lambda connection: rounds.history(connection, GUILD))
    assert sorted(told.asked.values()) == [1, 1]
    await database.write(lambda connection: games.end_game(connection, game.id, after(99)))
    told = await database.read(lambda connection: rounds.history(connection, GUILD))
    assert told.asked == {(KISS.moment_id, 0, Angle.SCRIPT): 1}


async def test_a_deadline_is_kept_to_the_millisecond(database: Database) -> None:
    first, _ = await rounds_of(database, await add(database))
    opened_at = after(0) + timedelta(microseconds=1_234_000)
    await open_(database, first, opened_at)
    assert (await find(database, first)).opened_at == opened_at
