"""Feeds that move, to a channel or to an address, what their channels are told of it, and messages nobody takes."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.domain.feeds import DRAFT_KEPT, Fate, Feed, FeedState, Filter, Telling
from bot.errors import AlreadyFollowed, ChannelRefused, DraftGone
from bot.storage import feed_items
from bot.ui import feed_messages
from tests.feeds.site import Reply, Site, entry, feed as rss, to
from tests.services.newsroom import Killed, Life, Newsroom, news, posting, room, site
from tests.services.play import CHANNEL, GUILD

__all__ = ["posting", "room", "site"]

pytestmark = pytest.mark.usefixtures("posting")
ELSEWHERE = CHANNEL + 5
TOLD = "News of this feed comes to this channel from now on"


def refusal(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="refused")
    return kind(response, {"code": code, "message": "refused"})


async def fates(room: Newsroom, feed: Feed, *numbers: int) -> list[Fate]:
    keys = [f"item-{number}" for number in numbers]
    found = await room.database.read(lambda connection: feed_items.find_items(connection, feed.id, keys))
    return [found[key].fate for key in keys]


async def test_a_channel_is_told_once_that_a_feed_comes_whenever_the_process_is_killed(
    room: Newsroom, site: Site
) -> None:
    killed: list[str] = []
    for point in count(1):
        draft = await room.draft(site.url(), channel_id=CHANNEL + point)
        room.life = life = Life(lambda points, point=point: len(points) == point)
        room.restart()
        for _again in range(2):  # whoever sees no answer presses again
            try:
                await room.services.feed_previews.follow(GUILD, draft.id, room.now)
            except Killed:
                room.restart()
        await room.later(timedelta(minutes=2))
        assert [text.count(TOLD) for text in room.channels.of(CHANNEL + point)] == [1], life.points
        room.life = Life()
        room.restart()
        await room.services.feeds.remove(GUILD, draft.id)
        if len(life.points) < point:
            break
        killed.append(life.points[point - 1])
    assert {"after a commit", "before a message", "after a message"} <= {*killed}


async def test_two_drafts_of_one_feed_become_one_feed_and_its_channel_is_told_once(room: Newsroom, site: Site) -> None:
    drafts = [await room.draft(site.url()) for _draft in range(2)]
    follow = room.services.feed_previews.follow
    outcomes = await asyncio.gather(*(follow(GUILD, draft.id, room.now) for draft in drafts), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [AlreadyFollowed]
    await room.later(timedelta(minutes=2))
    (text,) = room.channels.of()
    assert TOLD in text


async def test_a_draft_that_is_older_than_a_day_is_followed_no_more(room: Newsroom, site: Site) -> None:
    draft = await room.draft(site.url())
    with pytest.raises(DraftGone):
        await room.services.feed_previews.follow(GUILD, draft.id, room.now + DRAFT_KEPT + timedelta(minutes=1))
    with pytest.raises(DraftGone):
        await room.services.feed_previews.ready(GUILD, draft.id, room.now + DRAFT_KEPT + timedelta(minutes=1))
    followed = await room.services.feed_previews.follow(GUILD, draft.id, room.now + DRAFT_KEPT)
    again = await room.services.feed_previews.follow(GUILD, draft.id, room.now + 2 * DRAFT_KEPT)
    assert (again.id, again.state) == (followed.id, FeedState.FOLLOWED)


async def test_who_discards_a_draft_learns_whether_it_is_followed_by_now(room: Newsroom, site: Site) -> None:
    draft, other = await room.draft(site.url()), await room.draft(site.url(), channel_id=ELSEWHERE)
    await room.services.feed_previews.follow(GUILD, draft.id, room.now)
    discard = room.services.feed_previews.discard
    assert await discard(GUILD, draft.id)
    assert not await discard(GUILD + 1, draft.id)
    assert [await discard(GUILD, other.id), await discard(GUILD, other.id)] == [False, False]


async def test_a_feed_that_leaves_the_channel_which_refused_it_has_nothing_wrong_and_goes_on_when_resumed(
    room: Newsroom, site: Site
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(2, 1)
    room.channels.refusal = refusal(discord.NotFound, 404, 10003)
    await room.later()
    assert isinstance((await room.stored(feed)).fault, ChannelRefused)
    room.channels.refusal = None
    moved = await room.services.feeds.set_channel(GUILD, feed.id, ELSEWHERE, room.now)
    assert (moved.feed.state, moved.feed.fault) == (FeedState.PAUSED, None)
    await room.later()
    assert room.channels.of(ELSEWHERE) == []
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    await room.later()
    told, posted = room.channels.of(ELSEWHERE)
    assert TOLD in told
    assert "Headline 2" in posted


async def test_a_feed_that_has_moved_while_its_old_channel_refused_is_not_paused(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(2, 1)
    await room.services.feed_checks.check(feed.id, room.now)
    await room.services.feeds.set_channel(GUILD, feed.id, ELSEWHERE, room.now)
    await room.services.feed_checks.refuse(feed.id, CHANNEL, room.now)
    assert (await room.stored(feed)).state is FeedState.FOLLOWED
    await room.later()
    told, posted = room.channels.of(ELSEWHERE)
    assert TOLD in told
    assert "Headline 2" in posted


async def test_a_warning_that_is_owed_moves_with_its_feed(room: Newsroom, site: Site) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = Reply(status=410)
    await room.services.feed_checks.check(feed.id, room.now)
    moved = await room.services.feeds.set_channel(GUILD, feed.id, ELSEWHERE, room.now)
    assert moved.feed.owed is not None
    assert moved.feed.owed.telling is Telling.WARNED
    await room.later(timedelta(minutes=2))
    (warned,) = room.channels.of(ELSEWHERE)
    assert "gone for good" in warned


async def test_a_channel_that_was_not_told_of_its_feed_before_it_was_paused_is_told_when_it_goes_on(
    room: Newsroom, site: Site
) -> None:
    draft = await room.draft(site.url())
    await room.services.feed_previews.follow(GUILD, draft.id, room.now)
    room.channels.refusal = refusal(discord.Forbidden, 403, 50013)
    await room.later(timedelta(minutes=2))
    assert (await room.stored(draft)).state is FeedState.PAUSED
    room.channels.refusal = None
    await room.services.feeds.resume(GUILD, draft.id, room.now)
    await room.later(timedelta(minutes=2))
    (text,) = room.channels.of()
    assert TOLD in text


@pytest.mark.parametrize(("code", "paused"), [(50035, False), (50083, True), (50008, True)])
async def test_a_message_that_discord_takes_nowhere_is_left_out_and_only_a_place_for_no_messages_pauses_the_feed(
    room: Newsroom, site: Site, code: int, paused: bool
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(2, 1)
    room.channels.refusal = refusal(discord.HTTPException, 400, code)
    await room.later()
    assert ((await room.stored(feed)).state is FeedState.PAUSED) == paused
    assert await fates(room, feed, 2) == [Fate.POST if paused else Fate.LEFT_OUT]
    room.channels.refusal = None
    await room.services.feeds.resume(GUILD, feed.id, room.now)
    site.pages["/feed"] = news(3, 2, 1)
    await room.later()
    text = "\n".join(room.channels.of())
    assert "Headline 3" in text
    assert ("Headline 2" in text) == paused


async def test_one_message_of_a_batch_that_discord_takes_nowhere_keeps_none_of_the_others_away(
    room: Newsroom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = await room.follow(site.url())
    site.pages["/feed"] = news(*range(13, 0, -1))
    await room.services.feed_checks.check(feed.id, room.now)
    post = feed_messages.channels.post

    async def picky(client: Any, channel_id: int, page: Any, nonce: str, **rest: Any) -> int:
        if nonce.endswith(".0"):
            raise refusal(discord.HTTPException, 400, 50035)
        return await post(client, channel_id, page, nonce, **rest)

    monkeypatch.setattr(feed_messages.channels, "post", picky)
    for _again in range(2):
        await feed_messages.post_owed(room.client, feed.id)
    (text,) = room.channels.of()
    assert text.count("https://news.example/") == 2
    assert [fate is Fate.LEFT_OUT for fate in await fates(room, feed, *range(13, 1, -1))] == [True] * 10 + [False] * 2


@pytest.mark.parametrize("at_once", [True, False])
async def test_two_feeds_of_a_channel_that_have_moved_to_one_address_bring_each_entry_once(
    room: Newsroom, site: Site, at_once: bool
) -> None:
    site.pages["/old"] = site.pages["/older"] = news(1)
    feeds = [await room.follow(site.url(path)) for path in ("/old", "/older")]
    another_guild = await room.follow(site.url("/old"), GUILD + 1, ELSEWHERE)
    site.pages["/old"] = site.pages["/older"] = to(site.url(), 301)
    site.pages["/feed"] = news(2, 1)
    if at_once:
        await asyncio.gather(*(room.services.feed_checks.check(feed.id, room.now) for feed in feeds))
    await room.later()
    assert [text.count("Headline 2") for text in room.channels.of()] == [1]
    site.pages["/feed"] = news(3, 2, 1)
    await room.later()
    assert [text.count("Headline 3") for text in room.channels.of()] == [0, 1]
    assert len(room.channels.of(ELSEWHERE)) == 2
    assert (await room.stored(another_guild)).url == site.url()


async def test_two_feeds_at_one_address_each_bring_what_only_their_own_filters_take(room: Newsroom, site: Site) -> None:
    site.pages["/old"] = site.pages["/older"] = news(1)
    for path, word in (("/old", "wedding"), ("/older", "cast")):
        await room.follow(site.url(path), wanted=Filter(words=(word,)))
    site.pages["/old"] = site.pages["/older"] = to(site.url(), 301)
    site.pages["/feed"] = rss(entry(3, "A cast"), entry(2, "A wedding"), entry(1))
    await room.later()
    assert sorted("wedding" in text for text in room.channels.of()) == [False, True]


async def test_an_article_has_the_date_that_it_had_in_the_guilds_own_zone(room: Newsroom, site: Site) -> None:
    await room.follow(site.url())
    late = datetime(room.now.year, room.now.month, room.now.day, 20, tzinfo=UTC) - timedelta(days=1)
    published = f"<pubDate>{format_datetime(late)}</pubDate>"
    site.pages["/feed"] = rss(entry(2, "‘Goblin’ returns", rest=published))
    await room.later()
    (article,) = room.services.own_libraries.of(GUILD).articles.values()
    assert str(article.date) == str((late + timedelta(hours=9)).date())
