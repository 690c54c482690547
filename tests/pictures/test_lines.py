"""Text in lines: it fits, loses nothing it need not lose, and breaks where a reader would."""

import pytest
from hypothesis import given, settings, strategies as st

from bot.pictures.fonts import Type, drawable, visible
from bot.pictures.lines import ELLIPSIS, clipped, width, wrapped
from tests.pictures.couples import LONG_ENGLISH, LONG_KOREAN, UNBROKEN

STYLE = Type(36, 500)

words = st.text("abcWM가힣쀍漢かéŐ♥&-' ", min_size=1, max_size=70).map(lambda text: " ".join(text.split()))


@given(words, st.integers(150, 900), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_lines_fit_and_hold_the_text_from_its_beginning(text: str, room: int, most: int) -> None:
    lines = wrapped(text, STYLE, room, most)
    assert len(lines) <= most
    assert all(width(line, STYLE) <= room for line in lines)
    shown = "".join("".join(lines).split())
    if shown.endswith(ELLIPSIS):
        assert "".join(text.split()).startswith(shown.removesuffix(ELLIPSIS))
    else:
        assert shown == "".join(text.split())


def test_a_text_that_has_room_stays_on_one_line() -> None:
    assert wrapped("Yoon Se-ri ♥ Ri Jeong-hyeok", STYLE, 900, 2) == ["Yoon Se-ri ♥ Ri Jeong-hyeok"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Yoon Se-ri ♥ Ri Jeong-hyeok", ["Yoon Se-ri ♥", "Ri Jeong-hyeok"]),
        ("Hong Cha-young ♥ Vincenzo Cassano", ["Hong Cha-young ♥", "Vincenzo Cassano"]),
        ("홍차영 ♥ 빈센조 까사노", ["홍차영 ♥", "빈센조 까사노"]),
    ],
)
def test_a_couple_on_two_lines_is_parted_behind_its_joint(name: str, lines: list[str]) -> None:
    assert wrapped(name, STYLE, width(name, STYLE) * 0.75, 2) == lines


def test_lines_of_a_sentence_are_about_even() -> None:
    first, second = wrapped("The slow burn that broke you most thoroughly this year", STYLE, 700, 2)
    assert abs(width(first, STYLE) - width(second, STYLE)) < 150


@pytest.mark.parametrize("name", [LONG_ENGLISH, LONG_KOREAN, UNBROKEN])
def test_what_is_too_long_ends_in_an_ellipsis(name: str) -> None:
    assert clipped(name, STYLE, 400).endswith(ELLIPSIS)
    assert width(clipped(name, STYLE, 400), STYLE) <= 400
    assert wrapped(name, STYLE, 400, 2)[-1].endswith(ELLIPSIS)


def test_a_letter_is_never_parted_from_its_mark() -> None:
    name = "e\u0323\u0302".join("abcdefghijklmnop") * 3
    assert drawable(name)
    for room in range(100, 500, 25):
        cut = len(clipped(name, STYLE, room)) - 1
        assert visible(name)[cut] not in "\u0323\u0302"


def test_no_text_takes_no_line() -> None:
    assert wrapped("", STYLE, 400, 2) == []
    assert wrapped("  ", STYLE, 400, 2) == []
