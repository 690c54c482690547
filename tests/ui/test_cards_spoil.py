"""What cards give away, and what is left out of them where it is not wanted or not possible."""

import re

import pytest

from bot.domain.moments import Moment
from bot.domain.people import split_name
from bot.domain.records import Record, Score
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language
from bot.services.records import CoupleCard
from bot.text.catalogue import Phrases
from bot.ui.cards.article import article_card, article_list
from bot.ui.cards.couple import couple_card
from bot.ui.cards.drama import cast_page, drama_card
from bot.ui.cards.here import Here
from bot.ui.cards.person import person_card
from bot.ui.pages import Page, plain
from tests.cogs.points import faults
from tests.ui.cards import (
    CAREERS,
    CATALOGUE,
    LIBRARY,
    chosen,
    couple_page,
    parts,
    person_page,
    texts,
    written_of,
)


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


def test_who_a_character_is_besides_stands_behind_a_veil_and_in_no_menu(phrases: Phrases) -> None:
    double = [
        (drama, role, role.character) for drama in LIBRARY.dramas.values() for role in drama.cast if role.character
    ]
    double = [(drama, role, split_name(character)) for drama, role, character in double if split_name(character)[1]]
    assert len(double) > 15
    for drama, role, (first, rest) in double:
        pages = [drama_card(drama, LIBRARY, 3, phrases), person_page(LIBRARY.people[role.actor], phrases)]
        pages.append(cast_page(drama, 0, LIBRARY, phrases))
        about = [article for article in written_of(role.actor) if drama.id in article.dramas]
        pages += [article_card(article, LIBRARY, phrases) for article in about]
        for page in pages:
            open_to_all = re.sub(r"\|\|.*?\|\|", "", texts(page), flags=re.DOTALL) + "".join(hints(page))
            assert f" / {phrases.of(rest or first)}" not in open_to_all
            assert phrases.of(rest or first) not in hints_of(page, role.actor)
        assert f"||{phrases.of(rest or first)}" in texts(pages[1])
    told = texts(drama_card(LIBRARY.dramas["sky-castle"], LIBRARY, 3, CATALOGUE[Language.ENGLISH]))
    assert "as Han Seo-jin (한서진) ||Kwak Mi-hyang (곽미향)||" in told


def hints(page: Page) -> list[str]:
    return [option.get("description", "") for part in parts(page) for option in part.get("options", ())]


def hints_of(page: Page, actor: str) -> str:
    """What stands in the menus beside an actor."""
    options = [option for part in parts(page) for option in part.get("options", ())]
    return "".join(one.get("description", "") for one in options if one["value"] == f"person:{actor}")


@pytest.mark.parametrize("policy", list(SpoilerPolicy))
def test_a_private_card_of_an_article_veils_what_the_policy_does_not_allow(policy: SpoilerPolicy) -> None:
    phrases, here = CATALOGUE[Language.ENGLISH], Here(policy=policy)
    for article in LIBRARY.articles.values():
        level = LIBRARY.level_of(article)
        page = texts(article_card(article, LIBRARY, phrases, here=here))
        open_to_all = re.sub(r"\|\|.*?\|\|", "", page, flags=re.DOTALL)
        summary = str(article.summary.en if article.summary else "")[:40].replace("*", "\\*")
        assert (summary in open_to_all) is policy.allows(level), article.id
        assert (plain(article.headline.en) in open_to_all) is policy.bares(LIBRARY.headline_level(article)), article.id
        assert ("May spoil, tap to see" in page) is not policy.allows(level), article.id


@pytest.mark.parametrize("policy", list(SpoilerPolicy))
def test_a_list_veils_the_headlines_that_give_away_what_matters_most(policy: SpoilerPolicy) -> None:
    phrases, here = CATALOGUE[Language.ENGLISH], Here(policy=policy)
    for article in LIBRARY.articles.values():
        listed = article_list("## Articles", [article], 0, LIBRARY, phrases, lambda _page, _pages: [], here)
        assert faults(listed) == []
        veiled = LIBRARY.headline_level(article) is SpoilerLevel.MAJOR and policy is not SpoilerPolicy.ALL
        assert (f"||{plain(article.headline.en)[:40]}" in texts(listed)) is veiled
        assert ("speculation, not fact" in texts(listed)) is bool(article.fans_say)


