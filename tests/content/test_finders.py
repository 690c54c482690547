"""Which articles and people are offered while a member types, and which she means."""

from dataclasses import replace

import pytest

from bot.content.search.entries import article_index
from bot.content.search.finders import ArticleFinder, PersonFinder, own_entry, own_index
from bot.content.search.index import Index
from bot.domain.library import Article, Drama, Library, Person, Role
from bot.domain.texts import Localised
from bot.errors import NoSuchPerson
from tests.content.shipped import shipped_library

GOBLIN = "guardian-the-lonely-and-great-god"


def own(number: int, headline: str, date: str | None = None, dramas: tuple[str, ...] = ()) -> Article:
    """An article of a guild's own, without a summary."""
    return Article(f"own/{number}", Localised(headline), None, "Our blog", date, dramas=dramas)


@pytest.fixture(scope="module")
def articles() -> ArticleFinder:
    return ArticleFinder(shipped_library())


@pytest.fixture(scope="module")
def people() -> PersonFinder:
    """Finds people some of whom share a name."""
    cast = {"Kim Ji-won": ("김지원",), "Kim Ji-won (1995)": ("김지원",), "Gong Yoo": ("공유", "Kong Yoo")}
    named = {name: Person(name, ko, tuple(also)) for name, (ko, *also) in cast.items()}
    role = Role("Gong Yoo", Localised("Kim Shin", "김신"))
    dramas = {GOBLIN: Drama(GOBLIN, Localised("Goblin", "도깨비"), 2016, (role,), (), ())}
    return PersonFinder(Library(dramas, {}, named))


def test_before_anything_is_typed_the_founding_articles_are_offered(articles: ArticleFinder) -> None:
    founding = [article.id for article in shipped_library().articles.values() if article.founding]
    assert articles.suggest(" ") == founding[:25]
    assert articles.suggest("", own_index([own(1, "Ours")], shipped_library()), 3) == founding[:3]


def test_shipped_articles_and_those_of_the_guild_are_ranked_together(articles: ArticleFinder) -> None:
    ours = own_index([own(1, "Goblin"), own(2, "What I think", "2031", dramas=(GOBLIN,))], shipped_library())
    shipped = articles.search("goblin")
    found = articles.search("goblin", ours)
    assert found[0] == "own/1"
    assert sorted(found) == sorted([*shipped, "own/1", "own/2"])
    founding = sum(shipped_library().articles[article_id].founding for article_id in shipped)
    assert found.index("own/2") == 1 + founding


def test_only_the_guild_itself_finds_its_articles(articles: ArticleFinder) -> None:
    ours = own_index([own(1, "Zanzibar retrospective")], shipped_library())
    assert [articles.search("zanzibar", ours), articles.search("zanzibar")] == [["own/1"], []]


def test_no_guess_from_the_guild_stands_beside_what_is_shipped(articles: ArticleFinder) -> None:
    ours = own_index([own(1, "Gobelin")], shipped_library())
    assert "own/1" not in articles.search("goblin", ours)
    assert "own/1" in articles.search("gobeln", ours)


def test_an_article_of_dramas_and_people_that_the_library_does_not_hold_is_found_by_its_words() -> None:
    library, ours = Library({}, {}, {}), own(1, "Ours", dramas=("gone",))
    index = Index([own_entry(replace(ours, people=("Somebody New",), topics=("kiss",)), library)])
    for query in ("ours", "somebody new", "kiss", "our blog"):
        assert index.search(query) == ["own/1"], query


@pytest.mark.parametrize(
    ("query", "meant"), [("gong yooo chul", "Gong Yoo"), ("business propxyzl", "Business Proposal")]
)
def test_names_are_offered_for_what_nothing_answers_to(articles: ArticleFinder, query: str, meant: str) -> None:
    offered = articles.nearest(query)
    assert len(offered) <= 3
    assert meant in offered


def test_every_name_that_is_offered_finds_something(articles: ArticleFinder) -> None:
    for query in ("bisnes poposl", "hyun bim", "seceret gardn", "krash lnding", "이민후우", "queer of teems"):
        offered = articles.nearest(query)
        assert len(offered) > 0, query
        for name in offered:
            assert len(articles.search(name)) > 0, name


@pytest.mark.parametrize("query", ["", "?!", "🫶", "x" * 5000, "qqqqqqqq", "가" * 3000, "(.*)+[", "\\", "ᅡ", "ㅏㅏㅏ"])
def test_no_query_is_too_strange(articles: ArticleFinder, people: PersonFinder, query: str) -> None:
    assert len(articles.suggest(query)) <= 25
    assert len(articles.nearest(query)) <= 3
    assert len(people.suggest(query)) <= 3
    with pytest.raises(NoSuchPerson) as refusal:
        people.find(query)
    assert len(str(refusal.value.values["text"])) <= 60


@pytest.mark.parametrize("text", ["Gong Yoo", "gongyoo", "yoo gong", "공유", "Kong Yu", "gong y", "Gomg Yoo", "공우"])
def test_a_person_is_found_in_whatever_spelling(people: PersonFinder, text: str) -> None:
    assert people.find(text).name == "Gong Yoo"


@pytest.mark.parametrize("text", ["김지원", "kim ji", "Goblin", "Kim Shin", "nobody at all"])
def test_nobody_is_guessed_where_several_have_the_name_or_nobody_does(people: PersonFinder, text: str) -> None:
    with pytest.raises(NoSuchPerson):
        people.find(text)


def test_the_credited_name_is_that_person_though_another_begins_with_it(people: PersonFinder) -> None:
    assert people.find("Kim Ji-won").name == "Kim Ji-won"


def test_people_are_offered_by_name_by_drama_and_by_character(people: PersonFinder) -> None:
    for typed in ("gong", "gob", "도깨", "김신", "kim sh"):
        assert people.suggest(typed)[0].name == "Gong Yoo", typed


def test_before_anything_is_typed_those_in_most_dramas_are_offered(people: PersonFinder) -> None:
    assert [person.name for person in people.suggest(" ", 2)] == ["Gong Yoo", "Kim Ji-won"]


def test_every_shipped_person_is_found_by_each_name_that_is_nobody_elses() -> None:
    library = shipped_library()
    finder = PersonFinder(library)
    for person in library.people.values():
        for name in (*person.names.all, *person.also):
            assert person in finder.suggest(name), name
        assert finder.find(person.name) == person


def test_the_index_of_a_library_is_built_once_and_never_taken_for_that_of_an_equal_one() -> None:
    one, other = Library({}, {}, {}), Library({}, {}, {})
    assert article_index(one) is article_index(one)
    assert article_index(one) is not article_index(other)
