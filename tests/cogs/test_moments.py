"""Single scenes switched off, and reports, as managers and members see them."""

from typing import Any

import pytest

from bot.content.packs import Format
from bot.domain.moments import Moment
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Language
from bot.services.packs import Uploaded
from bot.ui.channels import post
from bot.ui.pages import Page, row
from bot.ui.ways import REPORT
from tests.cogs.world import World, answer, buttons, texts

SPOILING, HARMLESS = "oh-my-ghost-finale-one-more-kiss", "nevertheless-ep4-cheek-kiss-becomes-lips"


def moment_of(world: World, moment_id: str) -> Moment:
    return world.bot.services.articles.library.moments[moment_id]


async def open_form(world: World, actor: Any, moment_id: str) -> Any:
    """Press the button that a reveal has."""
    page = Page(row(REPORT.button("Report this fact", moment_id)))
    message_id = await post(world.bot, world.channel.id, page, nonce=f"reveal {moment_id}"[:25])
    return await actor.click(world.message(message_id), label="Report this fact")


async def report(world: World, actor: Any, moment_id: str, words: str) -> str:
    """Fill in the form; return what the member is told."""
    told = await actor.submit_modal(await open_form(world, actor, moment_id), {"words": words})
    assert told.ephemeral
    return texts(answer(told))


async def reports(world: World) -> Any:
    shown = await world.mina.slash(world.channel, "moments reports")
    assert shown.ephemeral
    return answer(shown)


def drama_with(world: World, count: int) -> str:
    dramas = world.bot.services.articles.library.dramas.values()
    return next(drama.id for drama in dramas if len(drama.moments) >= count)


async def test_a_manager_switches_a_scene_off_and_on_again_in_place(world: World) -> None:
    moment = moment_of(world, SPOILING)
    page = await world.mina.slash(world.channel, "moments browse", drama=moment.drama_id)
    assert page.ephemeral
    custom_id = next(
        button["custom_id"] for button in buttons(answer(page)).values() if SPOILING in button["custom_id"]
    )
    off = await world.mina.click(answer(page), custom_id=custom_id)
    assert "switched off here" in texts(answer(off))
    listed = await world.mina.slash(world.channel, "moments off")
    assert str(moment.scene.en) in texts(answer(listed))
    await world.restart()
    on = await world.mina.click(answer(listed), label="Switch on")
    assert "Every scene is on." in texts(answer(on))
    assert await world.bot.services.moments.list_off(world.guild.id) == []


async def test_what_spoils_stands_behind_the_veil_for_managers_too(world: World) -> None:
    moments = world.bot.services.articles.library.moments.values()
    for level in SpoilerLevel:
        moment = next(moment for moment in moments if moment.spoilers is level and moment.game_ready)
        page = await world.mina.slash(world.channel, "moments browse", drama=moment.drama_id)
        veiled = f"||{moment.scene.en}||" in texts(answer(page))
        assert veiled is (level is not SpoilerLevel.NONE), level


async def test_a_scene_that_is_never_asked_about_says_why_and_has_no_switch(world: World) -> None:
    for drama in world.bot.services.articles.library.dramas.values():
        if any(not moment.game_ready for moment in drama.moments):
            page = answer(await world.mina.slash(world.channel, "moments browse", drama=drama.id))
            assert "Never asked about: " in texts(page)
            switches = [button["custom_id"] for button in buttons(page).values()]
            silent = [moment.id for moment in drama.moments if not moment.game_ready]
            assert not any(moment_id in custom_id for moment_id in silent for custom_id in switches)
            return
    pytest.fail("every scene is asked about")


async def test_a_drama_with_many_scenes_turns_its_pages(world: World) -> None:
    drama_id = drama_with(world, 5)
    page = answer(await world.mina.slash(world.channel, "moments browse", drama=drama_id))
    first = texts(page)
    await world.mina.click(page, label="Next (1/2)")
    assert "Next (2/2)" in buttons(page)
    moments = world.bot.services.articles.library.dramas[drama_id].moments
    assert [moment.id for moment in moments if moment.scene.en not in first + texts(page)] == []


async def test_typing_offers_dramas_that_have_scenes_and_the_others_say_that_they_have_none(world: World) -> None:
    library = world.bot.services.articles.library
    offered = await world.mina.autocomplete(world.channel, "moments browse", "drama", "")
    assert len(offered) == 25
    assert all(library.dramas[choice["value"]].moments for choice in offered)
    bare = next(drama for drama in library.dramas.values() if not drama.moments)
    page = await world.mina.slash(world.channel, "moments browse", drama=bare.id)
    assert "There is no scene of this drama in the library yet." in texts(answer(page))
    unknown = await world.mina.slash(world.channel, "moments browse", drama="no such drama")
    assert "I know no drama" in texts(answer(unknown))


async def test_a_report_reaches_the_managers_with_the_scene_its_source_and_the_words(world: World) -> None:
    moment = moment_of(world, SPOILING)
    told = await report(world, world.alice, SPOILING, "It was **planned**, says @everyone.\nSee the script book.")
    assert told == "Thank you. The managers of this server read it; they see your words, not who wrote them."
    await report(world, world.bora, SPOILING, "Wrong episode.")
    page = await reports(world)
    shown = texts(page)
    library = world.bot.services.articles.library
    assert "**2 members say:**" in shown
    assert "> It was \\*\\*planned\\*\\*, says @\u200beveryone. See the script book." in shown
    assert shown.index("> Wrong episode.") < shown.index("> It was")
    assert f"||{moment.scene.en}||" in shown
    assert library.articles[moment.sources[0]].publisher in shown
    assert library.drama_of(moment).title.en in shown
    assert str(world.alice.id) not in shown


