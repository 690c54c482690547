"""What two spellings of one thing have in common."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from bot.content.folding import fold, fold_words
from tests.content.shipped import shipped_library

FIRST_SYLLABLE, VOWELS, FINALS = 0xAC00, 21, 28
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FINAL_OF = dict(
    zip("ㄱㄲㄴㄷㄹㅁㅂㅅㅆㅇㅈㅊㅋㅌㅍㅎ", (1, 2, 4, 7, 8, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27), strict=True)
)
"""Which final consonant a keyboard makes of the next syllable's initial, until the vowel comes."""
TWO_STROKES = {9: 8, 10: 8, 11: 8, 14: 13, 15: 13, 16: 13, 19: 18}
"""Vowels that are typed in two strokes (ㅘ ㅙ ㅚ ㅝ ㅞ ㅟ ㅢ), and the vowel after the first one."""

syllables = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)


def is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def while_typing(text: str) -> Iterator[str]:
    """What stands in the field after each key, as Korean keyboards show it; vowels of two strokes at once."""
    for place, character in enumerate(text):
        if not is_syllable(character):
            yield text[: place + 1]
            continue
        before = text[:place]
        number = ord(character) - FIRST_SYLLABLE
        initial, open_syllable = INITIALS[number // (VOWELS * FINALS)], number - number % FINALS
        previous = ord(before[-1]) - FIRST_SYLLABLE if before and is_syllable(before[-1]) else None
        if previous is not None and previous % FINALS == 0 and initial in FINAL_OF:
            yield before[:-1] + chr(FIRST_SYLLABLE + previous + FINAL_OF[initial])
        yield before + initial
        yield before + chr(FIRST_SYLLABLE + open_syllable)
        yield before + character


def test_the_keyboard_of_these_tests_types_as_a_real_one() -> None:
    assert [*while_typing("도깨비")] == [
        "ㄷ",
        "도",
        "도",
        "돆",
        "도ㄲ",
        "도깨",
        "도깨",
        "도깹",
        "도깨ㅂ",
        "도깨비",
        "도깨비",
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kim Se-jeong", ("kim", "se", "jeong")),
        ("What’s Wrong", ("whats", "wrong")),
        ("It's Okay!", ("its", "okay")),
        ("  Zoë  STRASSE ", ("zoe", "strasse")),
        ("Straße", ("strasse",)),
        ("W", ("w",)),
        ("2521", ("2521",)),
        ("D.P.", ("d", "p")),
        ("Ｗ２", ("w2",)),
    ],
)
def test_case_accents_and_marks_do_not_matter(text: str, folded: tuple[str, ...]) -> None:
    assert folded == fold_words(text)


@pytest.mark.parametrize("text", ["", "   ", "!?…", "♥ - /", "\u200b", "🫶🏽", "'’'"])
def test_a_text_without_a_letter_or_digit_folds_to_nothing(text: str) -> None:
    assert (fold_words(text), fold(text)) == ((), "")


@given(st.text(max_size=40))
def test_every_unicode_form_of_a_text_folds_alike(text: str) -> None:
    assert {fold_words(text)} == {
        fold_words(unicodedata.normalize("NFC", text)),
        fold_words(unicodedata.normalize("NFD", text)),
    }


@given(st.text(max_size=40))
def test_spaces_and_hyphens_do_not_matter_once_words_run_together(text: str) -> None:
    assert fold(text) == fold(text.replace("-", " ")) == fold(f"  {text}-")


@given(syllables)
def test_a_half_typed_korean_word_is_the_beginning_of_the_finished_one(word: str) -> None:
    for typed in while_typing(word):
        assert fold(word).startswith(fold(typed)), typed


def test_every_korean_title_begins_with_what_stands_there_after_each_key() -> None:
    titles = [drama.title.ko for drama in shipped_library().dramas.values() if drama.title.ko]
    assert len(titles) > 100
    for title in titles:
        for typed in while_typing(title):
            assert fold(title).startswith(fold(typed)), (title, typed)


@pytest.mark.parametrize(("typed", "word"), [("고", "과"), ("우", "원"), ("구", "귀"), ("으", "의")])
def test_a_vowel_of_two_strokes_begins_with_its_first(typed: str, word: str) -> None:
    assert fold(word).startswith(fold(typed))
