"""Ship polls where Discord refuses: permissions, threads, edits of old messages, an answer that does not arrive."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle

from tests.cogs.polls import (
    GOBLIN,
    HARI,
    LONG,
    calls,
    change,
    numbered,
    open_poll,
    over,
    pictures,
    refuse,
    relent,
    stored,
    vote,
    vote_id,
)
from tests.cogs.world import World, answer, buttons, texts

LATE = "This poll is closed; your vote was not counted."
OLD_MESSAGES, ARCHIVED, LOCKED, UNKNOWN_INTERACTION = 30046, 50083, 160005, 10062


@pytest.mark.parametrize("code", [50013, 50001])
async def test_a_permission_that_is_gone_at_the_close_and_back_within_minutes_shows_the_end(
    world: World, code: int
) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    refuse(world, "*", 403, code)
    await world.env.advance_time(LONG + 60)
    assert "Vote A" in buttons(world.message(poll))
    assert (await stored(world)).closed_at is not None
    relent(world)
    await world.env.advance_time(timedelta(minutes=10).total_seconds())
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert "Closed late" not in texts(world.message(poll))
    assert len(over(world)) == 1


async def test_a_card_that_could_not_be_closed_mends_itself_at_the_next_press_and_gets_its_picture(
    world: World,
) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    refuse(world, "*", 403, 50013)
    await world.env.advance_time(timedelta(hours=1).total_seconds())
    old = world.message(poll)
    assert "Vote A" in buttons(old)
    late = await world.bora.click(old, label="Vote B")
    assert [texts(message) for message in late.followups] == [LATE]
    assert late.followups[0].ephemeral
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert buttons(world.message(poll)) == {}
    relent(world)
    again = world.post_click(world.bora, old, "v1:vote:1:1")
    await world.env.settle()
    await world.env.advance_time(90)
    assert [texts(message) for message in again.followups] == [LATE]
    assert len(pictures(world.message(poll))) == 1


async def test_an_archived_thread_is_opened_by_the_result_posted_anew(world: World) -> None:
    thread = a_thread(world)
    poll = await open_in(world, thread)
    await world.alice.click(thread.history()[-1], label="Vote A")
    world.env.inject_error("PATCH", f"/channels/{thread.id}/messages/*", status=400, code=ARCHIVED, times=None)
    await world.env.advance_time(LONG)
    shown = thread.history()[-1]
    assert shown.id != poll
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(shown)
    assert len(pictures(shown)) == 1
    assert (await stored(world)).message_id == shown.id


async def test_a_locked_thread_gets_its_result_when_it_is_open_again(world: World) -> None:
    thread = a_thread(world)
    poll = await open_in(world, thread)
    world.env.inject_error("PATCH", f"/channels/{thread.id}/messages/*", status=400, code=ARCHIVED, times=None)
    world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=403, code=LOCKED, times=None)
    await world.env.advance_time(LONG + 30)
    assert thread.history()[-1].id == poll
    relent(world)
    await world.env.advance_time(timedelta(minutes=10).total_seconds())
    assert "Nobody voted" in texts(thread.history()[-1])


async def test_a_thread_needs_its_own_permission(world: World) -> None:
    me = world.env.bot.user
    assert me is not None
    quiet = world.guild.create_text_channel(
        "quiet", overwrites={me: discord.PermissionOverwrite(send_messages_in_threads=False)}
    )
    refused = await world.alice.slash(a_thread(world, quiet), "ship poll", **numbered([HARI, GOBLIN]))
    assert refused.ephemeral
    assert "Send Messages in Threads" in texts(answer(refused))
    assert await world.bot.services.ships.find(1) is None


async def test_while_edits_of_an_old_message_are_refused_votes_are_acknowledged_and_the_card_is_right_in_the_end(
    world: World,
) -> None:
    poll = await open_poll(world, votes="hidden", duration="5h")
    await world.env.advance_time(timedelta(hours=2).total_seconds())
    refuse(world, "PATCH", 400, OLD_MESSAGES, times=2)
    receipt = await world.bora.click(world.message(poll), label="Vote B")
    assert receipt.ephemeral
    assert texts(answer(receipt)).startswith("Counted.")
    await world.env.advance_time(5)
    assert "0 votes" in texts(world.message(poll))
    await world.env.advance_time(180)
    assert "1 vote ·" in texts(world.message(poll))


async def test_a_close_while_edits_of_old_messages_are_refused_is_shown_as_soon_as_they_are_not(world: World) -> None:
    poll = await open_poll(world, duration="2h")
    await vote(world, poll, (world.bora, "B"))
    refuse(world, "PATCH", 400, OLD_MESSAGES, times=4)
    await world.env.advance_time(timedelta(hours=2).total_seconds() + 5)
    assert (await stored(world)).closed_at is not None
    assert "Vote A" in buttons(world.message(poll))
    await world.env.advance_time(300)
    closed = world.message(poll)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(closed)
    assert "Closed late" not in texts(closed)
    assert len(pictures(closed)) == 1
    assert len(over(world)) == 1


@pytest.mark.parametrize(("status", "code"), [(400, OLD_MESSAGES), (500, 0), (404, 10008)])
async def test_a_click_whose_own_update_is_refused_is_acknowledged_privately_and_the_card_follows(
    world: World, status: int, code: int
) -> None:
    poll = await open_poll(world)
    refuse(world, "POST", status, code, times=1, path="/interactions/*")
    told = await world.bora.click(world.message(poll), label="Vote B")
    assert told.ephemeral
    assert texts(answer(told)) == "Counted. You voted for Ji Eun-tak ♥ Kim Shin."
    await world.env.advance_time(10)
    assert "1 (100%)" in texts(world.message(poll))


async def test_a_click_that_is_answered_too_late_is_counted_and_the_card_follows(world: World) -> None:
    poll = await open_poll(world)
    refuse(world, "POST", 404, UNKNOWN_INTERACTION, path="/interactions/*")
    await world.bora.click(world.message(poll), label="Vote B")
    relent(world)
    await world.env.advance_time(10)
    assert "1 (100%)" in texts(world.message(poll))


async def test_a_poll_whose_announcement_comes_too_late_stands_in_the_channel_all_the_same(world: World) -> None:
    refuse(world, "POST", 404, UNKNOWN_INTERACTION, times=1, path="/interactions/*")
    await world.alice.slash(world.channel, "ship poll", **numbered([HARI, GOBLIN]), duration="10m")
    poll = world.last
    assert (await stored(world)).message_id == poll.id
    await vote(world, poll.id, (world.bora, "A"))
    await world.env.advance_time(LONG)
    assert "The winner" in texts(world.message(poll.id))


async def test_a_poll_of_which_two_messages_stand_is_right_in_the_one_that_counts(world: World) -> None:
    first = await open_poll(world)
    second = answer(await world.alice.slash(world.channel, "ship results", poll="1")).id
    change(world, f"UPDATE poll SET message_id = {first}")
    world.env.backend.edit_message(world.channel.id, first, {"components": raw(world, second)})
    await vote(world, second, (world.bora, "B"))
    await world.env.advance_time(10)
    assert "1 (100%)" in texts(world.message(second))
    assert "1 (100%)" in texts(world.message(first))


async def test_a_poll_that_closes_while_it_is_posted_again_ends_in_its_new_place_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_poll(world)
    ships, closing = world.bot.services.ships, world.bot.services.closing
    noted = ships.shown

    async def closed_meanwhile(poll_id: int, channel_id: int, message_id: int) -> None:
        await closing.close(poll_id, world.env.now())
        await noted(poll_id, channel_id, message_id)

    monkeypatch.setattr(ships, "shown", closed_meanwhile)
    moved = answer(await world.mina.slash(world.channel, "ship results", poll="1"))
    await world.env.advance_time(10)
    assert "Nobody voted" in texts(world.message(moved.id))
    assert buttons(world.message(moved.id)) == {}


async def test_the_line_below_is_not_said_twice_when_it_was_refused_for_now(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    refuse(world, "POST", 500, 0, times=1)
    await world.env.advance_time(LONG + 30)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert len(over(world)) == 1
    nonces = [
        (request.json or {}).get("nonce")
        for request in world.env.http_requests
        if request.method == "POST" and request.path == f"/channels/{world.channel.id}/messages"
    ]
    assert nonces == ["over-1", "over-1"], "Discord takes the second for the first, had that arrived"


async def test_a_late_edit_that_is_refused_for_good_is_not_tried_for_ever(world: World) -> None:
    poll = await open_poll(world, votes="hidden", duration="7d")
    refuse(world, "PATCH", 403, 50013)
    await vote(world, poll, (world.bora, "B"))
    await world.env.advance_time(600)
    assert calls(world).count("PATCH channels") == 1
    press = world.post_click(world.mina, world.message(poll), vote_id(world.message(poll), "A"))
    await world.env.settle()
    assert press.ephemeral


def a_thread(world: World, channel: ChannelHandle | None = None) -> ChannelHandle:
    """A thread in the channel."""
    parent = channel or world.channel
    world.env.backend.create_thread(parent.id, "finale", world.alice.id)
    return parent.threads[-1]


async def open_in(world: World, thread: ChannelHandle) -> int:
    """Open a poll of ten minutes in a thread."""
    opened = await world.alice.slash(thread, "ship poll", **numbered([HARI, GOBLIN]), duration="10m")
    return answer(opened).id


def raw(world: World, message_id: int) -> list[dict[str, Any]]:
    """The components of a message as Discord keeps them."""
    return list(world.env.backend.get_message(world.channel.id, message_id).components)
