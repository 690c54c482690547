"""A transaction that lost a race against another one is run again, a few times."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.polls import Option
from bot.domain.texts import Language, Localised
from bot.storage import polls
from bot.storage.database import RETRIES, Database
from bot.storage.ship_tables import poll
from bot.storage.tables import guild

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPTIONS = (Option(Localised("Alpha and Beta")), Option(Localised("Gamma and Delta")))
ON_POSTGRESQL = pytest.mark.parametrize("engine_name", ["postgresql"])


async def add_poll(database: Database) -> int:
    """Store a poll; return its id."""

    async def work(connection: AsyncConnection) -> int:
        added = await polls.add_poll(
            connection,
            guild_id=1,
            channel_id=2,
            creator_id=3,
            request_id=None,
            language=Language.ENGLISH,
            opened_at=NOON,
            closes_at=None,
            options=OPTIONS,
        )
        return added.id

    return await database.write(work)


async def voters(connection: AsyncConnection) -> list[int]:
    return list((await connection.scalars(select(poll.c.voters).order_by(poll.c.id))).all())


async def add_voter(connection: AsyncConnection, poll_id: int) -> None:
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(voters=poll.c.voters + 1))


@ON_POSTGRESQL
async def test_two_transactions_that_lock_two_polls_crosswise_are_both_stored_once(database: Database) -> None:
    one, two = await add_poll(database), await add_poll(database)
    both_hold_one = asyncio.Barrier(2)
    runs: list[int] = []

    async def work(connection: AsyncConnection, first: int, second: int) -> int:
        runs.append(first)
        await add_voter(connection, first)
        if len(runs) <= 2:
            await both_hold_one.wait()
        await add_voter(connection, second)
        return first

    async with asyncio.timeout(15):
        stored = await asyncio.gather(
            database.write(lambda connection: work(connection, one, two)),
            database.write(lambda connection: work(connection, two, one)),
        )
    assert stored == [one, two]
    assert len(runs) == 3, "one of them was run again"
    assert await database.read(voters) == [2, 2]


@ON_POSTGRESQL
@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
@pytest.mark.parametrize("lost", range(RETRIES + 1))
async def test_a_transaction_that_loses_twice_at_most_is_stored_once(
    database: Database, sqlstate: str, lost: int
) -> None:
    runs: list[int] = []

    async def work(connection: AsyncConnection) -> int:
        runs.append(len(runs))
        await connection.execute(insert(guild).values(guild_id=len(runs), spoilers="all"))
        if len(runs) <= lost:
            await lose(connection, sqlstate)
        return len(runs)

    assert await database.write(work) == lost + 1
    assert await guilds_of(database) == [lost + 1], "nothing is left of the runs before"


@ON_POSTGRESQL
@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
async def test_one_that_loses_three_times_is_given_up_and_nothing_of_it_is_stored(
    database: Database, sqlstate: str
) -> None:
    runs: list[int] = []

    async def work(connection: AsyncConnection) -> None:
        runs.append(len(runs))
        await connection.execute(insert(guild).values(guild_id=1, spoilers="all"))
        await lose(connection, sqlstate)

    with pytest.raises(DBAPIError, match="lost a race"):
        await database.write(work)
    assert len(runs) == 3
    assert await guilds_of(database) == []
    await database.write(lambda connection: connection.execute(insert(guild).values(guild_id=1, spoilers="all")))


async def test_one_that_fails_for_another_reason_is_run_once(database: Database) -> None:
    runs: list[int] = []

    async def work(connection: AsyncConnection) -> None:
        runs.append(len(runs))
        for _twice in range(2):
            await connection.execute(insert(guild).values(guild_id=1, spoilers="all"))

    with pytest.raises(IntegrityError):
        await database.write(work)
    assert len(runs) == 1


async def lose(connection: AsyncConnection, sqlstate: str) -> None:
    """Have PostgreSQL end the transaction as it ends one that lost a race."""
    await connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'lost a race' USING ERRCODE = '{sqlstate}'; END $$"))


async def guilds_of(database: Database) -> list[int]:
    """The ids of the guilds that are stored."""
    return await database.read(lambda connection: _all(connection))


async def _all(connection: AsyncConnection) -> list[int]:
    return list((await connection.scalars(select(guild.c.guild_id))).all())
