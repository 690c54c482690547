from datetime import timedelta

import pytest

from bot.domain.games import Asked, Fastest, Guess, Recap, RoundState, Scored, Standing
from bot.domain.jobs import IN_FLIGHT
from bot.domain.trivia import GRACE, PAUSE
from bot.services.rounds import ASK, CLOSE, FINISH
from bot.storage import games
from bot.storage.database import Database
from tests.services.play import ALICE, BORA, NOON, Process, after, ask, close, rounds_of, say, standings_of, start
from tests.services.stored import due, rows

ON_TIME = timedelta()


async def test_an_asked_round_is_open_for_its_time_and_nobody_has_answered(
    process: Process, database: Database
) -> None:
    started = await start(process, seconds=30)
    first, _ = await rounds_of(database, started)
    asked = await process.rounds.ask(first.id, after(2), ON_TIME)
    [opened, _] = await rounds_of(database, started)
    assert asked == Asked(started, opened, answered=0)
    assert (opened.state, opened.opened_at, opened.deadline) == (RoundState.OPEN, after(2), after(32))


async def test_the_time_of_a_round_runs_from_when_its_question_stands_in_the_channel(
    process: Process, database: Database
) -> None:
    first, _ = await rounds_of(database, await start(process))
    asked = await process.rounds.ask(first.id, NOON, ON_TIME)
    assert asked is not None
    await process.rounds.shown(asked, 777, after(3.25))
    progress = await process.rounds.progress(first.id)
    assert progress is not None
    assert (progress.round.message_id, progress.round.deadline) == (777, after(23.25))
    assert (CLOSE, first.id, after(23.25) + IN_FLIGHT) in await due(database)


async def test_a_question_that_is_asked_again_before_it_was_shown_has_its_whole_time(
    process: Process, database: Database
) -> None:
    first, _ = await rounds_of(database, await start(process))
    await process.rounds.ask(first.id, NOON, ON_TIME)
    again = await process.rounds.ask(first.id, after(60), timedelta(seconds=60))
    assert again is not None
    assert again.round.deadline == after(80)


async def test_a_question_that_stands_in_the_channel_is_not_asked_again(process: Process, database: Database) -> None:
    first, _ = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    before = await rows(database)
    assert await process.rounds.ask(first.id, after(5), ON_TIME) is None
    assert await rows(database) == before


async def test_a_closed_round_is_not_asked_again(process: Process, database: Database) -> None:
    first, _ = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    await close(process, first.id, after(21))
    assert await process.rounds.ask(first.id, after(22), ON_TIME) is None


async def test_a_round_that_was_closed_before_its_message_was_known_is_asked_again_so_that_it_can_be_revealed(
    process: Process, database: Database
) -> None:
    first, _ = await rounds_of(database, await start(process))
    await process.rounds.ask(first.id, NOON, ON_TIME)
    await close(process, first.id, after(21))
    again = await process.rounds.ask(first.id, after(22), ON_TIME)
    assert again is not None
    assert again.round.state is RoundState.CLOSED
    assert await process.rounds.ask(first.id, after(600), ON_TIME) is None


async def test_a_round_of_a_game_that_is_over_is_not_asked(process: Process, database: Database) -> None:
    started = await start(process)
    first, _ = await rounds_of(database, started)
    await process.rounds.finish(started.id, NOON)
    assert await process.rounds.ask(first.id, NOON, ON_TIME) is None


@pytest.mark.parametrize(("late", "opens"), [(GRACE, True), (GRACE + timedelta(seconds=1), False)])
async def test_a_question_that_comes_much_too_late_ends_the_game_instead(
    process: Process, database: Database, late: timedelta, opens: bool
) -> None:
    started = await start(process)
    first, _ = await rounds_of(database, started)
    asked = await process.rounds.ask(first.id, NOON + late, late)
    assert (asked is not None) is opens
    assert ((FINISH, started.id, NOON + late) in await due(database)) is not opens


async def test_what_is_not_stored_has_no_course(process: Process) -> None:
    assert await process.rounds.ask(404, NOON, ON_TIME) is None
    assert await process.rounds.progress(404) is None
    assert await process.rounds.close(404, NOON) is None
    assert await process.rounds.finish(404, NOON) is None
    await process.rounds.abandon(404, NOON)


async def test_progress_tells_how_many_have_answered_while_the_round_is_open(
    process: Process, database: Database
) -> None:
    first, _ = await rounds_of(database, await start(process))
    assert await process.rounds.progress(first.id) is None
    await ask(process, first.id, NOON)
    for user_id in (ALICE, BORA):
        await say(process, first, user_id, 1)
    progress = await process.rounds.progress(first.id)
    assert progress is not None
    assert progress.answered == 2
    await close(process, first.id, after(21))
    assert await process.rounds.progress(first.id) is None


