"""Every card that can be made of the shipped library is one that Discord takes, in both languages."""

import re
from dataclasses import replace

import pytest

from bot.domain.library import Article, Drama, Library, Person, Role
from bot.domain.own_articles import HEADLINE_LIMIT, MOST_DRAMAS, MOST_PEOPLE, PUBLISHER_LIMIT, SUMMARY_LIMIT
from bot.domain.people import careers
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language, Localised
from bot.text.catalogue import Phrases
from bot.ui.cards.article import article_card, article_couples, article_list
from bot.ui.cards.drama import MOST_CAST, cast_page, drama_card
from bot.ui.cards.person import MOST_ROLES, person_card, scenes_page
from bot.ui.pager import page_of
from tests.cogs.points import faults
from tests.ui.cards import (
    BOTH,
    CAREERS,
    CATALOGUE,
    LIBRARY,
    NOON,
    chosen,
    couple_page,
    labels,
    leads_nowhere,
    parts,
    person_page,
    texts,
)


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


def test_every_drama_has_a_card_and_a_page_of_its_cast(phrases: Phrases) -> None:
    for drama in LIBRARY.dramas.values():
        for public in BOTH:
            page = drama_card(drama, LIBRARY, 999, phrases, public=public)
            assert faults(page) == [], drama.id
            assert drama.title.en in texts(page).replace("\\", "")
            assert leads_nowhere(chosen(page)) == []
        assert faults(cast_page(drama, 0, LIBRARY, phrases)) == [], drama.id


def test_every_person_has_a_card_and_pages_of_scenes(phrases: Phrases) -> None:
    for person in LIBRARY.people.values():
        for public in BOTH:
            page = person_page(person, phrases, public=public)
            assert faults(page) == [], person.name
            assert leads_nowhere(chosen(page)) == []
        for number in range(3):
            moments = CAREERS[person.name].moments
            page = scenes_page(person, moments, number, LIBRARY, SpoilerPolicy.ALL, phrases)
            assert faults(page) == [], person.name


def test_every_couple_has_a_card_that_leads_to_its_drama_and_whoever_plays_it(phrases: Phrases) -> None:
    for couple in LIBRARY.couples.values():
        for public in BOTH:
            page = couple_page(couple, phrases, public=public)
            assert faults(page) == [], couple.id
            assert chosen(page)[0] == f"drama:{couple.drama_id}"
            assert leads_nowhere(chosen(page)) == []


def test_every_article_has_a_card_that_leads_to_all_that_it_is_about(phrases: Phrases) -> None:
    for article in LIBRARY.articles.values():
        for public in BOTH:
            page = article_card(article, LIBRARY, phrases, public=public)
            assert faults(page) == [], article.id
            about = {*(f"drama:{name}" for name in article.dramas), *(f"person:{name}" for name in article.people)}
            couples = [f"couple:{couple.id}" for couple in article_couples(article, LIBRARY)]
            assert {*chosen(page)} == {*about, *couples[: 25 - len(about)]}


def test_every_list_of_articles_of_a_drama_fits(phrases: Phrases) -> None:
    for drama_id in LIBRARY.dramas:
        about = [article for article in LIBRARY.articles.values() if drama_id in article.dramas]
        for number in range(page_of(about, 0, 5)[2]):
            page = article_list("## Articles", about, number, LIBRARY, phrases, lambda _page, _pages: [])
            assert faults(page) == [], drama_id


def test_the_longest_article_of_a_guilds_own_fits_and_formats_nothing(phrases: Phrases) -> None:
    longest = sorted(LIBRARY.dramas.values(), key=lambda drama: -len(drama.title.en))[:MOST_DRAMAS]
    people = sorted(LIBRARY.people, key=len, reverse=True)[:MOST_PEOPLE]
    own = Article(
        "own/9223372036854775807",
        Localised("*" * HEADLINE_LIMIT),
        Localised("_" * SUMMARY_LIMIT),
        "~" * PUBLISHER_LIMIT,
        "2026-11-22",
        "https://example.org/" + "x" * 490,
        dramas=tuple(drama.id for drama in longest),
        people=tuple(people),
    )
    for public in BOTH:
        page = article_card(own, LIBRARY, phrases, public=public, added=NOON)
        assert faults(page) == []
        assert "**" * 2 not in texts(page)
        assert "__" not in texts(page)
    listed = article_list("## Articles", [own] * 5, 0, LIBRARY, phrases, lambda _page, _pages: [])
    assert listed.content_length() <= 4000
    assert listed.total_children_count <= 40