def test_a_headline_over_several_dramas_stands_bare_also_before_everybody() -> None:
    article = LIBRARY.articles["iconic-unscripted-kisses"]
    page = texts(article_card(article, LIBRARY, CATALOGUE[Language.ENGLISH], public=True))
    assert LIBRARY.level_of(article) is SpoilerLevel.MAJOR
    assert f"## {plain(article.headline.en)}" in page
    assert all(f"- ||{fact.en.split(':')[0]}" in page for fact in article.facts)


def test_outside_of_guilds_no_card_offers_a_game_or_a_vote(phrases: Phrases) -> None:
    here = Here(plays=False)
    pages = [drama_card(drama, LIBRARY, 3, phrases, here=here) for drama in LIBRARY.dramas.values()]
    pages += [article_card(article, LIBRARY, phrases, here=here) for article in LIBRARY.articles.values()]
    for person in LIBRARY.people.values():
        about = written_of(person.name)
        pages.append(person_card(person, CAREERS[person.name], LIBRARY, about, phrases, here=here))
    for couple in LIBRARY.couples.values():
        found = CoupleCard(Record(Score(couple.id, couple.name)), couple, LIBRARY.dramas[couple.drama_id])
        pages.append(couple_card(found, None, 3, LIBRARY, phrases, here=here))
    for page in pages:
        assert not [part for part in parts(page) if part["custom_id"].split(":")[1].startswith(("play", "ship"))]


def test_a_couple_that_is_not_wanted_is_named_on_no_card(phrases: Phrases) -> None:
    couple = LIBRARY.couples["hong-hae-in-baek-hyun-woo"]
    drama, here = LIBRARY.dramas[couple.drama_id], Here(unwanted=frozenset({couple.id}))
    person = LIBRARY.people["Kim Ji-won"]
    pages = [drama_card(drama, LIBRARY, 3, phrases, here=here)]
    pages.append(person_card(person, CAREERS[person.name], LIBRARY, [], phrases, here=here))
    pages += [article_card(one, LIBRARY, phrases, here=here) for one in written_of(person.name)]
    for page in pages:
        assert f"couple:{couple.id}" not in chosen(page)
        assert plain(phrases.of(couple.name)) not in texts(page)


def test_a_persons_card_leads_to_their_articles_and_no_headline_in_it_gives_away_what_matters_most(
    phrases: Phrases,
) -> None:
    for person in LIBRARY.people.values():
        page = person_page(person, phrases)
        career, written = CAREERS[person.name], written_of(person.name)
        room = 25 - len({played.drama.id for played in career.roles}) - len(career.couples)
        assert [value for value in chosen(page) if value.startswith("article:")] == [
            f"article:{article.id}" for article in written[: max(room, 0)]
        ]
        options = [option for part in parts(page) for option in part.get("options", ())]
        named = {option["value"]: option["label"] for option in options}
        for article in written:
            if LIBRARY.headline_level(article) is SpoilerLevel.MAJOR:
                assert phrases.of(article.headline)[:60] not in named.get(f"article:{article.id}", "")


def test_the_cards_of_a_drama_and_of_its_couples_hold_no_sentence_of_a_scene(phrases: Phrases) -> None:
    for moment in LIBRARY.moments.values():
        drama = LIBRARY.drama_of(moment)
        pages = [drama_card(drama, LIBRARY, 3, phrases), *(couple_page(couple, phrases) for couple in drama.couples)]
        for page in map(texts, pages):
            assert not [text for text in sentences(moment, phrases) if text in page]


def sentences(moment: Moment, phrases: Phrases) -> list[str]:
    """What is told of a scene, sentence by sentence; a card might repeat one of them."""
    told = (phrases.of(text) for text in (moment.scene, moment.reveal, moment.how_known))
    return [sentence for text in told for sentence in re.split(r"(?<=[.!?;])\s+", text) if len(sentence) > 12]
