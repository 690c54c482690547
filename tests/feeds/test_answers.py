"""What comes back from the process that reads: only what is believed of it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.domain.feeds import Item
from bot.feeds.answers import LONGEST, Contents, Fault, Page, Understood, believed, written

ROW = ["key", "Headline", "https://news.example/1", "2026-05-01T12:00:00+00:00", "Soompi", "text"]
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)
items = st.builds(
    Item,
    texts,
    texts,
    st.none() | st.sampled_from(["https://news.example/1", "http://기사.kr/%EA%B0%80?a=b"]),
    st.none()
    | st.datetimes(datetime.fromisoformat("1990-01-01"), timezones=st.just(UTC)).map(
        lambda at: at.replace(year=min(at.year, 2100))
    ),
    st.none() | texts,
    texts,
)


@given(
    st.builds(Contents, texts, st.lists(items, max_size=5).map(tuple))
    | st.builds(Page, st.just(("https://news.example/feed",)))
    | st.sampled_from(Fault)
)
def test_what_is_understood_comes_back_as_it_was(understood: Understood) -> None:
    assert believed(written(understood)) == understood


@pytest.mark.parametrize(
    "said",
    [
        None, 7, [], {}, {"fault": "other"}, {"fault": 1}, {"title": "x"}, {"title": 1, "items": []},
        {"title": "x" * 101, "items": []}, {"title": "x", "items": [ROW] * 201}, {"title": "x", "items": {}},
        {"feeds": []}, {"feeds": ["https://a.example/"] * 4}, {"feeds": ["file:///etc/passwd"]}, {"feeds": [7]},
        *({"title": "x", "items": [row]} for row in (
            7, [], ROW[:5], [*ROW, 1], [None, *ROW[1:]], ["k" * 201, *ROW[1:]], ["k", "x" * 301, *ROW[2:]],
            [*ROW[:2], "javascript:alert(1)", *ROW[3:]], [*ROW[:2], "https://a:b@c.example/", *ROW[3:]],
            [*ROW[:3], "yesterday", *ROW[4:]], [*ROW[:3], 7, *ROW[4:]], [*ROW[:3], "0001-01-01", *ROW[4:]],
            [*ROW[:4], ["Soompi"], "text"], [*ROW[:5], "x" * 2001], [*ROW[:5], None],
        )),
    ],
)  # fmt: skip
def test_what_could_not_have_been_written_is_not_believed(said: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        believed(json.dumps(said).encode())


@pytest.mark.parametrize("said", [b"", b"{", b"\x80\x04K\x01.", b"[" * 200_000, b"\xff"])
def test_what_is_no_json_is_not_believed(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        believed(said)


def test_a_feed_of_the_longest_entries_that_may_be_has_room() -> None:
    letters = "\U0001f496"
    one = Item(
        letters * 200,
        letters * 300,
        "https://news.example/" + "a" * 480,
        NOON,
        letters * 100,
        '"' * 1000 + letters * 1000,
    )
    said = written(Contents(letters * 100, (one,) * 200))
    assert len(said) < LONGEST
    assert believed(said) == Contents(letters * 100, (one,) * 200)
