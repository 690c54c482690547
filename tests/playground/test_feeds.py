"""A feed of this machine can be followed in the playground, where the host has allowed it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.playground.serve import open_playground
from tests.feeds.site import ALLOWED, Site, entry, feed
from tests.playground.tab import Tab


@pytest.fixture
async def site() -> AsyncGenerator[Site]:
    async with Site() as made:
        made.pages["/feed"] = feed(entry(2, "‘Goblin’ returns"), entry(1))
        yield made


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def manager(session: aiohttp.ClientSession, url: str) -> Tab:
    tabs = [await Tab.open(session, url) for _ in range(3)]
    return tabs[-1]


async def test_a_feed_of_an_allowed_host_is_previewed_followed_and_posted(
    site: Site, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with open_playground(0, tmp_path / "playground.db", fresh=False, feeds_from=ALLOWED) as page:
        mina = await manager(session, page.url)
        await mina.run("feed add", url=site.url())
        await mina.sees("2 entries in the feed now")
        await mina.press("Follow and post the newest")
        await mina.sees("News of this feed comes to this channel from now on")
        await mina.sees("about Guardian")


async def test_a_feed_of_a_host_that_nobody_has_allowed_is_not_fetched(
    site: Site, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with open_playground(0, tmp_path / "playground.db", fresh=False) as page:
        mina = await manager(session, page.url)
        await mina.run("feed add", url=site.url())
        await mina.sees("That address leads into a private network")
    assert site.asked == []
