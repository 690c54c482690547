"""How ship polls end: by time or by hand, the closed card with its picture, posted again."""

from datetime import timedelta

import discord
import pytest

from bot.domain.texts import Language
from tests.cogs.polls import (
    LONG,
    TWENTY,
    links,
    open_poll,
    over,
    pictures,
    refuse,
    stored,
    vote,
    vote_id,
    walk,
)
from tests.cogs.world import World, answer, buttons, texts

PNG = b"\x89PNG\r\n\x1a\n"
SOON = "The vote is closed; the result follows in a moment."


async def test_a_poll_closes_by_itself_with_its_winner_and_nothing_to_press(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "B"))
    await world.env.advance_time(LONG)
    closed = world.message(poll)
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in texts(closed)
    assert "1 vote · This poll is closed." in texts(closed)
    assert "It was anonymous: who voted for whom is not kept." in texts(closed)
    assert "Closed late" not in texts(closed)
    assert buttons(closed) == {}


async def test_the_closed_card_has_a_picture_with_words_that_say_the_same(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "B"), (world.bora, "B"), (world.mina, "A"))
    await world.env.advance_time(LONG)
    (picture,) = pictures(world.message(poll))
    assert picture["description"] == (
        "Which couple do you ship? Ji Eun-tak ♥ Kim Shin: 2 votes (67%); Shin Ha-ri ♥ Kang Tae-moo: 1 vote (33%)."
    )
    (file,) = world.message(poll).attachments
    assert file.filename == "poll-1.png"
    assert file.description == picture["description"]
    assert (await file.read()).startswith(PNG)


async def test_a_korean_guild_gets_the_words_of_the_picture_in_korean(world: World) -> None:
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    poll = await open_poll(world)
    await world.alice.click(world.message(poll), custom_id="v1:vote:1:1")
    await world.env.advance_time(LONG)
    (picture,) = pictures(world.message(poll))
    assert "지은탁 ♥ 김신" in picture["description"]
    assert "지은탁 ♥ 김신" in texts(world.message(poll))
    assert "Ji Eun-tak" not in texts(world.message(poll))


