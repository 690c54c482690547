"""The playground without a browser: simcord's private parts are there, and the real bot lives on them."""

import asyncio
import logging
import signal
import socket
import sqlite3
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import simcord.interactions

from bot.app import DATA
from bot.domain.texts import Language
from bot.errors import ConfigurationError, GameAlreadyRunning
from bot.playground import seams
from bot.playground.page import EDITS, edited
from bot.playground.serve import open_playground
from bot.text.catalogue import load_catalogue
from tests.playground.process import running
from tests.playground.tab import Tab

PLAY = "Play 3 rounds"
ANSWERS_WITHIN = 3.0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "playground.db"


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def url(database: Path) -> AsyncGenerator[str]:
    async with open_playground(0, database, fresh=False) as page:
        yield page.url


def test_all_private_parts_are_there() -> None:
    assert seams.missing_seams() == []


def test_a_missing_part_is_named_with_the_release_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(simcord.interactions, "base_payload")
    monkeypatch.setitem(EDITS, "text.js", (("no such line", ""),))  # pyright: ignore[reportArgumentType] -- a dict in fact
    named = r"simcord==3\.2\.1.*interactions\.base_payload.*text\.js: no such line"
    with pytest.raises(ConfigurationError, match=named):
        seams.verify()


def test_another_release_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seams, "PINNED", "3.2.0")
    with pytest.raises(ConfigurationError, match=r"simcord==3\.2\.0, and 3\.2\.1 is installed"):
        seams.verify()


@pytest.mark.parametrize("filename", sorted(EDITS))
def test_every_edit_of_the_page_takes_hold(filename: str) -> None:
    served = edited(filename, (seams.STATIC / filename).read_text(encoding="utf-8"))
    assert all(new in served for _, new in EDITS[filename])


async def test_every_new_tab_is_another_member(session: aiohttp.ClientSession, url: str) -> None:
    tabs = [await Tab.open(session, url) for _ in range(4)]
    assert [tab.name for tab in tabs] == ["Alice", "Bora", "Mina", "Alice"]
    await tabs[1].close()
    assert (await Tab.open(session, url)).name == "Bora"


async def test_a_press_is_answered_and_every_tab_follows(session: aiohttp.ClientSession, url: str) -> None:
    alice, bora = await Tab.open(session, url), await Tab.open(session, url)
    begun = time.perf_counter()
    receipt = await alice.press(PLAY)
    assert (receipt["rejected"], receipt["acknowledgement"]) == (False, "acknowledged")
    assert time.perf_counter() - begun < ANSWERS_WITHIN
    await bora.sees("Round 1 of 3")
    both = await asyncio.gather(alice.press("Ad-lib"), bora.press("In the script"))
    assert [receipt["acknowledgement"] for receipt in both] == ["acknowledged", "acknowledged"]
    await alice.sees("2 answers so far.")


async def test_each_member_is_answered_in_her_own_language(session: aiohttp.ClientSession, url: str) -> None:
    alice, bora = await Tab.open(session, url), await Tab.open(session, url)
    await alice.press(PLAY)
    await bora.sees("Round 1 of 3")
    await bora.press(PLAY)
    korean = load_catalogue(DATA / "locales")[Language.KOREAN](GameAlreadyRunning.message, link="|")
    await bora.sees(max(korean.split("|"), key=len).strip())
    assert bora.state["profile"]["locale"] == "ko"
    assert '"ephemeral": true' not in alice.text


async def test_members_are_not_shipped_here_either(session: aiohttp.ClientSession, url: str) -> None:
    alice = await Tab.open(session, url)
    couples = {"couple-1": "Mina and Ada", "couple-2": "Cy and Bo", "duration": "1h"}
    await alice.run("ship poll", **couples)
    await alice.sees("“Mina” is the name of a member of this server.")
    await alice.run("ship poll", **couples | {"couple-1": "Ada and Di"})
    await alice.sees("Ada and Di")


async def test_the_clock_is_the_wall_clock(session: aiohttp.ClientSession, url: str) -> None:
    tab = await Tab.open(session, url)
    posted = discord.utils.snowflake_time(int(tab.state["timeline"][-1]))
    assert abs((datetime.now(UTC) - posted).total_seconds()) < 60


async def test_a_second_run_knows_the_same_channel_and_makes_new_messages(
    session: aiohttp.ClientSession, database: Path
) -> None:
    runs: list[dict[str, Any]] = []
    for _ in range(2):
        async with open_playground(0, database, fresh=False) as page:
            runs.append((await Tab.open(session, page.url)).state)
    first, second = runs
    for same in ("channelId", "viewerId", "viewers"):
        assert _without_assets(first[same]) == _without_assets(second[same])
    assert int(first["timeline"][-1]) < int(second["timeline"][-1])


async def test_a_game_that_an_earlier_run_left_goes_on_without_its_message(
    session: aiohttp.ClientSession, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_playground(0, database, fresh=False) as page:
        alice = await Tab.open(session, page.url)
        await alice.press(PLAY)
        await alice.press("Ad-lib")
    with sqlite3.connect(database) as connection:
        assert connection.execute("UPDATE job SET due_at = 0").rowcount == 1
    connection.close()
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        async with open_playground(0, database, fresh=False) as page:
            await (await Tab.open(session, page.url)).sees("Read the story")
    assert [record for record in caplog.records if record.name.startswith("bot")] == []


async def test_fresh_forgets(session: aiohttp.ClientSession, database: Path) -> None:
    for expected in (1, 0):
        async with open_playground(0, database, fresh=not expected) as page:
            with sqlite3.connect(database) as connection:
                assert connection.execute("SELECT count(*) FROM game").fetchone() == (0,)
            connection.close()
            await (await Tab.open(session, page.url)).press(PLAY)


async def test_a_busy_port_is_said_and_nothing_forgotten(database: Path) -> None:
    async with open_playground(0, database, fresh=False):
        pass
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"Port {port} is taken.*--port {port + 1}"):
            async with open_playground(port, database, fresh=True):
                pass
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT count(*) FROM job").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_and_stops_when_asked(
    session: aiohttp.ClientSession, database: Path, number: signal.Signals
) -> None:
    async with running(database, number) as url:
        alice = await Tab.open(session, url)
        await alice.press(PLAY)
        await alice.sees("Round 1 of 3")


def _without_assets(value: Any) -> Any:
    if isinstance(value, list):
        return [{key: item[key] for key in ("id", "name")} for item in value]
    return value
