"""The settings of ships, and the block list, as managers see them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.domain.guilds import GuildSettings, RoleId
from bot.domain.texts import NAME_LIMIT, Language
from bot.errors import HostsOnly
from bot.services.couples import MOST_BLOCKED
from bot.storage import blocked
from bot.storage.database import open_database
from bot.ui.actions import Action
from bot.ui.interaction import Interaction
from bot.ui.pages import Page, row
from cogs.settings import render
from tests.cogs.world import World, answer, buttons, menus, texts

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


async def open_ships(world: World) -> InteractionResult:
    page = await world.mina.slash(world.channel, "settings")
    return await world.mina.click(answer(page), label="Ships")


async def open_list(world: World) -> InteractionResult:
    return await world.mina.click(answer(await open_ships(world)), label="Block list")


async def block(world: World, shown: InteractionResult, name: str) -> InteractionResult:
    form = await world.mina.click(answer(shown), label="Block a name")
    return await world.mina.submit_modal(form, {render.NAME: name})


async def stored(world: World) -> GuildSettings:
    return await world.bot.services.settings.get(world.guild.id)


def kind(message: Any, wanted: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(component: dict[str, Any]) -> None:
        found.extend([component] if component["type"] == wanted else [])
        for child in [*component.get("components", []), *filter(None, [component.get("accessory")])]:
            walk(child)

    for component in message.components:
        walk(component if isinstance(component, dict) else component.to_dict())
    return found


def switch(message: Any, name: str) -> str:
    """The custom_id of the button that stands beside the setting."""
    (section,) = [part for part in kind(message, 9) if f"**{name}**" in part["components"][0]["content"]]
    return section["accessory"]["custom_id"]


async def test_the_settings_of_ships_are_one_press_away_and_one_back(world: World) -> None:
    ships = answer(await open_ships(world))
    assert "Everybody starts polls and brackets." in texts(ships)
    assert "Off: ships are about characters only" in texts(ships)
    assert "Off: a vote counts even if" in texts(ships)
    assert "No name is blocked yet." in texts(ships)
    back = answer(await world.mina.click(ships, label="Back"))
    assert "Settings of this server" in texts(back)
    assert len(menus(back)) == 3


async def test_a_manager_leaves_polls_to_a_role_and_gives_them_back_to_everybody(world: World) -> None:
    hosts = world.guild.create_role("hosts")
    ships = answer(await open_ships(world))
    assert "Let everybody start them" not in buttons(ships)
    (menu,) = kind(ships, 6)
    changed = answer(await world.mina.select(ships, [hosts], custom_id=menu["custom_id"]))
    assert f"Members with <@&{hosts.id}> and managers start polls and brackets." in texts(changed)
    assert (await stored(world)).host_role_id == hosts.id
    everybody = answer(await world.mina.click(changed, label="Let everybody start them"))
    assert "Everybody starts polls and brackets." in texts(everybody)
    assert (await stored(world)).host_role_id is None


async def test_actors_and_votes_of_leavers_are_switched_on_and_off_in_place(world: World) -> None:
    ships = answer(await open_ships(world))
    on = answer(await world.mina.click(ships, custom_id=switch(ships, "Actors")))
    assert "On: members may also ship the actors" in texts(on)
    on = answer(await world.mina.click(on, custom_id=switch(on, "Votes of members who left")))
    assert "On: when a poll of up to 1000 voters closes" in texts(on).replace(",", "")
    settings = await stored(world)
    assert (settings.actors, settings.drop_leavers) == (True, True)
    await world.restart()
    off = answer(await world.mina.click(on, custom_id=switch(on, "Actors")))
    off = answer(await world.mina.click(off, custom_id=switch(off, "Votes of members who left")))
    assert "Off: ships are about characters only" in texts(off)
    assert await stored(world) == GuildSettings(world.guild.id)


async def test_a_press_on_an_older_page_sets_what_the_button_said(world: World) -> None:
    pages = [answer(await open_ships(world)) for _ in range(2)]
    for page in pages:
        await world.mina.click(page, custom_id=switch(page, "Actors"))
        assert (await stored(world)).actors


async def test_a_name_is_blocked_by_a_form_and_taken_off_by_a_menu(world: World) -> None:
    shown = await open_list(world)
    assert "No name is blocked yet." in texts(answer(shown))
    shown = await block(world, shown, " Oh  Sehun ")
    shown = await block(world, shown, "Ada")
    assert "- Ada\n- Oh Sehun" in texts(answer(shown))
    (menu,) = menus(answer(shown))
    left = answer(await world.mina.select(answer(shown), ["Ada"], custom_id=menu["custom_id"]))
    assert "- Ada" not in texts(left)
    assert list(await world.bot.services.couples.blocked(world.guild.id)) == ["Oh Sehun"]
    ships = answer(await world.mina.click(left, label="Back to ships"))
    assert "1 name is blocked." in texts(ships)


async def test_what_cannot_be_blocked_is_refused_in_one_sentence_and_changes_nothing(world: World) -> None:
    shown = await open_list(world)
    await block(world, shown, "Sehun")
    for name, refusal in (
        ("S3hun", "“S3hun” is on the block list already."),
        ("<@123>", "Only letters in names, please: no mentions, links, formatting marks or invisible characters."),
    ):
        refused = await block(world, shown, name)
        assert refused.ephemeral
        assert texts(answer(refused)) == refusal
    assert list(await world.bot.services.couples.blocked(world.guild.id)) == ["Sehun"]


async def test_a_name_that_is_gone_already_is_said_to_be(world: World) -> None:
    shown = await block(world, await open_list(world), "Sehun")
    (menu,) = menus(answer(shown))
    await world.bot.services.couples.unblock(world.guild.id, "Sehun", is_manager=True)
    refused = await world.mina.select(answer(shown), ["Sehun"], custom_id=menu["custom_id"])
    assert texts(answer(refused)) == "“Sehun” is not on the block list."


async def test_the_page_of_a_name_that_was_just_blocked_is_shown(world: World) -> None:
    async with open_database(world.database_url) as database:
        for number in range(45):
            name = f"name {number:02}"
            await database.write(
                lambda connection, name=name: blocked.add_blocked(connection, world.guild.id, name, name, NOON)
            )
    shown = await block(world, await open_list(world), "name 21a")
    assert "- name 21a" in texts(answer(shown))
    assert "Next (2/3)" in buttons(answer(shown))
    last = answer(await world.mina.click(answer(shown), label="Next (2/3)"))
    assert texts(last).endswith("- name 44")
    assert [option["value"] for option in menus(last)[0]["options"]] == [f"name {number}" for number in range(39, 45)]


async def test_a_member_without_the_permission_changes_nothing(world: World) -> None:
    ships, listed = answer(await open_ships(world)), await block(world, await open_list(world), "Sehun")
    guild = world.env.backend.get_guild(world.guild.id)
    guild.roles[world.guild.roles["managers"].id].permissions = 0
    hosts = world.guild.create_role("hosts")
    refused = [
        await world.mina.click(ships, label="Back"),
        await world.mina.select(ships, [hosts], custom_id=kind(ships, 6)[0]["custom_id"]),
        await world.mina.click(ships, custom_id=switch(ships, "Actors")),
        await world.mina.click(ships, custom_id=switch(ships, "Votes of members who left")),
        await world.mina.click(ships, label="Block list"),
        await world.mina.click(answer(listed), label="Block a name"),
        await world.mina.click(answer(listed), label="Back to ships"),
        await world.mina.select(answer(listed), ["Sehun"], custom_id=menus(answer(listed))[0]["custom_id"]),
    ]
    for result in refused:
        assert result.ephemeral
        assert texts(answer(result)) == "Only members who may manage this server can change that."
    assert await stored(world) == GuildSettings(world.guild.id)
    assert list(await world.bot.services.couples.blocked(world.guild.id)) == ["Sehun"]


@pytest.mark.parametrize("language", [*Language])
def test_the_pages_fit_a_message_at_their_largest(world: World, language: Language) -> None:
    _ = world.bot.catalogue[language]
    names = [f"{number:03}{'*' * (NAME_LIMIT - 3)}" for number in range(MOST_BLOCKED)]
    settings = GuildSettings(1, host_role_id=2**63 - 1, actors=True, drop_leavers=True)
    for page in (
        render.ships_page(settings, names, _),
        render.settings_page(settings, NOON, _),
        *(render.blocked_page(names, number, _) for number in (0, 1, 9)),
    ):
        assert page.content_length() <= 4_000
        assert page.total_children_count <= 40


async def test_a_refusal_names_a_role_by_a_mention_that_pings_nobody(world: World) -> None:
    press = Action("ask-hosts")
    role = world.guild.create_role("hosts")

    async def refuse(interaction: Interaction) -> None:
        raise HostsOnly(role=RoleId(role.id))

    world.bot.router.add({press: refuse})
    channel = world.bot.get_partial_messageable(world.channel.id)
    await channel.send(view=Page(row(press.button("Ask"))))
    refused = await world.alice.click(world.last, label="Ask")
    assert texts(answer(refused)).startswith(f"Only members with the role <@&{role.id}>, and managers")
    sent = [request.json for request in world.env.http_requests if "callback" in request.path][-1]
    assert sent is not None
    assert sent["data"]["allowed_mentions"]["parse"] == []
