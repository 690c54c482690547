"""What a manager is about to do to a guild's own library."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.library_drafts import (
    Clash,
    Draft,
    Edit,
    Imported,
    changed_fields,
    chosen_anew,
    entered_anew,
    plan_import,
    same_article,
)
from bot.domain.own_articles import MOST_DRAMAS, Change, OwnArticle, Written, past_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DRAFT = Draft(1, 2, 3, NOON)
LINK, OTHER = "https://example.com/1", "https://example.com/2"


def own(number: int, headline: str, url: str | None = None) -> OwnArticle:
    return OwnArticle(number, 1, Written(headline, "P", url=url), NOON)


def test_what_is_found_in_the_text_is_chosen_and_offered() -> None:
    filled = entered_anew(DRAFT, Written("h", "p"), ["goblin"], ["Gong Yoo"])
    assert (filled.entered.dramas, filled.entered.people) == (("goblin",), ("Gong Yoo",))
    assert (filled.dramas_offered, filled.people_offered) == (("goblin",), ("Gong Yoo",))


def test_what_was_taken_out_stays_out_when_the_text_is_changed_and_can_be_chosen_again() -> None:
    filled = entered_anew(DRAFT, Written("h", "p"), ["goblin", "signal"], [])
    without = chosen_anew(filled, dramas=["signal"])
    again = entered_anew(without, Written("another", "p"), ["goblin", "signal", "live"], [])
    assert again.entered == Written("another", "p", dramas=("signal", "live"))
    assert chosen_anew(again, dramas=["goblin"]).entered.dramas == ("goblin",)


def test_only_what_is_offered_can_be_chosen() -> None:
    filled = entered_anew(DRAFT, Written("h", "p"), ["goblin"], ["Gong Yoo"])
    chosen = chosen_anew(filled, dramas=["forged"], people=["Gong Yoo", "Nobody"])
    assert (chosen.entered.dramas, chosen.entered.people) == ((), ("Gong Yoo",))


def test_no_more_dramas_are_chosen_than_an_article_holds_and_the_given_ones_come_first() -> None:
    given = replace(DRAFT, entered=Written("", "", dramas=("mine",)), dramas_offered=("mine",))
    filled = entered_anew(given, Written("h", "p"), [f"d{number}" for number in range(40)], [])
    assert filled.entered.dramas == ("mine", *(f"d{number}" for number in range(MOST_DRAMAS - 1)))
    assert len(filled.dramas_offered) == 25


def test_fields_that_differ_are_named_in_their_order() -> None:
    before = Written("h", "p", "2024", LINK, "s", ("a",), ("b",))
    assert changed_fields(before, before) == []
    assert changed_fields(before, replace(before, summary=None, headline="x", people=())) == [
        "headline",
        "summary",
        "people",
    ]


def test_an_import_knows_an_article_by_its_number_link_or_name() -> None:
    held = [own(1, "One", LINK), own(2, "Two", OTHER), own(3, "Three")]
    plan = plan_import(
        [
            Imported(Written("One, anew", "P", url=LINK), 1),
            Imported(Written("Two", "P", url="http://www.example.com/2/?utm_source=x")),
            Imported(Written("Three", "P")),
            Imported(Written("Four", "P"), 99),
        ],
        held,
    )
    assert plan.changed == (
        Edit(held[0], Written("One, anew", "P", url=LINK)),
        Edit(held[1], Written("Two", "P", url="http://www.example.com/2/?utm_source=x")),
    )
    assert (plan.new, plan.unchanged, plan.clashes) == ((Written("Four", "P"),), 1, ())


def test_a_link_that_another_article_has_and_an_article_that_stands_twice_are_clashes() -> None:
    held = [own(1, "One", LINK), own(2, "Two", OTHER)]
    plan = plan_import(
        [
            Imported(Written("One", "P", url=OTHER), 1),
            Imported(Written("Two", "P"), 2),
            Imported(Written("Two again", "P", url=OTHER)),
        ],
        held,
    )
    assert plan.clashes == (Clash(2, "One", 0),)
    plan = plan_import([Imported(Written("One", "P", url=OTHER), 1), Imported(Written("One", "P"), 1)], held)
    assert plan.clashes == (Clash(0, "Two"), Clash(1, "One", 0))


def test_importing_what_is_there_already_is_nothing() -> None:
    held = [own(1, "One", LINK)]
    assert plan_import([Imported(held[0].written)], held).is_empty
    assert not plan_import([Imported(Written("New", "P"))], held).is_empty


def test_articles_are_the_same_by_their_link_and_without_one_by_headline_and_publisher() -> None:
    assert same_article(Written("a", "p", url=LINK)) == same_article(Written("b", "q", url=LINK + "#c"))
    assert same_article(Written("a", "p")) != same_article(Written("a", "q"))


def test_an_article_tells_who_added_and_last_changed_it_or_that_a_feed_brought_it() -> None:
    fed = replace(own(1, "One"), feed_id=7)
    assert [(line.kind, line.user_id) for line in past_of(fed)] == [(Change.FED, None)]
    edited = replace(own(1, "One"), adder_id=5, edited_at=NOON, editor_id=6)
    assert [(line.kind, line.user_id) for line in past_of(edited)] == [(Change.EDITED, 6), (Change.ADDED, 5)]


def test_two_articles_of_one_file_swap_their_links() -> None:
    held = [own(1, "One", LINK), own(2, "Two", OTHER)]
    swapped = [Imported(Written("One", "P", url=OTHER), 1), Imported(Written("Two", "P", url=LINK), 2)]
    plan = plan_import(swapped, held)
    assert plan.clashes == ()
    assert [(edit.before.id, edit.after.url) for edit in plan.changed] == [(1, OTHER), (2, LINK)]
    moved = plan_import([Imported(Written("One", "P"), 1), Imported(Written("New", "P", url=LINK))], held)
    assert (moved.clashes, [written.headline for written in moved.new]) == ((), ["New"])


def test_two_plans_have_one_mark_only_where_they_do_the_same() -> None:
    held = [own(1, "One", LINK), own(2, "Two", OTHER)]
    file = [Imported(Written("One, anew", "P", url=LINK)), Imported(Written("New", "P"))]
    mark = plan_import(file, held).mark
    assert mark == plan_import(file, [*held, own(3, "Three")]).mark
    for others in ([held[1]], [own(1, "Edited", LINK), held[1]], [own(4, "One", LINK), held[1]]):
        assert plan_import(file, others).mark != mark
