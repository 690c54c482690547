"""Votes of members who have left, where a guild does not want to count them."""

import asyncio

import pytest

from tests.cogs import brackets
from tests.cogs.polls import LONG, TWENTY, calls, change, open_poll, over, stored, vote
from tests.cogs.world import World, texts

LEFT = "The votes of 1 member who left are not counted."
MEMBER = "/guilds/*/members/*"


@pytest.fixture(autouse=True)
async def dropped(world: World) -> None:
    await world.bot.services.settings.set_drop_leavers(world.guild.id, True, is_manager=True)


async def test_votes_of_who_left_are_dropped_at_the_close_and_the_card_says_so(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.mina, "A"), (world.bora, "B"))
    world.guild.remove_member(world.bora)
    await world.env.settle()
    assert "3 votes" in texts(world.message(poll))
    await world.env.advance_time(LONG)
    assert (await stored(world)).tally == (2, 0)
    assert "2 votes · This poll is closed." in texts(world.message(poll))
    assert LEFT in texts(world.message(poll))


async def test_all_votes_of_who_left_are_dropped_in_a_poll_of_several(world: World) -> None:
    poll = await open_poll(world, TWENTY[:4], choices=3, votes="public")
    await vote(world, poll, (world.alice, "A"), (world.bora, "A"), (world.bora, "B"), (world.bora, "C"))
    world.guild.remove_member(world.bora)
    await world.env.advance_time(LONG)
    assert (await stored(world)).tally == (1, 0, 0, 0)
    assert (await stored(world)).voters == 1
    assert LEFT in texts(world.message(poll))


async def test_a_vote_of_who_left_may_decide_by_its_absence(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    world.guild.remove_member(world.bora)
    await world.env.advance_time(LONG)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))


async def test_where_everybody_left_nobody_voted(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "B"))
    world.guild.remove_member(world.bora)
    await world.env.advance_time(LONG)
    assert "## Nobody voted" in texts(world.message(poll))
    assert LEFT in texts(world.message(poll))


async def test_votes_stay_where_the_guild_wants_that(world: World) -> None:
    await world.bot.services.settings.set_drop_leavers(world.guild.id, False, is_manager=True)
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "B"))
    world.guild.remove_member(world.bora)
    before = len(world.env.http_requests)
    await world.env.advance_time(LONG)
    assert (await stored(world)).tally == (0, 1)
    assert "who left" not in texts(world.message(poll))
    assert "GET guilds" not in calls(world, before)


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (404, 10004)])
async def test_votes_stay_where_discord_does_not_say_who_left(world: World, status: int, code: int) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "B"))
    world.guild.remove_member(world.bora)
    world.env.inject_error("GET", MEMBER, status=status, code=code, times=None)
    await world.env.advance_time(LONG)
    assert (await stored(world)).tally == (0, 1)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(world.message(poll))


async def test_discord_is_asked_again_when_it_does_not_say_for_a_moment(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    world.guild.remove_member(world.bora)
    world.env.inject_error("GET", MEMBER, status=503, times=2)
    await world.env.advance_time(LONG + 60)
    assert (await stored(world)).tally == (1, 0)
    assert LEFT in texts(world.message(poll))


async def test_a_poll_closes_in_minutes_although_discord_never_says_who_left(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "B"))
    world.env.inject_error("GET", MEMBER, status=503, times=None)
    await world.env.advance_time(LONG + 120)
    assert (await stored(world)).tally == (0, 1)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(world.message(poll))
    assert "Closed late" not in texts(world.message(poll))


async def test_a_restart_in_the_middle_of_asking_drops_each_vote_once(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    world.guild.remove_member(world.bora)
    world.env.inject_error("GET", MEMBER, status=503, times=2)
    await world.env.advance_time(LONG)
    await world.restart()
    await world.env.advance_time(60)
    assert (await stored(world)).dropped == 1
    assert (await stored(world)).tally == (1, 0)


async def unheard(*_: object) -> None:
    """Discord does not answer for a day."""
    await asyncio.sleep(86_400)


async def test_a_poll_closes_with_all_its_votes_although_discord_does_not_answer_at_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"), (world.mina, "B"))
    world.guild.remove_member(world.bora)
    monkeypatch.setattr(world.bot.http, "get_member", unheard)
    await world.env.advance_time(LONG)
    assert (await stored(world)).closed_at is None, "it is asked some times first"
    await world.env.advance_time(180)
    closed = await stored(world)
    assert (closed.tally, closed.dropped) == ((1, 2), 0)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(world.message(poll))
    assert len(over(world)) == 1


async def test_an_answer_that_comes_at_a_later_try_drops_who_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    world.guild.remove_member(world.bora)
    with monkeypatch.context() as silent:
        silent.setattr(world.bot.http, "get_member", unheard)
        await world.env.advance_time(LONG)
    await world.env.advance_time(60)
    assert (await stored(world)).tally == (1, 0)
    assert LEFT in texts(world.message(poll))


async def test_a_poll_whose_close_fails_again_and_again_is_closed_in_the_end_and_a_press_shows_it(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    change(world, "CREATE TRIGGER full BEFORE UPDATE ON ballot BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    old = world.message(poll)
    await world.env.advance_time(LONG)
    assert (await stored(world)).closed_at is None
    await world.env.advance_time(1_800)
    closed = await stored(world)
    assert closed.closed_at is not None
    assert closed.tally == (1, 0)
    late = world.post_click(world.mina, old, "v1:vote:1:1")
    await world.env.settle()
    assert [texts(told) for told in late.followups] == ["This poll is closed; your vote was not counted."]
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))


async def test_a_matchup_is_decided_although_discord_does_not_answer_at_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await brackets.playing(world)
    await brackets.vote(world, (world.bora, "B"))
    first = await brackets.on_now(world)
    world.guild.remove_member(world.bora)
    monkeypatch.setattr(world.bot.http, "get_member", unheard)
    await world.env.advance_time(brackets.OVER + 60)
    decided = await stored(world, first.id)
    assert decided.closed_at is not None
    assert (decided.tally, decided.dropped) == ((0, 1), 0)
    assert (await brackets.on_now(world)).id != first.id
