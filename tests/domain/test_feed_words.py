"""The words of a filter: how they are written, and what holds them."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.feed_words import LONGEST_KEY, LONGEST_WORD, key_of, merge_words, read_words, words_in


@pytest.mark.parametrize(
    ("typed", "taken", "without"),
    [
        ("wedding, Season 2, -recap", ("wedding", "Season 2"), ("recap",)),
        ("  -  recap ，도깨비、 -재방송", ("도깨비",), ("recap", "재방송")),
        ("wedding, Wedding, WEDDING", ("wedding",), ()),
        ("café, cafe", ("café",), ()),
        ("wedding, -wedding", (), ("wedding",)),
        ("!!, -, __, , *", (), ()),
        ("—spoiler", (), ("spoiler",)),
    ],
)
def test_words_stand_between_commas_and_a_minus_leaves_out(
    typed: str, taken: tuple[str, ...], without: tuple[str, ...]
) -> None:
    assert read_words(typed) == (taken, without)


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_words_of_bounded_length_that_their_own_text_holds(typed: str) -> None:
    taken, without = read_words(typed)
    for word in (*taken, *without):
        assert 0 < len(word) <= LONGEST_WORD
        assert words_in(word, (word,)) == (word,)


@pytest.mark.parametrize(
    ("text", "word", "held"),
    [
        ("A wedding in Season 2!", "season 2", True),
        ("A wedding in Season 2!", "SEASON", True),
        ("A wedding in Season 21", "season 2", False),
        ("The weddings of others", "wedding", False),
        ("The Café scene", "cafe", True),
        ("It's Okay to Not Be Okay", "its okay", True),
        ("도깨비는 돌아왔다", "도깨비", True),
        ("‘도깨비’, 돌아왔다", "도깨비", True),
        ("민호가 왔다", "미", False),
        ("송강호가 돌아온다", "송강", False),
        ("송강이 돌아온다", "송강", True),
        ("송강에게서는 말이 없다", "송강", True),
        ("이민호텔에서 만나다", "이민호", False),
        ("수지맞은 장사", "수지", False),
        ("환승연애4가 온다", "환승연애", True),
        ("새드라마", "드라마", False),
        ("공유, 제주도에서", "공유 제주도", True),
        ("도깨비의 신부", "도깨비 신부", False),
        ("", "wedding", False),
        ("half_line wedding_day", "wedding", True),
    ],
)
def test_a_word_is_found_as_a_whole_and_a_korean_one_with_a_particle_too(text: str, word: str, held: bool) -> None:
    assert words_in(text, (word,)) == ((word,) if held else ())


def test_decomposed_korean_is_the_same_word() -> None:
    assert words_in("도깨비 방송", ("도깨비",)) == ("도깨비",)


def test_a_new_word_takes_its_opposite_away_and_no_spelling_stands_twice() -> None:
    assert merge_words(("wedding", "Recap"), ("café", "WEDDING"), against=("recap",)) == ("wedding", "café")


def test_a_plain_id_is_kept_and_any_other_becomes_a_hash_of_its_own() -> None:
    assert key_of("https://news.example/?p=17") == "https://news.example/?p=17"
    odd = ["", "x" * (LONGEST_KEY + 1), "a\x00b", "a\nb", "\ud800"]
    hashed = [key_of(key) for key in odd]
    assert all(len(key) <= LONGEST_KEY and key.isprintable() for key in hashed)
    assert len({*hashed}) == len(odd)
