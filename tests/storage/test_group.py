import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import PollClosed, UserError
from bot.storage.database import Database
from bot.storage.group import MOST, GroupWriter
from bot.storage.tables import guild


class Ledger:
    """Stores every even number as a guild and refuses odd ones; `faults` makes the next batch break."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.faults: list[Exception] = []
        self.called = asyncio.Event()

    async def judge(self, connection: AsyncConnection, batch: Sequence[int]) -> Sequence[str | UserError]:
        self.batches.append(len(batch))
        self.called.set()
        results: list[str | UserError] = []
        for number in batch:
            if number % 2:
                results.append(PollClosed())
            else:
                await connection.execute(insert(guild).values(guild_id=number, spoilers="all"))
                results.append(f"stored {number}")
        if self.faults:
            raise self.faults.pop()
        return results


async def stored(database: Database) -> int | None:
    return await database.read(lambda connection: connection.scalar(select(func.count()).select_from(guild)))


async def test_two_hundred_items_at_once_arrive_in_few_transactions_and_each_gets_its_own_answer(
    database: Database,
) -> None:
    ledger = Ledger()
    writer = GroupWriter(database, ledger.judge)
    answers = await asyncio.gather(*(writer.submit(number) for number in range(200)), return_exceptions=True)
    assert len(ledger.batches) <= 3
    assert sum(ledger.batches) == 200
    assert answers[::2] == [f"stored {number}" for number in range(0, 200, 2)]
    assert all(isinstance(answer, PollClosed) for answer in answers[1::2])
    assert await stored(database) == 100


async def test_more_items_than_one_transaction_takes_wait_for_the_next(database: Database) -> None:
    ledger = Ledger()
    writer = GroupWriter(database, ledger.judge)
    await asyncio.gather(*(writer.submit(number) for number in range(1, 2 * MOST + 3, 2)), return_exceptions=True)
    assert ledger.batches == [MOST, 1]


async def test_an_answer_comes_only_after_the_item_is_stored(database: Database) -> None:
    writer = GroupWriter(database, Ledger().judge)
    assert await writer.submit(2) == "stored 2"
    assert await stored(database) == 1


async def test_items_submitted_one_after_another_are_all_stored(database: Database) -> None:
    ledger = Ledger()
    writer = GroupWriter(database, ledger.judge)
    assert [await writer.submit(number) for number in (2, 4, 6)] == ["stored 2", "stored 4", "stored 6"]
    assert ledger.batches == [1, 1, 1]


async def test_a_fault_reaches_all_of_the_batch_stores_nothing_and_the_next_batch_works(database: Database) -> None:
    ledger = Ledger()
    ledger.faults.append(RuntimeError("the judge fell asleep"))
    writer = GroupWriter(database, ledger.judge)
    answers = await asyncio.gather(*(writer.submit(number) for number in (2, 3, 4)), return_exceptions=True)
    assert [str(answer) for answer in answers] == ["the judge fell asleep"] * 3
    assert await stored(database) == 0
    assert await writer.submit(2) == "stored 2"


async def test_items_that_arrive_while_a_batch_breaks_are_judged_on_their_own(database: Database) -> None:
    ledger = Ledger()
    ledger.faults.append(RuntimeError("the judge fell asleep"))
    writer = GroupWriter(database, ledger.judge)
    first = asyncio.ensure_future(writer.submit(2))
    await ledger.called.wait()
    second = asyncio.ensure_future(writer.submit(4))
    with pytest.raises(RuntimeError, match="asleep"):
        await first
    assert await second == "stored 4"


async def test_a_caller_that_gives_up_does_not_harm_the_others(database: Database) -> None:
    writer = GroupWriter(database, Ledger().judge)
    calls = [asyncio.ensure_future(writer.submit(number)) for number in (2, 3, 4, 5, 6)]
    await asyncio.sleep(0)
    for given_up in (calls[0], calls[1]):
        given_up.cancel()
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert isinstance(answers[1], asyncio.CancelledError)
    assert answers[2] == "stored 4"
    assert isinstance(answers[3], PollClosed)
    assert answers[4] == "stored 6"
    assert await stored(database) == 3


async def test_what_a_caller_that_gave_up_had_submitted_is_stored_all_the_same(database: Database) -> None:
    writer = GroupWriter(database, Ledger().judge)
    call = asyncio.ensure_future(writer.submit(2))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await writer.submit(4)
    assert await stored(database) == 2
