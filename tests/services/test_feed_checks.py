"""Looking at feeds: what is new is posted once, what is wanted joins the library, and nothing touches another feed."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.feed_health import CHECKED_EVERY
from bot.domain.feeds import KEPT, Fate, Filter, Rhythm
from bot.domain.library import Library
from bot.feeds.fetch import Fetcher, Limits
from bot.services.feed_reading import FeedReading
from bot.services.feed_steps import CHECK
from bot.storage import feed_items, jobs, members, own_articles
from bot.storage.database import Database
from tests.feeds.site import ALLOWED, RSS, Reply, Site, entry, feed as rss, to
from tests.services.newsroom import A_LOOK, DAY, HOUR, Newsroom, news, posting
from tests.services.play import CHANNEL, GUILD, STARTER

__all__ = ["posting"]

pytestmark = pytest.mark.usefixtures("posting")
GOBLIN = "guardian-the-lonely-and-great-god"
OTHER_GUILD, OTHER_CHANNEL = GUILD + 1, CHANNEL + 1


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site]:
    async with Site() as made:
        made.pages["/feed"] = news(1)
        yield made


@pytest_asyncio.fixture
async def room(database: Database, library: Library) -> AsyncGenerator[Newsroom]:
    async with Fetcher((ALLOWED,), limits=Limits(answer=2.0)) as fetcher:
        yield Newsroom(database, library, fetcher)


async def items(room: Newsroom, feed_id: int, *numbers: int) -> list[Fate]:
    """What has become of these entries."""
    keys = [f"item-{number}" for number in numbers]
    found = await room.database.read(lambda connection: feed_items.find_items(connection, feed_id, keys))
    return [found[key].fate for key in keys if key in found]


async def test_what_was_there_when_it_was_followed_stays_unposted_and_what_is_new_is_posted_once(
    room: Newsroom, site: Site
) -> None:
    await room.follow(site.url())
    await room.later()
    assert room.channels.of() == []
    site.pages["/feed"] = news(2, 1)
    await room.later(3 * A_LOOK)
    (text,) = room.channels.of()
    assert "### Drama News" in text
    assert "[Headline 2](https://news.example/2)" in text
    assert "Headline 1" not in text
    assert room.channels.sent == 1


async def test_the_newest_can_be_posted_when_a_feed_is_followed(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = news(3, 2, 1)
    feed = await room.follow(site.url(), with_newest=True)
    await room.later(3 * A_LOOK)
    (text,) = room.channels.of()
    assert "Headline 3" in text
    assert "Headline 2" not in text
    assert await items(room, feed.id, 3, 2, 1) == [Fate.POST, Fate.KNOWN, Fate.KNOWN]


async def test_a_feed_that_says_that_it_has_not_changed_is_not_read_again(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = replace(news(1), etag='"one"')
    feed = await room.follow(site.url())
    await room.later(2 * A_LOOK)
    assert [request.headers.get("If-None-Match") for request in site.asked] == [None, '"one"', '"one"']
    assert (await room.stored(feed)).checked_at is not None
    site.pages["/feed"] = replace(news(2, 1), etag='"two"')
    await room.later()
    assert len(room.channels.of()) == 1
    assert (await room.stored(feed)).etag == '"two"'


async def test_edited_headlines_and_repeated_ids_and_links_are_posted_once(room: Newsroom, site: Site) -> None:
    await room.follow(site.url())
    again = "<item><guid>other</guid><title>Again</title><link>https://www.news.example/2/?utm_source=x</link></item>"
    site.pages["/feed"] = rss(entry(2), entry(2, "The same id"), again, entry(1, "Edited"))
    await room.later()
    site.pages["/feed"] = rss(entry(2, "Edited too"), again, entry(1))
    await room.later()
    (text,) = room.channels.of()
    assert "Headline 2" in text
    assert "Edited" not in text
    assert "Again" not in text
    assert "The same id" not in text


async def test_a_flood_brings_twenty_entries_and_says_how_many_were_left_out(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(*range(60, 0, -1))
    await room.later(3 * A_LOOK)
    first, second = room.channels.of()
    assert [text.count("https://news.example/") for text in (first, second)] == [10, 10]
    assert "and 39 more that were left out" in second
    assert "left out" not in first
    assert await items(room, feed.id, 60, 41, 40, 2) == [Fate.POST, Fate.POST, Fate.LEFT_OUT, Fate.LEFT_OUT]


async def test_ids_that_all_change_at_once_bring_nothing_that_was_there_before(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = news(*range(9, 0, -1))
    await room.follow(site.url())
    site.pages["/feed"] = news(10, *range(9, 0, -1))
    await room.later()
    renamed = [entry(number).replace("item-", "new-") for number in range(10, 0, -1)]
    site.pages["/feed"] = rss(*renamed)
    await room.later(3 * A_LOOK)
    assert len(room.channels.of()) == 1


async def test_a_date_to_come_is_today_and_an_old_entry_is_no_news(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    future, old = "Sat, 01 Jan 2050 00:00:00 GMT", "Sat, 01 Jan 2022 00:00:00 GMT"
    site.pages["/feed"] = rss(
        entry(3, rest=f"<pubDate>{future}</pubDate>"), entry(2, rest=f"<pubDate>{old}</pubDate>"), entry(1)
    )
    await room.later()
    (text,) = room.channels.of()
    assert "Headline 3" in text
    assert "Headline 2" not in text
    found = await room.database.read(lambda connection: feed_items.find_items(connection, feed.id, ["item-3"]))
    assert found["item-3"].at <= room.now
    assert await items(room, feed.id, 2) == [Fate.OLD]


async def test_a_feed_that_has_moved_for_good_is_read_where_it_is_now(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"], site.pages["/new"] = to(site.url("/new"), 301), news(2, 1)
    await room.later()
    assert (await room.stored(feed)).url == site.url("/new")
    del site.pages["/feed"]
    site.pages["/new"] = news(3, 2, 1)
    await room.later()
    assert len(room.channels.of()) == 2


async def test_a_feed_that_has_moved_for_now_is_asked_where_it_was(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"], site.pages["/new"] = to(site.url("/new"), 302), news(2, 1)
    await room.later()
    assert (await room.stored(feed)).url == site.url()
    assert len(room.channels.of()) == 1


async def test_two_guilds_that_follow_one_address_get_its_news_each_in_their_own_channel_and_library(
    room: Newsroom, site: Site
) -> None:
    await room.follow(site.url())
    await room.follow(site.url(), OTHER_GUILD, OTHER_CHANNEL, wanted=Filter(dramas=(GOBLIN,)))
    site.pages["/feed"] = rss(entry(3, "‘Goblin’ returns to the screen"), entry(2), entry(1))
    await room.later()
    (mine,), (other,) = room.channels.of(), room.channels.of(OTHER_CHANNEL)
    assert mine.count("https://news.example/") == 2
    assert other.count("https://news.example/") == 1
    shelves = [room.services.own_libraries.of(guild_id).articles for guild_id in (GUILD, OTHER_GUILD)]
    assert [[article.url for article in shelf.values()] for shelf in shelves] == [["https://news.example/3"]] * 2
    assert {*shelves[0]}.isdisjoint(shelves[1])


async def test_entries_that_are_taken_and_name_a_drama_or_person_join_the_library_without_their_text(
    room: Newsroom, site: Site
) -> None:
    await room.follow(site.url(), wanted=Filter(words=("returns",)))
    told = "<description>A long text that is nobody's business here.</description>"
    day = "<pubDate>Thu, 30 Apr 2026 12:00:00 GMT</pubDate>"
    site.pages["/feed"] = rss(
        entry(4, "‘Goblin’ returns to the screen", rest=told + day),
        entry(3, "Somebody returns", rest=told),
        entry(2, "‘Goblin’ is quoted by nobody who is asked for", rest=told),
    )
    await room.later()
    stored = await room.database.read(
        lambda connection: own_articles.list_articles(connection, GUILD, after=0, limit=10)
    )
    assert [(one.written.headline, one.written.date, one.written.summary) for one in stored] == [
        ("‘Goblin’ returns to the screen", "2026-04-30", None)
    ]
    assert stored[0].written.dramas == (GOBLIN,)
    assert stored[0].adder_id is None
    (text,) = room.channels.of()
    assert text.count("https://news.example/") == 2


async def test_what_was_in_the_feed_is_forgotten_after_a_while_and_never_while_it_is_in_it(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = replace(news(2), etag='"same"')
    await room.later()
    for _month in range(8):
        room.now += KEPT / 4
        await room.look(feed)
    assert await items(room, feed.id, 2) == [Fate.POST]
    site.pages["/feed"] = news(3, 2)
    await room.look(feed)
    assert await items(room, feed.id, 1, 2, 3) == [Fate.POST, Fate.POST]
    assert len(room.channels.of()) == 2


async def test_a_filter_that_changes_while_the_feed_is_read_counts_for_what_is_read_next(
    room: Newsroom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = await room.follow(site.url())
    read = FeedReading.read

    async def changed_meanwhile(reading: FeedReading, *asked: Any) -> Any:
        await room.services.feeds.add_filters(GUILD, feed.id, Filter(words=("wedding",)))
        return await read(reading, *asked)

    site.pages["/feed"] = rss(entry(3, "A wedding"), entry(2), entry(1))
    with monkeypatch.context() as patched:
        patched.setattr(FeedReading, "read", changed_meanwhile)
        await room.services.feed_checks.check(feed.id, room.now)
    assert await items(room, feed.id, 2, 3) == []
    await room.later()
    assert await items(room, feed.id, 2, 3) == [Fate.UNMATCHED, Fate.POST]


async def test_a_feed_that_nobody_follows_any_more_is_not_asked(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    await room.services.feeds.remove(GUILD, feed.id)
    asked = len(site.asked)
    await room.services.feed_checks.check(feed.id, room.now)
    await room.later(DAY)
    assert len(site.asked) == asked


async def test_ids_that_no_database_would_take_are_kept_all_the_same(room: Newsroom, site: Site) -> None:
    await room.follow(site.url())
    odd = "<item><guid>" + "x" * 5_000 + "</guid><title>Odd</title><link>https://news.example/odd</link></item>"
    site.pages["/feed"] = rss(odd, entry(1))
    await room.later(3 * A_LOOK)
    assert len(room.channels.of()) == 1


async def test_a_clock_that_jumps_ahead_looks_once_and_one_that_was_ahead_is_caught_up_at_the_next_start(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    asked, start = len(site.asked), room.now
    room.now += 400 * DAY
    await room.until(room.now)
    assert len(site.asked) == asked + 1
    room.now = start + HOUR
    assert await room.services.feed_checks.arrange_missing(room.now) == 1
    assert await room.services.feed_checks.arrange_missing(room.now) == 0
    due = await room.database.read(lambda connection: jobs.find_due(connection, CHECK, feed.id))
    assert due is not None
    assert due <= room.now + CHECKED_EVERY + timedelta(minutes=2)


async def test_a_look_that_was_lost_is_arranged_again_at_the_start(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    await room.database.write(lambda connection: jobs.remove_jobs(connection, (CHECK,), feed.id))
    assert await room.services.feed_checks.arrange_missing(room.now) == 1
    site.pages["/feed"] = news(2, 1)
    await room.later()
    assert len(room.channels.of()) == 1


async def test_a_member_who_is_forgotten_leaves_the_feed_to_the_guild(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    assert await room.database.read(lambda connection: members.count_member_rows(connection, STARTER)) == 1
    await room.database.write(lambda connection: members.remove_member(connection, STARTER))
    assert await room.database.read(lambda connection: members.count_member_rows(connection, STARTER)) == 0
    assert await room.stored(feed) == feed


async def test_an_empty_feed_is_followed_and_its_first_entry_posted(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = Reply(b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>', RSS)
    await room.follow(site.url(), with_newest=True)
    await room.later()
    site.pages["/feed"] = news(1)
    await room.later()
    assert len(room.channels.of()) == 1
