"""What managers do with feeds: limits, filters, finding one, and that no guild reaches another's."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.domain.feeds import DRAFT_KEPT, MOST_FEEDS, MOST_FILTERS, Fate, FeedState, Filter
from bot.domain.library import Drama, Library, Person
from bot.errors import (
    AlreadyFollowed,
    DraftGone,
    FeedsBusy,
    FeedUnreadable,
    LinkNotWeb,
    NoSuchFeed,
    NotAFeed,
    TooManyFeeds,
    TooManyFilters,
)
from bot.feeds.fetch import Fetched, Fetcher
from bot.services import feed_reading
from bot.storage import feeds
from bot.storage.database import Database
from tests.feeds.site import ALLOWED, Reply, Site, entry, feed as rss, to
from tests.services.newsroom import Newsroom, news, posting
from tests.services.play import CHANNEL, GUILD

__all__ = ["posting"]

pytestmark = pytest.mark.usefixtures("posting")
OTHER = GUILD + 1
GOBLIN = "guardian-the-lonely-and-great-god"


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site]:
    async with Site() as made:
        made.pages["/feed"] = news(2, 1)
        yield made


@pytest_asyncio.fixture
async def room(database: Database, library: Library) -> AsyncGenerator[Newsroom]:
    async with Fetcher((ALLOWED,)) as fetcher:
        yield Newsroom(database, library, fetcher)


async def test_a_preview_judges_every_entry_and_stores_nothing_but_the_draft(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = rss(entry(2, "‘Goblin’ returns"), entry(1))
    draft = await room.draft(site.url(), wanted=Filter(dramas=(GOBLIN,)))
    assert draft.state is FeedState.DRAFT
    preview = await room.services.feed_previews.show(GUILD, draft.id, room.now)
    assert [(line.judged.fate, line.judged.because, line.stored) for line in preview.lines] == [
        (Fate.POST, (GOBLIN,), None),
        (Fate.UNMATCHED, (), None),
    ]
    assert preview.newest is preview.lines[0].judged
    assert await room.services.feeds.list(GUILD) == []
    with pytest.raises(NoSuchFeed):
        await room.services.feeds.get(GUILD, draft.id)


async def test_pages_of_a_preview_are_turned_without_asking_the_website_and_a_fresh_one_asks(
    room: Newsroom, site: Site
) -> None:
    draft = await room.draft(site.url())
    asked = len(site.asked)
    await room.services.feed_previews.show(GUILD, draft.id, room.now + timedelta(minutes=4))
    assert len(site.asked) == asked
    await room.services.feed_previews.show(GUILD, draft.id, room.now, fresh=True)
    await room.services.feed_previews.show(GUILD, draft.id, room.now + timedelta(minutes=6))
    assert len(site.asked) == asked + 2


async def test_what_comes_between_the_preview_and_following_is_news(room: Newsroom, site: Site) -> None:
    draft = await room.draft(site.url())
    site.pages["/feed"] = news(3, 2, 1)
    await room.services.feed_previews.follow(GUILD, draft.id, room.now + timedelta(minutes=1))
    await room.later()
    _told, text = room.channels.of()
    assert "Headline 3" in text


async def test_a_preview_of_a_day_ago_is_gone_when_another_one_is_made(room: Newsroom, site: Site) -> None:
    old = await room.draft(site.url())
    room.now += DRAFT_KEPT + timedelta(minutes=1)
    await room.draft(site.url())
    with pytest.raises(DraftGone):
        await room.services.feed_previews.follow(GUILD, old.id, room.now)


async def test_a_draft_is_discarded_and_a_feed_that_is_followed_is_not(room: Newsroom, site: Site) -> None:
    draft = await room.draft(site.url())
    await room.services.feed_previews.discard(OTHER, draft.id)
    await room.services.feed_previews.follow(GUILD, draft.id, room.now)
    await room.services.feed_previews.discard(GUILD, draft.id)
    assert len(await room.services.feeds.list(GUILD)) == 1
    second = await room.draft(site.url(), channel_id=CHANNEL + 1)
    await room.services.feed_previews.discard(GUILD, second.id)
    assert await room.database.read(lambda connection: feeds.find_feed(connection, second.id)) is None


async def test_an_address_without_a_scheme_is_taken_for_https_and_anything_else_refused(room: Newsroom) -> None:
    for address in ("ftp://news.example/feed", "javascript://x", "https://a:b@news.example", "two words"):
        with pytest.raises(LinkNotWeb):
            await room.draft(address)

    class Asked(Exception):
        """Holds what was asked for."""

    class Tell:
        async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
            raise Asked(url)

    told = Newsroom(room.database, room.library, Tell())
    with pytest.raises(Asked, match=r"https://news\.example/feed"):
        await told.draft(" news.example/feed ")


async def test_a_reading_that_takes_longer_than_a_job_may_had_no_turn(
    room: Newsroom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_reading, "LONGEST_READING", 0.0)
    with pytest.raises(FeedsBusy):
        await room.draft(site.url())


async def test_what_is_no_feed_is_refused_and_nothing_is_stored(room: Newsroom, site: Site) -> None:
    site.pages["/feed"] = Reply(b"<!doctype html><title>No feed</title>", "text/html")
    with pytest.raises(NotAFeed):
        await room.draft(site.url())
    with pytest.raises(FeedUnreadable):
        await room.draft(site.url("/nowhere"))


async def test_a_channel_follows_a_feed_once_however_its_address_is_written(room: Newsroom, site: Site) -> None:
    first, second = await room.draft(site.url()), await room.draft(site.url())
    await room.services.feed_previews.follow(GUILD, first.id, room.now)
    site.pages["/old"] = to(site.url(), 301)
    for again in (site.url() + "#top", site.url("/old"), f"{site.url()}/"):
        with pytest.raises(AlreadyFollowed):
            await room.draft(again)
    with pytest.raises(AlreadyFollowed):
        await room.services.feed_previews.follow(GUILD, second.id, room.now)
    with pytest.raises(AlreadyFollowed):
        await room.services.feed_previews.ready(GUILD, second.id, room.now)
    elsewhere = await room.follow(site.url(), channel_id=CHANNEL + 1)
    await room.follow(site.url(), OTHER)
    with pytest.raises(AlreadyFollowed):
        await room.services.feeds.check_channel(GUILD, elsewhere.id, CHANNEL)
    with pytest.raises(AlreadyFollowed):
        await room.services.feeds.set_channel(GUILD, elsewhere.id, CHANNEL, room.now)
    moved = await room.services.feeds.set_channel(GUILD, elsewhere.id, CHANNEL + 2, room.now)
    assert replace(moved.feed, owed=None) == replace(elsewhere, channel_id=CHANNEL + 2)


async def test_a_guild_follows_as_many_feeds_as_it_may(room: Newsroom, site: Site) -> None:
    last = await room.draft(site.url(), channel_id=CHANNEL + MOST_FEEDS)
    for number in range(MOST_FEEDS):
        await room.follow(site.url(), channel_id=CHANNEL + number)
    with pytest.raises(TooManyFeeds):
        await room.draft(site.url(), channel_id=CHANNEL + 100)
    with pytest.raises(TooManyFeeds):
        await room.services.feed_previews.follow(GUILD, last.id, room.now)
    await room.follow(site.url(), OTHER)
    await room.services.feeds.remove(GUILD, (await room.services.feeds.list(GUILD))[0].feed.id)
    assert (await room.services.feed_previews.follow(GUILD, last.id, room.now)).state is FeedState.FOLLOWED


async def test_filters_are_added_and_taken_away_and_are_never_too_many(room: Newsroom, site: Site) -> None:
    words = tuple(f"word{number}" for number in range(MOST_FILTERS))
    with pytest.raises(TooManyFilters):
        await room.draft(site.url(), wanted=Filter(words=words, without=("recap",)))
    feed = await room.follow(site.url(), wanted=Filter(dramas=(GOBLIN,), words=("wedding",)))
    service = room.services.feeds
    more = await service.add_filters(
        GUILD, feed.id, Filter((GOBLIN,), ("Gong Yoo",), ("Wedding", "cast"), ("wedding", "recap"))
    )
    assert more.feed.filter == Filter((GOBLIN,), ("Gong Yoo",), ("Wedding", "cast"), ("wedding", "recap"))
    with pytest.raises(TooManyFilters):
        await service.add_filters(GUILD, feed.id, Filter(words=words))
    less = await service.drop_filters(GUILD, feed.id, Filter((GOBLIN,), (), ("cast",), ("nothing",)))
    assert less.feed.filter == Filter((), ("Gong Yoo",), ("Wedding",), ("wedding", "recap"))
    assert await room.stored(feed) == less.feed


async def test_a_feed_is_found_by_its_number_title_or_address_in_its_own_guild_alone(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    service = room.services.feeds
    for text in (str(feed.id), "drama news", "DRAMA", "127.0.0.2"):
        assert (await service.find(GUILD, text)).id == feed.id
        with pytest.raises(NoSuchFeed):
            await service.find(OTHER, text)
    for text in ("soompi", "9" * 18, "9" * 30):
        with pytest.raises(NoSuchFeed):
            await service.find(GUILD, text)
    await room.follow(site.url(), channel_id=CHANNEL + 1)
    with pytest.raises(NoSuchFeed):
        await service.find(GUILD, "drama")
    assert await service.suggest(OTHER, "") == []


async def test_no_guild_changes_another_ones_feed(room: Newsroom, site: Site) -> None:
    feed, service, now = await room.follow(site.url()), room.services.feeds, room.now
    attempts = (
        service.add_filters(OTHER, feed.id, Filter(words=("x",))),
        service.drop_filters(OTHER, feed.id, Filter()),
        service.set_rhythm(OTHER, feed.id, now, hour=3),
        service.set_role(OTHER, feed.id, 5),
        service.set_channel(OTHER, feed.id, 5, now),
        service.check_channel(OTHER, feed.id, 5),
        service.pause(OTHER, feed.id, now),
        service.resume(OTHER, feed.id, now),
        service.remove(OTHER, feed.id),
        service.get(OTHER, feed.id),
        room.services.feed_previews.show(OTHER, feed.id, now),
    )
    for attempt in attempts:
        with pytest.raises(NoSuchFeed):
            await attempt
    with pytest.raises(DraftGone):
        await room.services.feed_previews.follow(OTHER, feed.id, now)
    assert await room.stored(feed) == feed


async def test_what_an_entry_is_taken_for_is_known_by_its_name(room: Newsroom) -> None:
    drama, person, word = room.services.feeds.named([GOBLIN, "Gong Yoo", "wedding"])
    assert isinstance(drama, Drama)
    assert isinstance(person, Person)
    assert word == "wedding"


async def test_many_previews_are_not_remembered_for_ever(room: Newsroom, site: Site) -> None:
    drafts = [await room.draft(site.url(), channel_id=CHANNEL + number) for number in range(40)]
    asked = len(site.asked)
    await room.services.feed_previews.show(GUILD, drafts[-1].id, room.now)
    assert len(site.asked) == asked
    await room.services.feed_previews.show(GUILD, drafts[0].id, room.now)
    assert len(site.asked) == asked + 1


async def test_previews_of_one_guild_are_read_one_after_the_other(room: Newsroom, site: Site) -> None:
    await asyncio.gather(*(room.draft(site.url(), channel_id=CHANNEL + number) for number in range(5)))
    assert site.most_at_once == 1
    site.hold = asyncio.Event()
    waiting = [asyncio.create_task(room.draft(site.url(), GUILD + number, CHANNEL + 9)) for number in range(3)]
    while site.most_at_once < 2:  # noqa: ASYNC110 - the website counts, and tells nobody
        await asyncio.sleep(0.01)
    site.hold.set()
    await asyncio.gather(*waiting)
