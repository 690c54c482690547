"""A website, and who reads it, in no more time than a test has."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator

import pytest

from bot.feeds.fetch import Fetcher, Limits
from tests.feeds.site import ALLOWED, Inner, Site

HASTY = Limits(connect=2, answer=1, reading=5, size=200_000)


class Loop:
    """What the loop does meanwhile: `longest` is its longest turn without a pause, in seconds of its own."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        """Tick. What the machine does besides does not count; what this process computes does."""
        used = time.process_time()
        while True:
            await asyncio.sleep(0.001)
            spent = time.process_time()
            self.longest, used = max(self.longest, spent - used), spent


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as opened:
        yield opened


@pytest.fixture
async def inner() -> AsyncIterator[Inner]:
    """What stands in the private network; at the end of every test nobody was there."""
    async with Inner() as opened:
        yield opened
        assert opened.reached == 0


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher([ALLOWED]) as opened:
        yield opened


@pytest.fixture
async def hasty() -> AsyncIterator[Fetcher]:
    """One that waits for a second and takes 200 kB."""
    async with Fetcher([ALLOWED], limits=HASTY) as opened:
        yield opened


@pytest.fixture
async def loop() -> AsyncIterator[Loop]:
    watched = Loop()
    gc.disable()  # it would look through all other tests meanwhile
    ticking = asyncio.create_task(watched.watch())
    yield watched
    ticking.cancel()
    gc.enable()
