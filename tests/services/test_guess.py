import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.domain.games import Answer, Guess
from bot.domain.library import Library
from bot.errors import AlreadyAnswered, RoundClosed
from bot.storage.database import Database, open_database
from tests.services.play import ALICE, BORA, GUILD, NOON, Process, after, ask, process_on, rounds_of, start, wrong
from tests.storage.engines import ENGINES


async def asked(process: Process, database: Database) -> tuple[int, Answer]:
    """Start a game whose first question stands in the channel from noon for 20 seconds: its id, the right answer."""
    first, *_ = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    return first.id, first.question.answer


async def said(process: Process, round_id: int) -> int:
    """How many answers an open round has."""
    progress = await process.rounds.progress(round_id)
    assert progress is not None
    return progress.answered


async def points(process: Process, round_id: int, now: datetime) -> dict[int, int]:
    """Close the round; the points by member."""
    revealed = await process.rounds.close(round_id, now)
    assert revealed is not None
    return {entry.guess.user_id: entry.points for entry in revealed.scored}


async def test_a_right_guess_scores_the_more_the_quicker_it_was(process: Process, database: Database) -> None:
    round_id, right = await asked(process, database)
    for user_id, seconds in ((1, 0), (2, 4), (3, 12), (4, 20)):
        await process.trivia.guess(round_id, Guess(user_id, right, after(seconds)))
    assert await points(process, round_id, after(21)) == {1: 15, 2: 14, 3: 12, 4: 10}


async def test_a_wrong_guess_counts_and_scores_nothing(process: Process, database: Database) -> None:
    round_id, right = await asked(process, database)
    await process.trivia.guess(round_id, Guess(ALICE, wrong(right), after(1)))
    assert await points(process, round_id, after(21)) == {ALICE: 0}


async def test_a_second_guess_is_refused_with_the_first_and_changes_nothing(
    process: Process, database: Database
) -> None:
    round_id, right = await asked(process, database)
    await process.trivia.guess(round_id, Guess(ALICE, wrong(right), after(1)))
    with pytest.raises(AlreadyAnswered) as refused:
        await process.trivia.guess(round_id, Guess(ALICE, right, after(2)))
    assert refused.value.values == {"answer": wrong(right)}
    assert await points(process, round_id, after(21)) == {ALICE: 0}


async def test_a_guess_that_is_delivered_twice_counts_once(process: Process, database: Database) -> None:
    round_id, right = await asked(process, database)
    guess = Guess(ALICE, right, after(4))
    both = await asyncio.gather(*(process.trivia.guess(round_id, guess) for _ in range(2)), return_exceptions=True)
    assert [type(answer) for answer in both] == [type(None), AlreadyAnswered]
    assert await points(process, round_id, after(21)) == {ALICE: 14}


async def test_a_guess_after_the_deadline_is_refused_though_the_round_is_not_closed_yet(
    process: Process, database: Database
) -> None:
    round_id, right = await asked(process, database)
    with pytest.raises(RoundClosed):
        await process.trivia.guess(round_id, Guess(ALICE, right, after(20.001)))
    assert await said(process, round_id) == 0


async def test_a_guess_in_time_that_arrives_late_counts_until_the_round_is_closed(
    process: Process, database: Database
) -> None:
    round_id, right = await asked(process, database)
    await process.trivia.guess(round_id, Guess(ALICE, right, after(20)))
    assert await points(process, round_id, after(21)) == {ALICE: 10}
    with pytest.raises(RoundClosed):
        await process.trivia.guess(round_id, Guess(BORA, right, after(1)))


async def test_a_guess_before_the_question_is_refused(process: Process, database: Database) -> None:
    first, *_ = await rounds_of(database, await start(process))
    with pytest.raises(RoundClosed):
        await process.trivia.guess(first.id, Guess(ALICE, first.question.answer, NOON))