async def test_a_round_that_waits_cannot_be_closed(process: Process, database: Database) -> None:
    first, _ = await rounds_of(database, await start(process))
    before = await rows(database)
    assert await process.rounds.close(first.id, NOON) is None
    assert await rows(database) == before


async def test_a_close_scores_the_guesses_and_arranges_the_next_question(process: Process, database: Database) -> None:
    first, second = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    await say(process, first, BORA, 4)
    await say(process, first, ALICE, 2, correct=False)
    revealed = await close(process, first.id, after(21))
    right = first.question.answer
    missed = next(choice for choice in first.question.choices if choice != right)
    assert revealed.scored == [
        Scored(Guess(ALICE, missed, after(2)), right=False, points=0),
        Scored(Guess(BORA, right, after(4)), right=True, points=14, streak=1),
    ]
    assert (ASK, second.id, after(21) + PAUSE) in await due(database)


async def test_the_close_of_the_last_round_arranges_the_end(process: Process, database: Database) -> None:
    started = await start(process, rounds=1)
    [only] = await rounds_of(database, started)
    await ask(process, only.id, NOON)
    await close(process, only.id, after(21))
    assert (FINISH, started.id, after(21) + PAUSE) in await due(database)


async def test_the_close_of_a_round_whose_game_is_over_arranges_nothing(process: Process, database: Database) -> None:
    started = await start(process)
    first, _ = await rounds_of(database, started)
    await ask(process, first.id, NOON)
    await process.rounds.finish(started.id, after(10))
    before = await due(database)
    await close(process, first.id, after(21))
    assert await due(database) == before


@pytest.mark.parametrize(("late", "goes_on"), [(GRACE, True), (GRACE + timedelta(seconds=1), False)])
async def test_a_round_that_is_closed_much_too_late_keeps_its_scores_and_ends_the_game(
    process: Process, database: Database, late: timedelta, goes_on: bool
) -> None:
    started = await start(process)
    first, second = await rounds_of(database, started)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 4)
    now = after(20) + late
    revealed = await close(process, first.id, now)
    assert [entry.points for entry in revealed.scored] == [14]
    following = (ASK, second.id, now + PAUSE) if goes_on else (FINISH, started.id, now + PAUSE)
    assert {entry for entry in await due(database) if entry[2] > now} == {following}


async def test_every_step_called_twice_changes_nothing_the_second_time(process: Process, database: Database) -> None:
    started = await start(process, rounds=1)
    [only] = await rounds_of(database, started)
    asked = await process.rounds.ask(only.id, NOON, ON_TIME)
    assert asked is not None
    before = await rows(database)
    assert await process.rounds.ask(only.id, NOON, ON_TIME) == asked
    assert await rows(database) == before
    await process.rounds.shown(asked, 777, after(1))
    before = await rows(database)
    await process.rounds.shown(asked, 777, after(1))
    assert await rows(database) == before
    await say(process, only, ALICE, 5)
    revealed = await close(process, only.id, after(22))
    before = await rows(database)
    again = await close(process, only.id, after(25))
    assert again.scored == revealed.scored
    assert await rows(database) == before
    recap = await process.rounds.finish(started.id, after(30))
    before = await rows(database)
    assert await process.rounds.finish(started.id, after(35)) == recap
    assert await rows(database) == before


async def test_a_finished_game_has_a_recap_of_the_rounds_that_were_played(process: Process, database: Database) -> None:
    started = await start(process, rounds=3)
    first, *_ = await rounds_of(database, started)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 4)
    await close(process, first.id, after(21))
    recap = await process.rounds.finish(started.id, after(29))
    ended = await database.read(lambda connection: games.find_game(connection, started.id))
    assert ended is not None
    told, *_ = await rounds_of(database, started)
    assert recap == Recap(ended, 1, 1, (Standing(1, ALICE, 14, 1, 1),), Fastest(ALICE, 4.0), story=told)
    assert ended.ended_at == after(29)


async def test_an_abandoned_game_keeps_its_scores_and_posts_no_recap(process: Process, database: Database) -> None:
    started = await start(process)
    first, _ = await rounds_of(database, started)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 4)
    await process.rounds.abandon(started.id, after(10))
    closed, waiting = await rounds_of(database, started)
    assert (closed.state, waiting.state) == (RoundState.CLOSED, RoundState.WAITING)
    assert {kind for kind, _, _ in await due(database)} <= {CLOSE}
    assert await database.read(lambda connection: games.find_running_game(connection, started.channel_id)) is None
    assert await standings_of(process, started, after(60)) == {ALICE: 14}
