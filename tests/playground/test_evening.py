"""A game of ten rounds with three members in the playground, over the requests that its page sends."""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.app import DATA
from bot.domain.texts import Language
from bot.text.catalogue import load_catalogue
from tests.playground.process import running
from tests.playground.tab import Tab

pytestmark = pytest.mark.xdist_group("evening")

ROUNDS = 10
QUICK = 0.2
"""Seconds within which half of the presses at least are to be acknowledged; a machine that tests is a busy one."""


@pytest_asyncio.fixture
async def tabs(tmp_path: Path) -> AsyncGenerator[list[Tab]]:
    """Alice, Bora and Mina."""
    async with running(tmp_path / "playground.db") as url, aiohttp.ClientSession() as session:
        yield [await Tab.open(session, url) for _ in range(3)]


async def press(tab: Tab, label: str) -> float:
    """Press a button; return the seconds until the receipt."""
    await tab.until(lambda: tab.key(label) is not None)
    began = time.perf_counter()
    await tab.press(label)
    return time.perf_counter() - began


async def test_ten_rounds_with_three_members_feel_quick(tabs: list[Tab]) -> None:
    took: list[float] = []
    await tabs[0].run("trivia start", rounds=str(ROUNDS), seconds="10")
    for number in range(1, ROUNDS + 1):
        for tab in tabs:
            await tab.until(lambda tab=tab, number=number: f"Round {number} of {ROUNDS}" in tab.text, patience=30)
        labels = ("In the script", "Ad-lib", "In the script" if number % 2 else "Ad-lib")
        took += await asyncio.gather(*(press(tab, label) for tab, label in zip(tabs, labels, strict=True)))
    await tabs[0].until(lambda: "Final scores" in tabs[0].text, patience=30)
    assert "Longest streak" in tabs[0].text or "Fastest right answer" in tabs[0].text
    said = load_catalogue(DATA / "locales")[Language.KOREAN]("Ad-lib")
    assert said in tabs[1].text, "Bora is answered in Korean"
    print(f"{len(took)} presses: median {statistics.median(took) * 1000:.0f} ms, most {max(took) * 1000:.0f} ms")  # noqa: T201
    assert len(took) == 3 * ROUNDS
    assert statistics.median(took) < QUICK
