"""A second confirmation, a late one, a final that is voted on again: which matchup is meant, and what is told."""

from tests.cogs.brackets import MAINS, OVER, lead, matchup, name_of, on_now, playing, shown, stored, vote
from tests.cogs.world import World, answer, buttons, texts


async def test_two_who_repeat_a_matchup_at_once_repeat_one(world: World) -> None:
    card = await playing(world)
    for _matchup in range(2):
        await vote(world, (world.bora, "A"))
        await world.env.advance_time(OVER)
    one = answer(await lead(world, world.alice, card, "Repeat"))
    other = answer(await lead(world, world.mina, card, "Repeat"))
    assert f"{name_of(MAINS[1])} against {name_of(MAINS[2])}" in texts(one)
    await world.alice.click(one, label="Yes: Repeat")
    refused = await world.mina.click(other, label="Yes: Repeat")
    assert "not possible at this point" in texts(answer(refused))
    assert (await stored(world)).winners == {(1, 0): 1}


async def test_a_question_that_was_left_open_decides_no_later_matchup(world: World) -> None:
    card = await playing(world)
    page = answer(await lead(world, world.alice, card))
    asked = answer(await world.alice.click(page, label="Decide now"))
    assert f"{name_of(MAINS[0])} against {name_of(MAINS[3])}" in texts(asked)
    await world.env.advance_time(OVER)
    on = await on_now(world)
    refused = await world.alice.click(asked, label="Yes: Decide now")
    assert "not possible at this point" in texts(answer(refused))
    assert await on_now(world) == on
    await world.env.advance_time(6)
    assert len((await stored(world)).winners) == 1
    again = answer(await lead(world, world.alice, card, "Decide now", "Yes: Decide now"))
    assert "The matchup is being decided." in texts(again)


async def test_a_page_that_was_left_open_asks_about_no_later_matchup(world: World) -> None:
    card = await playing(world)
    page = answer(await lead(world, world.alice, card))
    await world.env.advance_time(OVER)
    refused = await world.alice.click(page, label="Decide now")
    assert "not possible at this point" in texts(answer(refused))


async def test_below_a_champion_whose_final_is_voted_on_again_the_channel_is_told(world: World) -> None:
    card = await playing(world)
    for _matchup in range(3):
        await world.env.advance_time(OVER)
    champion = world.last
    assert "🏆" in texts(champion)
    await lead(world, world.alice, card, "Repeat", "Yes: Repeat")
    await world.env.advance_time(6)
    [told] = shown(world, "The final is voted on once more; who wins it now is the champion.")
    final = await matchup(world)
    assert champion.id < told.id < final.id
    assert "Vote A" in buttons(final)
    await world.env.advance_time(OVER)
    assert len(shown(world, "voted on once more")) == 1


async def test_a_repeat_in_the_course_of_a_bracket_says_nothing_of_a_final(world: World) -> None:
    card = await playing(world)
    await world.env.advance_time(OVER)
    await lead(world, world.alice, card, "Repeat", "Yes: Repeat")
    await world.env.advance_time(6)
    assert shown(world, "voted on once more") == []
