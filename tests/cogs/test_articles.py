"""Looking articles up, as members see it."""

import unicodedata

import pytest

from bot.domain.texts import Language
from bot.ui.channels import post
from bot.ui.panel import how_to_panel
from tests.cogs.world import World, answer, buttons, texts


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
