"""Which drama a member means, and which are offered while she types."""

import pytest

from bot.content.search.finders import DramaFinder
from bot.domain.library import Drama, Library
from bot.domain.texts import Localised
from bot.errors import NoSuchDrama
from tests.content.shipped import shipped_library

GOBLIN = "guardian-the-lonely-and-great-god"


def drama(drama_id: str, title: str, year: int = 2020, ko: str | None = None) -> Drama:
    return Drama(drama_id, Localised(title, ko), year, (), (), ())


@pytest.fixture(scope="module")
def finder() -> DramaFinder:
    """Finds dramas like those that are shipped: sequels, a remake, an id that begins another."""
    dramas = (
        drama("age", "Age of Youth", 2016, "청춘시대"),
        drama("age-2", "Age of Youth 2", 2017, "청춘시대 2"),
        drama("reply-88", "Reply 1988", 2015, "응답하라 1988"),
        drama("reply-94", "Reply 1994", 2013, "응답하라 1994"),
        drama("boys-2009", "Boys Over Flowers", 2009),
        drama("boys-2026", "Boys Over Flowers", 2026),
    )
    return DramaFinder(Library({entry.id: entry for entry in dramas}, {}, {}))


@pytest.mark.parametrize("text", ["age", "Age of Youth", "age of youth", "AGEOFYOUTH", "청춘시대", "청춘 시대"])
def test_an_id_or_a_whole_title_is_that_drama_and_not_its_sequel(finder: DramaFinder, text: str) -> None:
    assert finder.find(text).id == "age"
    assert finder.find(text, rather=["age-2"]).id == "age"


def test_a_part_of_a_title_is_enough_where_only_one_has_it(finder: DramaFinder) -> None:
    assert finder.find("1988").id == "reply-88"
    assert finder.find("응답하라 199").id == "reply-94"


def test_where_several_answer_the_one_that_is_rather_meant_is_taken(finder: DramaFinder) -> None:
    assert finder.find("reply", rather=["reply-94", "age"]).id == "reply-94"
    assert finder.find("Boys Over Flowers", rather={"boys-2009"}).id == "boys-2009"


@pytest.mark.parametrize("text", ["reply", "Boys Over Flowers", "youth"])
def test_where_several_answer_none_is_guessed(finder: DramaFinder, text: str) -> None:
    with pytest.raises(NoSuchDrama):
        finder.find(text)
    with pytest.raises(NoSuchDrama):
        finder.find(text, rather=["age", "age-2", "reply-88", "reply-94", "boys-2009", "boys-2026"])


@pytest.mark.parametrize("text", ["", "   ", "!!!", "no such thing", "x" * 5000])
def test_what_no_drama_answers_to_is_refused_and_repeated_in_short(finder: DramaFinder, text: str) -> None:
    with pytest.raises(NoSuchDrama) as refusal:
        finder.find(text)
    assert len(str(refusal.value.values["text"])) <= 60


def test_before_anything_is_typed_the_newest_are_offered(finder: DramaFinder) -> None:
    offered = finder.suggest("  ", ["age", "age-2", "boys-2026"], 2)
    assert [entry.id for entry in offered] == ["boys-2026", "age-2"]


def test_only_those_are_offered_that_may_be(finder: DramaFinder) -> None:
    assert [entry.id for entry in finder.suggest("reply", ["reply-88", "gone"])] == ["reply-88"]
    assert finder.suggest("reply", []) == []


@pytest.mark.parametrize("typed", ["도깨", "goblin", "goblln", "Guardian", "쓸쓸하고"])
def test_the_goblin_is_found_however_it_is_typed(typed: str) -> None:
    library = shipped_library()
    assert GOBLIN in [entry.id for entry in DramaFinder(library).suggest(typed, library.dramas)]


def test_every_shipped_drama_is_found_by_each_of_its_titles() -> None:
    library = shipped_library()
    finder = DramaFinder(library)
    for entry in library.dramas.values():
        for title in entry.title.all:
            assert finder.find(title, rather=[entry.id]) == entry
        for title in (*entry.title.all, *entry.other_titles):
            assert entry in finder.suggest(title, library.dramas), title
