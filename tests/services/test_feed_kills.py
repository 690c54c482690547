"""A process that is killed before or after any commit or message, and two that share a database: one message each."""

import asyncio
import re
from collections.abc import AsyncGenerator
from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.domain.feeds import Feed, FeedState, Filter, Rhythm
from bot.domain.library import Library
from bot.feeds.fetch import Fetched, Fetcher
from bot.services.feed_steps import CHECK
from bot.storage import jobs
from bot.storage.database import Database, open_database
from bot.ui import feed_messages
from tests.feeds.site import ALLOWED, Site, entry, feed as rss
from tests.services.newsroom import A_LOOK, DAY, HOUR, Life, Newsroom, news, posting
from tests.services.play import CHANNEL, GUILD
from tests.storage.engines import ENGINES

__all__ = ["posting"]

TIME = re.compile(r"<t:\d+:R>")
pytestmark = pytest.mark.usefixtures("posting")


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site]:
    async with Site() as made:
        yield made


class Remembering:
    """Reads a page once, and gives it out for as long as the page is the same: hundreds of lives ask for it."""

    def __init__(self, site: Site, fetcher: Fetcher) -> None:
        self._site = site
        self._fetcher = fetcher
        self._read: dict[tuple[str, bytes], Fetched | None] = {}

    async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        page = self._site.pages["/feed"].body
        if (url, page) not in self._read:
            self._read[url, page] = await self._fetcher.read(url)
        return self._read[url, page]


@pytest_asyncio.fixture
async def room(database: Database, library: Library, site: Site) -> AsyncGenerator[Newsroom]:
    async with Fetcher((ALLOWED,)) as fetcher:
        yield Newsroom(database, library, Remembering(site, fetcher))


MANY = rss(*(entry(number, f"‘Goblin’ news {number}") for number in range(13, 0, -1)))
FEW = rss(entry(1, "‘Goblin’ news 1"))


async def lived(room: Newsroom, site: Site, number: int, rhythm: Rhythm) -> tuple[list[str], int]:
    """Follow a feed in a guild of its own, let news come; return what was posted, and how much joined the library."""
    guild_id, channel_id = GUILD + number, CHANNEL + number
    life, room.life = room.life, Life()
    room.restart()
    site.pages["/feed"] = FEW
    hour = (room.now.astimezone(ZoneInfo("Asia/Seoul")) + HOUR).hour
    feed = await room.follow(site.url(), guild_id, channel_id, rhythm=rhythm, hour=hour)
    room.life = life
    room.restart()
    site.pages["/feed"] = MANY
    await room.later(A_LOOK if rhythm is Rhythm.AT_ONCE else 2 * HOUR)
    await room.services.own_libraries.load()
    joined = len(room.services.own_libraries.of(guild_id).articles)
    room.life = Life()
    room.restart()
    await room.services.feeds.remove(guild_id, feed.id)
    return [TIME.sub("", text) for text in room.channels.of(channel_id)], joined


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAILY])
async def test_a_process_that_is_killed_anywhere_posts_every_entry_once_and_the_library_has_it_once(
    room: Newsroom, site: Site, rhythm: Rhythm
) -> None:
    expected = await lived(room, site, 0, rhythm)
    texts, joined = expected
    assert ([text.count("https://news.example/") for text in texts], joined) == ([10, 2], 13)
    found: dict[int, object] = {}
    killed: list[str] = []
    for point in count(1):
        room.life = life = Life(lambda points, point=point: len(points) == point)
        outcome = await lived(room, site, point, rhythm)
        if len(life.points) < point:
            break
        killed.append(life.points[point - 1])
        if outcome != expected:
            found[point] = (killed[-1], outcome)
    assert found == {}
    assert [killed.count("after a message"), killed.count("after a commit") > 2] == [2, True]


