"""Looking articles up, as members see it."""

import unicodedata

import pytest

from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language
from bot.ui.channels import post
from bot.ui.panel import how_to_panel
from tests.cogs.shelves import follow
from tests.cogs.world import World, answer, buttons, texts

UNCLEAR = "zqx queeen teras"


async def test_typing_offers_articles_and_choosing_one_opens_its_card(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "article search", "text", "iconic kissing")
    card = await world.alice.slash(world.channel, "article search", text=offered[0]["value"])
    assert card.ephemeral
    assert "These Iconic Kissing Scenes" in texts(answer(card))
    assert "Koreaboo" in texts(answer(card))
    assert list(buttons(answer(card))) == ["Play this", "Vote", "Show everyone", "Read it at Koreaboo"]


@pytest.mark.parametrize("typed", ["도깨", "돆", unicodedata.normalize("NFD", "도깨비"), "goblln", "Gong Yoo goblin"])
async def test_half_typed_decomposed_and_misspelt_words_find_the_goblin(world: World, typed: str) -> None:
    offered = await world.alice.autocomplete(world.channel, "article search", "text", typed)
    library = world.bot.services.articles.library
    first = library.articles[offered[0]["value"]]
    assert "guardian-the-lonely-and-great-god" in first.dramas


async def test_text_that_was_never_offered_is_searched_for(world: World) -> None:
    found = await world.alice.slash(world.channel, "article search", text="business proposal")
    assert "match “business proposal”" in texts(answer(found))
    card = await world.alice.click(answer(found), label="Open 1")
    assert "Business Proposal" in texts(answer(card))


async def test_results_turn_their_pages(world: World) -> None:
    found = await world.alice.slash(world.channel, "article search", text="kiss")
    turned = await world.alice.click(
        answer(found), label=next(label for label in buttons(answer(found)) if "Next" in label)
    )
    assert "Open 6" in buttons(answer(turned))
    assert "Open 1" not in buttons(answer(turned))


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("   ", "Type a few letters"),
        ("!!!", "Type a few letters"),
        ("qqqqqzzzz", "Nothing in the library matches"),
        ("x" * 101, "Nothing in the library matches"),
    ],
)
async def test_a_search_that_finds_nothing_says_how_to_go_on(world: World, typed: str, refusal: str) -> None:
    refused = await world.alice.slash(world.channel, "article search", text=typed)
    assert refused.ephemeral
    assert refusal in texts(answer(refused))


async def test_markdown_in_a_query_is_shown_as_it_was_typed(world: World) -> None:
    refused = await world.alice.slash(world.channel, "article search", text="**qqqqzz** @everyone")
    assert "\\*\\*qqqqzz\\*\\*" in texts(answer(refused))


