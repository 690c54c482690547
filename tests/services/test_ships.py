"""Which couples stand in a poll: chosen, named, or typed."""

from datetime import timedelta
from unicodedata import normalize

import pytest

from bot.domain.library import Article, Library
from bot.domain.polls import MOST_COUPLES, Option
from bot.domain.texts import NAME_LIMIT, Localised
from bot.errors import NameNotPlain, NameTooLong, NoSuchCouple
from bot.services.jobs import JobService
from bot.services.ships import ShipService
from bot.storage.database import Database


@pytest.fixture
def ships(database: Database, library: Library) -> ShipService:
    return ShipService(database, library, JobService(database, "me"), timedelta(minutes=5))


def test_the_id_of_a_couple_stands_for_it(ships: ShipService, library: Library) -> None:
    for couple in library.couples.values():
        assert ships.option(couple.id) == Option(couple.name, couple.id)


def test_the_name_of_a_couple_stands_for_it_in_both_scripts(ships: ShipService, library: Library) -> None:
    for couple in library.couples.values():
        for name in couple.name.all:
            assert ships.option(name) == Option(couple.name, couple.id)


@pytest.mark.parametrize("join", ["{} ♥ {}", "{} & {}", "{}, {}", "{}/{}", "{} + {}", "{} - {}", "{} {}"])
def test_two_names_stand_for_a_couple_in_either_order_and_any_case(
    ships: ShipService, library: Library, join: str
) -> None:
    couple = next(iter(library.couples.values()))
    expected = Option(couple.name, couple.id)
    for first, second in ((couple.first, couple.second), (couple.second, couple.first)):
        for one, other in zip(first.all, second.all, strict=True):
            assert ships.option(join.format(one, other)) == expected
            assert ships.option(join.format(one.upper(), other.lower())) == expected


def test_a_name_in_decomposed_hangul_stands_for_the_couple(ships: ShipService, library: Library) -> None:
    couple = next(couple for couple in library.couples.values() if couple.name.ko)
    assert ships.option(normalize("NFD", str(couple.name.ko))).couple_id == couple.id


@pytest.mark.parametrize("name", ["goblin", "Yoon Se-ri", "도깨비", "Team 404!", "and", "A &", "A & B & C"])
def test_what_is_not_two_names_is_no_couple(ships: ShipService, name: str) -> None:
    with pytest.raises(NoSuchCouple):
        ships.option(name)


@pytest.mark.parametrize(
    "name",
    ["Alpha and Beta", "알파와 베타", "알파 ♥ 베타", "Alpha x Beta", "Alpha×Beta", "Al-pha & Be-ta", "A ❤\ufe0f B"],
)
def test_two_names_that_are_not_in_the_catalogue_stand_for_themselves(ships: ShipService, name: str) -> None:
    assert ships.option(name) == Option(Localised(name))


def test_spaces_in_a_typed_name_are_made_single(ships: ShipService) -> None:
    assert ships.option("  Alpha \t and\n Beta ") == Option(Localised("Alpha and Beta"))


@pytest.mark.parametrize(
    "name", ["", "   ", "♥", "**bold**", "<@123>", "@everyone", "a\u202eb", "a\u200bb", "https://x.org", "[a](b)"]
)
def test_a_name_that_is_not_plain_is_refused(ships: ShipService, name: str) -> None:
    with pytest.raises(NameNotPlain):
        ships.option(name)


def test_a_name_that_does_not_fit_on_a_button_is_refused(ships: ShipService) -> None:
    longest = "A & " + "x" * (NAME_LIMIT - 4)
    assert ships.option(longest) == Option(Localised(longest))
    with pytest.raises(NameTooLong):
        ships.option(longest + "x")


def test_before_anything_is_typed_the_main_couples_of_the_newest_dramas_are_offered(
    ships: ShipService, library: Library
) -> None:
    offered = ships.suggest(" ")
    years = [ships.drama_of(couple).year for couple in offered]
    assert len(offered) == 25
    assert {couple.kind for couple in offered} == {"main"}
    assert years == sorted(years, reverse=True)
    assert years[0] == max(drama.year for drama in library.dramas.values() if drama.couples)
    assert ships.suggest("", limit=4) == offered[:4]


def test_a_couple_is_offered_for_the_beginning_of_its_names_and_of_its_drama(
    ships: ShipService, library: Library
) -> None:
    for couple in library.couples.values():
        for name in (*couple.first.all, *couple.second.all, *ships.drama_of(couple).title.all):
            assert couple in ships.suggest(name[: max(4, len(name) - 1)], limit=200)


def test_nothing_is_offered_for_what_nobody_is_called(ships: ShipService) -> None:
    assert ships.suggest("zzzzqqqq") == []


def test_the_couples_of_an_article_come_first_and_stand_nowhere_twice(ships: ShipService, library: Library) -> None:
    article = next(article for article in library.articles.values() if library.couples_of(library.dramas_of(article)))
    own, others = ships.couples_for(article)
    assert own == library.couples_of(library.dramas_of(article))[:MOST_COUPLES]
    assert others
    assert not set(own) & set(others)


def test_an_article_about_many_dramas_gives_no_more_couples_than_a_poll_holds(
    ships: ShipService, library: Library
) -> None:
    everything = Article("all", Localised("All"), Localised("All"), "A paper", dramas=tuple(library.dramas))
    own, others = ships.couples_for(everything)
    assert len(own) == MOST_COUPLES
    assert others == []


def test_without_an_article_there_are_only_the_others(ships: ShipService) -> None:
    assert ships.couples_for(None) == ((), ships.suggest(""))
