"""A bracket that plays: to its champion by itself, through restarts, with a tie, a repeat, a pause."""

from datetime import timedelta

import discord
from simcord.actors import MemberActor

from bot.domain.bracket import Phase
from tests.cogs.brackets import (
    MAINS,
    OVER,
    lead,
    matchup,
    name_of,
    on_now,
    open_matchups,
    playing,
    shown,
    start,
    stored,
    vote,
)
from tests.cogs.polls import links, pictures
from tests.cogs.shelves import follow
from tests.cogs.world import World, answer, buttons, texts


def pair(message: discord.Message) -> list[str]:
    """The couples of a matchup, as its message names them."""
    return [line.split("·", 1)[1].strip(" *") for line in texts(message).splitlines() if line[:5] in ("**A ·", "**B ·")]


async def decided(world: World, *votes: tuple[MemberActor, str]) -> str:
    """Vote in the matchup that is on and let its time pass; return what its message says then."""
    message = await vote(world, *votes)
    await world.env.advance_time(OVER)
    return texts(world.message(message.id))


async def test_sixteen_couples_play_to_their_champion_through_a_tie_a_repeat_a_pause_and_two_restarts(
    world: World,
) -> None:
    card = await playing(world, MAINS[:16])
    alice, bora, mina = world.alice, world.bora, world.mina
    assert "Round of 16: 0 of 8 decided" in texts(world.message(card))

    first = pair(await matchup(world))
    assert first == [name_of(MAINS[0]), name_of(MAINS[15])]
    assert f"{first[1]} goes on" in await decided(world, (alice, "B"), (bora, "B"), (mina, "A"))

    second = pair(await matchup(world))
    tied = await decided(world, (alice, "A"), (bora, "B"))
    assert f"A tie: {second[0]} goes on as the higher seed" in tied
    assert f"In the Quarter-final: {first[1]} and {second[0]}" in texts(world.message(card))

    await world.restart()  # between two votes
    third = pair(await vote(world, (alice, "A")))
    assert f"{third[0]} goes on" in await decided(world, (bora, "A"))

    old = shown(world, f"{third[0]} goes on")[0]
    await lead(world, alice, card, "Repeat", "Yes: Repeat")
    await world.env.advance_time(6)
    assert "This vote was called off" in texts(world.message(old.id))
    assert pair(await matchup(world)) == third
    assert f"{third[1]} goes on" in await decided(world, (alice, "B"))

    await vote(world, (alice, "A"))
    paused = await lead(world, mina, card, "Pause")
    assert "It is paused." in texts(answer(paused))
    await world.env.advance_time(7200)
    standing = await matchup(world)
    assert "Paused" in texts(standing)
    assert "· paused" in texts(world.message(card))
    world.post_click(bora, standing, f"v1:vote:{(await on_now(world)).id}:1")  # her app shows it as it was
    await world.env.settle()
    await lead(world, mina, card, "Go on")
    await world.env.advance_time(6)
    poll = await on_now(world)
    assert poll.tally == (1, 0), "a vote in the pause does not count"
    assert poll.paused_at is None

    await world.restart(away=timedelta(hours=3))  # the matchup should have ended long ago
    await world.env.advance_time(2)
    late = world.message(standing.id)
    assert "goes on" in texts(late)
    assert "Closed late" in texts(late)

    for _matchup in range(4):
        assert "goes on" in await decided(world, (alice, "A"))
    assert (await stored(world)).complete == 1
    rounds = shown(world, "Round of 16: decided")
    assert len(rounds) == 1
    assert len(pictures(rounds[0])) == 1
    assert texts(rounds[0]).count("♥") == 8

    for _matchup in range(7):
        assert (await stored(world)).phase is Phase.PLAYING
        await decided(world, (alice, "B"), (bora, "B"))
    bracket = await stored(world)
    assert bracket.phase is Phase.FINISHED
    assert bracket.champion is not None
    assert [len(shown(world, f"{stage}: decided")) for stage in ("Quarter-final", "Semi-final")] == [1, 1]
    whole, champion = shown(world, "The whole bracket")[0], world.last
    assert whole.id < champion.id
    name = bracket.champion.option.label.en
    assert f"# 🏆 {name}" in texts(champion)
    assert "Champion of Couples of 2026" in texts(champion)
    couple = await follow(alice, champion, name)
    assert texts(answer(couple)).startswith(f"## {name}")
    assert name in pictures(champion)[0]["description"]
    assert "Final: 2–0 against " in pictures(champion)[0]["description"]
    assert f"Champion: {name}" in texts(world.message(card))
    assert open_matchups(world) == []


async def test_after_a_round_the_words_of_its_picture_say_the_results_and_who_meets_next(world: World) -> None:
    await playing(world)
    await decided(world, (world.alice, "A"), (world.bora, "A"), (world.mina, "B"))
    await decided(world, (world.alice, "B"))
    [picture] = pictures(shown(world, "Semi-final: decided")[0])
    first, second, third, fourth = (name_of(couple) for couple in MAINS[:4])
    said = picture["description"]
    assert f"{first} beats {fourth} 2–1" in said
    assert f"{third} beats {second} 1–0" in said
    assert f"Final: {first} against {third}." in said


