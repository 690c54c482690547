"""A bracket as a picture."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from bot.pictures.bracket import PLANS, Pairing, Side, Stage, bracket_picture
from bot.pictures.canvas import SMALLEST, WIDE
from bot.pictures.palette import ACCENT, GOLD, HAIRLINE
from tests.pictures.couples import IN_NO_FONT, LONG_ENGLISH, LONG_KOREAN, couples
from tests.pictures.looking import opened, points, rgb, ring_is_empty

NAMES = {1: "Final", 2: "Semi-finals", 4: "Quarter-finals", 8: "Round of 16", 16: "Round of 32"}


def bracket(entrants: int, played: int, *, korean: bool = False, label: str | None = None) -> list[Stage]:
    """All stages of a bracket in which the better seed wins, `played` of them decided."""
    size = 1 << (entrants - 1).bit_length()
    order = [1]
    while len(order) < size:
        order = [seed for one in order for seed in (one, 2 * len(order) + 1 - one)]
    stands: list[int | None] = [seed if seed <= entrants else None for seed in order]
    stages: list[Stage] = []
    while len(stands) > 1:
        done, first = len(stages) < played, not stages
        pairings = [
            _pairing(stands[place : place + 2], done, first, korean, label) for place in range(0, len(stands), 2)
        ]
        stages.append(Stage(NAMES[len(pairings)], pairings))
        better = [
            min((seed for seed in stands[place : place + 2] if seed), default=0) for place in range(0, len(stands), 2)
        ]
        stands = [seed if done or pairing.bye else None for seed, pairing in zip(better, pairings, strict=True)]
    return stages


def _pairing(seeds: Sequence[int | None], done: bool, first: bool, korean: bool, label: str | None) -> Pairing:
    known = [seed for seed in seeds if seed]
    won = min(known, default=0)
    sides = [
        Side(seed, label or couples()[seed][korean], 100 - seed if done else None, seed == won if done else None)
        if seed
        else None
        for seed in seeds
    ]
    if first and len(known) == 1:
        (seed,) = known
        return Pairing(Side(seed, label or couples()[seed][korean]), None, bye=True)
    return Pairing(sides[0], sides[1])


def count_of(picture: Image.Image, colour: str) -> int:
    """Return how many pixels have a colour of the palette."""
    return sum(count for count, pixel in picture.getcolors(1 << 16) or () if pixel == rgb(colour))


@pytest.mark.parametrize("korean", [False, True])
@pytest.mark.parametrize("entrants", [2, 4, 8, 11, 16, 32])
def test_a_bracket_of_any_size_is_legible_on_a_phone(entrants: int, korean: bool) -> None:
    picture = opened(bracket_picture("Winter cup", bracket(entrants, 1, korean=korean), "Next vote in a day"))
    assert picture.width == WIDE
    assert ring_is_empty(picture)
    if entrants <= 16:
        assert points(picture, SMALLEST) >= 11
    else:
        assert points(picture, PLANS[-1].size) >= 10.7


def test_the_same_bracket_gives_the_same_bytes() -> None:
    assert bracket_picture("x", bracket(8, 1), "y") == bracket_picture("x", bracket(8, 1), "y")


def test_before_anything_is_decided_no_way_is_thick() -> None:
    picture = opened(bracket_picture("", bracket(8, 0), ""))
    assert count_of(picture, HAIRLINE) > 1_000
    assert count_of(picture, ACCENT) < 400  # the short rule below the heading


def test_every_stage_that_is_decided_makes_more_ways_thick() -> None:
    thick = [count_of(opened(bracket_picture("", bracket(8, played), "")), ACCENT) for played in range(4)]
    assert thick == sorted(set(thick))


def test_only_a_decided_final_has_the_golden_point() -> None:
    golden = [count_of(opened(bracket_picture("", bracket(8, played), "")), GOLD) > 200 for played in range(4)]
    assert golden == [False, False, False, True]


def test_votes_of_later_stages_are_shown_where_names_leave_room() -> None:
    short, long = (
        [bracket_picture("x", [first, *later], "") for later in (bare(stages[1:]), stages[1:])]
        for stages in (bracket(8, 3, label="김 ♥ 이"), bracket(8, 3, label=LONG_ENGLISH))
        for first in stages[:1]
    )
    assert short[0] != short[1]
    assert long[0] == long[1]


def bare(stages: Sequence[Stage]) -> list[Stage]:
    """The stages without votes."""
    return [
        Stage(stage.name, [Pairing(without(pairing.first), without(pairing.second)) for pairing in stage.pairings])
        for stage in stages
    ]


def without(side: Side | None) -> Side | None:
    """A side without its votes."""
    return side and Side(side.seed, side.label, None, side.won)


def test_byes_and_couples_not_known_yet_are_said_in_the_words_given() -> None:
    stages = bracket(5, 0)
    open_ones = [
        Stage("x", [Pairing(Side(1, "Kim ♥ Lee"), None), Pairing(None, None)]),
        Stage("Final", [Pairing(None, None)]),
    ]
    assert bracket_picture("x", stages, "", bye="bye") != bracket_picture("x", stages, "", bye="부전승")
    assert bracket_picture("x", open_ones, "", waiting="…") != bracket_picture("x", open_ones, "", waiting="미정")


def test_who_won_is_told_by_weight_without_any_colour() -> None:
    first, second = (
        opened(
            bracket_picture(
                "", [Stage("", [Pairing(Side(1, "가나다", None, won), Side(1, "가나다", None, not won))])], ""
            )
        )
        for won in (True, False)
    )
    box = (100, 0, 700, first.height)
    inked = [column(picture.crop(box).convert("L")) for picture in (first, second)]
    assert inked[0][0] > inked[0][1] * 1.2
    assert inked[1][1] > inked[1][0] * 1.2


def column(picture: Image.Image) -> tuple[int, int]:
    """How much is inked in the upper and in the lower half of the entries."""
    black_or_white = picture.point([0] * 130 + [1] * 126)
    box = black_or_white.getbbox()
    assert box
    inked = black_or_white.crop(box)
    middle = inked.height // 2
    halves = ((0, 0, inked.width, middle), (0, middle, inked.width, inked.height))
    upper, lower = (sum(inked.crop(half).tobytes()) for half in halves)
    return upper, lower


def test_a_name_that_no_font_has_is_left_to_its_seed() -> None:
    shown, empty = (
        bracket_picture("x", [Stage("Final", [Pairing(Side(1, label), Side(2, "Kim ♥ Lee"))])], "")
        for label in (IN_NO_FONT, "")
    )
    assert shown == empty


def test_stages_that_do_not_follow_each_other_are_left_out() -> None:
    stages = bracket(8, 1)
    assert bracket_picture("x", [stages[0], stages[2]], "") == bracket_picture("x", stages[:1], "")


@pytest.mark.parametrize("label", [LONG_ENGLISH, LONG_KOREAN])
@pytest.mark.parametrize("entrants", [2, 4, 16, 32])
def test_the_longest_names_stay_inside(label: str, entrants: int) -> None:
    stages = bracket(entrants, 9, label=label)
    assert ring_is_empty(opened(bracket_picture(LONG_ENGLISH * 3, stages, LONG_KOREAN * 3, bye="b" * 40)))


@given(st.integers(4, 32), st.integers(0, 5), st.booleans())
@settings(max_examples=15, deadline=None)
def test_every_bracket_from_four_to_thirty_two_is_drawn_at_every_point(
    entrants: int, played: int, korean: bool
) -> None:
    stages = bracket(entrants, played, korean=korean)
    for now in range(len(stages)):
        assert ring_is_empty(opened(bracket_picture("Winter cup", stages[now:], "x")))
