import asyncio
import itertools
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import READERS, Database, open_database
from bot.storage.tables import guild
from tests.storage.engines import Sqlite

PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "busy_timeout": 5000,
    "foreign_keys": 1,
    "journal_size_limit": 67108864,
    "temp_store": 2,  # MEMORY
    "trusted_schema": 0,
}
ROOT = Path(__file__).parents[2]


@pytest_asyncio.fixture
async def file(sqlite: Sqlite) -> AsyncGenerator[Path]:
    """A migrated file of SQLite."""
    async with sqlite.fresh(migrated=True) as made:
        yield Path(made.removeprefix("sqlite+aiosqlite:///"))


async def add(connection: AsyncConnection, guild_id: int) -> None:
    await connection.execute(insert(guild).values(guild_id=guild_id, spoilers="all"))


async def count(connection: AsyncConnection) -> int | None:
    return await connection.scalar(select(func.count()).select_from(guild))


async def test_a_write_returns_what_its_work_returned(database: Database) -> None:
    await database.write(lambda connection: add(connection, 1))
    assert await database.write(count) == 1


async def test_a_fault_takes_the_whole_transaction_back(database: Database) -> None:
    async def work(connection: AsyncConnection) -> None:
        await add(connection, 1)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await database.write(work)
    assert await database.read(count) == 0


async def test_a_write_whose_caller_is_cancelled_is_stored_and_the_next_write_works_at_once(
    database: Database,
) -> None:
    written, finish = asyncio.Event(), asyncio.Event()

    async def work(connection: AsyncConnection) -> None:
        await add(connection, 1)
        written.set()
        await finish.wait()
        await add(connection, 2)

    caller = asyncio.create_task(database.write(work))
    await written.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    finish.set()
    async with asyncio.timeout(2):
        await database.write(lambda connection: add(connection, 3))
        while await database.read(count) != 3:  # noqa: ASYNC110 - on PostgreSQL the first may end after the other
            await asyncio.sleep(0)


async def test_a_write_that_is_cut_off_by_a_timeout_is_stored_all_the_same(database: Database) -> None:
    finish = asyncio.Event()

    async def work(connection: AsyncConnection) -> None:
        await finish.wait()
        await add(connection, 1)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(database.write(work), timeout=0.01)
    finish.set()
    await database.close()
    async with asyncio.timeout(2):
        assert await database.read(count) == 1


async def test_a_database_closes_only_after_the_transactions_under_way(database: Database, address: str) -> None:
    async with open_database(address) as closing:
        started = asyncio.Event()

        async def work(connection: AsyncConnection) -> None:
            started.set()
            await add(connection, 1)

        caller = asyncio.create_task(closing.write(work))
        await started.wait()
        caller.cancel()
    assert await database.read(count) == 1


async def test_what_was_read_may_be_written_on_although_others_commit_at_the_same_time(
    database: Database, address: str
) -> None:
    numbers = itertools.count()

    async def work(connection: AsyncConnection) -> None:
        await count(connection)
        await asyncio.sleep(0)
        await add(connection, next(numbers))

    async with open_database(address) as another, asyncio.timeout(10):
        await asyncio.gather(*(each.write(work) for each in (database, another) * 15))
    assert await database.read(count) == 30


async def test_a_read_sees_one_moment_while_others_write(database: Database) -> None:
    async def work(connection: AsyncConnection) -> tuple[int | None, int | None]:
        before = await count(connection)
        await database.write(lambda writing: add(writing, 1))
        return before, await count(connection)

    assert await database.read(work) == (0, 0)
    assert await database.read(count) == 1


async def test_the_writer_of_sqlite_is_set_up_as_it_must_be(file: Path) -> None:
    async with open_database(f"sqlite+aiosqlite:///{file}") as database:

        async def work(connection: AsyncConnection) -> dict[str, object]:
            return {name: await connection.scalar(text(f"PRAGMA {name}")) for name in (*PRAGMAS, "query_only")}

        assert await database.write(work) == {**PRAGMAS, "query_only": 0}


async def test_every_reader_of_sqlite_is_set_up_as_it_must_be_and_cannot_write(file: Path) -> None:
    async with open_database(f"sqlite+aiosqlite:///{file}") as database:
        all_busy = asyncio.Barrier(READERS)

        async def work(connection: AsyncConnection) -> dict[str, object]:
            await all_busy.wait()
            return {name: await connection.scalar(text(f"PRAGMA {name}")) for name in (*PRAGMAS, "query_only")}

        found = await asyncio.gather(*(database.read(work) for _ in range(READERS)))
        assert found == [{**PRAGMAS, "query_only": 1}] * READERS
        with pytest.raises(DBAPIError, match="readonly"):
            await database.read(lambda connection: add(connection, 1))


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO guild (guild_id, language, spoilers) VALUES (99, 'en', 'mild')")
print("held", flush=True)
sys.stdin.read()
connection.execute("COMMIT")
"""


async def test_another_program_that_holds_the_file_for_a_second_only_delays_a_write(file: Path) -> None:
    async with open_database(f"sqlite+aiosqlite:///{file}") as database:
        holder = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HOLDER, str(file)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert await holder.stdout.readline() == b"held\n"
        writing = asyncio.create_task(database.write(lambda connection: add(connection, 1)))
        done, _ = await asyncio.wait({writing}, timeout=1)
        assert done == set()
        assert await database.read(count) == 0
        holder.stdin.close()
        assert await holder.wait() == 0
        await writing
        assert await database.read(count) == 2


LEFT_OPEN = """
import asyncio, sys
from bot.storage.database import open_database

async def main():
    opened = open_database(sys.argv[1])
    database = await opened.__aenter__()
    await database.read(lambda connection: asyncio.sleep(0))
    {end}

kept = []
asyncio.run(main())
"""


@pytest.mark.parametrize(
    "end", ["kept.append(opened)", "raise RuntimeError", "sys.exit(3)", "asyncio.current_task().cancel()"]
)
def test_a_process_that_leaves_its_database_open_ends_within_five_seconds(end: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LEFT_OPEN.format(end=end), f"sqlite+aiosqlite:///{tmp_path / 'adlib.db'}"],
        cwd=ROOT,
        timeout=5,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode == 0) is (end == "kept.append(opened)")
