"""Messages that ship polls owe the channel: one that was never announced appears, one that was deleted does not."""

import asyncio
from datetime import timedelta

import discord
import pytest

from bot.domain.polls import Poll, PollWish
from bot.domain.texts import Language
from bot.ui import poll_messages
from tests.cogs import brackets
from tests.cogs.polls import (
    GOBLIN,
    HARI,
    LONG,
    calls,
    change,
    open_poll,
    over,
    refuse,
    relent,
    stored,
    vote,
)
from tests.cogs.world import World, answer, buttons, menus, texts

SOON = 20
"""Seconds after which a poll that was not announced stands in the channel."""


async def opened_only(world: World, duration: timedelta | None = timedelta(minutes=10)) -> Poll:
    """Open a poll by Alice, as it is when Adlib is killed before it can announce it."""
    ships = world.bot.services.ships
    return await ships.open(
        PollWish((), duration),
        await ships.options(world.guild.id, [HARI, GOBLIN]),
        guild_id=world.guild.id,
        channel_id=world.channel.id,
        creator_id=world.alice.id,
        request_id=1,
        locale=Language.ENGLISH,
        now=world.env.now(),
    )


def cards(world: World) -> list[discord.Message]:
    """The messages of the channel that take votes."""
    return [message for message in world.channel.history() if "Vote A" in buttons(message)]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_poll_that_was_opened_and_never_announced_appears_by_itself_once(world: World, restarted: bool) -> None:
    await opened_only(world)
    if restarted:
        await world.restart()
    assert cards(world) == []
    await world.env.advance_time(SOON)
    (card,) = cards(world)
    assert (await stored(world)).message_id == card.id
    await world.env.advance_time(120)
    assert len(cards(world)) == 1
    await vote(world, card.id, (world.bora, "A"))
    await world.env.advance_time(LONG)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(card.id))
    assert len(over(world)) == 1


async def test_a_poll_that_was_announced_gets_no_second_card(world: World) -> None:
    poll = await open_poll(world)
    since = len(world.env.http_requests)
    await world.env.advance_time(120)
    assert [card.id for card in cards(world)] == [poll]
    assert calls(world, since) == []


async def test_one_whose_message_a_press_has_told_meanwhile_gets_no_second_card(world: World) -> None:
    poll = await open_poll(world)
    change(world, "UPDATE poll SET message_id = NULL")
    await world.restart()
    await world.bora.click(world.message(poll), label="My vote")
    await world.env.advance_time(120)
    assert [card.id for card in cards(world)] == [poll]
    assert (await stored(world)).message_id == poll


async def test_one_that_was_closed_meanwhile_does_not_appear(world: World) -> None:
    poll = await opened_only(world)
    await world.bot.services.closing.close(poll.id, world.env.now())
    await world.env.advance_time(120)
    assert world.channel.history() == []


@pytest.mark.parametrize("minutes", [10, 60])
async def test_one_whose_time_was_over_when_adlib_came_back_appears_as_its_result_only(
    world: World, minutes: int
) -> None:
    await opened_only(world)
    since = len(world.env.http_requests)
    await world.restart(away=timedelta(minutes=minutes, seconds=2))
    await world.env.advance_time(120)
    (result,) = world.channel.history()
    assert "## Nobody voted" in texts(result)
    assert (await stored(world)).message_id == result.id
    assert calls(world, since, "POST") == ["POST channels"]


async def test_one_whose_time_is_over_is_left_to_its_close(world: World) -> None:
    await opened_only(world)
    change(world, "DELETE FROM job WHERE kind = 'ship.close'")
    await world.restart(away=timedelta(minutes=11))
    await world.env.advance_time(SOON)
    assert world.channel.history() == []


async def test_one_that_closes_while_it_is_being_shown_ends_in_the_message_that_just_came(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, now = await opened_only(world), world.env.now()
    ships, noted = world.bot.services.ships, world.bot.services.ships.shown
    ends: list[asyncio.Task[None]] = []

    async def closed_meanwhile(poll_id: int, channel_id: int, message_id: int) -> None:
        if not ends:
            await world.bot.services.closing.close(poll_id, now)
            ends.append(asyncio.create_task(poll_messages.show_end(world.bot, poll_id)))
            for _turn in range(2_000):  # time enough to end, were it not to wait for its turn
                await asyncio.sleep(0)
        await noted(poll_id, channel_id, message_id)

    monkeypatch.setattr(ships, "shown", closed_meanwhile)
    await poll_messages.show_missing(world.bot, poll.id, now)
    await asyncio.gather(*ends)
    shown = [message for message in world.channel.history() if message not in over(world)]
    assert [message.id for message in shown] == [(await stored(world, poll.id)).message_id]
    assert "## Nobody voted" in texts(shown[0])
    assert buttons(shown[0]) == {}


async def test_one_that_discord_refuses_for_now_appears_later_and_is_not_sent_twice(world: World) -> None:
    await opened_only(world)
    refuse(world, "POST", 500, 0)
    await world.env.advance_time(SOON)
    assert cards(world) == []
    relent(world)
    await world.env.advance_time(120)
    assert len(cards(world)) == 1
    sent = [request.json or {} for request in world.env.http_requests if request.path.endswith("/messages")]
    assert len(sent) > 1
    assert {body["nonce"] for body in sent} == {"open-1"}, "Discord takes the second for the first, had that arrived"


async def test_one_whose_channel_is_gone_is_tried_once(world: World) -> None:
    await opened_only(world, duration=None)
    world.env.backend.delete_channel(world.channel.id)
    await world.env.advance_time(SOON)
    assert calls(world).count("POST channels") == 1
    await world.env.advance_time(600)
    assert calls(world).count("POST channels") == 1


async def test_an_open_poll_whose_message_was_deleted_is_not_posted_anew_by_itself(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    mine = answer(await world.bora.click(world.message(poll), label="My vote"))
    await world.mina.delete(world.message(poll))
    await world.bora.select(mine, ["1"], custom_id=menus(mine)[0]["custom_id"])
    await world.env.advance_time(120)
    assert cards(world) == []
    assert (await stored(world)).tally == (0, 1)
    assert (await stored(world)).message_id == poll


async def test_a_matchup_whose_message_was_deleted_comes_back_with_the_next_vote_and_goes_on_there(
    world: World,
) -> None:
    await brackets.playing(world)
    shown = await brackets.vote(world, (world.bora, "A"))
    mine = answer(await world.bora.click(shown, label="My vote"))
    before = await brackets.on_now(world)
    await world.mina.delete(shown)
    await world.bora.select(mine, ["1"], custom_id=menus(mine)[0]["custom_id"])
    await world.env.advance_time(10)
    (back,) = brackets.open_matchups(world)
    assert back.id != shown.id
    assert "1 (100%)" in texts(back)
    now = await brackets.on_now(world)
    assert (now.id, now.message_id) == (before.id, back.id)
    assert now.closes_at == before.closes_at, "the time of a matchup begins once"
    await brackets.vote(world, (world.mina, "B"))
    await world.env.advance_time(brackets.OVER)
    assert "goes on" in texts(world.message(back.id))
