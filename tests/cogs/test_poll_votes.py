"""Voting in ship polls: one call each, what the member sees of her vote, what stays secret."""

import json

import pytest

from tests.cogs.polls import GOBLIN, HARI, LONG, TWENTY, calls, open_poll, stored, vote, vote_id, walk
from tests.cogs.world import World, answer, buttons, menus, texts

HIDDEN_SAID = "Counted. You voted for Ji Eun-tak ♥ Kim Shin."


async def test_a_vote_moves_the_bars_and_a_second_one_changes_it(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    assert texts(world.message(poll)).count("1 (50%)") == 2
    await vote(world, poll, (world.bora, "A"))
    assert "2 (100%)" in texts(world.message(poll))
    assert "2 votes" in texts(world.message(poll))


async def test_one_vote_is_one_call_to_discord(world: World) -> None:
    poll = await open_poll(world)
    before = len(world.env.http_requests)
    await vote(world, poll, (world.alice, "A"))
    await world.env.advance_time(10)
    assert calls(world, before) == ["POST interactions"]


async def test_one_vote_in_a_menu_is_one_call_to_discord(world: World) -> None:
    poll = await open_poll(world, TWENTY)
    before = len(world.env.http_requests)
    await world.alice.select(world.message(poll), ["19"])
    await world.env.advance_time(10)
    assert calls(world, before) == ["POST interactions"]
    assert "1 (100%)" in texts(world.message(poll))


async def test_a_hidden_vote_is_answered_in_one_call_and_a_burst_of_them_changes_the_card_once(world: World) -> None:
    poll = await open_poll(world, votes="hidden")
    before = len(world.env.http_requests)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"), (world.mina, "B"))
    assert calls(world, before) == ["POST interactions"] * 3
    await world.env.advance_time(10)
    assert calls(world, before) == [*["POST interactions"] * 3, "PATCH channels"]
    assert "3 votes" in texts(world.message(poll))


async def test_the_same_vote_twice_counts_once_and_says_how_to_change_it(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    again = await world.bora.click(world.message(poll), label="Vote A")
    assert again.ephemeral
    assert texts(answer(again)).startswith("You voted for Shin Ha-ri ♥ Kang Tae-moo already.")
    assert (await stored(world)).tally == (1, 0)


async def test_a_member_of_several_votes_is_told_when_they_are_used(world: World) -> None:
    poll = await open_poll(world, TWENTY[:4], choices=2)
    await vote(world, poll, (world.bora, "A"), (world.bora, "C"))
    refused = await world.bora.click(world.message(poll), label="Vote D")
    assert refused.ephemeral
    assert texts(answer(refused)) == "You have used your 2 votes. Take one back with “My vote” first."
    assert (await stored(world)).tally == (1, 0, 1, 0)


async def test_my_vote_tells_only_me_and_changes_nothing_for_others(world: World) -> None:
    poll = await open_poll(world)
    before = await world.bora.click(world.message(poll), label="My vote")
    assert before.ephemeral
    assert "You have not voted in this poll yet." in texts(answer(before))
    assert list(buttons(answer(before))) == []
    await vote(world, poll, (world.bora, "B"))
    after = await world.bora.click(world.message(poll), label="My vote")
    assert after.ephemeral
    assert "You voted for Ji Eun-tak ♥ Kim Shin." in texts(answer(after))
    other = await world.alice.click(world.message(poll), label="My vote")
    assert "You have not voted" in texts(answer(other))


async def test_my_vote_changes_the_vote_and_soon_the_card(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"), (world.alice, "A"))
    mine = answer(await world.bora.click(world.message(poll), label="My vote"))
    changed = await world.bora.select(mine, ["1"], custom_id=menus(mine)[0]["custom_id"])
    assert "You voted for Ji Eun-tak ♥ Kim Shin." in texts(answer(changed))
    assert [option["value"] for option in menus(answer(changed))[0]["options"] if option.get("default")] == ["1"]
    await world.env.advance_time(10)
    assert texts(world.message(poll)).count("1 (50%)") == 2


async def test_my_vote_takes_the_vote_back_and_soon_from_the_card(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    mine = answer(await world.bora.click(world.message(poll), label="My vote"))
    gone = await world.bora.click(mine, label="Take my vote back")
    assert "You have not voted in this poll yet." in texts(answer(gone))
    await world.env.advance_time(10)
    assert "0 votes" in texts(world.message(poll))
    assert (await stored(world)).tally == (0, 0)
    assert (await stored(world)).voters == 0


async def test_a_vote_that_was_taken_back_elsewhere_is_not_taken_back_twice(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    mine = answer(await world.bora.click(world.message(poll), label="My vote"))
    other = answer(await world.bora.click(world.message(poll), label="My vote"))
    await world.bora.click(mine, label="Take my vote back")
    refused = await world.bora.click(other, label="Take my vote back")
    assert "You have not voted in this poll." in "".join(texts(message) for message in said(refused))
    assert (await stored(world)).tally == (0, 0)


async def test_my_vote_of_several_says_how_many_are_left_and_replaces_all_at_once(world: World) -> None:
    poll = await open_poll(world, TWENTY[:5], choices=3)
    await vote(world, poll, (world.bora, "A"), (world.bora, "B"))
    mine = answer(await world.bora.click(world.message(poll), label="My vote"))
    assert "You have 1 vote left." in texts(mine)
    changed = answer(await world.bora.select(mine, ["2", "3", "4"], custom_id=menus(mine)[0]["custom_id"]))
    assert "votes left" not in texts(changed)
    assert (await stored(world)).tally == (0, 0, 1, 1, 1)
    await world.env.advance_time(10)
    assert "3 votes · 1 member" in texts(world.message(poll))


async def test_my_vote_in_a_private_page_that_outlived_the_poll_is_refused(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    mine = answer(await world.bora.click(world.message(poll), label="My vote"))
    await world.env.advance_time(LONG)
    refused = await world.bora.select(mine, ["1"], custom_id=menus(mine)[0]["custom_id"])
    assert "This poll is closed; your vote was not counted." in "".join(texts(message) for message in said(refused))
    assert (await stored(world)).tally == (1, 0)


async def test_hidden_votes_are_nowhere_before_the_close_but_in_the_receipt(world: World) -> None:
    poll = await open_poll(world, votes="hidden")
    receipt = await world.bora.click(world.message(poll), label="Vote B")
    assert receipt.ephemeral
    assert texts(answer(receipt)) == HIDDEN_SAID
    await vote(world, poll, (world.alice, "B"), (world.mina, "A"))
    await world.env.advance_time(10)
    reposted = await world.alice.slash(world.channel, "ship results", poll="1")
    mine = await world.alice.click(world.last, label="My vote")
    for page in (world.message(poll), answer(reposted), answer(mine)):
        written = json.dumps(list(walk(page)), ensure_ascii=False)
        assert "%" not in written
        assert "█" not in written
        assert "░" not in written
    assert "3 votes" in texts(answer(reposted))
    refused = await world.alice.slash(world.channel, "ship export", poll="1")
    assert refused.ephemeral
    assert texts(answer(refused)) == "The votes of this poll stay hidden until it closes."


async def test_hidden_votes_are_shown_at_the_close(world: World) -> None:
    poll = await open_poll(world, votes="hidden")
    await vote(world, poll, (world.bora, "B"))
    await world.env.advance_time(LONG)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(world.message(poll))
    assert (await world.alice.slash(world.channel, "ship export", poll="1")).ephemeral


async def test_a_hidden_poll_in_a_menu_keeps_the_tally_too(world: World) -> None:
    poll = await open_poll(world, TWENTY, votes="hidden")
    receipt = await world.bora.select(world.message(poll), ["1"])
    assert texts(answer(receipt)) == "Counted. You voted for B · Ji Eun-tak ♥ Kim Shin."
    await world.env.advance_time(10)
    assert "%" not in texts(world.message(poll))
    assert "1 vote ·" in texts(world.message(poll))


async def test_in_a_public_poll_everybody_can_look_up_who_voted(world: World) -> None:
    poll = await open_poll(world, votes="public")
    assert "Nobody has voted yet." in texts(answer(await world.mina.click(world.message(poll), label="Who voted")))
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    shown = await world.mina.click(world.message(poll), label="Who voted")
    assert shown.ephemeral
    assert f"<@{world.alice.id}> · Shin Ha-ri ♥ Kang Tae-moo" in texts(answer(shown))
    assert f"<@{world.bora.id}> · Ji Eun-tak ♥ Kim Shin" in texts(answer(shown))
    await world.env.advance_time(LONG)
    after = await world.mina.click(world.message(poll), label="Who voted")
    assert f"<@{world.bora.id}>" in texts(answer(after))
    mine = await world.bora.click(world.message(poll), label="My vote")
    assert "You voted for Ji Eun-tak ♥ Kim Shin." in texts(answer(mine))


@pytest.mark.parametrize("votes", ["anonymous", "hidden"])
async def test_nobody_learns_who_voted_in_a_poll_that_is_not_public_not_even_by_old_buttons(
    world: World, votes: str
) -> None:
    poll = await open_poll(world, [HARI, GOBLIN], votes=votes)
    await vote(world, poll, (world.bora, "B"))
    asked = world.post_click(world.mina, world.message(poll), "v1:voters:1:0")
    mine = vote_id(world.message(poll), "A").replace(":vote:1:0", ":my-vote:1")
    await world.env.settle()
    assert asked.ephemeral
    assert texts(answer(asked)) == "This poll is anonymous; who voted for whom is shown to nobody."
    await world.env.advance_time(LONG)
    after = world.post_click(world.bora, world.message(poll), mine)
    await world.env.settle()
    assert "who voted for whom is not kept" in texts(answer(after))
    assert "Eun-tak" not in texts(answer(after))


async def test_who_voted_turns_pages_in_its_private_message_and_stays_where_there_are_voters(world: World) -> None:
    poll = await open_poll(world, votes="public")
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(21)]
    for fan in fans:
        await fan.click(world.message(poll), label="Vote A")
    first = await world.mina.click(world.message(poll), label="Who voted")
    assert texts(answer(first)).count("<@") == 20
    second = await world.mina.click(answer(first), label="Next (1/2)")
    assert answer(second).id == answer(first).id
    assert texts(answer(second)).count("<@") == 1
    mine = answer(await fans[0].click(world.message(poll), label="My vote"))
    await fans[0].click(mine, label="Take my vote back")
    again = world.post_click(world.bora, world.message(poll), "v1:voters:1:1")
    await world.env.settle()
    assert texts(answer(again)).count("<@") == 20
    assert "Nobody has voted" not in texts(answer(again))


async def test_who_voted_names_ballots_of_several_votes_by_their_letters(world: World) -> None:
    poll = await open_poll(world, TWENTY[:4], votes="public", choices=3)
    await vote(world, poll, (world.bora, "A"), (world.bora, "D"))
    shown = answer(await world.mina.click(world.message(poll), label="Who voted"))
    assert f"<@{world.bora.id}> · A, D" in texts(shown)


async def test_a_member_who_deletes_her_data_takes_her_vote_from_the_card_of_an_open_poll(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    asked = answer(await world.bora.slash(world.channel, "privacy delete"))
    await world.bora.click(asked, label="Delete my data")
    await world.env.advance_time(10)
    assert "1 (100%)" in texts(world.message(poll))
    assert (await stored(world)).tally == (1, 0)


async def test_a_click_on_a_poll_that_is_not_stored_is_told_so(world: World) -> None:
    poll = await open_poll(world)
    for custom_id in ("v1:vote:999:0", "v1:my-vote:999", "v1:voters:999:0"):
        gone = world.post_click(world.bora, world.message(poll), custom_id)
        await world.env.settle()
        assert texts(answer(gone)) == "This poll no longer exists."


@pytest.mark.parametrize("custom_id", ["v1:vote:1:2", "v1:vote:1:-1", "v1:vote:1", "v0:vote:1:0", "v1:vote:1:0:0"])
async def test_a_forged_button_changes_nothing(world: World, custom_id: str) -> None:
    poll = await open_poll(world)
    forged = world.post_click(world.bora, world.message(poll), custom_id)
    await world.env.settle()
    assert forged.ephemeral
    assert "older version" in texts(answer(forged))
    assert (await stored(world)).tally == (0, 0)


def said(result: object) -> list[object]:
    """All that a member was told after a press."""
    response, followups = getattr(result, "response", None), getattr(result, "followups", [])
    return [message for message in (response, *followups) if message is not None]
