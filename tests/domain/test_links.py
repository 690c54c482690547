"""Web addresses that members type."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.links import LONGEST_LINK, checked_link, link_key
from bot.errors import LinkNotWeb, LinkTooLong


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/news/1",
        "  http://example.com/?id=7#part  ",
        "https://한국.kr/기사/1",
        "https://example.com:8443/a(b)",
        "HTTPS://EXAMPLE.COM/",
    ],
)
def test_an_address_of_the_web_is_kept_as_it_was_written(text: str) -> None:
    assert checked_link(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/news",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:word@example.com/",
        "https://example.com@other.com/",
        "https://example.com/a b",
        "https://example.com/a\nb",
        "https://example.com/<b>",
        "https://example.com/a|b",
        "https://example.com:port/",
        "https://[::1/",
        "https://.../",
        "//example.com/a",
        "data:text/html,hello",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text: str) -> None:
    with pytest.raises(LinkNotWeb):
        checked_link(text)


def test_a_link_is_as_long_as_a_button_takes_and_no_longer() -> None:
    start = "https://example.com/"
    assert checked_link(start + "a" * (LONGEST_LINK - len(start)))
    with pytest.raises(LinkTooLong):
        checked_link(start + "a" * (LONGEST_LINK - len(start) + 1))


@given(st.text(max_size=80))
def test_whatever_is_typed_is_an_address_or_refused(text: str) -> None:
    try:
        link = checked_link("https://" + text)
    except (LinkNotWeb, LinkTooLong):
        return
    assert link.startswith("https://")
    assert not set(' \n\t<>"|\\').intersection(link)
    assert link_key(link) == link_key(link)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "http://www.example.com/a/"),
        ("https://example.com/a", "https://EXAMPLE.com/a#comments"),
        ("https://example.com/a?id=7", "https://example.com/a?id=7&utm_source=feed&fbclid=x"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com", "https://example.com/"),
    ],
)
def test_two_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert link_key(one) == link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/b"),
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a?id=7", "https://example.com/a?id=8"),
        ("https://example.com/a", "https://news.example.com/a"),
        ("https://example.com/a", "https://example.com:8443/a"),
    ],
)
def test_addresses_of_two_pages_have_two_keys(one: str, other: str) -> None:
    assert link_key(one) != link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/기사?q=김", "https://example.com/%EA%B8%B0%EC%82%AC?q=%ea%b9%80"),
        ("https://example.com/a(b)", "https://example.com/a%28b%29"),
        ("https://example.com/\u1100\u1161", "https://example.com/\uac00"),
        ("https://example.com/%E1%84%80%E1%85%A1", "https://example.com/가"),
        ("https://example.com/?q=a+b", "https://example.com/?q=a%20b"),
        ("https://example.com/%7Ea", "https://example.com/~a"),
    ],
)
def test_one_address_has_one_key_however_it_is_spelled(one: str, other: str) -> None:
    assert link_key(one) == link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/?q=%B1%E8", "https://example.com/?q=%B9%DA"),
        ("https://example.com/%B1%E8", "https://example.com/%B9%DA"),
        ("https://example.com/?q=a%26b=1", "https://example.com/?q=a&b=1"),
        ("https://example.com/?q=a%2Bb", "https://example.com/?q=a+b"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/?a=1&b=2", "https://example.com/?b=2&a=1"),
    ],
)
def test_nothing_that_tells_two_addresses_apart_is_lost(one: str, other: str) -> None:
    assert link_key(one) != link_key(other)


def test_an_address_is_stored_composed() -> None:
    assert checked_link("https://example.com/\u1100\u1161") == "https://example.com/\uac00"


def test_half_a_character_is_no_address() -> None:
    with pytest.raises(LinkNotWeb):
        checked_link("https://example.com/\ud83d")
