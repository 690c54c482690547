"""Who may open, vote in and close ship polls; bad input is refused privately and opens nothing."""

import pytest

from bot.domain.texts import Language
from tests.cogs.polls import GOBLIN, HARI, TWENTY, change, numbered, open_poll, stored, vote
from tests.cogs.world import World, answer, texts

PAIR = numbered([HARI, GOBLIN])


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"couple-2": HARI}, "is in the poll twice"),
        ({"couple-2": "Kang Tae-moo ♥ Shin Ha-ri"}, "is in the poll twice"),
        ({"couple-2": "강태무 & 신하리"}, "is in the poll twice"),
        ({"couple-2": "**bold** x bolder"}, "Only letters in names"),
        ({"couple-2": "@everyone x me"}, "Only letters in names"),
        ({"couple-2": "zero\u200bwidth x me"}, "Only letters in names"),
        ({"couple-2": "\u202eright-to-left x me"}, "Only letters in names"),
        ({"couple-2": "   "}, "Only letters in names"),
        ({"couple-2": "goblin"}, "I know no couple"),
        ({"couple-2": "n" * 101}, "too long"),
        ({"couple-2": "Kong Yoo ♥ Gong Yoo"}, "about characters"),
        ({"couple-2": "Alice x Bora"}, "Members are never shipped"),
        ({"couple-2": "Min-jun x B O R A"}, "Members are never shipped"),
        ({"duration": "-5m"}, "has passed already"),
        ({"duration": "0m"}, "has passed already"),
        ({"duration": "10s"}, "too short: a vote stays open for 5 minutes or longer"),
        ({"duration": "99w"}, "too long: 60 days at most"),
        ({"duration": "soon"}, "I do not understand “soon” as a length of time"),
        ({"duration": "10"}, "length of time"),
        ({"duration": "2026-12-24"}, "length of time"),
        ({"choices": 2}, "nothing to decide here: 1 at most"),
        ({"choices": 19}, "nothing to decide here"),
    ],
)
async def test_bad_input_gets_one_private_sentence_and_opens_nothing(
    world: World, options: dict[str, object], refusal: str
) -> None:
    refused = await world.alice.slash(world.channel, "ship poll", **{**PAIR, "duration": "10m", **options})
    assert refused.ephemeral
    assert refusal in texts(answer(refused))
    assert refused.followups == []
    assert world.channel.last_message is None
    assert await world.bot.services.ships.find(1) is None


async def test_a_refusal_is_said_in_the_members_language(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    refused = await world.bora.slash(world.channel, "ship poll", **numbered([HARI, HARI]))
    assert "커플" in texts(answer(refused))
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    again = await world.bora.click(world.message(poll), label="Vote A")
    assert "신하리 ♥ 강태무" in texts(answer(again))


async def test_the_same_request_delivered_twice_opens_one_poll(world: World) -> None:
    await open_poll(world)
    change(world, "UPDATE poll SET request_id = NULL")
    await open_poll(world)
    assert await world.bot.services.ships.find(2) is not None
    assert await world.bot.services.ships.find(3) is None


async def test_only_members_with_the_role_of_the_poll_vote_in_it(world: World) -> None:
    fans = world.guild.create_role("fans")
    fan = world.guild.add_member(world.env.create_user("fan"), roles=[fans])
    poll = await open_poll(world, voters=fans)
    assert f"Only members with the role <@&{fans.id}> vote." in texts(world.message(poll))
    for stranger in (world.bora, world.alice, world.mina):
        refused = await stranger.click(world.message(poll), label="Vote A")
        assert refused.ephemeral
        assert texts(answer(refused)) == f"Only members with the role <@&{fans.id}> vote here."
    await vote(world, poll, (fan, "B"))
    assert (await stored(world)).tally == (0, 1)


async def test_who_has_lost_the_role_can_neither_change_nor_take_back_her_vote(world: World) -> None:
    fans = world.guild.create_role("fans")
    fan = world.guild.add_member(world.env.create_user("fan"), roles=[fans])
    poll = await open_poll(world, voters=fans)
    await vote(world, poll, (fan, "B"))
    mine = answer(await fan.click(world.message(poll), label="My vote"))
    world.env.backend.remove_member_role(world.guild.id, fan.id, fans.id)
    await world.env.settle()
    refused = await fan.click(mine, label="Take my vote back")
    assert "Only members with the role" in "".join(texts(message) for message in refused.followups) + texts(
        answer(refused)
    )
    assert (await stored(world)).tally == (0, 1)


async def test_everyone_as_the_role_of_a_poll_means_everyone(world: World) -> None:
    poll = await open_poll(world, voters=world.guild.default_role)
    assert "Only members" not in texts(world.message(poll))
    await vote(world, poll, (world.bora, "B"))
    assert (await stored(world)).tally == (0, 1)


async def test_where_the_guild_keeps_polls_to_hosts_only_they_and_managers_open_them(world: World) -> None:
    hosts = world.guild.create_role("hosts")
    host = world.guild.add_member(world.env.create_user("host"), roles=[hosts])
    await world.bot.services.settings.set_host_role(world.guild.id, hosts.id, is_manager=True)
    refused = await world.alice.slash(world.channel, "ship poll", **PAIR)
    assert refused.ephemeral
    assert texts(answer(refused)) == (
        f"Only members with the role <@&{hosts.id}>, and managers, start polls and brackets here."
    )
    assert world.channel.last_message is None
    await open_poll(world, by=host)
    await open_poll(world, by=world.mina)
    assert (await stored(world, 2)).creator_id == world.mina.id


async def test_the_form_too_is_for_hosts_where_the_guild_wants_that(world: World) -> None:
    hosts = world.guild.create_role("hosts")
    await world.bot.services.settings.set_host_role(world.guild.id, hosts.id, is_manager=True)
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    assert form.modal is not None
    couples = [option["value"] for option in form.modal["components"][0]["component"]["options"]]
    filled = {"couples": couples[:2], "duration": ["3600"], "secrecy": ["public"], "choices": ["1"]}
    refused = await world.alice.submit_modal(form, filled)
    assert refused.ephemeral
    assert "and managers, start polls and brackets here" in texts(answer(refused))
    assert await world.bot.services.ships.find(1) is None


async def test_a_blocked_name_stands_in_no_poll(world: World) -> None:
    services, now = world.bot.services, world.env.now()
    await services.couples.block(world.guild.id, "Kim Shin", is_manager=True, now=now)
    for couple in (GOBLIN, "Kim Shin ♥ Nobody", "K1m Shin ♥ Nobody"):
        refused = await world.alice.slash(world.channel, "ship poll", **numbered([HARI, couple]))
        assert refused.ephemeral
        assert "is on this server's block list" in texts(answer(refused))
    assert world.channel.last_message is None


async def test_the_card_speaks_the_language_of_the_guild_and_refusals_that_of_the_member(
    world: World, locales: dict[int, str]
) -> None:
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    poll = await open_poll(world, TWENTY[:2])
    assert "신하리 ♥ 강태무" in texts(world.message(poll))
    again = [await world.bora.click(world.message(poll), custom_id="v1:vote:1:0") for _ in range(2)][1]
    assert texts(answer(again)).startswith("You voted for Shin Ha-ri ♥ Kang Tae-moo already.")
