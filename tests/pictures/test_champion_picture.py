"""The card of a champion."""

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.texts import plain_name
from bot.errors import UserError
from bot.pictures.canvas import WIDE
from bot.pictures.champion import champion_picture
from tests.pictures.couples import IN_NO_FONT, LONG_ENGLISH, LONG_KOREAN, UNBROKEN, couples
from tests.pictures.looking import opened, points, ring_is_empty

ROAD = ["Final: 12–7 against Kim Jo-jo ♥ Lee Hye-yeong", "준결승: 30–13, 상대 남지아 ♥ 이연"]


@pytest.mark.parametrize("place", [0, 60, 150])
def test_a_card_is_legible_on_a_phone(place: int) -> None:
    english, korean = couples()[place]
    for name, second in ((english, korean), (korean, english)):
        picture = opened(champion_picture("Champions of the winter cup", name, second, ROAD))
        assert picture.width == WIDE
        assert points(picture, 36) >= 11
        assert ring_is_empty(picture)


def test_the_same_champion_gives_the_same_bytes() -> None:
    assert champion_picture("x", "Kim ♥ Lee", None, ROAD) == champion_picture("x", "Kim ♥ Lee", None, ROAD)


@pytest.mark.parametrize("name", [LONG_ENGLISH, LONG_KOREAN, UNBROKEN])
def test_the_longest_texts_stay_inside(name: str) -> None:
    picture = opened(champion_picture(LONG_ENGLISH * 2, name, name, [LONG_ENGLISH * 3] * 9))
    assert ring_is_empty(picture)
    assert picture.height <= WIDE * 1.45


def test_name_other_script_and_road_each_have_their_place() -> None:
    full = champion_picture("x", "Kim ♥ Lee", "김 ♥ 이", ROAD)
    less = [
        champion_picture("x", "Kim ♥ Lee", None, ROAD),
        champion_picture("x", "Kim ♥ Lee", "김 ♥ 이", ROAD[:1]),
        champion_picture("x", "Kim ♥ Lee", "김 ♥ 이", []),
    ]
    heights = [opened(png).height for png in (full, *less)]
    assert all(height < heights[0] for height in heights[1:])


def test_the_other_script_takes_the_place_of_a_name_that_no_font_has() -> None:
    assert champion_picture("x", IN_NO_FONT, "김 ♥ 이", ROAD) == champion_picture("x", "김 ♥ 이", None, ROAD)


def test_without_a_name_that_can_be_drawn_heading_and_road_stand_alone() -> None:
    assert ring_is_empty(opened(champion_picture("Champions", IN_NO_FONT, None, ROAD)))


@given(st.text(min_size=1, max_size=70), st.text(max_size=70))
@settings(max_examples=25, deadline=None)
def test_whatever_members_type_is_drawn_inside_the_card(name: str, second: str) -> None:
    try:
        typed = plain_name(name)
    except UserError:
        return
    assert ring_is_empty(opened(champion_picture("Champions", typed, second, [typed])), wide=20)
