"""Many answers in one instant, through one process and through two on one database: one outcome each, on both engines.

What else can meet in one instant is in test_meetings.py.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.games import Mode, Round
from bot.domain.library import Library
from bot.errors import AlreadyAnswered, RoundClosed, UserError
from bot.storage.database import Database, open_database
from tests.services.play import (
    ALICE,
    NOON,
    Process,
    after,
    ask,
    close,
    process_on,
    right,
    rounds_of,
    say,
    standings_of,
    start,
)
from tests.storage.engines import ENGINES

CROWD = 200


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest_asyncio.fixture
async def other(address: str, library: Library) -> AsyncGenerator[Process]:
    """A second process on the same database."""
    async with open_database(address) as opened:
        yield process_on(opened, library)


async def asked(process: Process, database: Database, *, rounds: int = 2, mode: Mode = Mode.CLASSIC) -> Sequence[Round]:
    """Start a game whose first question stands in the channel from noon for 20 seconds."""
    stored = await rounds_of(database, await start(process, rounds=rounds, mode=mode))
    await ask(process, stored[0].id, NOON, message_id=1)
    return stored


async def points(process: Process, round_: Round, seconds: float = 21) -> dict[int, int]:
    """Close the round so long after noon; the points by member."""
    return {entry.guess.user_id: entry.points for entry in (await close(process, round_.id, after(seconds))).scored}


def told(results: Sequence[Any]) -> Counter[str]:
    """How often each refusal was told, and how often none ("")."""
    assert [
        result for result in results if isinstance(result, BaseException) and not isinstance(result, UserError)
    ] == []
    return Counter(type(result).__name__ if isinstance(result, UserError) else "" for result in results)


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.EXPERT])
async def test_two_hundred_members_who_answer_in_one_instant_are_all_stored_once_and_scored(
    process: Process, database: Database, mode: Mode
) -> None:
    first, *_ = await asked(process, database, mode=mode)
    results: Sequence[Any] = ()
    for _ in range(2):  # Discord delivers everything twice
        results = await asyncio.gather(
            *(say(process, first, user_id, 4, correct=bool(user_id % 2)) for user_id in range(CROWD)),
            return_exceptions=True,
        )
    assert told(results) == {"AlreadyAnswered": CROWD}
    won = {Mode.CLASSIC: 14, Mode.EXPERT: 19}[mode]
    assert await points(process, first) == {user_id: won * (user_id % 2) for user_id in range(CROWD)}


async def test_of_two_hundred_answers_of_one_member_in_one_instant_exactly_one_counts_and_the_others_are_told_it(
    process: Process, database: Database
) -> None:
    first, *_ = await asked(process, database, mode=Mode.EXPERT)
    results: list[Any] = await asyncio.gather(
        *(process.trivia.guess(first.id, ALICE, number % 4, after(4)) for number in range(CROWD)),
        return_exceptions=True,
    )
    assert told(results) == {"": 1, "AlreadyAnswered": CROWD - 1}
    [counted] = [result for result in results if not isinstance(result, BaseException)]
    assert {result.values["answer"] for result in results if isinstance(result, AlreadyAnswered)} == {counted}
    assert await points(process, first) == {ALICE: 19 if counted == first.question.answer else 0}


async def test_of_answers_of_one_member_through_two_processes_in_one_instant_exactly_one_counts(
    process: Process, other: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    results: list[Any] = await asyncio.gather(
        *(
            each.trivia.guess(first.id, ALICE, number % 2, after(4))
            for number in range(50)
            for each in (process, other)
        ),
        return_exceptions=True,
    )
    assert told(results) == {"": 1, "AlreadyAnswered": 99}
    [counted] = [result for result in results if not isinstance(result, BaseException)]
    assert {result.values["answer"] for result in results if isinstance(result, AlreadyAnswered)} == {counted}
    assert await points(process, first) == {ALICE: 14 if counted == first.question.answer else 0}


async def test_members_who_answer_through_two_processes_in_one_instant_all_count_once(
    process: Process, other: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    results = await asyncio.gather(
        *(say(each, first, user_id, 4) for user_id in range(CROWD // 2) for each in (process, other)),
        return_exceptions=True,
    )
    assert told(results) == {"": CROWD // 2, "AlreadyAnswered": CROWD // 2}
    assert await points(process, first) == dict.fromkeys(range(CROWD // 2), 14)


async def test_answers_that_race_with_the_close_are_scored_or_refused(
    process: Process, other: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    begun, refused = asyncio.Event(), set[int]()

    async def answer_in_turn(user_ids: range) -> None:
        for user_id in user_ids:
            try:
                await say(process, first, user_id, 4)
            except RoundClosed:
                refused.add(user_id)
            begun.set()

    answering = [asyncio.create_task(answer_in_turn(range(number, 100, 10))) for number in range(10)]
    await begun.wait()
    counted = await points(other, first)
    await asyncio.gather(*answering)
    assert counted == dict.fromkeys(set(range(100)) - refused, 14)
    assert await points(process, first, 22) == counted


async def test_all_answers_and_the_early_end_and_the_deadline_at_once_close_the_round_once(
    process: Process, other: Process, database: Database
) -> None:
    stored = await asked(process, database, rounds=3)
    first, second, _ = stored
    for user_id in range(20):
        await say(process, first, user_id, 4)
    await close(process, first.id, after(21))
    await ask(process, second.id, after(31), message_id=2)
    results = await asyncio.gather(
        *(say(process, second, user_id, 35) for user_id in range(20)),
        other.rounds.close(second.id, after(52)),
        process.rounds.close(second.id, after(36)),
        return_exceptions=True,
    )
    answered = {user_id for user_id, result in enumerate(results[:20]) if not isinstance(result, BaseException)}
    assert told(results)["RoundClosed"] == 20 - len(answered)
    revealed = await close(process, second.id, after(60))
    assert {entry.guess.user_id: entry.points for entry in revealed.scored} == dict.fromkeys(answered, 15)
    totals = await standings_of(process, revealed.game, after(70))
    assert totals == {user_id: 14 + (15 if user_id in answered else 0) for user_id in range(20)}


@pytest.mark.usefixtures("address")
async def test_how_long_an_answer_takes_is_told(process: Process, database: Database, engine_name: str) -> None:
    first, *_ = await asked(process, database)
    alone: list[float] = []
    for user_id in range(1000, 1050):
        began = time.perf_counter()
        await process.trivia.guess(first.id, user_id, right(first), after(4))
        alone.append(time.perf_counter() - began)
    began = time.perf_counter()
    await asyncio.gather(*(process.trivia.guess(first.id, user_id, 0, after(4)) for user_id in range(500)))
    crowd = time.perf_counter() - began
    middle = sorted(alone)[len(alone) // 2]
    sys.stdout.write(f"\n{engine_name}: one {middle * 1000:.2f} ms, 500 in one instant {crowd * 1000:.0f} ms\n")
    assert middle < 0.5
    assert crowd < 10