async def test_the_moment_that_was_reported_last_stands_first_and_pages_turn(world: World) -> None:
    moments = [moment.id for moment in world.bot.services.articles.library.moments.values()][:3]
    for moment_id in moments:
        await world.env.advance_time(60)
        await report(world, world.alice, moment_id, f"About {moment_id}.")
    page = await reports(world)
    shown = texts(page)
    assert shown.index(f"About {moments[2]}.") < shown.index(f"About {moments[1]}.")
    assert f"About {moments[0]}." not in shown
    turned = await world.mina.click(page, label="Next (1/2)")
    assert f"About {moments[0]}." in texts(answer(turned))


async def test_settling_takes_the_reports_away_and_the_member_can_report_again(world: World) -> None:
    await report(world, world.alice, SPOILING, "It is wrong.")
    settled = await world.mina.click(await reports(world), label="Settle")
    assert "No report is waiting." in texts(answer(settled))
    assert (await report(world, world.alice, SPOILING, "It is still wrong.")).startswith("Thank you.")


async def test_a_reported_scene_is_switched_off_and_on_where_it_is_read(world: World) -> None:
    await report(world, world.alice, SPOILING, "It is wrong.")
    off = await world.mina.click(await reports(world), label="Switch off")
    assert "switched off here" in texts(answer(off))
    assert "It is wrong." in texts(answer(off))
    on = await world.mina.click(answer(off), label="Switch on")
    assert "switched off here" not in texts(answer(on))


async def test_a_member_reports_a_scene_once_and_with_words(world: World) -> None:
    form = await open_form(world, world.alice, SPOILING)
    assert texts(answer(await world.alice.submit_modal(form, {"words": "       "}))) == "Please write what is wrong."
    again = await open_form(world, world.alice, SPOILING)
    await report(world, world.alice, SPOILING, "It is wrong.")
    late = await world.alice.submit_modal(again, {"words": "It is wrong, I said."})
    assert "You have already reported this scene" in texts(answer(late))
    refused = await open_form(world, world.alice, SPOILING)
    assert refused.ephemeral
    assert "You have already reported this scene" in texts(answer(refused))
    assert "It is wrong, I said." not in texts(await reports(world))


async def test_a_form_that_was_open_during_a_restart_is_taken(world: World) -> None:
    form = await open_form(world, world.alice, HARMLESS)
    await world.restart()
    told = await world.alice.submit_modal(form, {"words": "It is wrong."})
    assert "Thank you." in texts(answer(told))


async def test_a_scene_that_is_gone_cannot_be_reported_any_more(world: World) -> None:
    refused = await open_form(world, world.alice, "gone-with-an-update")
    assert texts(answer(refused)) == "That scene is not in the library any more."


async def test_a_scene_of_the_guilds_own_pack_is_reported_and_switched_off_like_any_other(world: World) -> None:
    packs = world.bot.services.packs
    filename, content = packs.example(Format.TOML, [])
    uploaded = await packs.upload(world.guild.id, world.mina.id, filename, "Ours", content, world.env.now())
    assert isinstance(uploaded, Uploaded)
    moment = next(iter((await packs.open(world.guild.id, uploaded.pack.id)).library.moments.values()))
    await report(world, world.alice, moment.id, "It was planned.")
    page = await reports(world)
    assert moment.scene.en in texts(page)
    assert "> It was planned." in texts(page)
    await world.mina.click(page, label="Switch off")
    listed = answer(await world.mina.slash(world.channel, "moments off"))
    assert moment.scene.en in texts(listed)
    await packs.remove(world.guild.id, uploaded.pack.id)
    page = await reports(world)
    assert "That scene is not in the library any more." in texts(page)
    assert "> It was planned." in texts(page)
    refused = await world.mina.click(listed, label="Switch on")
    assert texts(answer(refused)) == "That scene is not in the library any more."
    settled = await world.mina.click(page, label="Settle")
    assert "No report is waiting." in texts(answer(settled))


async def test_in_a_direct_message_a_report_would_reach_nobody(world: World) -> None:
    fan = world.env.create_user("fan")
    user = await world.bot.fetch_user(fan.id)
    message = await user.send(view=Page(row(REPORT.button("Report this fact", SPOILING))))
    refused = await fan.click(message, label="Report this fact")
    assert texts(answer(refused)) == "That works only in a channel of a server that has added Adlib itself."


async def test_who_may_not_manage_the_server_finds_no_command_and_no_button_works(world: World) -> None:
    assert "moments reports" in world.mina.available_commands(world.channel)
    assert not [name for name in world.alice.available_commands(world.channel) if name.startswith("moments")]
    await report(world, world.alice, SPOILING, "It is wrong.")
    page = await reports(world)
    browsed = answer(await world.mina.slash(world.channel, "moments browse", drama=drama_with(world, 5)))
    guild = world.env.backend.get_guild(world.guild.id)
    guild.roles[world.guild.roles["managers"].id].permissions = 0
    for shown, label in ((page, "Settle"), (page, "Switch off"), (browsed, "Next (1/2)")):
        refused = await world.mina.click(shown, label=label)
        assert refused.ephemeral
        assert texts(answer(refused)) == "Only members who may manage this server can change that.", label
    services = world.bot.services
    assert len(await services.moments.waiting_reports(world.guild.id)) == 1
    assert await services.moments.list_off(world.guild.id) == []


async def test_a_korean_manager_reads_korean(world: World, locales: dict[int, str]) -> None:
    locales[world.mina.id] = "ko"
    moment = moment_of(world, SPOILING)
    page = await world.mina.slash(world.channel, "moments browse", drama=moment.drama_id)
    assert f"||{moment.scene.in_language(Language.KOREAN)}||" in texts(answer(page))
