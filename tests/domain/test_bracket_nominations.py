"""The rules of nominations: who brings couples in, which of them stand, which seeds they get."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.bracket import EACH, MOST_NOMINEES, Bracket, Entrant, Phase, Seeding
from bot.domain.guilds import RoleId
from bot.domain.nominations import (
    begin,
    check_nominating,
    check_nomination,
    check_nominator,
    check_taking_back,
    fill_to,
    next_number,
    nominee,
)
from bot.errors import (
    AlreadyNominated,
    NominationsUsed,
    NoSuchEntrant,
    NotNominated,
    NotPossibleNow,
    TooFewEntrants,
    TooManyNominees,
    VotersOnly,
)
from tests.domain.brackets import DAY, NOON, nominating, option, options, playing

ROLE = 777
RESERVE = [option(f"Reserve{number}") for number in range(40)]


def pruned(bracket: Bracket, number: int) -> Bracket:
    out = nominee(bracket, number)
    entrants = [replace(one, pruned=True, nominations=0) if one is out else one for one in bracket.entrants]
    return replace(bracket, entrants=tuple(entrants))


def numbers(bracket: Bracket) -> list[int]:
    return [entrant.number for entrant in bracket.standing]


def begun(bracket: Bracket, seed: int = 1) -> Bracket:
    return begin(bracket, RESERVE, random.Random(seed))


def test_most_nominations_come_first_and_of_equals_the_earlier_couple() -> None:
    assert [entrant.number for entrant in nominating(2, 5, 2, 7).nominees] == [4, 2, 1, 3]
    assert numbers(begun(nominating(2, 5, 2, 7))) == [4, 2, 1, 3]


def test_of_more_couples_than_stand_those_with_fewest_nominations_stay_out() -> None:
    bracket = begun(nominating(1, 2, 3, 4, 5, 6, 1, size=4))
    assert numbers(bracket) == [6, 5, 4, 3]
    assert {entrant.number for entrant in bracket.entrants if entrant.seed is None} == {1, 2, 7}


def test_seeds_count_from_one_without_a_gap_and_the_entrants_keep_their_order() -> None:
    bracket = begun(nominating(1, 3, 2, 9, 4))
    assert [entrant.seed for entrant in bracket.standing] == [1, 2, 3, 4, 5]
    assert [entrant.number for entrant in bracket.entrants] == [1, 2, 3, 4, 5]
    assert bracket.phase is Phase.PLAYING


def test_less_than_four_couples_are_filled_up_to_four_behind_those_that_were_nominated() -> None:
    bracket = begun(nominating(3, 1))
    assert [entrant.option for entrant in bracket.standing] == [
        nominating(3, 1).entrants[0].option,
        nominating(3, 1).entrants[1].option,
        *RESERVE[:2],
    ]
    assert numbers(bracket) == [1, 2, 3, 4]


def test_four_couples_or_more_are_not_filled_up() -> None:
    assert len(begun(nominating(1, 1, 1, 1, 1)).standing) == 5


def test_a_bracket_without_nominations_is_filled_up_to_its_size_as_far_as_the_catalogue_goes() -> None:
    drawn = replace(nominating(size=16), nominations_close_at=None)
    assert fill_to(drawn) == 16
    assert [entrant.option for entrant in begun(drawn).standing] == RESERVE[:16]
    few = begin(drawn, RESERVE[:6], random.Random(1))
    assert [entrant.option for entrant in few.standing] == RESERVE[:6]


def test_a_couple_that_was_taken_out_or_stands_already_does_not_come_back_from_the_reserve() -> None:
    bracket = pruned(nominating(1, 1, 1, 1), 4)
    taken = [entrant.option for entrant in bracket.entrants]
    begun_ = begin(bracket, [*taken, *RESERVE], random.Random(1))
    assert [entrant.option for entrant in begun_.standing] == [*taken[:3], RESERVE[0]]
    assert numbers(begun_) == [1, 2, 3, 5]


def test_a_couple_that_nobody_supports_any_more_does_not_stand() -> None:
    assert numbers(begun(nominating(1, 0, 1, 1, 1))) == [1, 3, 4, 5]


@pytest.mark.parametrize("nominations", [(), (1, 1), (1, 1, 1)])
def test_less_than_four_couples_with_an_empty_catalogue_are_too_few(nominations: tuple[int, ...]) -> None:
    with pytest.raises(TooFewEntrants):
        begin(nominating(*nominations), (), random.Random(1))


def test_a_bracket_begins_only_once() -> None:
    with pytest.raises(NotPossibleNow):
        begun(playing(4))


def test_at_random_the_same_couples_stand_and_each_gets_each_seed_as_often() -> None:
    bracket = nominating(9, 8, 7, 6, 1, size=4, seeding=Seeding.RANDOM)
    first = Counter[int]()
    for seed in range(400):
        drawn = numbers(begun(bracket, seed))
        assert sorted(drawn) == [1, 2, 3, 4]
        first[drawn[0]] += 1
    assert min(first.values()) > 70
    assert numbers(begun(bracket, 5)) == numbers(begun(bracket, 5))


def test_a_new_couple_is_new_and_a_known_one_is_supported_however_it_is_spelt() -> None:
    bracket = nominating(1, 2)
    assert check_nomination(bracket, option("New"), []) is None
    assert check_nomination(bracket, option("couple2"), [1]) == bracket.entrants[1]


def test_a_member_nominates_a_couple_once_and_three_couples_at_most() -> None:
    bracket = nominating(1, 1, 1, 1)
    with pytest.raises(AlreadyNominated) as refused:
        check_nomination(bracket, option("Couple2"), [2])
    assert refused.value.values == {"couple": bracket.entrants[1].option.label}
    with pytest.raises(NominationsUsed):
        check_nomination(bracket, option("Couple4"), [1, 2, 3])
    with pytest.raises(AlreadyNominated):
        check_nomination(bracket, option("Couple2"), [1, 2, 3])
    assert EACH == 3


def test_a_couple_that_was_taken_out_cannot_be_nominated_again() -> None:
    with pytest.raises(NoSuchEntrant):
        check_nomination(pruned(nominating(1, 1), 2), option("Couple2"), [])


def test_no_more_couples_than_a_bracket_takes_are_nominated_but_those_can_be_supported() -> None:
    full = nominating(*[1] * MOST_NOMINEES)
    with pytest.raises(TooManyNominees):
        check_nomination(full, option("New"), [])
    assert check_nomination(full, option("Couple64"), []) == full.entrants[-1]
    assert check_nomination(pruned(full, 1), option("New"), []) is None


def test_a_couple_that_nobody_supports_takes_no_place_and_needs_one_to_come_back() -> None:
    forsaken = nominating(0, *[1] * (MOST_NOMINEES - 1))
    assert check_nomination(forsaken, option("New"), []) is None
    assert check_nomination(forsaken, option("Couple1"), []) == forsaken.entrants[0]
    full = replace(forsaken, entrants=(*forsaken.entrants, Entrant(65, option("Last"), 1)))
    with pytest.raises(TooManyNominees):
        check_nomination(full, option("Couple1"), [])


def test_a_number_is_never_given_twice() -> None:
    assert next_number(nominating()) == 1
    assert next_number(pruned(nominating(1, 1, 0), 3)) == 4


def test_a_nominee_is_found_by_its_number_unless_it_was_taken_out() -> None:
    bracket = pruned(nominating(1, 1), 2)
    assert nominee(bracket, 1) == bracket.entrants[0]
    for number in (2, 3):
        with pytest.raises(NoSuchEntrant):
            nominee(bracket, number)


def test_nominations_are_taken_until_their_time_is_over_and_while_they_are_open() -> None:
    bracket = nominating(1)
    check_nominating(bracket, NOON + DAY)
    with pytest.raises(NotPossibleNow):
        check_nominating(bracket, NOON + DAY + timedelta(milliseconds=1))
    with pytest.raises(NotPossibleNow):
        check_nominating(playing(4), NOON)


def test_where_a_role_takes_part_only_its_members_nominate() -> None:
    bracket = nominating(1, voter_role_id=ROLE)
    check_nominator(bracket, NOON, frozenset({1, ROLE}))
    with pytest.raises(VotersOnly) as refused:
        check_nominator(bracket, NOON, frozenset({1}))
    assert refused.value.values == {"role": RoleId(ROLE)}
    check_nominator(nominating(1), NOON, frozenset())


def test_only_what_one_has_nominated_can_be_taken_back() -> None:
    check_taking_back(2, [1, 2])
    with pytest.raises(NotNominated):
        check_taking_back(3, [1, 2])


def test_options_of_tests_are_all_different() -> None:
    assert len({couple.key for couple in [*options(64), *RESERVE]}) == 104
