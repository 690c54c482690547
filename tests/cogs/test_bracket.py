"""A bracket before it plays: how it is started, nominations, who may do what."""

from datetime import timedelta

import pytest

from bot.domain.polls import Secrecy
from bot.text.names import SECRECY_MEANS
from tests.cogs.brackets import MAINS, lead, name_of, nominate, start, stored
from tests.cogs.shelves import follow, ways
from tests.cogs.world import World, answer, buttons, menus, texts


async def test_the_card_says_beforehand_how_the_bracket_goes(world: World) -> None:
    card = world.message(await start(world, size=16, nominations="2d", matchup="1d"))
    said = texts(card)
    assert "## Couples of 2026" in said
    assert "Nominations close <t:" in said
    assert "nominate or support 3 couples" in said
    assert "The 16 most nominated stand; the more nominations, the higher the seed." in said
    assert "top seeds skip the first round; below 4" in said
    assert "each open for 1 day; in a tie the higher seed goes on." in said
    assert SECRECY_MEANS[Secrecy.ANONYMOUS] in said
    assert "it takes 17 days at most" in said
    assert f"<@{world.alice.id}> and managers" in said
    assert list(buttons(card)) == ["Nominate a couple", "My nominations", "Manage"]


async def test_each_way_to_hold_a_bracket_is_said_on_its_card(world: World) -> None:
    fans = world.guild.create_role("fans")
    card = world.message(await start(world, seeding="random", votes="hidden", voters=fans))
    assert "their seeds are drawn by lot" in texts(card)
    assert SECRECY_MEANS[Secrecy.HIDDEN] in texts(card)
    assert f"Only members with the role <@&{fans.id}> nominate and vote." in texts(card)


async def test_a_bracket_for_everyone_is_for_everyone(world: World) -> None:
    card = world.message(await start(world, voters=world.guild.default_role))
    assert "Only members" not in texts(card)
    assert "You have nominated" in await nominate(world, world.bora, MAINS[0])


async def test_only_members_with_the_role_nominate(world: World) -> None:
    fans = world.guild.create_role("fans")
    fan = world.guild.add_member(world.env.create_user("fan"), roles=[fans])
    await start(world, voters=fans)
    assert f"Only members with the role <@&{fans.id}> vote here." in await nominate(world, world.bora, MAINS[0])
    assert "You have nominated" in await nominate(world, fan, MAINS[0])


async def test_nominations_move_into_the_card_most_of_them_first(world: World) -> None:
    card = await start(world)
    assert "No couple is nominated yet." in texts(world.message(card))
    await nominate(world, world.alice, MAINS[0], MAINS[1])
    await nominate(world, world.bora, MAINS[1], "Min-jun & Seo-yeon")
    await world.env.advance_time(10)
    listed = [line for line in texts(world.message(card)).splitlines() if "\\." in line]
    assert listed == [f"1\\. {name_of(MAINS[1])} · 2", f"2\\. {name_of(MAINS[0])} · 1", "3\\. Min-jun & Seo-yeon · 1"]
    assert "**Nominated** (3)" in texts(world.message(card))


async def test_ten_nominations_in_a_burst_are_few_edits(world: World) -> None:
    await start(world)
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(10)]
    before = len(world.env.http_requests)
    for fan in fans:
        await nominate(world, fan, MAINS[0])
    await world.env.advance_time(30)
    edits = [one for one in world.env.http_requests[before:] if one.method == "PATCH" and "/messages/" in one.path]
    assert len(edits) <= 3
    assert f"{name_of(MAINS[0])} · 10" in texts(world.last)


async def test_the_menu_of_the_card_supports_a_couple(world: World) -> None:
    card = await start(world)
    await nominate(world, world.alice, MAINS[0])
    await world.env.advance_time(10)
    told = await world.bora.select(world.message(card), ["1"])
    assert told.ephemeral
    assert f"You support {name_of(MAINS[0])}." in texts(answer(told))
    assert "used 1 of 3" in texts(answer(told))
    await world.env.advance_time(10)
    assert f"1\\. {name_of(MAINS[0])} · 2" in texts(world.message(card))


