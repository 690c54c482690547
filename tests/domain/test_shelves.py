import pytest

from bot.domain.library import Article
from bot.domain.shelves import Keys, Wanted, by_drama, newest_first, short_key, topics_of
from bot.domain.texts import Localised
from bot.errors import Outdated


def article(
    article_id: str,
    date: str | None = None,
    *,
    dramas: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
) -> Article:
    return Article(article_id, Localised(article_id), None, "Paper", date, dramas=dramas, people=people, topics=topics)


def ids(articles: object) -> list[str]:
    assert isinstance(articles, list)
    return [entry.id for entry in articles]  # pyright: ignore[reportUnknownVariableType]


def test_the_newest_come_first_and_what_has_no_date_last() -> None:
    found = [article("none"), article("2020", "2020"), article("day", "2020-05-01"), article("month", "2020-05")]
    assert ids(newest_first(found)) == ["day", "month", "2020", "none"]


def test_equals_keep_their_order() -> None:
    assert ids(newest_first([article("a", "2020"), article("b", "2020"), article("c", "2020")])) == ["a", "b", "c"]


def test_an_article_stands_with_each_of_its_dramas() -> None:
    both = article("both", "2021", dramas=("x", "y"))
    shelves = by_drama([article("old", "2020", dramas=("x",)), both, article("of none")])
    assert {drama: ids(found) for drama, found in shelves.items()} == {"x": ["both", "old"], "y": ["both"]}


def test_topics_come_by_how_many_articles_have_them() -> None:
    found = [article("1", topics=("line", "kiss")), article("2", topics=("kiss",)), article("3", topics=("comedy",))]
    assert topics_of(found) == ["kiss", "comedy", "line"]


def test_an_article_is_taken_that_is_about_all_that_is_asked_for() -> None:
    one = article("1", dramas=("d",), people=("p",), topics=("t",))
    assert Wanted().takes(one)
    assert Wanted(drama="d", person="p", topic="t").takes(one)
    for wanted in (Wanted(drama="e"), Wanted("d", "d", "q"), Wanted(person="p", topic="u")):
        assert not wanted.takes(one)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("kim"),
        Wanted("도깨비", "d"),
        Wanted("", "d", "p", "t"),
        Wanted("a b", person="p"),
        Wanted("", topic="t"),
    ],
)
def test_what_is_kept_of_a_search_is_read_again(wanted: Wanted) -> None:
    assert Keys(("d", "p", "t")).read(wanted.for_button(60)) == wanted


def test_what_is_kept_holds_no_mark_that_a_button_would_spell_out_and_is_short() -> None:
    kept = Wanted("50%: a|b" + "x" * 100, "d" * 70, "p" * 70, "t" * 70).for_button(60)
    assert not {*":%"} & {*kept}
    assert kept.split("|")[3].startswith("50   a b")
    assert len(kept) == 60 + 3 * 7


def test_words_alone_are_kept_as_earlier_versions_kept_them() -> None:
    assert Wanted("gong yoo").for_button(60) == "gong yoo"
    assert Keys(()).read("gong yoo") == Wanted("gong yoo")


@pytest.mark.parametrize("kept", ["a|b", "|||", "zzzzzz|||x", "||||", "a|b|c|d|e"])
def test_what_asks_for_something_unknown_is_outdated(kept: str) -> None:
    if kept == "|||":
        assert Keys(("d",)).read(kept) == Wanted()
        return
    with pytest.raises(Outdated):
        Keys(("d",)).read(kept)


def test_a_short_key_stays_the_same_for_ever() -> None:
    assert short_key("queen-of-tears") == short_key("queen-of-" + "tears")
    assert len({short_key(f"drama-{number}") for number in range(500)}) == 500
    assert all(len(short_key(name)) == 6 and short_key(name).isalnum() for name in ("", "a", "도깨비"))
