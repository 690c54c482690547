from dataclasses import replace

import pytest

from bot.domain.library import Article, Couple, Library, Person, Role
from bot.domain.people import Played, careers, players, plays
from bot.domain.texts import Localised
from tests.domain.builders import drama, library, moment

ADA, BO = Person("Ada"), Person("Bo")
MIN, JUN = Localised("Min", "민"), Localised("Jun", "준")
COUPLE = Couple("min-jun", "new", MIN, JUN, "main")


def dated(article_id: str, date: str | None, *people: str) -> Article:
    return Article(article_id, Localised(article_id), None, "Paper", date, people=people)


@pytest.fixture
def shelf() -> Library:
    old = replace(drama("old", moment("m1", True, drama_id="old", performers=("Ada",))), year=2001, cast=(Role("Ada"),))
    asked = moment("m2", True, drama_id="new", performers=("Ada", "Bo"))
    never = moment("m3", True, drama_id="new", performers=("Ada",), not_asked_because="low confidence")
    cast = (Role("Ada", MIN), Role("Bo", JUN))
    new = replace(drama("new", asked, never), year=2024, cast=cast, couples=(COUPLE,))
    articles = [dated("a", "2020", "Ada"), dated("b", None, "Ada"), dated("c", "2021-05", "Ada", "Bo")]
    return library(old, new, articles=articles, people=(ADA, BO, Person("Cy")))


def test_roles_come_by_year_the_newest_first(shelf: Library) -> None:
    roles = careers(shelf)["Ada"].roles
    assert roles == (Played(shelf.dramas["new"], MIN), Played(shelf.dramas["old"], None))


def test_who_plays_two_roles_in_a_drama_plays_in_one_drama(shelf: Library) -> None:
    twice = replace(shelf.dramas["new"], cast=(Role("Ada", MIN), Role("Ada", JUN)))
    career = careers(library(twice, people=(ADA,)))["Ada"]
    assert len(career.roles) == 2
    assert career.couples == (COUPLE,)


def test_scenes_are_those_that_a_game_may_ask_about(shelf: Library) -> None:
    assert [scene.id for scene in careers(shelf)["Ada"].moments] == ["m2", "m1"]


def test_articles_come_by_date_those_without_one_last(shelf: Library) -> None:
    assert [article.id for article in careers(shelf)["Ada"].articles] == ["c", "a", "b"]


def test_a_couple_is_of_whoever_plays_a_half_of_it(shelf: Library) -> None:
    assert careers(shelf)["Bo"].couples == (COUPLE,)
    assert players(COUPLE, shelf.dramas["new"]) == [(MIN, ["Ada"]), (JUN, ["Bo"])]


def test_everybody_has_a_career_be_it_empty(shelf: Library) -> None:
    assert {*careers(shelf)} == {"Ada", "Bo", "Cy"}
    assert careers(shelf)["Cy"].roles == ()


@pytest.mark.parametrize(
    ("character", "is_played"),
    [
        (Localised("Min"), True),
        (Localised("Min / Kim Min", "민 / 김민"), True),
        (Localised("Queen Min (older)"), False),
        (Localised("Min (older)"), True),
        (Localised("Another spelling", "민"), True),
        (Localised("Minho", "민호"), False),
        (None, False),
    ],
)
def test_a_character_is_known_by_either_of_two_names_and_without_remarks(
    character: Localised | None, is_played: bool
) -> None:
    assert plays(Role("Ada", character), MIN) is is_played


def test_without_hangul_on_either_side_nothing_is_the_same() -> None:
    assert not plays(Role("Ada", Localised("Sol")), Localised("Min"))


def test_who_plays_a_half_in_her_youth_and_who_later_stand_beside_each_other() -> None:
    cast = (Role("Ada", MIN), Role("Bo", Localised("Min (older)")))
    assert players(COUPLE, replace(drama("new"), cast=cast))[0] == (MIN, ["Ada", "Bo"])