async def test_a_card_speaks_korean_to_a_member_who_does(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    card = await world.bora.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    library = world.bot.services.articles.library
    summary = library.articles["iconic-unscripted-kisses"].summary
    assert summary is not None
    assert str(summary.ko) in texts(answer(card))


async def test_showing_everyone_veils_what_would_spoil(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    await world.alice.click(answer(card), label="Show everyone")
    assert "||" in texts(world.last)
    assert "Show everyone" not in buttons(world.last)


async def test_playing_an_article_starts_a_game_on_its_moments(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    started = await world.alice.click(answer(card), label="Play this")
    assert "3 rounds" in texts(answer(started))
    await world.env.advance_time(1)
    titles = ("Weightlifting Fairy", "Nevertheless", "Business Proposal", "Oh My Ghost")
    assert any(title in texts(world.last) for title in titles)


async def test_the_panels_form_searches(world: World) -> None:
    await post(world.bot, world.channel.id, how_to_panel({}, world.bot.catalogue[Language.ENGLISH]), nonce="panel")
    form = await world.alice.click(world.last, label="Search articles")
    found = await world.alice.submit_modal(form, {"query": "goblin"})
    assert "goblin" in texts(answer(found))


async def test_a_form_that_was_open_during_a_restart_is_answered(world: World) -> None:
    await post(world.bot, world.channel.id, how_to_panel({}, world.bot.catalogue[Language.ENGLISH]), nonce="panel")
    form = await world.alice.click(world.last, label="Search articles")
    await world.restart()
    found = await world.alice.submit_modal(form, {"query": "goblin"})
    assert "goblin" in texts(answer(found))


async def test_a_button_of_another_version_says_what_to_do(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    await world.alice.click(answer(card), label="Show everyone")
    for custom_id in ("v0:play:x:3", "v1:unknown", "something-else", "v1:vote:notanumber:0", "v1:read:no-such-article"):
        pressed = world.post_click(world.alice, world.last, custom_id)
        await world.env.settle()
        assert "older version" in texts(answer(pressed)), custom_id


async def test_filters_stand_instead_of_words_and_stay_while_pages_are_turned(world: World) -> None:
    drama = await world.alice.autocomplete(world.channel, "article search", "drama", "알고있지만")
    person = await world.alice.autocomplete(world.channel, "article search", "person", "song kan")
    topic = await world.alice.autocomplete(world.channel, "article search", "topic", "KISS")
    assert drama[0]["value"] == "nevertheless"
    assert person[0]["value"] == "Song Kang"
    assert "kiss" in [choice["value"] for choice in topic]
    found = await world.alice.slash(world.channel, "article search", drama="nevertheless", person="Song Kang")
    assert "match “Nevertheless, Song Kang”" in texts(answer(found))
    turned = await world.alice.click(answer(found), label="Next (1/2)")
    assert "match “Nevertheless, Song Kang”" in texts(answer(turned))
    assert "Open 6" in buttons(answer(turned))
    back = await world.alice.click(answer(turned), label="Back")
    assert "Open 1" in buttons(answer(back))


async def test_words_and_filters_hold_together(world: World) -> None:
    found = await world.alice.slash(world.channel, "article search", text="kiss", drama="알고있지만", topic="Kiss")
    library = world.bot.services.articles.library
    assert "“kiss, Nevertheless, kiss”" in texts(answer(found))
    opened = await world.alice.click(answer(found), label="Open 1")
    assert "Nevertheless (알고있지만,)" in texts(answer(opened)).replace("\\", "")
    assert library.dramas["nevertheless"].title.en in texts(answer(opened))


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({}, "Type a few letters"),
        ({"drama": "no such thing"}, "I know no drama “no such thing”"),
        ({"person": "nobody at all"}, "I know no actor “nobody at all”"),
        ({"topic": "knitting"}, "Nothing in the library matches “knitting”"),
        ({"topic": ""}, "Nothing in the library matches"),
        (
            {"drama": "queen-of-tears", "person": "Song Kang"},
            "Nothing in the library matches “Queen of Tears, Song Kang”",
        ),
    ],
)
async def test_a_filter_that_says_nothing_is_refused(world: World, options: dict[str, str], refusal: str) -> None:
    refused = await world.alice.slash(world.channel, "article search", **options)
    assert refused.ephemeral
    assert refusal in texts(answer(refused))


async def test_where_nothing_is_found_what_may_have_been_meant_is_a_button(world: World) -> None:
    asked = await world.alice.slash(world.channel, "article search", text=UNCLEAR)
    assert asked.ephemeral
    assert f"Nothing in the library matches “{UNCLEAR}”." in texts(answer(asked))
    assert "Did you mean …?" in texts(answer(asked))
    assert "Mr. Queen" in buttons(answer(asked))
    for label in buttons(answer(asked)):
        found = await world.alice.click(answer(asked), label=label)
        assert answer(found).id == answer(asked).id
        assert f"match “{label}”" in texts(answer(found)) or f"matches “{label}”" in texts(answer(found))
        asked = await world.alice.slash(world.channel, "article search", text=UNCLEAR)


async def test_what_may_have_been_meant_is_said_in_korean_to_a_korean_member(
    world: World, locales: dict[int, str]
) -> None:
    locales[world.bora.id] = "ko"
    asked = await world.bora.slash(world.channel, "article search", text=UNCLEAR)
    assert "철인왕후" in buttons(answer(asked))
    found = await world.bora.click(answer(asked), label="철인왕후")
    assert "철인왕후" in texts(answer(found))


async def test_what_may_have_been_meant_is_looked_for_under_the_same_filters(world: World) -> None:
    asked = await world.alice.slash(world.channel, "article search", text=UNCLEAR, drama="nevertheless", topic="kiss")
    assert f"matches “{UNCLEAR}, Nevertheless, kiss”." in texts(answer(asked))
    found = await world.alice.click(answer(asked), label="Mr. Queen")
    assert "“Mr. Queen, Nevertheless, kiss”" in texts(answer(found))


async def test_filters_hold_while_a_text_is_typed_and_for_an_article_that_was_chosen(world: World) -> None:
    library = world.bot.services.articles.library
    offered = await world.alice.autocomplete(
        world.channel, "article search", "text", "kiss", drama="알고있지만", topic="kiss"
    )
    assert offered
    for choice in offered:
        assert "nevertheless" in library.articles[choice["value"]].dramas
    refused = await world.alice.slash(
        world.channel, "article search", text="iconic-unscripted-kisses", drama="queen-of-tears"
    )
    assert "Nothing in the library matches" in texts(answer(refused))


async def test_what_nothing_answers_to_is_said_back_in_korean(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    refused = await world.bora.slash(world.channel, "article search", drama="queen-of-tears", topic="darts scene")
    assert "“눈물의 여왕, 다트 장면”" in texts(answer(refused))


async def test_a_headline_that_gives_too_much_away_is_offered_by_its_drama_unless_the_guild_allows_it(
    world: World,
) -> None:
    library, search = world.bot.services.articles.library, (world.channel, "article search", "text")
    article = next(one for one in library.articles.values() if library.level_of(one) is SpoilerLevel.MAJOR)
    offered = {one["value"]: one["name"] for one in await world.alice.autocomplete(*search, article.headline.en)}
    assert offered[article.id].endswith(": behind the scenes")
    await world.bot.services.settings.set_spoilers(world.guild.id, SpoilerPolicy.ALL, is_manager=True)
    offered = {one["value"]: one["name"] for one in await world.alice.autocomplete(*search, article.headline.en)}
    assert offered[article.id][:40] == article.headline.en[:40]


async def test_a_headline_about_dating_is_offered_and_listed_with_what_to_think_of_it(world: World) -> None:
    text = "Knetizens think that Song Kang and Han So Hee are really dating"
    offered = await world.alice.autocomplete(world.channel, "article search", "text", text)
    assert offered[0]["name"].endswith("(the headline says more than is known)")
    assert len(offered[0]["name"]) <= 100
    listed = await world.alice.slash(world.channel, "article search", person="Song Kang", drama="nevertheless")
    pages = [texts(answer(listed)), texts(answer(await world.alice.click(answer(listed), label="Next (1/2)")))]
    assert "-# speculation, not fact" in "".join(pages)


async def test_any_article_comes_up_by_chance_and_the_newest_in_pages(world: World) -> None:
    shown = {texts(answer(await world.alice.slash(world.channel, "article random"))) for _ in range(5)}
    assert len(shown) > 2
    latest = await world.alice.slash(world.channel, "article latest")
    assert latest.ephemeral
    assert f"{len(world.bot.services.articles.library.articles)} articles" in texts(answer(latest))
    turned = await world.alice.click(answer(latest), label="Next (1/46)")
    assert answer(turned).id == answer(latest).id
    assert "Open 6" in buttons(answer(turned))


async def test_what_was_found_leads_to_its_dramas_and_people(world: World) -> None:
    found = await world.alice.slash(world.channel, "article search", text="queen of tears")
    person = await follow(world.alice, answer(found), "Kim Ji-won")
    assert texts(answer(person)).startswith("## Kim Ji-won")
