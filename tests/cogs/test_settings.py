"""Settings, privacy and help, as members see them."""

from datetime import datetime
from typing import Any

import pytest
from discord.app_commands import Command
from sqlalchemy import select

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.services.daily import DAILY
from bot.storage.database import open_database
from bot.storage.tables import job
from tests.cogs.world import World, answer, buttons, menus, texts


async def test_a_manager_changes_the_language_in_place_and_it_is_kept(world: World) -> None:
    page = await world.mina.slash(world.channel, "settings")
    assert page.ephemeral
    language, spoilers, _zone = (menu["custom_id"] for menu in menus(answer(page)))
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
    language, _spoilers, zone = (menu["custom_id"] for menu in menus(answer(page)))
    for refused in (
        await world.mina.select(answer(page), ["ko"], custom_id=language),
        await world.mina.select(answer(page), ["Asia/Tokyo"], custom_id=zone),
        await world.mina.click(answer(page), label="Another time zone"),
    ):
        assert refused.ephemeral
        assert texts(answer(refused)) == "Only members who may manage this server can change that."
    assert await world.bot.services.settings.get(world.guild.id) == GuildSettings(world.guild.id)


async def _take_permission(world: World, role: Any) -> None:
    guild = world.env.backend.get_guild(world.guild.id)
    guild.roles[role.id].permissions = 0


async def test_a_time_zone_is_chosen_from_a_menu_or_typed_and_the_menu_holds_it_then(world: World) -> None:
    page = await world.mina.slash(world.channel, "settings")
    zones = menus(answer(page))[2]
    assert (shown(zones), zones["options"][0]["label"], len(zones["options"])) == (["Asia/Seoul"], "Seoul (UTC+9)", 24)
    changed = await world.mina.select(answer(page), ["America/New_York"], custom_id=zones["custom_id"])
    assert shown(menus(answer(changed))[2]) == ["America/New_York"]
    form = await world.mina.click(answer(changed), label="Another time zone")
    typed = await world.mina.submit_modal(form, {"zone": "kathmandu"})
    zones = menus(answer(typed))[2]
    assert (shown(zones), len(zones["options"])) == (["Asia/Kathmandu"], 25)
    assert zones["options"][0]["label"] == "Kathmandu (UTC+5:45)"
    assert (await world.bot.services.settings.get(world.guild.id)).time_zone == "Asia/Kathmandu"


async def test_what_is_no_time_zone_is_refused_privately_and_nothing_changes(world: World) -> None:
    page = await world.mina.slash(world.channel, "settings")
    form = await world.mina.click(answer(page), label="Another time zone")
    refused = await world.mina.submit_modal(form, {"zone": "*Atlantis*"})
    assert refused.ephemeral
    assert "I know no time zone “\\*Atlantis\\*”." in texts(answer(refused))
    assert (await world.bot.services.settings.get(world.guild.id)).time_zone == "Asia/Seoul"


async def test_the_daily_question_moves_with_the_time_zone(world: World) -> None:
    await world.mina.slash(world.channel, "daily start", hour=20)
    daily, now = world.bot.services.daily, world.env.backend.clock.now()
    in_seoul = await daily.get(world.guild.id, now)
    page = await world.mina.slash(world.channel, "settings")
    await world.mina.select(answer(page), ["Asia/Bangkok"], custom_id=menus(answer(page))[2]["custom_id"])
    in_bangkok = await daily.get(world.guild.id, now)
    assert (in_seoul.next_at.hour, in_bangkok.next_at.hour) == (11, 13)
    assert await due_at(world, DAILY) == in_bangkok.next_at


def shown(menu: dict[str, Any]) -> list[str]:
    return [option["value"] for option in menu["options"] if option.get("default")]


async def due_at(world: World, kind: str) -> datetime | None:
    async with open_database(world.database_url) as database:
        return await database.read(lambda connection: connection.scalar(select(job.c.due_at).where(job.c.kind == kind)))


async def test_members_do_not_find_the_settings(world: World) -> None:
    assert "settings" in world.mina.available_commands(world.channel)
    assert "settings" not in world.alice.available_commands(world.channel)


async def test_help_lists_what_a_member_can_use_ready_to_tap(world: World) -> None:
    shown = await world.alice.slash(world.channel, "help")
    assert shown.ephemeral
    assert "</trivia start:" in texts(answer(shown))
    assert "settings" not in texts(answer(shown))


async def test_help_shows_a_manager_every_command_over_its_pages(world: World, locales: dict[int, str]) -> None:
    locales[world.mina.id] = "ko"
    shown = await world.mina.slash(world.channel, "help")
    told = texts(answer(shown))
    while "</privacy delete:" not in told:
        shown = await world.mina.click(
            answer(shown), label=next(name for name in buttons(answer(shown)) if "다음" in name)
        )
        told += texts(answer(shown))
    names = [command.qualified_name for command in world.bot.tree.walk_commands() if isinstance(command, Command)]
    assert [name for name in names if f"</{name}:" not in told] == []


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
