"""A feed that had no turn to be read: it is looked at again soon, and nothing is held against it."""

from datetime import timedelta
from typing import Final

import pytest

from bot.domain.feed_health import SOON, Health
from bot.domain.feeds import FeedState
from bot.domain.library import Library
from bot.errors import FeedsBusy, SiteSilent
from bot.feeds.fetch import Fetched
from bot.services import feed_reading
from bot.services.feed_steps import CHECK
from bot.storage import jobs
from bot.storage.database import Database
from tests.services.newsroom import DAY, Newsroom, posting
from tests.services.play import CHANNEL, GUILD

__all__ = ["posting"]

pytestmark = pytest.mark.usefixtures("posting")
URL: Final = "https://news.example/feed"


class Crowd:
    """Stands in for websites whose feeds others keep from being read, for as long as it is `busy`."""

    def __init__(self) -> None:
        self.busy: Exception | None = None
        self.asked = 0

    async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        self.asked += 1
        if self.busy is not None:
            raise self.busy
        return Fetched(url, "Drama News", (), None, None)


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


@pytest.fixture
def room(database: Database, library: Library, crowd: Crowd) -> Newsroom:
    return Newsroom(database, library, crowd)


async def test_a_feed_without_a_turn_is_as_well_as_it_was_and_looked_at_again_soon(
    room: Newsroom, crowd: Crowd
) -> None:
    feed = await room.follow(URL)
    before = await room.stored(feed)
    crowd.busy = FeedsBusy()
    await room.services.feed_checks.check(feed.id, room.now)
    assert await room.stored(feed) == before
    due = await room.database.read(lambda connection: jobs.find_due(connection, CHECK, feed.id))
    assert due is not None
    assert SOON <= due - room.now <= SOON + timedelta(minutes=2)


async def test_days_without_a_turn_tell_nobody_anything_and_count_neither_for_nor_against_a_failing_feed(
    room: Newsroom, crowd: Crowd
) -> None:
    feed = await room.follow(URL)
    crowd.busy = SiteSilent(host="news.example")
    await room.services.feed_checks.check(feed.id, room.now)
    failing = (await room.stored(feed)).health
    assert failing == Health(1, room.now)
    crowd.busy = FeedsBusy()
    said = len(room.channels.of(CHANNEL))
    for _day in range(8):
        room.now += DAY
        await room.services.feed_checks.check(feed.id, room.now)
    assert (await room.stored(feed)).health == failing
    assert len(room.channels.of(CHANNEL)) - said <= 1  # that it is followed
    crowd.busy = None
    await room.later()
    assert (await room.stored(feed)).health == Health()


async def test_a_reading_that_outlives_a_job_is_no_failure_of_the_feed(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = await room.follow(URL)
    monkeypatch.setattr(feed_reading, "LONGEST_READING", -1.0)
    await room.services.feed_checks.check(feed.id, room.now)
    assert (await room.stored(feed)).health == Health()


async def test_a_feed_that_was_paused_meanwhile_is_not_looked_at_again(room: Newsroom, crowd: Crowd) -> None:
    feed = await room.follow(URL)
    crowd.busy = FeedsBusy()
    read = crowd.read

    async def paused(url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        await room.services.feeds.pause(GUILD, feed.id, room.now)
        return await read(url, etag, modified)

    crowd.read = paused
    await room.services.feed_checks.check(feed.id, room.now)
    assert (await room.stored(feed)).state is FeedState.PAUSED
    assert await room.database.read(lambda connection: jobs.find_due(connection, CHECK, feed.id)) is None


async def test_whoever_asks_for_a_preview_is_told_to_come_back(room: Newsroom, crowd: Crowd) -> None:
    crowd.busy = FeedsBusy()
    with pytest.raises(FeedsBusy):
        await room.draft(URL)
