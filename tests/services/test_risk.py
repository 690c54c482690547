"""Double or nothing in bold games: what was won in a round is risked in the next one, or kept."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.domain.games import Mode, Round, Stake
from bot.domain.library import Library
from bot.domain.trivia import BOLD_PAUSE
from bot.errors import NothingToRisk, RiskTaken, TooLateToRisk, UserError
from bot.services.privacy import PrivacyService
from bot.services.rounds import ASK
from bot.storage import guesses
from bot.storage.database import Database, open_database
from tests.services.play import (
    ALICE,
    BORA,
    CHAN,
    CHANNEL,
    NOON,
    STARTER,
    Process,
    after,
    ask,
    close,
    process_on,
    rounds_of,
    say,
    standings_of,
    start,
)
from tests.services.stored import due, rows
from tests.storage.engines import ENGINES

SECOND = 36.0
"""Seconds after noon at which the second question comes."""


async def first_won(process: Process, database: Database, mode: Mode = Mode.BOLD) -> Sequence[Round]:
    """Play the first of three rounds: Alice wins 15, Bora 10, Chan nothing."""
    stored = await rounds_of(database, await start(process, rounds=3, mode=mode))
    await ask(process, stored[0].id, NOON, message_id=1)
    await say(process, stored[0], ALICE, 0)
    await say(process, stored[0], BORA, 20)
    await say(process, stored[0], CHAN, 0, correct=False)
    await close(process, stored[0].id, after(21))
    return stored


async def ask_second(process: Process, rounds: Sequence[Round]) -> None:
    await ask(process, rounds[1].id, after(SECOND), message_id=2)


async def stakes(database: Database, round_: Round) -> Sequence[Stake]:
    return await database.read(lambda connection: guesses.list_stakes(connection, round_.id))


async def test_a_bold_game_waits_longer_between_its_questions(process: Process, database: Database) -> None:
    _, second, _ = await first_won(process, database)
    assert (ASK, second.id, after(21) + BOLD_PAUSE) in await due(database)


async def test_what_was_won_in_the_round_is_what_is_risked(process: Process, database: Database) -> None:
    first, second, _ = await first_won(process, database)
    assert await process.choices.double(first.id, ALICE, after(22)) == 15
    assert await process.choices.double(first.id, BORA, after(22)) == 10
    assert await stakes(database, second) == [Stake(ALICE, 15), Stake(BORA, 10)]


async def test_who_is_right_wins_it_once_more_and_who_is_wrong_or_absent_loses_it(
    process: Process, database: Database
) -> None:
    rounds = await rounds_of(database, await start(process, rounds=2, mode=Mode.BOLD))
    first, second = rounds
    await ask(process, first.id, NOON, message_id=1)
    members = (1, 2, 3, 4)
    for user_id in members:
        await say(process, first, user_id, 0)
    await close(process, first.id, after(21))
    for user_id in (1, 2, 3):
        await process.choices.double(first.id, user_id, after(22))
    await ask_second(process, rounds)
    await say(process, second, 1, SECOND + 20)
    await say(process, second, 2, SECOND + 1, correct=False)
    await say(process, second, 4, SECOND + 1, correct=False)
    revealed = await close(process, second.id, after(SECOND + 21))
    assert revealed.stakes == [Stake(1, 15, 15), Stake(2, 15, -15), Stake(3, 15, -15)]
    assert await standings_of(process, revealed.game, after(90)) == {1: 40, 4: 10, 2: 0, 3: 0}


async def test_a_wrong_answer_costs_points_but_never_more_than_are_left_after_what_was_risked(
    process: Process, database: Database
) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    await process.choices.double(first.id, ALICE, after(22))
    await ask_second(process, rounds)
    for user_id in (ALICE, BORA, CHAN):
        await say(process, second, user_id, SECOND + 1, correct=False)
    revealed = await close(process, second.id, after(SECOND + 21))
    assert {entry.guess.user_id: entry.points for entry in revealed.scored} == {ALICE: 0, BORA: -5, CHAN: 0}
    assert await standings_of(process, revealed.game, after(90)) == {ALICE: 0, BORA: 5, CHAN: 0}


async def test_what_was_won_with_a_risk_can_be_risked_again_as_a_whole(process: Process, database: Database) -> None:
    rounds = await first_won(process, database)
    first, second, third = rounds
    await process.choices.double(first.id, ALICE, after(22))
    await ask_second(process, rounds)
    await say(process, second, ALICE, SECOND)
    await close(process, second.id, after(SECOND + 21))
    assert await process.choices.double(second.id, ALICE, after(SECOND + 22)) == 16 + 15
    await ask(process, third.id, after(80), message_id=3)
    await say(process, third, ALICE, 100)
    revealed = await close(process, third.id, after(101))
    assert await standings_of(process, revealed.game, after(110)) == {ALICE: 15 + 31 + 10 + 31, BORA: 10, CHAN: 0}


async def test_pressing_twice_risks_once(process: Process, database: Database) -> None:
    first, second, _ = await first_won(process, database)
    amounts = [await process.choices.double(first.id, ALICE, after(22)) for _ in range(2)]
    assert amounts == [15, 15]
    assert await stakes(database, second) == [Stake(ALICE, 15)]


async def test_what_is_risked_can_be_taken_back_and_risked_again_until_the_next_question_comes(
    process: Process, database: Database
) -> None:
    first, second, _ = await first_won(process, database)
    await process.choices.double(first.id, ALICE, after(22))
    assert await process.choices.keep(first.id, ALICE, after(23)) == 15
    assert await stakes(database, second) == []
    assert await process.choices.double(first.id, ALICE, after(24)) == 15
    assert await stakes(database, second) == [Stake(ALICE, 15)]


async def test_who_keeps_her_points_without_having_risked_them_keeps_them(process: Process, database: Database) -> None:
    rounds = await first_won(process, database)
    before = await rows(database)
    assert await process.choices.keep(rounds[0].id, ALICE, after(23)) == 15
    assert await rows(database) == before
    await ask_second(process, rounds)
    assert await process.choices.keep(rounds[0].id, ALICE, after(SECOND + 1)) == 15


@pytest.mark.parametrize("user_id", [CHAN, STARTER])
async def test_who_won_nothing_has_nothing_to_risk_or_keep(process: Process, database: Database, user_id: int) -> None:
    first, *_ = await first_won(process, database)
    before = await rows(database)
    for press in (process.choices.double, process.choices.keep):
        with pytest.raises(NothingToRisk):
            await press(first.id, user_id, after(22))
    assert await rows(database) == before


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.EXPERT, Mode.MIXED])
async def test_other_games_than_bold_ones_know_no_risk(process: Process, database: Database, mode: Mode) -> None:
    first, *_ = await first_won(process, database, mode)
    for press in (process.choices.double, process.choices.keep):
        with pytest.raises(NothingToRisk):
            await press(first.id, ALICE, after(22))


async def test_there_is_nothing_to_risk_in_a_round_that_is_open_last_or_not_stored(
    process: Process, database: Database
) -> None:
    rounds = await first_won(process, database)
    _, second, third = rounds
    await ask_second(process, rounds)
    await say(process, second, ALICE, SECOND)
    for round_id in (second.id, third.id, 404):
        with pytest.raises(NothingToRisk):
            await process.choices.double(round_id, ALICE, after(SECOND + 1))
    await close(process, second.id, after(SECOND + 21))
    await ask(process, third.id, after(80), message_id=3)
    await say(process, third, ALICE, 80)
    await close(process, third.id, after(101))
    with pytest.raises(NothingToRisk):
        await process.choices.double(third.id, ALICE, after(102))


async def test_when_the_next_question_stands_it_is_too_late_to_risk_or_to_take_back(
    process: Process, database: Database
) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    await process.choices.double(first.id, ALICE, after(22))
    await ask_second(process, rounds)
    before = await rows(database)
    for user_id in (ALICE, BORA):
        with pytest.raises(TooLateToRisk):
            await process.choices.double(first.id, user_id, after(SECOND + 1))
    with pytest.raises(RiskTaken):
        await process.choices.keep(first.id, ALICE, after(SECOND + 1))
    assert await rows(database) == before
    assert await stakes(database, second) == [Stake(ALICE, 15)]


async def test_a_press_before_the_next_question_that_arrives_after_it_still_counts(
    process: Process, database: Database
) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    await process.choices.double(first.id, BORA, after(22))
    await ask_second(process, rounds)
    assert await process.choices.double(first.id, ALICE, after(SECOND - 0.1)) == 15
    assert await process.choices.keep(first.id, BORA, after(SECOND - 0.1)) == 10
    assert await stakes(database, second) == [Stake(ALICE, 15)]


async def test_who_has_answered_the_next_question_cannot_risk_any_more_however_early_she_pressed(
    process: Process, database: Database
) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    await ask_second(process, rounds)
    await say(process, second, ALICE, SECOND + 1)
    with pytest.raises(TooLateToRisk):
        await process.choices.double(first.id, ALICE, after(SECOND - 0.1))
    assert await stakes(database, second) == []


async def test_who_answers_wrongly_before_the_game_is_stopped_does_not_lose_what_she_risked(
    process: Process, database: Database
) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    for user_id in (ALICE, BORA):
        await process.choices.double(first.id, user_id, after(22))
    await ask_second(process, rounds)
    await say(process, second, ALICE, SECOND + 1, correct=False)
    game = await process.trivia.stop(CHANNEL, STARTER, after(SECOND + 2), is_manager=False)
    assert await standings_of(process, game, after(60)) == {ALICE: 15 - 5, BORA: 10, CHAN: 0}


async def test_what_was_risked_before_the_game_is_stopped_between_two_questions_is_not_lost(
    process: Process, database: Database
) -> None:
    first, *_ = await first_won(process, database)
    await process.choices.double(first.id, ALICE, after(22))
    game = await process.trivia.stop(CHANNEL, STARTER, after(23), is_manager=False)
    for press in (process.choices.double, process.choices.keep):
        with pytest.raises(NothingToRisk):
            await press(first.id, ALICE, after(24))
    assert await standings_of(process, game, after(60)) == {ALICE: 15, BORA: 10, CHAN: 0}


async def test_what_was_risked_is_forgotten_with_the_member(process: Process, database: Database) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    for user_id in (ALICE, BORA):
        await process.choices.double(first.id, user_id, after(22))
    await PrivacyService(database).delete(ALICE)
    assert await stakes(database, second) == [Stake(BORA, 10)]
    await ask_second(process, rounds)
    await say(process, second, BORA, SECOND + 20)
    revealed = await close(process, second.id, after(SECOND + 21))
    assert await standings_of(process, revealed.game, after(90)) == {BORA: 30, CHAN: 0}


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_risking_keeping_and_answering_at_once_in_two_processes_ends_in_one_of_their_orders(
    process: Process, database: Database, address: str, library: Library
) -> None:
    rounds = await first_won(process, database)
    first, second, _ = rounds
    await ask_second(process, rounds)
    before = after(SECOND - 0.1)
    async with open_database(address) as opened:
        other = process_on(opened, library)
        results = await asyncio.gather(
            process.choices.double(first.id, ALICE, before),
            other.choices.double(first.id, ALICE, before),
            say(other, second, ALICE, SECOND + 1),
            process.choices.keep(first.id, BORA, before),
            other.choices.double(first.id, BORA, before),
            return_exceptions=True,
        )
    assert all(not isinstance(result, BaseException) or isinstance(result, UserError) for result in results)
    placed = {stake.user_id: stake.amount for stake in await stakes(database, second)}
    assert placed.get(ALICE) in (None, 15)
    assert placed.get(BORA) in (None, 10)
    assert (ALICE in placed) is any(result == 15 for result in results[:2])
