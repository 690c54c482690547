"""Where cards work, what belongs to one guild alone, and what a button of another version or a forged one does."""

from typing import Any
from urllib.parse import quote

import pytest
import simcord.interactions
from simcord.actors import MemberActor

import tests.cogs.world
from tests.cogs.shelves import OPEN, QUEEN, add_own, follow, ways
from tests.cogs.world import World, answer, buttons, texts

OLDER = "This button or form is from an older version"
COUPLE = "hong-hae-in-baek-hyun-woo"


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, locales: dict[int, str]) -> set[int]:
    """The guilds that have not installed Adlib: what is pressed there comes by the installation of some member."""
    guilds: set[int] = set()
    localised = simcord.interactions.base_payload

    def carried(*args: Any, **kwargs: Any) -> Any:
        record, payload = localised(*args, **kwargs)
        if kwargs.get("guild_id") in guilds:
            payload["authorizing_integration_owners"] = {"1": "4242"}
        return record, payload

    for module in (simcord.interactions, simcord.actors, tests.cogs.world):
        if hasattr(module, "base_payload"):
            monkeypatch.setattr(module, "base_payload", carried)
    return guilds


async def press(world: World, custom_id: str, values: list[str] | None = None, by: MemberActor | None = None) -> str:
    """What the answer to a press says that no message shows any more."""
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    await world.alice.click(answer(card), label="Show everyone")
    pressed = world.post_click(by or world.alice, world.last, custom_id, values)
    await world.env.settle()
    return texts(answer(pressed))


async def test_all_cards_and_what_they_lead_to_work_in_a_direct_message(world: World) -> None:
    fan = world.env.create_user("fan")
    drama = await fan.slash("drama card", name=QUEEN)
    assert texts(answer(drama)).startswith("## Queen of Tears")
    person = await follow_dm(fan, answer(drama), "Kim Ji-won")
    couple = await follow_dm(fan, answer(person), "Hong Hae-in ♥ Baek Hyun-woo")
    assert "played by Kim Ji-won" in texts(answer(couple))
    assert "Record" not in texts(answer(couple))
    for message, label, told in (
        (drama, "Articles", "## Articles\n**Queen of Tears"),
        (person, "Scenes", "## Scenes\n**Kim Ji-won"),
        (person, "Articles", "## Articles\n**Kim Ji-won"),
        (couple, "Articles", "## Articles\n**Queen of Tears"),
        (couple, "Show everyone", "## Hong Hae-in ♥ Baek Hyun-woo"),
    ):
        shown = await fan.click(answer(message), label=label)
        assert texts(answer(shown)).startswith(told)
    assert "Open 1" in buttons(answer(await fan.slash("article latest")))
    assert "##" in texts(answer(await fan.slash("article random")))
    assert "##" in texts(answer(await fan.slash("person", name="공유")))
    article = await fan.slash("article search", text="iconic-unscripted-kisses")
    for card in (drama, person, couple, article):
        assert not [label for label in buttons(answer(card)) if label.startswith(("Play", "Vote"))]


async def follow_dm(fan: Any, message: Any, name: str) -> Any:
    """Choose a name in the menu of a message in a DM."""
    return await fan.select(message, [ways(message)[name]], custom_id=OPEN)


async def test_a_guilds_own_article_stands_in_search_latest_and_on_the_card_of_its_drama(world: World) -> None:
    await add_own(world, world.guild)
    offered = await world.alice.autocomplete(world.channel, "article search", "text", "zebra")
    card = await world.alice.slash(world.channel, "article search", text=offered[0]["value"])
    assert "## Our zebra club met the queen" in texts(answer(card))
    assert "Added by this server on <t:" in texts(answer(card))
    latest = await world.alice.slash(world.channel, "article latest")
    assert "**1. Our zebra club met the queen**\n-# Club news · 2026-11-20" in texts(answer(latest))
    assert "from the library of this server" in texts(answer(latest))
    drama = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    assert "7 articles" in texts(answer(drama))
    shared = await world.alice.click(answer(card), label="Show everyone")
    assert "zebra" in texts(answer(shared))
    form = await world.alice.click(answer(card), label="Vote")
    assert form.modal is not None
    started = await world.alice.click(answer(card), label="Play this")
    assert "Queen of Tears" in texts(answer(started))


