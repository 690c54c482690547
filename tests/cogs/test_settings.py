"""Settings, privacy and help, as members see them."""

from typing import Any

import pytest

from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from tests.cogs.world import World, answer, menus, texts


async def test_a_manager_changes_the_language_in_place_and_it_is_kept(world: World) -> None:
    page = await world.mina.slash(world.channel, "settings")
    assert page.ephemeral
    language, spoilers = (menu["custom_id"] for menu in menus(answer(page)))
    changed = await world.mina.select(answer(page), ["ko"], custom_id=language)
    chosen = [option["value"] for option in menus(answer(changed))[0]["options"] if option.get("default")]
    assert chosen == ["ko"]
    await world.mina.select(answer(page), ["none"], custom_id=spoilers)
    await world.restart()
    settings = await world.bot.services.settings.get(world.guild.id)
    assert (settings.language, settings.spoilers) == (Language.KOREAN, SpoilerPolicy.NONE)


async def test_a_korean_guild_plays_in_korean(world: World) -> None:
    page = await world.mina.slash(world.channel, "settings")
    await world.mina.select(answer(page), ["ko"], custom_id=menus(answer(page))[0]["custom_id"])
    await world.alice.slash(world.channel, "trivia start", rounds=1)
    await world.env.advance_time(1)
    assert "대본" in texts(world.last)


async def test_a_member_without_the_permission_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await world.mina.slash(world.channel, "settings")
    demoted = world.guild.roles["managers"]
    await _take_permission(world, demoted)
    refused = await world.mina.select(answer(page), ["ko"], custom_id=menus(answer(page))[0]["custom_id"])
    assert refused.ephemeral
    assert texts(answer(refused)) == "Only members who may manage this server can change that."
    assert (await world.bot.services.settings.get(world.guild.id)).language is None


async def _take_permission(world: World, role: Any) -> None:
    guild = world.env.backend.get_guild(world.guild.id)
    guild.roles[role.id].permissions = 0


async def test_members_do_not_find_the_settings(world: World) -> None:
    assert "settings" in world.mina.available_commands(world.channel)
    assert "settings" not in world.alice.available_commands(world.channel)


async def test_help_lists_what_a_member_can_use_ready_to_tap(world: World) -> None:
    shown = await world.alice.slash(world.channel, "help")
    assert shown.ephemeral
    assert "</trivia start:" in texts(answer(shown))
    assert "settings" not in texts(answer(shown))
    assert "</settings:" in texts(answer(await world.mina.slash(world.channel, "help")))


async def test_help_knows_the_commands_after_a_restart_too(world: World) -> None:
    await world.restart()
    assert "</ship poll:" in texts(answer(await world.alice.slash(world.channel, "help")))


async def test_commands_are_told_to_discord_only_when_they_have_changed(world: World) -> None:
    await world.restart()
    assert [request.method for request in world.env.http_requests if request.path.endswith("/commands")] == ["PUT"]


async def test_deleting_asks_first_and_then_leaves_nothing(world: World) -> None:
    await world.alice.slash(world.channel, "trivia start", rounds=1)
    await world.env.advance_time(1)
    await world.alice.click(world.last, label="Ad-lib")
    opened = await world.alice.slash(
        world.channel, "ship poll", **{"couple-1": "A and B", "couple-2": "C and D", "duration": "1h"}
    )
    poll = answer(opened).id
    await world.alice.click(world.message(poll), label="Vote A")
    asked = await world.alice.slash(world.channel, "privacy delete")
    assert "4 records are yours." in texts(answer(asked))
    await world.alice.click(answer(asked), label="Delete my data")
    assert await world.bot.services.privacy.count(world.alice.id) == 0
    await world.env.advance_time(3)
    assert "0 votes" in texts(world.message(poll))


async def test_keeping_changes_nothing(world: World) -> None:
    await world.alice.slash(world.channel, "trivia start", rounds=1)
    asked = await world.alice.slash(world.channel, "privacy delete")
    kept = await world.alice.click(answer(asked), label="Keep it")
    assert "Nothing was deleted." in texts(answer(kept))
    assert await world.bot.services.privacy.count(world.alice.id) == 1


async def test_who_is_not_stored_is_told_so(world: World) -> None:
    asked = await world.bora.slash(world.channel, "privacy delete")
    assert texts(answer(asked)) == "Adlib has stored nothing about you."
