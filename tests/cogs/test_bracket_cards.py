"""The card of a bracket and its open matchup come back, whatever happened to them."""

import asyncio
from datetime import timedelta

import pytest
from discord import app_commands

from bot.domain.bracket import BracketWish
from bot.domain.texts import Language
from bot.services.brackets import BracketService
from tests.cogs.brackets import (
    MAINS,
    lead,
    name_of,
    nominate,
    on_now,
    open_matchups,
    playing,
    shown,
    start,
    stored,
    vote,
)
from tests.cogs.polls import change, links
from tests.cogs.world import World, answer, texts


@pytest.mark.parametrize("look", ["Bracket", "Manage", "command"])
async def test_whoever_looks_brings_a_matchup_back_that_was_deleted(world: World, look: str) -> None:
    card = await playing(world, matchup="2h")
    await world.mina.delete(await vote(world, (world.alice, "B")))
    assert open_matchups(world) == []
    if look == "command":
        await world.alice.slash(world.channel, "ship bracket show")
    else:
        await world.alice.click(world.message(card), label=look)
    await world.env.advance_time(10)
    [again] = open_matchups(world)
    assert (await on_now(world)).message_id == again.id
    assert links(world.message(card))[0].endswith(str(again.id))
    assert "2 (100%)" in texts(await vote(world, (world.bora, "B")))


async def test_whoever_looks_brings_a_card_back_that_was_deleted(world: World) -> None:
    card = await playing(world, matchup="2h")
    await world.mina.delete(world.message(card))
    await world.alice.slash(world.channel, "ship bracket show")
    await world.env.advance_time(10)
    [again] = shown(world, "Couples’ world cup")
    assert (await stored(world)).message_id == again.id


async def test_a_bracket_that_was_started_just_before_the_plug_was_pulled_shows_itself(world: World) -> None:
    wish = BracketWish("Lost", 4, timedelta(hours=1), timedelta(minutes=10))
    await world.bot.services.brackets.start(
        wish,
        guild_id=world.guild.id,
        channel_id=world.channel.id,
        creator_id=world.alice.id,
        request_id=5,
        locale=Language.ENGLISH,
        roles=frozenset(),
        is_manager=False,
        now=world.env.backend.clock.now(),
    )
    await world.restart()
    await world.env.advance_time(5)
    assert world.channel.last_message is None, "another process may be about to post it"
    await world.env.advance_time(10)
    [card] = shown(world, "## Lost")
    assert "You have nominated" in await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(10)
    assert name_of(MAINS[0]) in texts(world.message(card.id))
    await world.env.advance_time(3_600)
    assert len(open_matchups(world)) == 1


async def test_a_card_that_was_sent_but_not_noted_is_learned_from_a_press_on_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as at_the_note:
        at_the_note.setattr(BracketService, "shown", killed)
        await world.alice.slash(world.channel, "ship bracket start", name="Lost", size=4, nominations="1h")
    assert (await stored(world)).message_id is None
    await world.restart()
    await world.bora.click(world.last, label="My nominations")
    await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(60)
    [card] = shown(world, "## Lost")
    assert (await stored(world)).message_id == card.id
    assert name_of(MAINS[0]) in texts(card)


async def test_a_page_of_a_round_is_not_taken_for_the_card(world: World) -> None:
    card = await playing(world)
    await world.env.advance_time(602)
    await world.env.advance_time(602)
    [page] = shown(world, "Semi-final: decided")
    change(world, "UPDATE bracket SET message_id = NULL")
    await world.bora.click(page, label="Bracket")
    assert (await stored(world)).message_id is None
    await world.mina.click(world.message(card), label="Manage")
    assert (await stored(world)).message_id == card


async def test_two_brackets_of_a_channel_are_both_drawn_in_the_end(world: World) -> None:
    first = await start(world, name="First")
    await nominate(world, world.bora, MAINS[0])
    await lead(world, world.alice, first, "End", "Yes: End")
    second = await start(world, name="Second")
    await nominate(world, world.bora, MAINS[1])
    await world.env.advance_time(60)
    assert "ended without a champion" in texts(world.message(first))
    assert name_of(MAINS[1]) in texts(world.message(second))


async def test_who_deletes_her_data_goes_from_the_card_as_well(world: World) -> None:
    card = await start(world)
    await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(10)
    assert str(world.alice.id) in texts(world.message(card))
    for member in (world.alice, world.bora):
        asked = answer(await member.slash(world.channel, "privacy delete"))
        await member.click(asked, label="Delete my data")
        await world.env.advance_time(10)
    assert str(world.alice.id) not in texts(world.message(card))
    assert name_of(MAINS[0]) not in texts(world.message(card))
    world.bot.dispatch("bracket_changed", 404)
    await world.env.advance_time(10)


async def test_the_options_say_what_they_do_where_couples_are_drawn(world: World) -> None:
    ship = world.bot.tree.get_command("ship")
    assert isinstance(ship, app_commands.Group)
    bracket = ship.get_command("bracket")
    assert isinstance(bracket, app_commands.Group)
    command = bracket.get_command("start")
    assert isinstance(command, app_commands.Command)
    said = {option.name: str(option.description) for option in command.parameters}
    assert "if they do" in said["nominations"]
    assert "drawn ones get theirs at random" in said["seeding"]