async def test_a_guilds_own_article_is_nowhere_else_not_even_by_its_id(world: World) -> None:
    elsewhere = world.env.create_guild("Another club")
    article_id = await add_own(world, elsewhere)
    for custom_id in (
        f"v1:read:{article_id}",
        f"v1:share:{article_id}",
        f"v1:ship:{article_id}",
        f"v1:play:{article_id}:5",
    ):
        assert OLDER in await press(world, custom_id), custom_id
    assert OLDER in await press(world, OPEN, [f"article:{article_id}"])
    assert OLDER in await press(world, "v1:read:own/1")
    refused = await world.alice.slash(world.channel, "article search", text=article_id)
    assert texts(answer(refused)).startswith(f"Nothing in the library matches “{article_id}”.")
    found = await world.alice.slash(world.channel, "article search", text="our zebra club met the queen")
    assert "Our zebra club" not in texts(answer(found))
    assert article_id not in str(buttons(answer(found)))
    assert "Nothing in the library matches" in await press(world, f"v1:results:{quote(article_id, safe='')}:0")
    drama = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    assert "6 articles" in texts(answer(drama))
    fan = world.env.create_user("fan")
    assert "zebra" not in texts(answer(await fan.slash("article latest")))
    refused = await fan.slash("article search", text=article_id)
    assert texts(answer(refused)).startswith(f"Nothing in the library matches “{article_id}”.")


async def test_where_only_a_member_has_installed_adlib_nothing_of_the_guild_is_shown(
    world: World, alone: set[int]
) -> None:
    article_id = await add_own(world, world.guild)
    alone.add(world.guild.id)
    assert await world.alice.autocomplete(world.channel, "article search", "text", "our zebra club") == []
    drama = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    assert "6 articles" in texts(answer(drama))
    assert not {"Play this drama", "Vote"} & {*buttons(answer(drama))}
    await world.alice.click(answer(drama), label="Show everyone")
    couple = await follow(world.bora, world.last, "Hong Hae-in ♥ Baek Hyun-woo")
    assert "Record on this server" not in texts(answer(couple))
    assert OLDER in await press(world, f"v1:read:{article_id}")
    told = "That works only in a channel of a server that has added Adlib itself."
    for custom_id in ("v1:play-drama:queen-of-tears:5", "v1:ship-drama:queen-of-tears"):
        assert await press(world, custom_id) == told
    shared = await world.bora.click(answer(couple), label="Show everyone")
    assert not shared.ephemeral


@pytest.mark.parametrize(
    "custom_id",
    [
        "v1:drama:nope",
        "v1:person:Nobody",
        "v1:drama-share:nope",
        "v1:person-share:Nobody",
        "v1:play-drama:nope:5",
        "v1:ship-drama:nope",
        "v1:mark-seen:nope",
        "v1:shelf:drama:nope",
        "v1:shelf:nothing:queen-of-tears",
        "v1:shelf:scenes:Nobody",
        "v1:shelf-page:cast:nope:0",
        "v1:results:aaaaaa|||:0",
        "v1:results:a|b:0",
        "v1:play-drama:queen-of-tears",
        "v1:latest:x",
    ],
)
async def test_a_button_for_what_is_gone_says_what_to_do(world: World, custom_id: str) -> None:
    assert OLDER in await press(world, custom_id)


@pytest.mark.parametrize("value", ["article:nope", "drama:nope", "person:Nobody", "moment:x", "", "drama"])
async def test_a_choice_of_what_is_gone_says_what_to_do(world: World, value: str) -> None:
    assert OLDER in await press(world, OPEN, [value])


async def test_a_couple_that_is_gone_is_refused_by_name(world: World) -> None:
    assert await press(world, "v1:couple:nobody at all") == await press(world, "v1:couple-share:nobody at all")
    assert "I know no couple “nobody at all”" in await press(world, "v1:couple:nobody at all")


@pytest.mark.parametrize(
    ("custom_id", "told"),
    [
        ("v1:read:iconic-unscripted-kisses", "These Iconic Kissing Scenes"),
        ("v1:results:goblin:0", "match “goblin”"),
        ("v1:results:goblin:99", "match “goblin”"),
        ("v1:results:goblin:-9", "match “goblin”"),
        ("v1:share:iconic-unscripted-kisses", "These Iconic Kissing Scenes"),
        ("v1:couple-share:ji-eun-tak-kim-shin", "Ji Eun-tak ♥ Kim Shin"),
        ("v1:play:iconic-unscripted-kisses:5", "starts a game"),
        ("v1:shelf-page:drama:queen-of-tears:99", "Open 6"),
        ("v1:latest:99999", "Newest articles"),
        ("v1:couple:ji-eun-tak-kim-shin", "Ji Eun-tak ♥ Kim Shin"),
    ],
)
async def test_buttons_of_older_messages_and_pages_out_of_range_are_answered(
    world: World, custom_id: str, told: str
) -> None:
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    await world.alice.click(answer(card), label="Show everyone")
    pressed = world.post_click(world.alice, world.last, custom_id)
    await world.env.settle()
    shown = answer(pressed)
    assert told in texts(shown) or told in buttons(shown)
