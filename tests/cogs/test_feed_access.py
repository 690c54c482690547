"""Feeds are a guild's own: nobody else's managers, members or channels come near them; and what channels refuse."""

from datetime import timedelta
from typing import Any

import discord
import pytest
import simcord.interactions

from bot.domain.feeds import FeedState, Filter, Rhythm
from bot.domain.texts import Language
from bot.errors import FeedGone
from bot.services.feed_previews import FeedWish
from bot.services.feed_steps import DIGEST
from bot.storage import feeds, jobs
from bot.storage.database import open_database
from bot.ui import feed_previews
from bot.ui.actions import Action
from bot.ui.feed_posts import RETRY
from cogs.feeds import render
from tests.cogs.feeds import URL, Websites, add, follow, item, later, posts, shown_by, stored, websites
from tests.cogs.world import World, answer, buttons, menus, texts

__all__ = ["websites"]

PRESSED = (
    RETRY,
    feed_previews.LOOK,
    feed_previews.SHOW,
    render.PAUSE,
    render.RESUME,
    render.NO_ROLE,
    render.REMOVE,
    render.REMOVE_NOW,
)
CHOSEN = {
    render.DROP: "words:wedding",
    render.RHYTHM: "weekly",
    render.HOUR: "3",
    render.ROLE: "123",
}


async def foreign_feed(world: World) -> int:
    """A feed that another guild follows."""
    other = world.env.create_guild("another club")
    channel = other.create_text_channel("news")
    previews = world.bot.services.feed_previews
    wish = FeedWish(URL, channel.id, Filter(words=("wedding",)), Rhythm.DAILY, 9)
    preview = await previews.draft(wish, guild_id=other.id, adder_id=1, locale=Language.ENGLISH, now=world.env.now())
    return (await previews.follow(other.id, preview.feed.id, world.env.now())).id


async def press(world: World, action: Action, feed_id: int, *more: int, by: Any = None, values: Any = None) -> str:
    """Press what a custom_id says, wherever it came from; return what is answered privately, or in place."""
    result = world.post_click(by or world.mina, world.last, action.custom_id(feed_id, *more), values)
    await world.env.settle()
    return texts(shown_by(result))


async def test_another_guilds_feed_is_not_there_whatever_is_typed_or_pressed(websites: Websites, world: World) -> None:
    await follow(world)
    feed_id = await foreign_feed(world)
    gone = "This server follows no such feed (any more)."
    before = await world.bot.services.feeds.list((await raw_feed(world, feed_id)).guild_id)
    for command in ("filter", "preview", "pause", "resume", "remove"):
        refused = await world.mina.slash(world.channel, f"feed {command}", feed=str(feed_id))
        assert texts(shown_by(refused)) == gone
    for action in PRESSED:
        assert await press(world, action, feed_id) == gone, action
    for action, value in CHOSEN.items():
        assert await press(world, action, feed_id, values=[value]) == gone, action
    assert await press(world, render.CHANNEL, feed_id, values=[str(world.channel.id)]) == gone
    assert await press(world, feed_previews.PREVIEW, feed_id, 0) == gone
    assert (
        await press(world, feed_previews.FOLLOW, feed_id, 1) == "That preview is no longer there. Please begin again."
    )
    await press(world, feed_previews.CANCEL, feed_id)
    assert await world.bot.services.feeds.list(before[0].feed.guild_id) == before
    listed = await world.mina.slash(world.channel, "feed list")
    offered = {option["value"] for menu in menus(answer(listed)) for option in menu["options"]}
    assert str(feed_id) not in offered
    assert len(offered) == 1


async def raw_feed(world: World, feed_id: int) -> Any:
    async with open_database(world.database_url) as database:
        return await database.read(lambda connection: feeds.find_feed(connection, feed_id))


