"""The search index: what is typed, and what comes first."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.content.load import load_library
from bot.content.search.entries import article_index, couple_index
from bot.content.search.index import Entry, Index
from tests.content.folders import ARTICLE, data_folder, instead
from tests.content.shipped import shipped_library


@pytest.fixture(scope="module")
def articles() -> Index:
    return article_index(shipped_library())


@pytest.fixture(scope="module")
def couples() -> Index:
    return couple_index(shipped_library())


def index(*entries: tuple[str, ...] | Entry) -> Index:
    """An index of entries, each called by its first name."""
    return Index(entry if isinstance(entry, Entry) else Entry(entry[0], entry) for entry in entries)


def dramas_of(articles: Index, query: str) -> set[str]:
    """The dramas of the best three articles."""
    library = shipped_library()
    return {drama for found in articles.search(query, 3) for drama in library.articles[found].dramas}


def test_exact_comes_before_beginning_before_words_before_inside() -> None:
    found = index(
        ("hobgoblin tales",), ("the lonely goblin",), ("goblin bride",), ("goblin",), ("something else",)
    ).search("goblin")
    assert found == ["goblin", "goblin bride", "the lonely goblin", "hobgoblin tales"]


def test_what_is_only_alike_comes_when_nothing_else_does() -> None:
    both = index(("goblin",), ("gobelin",))
    assert both.search("gobelin") == ["gobelin"]
    assert both.search("gobilin") == ["goblin", "gobelin"]


def test_the_most_alike_comes_first() -> None:
    assert index(("business prose",), ("business proposal",)).search("buisness proposal") == ["business proposal"]
    assert index(("reply 1994",), ("reply 1988",)).search("repyl 1988")[0] == "reply 1988"


def test_among_equals_the_first_of_the_index_comes_first() -> None:
    assert index(("a", "kiss"), ("b", "kiss"), ("c", "kiss")).search("kiss") == ["a", "b", "c"]


def test_an_entry_is_found_once_however_many_of_its_names_fit() -> None:
    assert index(("goblin", "goblin bride", "the goblin")).search("goblin") == ["goblin"]


def test_at_most_as_many_as_were_asked_for_are_found() -> None:
    many = index(*((f"kiss {number}",) for number in range(30)))
    assert len(many) == 30
    assert [len(many.search("kiss")), len(many.search("kiss", 3))] == [25, 3]


def test_words_are_found_in_any_order_and_half_typed() -> None:
    names = index(("Business Proposal",), ("Proposal Daisakusen",))
    assert names.search("proposal business") == ["Business Proposal"]
    assert names.search("prop bus")[0] == "Business Proposal"


def test_all_words_must_stand_in_an_entry() -> None:
    names = index(Entry("kim", ("Business Proposal",), ("kiss",)), Entry("lee", ("Business Trip",)))
    assert names.search("business kiss") == ["kim"]


def test_a_name_with_a_hyphen_is_found_with_a_space_and_in_one() -> None:
    names = index(("Shin Ha-ri",), ("Kim Shin",))
    for query in ("ha-ri", "ha ri", "hari", "hari shin", "Shin Hari"):
        assert names.search(query)[0] == "Shin Ha-ri", query


def test_a_misspelling_is_guessed_at_from_four_letters_on() -> None:
    assert index(("gobi",)).search("gbi") == []
    assert index(("gobii",)).search("gbii") == ["gobii"]


def test_a_part_of_a_name_is_looked_for_from_three_letters_on() -> None:
    assert index(("hobgoblin",)).search("ob") == []
    assert index(("hobgoblin",)).search("obg") == ["hobgoblin"]


@pytest.mark.parametrize("query", ["", " ", "\n\t", "!!!", "…?", "♥", "-", "\u200b", "\u3000", "🫶"])
def test_a_query_without_a_letter_or_digit_finds_nothing(articles: Index, couples: Index, query: str) -> None:
    assert (len(articles.search(query)), len(couples.search(query))) == (0, 0)


def test_an_empty_index_finds_nothing() -> None:
    assert index().search("goblin") == []


@pytest.mark.parametrize(
    "query",
    ["도깨비", "도깨", "돆", "도ㄲ", "도깹", unicodedata.normalize("NFD", "도깨비"), "goblin", "goblln", "gobiln"],
)
def test_the_goblin_is_found_half_typed_decomposed_and_misspelt(articles: Index, query: str) -> None:
    assert "guardian-the-lonely-and-great-god" in dramas_of(articles, query)


@pytest.mark.parametrize(
    "query",
    [
        "business proposal",
        "buisness proposal",
        "bussiness propossal",
        "BUSINESS PROPOSAL",
        "proposal business",
        "businessproposal",
        "사내맞선",
        "사내 맞선",
        "사내마",
        "사내맞",
    ],
)
def test_business_proposal_is_found_however_it_is_typed(articles: Index, query: str) -> None:
    assert "business-proposal" in dramas_of(articles, query)


@pytest.mark.parametrize(
    "query", ["Kim Se-jeong", "Kim Sejeong", "kim se jeong", "KIM SEJEONG", "se-jeong kim", "김세정", "김 세정", "세정"]
)
def test_an_actress_is_found_in_every_spelling(articles: Index, query: str) -> None:
    library = shipped_library()
    about_her = {article.id for article in library.articles.values() if "Kim Se-jeong" in article.people}
    found = articles.search(query, 60)
    assert about_her
    assert about_her <= set(found)
    assert found[0] in about_her


def test_composed_and_decomposed_queries_find_the_same(articles: Index, couples: Index) -> None:
    for drama in shipped_library().dramas.values():
        query = drama.title.ko or drama.title.en
        decomposed = unicodedata.normalize("NFD", query)
        assert (articles.search(query), couples.search(query)) == (
            articles.search(decomposed),
            couples.search(decomposed),
        )


def test_every_article_is_found_by_its_headline_in_both_scripts(articles: Index) -> None:
    for article in shipped_library().articles.values():
        for headline in article.headline.all:
            assert article.id in articles.search(headline, 3), headline


def test_every_couple_is_found_by_its_names_in_both_scripts_and_either_order(couples: Index) -> None:
    for couple in shipped_library().couples.values():
        for first, second in ((couple.first, couple.second), (couple.second, couple.first)):
            assert couple.id in couples.search(f"{first.en} {second.en}"), couple.id
            if first.ko and second.ko:
                assert couple.id in couples.search(f"{first.ko} {second.ko}"), couple.id


def test_every_couple_with_a_fan_name_is_found_by_it(couples: Index) -> None:
    named = [couple for couple in shipped_library().couples.values() if couple.fan_name]
    assert named
    for couple in named:
        for name in couple.fan_name.all if couple.fan_name else ():
            assert couple.id in couples.search(name), name


def test_couples_are_found_by_their_actors(couples: Index) -> None:
    assert couples.search("Ahn Hyo-seop")[0] == "shin-ha-ri-kang-tae-moo"


def test_an_article_is_found_by_its_summary_and_facts_and_by_given_names(tmp_path: Path) -> None:
    fact = '\n[[facts]]\nen = "It took eleven takes."\nko = "열한 번 찍었어요."\n'
    small = article_index(load_library(data_folder(tmp_path, {"articles/interview.toml": ARTICLE + fact})))
    for query in ("actress tells", "eleven takes", "열한 번", "세정", "osen 세정", "OSEN", "2022", "tae-moo ha-ri"):
        assert small.search(query) == ["interview"], query
    assert small.search("director") == []


def test_the_newest_article_comes_first_among_equals_and_the_undated_last(tmp_path: Path) -> None:
    dates = {"old": "2019-05", "newest": "2023", "new": "2022-04-07", "founding": "2001"}
    more = {name: instead(ARTICLE, ("2022-04-06", date)) for name, date in dates.items()}
    more["founding"] = instead(more["founding"], ("url =", "founding = true\nurl ="))
    more["undated"] = instead(ARTICLE, ('date = "2022-04-06"\n', ""))
    folder = data_folder(tmp_path, {f"articles/{name}.toml": text for name, text in more.items()})
    found = article_index(load_library(folder)).search("Business Proposal")
    assert found == ["founding", "newest", "new", "interview", "old", "undated"]


def test_the_founding_articles_come_first_among_equals(articles: Index) -> None:
    library = shipped_library()
    found = [library.articles[article_id].founding for article_id in articles.search("business proposal")]
    assert found == sorted(found, reverse=True)
    assert found[0]


@pytest.mark.parametrize(
    "query", ["x" * 5000, "kiss " * 1000, "가" * 5000, "ㄱ " * 2500, "\u0301" * 5000, "a b " * 1250]
)
def test_a_very_long_query_is_answered_at_once(articles: Index, query: str) -> None:
    started = time.perf_counter()
    assert len(articles.search(query)) <= 25
    assert time.perf_counter() - started < 1


@given(st.text(max_size=60))
def test_any_query_finds_entries_of_the_index_only_and_each_once(query: str) -> None:
    entries = [("goblin", "도깨비"), ("business proposal", "사내맞선"), ("w",), ("reply 1988", "응답하라 1988")]
    found = index(*entries).search(query, 3)
    assert len(found) == len(set(found)) <= 3
    assert set(found) <= {entry[0] for entry in entries}


def test_words_that_stand_whole_in_a_name_come_before_those_that_go_on() -> None:
    index = Index([Entry("seon", ("Kim Seon-ho",)), Entry("se", ("Kim Se-jeong",))])
    assert index.search("kim se") == ["se", "seon"]


def test_beside_what_is_called_just_so_stands_nobody_who_only_has_its_words() -> None:
    stranger = Entry("stranger", ("Kim Ada",), about=("Se Bo", "Jeong Cy"))
    index = Index([stranger, Entry("she", ("Kim Se-jeong",))])
    assert index.search("kim se jeong") == ["she"]
    assert index.search("kim se jeo") == ["she", "stranger"]
