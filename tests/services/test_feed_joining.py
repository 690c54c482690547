"""Which entries of feeds join the guild's library: those that the feed takes and that name somebody, posted or not."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.domain.feeds import Feed, Filter, Rhythm
from bot.domain.library import Library
from bot.feeds.fetch import Fetcher
from bot.services import library as library_service
from bot.storage import own_articles
from bot.storage.database import Database
from tests.feeds.site import ALLOWED, Site, entry, feed as rss
from tests.services.newsroom import A_LOOK, Life, Newsroom, posting
from tests.services.play import GUILD, NOON, STARTER

__all__ = ["posting"]

pytestmark = pytest.mark.usefixtures("posting")
LONG_AGO = "<pubDate>Sat, 01 Jan 2022 00:00:00 GMT</pubDate>"
SAID = "‘Goblin’ returns"


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site]:
    async with Site() as made:
        made.pages["/feed"] = rss(entry(1))
        yield made


@pytest_asyncio.fixture
async def room(database: Database, library: Library) -> AsyncGenerator[Newsroom]:
    async with Fetcher((ALLOWED,)) as fetcher:
        yield Newsroom(database, library, fetcher)


async def joined(room: Newsroom) -> list[int]:
    """The numbers of the entries that are in the library, the oldest first."""
    stored = await room.database.read(
        lambda connection: own_articles.list_articles(connection, GUILD, after=0, limit=100)
    )
    assert sorted(f"own/{one.id}" for one in stored) == sorted(room.services.own_libraries.of(GUILD).articles)
    return [int((one.written.url or "").rpartition("/")[2]) for one in stored]


async def remove(room: Newsroom, feed: Feed | None = None) -> None:
    """Take the newest article away, or stop following a feed."""
    if feed is not None:
        await room.services.feeds.remove(GUILD, feed.id)
        return
    shelf = library_service.LibraryService(room.database, room.library, room.services.own_libraries)
    newest = next(iter(room.services.own_libraries.of(GUILD).articles))
    await shelf.remove(GUILD, STARTER, int(newest.removeprefix("own/")), room.now)


async def test_what_was_there_when_the_feed_was_followed_joins_unposted_if_its_filter_takes_it(
    room: Newsroom, site: Site
) -> None:
    site.pages["/feed"] = rss(
        entry(5, SAID),
        entry(4, f"{SAID}: recap"),
        entry(3, "Nobody returns"),
        entry(2, "‘Goblin’ is quoted"),
        entry(1, SAID, rest=LONG_AGO),
    )
    await room.follow(site.url(), wanted=Filter(words=("returns",), without=("recap",)))
    await room.later()
    assert await joined(room) == [5, 1]
    assert len(room.channels.of()) <= 1
    assert not any("Goblin" in text for text in room.channels.of())


async def test_what_is_too_old_to_be_posted_joins(room: Newsroom, site: Site) -> None:
    await room.follow(site.url())
    site.pages["/feed"] = rss(entry(2, SAID, rest=LONG_AGO), entry(1))
    await room.later()
    assert await joined(room) == [2]
    assert not any("Goblin" in text for text in room.channels.of())


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAILY])
async def test_what_a_flood_leaves_out_joins(room: Newsroom, site: Site, rhythm: Rhythm) -> None:
    await room.follow(site.url(), rhythm=rhythm)
    site.pages["/feed"] = rss(*(entry(number, f"{SAID} ({number})") for number in range(60, 0, -1)))
    await room.later(timedelta(days=2))
    assert sorted(await joined(room)) == list(range(2, 61))
    assert sum(text.count("https://news.example/") for text in room.channels.of()) <= 30


async def test_a_second_entry_of_a_link_does_not_join_again_even_after_the_article_was_removed(
    room: Newsroom, site: Site
) -> None:
    site.pages["/feed"] = rss(entry(3, SAID, rest=LONG_AGO), entry(2, SAID))
    await room.follow(site.url())
    renamed = [entry(3, SAID, rest=LONG_AGO).replace("item-", "new-"), entry(2, SAID).replace("item-", "new-")]
    site.pages["/feed"] = rss(*renamed)
    await room.later()
    assert sorted(await joined(room)) == [2, 3]
    await remove(room)
    await remove(room)
    site.pages["/feed"] = rss(*(item.replace("new-", "newer-") for item in renamed))
    await room.later()
    assert await joined(room) == []


async def test_a_feed_that_is_followed_again_doubles_nothing(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = rss(entry(2, SAID), entry(1, SAID, rest=LONG_AGO))
    await remove(room, await room.follow(site.url()))
    await room.follow(site.url())
    assert await joined(room) == [2, 1]


async def test_a_library_that_is_full_takes_no_more_and_the_feed_is_followed_and_posted_all_the_same(
    room: Newsroom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_service, "MOST_ARTICLES", 3)
    site.pages["/feed"] = rss(*(entry(number, f"{SAID} ({number})") for number in (6, 5)))
    await room.follow(site.url())
    site.pages["/feed"] = rss(*(entry(number, f"{SAID} ({number})") for number in (9, 8, 7, 6, 5)))
    await room.later()
    assert await joined(room) == [6, 5, 9]
    assert sum(text.count("https://news.example/") for text in room.channels.of()) == 3


async def test_what_feeds_bring_leaves_room_for_what_managers_add(
    room: Newsroom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_service, "MOST_FED", 2)
    site.pages["/feed"] = rss(*(entry(number, f"{SAID} ({number})") for number in (3, 2, 1)))
    await room.follow(site.url())
    assert await joined(room) == [3, 2]
    assert await room.database.read(lambda connection: own_articles.count_fed(connection, GUILD)) == 2


async def test_a_process_that_dies_at_any_point_has_each_entry_join_once(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = rss(entry(2, SAID), entry(1, SAID, rest=LONG_AGO))
    feed = await room.follow(site.url())
    site.pages["/feed"] = rss(entry(4, SAID), entry(3, SAID, rest=LONG_AGO), entry(2, SAID))
    seen = set[int]()

    def dies(points: list[str]) -> bool:
        """Once at every point that is passed."""
        new = len(points) not in seen
        seen.add(len(points))
        return new

    room.life = Life(dies)
    room.restart()
    await room.until(room.now + 3 * A_LOOK)
    assert len(seen) > 4
    room.life = Life()
    room.restart()
    await room.later()
    await room.services.own_libraries.load()
    assert sorted(await joined(room)) == [1, 2, 3, 4]
    assert (await room.stored(feed)).added_at == NOON
