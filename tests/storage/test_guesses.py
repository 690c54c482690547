"""What members said in rounds, what they risked, who wants to skip, and how they stand in a game."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.games import Answer, Guess, Run, Scored, Stake
from bot.storage import guesses
from bot.storage.database import Database
from tests.storage.game_rows import (
    ALICE,
    BORA,
    CHAN,
    CHANNEL,
    KISS,
    LINE,
    WALK,
    add,
    after,
    close,
    open_,
    play,
    rounds_of,
    say,
    skip,
    stake,
)


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
    found = await database.read(lambda connection: guesses.earlier_answers(connection, keys))
    assert found == {(first.id, ALICE): Answer.AD_LIB, (second.id, BORA): Answer.SCRIPTED}


async def test_the_guesses_of_a_round_are_listed_fastest_first_without_points_until_it_is_closed(
    database: Database,
) -> None:
    first, second = await rounds_of(database, await add(database))
    slow, quick = Guess(ALICE, Answer.SCRIPTED, after(9)), Guess(BORA, Answer.AD_LIB, after(1.234))
    await say(database, (first, slow), (first, quick), (second, Guess(BORA, Answer.SCRIPTED, after(0))))
    listed = await database.read(lambda connection: guesses.list_scored(connection, first))
    assert listed == [Scored(quick, right=True, points=0), Scored(slow, right=False, points=0)]
    scored = [Scored(quick, right=True, points=14, streak=3), Scored(slow, right=False, points=-5)]
    await close(database, first, *scored)
    assert await database.read(lambda connection: guesses.list_scored(connection, first)) == scored


async def test_the_scored_guesses_of_several_rounds_are_listed_by_round_without_those_still_open(
    database: Database,
) -> None:
    first, second, third = await rounds_of(database, await add(database, KISS, LINE, WALK))
    await play(database, first, (ALICE, 14, 1), (BORA, 0, 0))
    await play(database, second, (BORA, 12, 1))
    await say(database, (third, Guess(ALICE, Answer.SCRIPTED, after(50))))
    listed = await database.read(lambda connection: guesses.list_scored_of_game(connection, [first, second, third]))
    told = {round_id: [(entry.guess.user_id, entry.points) for entry in scored] for round_id, scored in listed.items()}
    assert told == {first.id: [(ALICE, 14), (BORA, 0)], second.id: [(BORA, 12)]}
    assert await database.read(lambda connection: guesses.list_scored_of_game(connection, [])) == {}


async def test_guesses_are_counted_for_every_round_of_the_game(database: Database) -> None:
    game = await add(database)
    first, _ = await rounds_of(database, game)
    await say(database, *((first, Guess(user_id, Answer.AD_LIB, after(1))) for user_id in (ALICE, BORA)))
    assert await database.read(lambda connection: guesses.count_guesses(connection, game.id)) == {1: 2, 2: 0}


async def test_a_round_is_complete_when_all_have_answered_who_answered_in_one_of_the_two_before(
    database: Database,
) -> None:
    numbers = await rounds_of(database, await add(database, KISS, LINE, WALK, KISS))
    first, second, third, fourth = numbers

    async def complete() -> list[int]:
        ids = [round_.id for round_ in numbers]
        found = await database.read(lambda connection: guesses.complete_rounds(connection, ids))
        return [round_.number for round_ in numbers if round_.id in found]

    said = Guess(ALICE, Answer.AD_LIB, after(1))
    await say(database, (first, said), (first, Guess(BORA, Answer.AD_LIB, after(1))))
    assert await complete() == []
    await say(database, (second, said))
    assert await complete() == []  # Bora is waited for
    await say(database, (third, said), (third, Guess(BORA, Answer.AD_LIB, after(2))))
    assert await complete() == [3]
    await say(database, (fourth, Guess(CHAN, Answer.AD_LIB, after(3))))
    assert await complete() == [3]
    await say(database, (fourth, said), (fourth, Guess(BORA, Answer.AD_LIB, after(4))))
    assert await complete() == [3, 4]


async def test_a_member_who_missed_two_rounds_is_not_waited_for_any_more(database: Database) -> None:
    first, second, third, fourth = await rounds_of(database, await add(database, KISS, LINE, WALK, KISS))
    await say(database, *((first, Guess(user_id, Answer.AD_LIB, after(1))) for user_id in (ALICE, BORA)))
    for round_ in (second, third, fourth):
        await say(database, (round_, Guess(ALICE, Answer.AD_LIB, after(1))))
    ids = [second.id, third.id, fourth.id]
    assert await database.read(lambda connection: guesses.complete_rounds(connection, ids)) == [fourth.id]


async def test_those_who_answered_lately_and_those_who_want_to_skip_are_the_players(database: Database) -> None:
    first, second, third, fourth = await rounds_of(database, await add(database, KISS, LINE, WALK, KISS))
    for round_, user_id in ((first, 11), (second, 12), (third, 12), (third, 13), (fourth, 14)):
        await say(database, (round_, Guess(user_id, Answer.AD_LIB, after(1))))
    for user_id in (14, 15):
        await database.write(lambda connection, user_id=user_id: guesses.add_skip(connection, fourth.id, user_id))
    await database.write(lambda connection: guesses.add_skip(connection, third.id, 16))
    assert await database.read(lambda connection: guesses.players_of(connection, fourth)) == {12, 13, 14, 15}
    assert await database.read(lambda connection: guesses.players_of(connection, first)) == {11}


async def test_a_member_has_one_voice_for_skipping_a_round(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    noted = [
        await database.write(lambda connection, about=about: guesses.add_skip(connection, *about))
        for about in ((first.id, ALICE), (first.id, ALICE), (first.id, BORA), (second.id, ALICE))
    ]
    assert noted == [True, False, True, True]
    assert await database.read(lambda connection: guesses.count_skips(connection, first.id)) == 2
    assert await database.read(lambda connection: guesses.count_skips(connection, 404)) == 0


async def test_a_member_risks_once_in_a_round_and_may_take_it_back(database: Database) -> None:
    first, second = await rounds_of(database, await add(database))
    for round_, amount in ((first, 12), (first, 99), (second, 14)):
        await stake(database, round_, ALICE, amount)
    assert await database.read(lambda connection: guesses.list_stakes(connection, first.id)) == [Stake(ALICE, 12)]
    await database.write(lambda connection: guesses.remove_stake(connection, first.id, ALICE))
    assert await database.read(lambda connection: guesses.list_stakes(connection, first.id)) == []
    assert await database.read(lambda connection: guesses.list_stakes(connection, second.id)) == [Stake(ALICE, 14)]


async def test_totals_add_up_the_closed_rounds_of_a_game_and_what_was_risked_in_them(database: Database) -> None:
    for request_id in (1, 2):
        game = await add(database, KISS, LINE, WALK, request_id=request_id, channel_id=CHANNEL + request_id)
        first, second, third = await rounds_of(database, game)
        await play(database, first, (ALICE, 12, 1), (BORA, 0, 0))
        await stake(database, second, ALICE, 12)
        await stake(database, second, CHAN, 10)
        await say(database, (second, Guess(BORA, LINE.answer, after(3))))
        right = Scored(Guess(BORA, LINE.answer, after(3)), right=True, points=11, streak=1)
        await close(database, second, right, stakes=[Stake(ALICE, 12, -12), Stake(CHAN, 10, 10)])
        await say(database, (third, Guess(ALICE, WALK.answer, after(9))))
        await stake(database, third, BORA, 11)
    totals = await database.read(lambda connection: guesses.totals_of_game(connection, game.id))
    assert sorted(totals) == [(ALICE, 0, 1, 1), (BORA, 11, 1, 2), (CHAN, 10, 0, 0)]


async def test_before_a_round_a_member_stands_with_her_points_and_the_streak_that_reached_the_last_round(
    database: Database,
) -> None:
    first, second, third = await rounds_of(database, await add(database, KISS, LINE, WALK))
    await play(database, first, (ALICE, 14, 1), (BORA, 12, 1))
    await play(database, second, (ALICE, 15, 2))
    assert await database.read(lambda connection: guesses.runs_before(connection, first)) == {}
    assert await database.read(lambda connection: guesses.runs_before(connection, second)) == {
        ALICE: Run(14, 1),
        BORA: Run(12, 1),
    }
    assert await database.read(lambda connection: guesses.runs_before(connection, third)) == {
        ALICE: Run(29, 2),
        BORA: Run(12, 0),
    }


async def test_a_skipped_round_gives_no_points_and_breaks_no_streak(database: Database) -> None:
    first, second, third = await rounds_of(database, await add(database, KISS, LINE, WALK))
    await play(database, first, (ALICE, 14, 1), (BORA, 12, 1))
    await open_(database, second)
    await say(database, (second, Guess(BORA, LINE.answer, after(30))))
    await skip(database, second)
    assert await database.read(lambda connection: guesses.runs_before(connection, third)) == {
        ALICE: Run(14, 1),
        BORA: Run(12, 1),
    }


async def test_points_that_were_risked_count_before_the_next_round(database: Database) -> None:
    first, second, third = await rounds_of(database, await add(database, KISS, LINE, WALK))
    await play(database, first, (ALICE, 14, 1), (BORA, 12, 1))
    for user_id, amount in ((ALICE, 14), (BORA, 12)):
        await stake(database, second, user_id, amount)
    said = Scored(Guess(ALICE, LINE.answer, after(9)), right=True, points=13, streak=2)
    await say(database, (second, said.guess))
    await close(database, second, said, stakes=[Stake(ALICE, 14, 14), Stake(BORA, 12, -12)])
    assert await database.read(lambda connection: guesses.runs_before(connection, third)) == {
        ALICE: Run(41, 2),
        BORA: Run(0, 0),
    }


async def test_the_streaks_that_members_left_a_game_with_are_those_of_their_last_answer(database: Database) -> None:
    game = await add(database)
    first, second = await rounds_of(database, game)
    await play(database, first, (ALICE, 14, 1), (BORA, 12, 4))
    await play(database, second, (ALICE, 14, 2))
    assert await database.read(lambda connection: guesses.streaks_of(connection, game.id)) == {ALICE: 2, BORA: 4}
