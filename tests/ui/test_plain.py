"""What a member or a pack wrote is shown as it was written, and does nothing."""

import re
from typing import Final

import pytest
from hypothesis import given, strategies as st

from bot.ui.pages import plain

SPECIAL: Final = re.compile(r"(?<!\\)(?:\\\\)*<(?:@|#|t:|/|a?:|id:|https?:)")
"""What Discord turns into something else, where no backslash stands before it."""


@pytest.mark.parametrize(
    "text",
    [
        "<#1>",
        "<t:1:R>",
        "<t:1>",
        "</privacy delete:1>",
        "<:x:1>",
        "<a:x:1>",
        "<id:customize>",
        "<id:browse>",
        "<@1>",
        "<@!1>",
        "<@&1>",
        "<https://example.com>",
        "\\<#1>",
        "\\\\<#1>",
        "<<#1>>",
        "a < b",
    ],
)
def test_a_text_that_would_show_a_channel_a_time_a_command_an_emoji_or_a_member_loses_its_effect(text: str) -> None:
    shown = plain(f"before {text} after")
    assert SPECIAL.findall(shown) == []
    assert shown.count("<") == text.count("<")
    assert not re.search(r"(?<!\\)(?:\\\\)*<", shown)


@pytest.mark.parametrize("text", ["@everyone", "@here"])
def test_nobody_is_mentioned(text: str) -> None:
    assert text not in plain(text)


@pytest.mark.parametrize("text", ["**a**", "_a_", "~~a~~", "||a||", "`a`", "# a", "> a", "- a"])
def test_marks_that_format_stand_behind_backslashes(text: str) -> None:
    assert plain(text) != text
    assert plain(text).replace("\\", "") == text


@pytest.mark.parametrize("text", ["3 > 2", "도깨비", "A & B", "안경을 벗는 동작 (키스)", "👩\u200d🚀"])
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@given(st.text("<>\\#@:t/a1*_|`", max_size=12))
def test_before_every_bracket_stands_a_backslash_that_is_not_escaped_itself(text: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*<", plain(text))


@pytest.mark.parametrize("text", ["https://x<#1>", "https://x\\<#1>", "http://x.y/z<t:1:R>"])
def test_a_link_takes_no_backslash_with_it_that_stands_before_a_bracket(text: str) -> None:
    """Discord reads a link up to the first space or bracket, whatever stands before that."""
    assert not re.search(r"https?://[^\s<]+<", plain(text))
