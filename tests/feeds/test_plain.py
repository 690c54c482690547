"""Plain text: what is taken away, and that it takes no longer than it is long."""

import time
from html import escape

import pytest

from bot.feeds.answers import Answer, Contents
from bot.feeds.entries import LONGEST_TEXT, MOST_ITEMS, MOST_TEXT, room_for_one
from bot.feeds.plain import LONGEST_SOURCE, one_line, text_of, without_markup
from bot.feeds.read import understand

URL = "https://news.example/feed"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<!-- x -->b", "a b"),
        ("a<!-- x <!-- y -->b-->", "a b-->"),
        ("a<SCRIPT>if (a<b) x</Script >c", "a c"),
        ("a<style>b{}</style>c<style>d", "a cd"),
        ("a<!-- b<script>c</script>d", "a<!-- b d"),
        ("<script>a</style>b</script>c", " c"),
        ("<p>a</p>b<i>c</i>", " a bc"),
        ("&#44608;&amp;&#" + "9" * 5000 + ";x", "김&\ufffdx"),
        ("&#" + "0" * 5000 + "65;x", "\ufffdx"),
    ],
)
def test_nothing_stays_of_tags_comments_scripts_and_impossible_characters(markup: str, text: str) -> None:
    assert without_markup(markup) == text


def test_of_several_pieces_is_read_what_there_is_room_for() -> None:
    assert text_of(["ab", "", "cdef", "gh"], 4) == "ab  cd"
    assert text_of(["<b>ab", "c"], 4) == "a"
    assert [room_for_one(entries) for entries in (0, 1, 50, MOST_ITEMS)] == [LONGEST_SOURCE] * 3 + [MOST_TEXT // 200]


def test_a_line_has_nothing_that_is_not_seen_and_ends_where_there_is_no_more_room() -> None:
    assert one_line(" a\u200b\x01b\n\t김\u202e ", 10) == "a b 김"
    assert one_line("a" * 50_000, 5) == "aaaa…"
    assert one_line("\U0001f468\u200d\U0001f469", 5) == "\U0001f468\u200d\U0001f469"


@pytest.mark.parametrize(
    "piece", ["<!--", "<script ", "<style>", "<a ", "</script ", "<br ", "&", "&#", "\0", "a\u200b", "<!--<script>"]
)
def test_a_readable_feed_is_read_within_two_seconds_whatever_it_writes(piece: str) -> None:
    written = escape(piece).replace("\0", "&amp;#1;")
    text = written * (9_000 // len(written.encode()))
    body = "".join(f"<item><title>a</title><description>{text}</description></item>" for _ in range(200))
    answer = Answer(URL, "text/xml", "", f"<rss version='2.0'><channel>{body}</channel></rss>".encode(), 2_000_000)
    used = time.process_time()
    read = understand(answer)
    assert time.process_time() - used < 2
    assert isinstance(read, Contents)
    assert len(read.items) == 200
    assert all(len(item.text) <= LONGEST_TEXT for item in read.items)
