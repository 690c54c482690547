"""Whom ship polls reach: nobody in another guild, and in another channel only who carries them there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.cogs.polls import LONG, TWENTY, calls, change, open_poll, over, pictures, stored, vote
from tests.cogs.world import World, answer, buttons, texts

GONE = "This poll no longer exists."
ELSEWHERE = "That poll belongs to another channel. Only who started it, and managers, can take it from there."
TYPED = pytest.mark.parametrize(
    ("custom_id", "values"),
    [
        ("v1:vote:1:1", None),
        ("v1:vote-menu:1", ["1"]),
        ("v1:my-vote:1", None),
        ("v1:change-vote:1", ["1"]),
        ("v1:take-back:1", None),
        ("v1:voters:1:0", None),
    ],
    ids=["vote", "vote-menu", "my-vote", "change-vote", "take-back", "voters"],
)
"""Presses that name the first poll."""


def elsewhere(world: World) -> World:
    """The same Adlib in another guild, of which Bora is a member too."""
    guild = world.env.create_guild("Another club")
    bora = guild.add_member(world.bora.user)
    return replace(world, guild=guild, channel=guild.create_text_channel("lobby"), bora=bora)


async def pressed_elsewhere(world: World, custom_id: str, values: Sequence[str] | None) -> None:
    """Press something that names the first poll in another guild; see that it is refused and draws nothing there."""
    there = elsewhere(world)
    theirs = await open_poll(there, TWENTY[:9], by=there.bora, duration="7d")  # with a button and a menu
    shown, since = texts(there.message(theirs)), len(world.env.http_requests)
    refused = there.post_click(there.bora, there.message(theirs), custom_id, values)
    await world.env.settle()
    await world.env.advance_time(10)
    assert refused.ephemeral
    assert texts(answer(refused)) == GONE
    assert texts(there.message(theirs)) == shown
    assert calls(world, since) == ["POST interactions"]
    assert (await stored(world, 2)).message_id == theirs


@TYPED
async def test_a_press_in_another_guild_that_names_a_poll_by_hand_finds_no_poll(
    world: World, custom_id: str, values: Sequence[str] | None
) -> None:
    poll = await open_poll(world, votes="public", duration="1h")
    await vote(world, poll, (world.bora, "A"))
    before = await stored(world)
    await pressed_elsewhere(world, custom_id, values)
    assert await stored(world) == before
    mine = await world.bora.click(world.message(poll), label="My vote")
    assert "You voted for Shin Ha-ri ♥ Kang Tae-moo." in texts(answer(mine))


@TYPED
async def test_a_press_in_another_guild_does_not_become_the_message_of_a_poll_whose_own_is_not_known(
    world: World, custom_id: str, values: Sequence[str] | None
) -> None:
    await open_poll(world, votes="public", duration="1h")
    change(world, "UPDATE poll SET message_id = NULL")
    before = await stored(world)
    await pressed_elsewhere(world, custom_id, values)
    assert await stored(world) == before
    assert before.message_id is None


@TYPED
async def test_a_press_in_another_guild_that_names_a_closed_poll_shows_nothing_of_it(
    world: World, custom_id: str, values: Sequence[str] | None
) -> None:
    poll = await open_poll(world, votes="public")
    await vote(world, poll, (world.bora, "A"))
    await world.env.advance_time(LONG)
    await pressed_elsewhere(world, custom_id, values)


@pytest.mark.parametrize("member", ["alice", "mina"])
async def test_an_open_poll_that_stands_is_moved_by_who_started_it_and_by_managers(world: World, member: str) -> None:
    poll, lobby = await open_poll(world), world.guild.create_text_channel("lobby")
    await vote(world, poll, (world.bora, "A"))
    carrier: MemberActor = getattr(world, member)
    moved = answer(await carrier.slash(lobby, "ship results", poll="1"))
    assert "1 (100%)" in texts(moved)
    assert texts(world.message(poll)) == f"This poll has moved: {jump(world, lobby, moved.id)}"
    now = await stored(world)
    assert (now.channel_id, now.message_id) == (lobby.id, moved.id)


async def test_others_get_the_link_to_an_open_poll_that_stands_and_it_stays(world: World) -> None:
    poll = await open_poll(world)
    since = len(world.env.http_requests)
    told = await world.bora.slash(world.channel, "ship results", poll="1")
    assert told.ephemeral
    assert texts(answer(told)) == (
        f"This poll stands here: {jump(world, world.channel, poll)} Only who started it, and managers, can move it."
    )
    assert calls(world, since) == ["POST interactions"]
    assert list(buttons(world.message(poll))) == ["Vote A", "Vote B", "My vote"]
    assert (await stored(world)).message_id == poll


async def test_anybody_brings_back_an_open_poll_whose_message_is_not_known(world: World) -> None:
    await open_poll(world)
    change(world, "UPDATE poll SET message_id = NULL")
    back = await world.bora.slash(world.channel, "ship results", poll="1")
    assert not back.ephemeral
    assert (await stored(world)).message_id == answer(back).id


@pytest.mark.parametrize("command", ["ship results", "ship export"])
@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
async def test_from_another_channel_a_poll_is_not_taken_by_others(world: World, command: str, closed: bool) -> None:
    poll, lobby = await open_poll(world), world.guild.create_text_channel("lobby")
    await vote(world, poll, (world.bora, "A"))
    if closed:
        await world.env.advance_time(LONG)
    refused = await world.bora.slash(lobby, command, poll="1")
    assert refused.ephemeral
    assert texts(answer(refused)) == ELSEWHERE
    assert answer(refused).attachments == []
    assert lobby.last_message is None or lobby.last_message.id == answer(refused).id
    assert (await stored(world)).channel_id == world.channel.id


@pytest.mark.parametrize("member", ["alice", "mina"])
async def test_from_another_channel_who_started_it_and_managers_take_a_result_and_its_table(
    world: World, member: str
) -> None:
    poll, lobby = await open_poll(world), world.guild.create_text_channel("lobby")
    await vote(world, poll, (world.bora, "A"))
    await world.env.advance_time(LONG)
    carrier: MemberActor = getattr(world, member)
    copy = await carrier.slash(lobby, "ship results", poll="1")
    table = await carrier.slash(lobby, "ship export", poll="1")
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(answer(copy))
    assert [file.filename for file in answer(table).attachments] == ["poll-1.csv"]
    assert (await stored(world)).message_id == poll


async def test_in_its_own_channel_anybody_posts_a_result_and_takes_its_table(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    await world.env.advance_time(LONG)
    copy = await world.bora.slash(world.channel, "ship results", poll="1")
    table = await world.bora.slash(world.channel, "ship export", poll="1")
    assert not copy.ephemeral
    assert texts(answer(copy)) == texts(world.message(poll))
    assert len(pictures(answer(copy))) == 1
    assert [file.filename for file in answer(table).attachments] == ["poll-1.csv"]
    assert len(over(world)) == 1


async def test_a_member_is_offered_polls_of_the_channel_and_her_own_and_a_manager_all(world: World) -> None:
    lobby = world.guild.create_text_channel("lobby")
    await open_poll(world)
    await open_poll(world, by=world.bora)
    for command in ("ship close", "ship results", "ship export"):
        assert await offered(world.bora, lobby, command) == ["2"]
        assert await offered(world.alice, lobby, command) == ["1"]
        assert await offered(world.mina, lobby, command) == ["2", "1"]
        assert await offered(world.bora, world.channel, command) == ["2", "1"]


async def offered(member: MemberActor, channel: ChannelHandle, command: str) -> list[Any]:
    """The polls that a member is offered while she types."""
    return [choice["value"] for choice in await member.autocomplete(channel, command, "poll", "")]


def jump(world: World, channel: ChannelHandle, message_id: int) -> str:
    """The address of a message."""
    return f"https://discord.com/channels/{world.guild.id}/{channel.id}/{message_id}"
