"""The open database: one writing connection, a few reading ones, transactions that a cancelled task cannot break.

Why it is built so (each was reproduced): a WAL read that turns into a write fails at once, hence BEGIN IMMEDIATE; a
cancelled task leaves its transaction open and everybody else locked out, hence every transaction runs in a task of
its own, behind a shield; two statements of two tasks on one connection end up in one transaction, hence one writer.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import ConfigurationError, TemporaryError
from bot.storage.migrate import migrate

log = logging.getLogger(__name__)

PATIENCE = 5000
"""Milliseconds that SQLite waits for another process."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={PATIENCE}",
    "foreign_keys=ON",
    "journal_size_limit=67108864",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "secure_delete=ON",  # ballots of anonymous polls are deleted to be gone
)
READERS = 3
MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first releases, by branch, without the fault of https://sqlite.org/wal.html#walresetbug."""

REFUSED = {"28000", "28P01", "3D000"}
"""SQLSTATE of PostgreSQL for a wrong user, a wrong password, an unknown database: waiting changes nothing."""

LOST_A_RACE = {"40001", "40P01"}
"""SQLSTATE of PostgreSQL for a transaction that lost against another one and may simply be run again."""
RETRIES = 2

T = TypeVar("T")


class Database:
    """Runs work in transactions. Made by `open_database`."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        self._tasks: set[asyncio.Task[Any]] = set()

    async def write(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        """Run `work` in a writing transaction and return what it returned, once that is stored.

        Whatever `work` raises rolls the transaction back. Cancelling the caller does not: the transaction ends as it
        would have. One that lost a race on PostgreSQL is run again, so `work` changes nothing but what is stored.
        """
        return await self._shielded(self._transact(self._writer, work))

    async def read(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        """Run `work` on one snapshot of what is stored and return what it returned."""
        return await self._shielded(self._transact(self._reader, work))

    async def sweep(self, table: str) -> None:
        """Have what was deleted from `table` gone from the disk as well, as far as the database can do that.

        SQLite has written zeros over it, but moves rows between pages and may leave copies in gaps that no row owns:
        so the file is written anew, and older pages of its journal are taken out too. PostgreSQL frees the rows.
        """
        await self._shielded(self._sweep(table))

    async def _sweep(self, table: str) -> None:
        if self._writer.dialect.name != "sqlite":
            async with self._writer.connect() as connection:
                clean = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await clean.exec_driver_sql(f'VACUUM "{table}"')
            return
        async with self._writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection  # no BEGIN: it would be in the way

            async def run(statement: str) -> Any:
                async with driver.execute(statement) as cursor:
                    return await cursor.fetchone()

            await run("PRAGMA busy_timeout=250")  # whoever waits for a reader here holds up every write
            try:
                await run("VACUUM")
                busy, *_ = await run("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await run(f"PRAGMA busy_timeout={PATIENCE}")
        if busy:
            raise TimeoutError("the journal is being read; trying again later")

    async def _transact(
        self,
        engine: AsyncEngine,
        work: Callable[[AsyncConnection], Coroutine[Any, Any, T]],
    ) -> T:
        for _again in range(RETRIES):
            try:
                async with engine.begin() as connection:
                    return await work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in LOST_A_RACE:
                    raise
        async with engine.begin() as connection:
            return await work(connection)

    async def _shielded(self, transaction: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(transaction)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Wait for the transactions under way, then give the connections back."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._writer.dispose()
        await self._reader.dispose()


@asynccontextmanager
async def open_database(address: str) -> AsyncGenerator[Database]:
    """Open, check and migrate the database at `address` (an SQLAlchemy URL); close it at the end.

    Raises:
        ConfigurationError: the address is wrong, the file is damaged or no database, or of a newer Adlib. The file is
            left as it was.
        TemporaryError: the server does not answer.
    """
    url = _parse(address)
    with _in_plain_words(url):
        if url.get_backend_name() == "sqlite":
            _check_file(url)
        writer, reader = _engines(url)
        try:
            await migrate(writer)
        except BaseException:
            await writer.dispose()
            await reader.dispose()
            raise
    database = Database(writer, reader)
    try:
        yield database
    finally:
        await database.close()


def _parse(address: str) -> URL:
    try:
        url = make_url(address)
        backend, driver = url.get_backend_name(), url.get_driver_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise ConfigurationError(
            "DATABASE_URL is not an address. Examples: sqlite+aiosqlite:///var/adlib.db, "
            "postgresql+asyncpg://user:password@host/name"
        ) from error
    if (backend, driver) not in {("sqlite", "aiosqlite"), ("postgresql", "asyncpg")}:
        raise ConfigurationError(
            f"DATABASE_URL names {backend}+{driver}; Adlib works with sqlite+aiosqlite and postgresql+asyncpg."
        )
    return url


def _check_file(url: URL) -> None:
    """Look at an existing file before anything is written to it."""
    if not url.database or url.database == ":memory:":
        raise ConfigurationError("DATABASE_URL names no file; write sqlite+aiosqlite:///var/adlib.db, for example.")
    path = Path(url.database)
    if path.is_dir():
        raise ConfigurationError(f"DATABASE_URL names a directory, {path}; write the name of a file in it.")
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"The directory {path.parent} cannot be made: {error.strerror}.") from error
        return
    if path.stat().st_size == 0:
        return
    try:
        connection = sqlite3.connect(path, timeout=5)
        try:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise TemporaryError(f"The database file {path} cannot be opened: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise ConfigurationError(_damaged(path, str(error))) from error
    if verdict != "ok":
        raise ConfigurationError(_damaged(path, verdict.splitlines()[-1]))


def _damaged(path: Path, why: str) -> str:
    return (
        f"The database file {path} is damaged or no SQLite database ({why}). It was left untouched: "
        "move it away and put the newest backup in its place."
    )


def _engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    if url.get_backend_name() != "sqlite":
        try:
            engine = create_async_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                "DATABASE_URL names PostgreSQL, but asyncpg is not installed: "
                "pip install --require-hashes -r requirements/postgresql.txt"
            ) from error
        return engine, engine.execution_options(isolation_level="REPEATABLE READ")
    _warn_of_old_sqlite()
    writer = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=60)
    reader = create_async_engine(url, pool_size=READERS, max_overflow=0, pool_timeout=60)
    for engine, begin, only in (
        (writer, "BEGIN IMMEDIATE", "OFF"),
        (reader, "BEGIN", "ON"),
    ):
        _prepare(engine, begin, (*PRAGMAS, f"query_only={only}"))
    return writer, reader


def _prepare(engine: AsyncEngine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions in its own way
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _warn_of_old_sqlite() -> None:
    version = sqlite3.sqlite_version_info
    mended = version >= MENDED[-1] or any(version[:2] == first[:2] and version >= first for first in MENDED)
    if not mended:
        log.info(
            "SQLite %s has a rare fault when two processes write one file; let no other program write Adlib's.",
            sqlite3.sqlite_version,
        )


@contextmanager
def _in_plain_words(url: URL) -> Generator[None]:
    """Turn what the drivers raise while connecting into one sentence, with no password in it."""
    try:
        yield
    except (DBAPIError, OSError, OverflowError) as error:
        name = url.set(query={}).render_as_string(hide_password=True)
        cause = error.orig if isinstance(error, DBAPIError) else error
        reason = str(cause).splitlines()[0]
        if isinstance(error, OverflowError) or getattr(cause, "sqlstate", None) in REFUSED:
            raise ConfigurationError(f"The database {name} refuses Adlib: {reason}") from error
        raise TemporaryError(f"The database {name} does not answer: {reason}") from error
