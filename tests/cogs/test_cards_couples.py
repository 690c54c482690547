"""Which couples cards and menus lead to, and what is offered where a name is not clear."""

import pytest

from tests.cogs.polls import LONG, open_poll
from tests.cogs.shelves import QUEEN, follow, ways
from tests.cogs.world import World, answer, buttons, texts


async def test_a_couple_that_members_wrote_has_no_card_before_a_vote_on_it_has_closed(world: World) -> None:
    poll = await open_poll(world, ["Min & Jun", "Da-eun & Ha-neul"])
    mine = await world.alice.click(world.message(poll), label="My vote")
    assert ways(answer(mine)) == {}
    await world.env.advance_time(LONG)
    couple = await follow(world.bora, world.message(poll), "Min & Jun")
    assert "Record on this server" in texts(answer(couple))


async def test_a_pair_of_actors_is_in_the_menus_while_the_guild_ships_actors(world: World) -> None:
    settings, pair = world.bot.services.settings, "actors/hong-hae-in-baek-hyun-woo"
    await settings.set_actors(world.guild.id, True, is_manager=True)
    poll = await open_poll(world, [pair, "ji-eun-tak-kim-shin"])
    await world.alice.click(world.message(poll), label="Vote A")
    await world.env.advance_time(LONG)
    board = await world.alice.slash(world.channel, "ship leaderboard")
    for message in (world.message(poll), answer(board)):
        couple = await follow(world.bora, message, "Kim Ji-won ♥ Kim Soo-hyun")
        assert "says nothing about their lives" in texts(answer(couple))
    await settings.set_actors(world.guild.id, False, is_manager=True)
    shown = await world.alice.slash(world.channel, "ship results", poll="1")
    board = await world.alice.slash(world.channel, "ship leaderboard")
    for message in (answer(shown), answer(board)):
        assert "Kim Ji-won ♥ Kim Soo-hyun" not in ways(message)
        assert "Ji Eun-tak ♥ Kim Shin" in ways(message)


async def test_a_blocked_couple_is_on_no_card_in_no_menu_and_in_no_form(world: World) -> None:
    await world.bot.services.couples.block(world.guild.id, "Baek Hyun-woo", is_manager=True, now=world.env.now())
    for command, name in (("drama card", QUEEN), ("person", "Kim Ji-won")):
        card = await world.alice.slash(world.channel, command, name=name)
        assert "Hong Hae-in ♥ Baek Hyun-woo" not in texts(answer(card))
        assert "Hong Hae-in ♥ Baek Hyun-woo" not in ways(answer(card))
    drama = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    form = await world.alice.click(answer(drama), label="Vote")
    assert form.modal is not None
    assert "hong-hae-in-baek-hyun-woo" not in str(form.modal)
    found = await world.alice.slash(world.channel, "article search", drama=QUEEN)
    article = await world.alice.click(answer(found), label="Open 1")
    assert "Hong Hae-in ♥ Baek Hyun-woo" not in ways(answer(article))
    await world.alice.click(answer(drama), label="Show everyone")
    refused = world.post_click(world.alice, world.last, "v1:ship-couple:hong-hae-in-baek-hyun-woo")
    await world.env.settle()
    assert "block list" in texts(answer(refused))


async def test_an_article_leads_to_its_couples_and_a_couple_to_its_articles(world: World) -> None:
    found = await world.alice.slash(world.channel, "article search", drama=QUEEN)
    article = await world.alice.click(answer(found), label="Open 1")
    name = next(label for label in ways(answer(article)) if "♥" in label)
    couple = await follow(world.alice, answer(article), name)
    listed = await world.alice.click(answer(couple), label="Articles")
    assert texts(answer(listed)).startswith("## Articles\n**Queen of Tears")


@pytest.mark.parametrize(
    ("command", "typed", "told"),
    [
        ("drama card", "reply", "“reply” alone is not the title of one drama."),
        ("person", "Kim", "“Kim” alone is not the name of one actor."),
    ],
)
async def test_where_several_answer_they_are_a_press_away(world: World, command: str, typed: str, told: str) -> None:
    asked = await world.alice.slash(world.channel, command, name=typed)
    assert asked.ephemeral
    assert texts(answer(asked)) == f"{told}\n**Did you mean …?**"
    assert 2 <= len(buttons(answer(asked))) <= 5
    label = next(iter(buttons(answer(asked))))
    card = await world.alice.click(answer(asked), label=label)
    assert texts(answer(card)).startswith(f"## {label.partition(' (')[0]}")


async def test_a_drama_that_is_on_ones_list_is_not_offered_to_be_marked_again(world: World) -> None:
    await world.alice.slash(world.channel, "seen add", drama=QUEEN)
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    assert "I have seen it" not in buttons(answer(card))
    await world.alice.click(answer(card), label="Show everyone")
    assert "I have seen it" in buttons(world.last)
    other = await world.bora.slash(world.channel, "drama card", name=QUEEN)
    assert "I have seen it" in buttons(answer(other))


async def test_the_leaderboard_of_couples_leads_to_all_that_may_be_named(world: World) -> None:
    poll = await open_poll(world, ["hong-hae-in-baek-hyun-woo", "Min & Jun"])
    await world.alice.click(world.message(poll), label="Vote A")
    await world.bora.click(world.message(poll), label="Vote B")
    await world.env.advance_time(LONG)
    board = await world.alice.slash(world.channel, "ship leaderboard")
    assert {*ways(answer(board))} == {"Hong Hae-in ♥ Baek Hyun-woo", "Min & Jun"}
    couple = await follow(world.bora, answer(board), "Hong Hae-in ♥ Baek Hyun-woo")
    assert "Votes: 1" in texts(answer(couple))
