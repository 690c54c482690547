"""What a manager writes down of an article, and what is kept of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bot.domain.own_articles import (
    HEADLINE_LIMIT,
    PUBLISHER_LIMIT,
    SUMMARY_LIMIT,
    OwnArticle,
    Written,
    checked,
    checked_date,
    examined,
    own_number,
)
from bot.errors import (
    DateUnclear,
    HeadlineTooLong,
    LinkNotWeb,
    NoHeadline,
    PublisherTooLong,
    SummaryTooLong,
    UserError,
)

TODAY = date(2026, 11, 22)


def headed(text: str) -> Written:
    return Written(text, "Daily Drama")


def published(text: str) -> Written:
    return Written("The kiss", text)


def summed_up(text: str) -> Written:
    return Written("The kiss", "Daily Drama", summary=text)


def test_what_is_written_is_kept_with_single_spaces() -> None:
    written = Written(
        " The \n kiss ", " Daily  Drama ", " 2026.8.4. ", " https://example.com/1 ", "It\n\nwas  raining."
    )
    assert checked(written, TODAY) == Written(
        "The kiss", "Daily Drama", "2026-08-04", "https://example.com/1", "It was raining."
    )


def test_link_date_and_summary_may_be_left_out() -> None:
    assert checked(Written("The kiss", "Daily Drama", "", "  ", " \n"), TODAY) == Written("The kiss", "Daily Drama")


@pytest.mark.parametrize(("headline", "publisher"), [("", "Daily Drama"), (" \n", "Daily Drama"), ("The kiss", " ")])
def test_without_headline_or_publisher_it_is_no_article(headline: str, publisher: str) -> None:
    with pytest.raises(NoHeadline):
        checked(Written(headline, publisher), TODAY)


@pytest.mark.parametrize(
    ("refusal", "limit", "write"),
    [
        (HeadlineTooLong, HEADLINE_LIMIT, headed),
        (PublisherTooLong, PUBLISHER_LIMIT, published),
        (SummaryTooLong, SUMMARY_LIMIT, summed_up),
    ],
)
def test_a_text_that_is_too_long_is_refused(
    refusal: type[UserError], limit: int, write: Callable[[str], Written]
) -> None:
    assert checked(write("a" * limit), TODAY) == write("a" * limit)
    with pytest.raises(refusal):
        checked(write("a" * (limit + 1)), TODAY)


def test_a_link_that_is_none_is_refused() -> None:
    with pytest.raises(LinkNotWeb):
        checked(Written("The kiss", "Daily Drama", url="javascript:alert(1)"), TODAY)


def test_a_drama_or_person_named_twice_counts_once() -> None:
    written = checked(Written("The kiss", "Daily", dramas=("a", "b", "a"), people=("Ann", "Ann")), TODAY)
    assert (written.dramas, written.people) == (("a", "b"), ("Ann",))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-8-4", "2026-08-04"),
        ("2026. 8. 4.", "2026-08-04"),
        ("2026/08/04", "2026-08-04"),
        ("2026-08", "2026-08"),
        ("2026.8", "2026-08"),
        ("1999", "1999"),
        ("", None),
        ("  ", None),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(typed: str, kept: str | None) -> None:
    assert checked_date(typed, TODAY) == kept


@pytest.mark.parametrize(
    "typed", ["yesterday", "2026-13", "2026-02-30", "26-08-04", "2026-11-23", "2027", "2026-", "4 August 2026", "-1"]
)
def test_what_is_no_day_of_the_calendar_or_still_to_come_is_refused(typed: str) -> None:
    with pytest.raises(DateUnclear):
        checked_date(typed, TODAY)


@pytest.mark.parametrize(
    ("article_id", "number"),
    [
        ("own/17", 17),
        ("own/", None),
        ("own/x", None),
        ("own/-1", None),
        ("own/²", None),
        ("own/9999999999999999999", None),
        ("17", None),
        ("iconic-unscripted-kisses", None),
    ],
)
def test_an_id_tells_whether_it_is_of_a_guilds_own_article(article_id: str, number: int | None) -> None:
    assert own_number(article_id) == number


def test_an_own_article_is_an_article_with_an_id_of_its_own() -> None:
    written = Written("The kiss", "Daily Drama", "2026", "https://example.com/1", None, ("goblin",), ("Gong Yoo",))
    article = OwnArticle(17, 1, written, datetime(2026, 1, 1, tzinfo=UTC)).article
    assert (article.id, article.headline.en, article.summary, article.link) == (
        *("own/17", "The kiss", None),
        "https://example.com/1",
    )
    assert own_number(article.id) == 17


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a \x01 b", "a b"), ("e\x01\u0301", "\u00e9"), ("a\nb\tc", "a b c"), ("\u1100\x07\u1161", "\uac00")],
)
def test_what_nobody_sees_is_taken_out_before_a_text_is_composed_and_joined(typed: str, kept: str) -> None:
    assert checked(Written(typed, "P"), TODAY).headline == kept


def test_a_text_of_nothing_that_can_be_seen_is_empty() -> None:
    with pytest.raises(NoHeadline):
        checked(Written("\x01 \x02", "P"), TODAY)


def test_a_date_has_digits_of_ascii() -> None:
    with pytest.raises(DateUnclear):
        checked_date("19９９", TODAY)


def test_every_field_that_is_wrong_is_named() -> None:
    wrong = Written("", "p" * 81, "soon", "example", "s" * 901)
    clean, refusals = examined(wrong, TODAY)
    assert set(refusals) == {"headline", "publisher", "date", "url", "summary"}
    assert (clean.date, clean.url) == (None, None)
