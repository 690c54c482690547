"""A game goes on when its library changes under it, and ends when one of its steps cannot be done."""

from datetime import timedelta

import pytest

from bot.domain.games import Guess, RoundState
from bot.domain.library import Library
from bot.domain.trivia import PAUSE
from bot.services.jobs import JobService
from bot.services.rounds import RoundService
from bot.storage import games
from bot.storage.database import Database
from tests.services.play import ALICE, CHANNEL, NOON, Process, after, ask, rounds_of, start


@pytest.fixture
def without_moments(database: Database) -> RoundService:
    """The course of games after an update that has removed every moment."""
    return RoundService(database, Library({}, {}, {}), JobService(database, "updated"))


async def test_a_question_about_a_moment_that_is_gone_is_passed_over(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=2)
    first, second = await rounds_of(database, game)
    assert await without_moments.ask(first.id, NOON, timedelta()) is None
    closed, waiting = await rounds_of(database, game)
    assert (closed.state, waiting.state) == (RoundState.CLOSED, RoundState.WAITING)
    asked = await process.rounds.ask(second.id, NOON + PAUSE, timedelta())
    assert asked is not None


async def test_a_shown_question_about_a_moment_that_is_gone_is_scored_but_not_revealed(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=2)
    first, _second = await rounds_of(database, game)
    asked = await ask(process, first.id, NOON)
    await process.trivia.guess(first.id, Guess(ALICE, asked.round.question.answer, after(1)))
    assert await without_moments.progress(first.id) is None
    assert await without_moments.close(first.id, after(21)) is None
    [total] = await database.read(lambda connection: games.totals_of_game(connection, game.id))
    assert total[0] == ALICE
    assert total[1] > 0


async def test_a_game_one_of_whose_steps_is_given_up_ends_with_its_scores(process: Process, database: Database) -> None:
    game = await start(process, rounds=2)
    first, _second = await rounds_of(database, game)
    await process.rounds.abandon_round(first.id, after(9))
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) is None
    ended = await database.read(lambda connection: games.find_game(connection, game.id))
    assert ended is not None
    assert ended.ended_at == after(9)


async def test_a_step_of_a_round_that_is_not_stored_is_given_up_quietly(process: Process) -> None:
    await process.rounds.abandon_round(999, NOON)


async def test_moments_that_are_gone_make_no_game_idle_and_are_not_counted_as_played(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=3)
    first, second, third = await rounds_of(database, game)
    await without_moments.ask(first.id, NOON, timedelta())
    await without_moments.ask(second.id, NOON, timedelta())
    assert (await process.rounds.ask(third.id, NOON, timedelta())) is not None
    recap = await without_moments.finish(game.id, after(60))
    assert recap is not None
    assert recap.rounds_played == 0


async def test_a_question_that_was_open_when_the_game_ended_is_scored(process: Process, database: Database) -> None:
    game = await start(process, rounds=2)
    first, _second = await rounds_of(database, game)
    asked = await ask(process, first.id, NOON)
    await process.trivia.guess(first.id, Guess(ALICE, asked.round.question.answer, after(1)))
    recap = await process.rounds.finish(game.id, after(600))
    assert recap is not None
    assert [standing.user_id for standing in recap.standings] == [ALICE]
