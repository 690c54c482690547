import logging
import socket
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.errors import ConfigurationError, HostError, TemporaryError
from bot.storage.database import open_database
from tests.storage.engines import Postgresql

PASSWORD = "open-sesame"


async def refusal(address: str) -> HostError:
    """What opening the database at `address` is refused with."""
    with pytest.raises(HostError) as refused:
        async with open_database(address):
            pass
    return refused.value


def at(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def closed_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def open_once(path: Path) -> None:
    async with open_database(at(path)):
        pass


def files(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


def fill(path: Path) -> bytes:
    """Make the database at `path` many pages long; return its bytes."""
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO guild (guild_id, language, spoilers) VALUES (?, 'en', 'mild')",
        [(number,) for number in range(5000)],
    )
    connection.commit()
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "adlib.db",
        "var/adlib.db",
        "sqlite+aiosqlite",
        "nonsense://host/name",
        f"postgresql+asyncpg://adlib:{PASSWORD}@localhost:port/adlib",
    ],
)
async def test_what_is_no_address_is_refused_with_examples_of_one(address: str) -> None:
    refused = await refusal(address)
    assert isinstance(refused, ConfigurationError)
    assert "sqlite+aiosqlite:///var/adlib.db" in str(refused)
    assert PASSWORD not in str(refused)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("sqlite:///var/adlib.db", "sqlite+pysqlite"),
        ("sqlite+pysqlite:///var/adlib.db", "sqlite+pysqlite"),
        (f"postgresql+psycopg://adlib:{PASSWORD}@localhost/adlib", "postgresql+psycopg"),
        (f"mysql+aiomysql://adlib:{PASSWORD}@localhost/adlib", "mysql+aiomysql"),
    ],
)
async def test_another_driver_is_refused_by_its_name_beside_the_two_that_work(address: str, named: str) -> None:
    refused = await refusal(address)
    assert isinstance(refused, ConfigurationError)
    assert f"names {named};" in str(refused)
    assert "sqlite+aiosqlite and postgresql+asyncpg" in str(refused)
    assert PASSWORD not in str(refused)


@pytest.mark.parametrize("address", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_a_database_in_memory_is_refused(address: str) -> None:
    refused = await refusal(address)
    assert isinstance(refused, ConfigurationError)
    assert "names no file" in str(refused)


async def test_a_directory_is_refused_by_its_name(tmp_path: Path) -> None:
    refused = await refusal(at(tmp_path))
    assert isinstance(refused, ConfigurationError)
    assert f"a directory, {tmp_path};" in str(refused)


async def test_a_directory_that_is_missing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "var" / "deep" / "adlib.db"
    async with open_database(at(path)):
        assert path.exists()


async def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the directory should be")
    refused = await refusal(at(tmp_path / "var" / "adlib.db"))
    assert isinstance(refused, ConfigurationError)
    assert str(tmp_path / "var") in str(refused)


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "adlib.db"
    path.touch()
    await open_once(path)
    assert path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("size", [15, 100, 5000, 100_000])
async def test_a_file_that_is_no_database_is_named_and_left_as_it_was(tmp_path: Path, size: int) -> None:
    path = tmp_path / "adlib.db"
    garbage = (b"Dear diary, today I watched sixteen episodes. " * (size // 40 + 1))[:size]
    path.write_bytes(garbage)
    refused = await refusal(at(path))
    assert isinstance(refused, ConfigurationError)
    assert str(path) in str(refused)
    assert path.read_bytes() == garbage
    assert files(tmp_path) == [path]


async def test_a_database_with_garbled_pages_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "adlib.db"
    await open_once(path)
    sound = fill(path)
    garbled = sound[:8192] + b"\xa5" * (len(sound) - 16384) + sound[-8192:]
    path.write_bytes(garbled)
    refused = await refusal(at(path))
    assert isinstance(refused, ConfigurationError)
    assert f"{path} is damaged" in str(refused)
    assert path.read_bytes() == garbled


async def test_a_database_with_a_single_garbled_page_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "adlib.db"
    await open_once(path)
    sound = fill(path)
    page = len(sound) * 3 // 4 // 4096 * 4096
    garbled = sound[: page + 8] + b"\xff" * 200 + sound[page + 208 :]
    path.write_bytes(garbled)
    refused = await refusal(at(path))
    assert isinstance(refused, ConfigurationError)
    assert f"{path} is damaged" in str(refused)
    assert path.read_bytes() == garbled


async def test_a_database_that_was_cut_short_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "adlib.db"
    await open_once(path)
    cut = fill(path)[:20000]
    path.write_bytes(cut)
    refused = await refusal(at(path))
    assert isinstance(refused, ConfigurationError)
    assert str(path) in str(refused)
    assert path.read_bytes() == cut


async def test_a_database_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "adlib.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE game (title TEXT)")
    connection.close()
    await refusal(at(path))
    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT sql FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("CREATE TABLE game (title TEXT)",)]


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        *(((3, 40, 1), True), ((3, 44, 5), True), ((3, 50, 4), True), ((3, 51, 2), True)),
        *(((3, 44, 6), False), ((3, 50, 7), False), ((3, 51, 3), False), ((3, 52, 0), False)),
    ],
)
async def test_a_sqlite_that_can_lose_pages_is_reported_to_the_host(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    version: tuple[int, int, int],
    faulty: bool,
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    with caplog.at_level(logging.INFO, "bot.storage.database"):
        await open_once(tmp_path / "adlib.db")
    assert ("rare fault" in caplog.text) is faulty


async def test_without_its_driver_postgresql_is_refused_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    refused = await refusal(f"postgresql+asyncpg://adlib:{PASSWORD}@localhost/adlib")
    assert isinstance(refused, ConfigurationError)
    assert "requirements/postgresql.txt" in str(refused)


async def test_a_server_that_does_not_answer_is_worth_another_try_and_its_password_is_not_told() -> None:
    refused = await refusal(f"postgresql+asyncpg://adlib:{PASSWORD}@127.0.0.1:{closed_port()}/adlib")
    assert isinstance(refused, TemporaryError)
    assert "does not answer" in str(refused)
    assert "127.0.0.1" in str(refused)
    assert PASSWORD not in str(refused)


async def test_a_host_that_nobody_knows_is_worth_another_try_and_its_password_is_not_told(tmp_path: Path) -> None:
    refused = await refusal(f"postgresql+asyncpg://adlib:{PASSWORD}@/adlib?host={tmp_path / 'nowhere'}")
    assert isinstance(refused, TemporaryError)
    assert PASSWORD not in str(refused)


@pytest.mark.parametrize("who", [f"nobody:{PASSWORD}@/postgres", f"postgres:{PASSWORD}@/no_such_database"])
async def test_a_server_that_refuses_is_reported_in_one_sentence_without_the_password(
    postgresql: Postgresql, who: str
) -> None:
    refused = await refusal(f"postgresql+asyncpg://{who}?host={postgresql.socket_folder}")
    assert "does not exist" in str(refused)
    assert PASSWORD not in str(refused)