async def test_members_who_may_not_manage_the_server_press_in_vain(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    before = await stored(world, feed_id)
    refusal = await press(world, render.PAUSE, feed_id, by=world.alice)
    assert "anage" in refusal
    for action in PRESSED:
        assert await press(world, action, feed_id, by=world.alice) == refusal, action
    for action, value in {**CHOSEN, render.CHANNEL: str(world.channel.id)}.items():
        assert await press(world, action, feed_id, by=world.alice, values=[value]) == refusal, action
    for action, more in ((feed_previews.PREVIEW, 0), (feed_previews.FOLLOW, 1)):
        assert await press(world, action, feed_id, more, by=world.alice) == refusal
    assert await press(world, feed_previews.CANCEL, feed_id, by=world.alice) == refusal
    assert await press(world, render.LIST, 0, by=world.alice) == refusal
    assert await stored(world, feed_id) == before


async def test_a_channel_of_another_guild_is_refused(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    other = world.env.create_guild("another club").create_text_channel("news")
    assert await press(world, render.CHANNEL, feed_id, values=[str(other.id)]) == (
        "That channel is not one of this server."
    )
    assert await press(world, render.CHANNEL, feed_id, values=["99"]) == "That channel is not one of this server."
    assert (await stored(world, feed_id)).channel_id == world.channel.id
    assert other.history() == []


async def test_a_feed_moves_into_no_channel_that_adlib_may_not_write_to(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    me = world.env.bot.user
    assert me is not None
    world.forgive(discord.Forbidden)
    mute = world.guild.create_text_channel("mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)})
    refused = await press(world, render.CHANNEL, feed_id, values=[str(mute.id)])
    assert "Send Messages" in refused
    assert (await stored(world, feed_id)).channel_id == world.channel.id


async def test_a_paused_feed_that_moves_says_that_it_stands_still(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    await press(world, render.PAUSE, feed_id)
    evening = world.guild.create_text_channel("evening")
    assert "Nothing comes before you press Resume." in await press(
        world, render.CHANNEL, feed_id, values=[str(evening.id)]
    )
    await world.env.advance_time(2)
    assert evening.history() == []


async def test_a_feed_moves_to_another_channel_which_is_told(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    evening = world.guild.create_text_channel("evening")
    await press(world, render.CHANNEL, feed_id, values=[str(evening.id)])
    websites.pages[URL] = [item(2), item(1)]
    await later(world)
    told, posted = (texts(message) for message in evening.history())
    assert "News of this feed comes to this channel" in told
    assert "Headline 2" in posted
    assert len(posts(world)) == 1


@pytest.mark.parametrize("here", [True, False])
async def test_where_adlib_may_not_write_nothing_is_followed_and_it_says_so(
    websites: Websites, world: World, here: bool
) -> None:
    me = world.env.bot.user
    assert me is not None
    world.forgive(discord.Forbidden)
    mute = world.guild.create_text_channel("mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)})
    if here:
        refused = await world.mina.slash(mute, "feed add", url=URL)
        assert websites.asked == 0
    else:
        refused = await world.mina.click(shown_by(await add(world, channel=mute)), label="Follow")
    assert "I may not post in" in texts(shown_by(refused))
    assert "Send Messages" in texts(shown_by(refused))
    assert await world.bot.services.feeds.list(world.guild.id) == []


async def test_a_channel_that_adlib_may_not_write_to_any_more_pauses_its_feed_after_a_while_and_loses_nothing(
    websites: Websites, world: World
) -> None:
    feed_id = await follow(world)
    world.forgive(discord.Forbidden)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions", times=None)
    websites.pages[URL] = [item(2), item(1)]
    await later(world)
    assert (await stored(world, feed_id)).state is FeedState.FOLLOWED
    await world.env.advance_time(3000)
    assert (await stored(world, feed_id)).state is FeedState.PAUSED
    listed = answer(await world.mina.slash(world.channel, "feed list"))
    assert "The channel is gone, or I may not post in it any more." in texts(listed)
    world.env.backend.faults.clear()
    await world.mina.slash(world.channel, "feed resume", feed=str(feed_id))
    await world.env.advance_time(5)
    assert "Headline 2" in posts(world)[-1]


async def test_a_channel_that_is_gone_pauses_its_feed_at_once(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=404, code=10003, message="Unknown Channel", times=None)
    websites.pages[URL] = [item(2), item(1)]
    await later(world)
    assert (await stored(world, feed_id)).state is FeedState.PAUSED
    asked = websites.asked
    await later(world, timedelta(hours=5))
    assert websites.asked == asked


async def test_a_feed_that_was_given_up_is_tried_again_by_a_manager_from_its_last_message(
    websites: Websites, world: World
) -> None:
    feed_id = await follow(world)
    websites.pages[URL] = FeedGone()
    for _again in range(8):
        await later(world, timedelta(hours=12, minutes=5))
    assert (await stored(world, feed_id)).state is FeedState.GIVEN_UP
    _told, warned, given_up = posts(world)
    assert "The website says that this feed is gone for good." in warned
    assert "I have given this feed up" in given_up
    assert list(buttons(world.last)) == ["Try again"]
    refused = await world.alice.click(world.last, label="Try again")
    assert refused.ephemeral
    assert (await stored(world, feed_id)).state is FeedState.GIVEN_UP
    websites.pages[URL] = [item(2), item(1)]
    again = await world.mina.click(world.last, label="Try again")
    assert again.ephemeral
    await world.env.advance_time(5)
    assert (await stored(world, feed_id)).state is FeedState.FOLLOWED
    assert "Headline 2" in posts(world)[-1]


async def test_a_new_time_zone_moves_the_digest(websites: Websites, world: World) -> None:
    feed_id = await follow(world, rhythm="daily")
    zone = next(
        menu["custom_id"]
        for menu in menus(answer(await world.mina.slash(world.channel, "settings")))
        if "zone" in menu["custom_id"]
    )
    before = await digest_at(world, feed_id)
    world.post_click(world.mina, world.last, zone, ["Europe/London"])
    await world.env.settle()
    after = await digest_at(world, feed_id)
    assert (before.hour, after.hour) == (0, 9)


async def digest_at(world: World, feed_id: int) -> Any:
    async with open_database(world.database_url) as database:
        return await database.read(lambda connection: jobs.find_due(connection, DIGEST, feed_id))


async def test_a_restart_between_the_look_and_the_post_posts_once(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    websites.pages[URL] = [item(2), item(1)]
    await world.bot.services.feed_checks.check(feed_id, world.env.now())
    await world.restart(timedelta(minutes=10))
    await world.env.advance_time(5)
    assert len(posts(world)) == 2
    assert "Headline 2" in posts(world)[-1]


async def test_a_korean_guild_reads_names_in_korean_first(
    websites: Websites, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = simcord.interactions.base_payload

    def korean_guild(*args: Any, **kwargs: Any) -> Any:
        record, payload = original(*args, **kwargs)
        return record, {**payload, "guild_locale": "ko"}

    monkeypatch.setattr(simcord.interactions, "base_payload", korean_guild)
    await follow(world)
    websites.pages[URL] = [item(2, "‘도깨비’가 돌아온다"), item(1)]
    await later(world)
    assert "쓸쓸하고 찬란하神 - 도깨비 (Guardian" in posts(world)[-1]


async def test_what_no_menu_offers_changes_nothing(websites: Websites, world: World) -> None:
    feed_id = await follow(world, rhythm="daily")
    before = await stored(world, feed_id)
    forged = ((render.HOUR, "24"), (render.HOUR, "x"), (render.RHYTHM, "hourly"), (render.ROLE, "-1"))
    for action, value in forged:
        await press(world, action, feed_id, values=[value])
    await press(world, render.DROP, feed_id, values=["nothing:x"])
    assert await stored(world, feed_id) == before


async def test_everyone_is_not_taken_from_the_menu_of_roles_either(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    await press(world, render.ROLE, feed_id, values=["77"])
    assert (await stored(world, feed_id)).role_id == 77
    await press(world, render.ROLE, feed_id, values=[str(world.guild.id)])
    assert (await stored(world, feed_id)).role_id is None
