"""What becomes of one answer: it counts, or it is refused and changes nothing. Crowds of them are in test_races.py."""

import asyncio

import pytest

from bot.domain.games import Angle, Answer, Mode, Round
from bot.domain.moments import Origin
from bot.domain.questions import WHOSE
from bot.domain.texts import Localised
from bot.errors import AlreadyAnswered, Outdated, RoundClosed
from bot.storage.database import Database
from tests.services.play import (
    ALICE,
    BORA,
    NOON,
    Process,
    after,
    ask,
    close,
    right,
    rounds_of,
    say,
    standings_of,
    start,
    wrong,
)


async def asked(process: Process, database: Database, mode: Mode = Mode.CLASSIC) -> Round:
    """Start a game whose first question stands in the channel from noon for 20 seconds."""
    first, *_ = await rounds_of(database, await start(process, mode=mode))
    return (await ask(process, first.id, NOON)).round


async def said(process: Process, round_: Round) -> int:
    """How many answers an open round has."""
    progress = await process.rounds.progress(round_.id)
    assert progress is not None
    return progress.answered


async def points(process: Process, round_: Round, seconds: float) -> dict[int, int]:
    """Close the round so long after noon; the points by member."""
    return {entry.guess.user_id: entry.points for entry in (await close(process, round_.id, after(seconds))).scored}


async def test_a_right_guess_scores_the_more_the_quicker_it_was(process: Process, database: Database) -> None:
    round_ = await asked(process, database)
    for user_id, seconds in ((1, 0), (2, 4), (3, 12), (4, 20)):
        await say(process, round_, user_id, seconds)
    assert await points(process, round_, 21) == {1: 15, 2: 14, 3: 12, 4: 10}


async def test_a_wrong_guess_counts_and_scores_nothing(process: Process, database: Database) -> None:
    round_ = await asked(process, database)
    await say(process, round_, ALICE, 1, correct=False)
    assert await points(process, round_, 21) == {ALICE: 0}


async def test_a_member_is_told_in_words_what_she_said(process: Process, database: Database) -> None:
    round_ = await asked(process, database)
    told = [await say(process, round_, user_id, 1, correct=correct) for user_id, correct in ((1, True), (2, False))]
    assert set(told) == set(Answer)
    assert told[0] == round_.question.answer


async def test_each_of_four_choices_can_be_said(process: Process, database: Database) -> None:
    round_ = await asked(process, database, Mode.EXPERT)
    told = [await process.trivia.guess(round_.id, choice, choice, after(1)) for choice in range(4)]
    assert told == list(WHOSE)
    assert [type(label) for label in told] == [Origin] * 4


async def test_choices_that_are_names_are_told_in_both_scripts_where_both_are_known(
    process: Process, database: Database
) -> None:
    game = await start(process, rounds=20, mode=Mode.MIXED)
    for round_ in await rounds_of(database, game):
        if round_.question.angle in (Angle.DRAMA, Angle.WHO, Angle.ODD_ONE):
            await ask(process, round_.id, NOON, message_id=round_.number)
            label = await say(process, round_, ALICE, 1)
            assert isinstance(label, Localised)
            with pytest.raises(AlreadyAnswered) as refused:
                await say(process, round_, ALICE, 2, correct=False)
            assert refused.value.values == {"answer": label}


async def test_a_second_guess_is_refused_with_the_first_and_changes_nothing(
    process: Process, database: Database
) -> None:
    round_ = await asked(process, database)
    first = await say(process, round_, ALICE, 1, correct=False)
    with pytest.raises(AlreadyAnswered) as refused:
        await say(process, round_, ALICE, 2)
    assert refused.value.values == {"answer": first}
    assert await points(process, round_, 21) == {ALICE: 0}


async def test_a_guess_that_is_delivered_twice_counts_once(process: Process, database: Database) -> None:
    round_ = await asked(process, database)
    both = await asyncio.gather(*(say(process, round_, ALICE, 4) for _ in range(2)), return_exceptions=True)
    assert [type(answer) for answer in both] == [Answer, AlreadyAnswered]
    assert await points(process, round_, 21) == {ALICE: 14}


@pytest.mark.parametrize("choice", [-1, 2, 4, 404])
async def test_a_choice_that_the_question_does_not_have_is_refused_and_leaves_the_first_answer_free(
    process: Process, database: Database, choice: int
) -> None:
    round_ = await asked(process, database)
    with pytest.raises(Outdated):
        await process.trivia.guess(round_.id, ALICE, choice, after(1))
    assert await said(process, round_) == 0
    await say(process, round_, ALICE, 4)
    assert await points(process, round_, 21) == {ALICE: 14}


async def test_a_guess_after_the_deadline_is_refused_though_the_round_is_not_closed_yet(
    process: Process, database: Database
) -> None:
    round_ = await asked(process, database)
    with pytest.raises(RoundClosed):
        await say(process, round_, ALICE, 20.001)
    assert await said(process, round_) == 0


async def test_a_guess_in_time_that_arrives_late_counts_until_the_round_is_closed(
    process: Process, database: Database
) -> None:
    round_ = await asked(process, database)
    await say(process, round_, ALICE, 20)
    assert await points(process, round_, 21) == {ALICE: 10}
    with pytest.raises(RoundClosed):
        await say(process, round_, BORA, 1)
    assert await points(process, round_, 22) == {ALICE: 10}


async def test_a_guess_before_the_question_is_refused(process: Process, database: Database) -> None:
    first, *_ = await rounds_of(database, await start(process))
    with pytest.raises(RoundClosed):
        await say(process, first, ALICE, 0)


async def test_a_guess_whose_clock_runs_ahead_of_the_question_gets_the_whole_bonus_and_no_more(
    process: Process, database: Database
) -> None:
    round_ = await asked(process, database)
    await say(process, round_, ALICE, -30)
    assert await points(process, round_, 21) == {ALICE: 15}


async def test_a_guess_in_a_round_that_is_not_stored_is_refused(process: Process) -> None:
    with pytest.raises(RoundClosed):
        await process.trivia.guess(404, ALICE, 0, NOON)


async def test_a_member_may_guess_in_every_round_and_a_streak_raises_the_speed_bonus(
    process: Process, database: Database
) -> None:
    game = await start(process)
    for number, round_ in enumerate(await rounds_of(database, game)):
        await ask(process, round_.id, after(30 * number), message_id=number)
        await process.trivia.guess(round_.id, ALICE, right(round_), after(30 * number))
        await close(process, round_.id, after(30 * number + 21))
    recap = await process.rounds.finish(game.id, after(60))
    assert recap is not None
    [standing] = recap.standings
    assert (standing.user_id, standing.points, standing.right, standing.answered) == (ALICE, 15 + 16, 2, 2)


async def test_a_game_in_which_nobody_answered_has_no_standings(process: Process) -> None:
    assert await standings_of(process, await start(process), NOON) == {}


async def test_a_guess_in_one_round_says_nothing_in_another_game(process: Process, database: Database) -> None:
    here, there = [await start(process, channel_id=number, request_id=number) for number in (1, 2)]
    rounds = [(await rounds_of(database, game))[0] for game in (here, there)]
    for round_ in rounds:
        await ask(process, round_.id, NOON, message_id=round_.id)
    await process.trivia.guess(rounds[0].id, ALICE, right(rounds[0]), after(4))
    await process.trivia.guess(rounds[1].id, ALICE, wrong(rounds[1]), after(4))
    assert await standings_of(process, here, after(30)) == {ALICE: 14}
    assert await standings_of(process, there, after(30)) == {ALICE: 0}
