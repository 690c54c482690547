"""A guild's own library, as its managers use it."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle, GuildHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.library_drafts import KEPT
from bot.ui import article_previews
from bot.ui.pages import notice
from cogs.library import render
from tests.cogs.world import World, answer, buttons, menus, texts

FILLED = {
    "headline": "Kim Se-jeong on ‘Business Proposal’",
    "publisher": "Our Fan Paper",
    "date": "2024-02-03",
    "url": "https://example.com/sejeong?utm_source=x",
    "summary": "She tells what Ahn Hyo-seop did on the set.",
}
GONE = "That preview is no longer there. Please begin again."
MANAGERS = "Only members who may manage this server can change that."


async def fill(world: World, **changed: str) -> InteractionResult:
    form = await world.mina.slash(world.channel, "library add")
    return await world.mina.submit_modal(form, {**FILLED, **changed})


async def add(world: World, **changed: str) -> str:
    """Add an article and return its id."""
    saved = await world.mina.click(answer(await fill(world, **changed)), label="Save")
    return buttons(answer(saved))["Open"]["custom_id"].removeprefix("v1:read:")


def fields(form: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form that was opened, by their ids."""
    assert form.modal is not None
    labels: list[dict[str, Any]] = form.modal["components"]
    return {label["component"]["custom_id"]: label["component"] for label in labels}


def chosen(message: ResponseMessage) -> list[list[str]]:
    """What is chosen in each menu."""
    return [[option["label"] for option in menu["options"] if option.get("default")] for menu in menus(message)]


def headlines(world: World, guild_id: int | None = None) -> list[str]:
    own = world.bot.services.own_libraries.of(guild_id or world.guild.id)
    return [article.headline.en for article in own.articles.values()]


async def test_an_article_is_previewed_as_members_will_see_it_before_it_is_stored(world: World) -> None:
    shown = await fill(world)
    assert shown.ephemeral
    text = texts(answer(shown))
    for part in ("nothing is stored yet", FILLED["headline"], "Our Fan Paper · 2024-02-03", FILLED["summary"]):
        assert part in text
    assert "Business Proposal (사내맞선)" in text
    assert chosen(answer(shown)) == [["Business Proposal (2022)"], ["Kim Se-jeong", "Ahn Hyo-seop"]]
    assert list(buttons(answer(shown))) == ["Save", "Change the text", "Discard"]
    assert headlines(world) == []
    saved = await world.mina.click(answer(shown), label="Save")
    assert "Saved: “Kim Se-jeong on ‘Business Proposal’”" in texts(answer(saved))
    assert headlines(world) == [FILLED["headline"]]
    card = await world.mina.click(answer(saved), label="Open")
    assert FILLED["headline"] in texts(answer(card))


async def test_the_form_says_what_is_meant_and_has_room_for_it(world: World) -> None:
    form = await world.mina.slash(world.channel, "library add")
    assert form.modal is not None
    labels = [(label["label"], label["description"]) for label in form.modal["components"]]
    assert [label for label, _ in labels] == ["Headline", "Publisher", "Date", "Link", "Summary"]
    assert labels[4][1] == "In your own words, never the article's text; may be left out"
    assert [field["max_length"] for field in fields(form).values()] == [300, 80, 20, 512, 900]
    assert [field["required"] for field in fields(form).values()] == [True, True, False, False, False]


async def test_what_was_found_can_be_taken_away_on_a_phone_and_comes_back(world: World) -> None:
    shown = await fill(world)
    dramas, people = (menu["custom_id"] for menu in menus(answer(shown)))
    without = await world.mina.select(answer(shown), [], custom_id=dramas)
    fewer = await world.mina.select(answer(without), ["Ahn Hyo-seop"], custom_id=people)
    assert chosen(answer(fewer)) == [[], ["Ahn Hyo-seop"]]
    assert "사내맞선" not in texts(answer(fewer))
    back = await world.mina.select(answer(fewer), ["business-proposal"], custom_id=dramas)
    await world.mina.click(answer(back), label="Save")
    [article] = world.bot.services.own_libraries.of(world.guild.id).articles.values()
    assert (article.dramas, article.people) == (("business-proposal",), ("Ahn Hyo-seop",))


