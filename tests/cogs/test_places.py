"""Where Adlib may not write, where there is no guild, and what happens when it breaks."""

import logging

import discord
import pytest

from bot.ui.pages import Page, row
from bot.ui.ways import PLAY
from tests.cogs.world import World, answer, buttons, texts

HARI, GOBLIN = "shin-ha-ri-kang-tae-moo", "ji-eun-tak-kim-shin"


@pytest.mark.parametrize(
    ("command", "options"),
    [("trivia start", {}), ("ship poll", {"couple-1": HARI, "couple-2": GOBLIN})],
)
async def test_where_adlib_may_not_write_it_names_the_permission_and_starts_nothing(
    world: World, command: str, options: dict[str, str]
) -> None:
    me = world.env.bot.user
    assert me is not None
    mute = world.guild.create_text_channel("mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)})
    refused = await world.alice.slash(mute, command, **options)
    assert refused.ephemeral
    assert texts(answer(refused)) == "I may not post in this channel. Ask a manager to allow me: Send Messages."
    assert await world.bot.services.ships.find(1) is None
    assert "No game" in texts(answer(await world.alice.slash(mute, "trivia stop")))


async def test_articles_are_found_in_a_direct_message_and_games_are_not_started_there(world: World) -> None:
    fan = world.env.create_user("fan")
    card = await fan.slash("article search", text="iconic-unscripted-kisses")
    assert "These Iconic Kissing Scenes" in texts(answer(card))
    assert "Play this" not in buttons(answer(card))
    message = await (await world.bot.fetch_user(fan.id)).send(view=Page(row(PLAY.button("Play this", "", 5))))
    refused = await fan.click(message, label="Play this")
    assert texts(answer(refused)) == "That works only in a channel of a server that has added Adlib itself."
    assert "trivia start" not in fan.available_commands()


async def test_a_fault_is_told_with_a_reference_that_stands_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(type(world.bot.services.articles), "search", broken)
    with caplog.at_level(logging.ERROR):
        told = await world.alice.slash(world.channel, "article search", text="goblin")
    assert told.ephemeral
    reference = texts(answer(told)).split()[-1].rstrip(".")
    assert f"Fault {reference}" in caplog.text
    world.forgive(ZeroDivisionError)


async def test_a_fault_in_autocomplete_offers_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(type(world.bot.services.articles), "suggest", broken)
    assert await world.alice.autocomplete(world.channel, "article search", "text", "goblin") == []
    world.forgive(ZeroDivisionError)


async def test_a_fault_behind_a_button_is_told_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(type(world.bot.services.articles), "find", broken)
    told = await world.alice.click(answer(card), label="Show everyone")
    assert told.ephemeral
    assert "The reference is" in texts(answer(told))


async def test_old_buttons_still_work_after_another_message_with_a_form_has_gone(world: World) -> None:
    opened = await world.alice.slash(world.channel, "ship poll", **{"couple-1": HARI, "couple-2": GOBLIN})
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    await world.alice.click(answer(card), label="Vote")
    await world.env.advance_time(20 * 60)
    poll = world.message(answer(opened).id)
    await world.bora.click(poll, label="Vote A")
    assert "1 (100%)" in texts(world.message(poll.id))
    assert "Vote B" in buttons(world.message(poll.id))
