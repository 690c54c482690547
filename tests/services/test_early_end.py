"""A question ends early when everyone has answered who answered in one of the two before; clicks on the way count."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.domain.games import Mode, Round
from bot.domain.jobs import IN_FLIGHT
from bot.errors import RoundClosed
from bot.services.privacy import PrivacyService
from bot.services.rounds import CLOSE
from bot.storage.database import Database
from tests.services.play import ALICE, BORA, CHAN, NOON, Process, after, ask, close, rounds_of, say, standings_of, start
from tests.services.stored import due

NEXT = 60.0
"""Seconds after noon at which the second question stands in the channel; it is open for 20."""
FULL = after(NEXT + 20) + IN_FLIGHT


async def joined(process: Process, database: Database, *members: int, mode: Mode = Mode.CLASSIC) -> Sequence[Round]:
    """Play a first round in which these members answer rightly; the second question stands in the channel."""
    rounds = await rounds_of(database, await start(process, rounds=4, mode=mode))
    first, second, *_ = rounds
    await ask(process, first.id, NOON, message_id=1)
    for user_id in members:
        await say(process, first, user_id, 1)
    await close(process, first.id, after(21))
    await ask(process, second.id, after(NEXT), message_id=2)
    return rounds


async def closes_at(database: Database, round_: Round) -> datetime | None:
    """When the round is to be closed."""
    return next((at for kind, subject, at in await due(database) if (kind, subject) == (CLOSE, round_.id)), None)


async def test_the_first_question_never_ends_early(process: Process, database: Database) -> None:
    first, *_ = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    for user_id in (ALICE, BORA, CHAN):
        await say(process, first, user_id, 2)
    assert await closes_at(database, first) == after(20) + IN_FLIGHT


async def test_a_question_ends_a_second_after_the_last_of_those_who_take_part_has_answered(
    process: Process, database: Database
) -> None:
    _, second, *_ = await joined(process, database, ALICE, BORA)
    await say(process, second, ALICE, NEXT + 2)
    assert await closes_at(database, second) == FULL
    await say(process, second, BORA, NEXT + 5, correct=False)
    assert await closes_at(database, second) == after(NEXT + 5) + IN_FLIGHT


async def test_the_runner_is_woken_by_the_last_answer_and_by_no_other(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, ALICE, BORA)
    woken: list[str] = []
    process.jobs.on_change(lambda: woken.append("now"))
    await say(process, second, ALICE, NEXT + 2)
    assert woken == []
    await say(process, second, BORA, NEXT + 5)
    assert woken == ["now"]


async def test_a_member_who_has_just_joined_is_waited_for_by_nobody_in_that_round(
    process: Process, database: Database
) -> None:
    _, second, *_ = await joined(process, database, ALICE)
    await say(process, second, CHAN, NEXT + 2)
    assert await closes_at(database, second) == FULL
    await say(process, second, ALICE, NEXT + 4)
    assert await closes_at(database, second) == after(NEXT + 4) + IN_FLIGHT


async def test_a_member_who_missed_one_question_is_waited_for_and_after_two_not_any_more(
    process: Process, database: Database
) -> None:
    ended_early: list[bool] = []
    for number, round_ in enumerate((await joined(process, database, ALICE, BORA))[1:], 1):
        if number > 1:
            await ask(process, round_.id, after(NEXT * number), message_id=10 + number)
        await say(process, round_, ALICE, NEXT * number + 2)
        ended_early.append(await closes_at(database, round_) == after(NEXT * number + 2) + IN_FLIGHT)
        await close(process, round_.id, after(NEXT * number + 21))
    assert ended_early == [False, False, True]


async def test_a_click_in_time_that_arrives_before_the_early_close_counts(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, ALICE)
    await say(process, second, ALICE, NEXT + 5)
    await say(process, second, BORA, NEXT + 4.5)
    await say(process, second, CHAN, NEXT + 5.9)
    revealed = await close(process, second.id, after(NEXT + 7))
    assert [entry.guess.user_id for entry in revealed.scored] == [BORA, ALICE, CHAN]
    with pytest.raises(RoundClosed):
        await say(process, second, 4711, NEXT + 5)


async def test_a_slow_click_does_not_bring_the_early_close_forward(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, ALICE)
    await say(process, second, ALICE, NEXT + 10)
    early = after(NEXT + 10) + IN_FLIGHT
    assert await closes_at(database, second) == early
    await say(process, second, BORA, NEXT + 9)
    assert await closes_at(database, second) == early


async def test_the_early_close_is_never_later_than_the_full_time(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, ALICE)
    await say(process, second, ALICE, NEXT + 20)
    assert await closes_at(database, second) == FULL


async def test_newcomers_after_the_last_answer_do_not_put_the_early_close_off(
    process: Process, database: Database
) -> None:
    _, second, *_ = await joined(process, database, ALICE)
    await say(process, second, ALICE, NEXT + 3)
    await say(process, second, BORA, NEXT + 3.9)
    assert await closes_at(database, second) == after(NEXT + 3) + IN_FLIGHT


async def test_an_early_end_takes_nothing_from_the_speed_bonus(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, ALICE)
    await say(process, second, ALICE, NEXT + 4)
    revealed = await close(process, second.id, after(NEXT + 5))
    assert [(entry.points, entry.streak) for entry in revealed.scored] == [(10 + 5, 2)]


async def test_who_answered_a_skipped_question_has_joined(process: Process, database: Database) -> None:
    first, second, *_ = await rounds_of(database, await start(process, rounds=3))
    await ask(process, first.id, NOON, message_id=1)
    await say(process, first, ALICE, 1)
    await process.choices.skip(first.id, BORA, after(2), is_manager=True)
    await ask(process, second.id, after(NEXT), message_id=2)
    await say(process, second, ALICE, NEXT + 2)
    assert await closes_at(database, second) == after(NEXT + 2) + IN_FLIGHT


async def test_a_member_whose_data_is_deleted_is_not_waited_for_any_more(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, ALICE, BORA)
    await PrivacyService(database).delete(BORA)
    await say(process, second, ALICE, NEXT + 2)
    assert await closes_at(database, second) == after(NEXT + 2) + IN_FLIGHT
    revealed = await close(process, second.id, after(NEXT + 3))
    assert await standings_of(process, revealed.game, after(NEXT + 4)) == {ALICE: 15 + 15}


async def test_all_answers_in_one_instant_end_the_question_once(process: Process, database: Database) -> None:
    _, second, *_ = await joined(process, database, *range(1, 50))
    for user_id in range(1, 50):
        await say(process, second, user_id, NEXT + 2)
    assert await closes_at(database, second) == after(NEXT + 2) + IN_FLIGHT
    assert len((await close(process, second.id, after(NEXT + 3))).scored) == 49