async def test_a_drama_and_an_actor_that_the_text_does_not_name_are_given_as_options(world: World) -> None:
    form = await world.mina.slash(world.channel, "library add", drama="goblin", person="아이유")
    shown = await world.mina.submit_modal(form, {**FILLED, "headline": "A day on the set", "summary": ""})
    assert chosen(answer(shown)) == [["Guardian - The Lonely and Great God (2016)"], ["IU"]]


async def test_an_article_about_nothing_of_the_catalogue_has_no_menus_and_says_how_to_give_one(world: World) -> None:
    shown = await fill(world, headline="A day on the set", summary="")
    assert menus(answer(shown)) == []
    assert "No drama or actor was found in it; /library add takes one as an option." in texts(answer(shown))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"url": "example.com"},
            "A link begins with https:// or http:// and names a website, without a password in it.",
        ),
        ({"date": "some day"}, "A date is written 2026-08-04, 2026-08 or 2026, and is not in the future."),
        ({"headline": "   "}, "An article needs a headline and a publisher."),
    ],
)
async def test_what_is_refused_is_kept_and_can_be_mended(world: World, changed: dict[str, str], sentence: str) -> None:
    refused = await fill(world, **changed)
    assert refused.ephemeral
    assert sentence in texts(answer(refused))
    assert list(buttons(answer(refused))) == ["Change the text", "Discard"]
    form = await world.mina.click(answer(refused), label="Change the text")
    typed = {name: field.get("value", "") for name, field in fields(form).items()}
    assert typed == {**FILLED, **changed}
    mended = await world.mina.submit_modal(form, FILLED)
    await world.mina.click(answer(mended), label="Save")
    assert headlines(world) == [FILLED["headline"]]


async def test_a_link_that_is_there_already_is_refused_with_the_headline_it_has(world: World) -> None:
    await add(world)
    refused = await fill(world, headline="Again", url="http://www.example.com/sejeong/")
    assert f"That link is in this server's library already: “{FILLED['headline']}”." in texts(answer(refused))


async def test_discarding_stores_nothing(world: World) -> None:
    gone = await world.mina.click(answer(await fill(world)), label="Discard")
    assert texts(answer(gone)) == "Discarded; nothing was stored."
    assert headlines(world) == []


async def test_saving_twice_on_two_devices_saves_once(world: World) -> None:
    shown = answer(await fill(world))
    custom_id = buttons(shown)["Save"]["custom_id"]
    public = await world.bot.get_partial_messageable(world.channel.id).send(view=notice("a second device"))
    first = world.post_click(world.mina, public, custom_id)
    second = world.post_click(world.mina, public, custom_id)
    await world.env.settle()
    assert sorted(texts(answer(result)).split(":")[0] for result in (first, second)) == sorted(["Saved", GONE])
    assert headlines(world) == [FILLED["headline"]]


async def test_only_its_author_uses_a_preview_and_only_while_she_may_manage_the_server(world: World) -> None:
    other = world.guild.add_member(world.env.create_user("noor"), roles=[world.guild.roles["managers"]])
    ids = {label: button["custom_id"] for label, button in buttons(answer(await fill(world))).items()}
    public = await world.bot.get_partial_messageable(world.channel.id).send(view=notice("a forged button"))
    for label, custom_id in ids.items():
        by_manager, by_member = (world.post_click(actor, public, custom_id) for actor in (other, world.alice))
        await world.env.settle()
        assert (texts(answer(by_manager)), texts(answer(by_member))) == (GONE, MANAGERS), label
    for custom_id in (ids["Save"].replace("save", "dramas"), ids["Save"].replace("save", "people")):
        by_manager = world.post_click(other, public, custom_id, ["w"])
        await world.env.settle()
        assert texts(answer(by_manager)) == GONE
    assert headlines(world) == []


async def test_a_preview_of_another_guild_is_gone_here(world: World) -> None:
    draft = await world.bot.services.library_drafts.begin(1, world.mina.id, world.env.backend.clock.now())
    public = await world.bot.get_partial_messageable(world.channel.id).send(view=notice("a forged button"))
    for action in (article_previews.SAVE, article_previews.CHANGE, article_previews.DISCARD):
        refused = world.post_click(world.mina, public, action.custom_id(draft.id))
        await world.env.settle()
        assert texts(answer(refused)) == GONE, action