async def test_a_line_below_tells_of_the_end_and_leads_to_the_card(world: World) -> None:
    poll = await open_poll(world, question="Best umbrella?")
    await vote(world, poll, (world.alice, "B"))
    await world.env.advance_time(LONG)
    (line,) = over(world)
    assert line.id > poll
    assert texts(line) == "-# Best umbrella?\n**The winner: Ji Eun-tak ♥ Kim Shin**"
    assert links(line) == [f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{poll}"]


async def test_nobody_voted_and_a_tie_have_endings_of_their_own(world: World) -> None:
    empty, tied, among_many = await open_poll(world), await open_poll(world), await open_poll(world, TWENTY[:5])
    await vote(world, tied, (world.alice, "A"), (world.bora, "B"))
    fans = [world.alice, world.bora, world.mina, world.guild.add_member(world.env.create_user("dana"))]
    await vote(world, among_many, *zip(fans, "ABCD", strict=True))
    await world.env.advance_time(LONG)
    assert "## Nobody voted" in texts(world.message(empty))
    assert pictures(world.message(empty)) == []
    assert "Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(empty))
    assert "## A tie: Shin Ha-ri ♥ Kang Tae-moo and Ji Eun-tak ♥ Kim Shin" in texts(world.message(tied))
    assert "## A tie between 4 couples" in texts(world.message(among_many))
    assert len(over(world)) == 2  # nobody is told that nobody voted


async def test_its_creator_closes_a_poll_before_its_time(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    told = await world.alice.slash(world.channel, "ship close", poll="1")
    assert told.ephemeral
    assert texts(answer(told)) == SOON
    await world.env.advance_time(0.5)
    late = world.post_click(world.mina, world.message(poll), vote_id(world.message(poll), "B"))
    await world.env.settle()
    assert "This poll is closed; your vote was not counted." in texts(answer(late))
    await world.env.advance_time(5)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert "Closed late" not in texts(world.message(poll))


@pytest.mark.parametrize("named", ["1", "{link}", "{message}"])
async def test_a_manager_closes_any_poll_by_number_or_link(world: World, named: str) -> None:
    poll = await open_poll(world)
    link = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{poll}"
    await world.mina.slash(world.channel, "ship close", poll=named.format(link=link, message=poll))
    await world.env.advance_time(5)
    assert "Nobody voted" in texts(world.message(poll))


async def test_a_stranger_closes_no_poll(world: World) -> None:
    poll = await open_poll(world)
    refusals = [
        await world.bora.slash(world.channel, "ship close", poll="1"),
        await world.bora.context_menu(world.channel, "Close poll", world.message(poll)),
    ]
    for refused in refusals:
        assert refused.ephemeral
        assert texts(answer(refused)) == "Only the member who started this poll, or a manager, can close it."
    await world.env.advance_time(5)
    assert list(buttons(world.message(poll))) == ["Vote A", "Vote B", "My vote"]


@pytest.mark.parametrize("member", ["alice", "mina"])
async def test_a_right_click_closes_the_poll_that_the_message_shows(world: World, member: str) -> None:
    poll = await open_poll(world)
    told = await getattr(world, member).context_menu(world.channel, "Close poll", world.message(poll))
    assert texts(answer(told)) == SOON
    await world.env.advance_time(5)
    assert "Nobody voted" in texts(world.message(poll))


async def test_a_right_click_on_another_message_says_that_it_is_no_poll(world: World) -> None:
    poll = await open_poll(world)
    chat = await world.alice.send(world.channel, "hello")
    refused = await world.mina.context_menu(world.channel, "Close poll", chat)
    assert refused.ephemeral
    assert texts(answer(refused)) == "That message is no ship poll of mine."
    assert (await stored(world)).closes_at == (await stored(world)).opened_at + timedelta(minutes=10)
    assert "Vote A" in buttons(world.message(poll))


async def test_a_poll_is_closed_once(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    await world.alice.slash(world.channel, "ship close", poll="1")
    await world.env.advance_time(5)
    again = await world.alice.slash(world.channel, "ship close", poll="1")
    by_message = await world.mina.context_menu(world.channel, "Close poll", world.message(poll))
    assert texts(answer(again)) == texts(answer(by_message)) == "This poll is closed already."
    await world.env.advance_time(LONG)
    assert len(over(world)) == 1


@pytest.mark.parametrize(
    "named", ["7", "the first one", "99999999999999999999", "", "https://discord.com/channels/1/2/3"]
)
async def test_a_poll_that_is_not_there_is_not_found(world: World, named: str) -> None:
    await open_poll(world)
    for command in ("close", "results", "export"):
        refused = await world.mina.slash(world.channel, f"ship {command}", poll=named)
        assert refused.ephemeral
        assert texts(answer(refused)) == "I find no such poll here. Choose one from the list."


async def test_polls_are_offered_while_typing_and_only_open_ones_to_close(world: World) -> None:
    await open_poll(world, question="Old one?")
    await world.alice.slash(world.channel, "ship close", poll="1")
    await world.env.advance_time(5)
    await open_poll(world, question="New one?")
    to_close = await world.alice.autocomplete(world.channel, "ship close", "poll", "")
    to_see = await world.alice.autocomplete(world.channel, "ship results", "poll", "")
    assert [choice["value"] for choice in to_close] == ["2"]
    assert [choice["value"] for choice in to_see] == ["2", "1"]
    assert to_close[0]["name"].startswith("open · New one? · Shin Ha-ri ♥ Kang Tae-moo, Ji Eun-tak")
    found = await world.alice.autocomplete(world.channel, "ship results", "poll", "old")
    assert [choice["value"] for choice in found] == ["1"]


async def test_an_open_poll_posted_again_moves_and_the_old_message_says_where(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    moved = answer(await world.mina.slash(world.channel, "ship results", poll="1"))
    assert "1 (100%)" in texts(moved)
    old = world.message(poll)
    address = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{moved.id}"
    assert texts(old) == f"This poll has moved: {address}"
    assert buttons(old) == {}
    await vote(world, moved.id, (world.alice, "B"))
    await world.env.advance_time(LONG)
    assert "A tie" in texts(world.message(moved.id))
    assert texts(world.message(poll)) == f"This poll has moved: {address}"


async def test_a_vote_on_a_message_that_was_left_behind_counts_and_shows_where_the_poll_is_now(world: World) -> None:
    poll = await open_poll(world)
    refuse(world, "PATCH", 500, 0, times=1)
    moved = answer(await world.mina.slash(world.channel, "ship results", poll="1"))
    assert "Vote A" in buttons(world.message(poll)), "the old message could not be changed"
    await vote(world, poll, (world.bora, "A"))
    await world.env.advance_time(10)
    assert "1 (100%)" in texts(world.message(moved.id))


async def test_a_closed_poll_posted_again_is_a_copy_with_its_picture(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    await world.env.advance_time(LONG)
    before = world.message(poll)
    copy = answer(await world.mina.slash(world.channel, "ship results", poll="1"))
    assert texts(copy) == texts(before)
    assert pictures(copy)[0]["description"] == pictures(before)[0]["description"]
    assert texts(world.message(poll)) == texts(before)
    assert (await stored(world)).message_id == poll


async def test_where_files_are_not_allowed_the_result_is_in_words(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    refuse(world, "PATCH", 403, 50013, times=1)
    await world.env.advance_time(LONG)
    closed = world.message(poll)
    assert (pictures(closed), closed.attachments) == ([], [])
    assert "**A · Shin Ha-ri ♥ Kang Tae-moo**" in texts(closed)
    assert "1 (100%)" in texts(closed)
    assert len(over(world)) == 1


async def test_a_result_posted_anew_where_files_are_not_allowed_is_in_words(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    await world.mina.delete(world.message(poll))
    refuse(world, "POST", 403, 50013, times=1)
    await world.env.advance_time(LONG)
    assert pictures(world.last) == []
    assert "1 (100%)" in texts(world.last)


async def test_a_closed_poll_posted_again_where_files_are_not_allowed_is_in_words(world: World) -> None:
    me = world.env.bot.user
    assert me is not None
    no_files = world.guild.create_text_channel(
        "no-files", overwrites={me: discord.PermissionOverwrite(attach_files=False)}
    )
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    await world.env.advance_time(LONG)
    copy = answer(await world.mina.slash(no_files, "ship results", poll="1"))
    assert pictures(copy) == []
    assert "1 (100%)" in texts(copy)


async def test_a_click_that_comes_with_the_close_does_not_cost_the_picture(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "B"))
    press = vote_id(world.message(poll), "A")
    await world.env.advance_time(LONG)
    late = world.post_click(world.bora, world.message(poll), press)
    await world.env.settle()
    await world.env.advance_time(10)
    assert texts(late.followups[0]) == "This poll is closed; your vote was not counted."
    assert late.followups[0].ephemeral
    assert len(pictures(world.message(poll))) == 1
    assert (await stored(world)).tally == (0, 1)


async def test_nothing_of_the_end_mentions_anybody(world: World) -> None:
    await open_poll(world, votes="public")
    await world.env.advance_time(LONG)
    assert not any("<@" in str(part.get("content")) for part in walk(world.last))
