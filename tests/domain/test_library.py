"""The library and the links between its entries."""

from bot.domain.library import Article, Couple, Drama, Library, Person
from bot.domain.moments import Moment
from bot.domain.texts import Localised
from tests.content.shipped import shipped_library
from tests.domain.builders import moment


def drama(drama_id: str, *moments: Moment, couples: tuple[Couple, ...] = ()) -> Drama:
    return Drama(drama_id, Localised(drama_id.title()), 2020, (), couples, moments)


def article(article_id: str, *dramas: str, **more: object) -> Article:
    given = {"url": None, "link_ok": True, **more}
    return Article(
        article_id,
        Localised("Headline"),
        Localised("Summary"),
        "Publisher",
        url=str(given["url"]) if given["url"] else None,
        link_ok=bool(given["link_ok"]),
        dramas=dramas,
    )


def couple(couple_id: str, first: Localised, second: Localised) -> Couple:
    return Couple(couple_id, "goblin", first, second, "main")


KISS = moment("kiss", True, drama_id="goblin", sources=("interview",))
SWORD = moment("sword", False, drama_id="goblin", sources=("elsewhere",))
GLASSES = moment("glasses", True, False, drama_id="proposal", sources=("interview", "elsewhere"))
PAIR = couple("pair", Localised("Kim Shin", "김신"), Localised("Ji Eun-tak", "지은탁"))
OTHER_PAIR = couple("other-pair", Localised("Sunny"), Localised("Wang Yeo", "왕여"))
GOBLIN = drama("goblin", KISS, SWORD, couples=(PAIR, OTHER_PAIR))
PROPOSAL = drama("proposal", GLASSES)
INTERVIEW = article("interview", "goblin")
ELSEWHERE = article("elsewhere")
LIBRARY = Library({"goblin": GOBLIN, "proposal": PROPOSAL}, {"interview": INTERVIEW, "elsewhere": ELSEWHERE}, people={})


def test_moments_and_couples_are_found_by_their_ids() -> None:
    assert LIBRARY.moments == {"kiss": KISS, "sword": SWORD, "glasses": GLASSES}
    assert LIBRARY.couples == {"pair": PAIR, "other-pair": OTHER_PAIR}


def test_the_moments_of_an_article_are_those_that_cite_it_and_then_those_of_its_dramas() -> None:
    assert LIBRARY.moments_of(INTERVIEW) == (KISS, GLASSES, SWORD)
    assert LIBRARY.moments_of(ELSEWHERE) == (SWORD, GLASSES)


def test_an_article_that_nothing_cites_has_the_moments_of_its_dramas_only() -> None:
    assert LIBRARY.moments_of(article("new", "goblin")) == (KISS, SWORD)
    assert LIBRARY.moments_of(article("newer")) == ()


def test_dramas_and_couples_of_an_article_come_in_their_order() -> None:
    both = article("both", "proposal", "goblin")
    assert LIBRARY.dramas_of(both) == (PROPOSAL, GOBLIN)
    assert LIBRARY.couples_of(LIBRARY.dramas_of(both)) == (PAIR, OTHER_PAIR)


def test_a_moment_leads_back_to_its_drama() -> None:
    assert LIBRARY.drama_of(GLASSES) == PROPOSAL


def test_a_couple_is_named_in_korean_only_where_both_names_are_known() -> None:
    assert Localised("Kim Shin ♥ Ji Eun-tak", "김신 ♥ 지은탁") == PAIR.name
    assert Localised("Sunny ♥ Wang Yeo") == OTHER_PAIR.name


def test_an_address_that_may_not_be_linked_is_no_link() -> None:
    assert article("a", url="https://example.org/a").link == "https://example.org/a"
    assert article("a", url="https://example.org/a", link_ok=False).link is None
    assert article("a").link is None


def test_a_person_is_named_in_both_scripts() -> None:
    assert Localised("Gong Yoo", "공유") == Person("Gong Yoo", "공유").names


def test_a_moment_with_a_reason_not_to_is_not_asked() -> None:
    assert moment("m", True).game_ready
    assert not moment("m", True, not_asked_because="the sources differ").game_ready


def test_every_link_of_the_shipped_library_leads_there_and_back() -> None:
    library = shipped_library()
    for entry in library.moments.values():
        assert entry in library.drama_of(entry).moments
        for source in entry.sources:
            assert entry in library.moments_of(library.articles[source])
    for written in library.articles.values():
        moments = library.moments_of(written)
        assert len(moments) == len(set(moments))