async def test_previews_work_after_a_restart_and_are_gone_after_a_day(world: World) -> None:
    shown, late = await fill(world), await fill(world, url="https://example.com/late")
    await world.restart()
    await world.mina.click(answer(shown), label="Save")
    assert headlines(world) == [FILLED["headline"]]
    await world.restart(away=KEPT + timedelta(seconds=1))
    gone = await world.mina.click(answer(late), label="Save")
    assert texts(answer(gone)) == GONE
    assert headlines(world) == [FILLED["headline"]], "loaded again by the new process"


async def test_typing_an_article_offers_those_of_this_server(world: World) -> None:
    article_id = await add(world)
    await add(world, headline="우리 모임 이야기", url="")
    for command in ("library edit", "library remove"):
        [offered] = await world.mina.autocomplete(world.channel, command, "article", "sejeo")
        assert offered == {"name": f"{FILLED['headline']} · Our Fan Paper", "value": article_id}
        assert len(await world.mina.autocomplete(world.channel, command, "article", "")) == 2
        refused = await world.mina.slash(world.channel, command, article="Nothing at all")
        assert texts(answer(refused)) == "This server's own library has no article “Nothing at all”."


async def test_an_edit_shows_what_changes_before_it_is_saved(world: World) -> None:
    form = await world.mina.slash(world.channel, "library edit", article=await add(world))
    assert {name: field["value"] for name, field in fields(form).items()} == FILLED
    shown = await world.mina.submit_modal(form, {**FILLED, "headline": "A better headline", "date": ""})
    text = texts(answer(shown))
    assert "## A better headline" in text
    assert f"- Headline was: {FILLED['headline']}" in text
    assert "- Date was: 2024-02-03" in text
    assert "Publisher, so far" not in text
    assert f"-# <@{world.mina.id}> added “{FILLED['headline']}” · <t:" in text
    await world.mina.click(answer(shown), label="Save")
    assert headlines(world) == ["A better headline"]


async def test_an_article_is_removed_after_a_second_word(world: World) -> None:
    article_id = await add(world)
    asked = await world.mina.slash(world.channel, "library remove", article=article_id)
    assert asked.ephemeral
    assert "Remove this article?" in texts(answer(asked))
    assert f"<@{world.mina.id}> added “{FILLED['headline']}” · <t:" in texts(answer(asked))
    kept = await world.mina.click(answer(asked), label="Keep it")
    assert texts(answer(kept)) == "Nothing was removed."
    asked = await world.mina.slash(world.channel, "library remove", article=article_id)
    gone = await world.mina.click(answer(asked), label="Remove it")
    assert texts(answer(gone)) == f"Removed: “{FILLED['headline']}”."
    assert headlines(world) == []
    refused = await world.mina.slash(world.channel, "library edit", article=article_id)
    assert texts(answer(refused)) == f"This server's own library has no article “{article_id}”."


MANAGE = discord.Permissions(manage_guild=True)


async def reach(world: World, role: Any, guild: GuildHandle, channel: ChannelHandle, article_id: str) -> list[str]:
    """What a manager of another guild is told who types the id of an article of this one."""
    boss = guild.add_member(world.env.create_user("boss"), roles=[role])
    assert await boss.autocomplete(channel, "library edit", "article", "sejeong") == []
    told = [
        await boss.slash(channel, "library edit", article=article_id),
        await boss.slash(channel, "library remove", article=article_id),
        await boss.slash(channel, "library export"),
        await boss.slash(channel, "library history"),
    ]
    return [texts(answer(result)) for result in told]


async def test_articles_of_another_guild_cannot_be_reached_by_a_typed_id_or_a_forged_button(world: World) -> None:
    elsewhere = world.env.create_guild("Another club")
    channel = elsewhere.create_text_channel("lounge")
    article_id = await add(world)
    world.env.backend.clock.advance(1)
    assert await reach(world, elsewhere.create_role("bosses", permissions=MANAGE), elsewhere, channel, article_id) == [
        f"This server's own library has no article “{article_id}”.",
        f"This server's own library has no article “{article_id}”.",
        "This server has no articles of its own yet. Begin with /library add.",
        "Nothing has happened in this server's library yet.",
    ]
    public = await world.bot.get_partial_messageable(world.channel.id).send(view=notice("a forged button"))
    theirs = (await world.bot.services.library_drafts.begin(elsewhere.id, 1, world.env.backend.clock.now())).id
    forged = world.post_click(world.mina, public, render.REMOVE.custom_id(theirs))
    await world.env.settle()
    assert "has no article" in texts(answer(forged))
    assert headlines(world) == [FILLED["headline"]]