async def test_a_guess_whose_clock_runs_ahead_of_the_question_gets_the_whole_bonus_and_no_more(
    process: Process, database: Database
) -> None:
    round_id, right = await asked(process, database)
    await process.trivia.guess(round_id, Guess(ALICE, right, after(-30)))
    assert await points(process, round_id, after(21)) == {ALICE: 15}


async def test_a_guess_in_a_round_that_is_not_stored_is_refused(process: Process) -> None:
    with pytest.raises(RoundClosed):
        await process.trivia.guess(404, Guess(ALICE, Answer.SCRIPTED, NOON))


async def test_a_member_may_guess_in_every_round(process: Process, database: Database) -> None:
    first, second = await rounds_of(database, await start(process))
    for number, round_ in enumerate((first, second)):
        await ask(process, round_.id, after(30 * number), message_id=number)
        await process.trivia.guess(round_.id, Guess(ALICE, round_.question.answer, after(30 * number)))
        await process.rounds.close(round_.id, after(30 * number + 21))
    [standing] = await process.trivia.leaderboard(GUILD)
    assert (standing.user_id, standing.points, standing.right, standing.answered) == (ALICE, 30, 2, 2)


async def test_the_board_of_a_guild_where_nobody_has_played_is_empty(process: Process) -> None:
    assert await process.trivia.leaderboard(GUILD) == ()


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_two_hundred_members_who_guess_at_once_all_count_once(process: Process, database: Database) -> None:
    round_id, right = await asked(process, database)
    guesses = [Guess(user_id, right if user_id % 2 else wrong(right), after(4)) for user_id in range(200)]
    await asyncio.gather(*(process.trivia.guess(round_id, guess) for guess in guesses))
    assert await points(process, round_id, after(21)) == {user_id: 14 * (user_id % 2) for user_id in range(200)}


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_of_two_hundred_guesses_of_one_member_at_once_exactly_the_first_counts(
    process: Process, database: Database
) -> None:
    round_id, right = await asked(process, database)
    guesses = [Guess(ALICE, right if number == 0 else wrong(right), after(4)) for number in range(200)]
    answers: list[Any] = await asyncio.gather(
        *(process.trivia.guess(round_id, guess) for guess in guesses), return_exceptions=True
    )
    assert answers[0] is None
    assert [(type(answer), answer.values) for answer in answers[1:]] == [(AlreadyAnswered, {"answer": right})] * 199
    assert await points(process, round_id, after(21)) == {ALICE: 14}


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_of_guesses_that_one_member_sends_through_two_processes_at_once_one_counts(
    process: Process, database: Database, address: str, library: Library
) -> None:
    round_id, right = await asked(process, database)
    async with open_database(address) as another:
        processes = (process, process_on(another, library))
        for user_id in range(10):
            guess = Guess(user_id, right, after(4))
            answers = await asyncio.gather(
                *(each.trivia.guess(round_id, guess) for each in processes), return_exceptions=True
            )
            assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyAnswered", "NoneType"]
    assert await points(process, round_id, after(21)) == dict.fromkeys(range(10), 14)


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_a_guess_that_races_with_the_close_is_scored_or_refused(
    process: Process, database: Database, address: str, library: Library
) -> None:
    round_id, right = await asked(process, database)
    async with open_database(address) as another:
        closing = process_on(another, library)
        begun, refused = asyncio.Event(), set[int]()

        async def guess_in_turn(user_ids: range) -> None:
            for user_id in user_ids:
                try:
                    await process.trivia.guess(round_id, Guess(user_id, right, after(4)))
                except RoundClosed:
                    refused.add(user_id)
                begun.set()

        guessing = [asyncio.create_task(guess_in_turn(range(first, 100, 10))) for first in range(10)]
        await begun.wait()
        revealed = await closing.rounds.close(round_id, after(21))
        await asyncio.gather(*guessing)
    counted = dict.fromkeys(set(range(100)) - refused, 14)
    assert revealed is not None
    assert {entry.guess.user_id: entry.points for entry in revealed.scored} == counted
    assert await points(process, round_id, after(22)) == counted
