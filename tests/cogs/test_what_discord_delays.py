"""What Discord delays, refuses or never gets neither holds up others nor is lost."""

import asyncio
from datetime import timedelta

import discord
import pytest

from bot.ui import channels
from bot.ui.interaction import Client
from bot.ui.pages import Page
from tests.cogs.world import World, texts

PAIR = {"couple-1": "shin-ha-ri-kang-tae-moo", "couple-2": "ji-eun-tak-kim-shin", "duration": "5m"}


async def test_one_slow_channel_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = world.guild.create_text_channel("another")
    post = channels.post

    async def delayed(client: Client, channel_id: int, page: Page, nonce: str) -> int:
        if channel_id == world.channel.id:
            await asyncio.sleep(40)
        return await post(client, channel_id, page, nonce)

    monkeypatch.setattr(channels, "post", delayed)
    await world.alice.slash(world.channel, "trivia start")
    await world.bora.slash(other, "trivia start", seconds=10)
    await world.env.advance_time(15)
    assert other.last_message is not None
    assert "Source:" in texts(other.last_message)


async def test_a_poll_whose_announcement_was_the_last_thing_before_the_plug_was_pulled_closes_on_screen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(type(world.bot.services.ships), "shown", killed)
    opened = await world.alice.slash(world.channel, "ship poll", **PAIR)
    assert opened.response is not None
    monkeypatch.undo()
    await world.restart()
    poll = opened.response.id
    await world.bora.click(world.message(poll), label="Vote B")
    await world.env.advance_time(302)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(world.message(poll))


async def test_a_vote_whose_answer_is_not_taken_is_drawn_all_the_same(world: World) -> None:
    opened = await world.alice.slash(world.channel, "ship poll", **PAIR)
    assert opened.response is not None
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062)
    await world.alice.click(world.message(opened.response.id), label="Vote A")
    await world.env.advance_time(3)
    assert "1 (100%)" in texts(world.message(opened.response.id))
    world.forgive(discord.NotFound)


async def test_a_game_whose_channel_takes_nothing_any_more_ends(world: World) -> None:
    await world.alice.slash(world.channel, "trivia start", rounds=5)
    await world.env.advance_time(1)
    await world.mina.delete(world.last)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50013)
    await world.env.advance_time(timedelta(minutes=2).total_seconds())
    assert "No game is running" in texts((await world.alice.slash(world.channel, "trivia stop")).response)


async def test_a_page_holds_nothing_that_could_unregister_the_actions(world: World) -> None:
    button: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(label="not an action")
    with pytest.raises(TypeError):
        Page(discord.ui.ActionRow(button))