async def test_my_nominations_are_mine_alone_and_can_be_taken_back(world: World) -> None:
    card = await start(world)
    await nominate(world, world.bora, MAINS[0], MAINS[1])
    others = await world.alice.click(world.message(card), label="My nominations")
    assert name_of(MAINS[0]) not in texts(answer(others))
    mine = await world.bora.click(world.message(card), label="My nominations")
    assert mine.ephemeral
    assert name_of(MAINS[0]) in texts(answer(mine))
    back = await world.bora.select(answer(mine), ["1"])
    assert f"You have taken back {name_of(MAINS[0])}." in texts(answer(back))
    assert "used 1 of 3" in texts(answer(back))
    await world.env.advance_time(10)
    assert name_of(MAINS[0]) not in texts(world.message(card))


async def test_the_form_nominates_what_was_chosen_and_what_was_typed(world: World) -> None:
    settings = await world.bot.services.settings.get(world.guild.id)
    first, second, *_ = world.bot.services.couples.suggest("", settings)
    card = await start(world)
    await nominate(world, world.alice, first.key)
    form = await world.bora.click(world.message(card), label="Nominate a couple")
    assert second.key in str(form.modal)
    assert first.key not in str(form.modal), "the card has a menu for those"
    await world.bora.submit_modal(form, {"chosen": [second.key], "typed": "Min-jun ♥ Seo-yeon"})
    assert [entrant.option.label.en for entrant in (await stored(world)).entrants] == [
        first.label.en,
        second.label.en,
        "Min-jun ♥ Seo-yeon",
    ]


async def test_an_empty_form_says_what_to_do(world: World) -> None:
    card = await start(world)
    form = await world.bora.click(world.message(card), label="Nominate a couple")
    told = await world.bora.submit_modal(form, {"chosen": [], "typed": "  "})
    assert texts(answer(told)) == "Choose a couple, or write two names."
    assert (await stored(world)).entrants == ()


@pytest.mark.parametrize(
    ("couple", "refusal"),
    [
        ("alice x bora", "alice"),
        ("**loud** x louder", "no mentions, links, formatting marks"),
        ("nobody at all", "I know no couple"),
        (MAINS[0], "You have nominated"),
        (MAINS[4], "You have used your 3 nominations."),
    ],
)
async def test_what_cannot_be_nominated_gets_one_private_sentence(world: World, couple: str, refusal: str) -> None:
    await start(world)
    await nominate(world, world.mina, *(MAINS[:3] if couple == MAINS[4] else MAINS[:1]))
    before = await stored(world)
    refused = await world.mina.slash(world.channel, "ship bracket nominate", couple=couple)
    assert refused.ephemeral
    assert refusal in texts(answer(refused))
    assert await stored(world) == before


async def test_without_a_bracket_nominating_says_how_to_start_one(world: World) -> None:
    assert "/ship bracket start" in await nominate(world, world.bora, MAINS[0])


async def test_from_another_channel_the_only_bracket_is_meant(world: World) -> None:
    await start(world)
    elsewhere = world.guild.create_text_channel("elsewhere")
    told = await world.bora.slash(elsewhere, "ship bracket nominate", couple=MAINS[0])
    assert "You have nominated" in texts(answer(told))


async def test_a_channel_has_one_bracket_at_a_time(world: World) -> None:
    card = await start(world)
    second = await world.bora.slash(world.channel, "ship bracket start", name="Another one")
    assert second.ephemeral
    link = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{card}"
    assert link in texts(answer(second)).replace("\\", "")


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"matchup": "1m"}, "too short"),
        ({"matchup": "8d"}, "too long"),
        ({"nominations": "1m"}, "too short"),
        ({"nominations": "15d"}, "too long"),
        ({"name": "@everyone come"}, "no mentions, links"),
    ],
)
async def test_a_bracket_that_cannot_be_is_refused_and_leaves_nothing(
    world: World, options: dict[str, str], refusal: str
) -> None:
    refused = await world.alice.slash(world.channel, "ship bracket start", **{"name": "Couples", **options})
    assert refused.ephemeral
    assert refusal in texts(answer(refused))
    assert world.channel.last_message is None
    assert await world.bot.services.brackets.list(world.guild.id, 10) == []


async def test_nominations_end_by_themselves_and_the_first_matchup_comes(world: World) -> None:
    card = await start(world)
    await nominate(world, world.alice, *MAINS[:3])
    await nominate(world, world.bora, MAINS[3])
    await world.env.advance_time(3610)
    assert "Which couple goes on?" in texts(world.last)
    assert f"**On now:** {name_of(MAINS[0])} against {name_of(MAINS[3])}" in texts(world.message(card))
    assert list(buttons(world.message(card))) == ["To the matchup", "Bracket", "Manage"]
    closed = await world.bora.slash(world.channel, "ship bracket nominate", couple=MAINS[4])
    assert "not possible at this point" in texts(answer(closed)) or "no such bracket" in texts(answer(closed))