async def test_five_couples_leave_the_best_three_without_a_first_matchup(world: World) -> None:
    card = await playing(world, MAINS[:5])
    assert "Quarter-final: 0 of 1 decided" in texts(world.message(card))
    assert pair(await matchup(world)) == [name_of(MAINS[3]), name_of(MAINS[4])]
    await decided(world, (world.alice, "A"))
    [picture] = pictures(shown(world, "Quarter-final: decided")[0])
    assert f"{name_of(MAINS[0])} goes on without a vote" in picture["description"]


async def test_the_card_always_says_what_is_on_and_leads_there(world: World) -> None:
    card = await playing(world)
    poll = await on_now(world)
    assert poll.closes_at is not None
    assert f"It closes <t:{round(poll.closes_at.timestamp())}:R>" in texts(world.message(card))
    here = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/"
    assert links(world.message(card)) == [f"{here}{poll.message_id}"]
    for _matchup in range(2):
        await decided(world, (world.alice, "A"))
    assert "then the champion is known" in texts(world.message(card))
    await decided(world, (world.alice, "A"))
    assert "A new one begins with /ship bracket start." in texts(world.message(card))
    assert list(buttons(world.message(card))) == ["Bracket", "Manage"]


async def test_a_matchup_says_from_its_first_moment_when_it_ends(world: World) -> None:
    await playing(world)
    poll = await on_now(world)
    assert poll.closes_at is not None
    assert poll.closes_at - poll.opened_at == timedelta(minutes=10)
    sent = [str(request.json) for request in world.env.http_requests if "Which couple goes on?" in str(request.json)]
    assert f"<t:{round(poll.closes_at.timestamp())}:R>" in sent[0]


async def test_whoever_leads_decides_a_matchup_before_its_time(world: World) -> None:
    card = await playing(world)
    message = await vote(world, (world.bora, "B"))
    await lead(world, world.alice, card, "Decide now", "Yes: Decide now")
    await world.env.advance_time(3)
    assert f"{name_of(MAINS[3])} goes on" in texts(world.message(message.id))
    assert pair(await matchup(world)) == [name_of(MAINS[1]), name_of(MAINS[2])]


async def test_the_final_is_voted_on_anew_where_whoever_leads_wants_that(world: World) -> None:
    card = await playing(world)
    for _matchup in range(3):
        await decided(world, (world.alice, "A"))
    assert "🏆" in texts(world.last)
    await lead(world, world.alice, card, "Repeat", "Yes: Repeat")
    await world.env.advance_time(6)
    assert "Final" in texts(await matchup(world))
    await decided(world, (world.alice, "B"))
    assert f"# 🏆 {name_of(MAINS[1])}" in texts(world.last)
    assert len(shown(world, "🏆")) == 2


async def test_an_ended_bracket_plays_no_more(world: World) -> None:
    card = await playing(world)
    message = await matchup(world)
    await lead(world, world.alice, card, "End", "Yes: End")
    await world.env.advance_time(OVER)
    assert "This vote was called off" in texts(world.message(message.id))
    assert "ended without a champion" in texts(world.message(card))
    assert open_matchups(world) == []
    gone = world.post_click(world.alice, world.message(card), "v1:bracket-move-now:1:resume:0")
    await world.env.settle()
    assert "not possible at this point" in texts(answer(gone))


async def test_the_private_page_shows_the_bracket_and_the_way_to_lead_it_to_whoever_may(world: World) -> None:
    card = await playing(world)
    for member, may in ((world.alice, True), (world.mina, True), (world.bora, False)):
        shown_page = await member.click(world.message(card), label="Bracket")
        await world.env.settle()
        page = answer(shown_page)
        assert shown_page.ephemeral
        assert len(pictures(page)) == 1
        assert "**On now:**" in texts(page)
        assert ("Manage" in buttons(page)) is may
    named = await world.bora.slash(world.channel, "ship bracket show", bracket="1")
    await world.env.settle()
    assert "## Couples of 2026" in texts(answer(named))


async def test_brackets_are_looked_up_and_listed_with_their_champions(world: World) -> None:
    none = await world.bora.slash(world.channel, "ship bracket list")
    assert "no bracket yet" in texts(answer(none))
    await playing(world)
    for _matchup in range(3):
        await decided(world, (world.alice, "A"))
    await start(world, name="The second")
    offered = await world.bora.autocomplete(world.channel, "ship bracket show", "bracket", "2026")
    assert [(choice["name"], choice["value"]) for choice in offered] == [
        (f"Couples of 2026 · Champion: {name_of(MAINS[0])}", "1")
    ]
    listed = await world.bora.slash(world.channel, "ship bracket list")
    assert listed.ephemeral
    said = texts(answer(listed))
    assert said.index("The second") < said.index(f"Champion: {name_of(MAINS[0])}")
    opened = await world.bora.click(answer(listed), custom_id="v1:bracket-show:1")
    await world.env.settle()
    assert "## Couples of 2026" in texts(answer(opened))
    unknown = await world.bora.slash(world.channel, "ship bracket show", bracket="99")
    assert "I find no such bracket here" in texts(answer(unknown))