@pytest.mark.parametrize("kind", ["before a commit", "after a commit", "before a message", "after a message"])
async def test_a_process_that_is_killed_once_at_every_point_of_a_kind_in_a_row_still_posts_once(
    room: Newsroom, site: Site, kind: str
) -> None:
    expected = await lived(room, site, 0, Rhythm.AT_ONCE)
    room.life = Life(lambda points: points[-1] == kind and points.count(kind) % 2 == 1 and points.count(kind) < 8)
    assert await lived(room, site, 1, Rhythm.AT_ONCE) == expected


@pytest_asyncio.fixture
async def another(room: Newsroom, address: str, library: Library) -> AsyncGenerator[Newsroom]:
    """A second process on the same database, with the same channels."""
    async with open_database(address) as opened:
        yield Newsroom(opened, library, room.reader, room.channels)


async def both(room: Newsroom, another: Newsroom, feed: Feed, times: int = 3) -> None:
    """Let both processes look at the feed and post what is owed, at the very same time and several times."""
    for _again in range(times):
        await asyncio.gather(*(one.services.feed_checks.check(feed.id, one.now) for one in (room, another)))
        await asyncio.gather(*(feed_messages.post_owed(one.client, feed.id) for one in (room, another)))


async def test_two_processes_that_look_at_one_feed_at_once_post_its_news_once_and_keep_it_once(
    room: Newsroom, another: Newsroom, site: Site
) -> None:
    site.pages["/feed"] = FEW
    feed = await room.follow(site.url(), wanted=Filter(words=("goblin",)))
    site.pages["/feed"] = MANY
    await both(room, another, feed)
    assert [text.count("https://news.example/") for text in room.channels.of()] == [10, 2]
    await another.services.own_libraries.load()
    assert len(another.services.own_libraries.of(GUILD).articles) == 13


async def test_two_processes_that_gather_one_digest_at_once_post_it_once(
    room: Newsroom, another: Newsroom, site: Site
) -> None:
    site.pages["/feed"] = news(1)
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    site.pages["/feed"] = news(2, 1)
    await room.services.feed_checks.check(feed.id, room.now)
    tomorrow = room.now + DAY
    await asyncio.gather(*(one.services.feed_checks.gather(feed.id, tomorrow) for one in (room, another)))
    await asyncio.gather(*(feed_messages.post_owed(one.client, feed.id) for one in (room, another)))
    assert len(room.channels.of()) == 1


async def test_two_processes_share_the_looks_that_are_due(room: Newsroom, another: Newsroom, site: Site) -> None:
    site.pages["/feed"] = news(1)
    feeds = [await room.follow(site.url(), GUILD + number, CHANNEL + number) for number in range(6)]
    site.pages["/feed"] = news(2, 1)
    room.now = another.now = room.now + HOUR
    claimed = [
        await one.database.write(
            lambda connection, one=one: jobs.claim_jobs(connection, one.owner, one.now, 3, kind=CHECK)
        )
        for one in (room, another)
    ]
    assert {job.subject for batch in claimed for job in batch} == {feed.id for feed in feeds}
    for one, batch in zip((room, another), claimed, strict=True):
        await asyncio.gather(*(one.do(job) for job in batch))
    await room.later(timedelta(minutes=2))
    assert [len(room.channels.of(CHANNEL + number)) for number in range(6)] == [1] * 6


async def test_two_managers_who_follow_one_preview_at_once_follow_it_once(
    room: Newsroom, another: Newsroom, site: Site
) -> None:
    site.pages["/feed"] = news(1)
    draft = await room.draft(site.url())
    both_followed = await asyncio.gather(
        *(one.services.feed_previews.follow(GUILD, draft.id, one.now, with_newest=True) for one in (room, another))
    )
    assert {(one.id, one.state) for one in both_followed} == {(draft.id, FeedState.FOLLOWED)}
    await both(room, another, draft)
    told, posted = room.channels.of()
    assert "News of this feed comes" in told
    assert "Headline 1" in posted