async def test_a_bracket_without_nominations_takes_its_couples_from_the_dramas(world: World) -> None:
    card = await start(world, size=8, couples="catalogue")
    await world.env.advance_time(6)
    bracket = await stored(world)
    assert len(bracket.standing) == 8
    assert "Quarter-final: 0 of 4 decided" in texts(world.message(card))
    assert "it takes 70 minutes at most" in texts(world.message(card))
    assert next(message.id for message in world.channel.history()) == card, "the card comes before its matchup"


async def test_whoever_leads_takes_a_couple_out_for_good(world: World) -> None:
    card = await start(world)
    await nominate(world, world.bora, MAINS[0], MAINS[1])
    page = answer(await lead(world, world.alice, card))
    asked = await world.alice.select(page, ["1"], custom_id=menus(page)[0]["custom_id"])
    assert f"Take out {name_of(MAINS[0])}?" in texts(answer(asked))
    done = await world.alice.click(answer(asked), label="Take it out")
    assert f"{name_of(MAINS[0])} is out." in texts(answer(done))
    assert "not among the nominated" in await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(10)
    assert name_of(MAINS[0]) not in texts(world.message(card))


async def test_a_stranger_leads_nothing_whatever_she_presses(world: World) -> None:
    card = await start(world)
    await nominate(world, world.bora, *MAINS[:3])
    await world.env.advance_time(10)
    before = await stored(world)
    presses = ["v1:bracket-manage:1:0", "v1:bracket-prune-now:1:1"]
    presses += [
        f"v1:bracket-move{now}:1:{move}:0" for now in ("", "-now") for move in ("begin", "pause", "reopen", "end")
    ]
    for custom_id in presses:
        refused = world.post_click(world.bora, world.message(card), custom_id)
        await world.env.settle()
        assert refused.ephemeral
        assert "Only the member who started this bracket, or a manager" in texts(answer(refused)), custom_id
    assert await stored(world) == before


async def test_a_manager_leads_the_bracket_of_another_member(world: World) -> None:
    card = await start(world)
    asked = await lead(world, world.mina, card, "End")
    assert "## End?" in texts(answer(asked))
    assert (await stored(world)).ended_at is None
    kept = await world.mina.click(answer(asked), label="Cancel")
    assert "Begin now" in buttons(answer(kept))
    await lead(world, world.mina, card, "End", "Yes: End")
    await world.env.advance_time(10)
    assert "ended without a champion" in texts(world.message(card))
    assert list(buttons(world.message(card))) == ["Bracket"]
    assert "It was ended without a champion." in texts(world.channel.history()[-1])
    again = await start(world)
    assert again != card


async def test_nominations_have_a_page_for_all_of_them(world: World) -> None:
    card = await start(world)
    service, now = world.bot.services.nominations, world.env.backend.clock.now()
    for number in range(30):
        await service.nominate(
            1, 1000 + number, f"Hero{chr(97 + number % 26)}{number} x Lead{number}", roles=frozenset(), now=now
        )
    await nominate(world, world.bora, MAINS[0])
    await world.env.advance_time(10)
    assert "and 6 more couples" in texts(world.message(card))
    first = await world.bora.click(world.message(card), label="All couples")
    assert texts(answer(first)).count("\\. ") == len(menus(answer(first))[0]["options"]) == 25
    second = await world.bora.click(answer(first), label="Next (1/2)")
    assert "31\\. " in texts(answer(second))
    assert [*ways(answer(second))] == [name_of(MAINS[0])]
    couple = await follow(world.bora, answer(second), name_of(MAINS[0]))
    assert texts(answer(couple)).startswith(f"## {name_of(MAINS[0])}")
    menu = menus(answer(second))[0]
    supported = await world.bora.select(answer(second), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert "You support " in texts(answer(supported))


async def test_time_that_is_said_is_the_time_that_is_stored(world: World) -> None:
    card = await start(world, nominations="2h")
    bracket = await stored(world)
    assert bracket.nominations_close_at is not None
    assert bracket.nominations_close_at - bracket.created_at == timedelta(hours=2)
    assert f"<t:{round(bracket.nominations_close_at.timestamp())}:R>" in texts(world.message(card))
