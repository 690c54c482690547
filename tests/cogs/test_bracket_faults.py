"""A bracket whose messages, channel or permissions go: what members see, and how it goes on."""

from datetime import timedelta

import discord

from bot.domain.bracket import Phase
from tests.cogs.brackets import (
    MAINS,
    OVER,
    lead,
    matchup,
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
from tests.cogs.polls import change, links, pictures, refuse, relent
from tests.cogs.world import World, answer, buttons, texts

GIVEN_UP = 2400
"""Seconds after which what Discord refuses again and again is given up."""


async def test_a_card_that_is_deleted_comes_back_with_the_next_nomination(world: World) -> None:
    card = await start(world)
    await world.mina.delete(world.message(card))
    await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(10)
    assert f"1\\. {name_of(MAINS[0])} · 1" in texts(world.last)
    assert world.last.id != card
    await nominate(world, world.alice, MAINS[0])
    await world.env.advance_time(10)
    assert len(shown(world, "Couples of 2026")) == 1
    assert f"1\\. {name_of(MAINS[0])} · 2" in texts(world.last)


async def test_a_card_that_is_deleted_while_it_plays_comes_back_with_the_next_matchup(world: World) -> None:
    card = await playing(world)
    await world.mina.delete(world.message(card))
    await world.env.advance_time(OVER)
    [again] = shown(world, "Couples’ world cup")
    assert "Semi-final: 1 of 2 decided" in texts(again)
    assert links(again)[0].endswith(str((await matchup(world)).id))


async def test_a_matchup_that_is_deleted_is_decided_by_the_votes_it_had_and_shown_anew(world: World) -> None:
    await playing(world)
    message = await vote(world, (world.alice, "B"))
    await world.mina.delete(message)
    await world.env.advance_time(OVER)
    assert len(shown(world, f"{name_of(MAINS[3])} goes on")) == 1
    assert len(open_matchups(world)) == 1


async def test_going_on_brings_a_matchup_back_that_was_deleted(world: World) -> None:
    card = await playing(world)
    await world.mina.delete(await vote(world, (world.alice, "B")))
    await lead(world, world.alice, card, "Pause")
    await lead(world, world.alice, card, "Go on")
    await world.env.advance_time(10)
    again = await vote(world, (world.bora, "B"))
    assert "2 (100%)" in texts(again)
    assert len(open_matchups(world)) == 1


async def test_a_matchup_that_could_not_be_posted_twice_comes_later_and_has_all_its_time(world: World) -> None:
    await playing(world)
    refuse(world, "POST", 403, 50013, times=2)
    world.forgive(discord.HTTPException)
    await world.env.advance_time(OVER)
    assert open_matchups(world) == []
    await world.env.advance_time(30)
    assert len(open_matchups(world)) == 1
    poll = await on_now(world)
    assert poll.closes_at is not None
    assert poll.closes_at - world.env.backend.clock.now() > timedelta(minutes=9)


async def test_without_the_permission_to_post_the_bracket_stops_says_why_and_goes_on_when_it_is_back(
    world: World,
) -> None:
    card = await playing(world)
    refuse(world, "*", 403, 50013)
    world.forgive(discord.HTTPException)
    await world.env.advance_time(OVER + GIVEN_UP)
    assert (await stored(world)).phase is Phase.PAUSED
    page = answer(await world.alice.click(world.message(card), label="Manage"))
    assert f"I could not post in <#{world.channel.id}>: I may not write there, or it is gone." in texts(page)
    assert "Go on" in buttons(page)
    relent(world)
    await world.alice.click(page, label="Go on")
    await world.env.advance_time(10)
    assert len(shown(world, "goes on as the higher seed")) == 1
    assert len(open_matchups(world)) == 1
    assert "Semi-final: 1 of 2 decided" in texts(world.message(card))
    page = answer(await world.alice.click(world.message(card), label="Manage"))
    assert "I could not post" not in texts(page)


async def test_a_bracket_whose_channel_is_gone_can_be_ended_from_another_one(world: World) -> None:
    await playing(world)
    world.env.backend.delete_channel(world.channel.id)
    world.forgive(discord.HTTPException)
    await world.env.advance_time(OVER + GIVEN_UP)
    elsewhere = world.guild.create_text_channel("elsewhere")
    found = await world.alice.slash(elsewhere, "ship bracket show")
    await world.env.settle()
    page = answer(await world.alice.click(answer(found), label="Manage"))
    assert "I could not post" in texts(page)
    asked = answer(await world.alice.click(page, label="End"))
    ended = answer(await world.alice.click(asked, label="Yes: End"))
    assert "ended without a champion" in texts(ended)
    assert (await stored(world)).phase is Phase.ENDED


async def test_a_champion_that_could_not_be_shown_is_shown_when_somebody_looks(world: World) -> None:
    card = await playing(world)
    for _matchup in range(2):
        await world.env.advance_time(OVER)
    refuse(world, "POST", 403, 50013, path=f"/channels/{world.channel.id}/messages")
    world.forgive(discord.HTTPException)
    await world.env.advance_time(OVER + GIVEN_UP)
    assert shown(world, "🏆") == []
    relent(world)
    await world.bora.slash(world.channel, "ship bracket show")
    await world.env.advance_time(10)
    assert len(shown(world, "🏆")) == 1
    assert f"Champion: {name_of(MAINS[0])}" in texts(world.message(card))


async def test_where_adlib_may_not_attach_files_a_round_is_shown_in_words(world: World) -> None:
    await playing(world)
    await world.env.advance_time(OVER)
    refuse(world, "POST", 403, 50013, times=1, path=f"/channels/{world.channel.id}/messages")
    await world.env.advance_time(OVER)
    [message] = shown(world, "Semi-final: decided")
    assert pictures(message) == []
    assert f"In the Final: {name_of(MAINS[0])} and {name_of(MAINS[1])}" in texts(message)


async def test_a_card_in_a_thread_that_went_to_the_archive_is_posted_anew(world: World) -> None:
    card = await playing(world)
    path = f"/channels/{world.channel.id}/messages/{card}"
    refuse(world, "PATCH", 400, 50083, times=1, path=path)
    await world.env.advance_time(OVER)
    assert (await stored(world)).message_id != card
    assert "Semi-final: 1 of 2 decided" in texts(world.last)


async def test_an_old_message_that_may_not_be_edited_now_holds_up_nothing(world: World) -> None:
    card = await playing(world)
    message = await vote(world, (world.alice, "B"))
    for old in (card, message.id):
        refuse(world, "PATCH", 429, 30046, times=None, path=f"/channels/{world.channel.id}/messages/{old}")
    world.forgive(discord.HTTPException)
    await world.env.advance_time(OVER)
    assert len(open_matchups(world)) == 2, "the old one still looks open"
    relent(world)
    await world.env.advance_time(130)
    assert f"{name_of(MAINS[3])} goes on" in texts(world.message(message.id))
    assert "Semi-final: 1 of 2 decided" in texts(world.message(card))


async def test_nominations_that_ended_while_adlib_was_away_end_at_its_return(world: World) -> None:
    card = await start(world, nominations="1h")
    await nominate(world, world.alice, *MAINS[:3])
    await world.restart(away=timedelta(days=2))
    await world.env.advance_time(6)
    assert len(open_matchups(world)) == 1
    assert len((await stored(world)).standing) == 4, "filled up from the dramas"
    assert "**On now:**" in texts(world.message(card))


async def test_a_matchup_that_was_posted_but_not_noted_begins_with_the_first_vote(world: World) -> None:
    await playing(world)
    message = await matchup(world)
    await world.restart()
    change(world, "UPDATE poll SET message_id = NULL, closes_at = NULL")
    change(world, "DELETE FROM job")
    await world.alice.click(world.message(message.id), label="Vote B")
    assert (await on_now(world)).message_id == message.id
    await world.env.advance_time(OVER)
    assert f"{name_of(MAINS[3])} goes on" in texts(world.message(message.id))


async def test_a_card_that_was_sent_but_not_noted_does_not_stop_the_bracket(world: World) -> None:
    await start(world)
    change(world, "UPDATE bracket SET message_id = NULL")
    await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(10)
    assert (await stored(world)).message_id == world.last.id
    assert f"1\\. {name_of(MAINS[0])} · 1" in texts(world.last)


async def test_a_card_that_discord_does_not_take_as_an_answer_is_posted(world: World) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await world.alice.slash(world.channel, "ship bracket start", name="Couples of 2026")
    await world.env.settle()
    assert "## Couples of 2026" in texts(world.last)
    assert (await stored(world)).message_id == world.last.id