def test_an_article_of_a_guilds_own_says_so_and_plays_and_votes_on_its_drama() -> None:
    phrases = CATALOGUE[Language.ENGLISH]
    own = Article("own/17", Localised("Our trip"), None, "Club", dramas=("queen-of-tears",))
    page = article_card(own, LIBRARY, phrases, added=NOON)
    ids = {part["label"]: part["custom_id"] for part in parts(page) if "label" in part}
    assert ids["Play this"] == "v1:play-drama:queen-of-tears:5"
    assert ids["Vote"] == "v1:ship-drama:queen-of-tears"
    assert f"Added by this server on <t:{round(NOON.timestamp())}:D>" in texts(page)
    bare = article_card(replace(own, dramas=()), LIBRARY, phrases)
    assert labels(bare) == ["Show everyone"]
    listed = article_list("## Articles", [own], 0, LIBRARY, phrases, lambda _page, _pages: [])
    assert "from the library of this server" in texts(listed)


def test_a_scene_that_spoils_stands_behind_a_veil_and_its_truth_nowhere(phrases: Phrases) -> None:
    for person in LIBRARY.people.values():
        moments = CAREERS[person.name].moments
        pages = range(page_of(moments, 0, 5)[2])
        shown = [scenes_page(person, moments, page, LIBRARY, SpoilerPolicy.ALL, phrases) for page in pages]
        told = "\n".join(map(texts, shown))
        open_to_all = re.sub(r"\|\|.*?\|\|", "", told, flags=re.DOTALL)
        for moment in moments:
            scene = phrases.of(moment.scene)[:60]
            assert scene in told
            assert (scene in open_to_all) is (moment.spoilers is SpoilerLevel.NONE)
            assert phrases.of(moment.reveal) not in told


def test_what_a_guild_keeps_out_of_games_is_counted_instead_of_shown() -> None:
    person, phrases = LIBRARY.people["Song Kang"], CATALOGUE[Language.ENGLISH]
    moments = CAREERS[person.name].moments
    hidden = sum(not SpoilerPolicy.NONE.allows(moment.spoilers) for moment in moments)
    page = texts(scenes_page(person, moments, 0, LIBRARY, SpoilerPolicy.NONE, phrases))
    assert hidden > 1
    assert f"{hidden} scenes are left out" in page
    assert "||" not in page


def test_a_card_has_no_button_that_leads_nowhere(phrases: Phrases) -> None:
    for drama in LIBRARY.dramas.values():
        ids = [part["custom_id"].split(":")[1] for part in parts(drama_card(drama, LIBRARY, 0, phrases))]
        assert ("play-drama" in ids) is any(moment.game_ready for moment in drama.moments)
        assert ("ship-drama" in ids) is bool(drama.couples)
        assert "shelf" not in ids
    nobody = Person("Nobody")
    bare = person_card(nobody, careers(Library({}, {}, {"Nobody": nobody}))["Nobody"], LIBRARY, [], phrases)
    assert [part["custom_id"] for part in parts(bare)] == ["v1:person-share:Nobody"]


def test_a_cast_of_many_is_cut_and_stands_on_pages_of_its_own(phrases: Phrases) -> None:
    people = {f"Actor {number:02}": Person(f"Actor {number:02}") for number in range(45)}
    crowd = Drama("crowd", Localised("Crowd"), 2020, tuple(Role(name) for name in people), (), ())
    library = Library({"crowd": crowd}, {}, people)
    page = drama_card(crowd, library, 0, phrases)
    assert faults(page) == []
    assert texts(page).count("Actor") == MOST_CAST
    assert str(45 - MOST_CAST) in texts(page)
    assert len(chosen(page)) == 25
    assert "v1:shelf:cast:crowd" in [part["custom_id"] for part in parts(page)]
    pages = [cast_page(crowd, number, library, phrases) for number in range(3)]
    assert [faults(page) for page in pages] == [[], [], []]
    assert [name for name in people if name not in "".join(map(texts, pages))] == []
    assert texts(cast_page(crowd, 99, library, phrases)) == texts(pages[2])
    assert texts(cast_page(crowd, -5, library, phrases)) == texts(pages[0])


def test_a_career_of_many_roles_is_cut_and_the_others_are_counted(phrases: Phrases) -> None:
    person = Person("Busy")
    dramas = {
        f"d{number}": Drama(f"d{number}", Localised(f"Drama {number}" * 9), 1980 + number, (Role("Busy"),), (), ())
        for number in range(40)
    }
    library = Library(dramas, {}, {"Busy": person})
    page = person_card(person, careers(library)["Busy"], library, [], phrases)
    assert faults(page) == []
    assert texts(page).count("- 20") == MOST_ROLES
    assert str(40 - MOST_ROLES) in texts(page)
    assert len(chosen(page)) == 25
