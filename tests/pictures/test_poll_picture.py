"""The result of a poll as a picture."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from bot.domain.texts import plain_name
from bot.errors import UserError
from bot.pictures.canvas import MARGIN, SMALLEST, WIDE
from bot.pictures.palette import ACCENT, BAR, TRACK
from bot.pictures.poll import PLANS, Bar, bed, poll_picture
from tests.pictures.couples import IN_NO_FONT, LONG_ENGLISH, LONG_KOREAN, UNBROKEN, couples
from tests.pictures.looking import opened, points, rgb, ring_is_empty

HEADING = "Which couple is the best of the year?"


def bars(votes: Sequence[int], *, korean: bool = False, second: bool = True) -> list[Bar]:
    """Couples of the catalogue with these votes."""
    total, top = sum(votes) or 1, max(votes)
    return [
        Bar(chr(65 + place), pair[korean], count, count / total, count == top > 0, pair[not korean] if second else None)
        for place, (count, pair) in enumerate(zip(votes, couples(), strict=False))
    ]


def filled(picture: Image.Image) -> list[tuple[int, str]]:
    """Return of every bed how many pixels are filled, and with which colour, from top to bottom."""
    names = {rgb(colour): colour for colour in (ACCENT, BAR, TRACK)}
    beds: list[tuple[int, str]] = []
    above = None
    for y in range(picture.height):
        # Between the numbers and the round corner there is nothing but the bed.
        here = names.get(colour_at(picture, WIDE - MARGIN - 12, y))
        if here and not above:
            # Letters and discs stand further below its upper edge.
            level = [colour_at(picture, x, y + 1) for x in range(MARGIN + 12, WIDE - MARGIN - 12)]
            first = names[level[0]]
            end = next((place + 12 for place, colour in enumerate(level) if colour != level[0]), WIDE - 2 * MARGIN)
            beds.append((end if first != TRACK else 0, first))
        above = here
    return beds


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return a pixel."""
    return picture.crop((x, y, x + 1, y + 1)).getcolors()[0][1]  # type: ignore[index,return-value]


@pytest.mark.parametrize("korean", [False, True])
@pytest.mark.parametrize("count", [2, 5, 9, 20])
def test_a_picture_is_legible_on_a_phone_however_many_couples_stand(count: int, korean: bool) -> None:
    picture = opened(poll_picture(HEADING, bars(range(count, 0, -1), korean=korean), "210 votes"))
    assert picture.width == WIDE
    assert points(picture, SMALLEST) >= 11
    assert ring_is_empty(picture)


def test_the_same_result_gives_the_same_bytes() -> None:
    assert poll_picture(HEADING, bars([3, 2]), "x") == poll_picture(HEADING, bars([3, 2]), "x")


@pytest.mark.parametrize("votes", [[60, 40], [55, 25, 15, 5], [30, 25, 20, 15, 10], [*range(40, 0, -2)]])
def test_bars_are_as_long_as_their_shares(votes: list[int]) -> None:
    drawn = filled(opened(poll_picture(HEADING, bars(votes, second=False), "")))
    assert [colour for _, colour in drawn] == [ACCENT, *[BAR] * (len(votes) - 1)]
    whole = bed([count / sum(votes) for count in votes])
    for (pixels, _), count in zip(drawn, votes, strict=True):
        exact = count / sum(votes) / whole * (WIDE - 2 * MARGIN)
        assert abs(pixels - exact) <= 1 or exact < 14


def test_a_bed_stands_for_all_votes_unless_bars_would_be_slivers() -> None:
    assert [bed([share]) for share in (1, 0.6, 0.41, 0.4, 0.21, 0.2, 0.05)] == [1, 1, 1, 0.5, 0.5, 0.25, 0.25]
    assert bed([]) == 1


def test_all_votes_for_one_fill_its_bed_and_no_other() -> None:
    assert filled(opened(poll_picture(HEADING, bars([7, 0]), ""))) == [(WIDE - 2 * MARGIN, ACCENT), (0, TRACK)]


def test_without_votes_all_beds_are_empty_and_nobody_leads() -> None:
    assert filled(opened(poll_picture(HEADING, bars([0, 0, 0]), "Nobody voted"))) == [(0, TRACK)] * 3


def test_a_tie_marks_all_who_share_the_lead() -> None:
    assert [colour for _, colour in filled(opened(poll_picture(HEADING, bars([4, 4, 1]), "")))] == [ACCENT, ACCENT, BAR]


def test_who_leads_is_told_by_shape_and_weight_without_any_colour() -> None:
    led, plain = (Bar("A", "Kim ♥ Lee", 1, 0.0, leads=leads) for leads in (True, False))
    grey = [
        opened(poll_picture("x", [bar, bar], "")).convert("L").point([0] * 120 + [255] * 136) for bar in (led, plain)
    ]
    inked = [sum(picture.histogram()[255:]) for picture in grey]
    assert inked[0] > inked[1] * 1.3


@pytest.mark.parametrize("label", [LONG_ENGLISH, LONG_KOREAN, UNBROKEN])
@pytest.mark.parametrize("count", [2, 20])
def test_the_longest_names_and_a_million_votes_stay_inside(label: str, count: int) -> None:
    long = [Bar(chr(65 + place), label, 1_000_000, 1.0, place == 0, LONG_KOREAN) for place in range(count)]
    picture = opened(poll_picture(LONG_ENGLISH * 3, long, LONG_ENGLISH * 3))
    assert ring_is_empty(picture)
    assert points(picture, SMALLEST) >= 11


@pytest.mark.parametrize("count", [2, 20])
def test_the_other_script_stands_under_the_name_or_beside_it_where_there_is_room(count: int) -> None:
    both, alone = ([Bar("A", "Kim ♥ Lee", 1, 0.0, leads=False, second=second)] * count for second in ("김 ♥ 이", None))
    assert poll_picture(HEADING, both, "") != poll_picture(HEADING, alone, "")


def test_a_name_that_no_font_has_is_left_to_its_letter() -> None:
    shown, empty = (
        poll_picture(HEADING, [Bar("A", label, 1, 0.5, leads=False), *bars([1])], "") for label in (IN_NO_FONT, "")
    )
    assert shown == empty


def test_the_other_script_takes_the_place_of_a_name_that_no_font_has() -> None:
    assert poll_picture("x", [Bar("A", IN_NO_FONT, 1, 1.0, True, "윤세리 ♥ 리정혁")], "") == poll_picture(
        "x", [Bar("A", "윤세리 ♥ 리정혁", 1, 1.0, True)], ""
    )


def test_plans_never_go_below_the_smallest_letters() -> None:
    assert all(min(plan.size, plan.small.size) >= SMALLEST for plan in PLANS)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), st.integers(0, 10**7)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_whatever_members_type_is_drawn_inside_the_picture(typed: list[tuple[str, int]]) -> None:
    bars_: list[Bar] = []
    for text, votes in typed:
        try:
            bars_.append(Bar("A", plain_name(text), votes, votes / 10**7, votes > 5, plain_name(text)))
        except UserError:
            continue
    assert ring_is_empty(opened(poll_picture(HEADING, bars_, "x")), wide=20)
