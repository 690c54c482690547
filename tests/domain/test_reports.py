import pytest
from hypothesis import given, strategies as st

from bot.domain.reports import MOST_LETTERS, check_words
from bot.errors import NothingWritten


def test_what_a_member_wrote_is_kept_with_its_lines() -> None:
    assert (
        check_words("  It was in the script.\n대본에 있었어요 👩\u200d👧  ")
        == "It was in the script.\n대본에 있었어요 👩\u200d👧"
    )


@pytest.mark.parametrize("text", ["", "     ", "\n\n\n\n\n", "\u200b" * 9, "\u3164" * 9, "\u2060\ufeff\u202e", "?!…--"])
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(NothingWritten):
        check_words(text)


def test_what_a_database_or_a_reader_would_stumble_over_is_left_out() -> None:
    assert check_words("a\0b\ud800c\u202ed") == "abcd"


@given(st.text(max_size=700))
def test_words_are_never_longer_than_they_may_be_and_checked_once(text: str) -> None:
    try:
        words = check_words(text)
    except NothingWritten:
        return
    assert 1 <= len(words) <= MOST_LETTERS
    assert check_words(words) == words
    assert "\0" not in words
    words.encode()
