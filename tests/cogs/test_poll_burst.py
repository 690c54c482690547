"""Hundreds of members vote in the same instant."""

from collections import Counter

from tests.cogs.polls import LONG, answered, calls, look_at_few, open_poll, stored, vote_id
from tests.cogs.world import World, answer, texts

FANS = 500
MOST_EDITS = 4
"""Late edits of the card within half a minute, beside the answers to the clicks."""


async def test_five_hundred_clicks_in_the_same_instant_are_five_hundred_votes_and_few_edits(world: World) -> None:
    poll = await open_poll(world)
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(FANS)]
    message, before = world.message(poll), len(world.env.http_requests)
    pressed = [vote_id(message, "AAB"[number % 3]) for number in range(FANS)]
    clicks = [world.post_click(fan, message, custom_id) for fan, custom_id in zip(fans, pressed, strict=True)]
    await answered(world, clicks)
    await world.env.advance_time(30)
    assert all(click.acknowledged for click in clicks)
    tally = Counter(pressed)
    voted = await stored(world)
    assert (voted.tally, voted.voters) == (tuple(tally[vote_id(message, letter)] for letter in "AB"), FANS)
    shown = texts(world.message(poll))
    assert "500 votes" in shown
    assert "334 (67%)" in shown
    assert "166 (33%)" in shown
    made = Counter(calls(world, before))
    assert made["POST interactions"] == FANS
    assert made["PATCH channels"] <= MOST_EDITS
    look_at_few(world, before)
    await world.env.advance_time(LONG)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))


async def test_a_hundred_hidden_votes_at_once_are_a_hundred_receipts_and_few_edits(world: World) -> None:
    poll = await open_poll(world, votes="hidden")
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(100)]
    message, before = world.message(poll), len(world.env.http_requests)
    clicks = [world.post_click(fan, message, vote_id(message, "B")) for fan in fans]
    await answered(world, clicks)
    await world.env.advance_time(30)
    assert all(click.ephemeral and texts(answer(click)).startswith("Counted.") for click in clicks)
    assert (await stored(world)).tally == (0, 100)
    assert "100 votes" in texts(world.message(poll))
    assert 1 <= calls(world, before).count("PATCH channels") <= MOST_EDITS
    look_at_few(world, before)


async def test_fifty_presses_of_one_member_are_one_vote(world: World) -> None:
    poll = await open_poll(world)
    message = world.message(poll)
    clicks = [world.post_click(world.bora, message, vote_id(message, "A")) for _ in range(50)]
    await answered(world, clicks)
    await world.env.advance_time(10)
    assert [click.ephemeral for click in clicks].count(False) == 1
    assert (await stored(world)).tally == (1, 0)
    assert "1 (100%)" in texts(world.message(poll))


async def test_a_storm_of_late_clicks_on_a_closed_poll_draws_it_once(world: World) -> None:
    poll = await open_poll(world)
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(50)]
    await fans[0].click(world.message(poll), label="Vote A")
    press = vote_id(world.message(poll), "B")
    await world.env.advance_time(LONG)
    before = len(world.env.http_requests)
    late = [world.post_click(fan, world.message(poll), press) for fan in fans]
    await answered(world, late)
    await world.env.advance_time(30)
    assert {texts(click.followups[0]) for click in late} == {"This poll is closed; your vote was not counted."}
    assert calls(world, before).count("PATCH channels") == 1
    assert (await stored(world)).tally == (1, 0)
