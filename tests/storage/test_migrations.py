import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import ConfigurationError, TemporaryError
from bot.storage.database import Database, open_database
from bot.storage.migrate import MIGRATIONS
from bot.storage.schema import metadata
from tests.storage.engines import Engine

NEWEST = ScriptDirectory(MIGRATIONS.as_posix()).get_current_head()


@pytest_asyncio.fixture
async def empty(engine: Engine) -> AsyncGenerator[str]:
    """The address of a database without tables."""
    async with engine.fresh(migrated=False) as made:
        yield made


def schema(connection: Connection) -> Any:
    """Everything about the tables that a migration could change."""
    inspector = inspect(connection)
    described: dict[str, Any] = {}
    for name in inspector.get_table_names():
        columns = [
            (each["name"], str(each["type"]), each["nullable"], each["default"]) for each in inspector.get_columns(name)
        ]
        indexes = [
            {**index, "dialect_options": {key: str(value) for key, value in index.get("dialect_options", {}).items()}}
            for index in inspector.get_indexes(name)
        ]
        described[name] = (
            columns,
            inspector.get_pk_constraint(name),
            sorted(map(str, inspector.get_foreign_keys(name))),
            sorted(map(str, indexes)),
            sorted(map(str, inspector.get_unique_constraints(name))),
        )
    return described


async def schema_of(database: Database) -> Any:
    return await database.read(lambda connection: connection.run_sync(schema))


async def execute(database: Database, statement: str) -> None:
    await database.write(lambda connection: connection.execute(text(statement)))


async def versions(database: Database) -> Sequence[str]:
    async def work(connection: AsyncConnection) -> Sequence[str]:
        return (await connection.scalars(text("SELECT version_num FROM alembic_version"))).all()

    return await database.read(work)


async def test_a_fresh_database_gets_every_table(empty: str) -> None:
    async with open_database(empty) as database:
        assert set(await schema_of(database)) == {*metadata.tables, "alembic_version"}


async def test_opening_again_changes_nothing_and_keeps_what_is_stored(empty: str) -> None:
    async with open_database(empty) as database:
        before = await schema_of(database), await versions(database)
        await execute(database, "INSERT INTO guild (guild_id, spoilers) VALUES (7, 'all')")
    async with open_database(empty) as database:
        assert (await schema_of(database), await versions(database)) == before
        kept = await database.read(lambda connection: connection.scalar(text("SELECT guild_id FROM guild")))
    assert kept == 7


async def test_the_migrated_tables_are_those_that_the_code_describes(database: Database) -> None:
    def differences(connection: Connection) -> Any:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "target_metadata": metadata}
        )
        return compare_metadata(context, metadata)

    assert await database.read(lambda connection: connection.run_sync(differences)) == []


async def test_the_migrated_constraints_bear_the_names_that_the_code_gives_them(engine: Engine, empty: str) -> None:
    async with (
        engine.fresh(migrated=False) as other,
        open_database(empty) as migrated,
        open_database(other) as described,
    ):
        await described.write(lambda connection: connection.run_sync(metadata.drop_all))
        await described.write(lambda connection: connection.run_sync(metadata.create_all))
        assert await schema_of(migrated) == await schema_of(described)


async def started(address: str) -> Sequence[str]:
    async with open_database(address) as database:
        return await versions(database)


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_processes_that_start_at_once_on_a_fresh_server_do_not_disturb_each_other(empty: str) -> None:
    assert await asyncio.gather(*(started(empty) for _ in range(4))) == [[NEWEST]] * 4


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_processes_that_start_at_once_on_a_fresh_file_start_or_may_try_again(empty: str) -> None:
    attempts = await asyncio.gather(*(started(empty) for _ in range(4)), return_exceptions=True)
    assert all(attempt == [NEWEST] or isinstance(attempt, TemporaryError) for attempt in attempts)
    assert await started(empty) == [NEWEST]


async def test_a_database_of_a_newer_adlib_is_refused_and_nothing_is_changed(address: str) -> None:
    async with open_database(address) as database:
        await execute(database, "UPDATE alembic_version SET version_num = 'from_the_future'")
        await execute(database, "DROP TABLE command_sync")
        before = await schema_of(database)
        with pytest.raises(ConfigurationError, match=r"newer Adlib .*from_the_future"):
            async with open_database(address):
                pass
        assert await schema_of(database) == before
        assert await versions(database) == ["from_the_future"]


def integers(table: Table) -> Sequence[str]:
    return [column.name for column in table.columns if "INT" in str(column.type).upper()]


async def test_an_integer_column_refuses_text(database: Database) -> None:
    for table in metadata.sorted_tables:
        row = {column.name: "0" if column.name in integers(table) else "'text'" for column in table.columns}
        for name in integers(table):
            wrong = {**row, name: "'seven'"}
            statement = f"INSERT INTO {table.name} ({', '.join(wrong)}) VALUES ({', '.join(wrong.values())})"
            with pytest.raises(DBAPIError, match=r"cannot store TEXT value|datatype mismatch|invalid input syntax"):
                await execute(database, statement)
