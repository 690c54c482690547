"""python -m bot: one sentence for the host, the right exit code, and nothing changed where something is wrong."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot import __main__ as command, app
from bot.client import AdlibBot
from bot.errors import AdlibError
from bot.storage.database import open_database
from tests.content.folders import data_folder

TOKEN = "MTI" + "x" * 21 + ".Gabcde." + "y" * 27
PASSWORD = "open-sesame"
DONE, RETRY, WRONG = 0, 1, 78


class LoggedIn(AdlibError):
    """The bot was started."""


@pytest.fixture(autouse=True)
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with a token, a database that would work, small content, and no way to Discord."""
    monkeypatch.setattr(command, "ROOT", tmp_path)
    for module in (command, app):
        monkeypatch.setattr(module, "DATA", data_folder(tmp_path / "data"))
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", at(tmp_path / "adlib.db"))
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.delenv("SYNC_COMMANDS", raising=False)
    discord_answers(monkeypatch, LoggedIn())
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    gc.unfreeze()


def discord_answers(monkeypatch: pytest.MonkeyPatch, error: BaseException | None) -> list[str]:
    """Let a login end like that; return the tokens it was tried with."""
    tried: list[str] = []

    async def start(_bot: AdlibBot, token: str, **_: Any) -> None:
        tried.append(token)
        if error is not None:
            raise error

    monkeypatch.setattr(AdlibBot, "start", start)
    return tried


def at(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def refused(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> str:
    """The one sentence with which `python -m bot run` ends, with this exit code and before any login."""
    assert command.main(arguments or ["run"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err.removesuffix("\n")


async def made_by_adlib(path: Path) -> None:
    async with open_database(at(path)):
        pass


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def response(status: int) -> Any:
    return SimpleNamespace(status=status, reason="refused")


def closed_socket() -> Any:
    return SimpleNamespace(close_code=4000)


@pytest.mark.parametrize("arguments", [(), ("run",)])
def test_without_a_token_nothing_starts_and_nothing_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    before = sorted(tmp_path.rglob("*"))
    assert refused(capsys, WRONG, *arguments).startswith("DISCORD_TOKEN is not set: copy .env.example to .env")
    assert sorted(tmp_path.rglob("*")) == before


def test_the_token_of_the_file_is_the_one_that_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    (tmp_path / ".env").write_text("DISCORD_TOKEN=of-the-file\n", encoding="utf-8")
    tried = discord_answers(monkeypatch, None)
    assert command.main([]) == DONE
    assert tried == ["of-the-file"]


def test_a_setting_that_is_not_offered_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    assert refused(capsys, WRONG).startswith("LOG_LEVEL is 'LOUD'; it must be one of ")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("adlib.db", "DATABASE_URL is not an address."),
        ("mysql+aiomysql://adlib:open-sesame@host/adlib", "DATABASE_URL"),
        ("sqlite:///adlib.db", "DATABASE_URL names sqlite+pysqlite; Adlib works with sqlite+aiosqlite"),
        ("sqlite+aiosqlite://", "DATABASE_URL names no file"),
    ],
)
def test_an_address_that_is_wrong_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, said: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    sentence = refused(capsys, WRONG)
    assert sentence.startswith(said)
    assert PASSWORD not in sentence


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+asyncpg://adlib:open-sesame@127.0.0.1:{port}/adlib",
        "postgresql+asyncpg://127.0.0.1:{port}/adlib?user=adlib&password=open-sesame",
    ],
)
def test_a_server_that_does_not_answer_is_worth_another_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address.format(port=closed_port()))
    sentence = refused(capsys, RETRY)
    assert sentence.startswith("The database postgresql+asyncpg://")
    assert PASSWORD not in sentence


def test_a_directory_is_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", at(tmp_path / "data"))
    assert refused(capsys, WRONG).startswith("DATABASE_URL names a directory")


def test_a_file_that_is_no_database_is_left_byte_for_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "adlib.db"
    file.write_bytes(b"this is a diary and no database\n" * 400)
    before = file.read_bytes()
    assert refused(capsys, WRONG).startswith(f"The database file {file} is damaged or no SQLite database")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob("adlib.db*")] == ["adlib.db"]


@pytest.fixture
async def damaged(tmp_path: Path) -> bytes:
    """A database whose pages are overwritten in the middle."""
    file = tmp_path / "adlib.db"
    await made_by_adlib(file)
    return overwrite(file)


def overwrite(file: Path) -> bytes:
    content = bytearray(file.read_bytes())
    content[4196:5096] = b"\xff" * 900
    content[8192:10192] = b"\xff" * 2000
    file.write_bytes(content)
    return bytes(content)


def test_a_damaged_database_is_left_byte_for_byte(
    tmp_path: Path, damaged: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "adlib.db"
    assert refused(capsys, WRONG).startswith(f"The database file {file} is damaged or no SQLite database")
    assert file.read_bytes() == damaged


@pytest.fixture
async def newer(tmp_path: Path) -> bytes:
    """A database that a newer Adlib has made."""
    file = tmp_path / "adlib.db"
    await made_by_adlib(file)
    return raise_version(file)


def raise_version(file: Path) -> bytes:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return file.read_bytes()


def test_a_database_of_a_newer_adlib_is_left_byte_for_byte(
    tmp_path: Path, newer: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, WRONG).startswith("The database was made by a newer Adlib (its version is 9999).")
    assert (tmp_path / "adlib.db").read_bytes() == newer


def test_broken_content_is_refused_before_a_database_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "people.toml").write_text("= no name\n", encoding="utf-8")
    sentence = refused(capsys, WRONG)
    assert sentence.startswith("The content in data/ has a fault: people.toml: is no TOML")
    assert not (tmp_path / "adlib.db").exists()


def test_a_bot_that_is_logged_in_ends_with_success(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = discord_answers(monkeypatch, None)
    assert (command.main(["run"]), tried) == (DONE, [TOKEN])


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (discord.LoginFailure("401"), WRONG, "Discord does not know this DISCORD_TOKEN; paste it anew into .env."),
        (discord.HTTPException(response(503), "later"), RETRY, "Discord cannot be reached at the moment: "),
        (
            discord.ConnectionClosed(closed_socket(), shard_id=None),
            RETRY,
            "Discord has closed the connection (code 4000).",
        ),
        (discord.GatewayNotFound(), RETRY, "Discord cannot be reached at the moment: "),
        (ConnectionRefusedError(f"no way with {TOKEN}"), RETRY, "Discord cannot be reached at the moment: "),
    ],
)
def test_a_login_that_fails_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: int, said: str
) -> None:
    discord_answers(monkeypatch, error)
    sentence = refused(capsys, code)
    assert sentence.startswith(said)
    assert TOKEN not in sentence


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_stop_is_success(monkeypatch: pytest.MonkeyPatch, number: signal.Signals) -> None:
    started: list[AdlibBot] = []

    async def start(bot: AdlibBot, _token: str) -> None:
        started.append(bot)
        os.kill(os.getpid(), number)
        await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(AdlibBot, "start", start)
    assert command.main(["run"]) == DONE
    assert [bot.is_closed() for bot in started] == [True]


def test_an_unknown_command_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["dance"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    for name in ("run", "playground", "check-content"):
        assert name in said
