"""Ship polls through restarts and absence: what was due, what was half done, what is gone meanwhile."""

from datetime import timedelta

import pytest

from tests.cogs.polls import (
    LONG,
    TWENTY,
    calls,
    change,
    open_poll,
    over,
    pictures,
    refuse,
    relent,
    stored,
    vote,
    vote_id,
)
from tests.cogs.world import World, answer, buttons, menus, texts

HOUR = timedelta(hours=1)
LATE = "This poll is closed; your vote was not counted."


async def test_a_poll_that_was_due_while_adlib_was_away_closes_at_its_return_and_says_so(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    await world.restart(away=HOUR)
    await world.env.advance_time(1)
    closed = world.message(poll)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(closed)
    assert "Closed late; no vote after its time was counted." in texts(closed)
    assert len(pictures(closed)) == 1
    assert len(over(world)) == 1


async def test_no_vote_after_the_time_counts_even_before_adlib_has_closed_the_poll(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    old, press = world.message(poll), vote_id(world.message(poll), "B")
    change(world, "DELETE FROM job")
    await world.env.advance_time(LONG)
    late = world.post_click(world.bora, old, press)
    await world.env.settle()
    assert late.ephemeral
    assert texts(answer(late)) == LATE
    assert (await stored(world)).closed_at is None
    await world.mina.slash(world.channel, "ship close", poll="1")
    await world.env.advance_time(5)
    assert (await stored(world)).tally == (1, 0)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))


@pytest.mark.parametrize("couples", [2, 20])
async def test_old_buttons_and_menus_work_after_a_restart(world: World, couples: int) -> None:
    poll = await open_poll(world, TWENTY[:couples], votes="public")
    await world.restart()
    if couples == 2:
        await vote(world, poll, (world.alice, "A"))
    else:
        await world.alice.select(world.message(poll), ["0"])
    assert "1 (100%)" in texts(world.message(poll))
    await world.restart()
    mine = answer(await world.alice.click(world.message(poll), label="My vote"))
    await world.restart()
    await world.alice.select(mine, ["1"], custom_id=menus(mine)[0]["custom_id"])
    who = answer(await world.bora.click(world.message(poll), label="Who voted"))
    assert f"<@{world.alice.id}> · " in texts(who)
    await world.env.advance_time(10)
    assert (await stored(world)).tally[:2] == (0, 1)


async def test_a_form_that_was_open_through_a_restart_opens_its_poll(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    assert form.modal is not None
    offered = form.modal["components"][0]["component"]["options"]
    await world.restart()
    filled = {"duration": ["3600"], "secrecy": ["public"], "choices": ["1"]}
    opened = await world.alice.submit_modal(form, {**filled, "couples": [made["value"] for made in offered[:2]]})
    assert "Public" in texts(answer(opened))


async def test_killed_between_the_announcement_and_its_note_the_next_press_tells_which_message_it_is(
    world: World,
) -> None:
    poll = await open_poll(world)
    change(world, "UPDATE poll SET message_id = NULL")
    await world.restart()
    await vote(world, poll, (world.bora, "A"))
    assert (await stored(world)).message_id == poll
    await world.env.advance_time(LONG)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert len(over(world)) == 1


async def test_killed_between_the_announcement_and_its_note_with_no_press_the_result_is_posted(world: World) -> None:
    poll = await open_poll(world)
    change(world, "UPDATE poll SET message_id = NULL")
    await world.restart(away=HOUR)
    await world.env.advance_time(1)
    assert world.last.id != poll
    assert "## Nobody voted" in texts(world.last)
    assert over(world) == []
    old = world.message(poll)
    late = world.post_click(world.bora, old, vote_id(old, "A"))
    await world.env.settle()
    assert [texts(message) for message in late.followups] == [LATE]
    assert "## Nobody voted" in texts(world.message(poll))
    assert buttons(world.message(poll)) == {}


async def test_killed_between_closing_and_showing_the_end_is_shown_after_the_restart(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    refuse(world, "PATCH", 500, 0)
    await world.env.advance_time(LONG)
    assert (await stored(world)).closed_at is not None
    assert "Vote A" in buttons(world.message(poll))
    await world.restart()
    relent(world)
    await world.env.advance_time(120)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert len(over(world)) == 1


async def test_killed_while_closing_by_hand_closes_after_the_restart(world: World) -> None:
    poll = await open_poll(world, duration="7d")
    await vote(world, poll, (world.alice, "A"))
    await world.alice.slash(world.channel, "ship close", poll="1")
    await world.restart()
    await world.env.advance_time(5)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))


async def test_a_poll_whose_message_was_deleted_keeps_its_votes_and_posts_its_result_anew(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    await world.mina.delete(world.message(poll))
    await world.env.advance_time(LONG)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.last)
    assert len(pictures(world.last)) == 1
    assert over(world) == []
    assert (await stored(world)).message_id == world.last.id


async def test_an_open_poll_whose_message_was_deleted_comes_back_where_its_creator_asks_for_it(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    await world.mina.delete(world.message(poll))
    back = answer(await world.alice.slash(world.channel, "ship results", poll="1"))
    assert "1 (100%)" in texts(back)
    await vote(world, back.id, (world.bora, "A"))
    await world.env.advance_time(LONG)
    assert "The winner" in texts(world.message(back.id))
    assert (await stored(world)).tally == (2, 0)


async def test_a_poll_whose_channel_was_deleted_closes_quietly_and_is_shown_elsewhere_by_managers(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    lobby = world.guild.create_text_channel("lobby")
    world.env.backend.delete_channel(world.channel.id)
    await world.env.advance_time(LONG)
    tried = len(calls(world))
    await world.env.advance_time(LONG)
    assert len(calls(world)) == tried, "a channel that is gone is not asked for again"
    assert (await stored(world)).closed_at is not None
    shown = await world.mina.slash(lobby, "ship results", poll="1")
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(answer(shown))
    assert len(pictures(answer(shown))) == 1


async def test_a_poll_of_a_guild_that_was_left_is_there_when_adlib_comes_back(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    refuse(world, "*", 403, 50001, path="/channels/*")
    await world.restart(away=HOUR)
    await world.env.advance_time(HOUR.total_seconds())
    tried = len(calls(world))
    await world.env.advance_time(HOUR.total_seconds())
    assert len(calls(world)) == tried, "a guild that Adlib has left is not asked for ever"
    relent(world)
    shown = await world.bora.slash(world.channel, "ship results", poll="1")
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(answer(shown))
    assert "Closed late" in texts(answer(shown))


async def test_a_restart_in_the_middle_of_everything_loses_no_vote(world: World) -> None:
    live, hidden = await open_poll(world), await open_poll(world, TWENTY[:9], votes="hidden")
    await vote(world, live, (world.alice, "A"))
    await world.restart()
    await world.bora.select(world.message(hidden), ["3"])
    await world.restart()
    await vote(world, live, (world.bora, "A"))
    await world.alice.select(world.message(hidden), ["3"])
    await world.restart(away=timedelta(minutes=9))
    await vote(world, live, (world.mina, "B"))
    await world.env.advance_time(120)
    assert (await stored(world, 1)).tally == (2, 1)
    assert (await stored(world, 2)).tally == (0, 0, 0, 2, 0, 0, 0, 0, 0)
    for poll in (live, hidden):
        assert "The winner" in texts(world.message(poll))
        assert "Closed late" not in texts(world.message(poll))
    assert len(over(world)) == 2
