"""Digests: at the feed's hour in the guild's zone, the newest first, and nothing where there is nothing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.feeds import Fate, Feed, Rhythm
from bot.domain.guilds import GuildSettings
from bot.services.feed_steps import DIGEST
from bot.storage import feed_items, guilds, jobs
from tests.feeds.site import Site
from tests.services.newsroom import DAY, HOUR, Newsroom, news, posting, room, site
from tests.services.play import GUILD, NOON

__all__ = ["posting", "room", "site"]

pytestmark = pytest.mark.usefixtures("posting")
NINE = datetime(2026, 5, 2, 0, tzinfo=UTC)
"""The first morning after noon, 09:00 in Seoul."""
MINUTE = timedelta(minutes=1)


async def digest_at(room: Newsroom, feed: Feed) -> datetime | None:
    return await room.database.read(lambda connection: jobs.find_due(connection, DIGEST, feed.id))


async def move_to(room: Newsroom, zone: str) -> None:
    await room.database.write(lambda connection: guilds.save_settings(connection, GuildSettings(GUILD, time_zone=zone)))


async def test_a_daily_digest_gathers_what_has_come_and_is_posted_at_its_hour_of_the_guilds_zone(
    room: Newsroom, site: Site
) -> None:
    await room.follow(site.url(), rhythm=Rhythm.DAILY)
    for number in (2, 3):
        site.pages["/feed"] = news(*range(number, 0, -1))
        await room.later(HOUR)
    await room.until(NINE - MINUTE)
    assert room.channels.of() == []
    await room.until(NINE + MINUTE)
    (text,) = room.channels.of()
    assert text.index("Headline 3") < text.index("Headline 2")
    assert {message.sent_at for message in room.channels.messages.values()} == {NINE}


async def test_a_digest_of_nothing_posts_nothing_and_the_next_one_comes(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    await room.until(NINE + HOUR)
    assert room.channels.of() == []
    assert await digest_at(room, feed) == NINE + DAY
    site.pages["/feed"] = news(2, 1)
    await room.until(NINE + DAY + MINUTE)
    assert len(room.channels.of()) == 1


async def test_a_digest_takes_thirty_entries_in_three_messages_and_counts_the_others(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY, role_id=99)
    for last in (21, 42):
        site.pages["/feed"] = news(*range(last, 0, -1))
        await room.later(HOUR)
    await room.until(NINE + MINUTE)
    texts = room.channels.of()
    assert [text.count("https://news.example/") for text in texts] == [10, 10, 10]
    assert ["left out" in text for text in texts] == [False, False, True]
    assert "and 11 more that were left out" in texts[-1]
    assert [message.ping for message in room.channels.messages.values()] == [99, None, None]
    assert ["<@&99>" in text for text in texts] == [True, False, False]
    found = await room.database.read(
        lambda connection: feed_items.find_items(connection, feed.id, ["item-42", "item-2"])
    )
    assert [found[key].fate for key in ("item-42", "item-2")] == [Fate.POST, Fate.LEFT_OUT]


async def test_a_weekly_digest_comes_on_monday(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.WEEKLY, hour=20)
    site.pages["/feed"] = news(2, 1)
    monday = datetime(2026, 5, 4, 11, tzinfo=UTC)
    await room.until(monday - MINUTE)
    assert room.channels.of() == []
    await room.until(monday + MINUTE)
    assert len(room.channels.of()) == 1
    assert await digest_at(room, feed) == monday + 7 * DAY


async def test_a_digest_comes_at_nine_before_and_after_the_clocks_change(room: Newsroom, site: Site) -> None:
    room.now, new_york = datetime(2026, 10, 31, 10, tzinfo=UTC), ZoneInfo("America/New_York")
    await move_to(room, "America/New_York")
    await room.follow(site.url(), rhythm=Rhythm.DAILY)
    for number in (2, 3, 4):
        site.pages["/feed"] = news(*range(number, 0, -1))
        await room.later(DAY)
    sent = [message.sent_at for message in room.channels.messages.values()]
    assert [moment.astimezone(new_york).hour for moment in sent] == [9, 9, 9]
    assert sent[1] - sent[0] == timedelta(hours=25)


async def test_a_digest_whose_hour_was_missed_is_posted_once_when_adlib_is_back(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    site.pages["/feed"] = news(2, 1)
    await room.later(HOUR)
    room.now = NINE + 3 * DAY + HOUR
    await room.until(room.now + MINUTE)
    assert len(room.channels.of()) == 1
    assert await digest_at(room, feed) == NINE + 4 * DAY


async def test_what_waits_for_a_digest_is_posted_when_the_feed_is_to_be_posted_at_once(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    site.pages["/feed"] = news(2, 1)
    await room.later(HOUR)
    await room.services.feeds.set_rhythm(GUILD, feed.id, room.now, rhythm=Rhythm.AT_ONCE)
    await room.later(MINUTE)
    assert len(room.channels.of()) == 1
    assert await digest_at(room, feed) is None
    await room.services.feeds.set_rhythm(GUILD, feed.id, room.now, rhythm=Rhythm.DAILY, hour=15)
    assert await digest_at(room, feed) == datetime(2026, 5, 2, 6, tzinfo=UTC)
    await room.until(NINE + DAY)
    assert len(room.channels.of()) == 1


async def test_a_new_time_zone_moves_the_digest_to_its_hour_there(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    site.pages["/other"] = news(1)
    at_once = await room.follow(site.url("/other"))
    assert await digest_at(room, feed) == NINE
    await move_to(room, "Europe/Berlin")
    await room.services.feeds.reschedule(GUILD, NOON)
    assert await digest_at(room, feed) == datetime(2026, 5, 2, 7, tzinfo=UTC)
    assert await digest_at(room, at_once) is None


async def test_a_digest_that_could_not_be_gathered_is_left_to_the_next_one(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    await room.database.write(lambda connection: jobs.remove_jobs(connection, (DIGEST,), feed.id))
    await room.services.feed_checks.arrange_again(feed.id, room.now)
    assert await digest_at(room, feed) == NINE
