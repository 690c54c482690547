"""Waiting for a turn: bounded, and held against nobody."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.errors import FeedBroken, FeedsBusy
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.turns import NoTurn, Turns
from tests.feeds.site import ALLOWED, Reply, Site, entry, feed

OTHER = "127.0.0.3"
SLOW = Reply(b"<rss version='2.0'><channel><item><title>x</title></item>" + b"<a " * 600_000)
"""What feedparser reads for many seconds."""


@pytest.fixture
async def other() -> AsyncGenerator[Site]:
    async with Site(OTHER) as opened:
        opened.pages["/feed"] = feed(entry(1))
        yield opened


async def test_whoever_has_no_turn_in_time_goes_and_leaves_the_others_theirs() -> None:
    turns = Turns(2, 1, 5)
    async with turns.at("a", 1):
        with pytest.raises(NoTurn):
            async with turns.at("a", 0.01):
                pytest.fail("there is one turn only")
        async with turns.at("b", 0):
            with pytest.raises(NoTurn):
                async with turns.at("c", 0.01):
                    pytest.fail("there are two in all")
        async with turns.at("c", -1):
            pass
    async with turns.at("a", 0):
        pass


async def test_more_than_may_wait_are_sent_away_at_once() -> None:
    turns = Turns(1, 1, 1)
    async with turns.at("a", 1):
        waiting = asyncio.create_task(turns.at("b", 5).__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(NoTurn):
            async with turns.at("c", 5):
                pytest.fail("one may wait")
    await waiting


async def test_what_fails_within_a_turn_is_not_taken_for_a_missing_turn() -> None:
    turns = Turns(1, 1, 1)
    with pytest.raises(TimeoutError):
        async with turns.at("a", 0):
            raise TimeoutError


async def test_a_feed_that_waits_for_one_that_is_read_slowly_is_not_said_to_fail(site: Site, other: Site) -> None:
    site.pages["/feed"] = SLOW
    async with Fetcher([ALLOWED, OTHER], limits=Limits(reading=1.5, turn=0.5)) as fetcher:
        assert await fetcher.read(other.url())
        slow = asyncio.create_task(fetcher.read(site.url()))
        await site.came(1)
        await asyncio.sleep(0.3)
        with pytest.raises(FeedsBusy):
            await fetcher.read(other.url())
        with pytest.raises(FeedBroken):
            await slow
        assert await fetcher.read(other.url())


async def test_a_feed_whose_turn_comes_in_time_has_all_of_its_time_to_be_read(site: Site, other: Site) -> None:
    site.pages["/feed"] = SLOW
    async with Fetcher([ALLOWED, OTHER], limits=Limits(reading=1, turn=8)) as fetcher:
        slow = [asyncio.create_task(fetcher.read(site.url())) for _ in range(2)]
        await site.came(2)
        assert await fetcher.read(other.url())
        for reading in slow:
            with pytest.raises(FeedBroken):
                await reading


async def test_a_website_that_lets_the_others_of_its_feeds_wait_is_the_only_one_that_fails(site: Site) -> None:
    site.pages["/feed"] = feed(entry(1))
    site.hold = asyncio.Event()
    async with Fetcher([ALLOWED], limits=Limits(to_one_host=1, turn=0.2)) as fetcher:
        first = asyncio.create_task(fetcher.read(site.url()))
        await site.came(1)
        with pytest.raises(FeedsBusy):
            await fetcher.read(site.url())
        site.hold.set()
        assert await first
        assert await fetcher.read(site.url())
