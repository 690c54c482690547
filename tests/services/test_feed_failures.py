"""Feeds that fail, channels that refuse, feeds that are paused: what is told, and that nothing is lost."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.domain.feeds import Feed, FeedState, Rhythm
from bot.errors import ChannelRefused, FeedUnreadable, SiteRefused
from bot.services.feed_steps import CHECK, DIGEST
from bot.storage import jobs
from tests.feeds.site import Reply, Site
from tests.services.newsroom import A_LOOK, DAY, HOUR, Newsroom, news, posting, room, site
from tests.services.play import CHANNEL, GUILD

__all__ = ["posting", "room", "site"]

pytestmark = pytest.mark.usefixtures("posting")
BROKEN = Reply(status=503)
GONE = Reply(status=410)


def refusal(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="refused")
    return kind(response, {"code": code, "message": "refused"})


UNKNOWN_CHANNEL = (discord.NotFound, 404, 10003)
NO_PERMISSION = (discord.Forbidden, 403, 50013)


async def arranged(room: Newsroom, feed: Feed) -> list[str]:
    """What is going to happen to the feed."""
    kinds = (CHECK, DIGEST)
    due = [
        await room.database.read(lambda connection, kind=kind: jobs.find_due(connection, kind, feed.id))
        for kind in kinds
    ]
    return [kind for kind, moment in zip(kinds, due, strict=True) if moment is not None]


async def test_a_feed_that_fails_is_asked_less_and_less_and_its_channel_is_told_after_a_day(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = BROKEN
    asked = len(site.asked)
    await room.later(DAY)
    assert room.channels.of() == []
    assert len(site.asked) - asked < 8
    failing = await room.stored(feed)
    assert isinstance(failing.fault, SiteRefused)
    assert failing.fault.values == {"status": 503}
    await room.later(DAY)
    (text,) = room.channels.of()
    assert "I have not been able to read this feed since <t:" in text
    assert "The website answered with an error (503)." in text
    assert "I keep trying, and give it up <t:" in text


async def test_a_feed_that_can_be_read_again_after_its_channel_was_told_says_so_once(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = BROKEN
    await room.later(2 * DAY)
    site.pages["/feed"] = news(2, 1)
    await room.later(2 * DAY)
    warned, well, posted = room.channels.of()
    assert "error (503)" in warned
    assert "This feed can be read again." in well
    assert "Headline 2" in posted
    assert (await room.stored(feed)).health.is_well
    assert (await room.stored(feed)).fault is None


async def test_a_feed_that_failed_for_less_than_a_day_comes_back_without_a_word(room: Newsroom, site: Site) -> None:
    await room.follow(site.url())
    site.pages["/feed"] = BROKEN
    await room.later(12 * HOUR)
    site.pages["/feed"] = news(1)
    await room.later(DAY)
    assert room.channels.of() == []


async def test_a_feed_that_fails_for_a_week_is_given_up_its_channel_knows_and_it_can_be_tried_again(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    site.pages["/feed"] = BROKEN
    await room.later(9 * DAY)
    _warned, given_up = room.channels.of()
    assert "I have given this feed up: I could not read it since <t:" in given_up
    assert (await room.stored(feed)).state is FeedState.GIVEN_UP
    assert await arranged(room, feed) == []
    asked = len(site.asked)
    await room.later(9 * DAY)
    assert len(site.asked) == asked
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    site.pages["/feed"] = news(2, 1)
    await room.later(2 * DAY)
    assert len(room.channels.of()) == 3
    again = await room.stored(feed)
    assert (again.state, again.health.is_well, again.fault) == (FeedState.FOLLOWED, True, None)


async def test_a_feed_that_is_gone_for_good_is_told_at_once_and_given_up_after_two_days(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = GONE
    await room.later()
    (text,) = room.channels.of()
    assert "The website says that this feed is gone for good." in text
    await room.later(3 * DAY)
    assert (await room.stored(feed)).state is FeedState.GIVEN_UP
    assert len(room.channels.of()) == 2


async def test_a_feed_that_fails_touches_no_other(room: Newsroom, site: Site) -> None:
    await room.follow(site.url())
    site.pages["/well"] = news(1)
    well = await room.follow(site.url("/well"), channel_id=CHANNEL + 1)
    site.pages["/feed"] = BROKEN
    for number in (2, 3):
        site.pages["/well"] = news(*range(number, 0, -1))
        await room.later()
    assert len(room.channels.of(CHANNEL + 1)) == 2
    assert (await room.stored(well)).health.is_well


async def test_a_channel_that_is_gone_pauses_its_feed_and_what_waits_is_posted_when_it_goes_on(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(2, 1)
    room.channels.refusal = refusal(*UNKNOWN_CHANNEL)
    await room.later()
    paused = await room.stored(feed)
    assert paused.state is FeedState.PAUSED
    assert isinstance(paused.fault, ChannelRefused)
    assert await arranged(room, feed) == []
    asked, sent = len(site.asked), room.channels.sent
    await room.later(DAY)
    assert (len(site.asked), room.channels.sent) == (asked, sent)
    room.channels.refusal = None
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    await room.later()
    (text,) = room.channels.of()
    assert "Headline 2" in text
    assert (await room.stored(feed)).fault is None


async def test_what_has_waited_for_more_than_a_week_is_not_posted_any_more(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(2, 1)
    room.channels.refusal = refusal(*NO_PERMISSION)
    await room.later()
    room.channels.refusal = None
    await room.later(8 * DAY)
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    site.pages["/feed"] = news(3, 2, 1)
    await room.later()
    (text,) = room.channels.of()
    assert "Headline 3" in text
    assert "Headline 2" not in text


async def test_a_discord_that_is_down_pauses_nothing_and_what_is_owed_comes_later(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(2, 1)
    room.channels.refusal = refusal(discord.DiscordServerError, 503, 0)
    with pytest.raises(discord.DiscordServerError):
        await room.look(feed)
    assert (await room.stored(feed)).state is FeedState.FOLLOWED
    room.channels.refusal = None
    await room.later(timedelta(minutes=5))
    assert len(room.channels.of()) == 1


async def test_while_a_feed_is_paused_it_is_neither_asked_nor_posted(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url(), rhythm=Rhythm.DAILY)
    site.pages["/feed"] = news(2, 1)
    await room.later()
    await room.services.feeds.pause(GUILD, feed.id, room.now)
    asked = len(site.asked)
    await room.later(3 * DAY)
    assert (len(site.asked), room.channels.sent, await arranged(room, feed)) == (asked, 0, [])
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    assert await arranged(room, feed) == [CHECK, DIGEST]
    await room.later(DAY)
    assert len(room.channels.of()) == 1


async def test_resuming_what_is_not_paused_changes_nothing(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    due = await room.database.read(lambda connection: jobs.find_due(connection, CHECK, feed.id))
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    assert await room.database.read(lambda connection: jobs.find_due(connection, CHECK, feed.id)) == due
    assert await room.stored(feed) == feed


async def test_a_look_that_failed_again_and_again_for_another_reason_counts_as_one_failure_and_there_is_a_next(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    await room.services.feed_checks.fail(feed.id, FeedUnreadable(), room.now)
    assert (await room.stored(feed)).health.failures == 1
    site.pages["/feed"] = news(2, 1)
    await room.later(2 * A_LOOK)
    assert len(room.channels.of()) == 1


async def test_a_warning_that_nobody_has_seen_is_dropped_when_the_feed_can_be_read_again(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = GONE
    await room.services.feed_checks.check(feed.id, room.now)
    site.pages["/feed"] = news(1)
    await room.services.feed_checks.check(feed.id, room.now)
    assert (await room.stored(feed)).owed is None
    await room.later()
    assert room.channels.of() == []
