"""A question on its way into the channel: stored as open, perhaps posted, and its message not known yet."""

from datetime import timedelta

import pytest

from bot.domain.games import Asked, Game, Mode, Round, RoundState
from bot.domain.jobs import IN_FLIGHT
from bot.domain.trivia import BOLD_PAUSE, GRACE
from bot.errors import RoundClosed
from bot.services.rounds import CLOSE
from bot.storage.database import Database
from tests.services.play import (
    ALICE,
    BORA,
    CHANNEL,
    NOON,
    STARTER,
    Process,
    after,
    ask,
    close,
    rounds_of,
    say,
    standings_of,
    start,
)
from tests.services.stored import due

SECOND = 36.0
"""Seconds after noon at which the second question is on its way."""


async def on_the_way(process: Process, database: Database, mode: Mode = Mode.BOLD) -> tuple[Game, Round, Asked]:
    """Alice has won 15 points in the first round and risks them; the second question is open, its message unknown."""
    game = await start(process, rounds=3, mode=mode)
    first, second, _ = await rounds_of(database, game)
    await ask(process, first.id, NOON, message_id=1)
    await say(process, first, ALICE, 0)
    await close(process, first.id, after(21))
    if mode is Mode.BOLD:
        await process.choices.double(first.id, ALICE, after(23))
    asked = await process.rounds.ask(second.id, after(SECOND), timedelta())
    assert asked is not None
    return game, second, asked


async def closes(database: Database, round_: Round) -> list[float]:
    """Seconds after noon at which the round is to be closed, or its reveal to be shown."""
    return [
        (at - NOON).total_seconds()
        for kind, subject, at in await due(database)
        if (kind, subject) == (CLOSE, round_.id)
    ]


async def test_an_answer_that_ends_the_question_before_its_message_is_known_ends_it_early_all_the_same(
    process: Process, database: Database
) -> None:
    _, second, asked = await on_the_way(process, database)
    await say(process, second, ALICE, SECOND + 1)
    await process.rounds.shown(asked, 2, after(SECOND))
    assert await closes(database, second) == [SECOND + 1 + IN_FLIGHT.total_seconds()]


async def test_a_question_that_is_skipped_before_its_message_is_known_is_revealed_as_soon_as_it_is(
    process: Process, database: Database
) -> None:
    _, second, asked = await on_the_way(process, database)
    await process.choices.skip(second.id, STARTER, after(SECOND + 0.5), is_manager=False)
    revealed = await close(process, second.id, after(SECOND + 0.5))
    assert revealed.round.message_id is None
    await process.rounds.shown(asked, 2, after(SECOND))
    [at] = await closes(database, second)
    assert at <= SECOND + 1


async def test_a_question_that_never_came_takes_nothing_from_who_risked_points_on_it_when_the_game_is_stopped(
    process: Process, database: Database
) -> None:
    game, _second, _ = await on_the_way(process, database)
    await process.trivia.stop(CHANNEL, STARTER, after(SECOND + 1), is_manager=False)
    assert await standings_of(process, game, after(60)) == {ALICE: 15}


async def test_a_question_that_never_came_takes_nothing_from_who_risked_points_on_it_when_the_game_comes_back_too_late(
    process: Process, database: Database
) -> None:
    game, second, _ = await on_the_way(process, database)
    much_later = after(SECOND) + GRACE + timedelta(seconds=1)
    assert await process.rounds.ask(second.id, much_later, GRACE + timedelta(seconds=1)) is None
    assert await standings_of(process, game, much_later) == {ALICE: 15}


async def test_a_question_that_never_came_is_not_counted_as_played(process: Process, database: Database) -> None:
    game, _second, _ = await on_the_way(process, database)
    recap = await process.rounds.finish(game.id, after(600))
    assert recap is not None
    assert recap.rounds_played == 1


async def test_points_can_be_risked_until_the_question_really_comes(process: Process, database: Database) -> None:
    game = await start(process, rounds=3, mode=Mode.BOLD)
    first, second, _ = await rounds_of(database, game)
    await ask(process, first.id, NOON, message_id=1)
    await say(process, first, BORA, 0)
    await close(process, first.id, after(21))
    await process.rounds.ask(second.id, after(21) + BOLD_PAUSE, timedelta())  # and the process dies before the post
    again = await process.rounds.ask(second.id, after(96), timedelta(seconds=60))
    assert again is not None
    assert await process.choices.double(first.id, BORA, after(90)) == 15


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.BOLD])
async def test_a_question_that_is_asked_again_runs_from_when_its_message_stands(
    process: Process, database: Database, mode: Mode
) -> None:
    _, second, _ = await on_the_way(process, database, mode)
    again = await process.rounds.ask(second.id, after(SECOND + 60), timedelta(seconds=60))
    assert again is not None
    await process.rounds.shown(again, 2, after(SECOND + 61))
    progress = await process.rounds.progress(second.id)
    assert progress is not None
    assert (progress.round.state, progress.round.deadline) == (RoundState.OPEN, after(SECOND + 81))


@pytest.mark.parametrize(("sent", "said"), [(10, 25), (19, 20.5), (60, 61)])
async def test_a_click_between_the_post_and_the_noting_of_the_message_counts_although_the_first_deadline_has_passed(
    process: Process, database: Database, sent: float, said: float
) -> None:
    """The time of the question runs from when its message stood there, which nobody knew when the click came."""
    _, second, asked = await on_the_way(process, database, Mode.CLASSIC)
    assert asked.round.deadline == after(SECOND + 20)
    await say(process, second, BORA, SECOND + said)
    await process.rounds.shown(asked, 2, after(SECOND + sent))
    points = {entry.guess.user_id: entry.points for entry in (await close(process, second.id, after(200))).scored}
    assert points == {BORA: 10 + round(5 * (1 - (said - sent) / 20))}


async def test_once_the_message_is_known_a_click_after_its_deadline_is_too_late(
    process: Process, database: Database
) -> None:
    _, second, asked = await on_the_way(process, database, Mode.CLASSIC)
    await process.rounds.shown(asked, 2, after(SECOND + 10))
    await say(process, second, ALICE, SECOND + 30)
    with pytest.raises(RoundClosed):
        await say(process, second, BORA, SECOND + 30.001)


async def test_a_click_that_came_later_than_the_message_turns_out_to_be_open_earns_no_less_than_a_right_answer(
    process: Process, database: Database
) -> None:
    _, second, asked = await on_the_way(process, database, Mode.CLASSIC)
    await say(process, second, BORA, SECOND + 90)
    await process.rounds.shown(asked, 2, after(SECOND))
    [scored] = (await close(process, second.id, after(200))).scored
    assert (scored.right, scored.points) == (True, 10)


async def test_a_question_of_a_stopped_game_that_is_still_on_its_way_comes_back_closed_and_counts(
    process: Process, database: Database
) -> None:
    game, second, _ = await on_the_way(process, database)
    await say(process, second, ALICE, SECOND + 1)
    await process.trivia.stop(CHANNEL, STARTER, after(SECOND + 2), is_manager=False)
    again = await process.rounds.ask(second.id, after(SECOND + 3), timedelta(seconds=3))
    assert again is not None
    assert (again.round.state, again.round.message_id) == (RoundState.CLOSED, None)
    with pytest.raises(RoundClosed):
        await say(process, second, BORA, SECOND + 3)
    revealed = await close(process, second.id, after(SECOND + 3))
    assert [entry.guess.user_id for entry in revealed.scored] == [ALICE]
    assert ALICE in await standings_of(process, game, after(60))
