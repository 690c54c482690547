"""The menu that opens cards."""

import pytest

from bot.app import DATA
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import Outdated
from bot.text.catalogue import load_catalogue
from bot.ui.cards.menu import (
    Kind,
    Way,
    article_way,
    couple_way,
    doubt_about,
    drama_way,
    menu_of,
    parse_way,
    person_way,
)
from bot.ui.pages import Page, card
from tests.cogs.points import faults
from tests.cogs.world import shipped_library

ENGLISH, KOREAN = (load_catalogue(DATA / "locales")[language] for language in (Language.ENGLISH, Language.KOREAN))
LIBRARY = shipped_library()


def options(ways: list[Way]) -> list[dict[str, str]]:
    (shown,) = menu_of(ways, "Dramas and people")
    (menu,) = shown.to_component_dict()["components"]
    return menu["options"]  # pyright: ignore - the payload of a menu


def test_it_holds_no_more_than_discord_takes_and_nothing_twice() -> None:
    ways = [Way(Kind.DRAMA, f"d{number % 60}", "A drama") for number in range(90)]
    assert [option["value"] for option in options(ways)] == [f"drama:d{number}" for number in range(25)]


def test_long_names_are_cut_and_what_a_menu_cannot_hold_is_left_out() -> None:
    kept = Way(Kind.ARTICLE, "a", "여" * 200, "x" * 200)
    (option,) = options([kept, Way(Kind.COUPLE, "k" * 100, "Too long a key"), Way(Kind.COUPLE, "", "No key")])
    assert (option["value"], len(option["label"]), len(option["description"])) == ("article:a", 100, 100)
    assert faults(Page(card("Text", *menu_of([kept], "Menu")))) == []


def test_where_nothing_can_be_opened_there_is_no_menu() -> None:
    assert menu_of([], "Menu") == []
    assert menu_of([Way(Kind.COUPLE, "k" * 100, "Too long a key")], "Menu") == []


def test_what_it_leads_to_is_read_again() -> None:
    for kind in Kind:
        assert parse_way(Way(kind, "own/17:x", "A thing").value) == (kind, "own/17:x")


@pytest.mark.parametrize("value", ["", "drama", "drama:", "fan:x", ":x"])
def test_what_no_menu_of_ours_holds_is_outdated(value: str) -> None:
    with pytest.raises(Outdated):
        parse_way(value)


def test_every_entry_of_the_library_fits_into_it_and_is_called_in_the_readers_language() -> None:
    couples = [(couple, LIBRARY.dramas[couple.drama_id]) for couple in LIBRARY.couples.values()]
    for phrases in (ENGLISH, KOREAN):
        ways = [
            *(article_way(article, LIBRARY, SpoilerPolicy.NONE, phrases) for article in LIBRARY.articles.values()),
            *(drama_way(drama, phrases) for drama in LIBRARY.dramas.values()),
            *(person_way(person, phrases) for person in LIBRARY.people.values()),
            *(couple_way(couple, drama, phrases) for couple, drama in couples),
        ]
        assert [way for way in ways if len(way.value) > 100 or not way.label] == []
    drama, person = LIBRARY.dramas["queen-of-tears"], LIBRARY.people["Gong Yoo"]
    assert drama_way(drama, KOREAN) == Way(Kind.DRAMA, drama.id, "눈물의 여왕", "Queen of Tears · 2024 · tvN")
    assert person_way(person, KOREAN) == Way(Kind.PERSON, "Gong Yoo", "공유", "Gong Yoo")
    assert person_way(person, ENGLISH, "as Kim Shin").hint == "as Kim Shin"


@pytest.mark.parametrize("policy", list(SpoilerPolicy))
def test_a_headline_that_gives_away_what_matters_most_is_called_by_its_drama_unless_the_policy_allows_it(
    policy: SpoilerPolicy,
) -> None:
    neutral = [
        article
        for article in LIBRARY.articles.values()
        if article_way(article, LIBRARY, policy, ENGLISH).label != article.headline.en
    ]
    major = [one for one in LIBRARY.articles.values() if LIBRARY.headline_level(one) is SpoilerLevel.MAJOR]
    assert len(major) > 10
    assert neutral == ([] if policy is SpoilerPolicy.ALL else major)
    for article in neutral:
        way = article_way(article, LIBRARY, policy, KOREAN)
        drama = LIBRARY.drama_of(LIBRARY.moments_citing(article)[0])
        assert str(drama.title.ko) in way.label
        assert article.publisher in way.hint


def test_a_headline_about_dating_says_beside_it_what_to_think_of_it() -> None:
    for words in ("really dating", "confessed his love", "Netizens Ship"):
        (article,) = [one for one in LIBRARY.articles.values() if words in one.headline.en]
        assert doubt_about(article, ENGLISH) == "the headline says more than is known"
        assert article_way(article, LIBRARY, SpoilerPolicy.ALL, ENGLISH).hint.startswith("the headline says")
    told = {doubt_about(article, ENGLISH) for article in LIBRARY.articles.values() if article.fans_say}
    assert told == {"speculation, not fact"}
