"""Who may answer, risk and skip, how members rank, and what follows a round."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.games import Mode, RoundState, Standing
from bot.domain.trivia import (
    BOLD_PAUSE,
    FEWEST_SKIPS,
    GRACE,
    IDLE_ROUNDS,
    PAUSE,
    NextStep,
    after_round,
    judge,
    pause_after,
    rank,
    risk,
    skips_needed,
)
from bot.errors import NothingToRisk, RoundClosed, TooLateToRisk
from tests.domain.builders import DEADLINE, START, TICK, round_of

CLOSED = round_of(state=RoundState.CLOSED)
FOLLOWING = round_of(state=RoundState.WAITING, number=2, opened_at=None, deadline=None)
SHOWN = replace(FOLLOWING, state=RoundState.OPEN, opened_at=DEADLINE)

totals = st.lists(
    st.tuples(st.integers(1, 2**63), st.integers(-20, 60), st.integers(0, 20), st.integers(0, 20)),
    max_size=30,
    unique_by=lambda line: line[0],
)


@pytest.mark.parametrize("at", [START - TICK, START, DEADLINE - TICK, DEADLINE])
def test_a_click_until_the_deadline_counts(at: datetime) -> None:
    judge(round_of(), at)


@pytest.mark.parametrize("late", [timedelta(microseconds=1), TICK, timedelta(days=1)])
def test_a_click_after_the_deadline_is_refused(late: timedelta) -> None:
    with pytest.raises(RoundClosed):
        judge(round_of(), DEADLINE + late)


def test_a_click_counts_while_the_deadline_is_not_known_yet() -> None:
    judge(round_of(deadline=None), DEADLINE + timedelta(hours=1))


@pytest.mark.parametrize("state", [RoundState.WAITING, RoundState.CLOSED])
def test_a_click_in_a_round_that_is_not_open_is_refused(state: RoundState) -> None:
    with pytest.raises(RoundClosed):
        judge(round_of(state=state), START)


def test_what_was_won_can_be_risked_until_the_next_question_is_shown() -> None:
    assert risk(CLOSED, FOLLOWING, DEADLINE, 15, has_answered=False) == 15
    assert risk(CLOSED, SHOWN, DEADLINE, 15, has_answered=False) == 15
    with pytest.raises(TooLateToRisk):
        risk(CLOSED, SHOWN, DEADLINE + TICK, 15, has_answered=False)


@pytest.mark.parametrize("won", [0, -5])
def test_who_won_nothing_has_nothing_to_risk(won: int) -> None:
    with pytest.raises(NothingToRisk):
        risk(CLOSED, FOLLOWING, DEADLINE, won, has_answered=False)


def test_the_last_round_leaves_nothing_to_risk() -> None:
    with pytest.raises(NothingToRisk):
        risk(CLOSED, None, DEADLINE, 15, has_answered=False)


@pytest.mark.parametrize("state", [RoundState.WAITING, RoundState.OPEN])
def test_nothing_is_won_before_the_round_is_closed(state: RoundState) -> None:
    with pytest.raises(NothingToRisk):
        risk(replace(CLOSED, state=state), FOLLOWING, DEADLINE, 15, has_answered=False)


def test_who_has_answered_the_next_question_knows_too_much_to_risk() -> None:
    with pytest.raises(TooLateToRisk):
        risk(CLOSED, SHOWN, DEADLINE, 15, has_answered=True)


def test_once_the_next_round_is_closed_it_is_too_late_however_early_the_click() -> None:
    with pytest.raises(TooLateToRisk):
        risk(CLOSED, replace(SHOWN, state=RoundState.CLOSED), START, 15, has_answered=False)


@pytest.mark.parametrize("mode", Mode)
def test_a_reveal_stands_longer_where_points_can_be_risked(mode: Mode) -> None:
    assert pause_after(mode) == (BOLD_PAUSE if mode is Mode.BOLD else PAUSE)
    assert BOLD_PAUSE > PAUSE > timedelta()


@pytest.mark.parametrize(
    ("players", "needed"), [(0, 2), (1, 2), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (9, 5), (10, 6), (200, 101)]
)
def test_more_than_half_of_the_players_skip_a_question_and_two_at_least(players: int, needed: int) -> None:
    assert needed == skips_needed(players)


@given(players=st.integers(0, 10_000))
def test_so_many_are_more_than_half_and_one_fewer_are_not(players: int) -> None:
    needed = skips_needed(players)
    assert needed * 2 > players
    assert needed == FEWEST_SKIPS or (needed - 1) * 2 <= players


def test_equal_points_share_a_rank_and_the_next_is_skipped() -> None:
    standings = rank([(4, 10, 1, 5), (3, 20, 2, 4), (2, 30, 3, 3), (1, 20, 2, 2)])
    expected = (
        Standing(1, 2, 30, 3, 3),
        Standing(2, 1, 20, 2, 2),
        Standing(2, 3, 20, 2, 4),
        Standing(4, 4, 10, 1, 5),
    )
    assert expected == standings


def test_when_all_are_equal_all_are_first() -> None:
    assert [(line.rank, line.user_id) for line in rank([(3, 0, 0, 1), (1, 0, 0, 1), (2, 0, 0, 1)])] == [
        (1, 1),
        (1, 2),
        (1, 3),
    ]


def test_nobody_makes_an_empty_board() -> None:
    assert rank([]) == ()


@given(lines=totals)
def test_a_rank_is_one_more_than_the_members_with_more_points(lines: list[tuple[int, int, int, int]]) -> None:
    standings = rank(lines)
    assert sorted(lines) == sorted((line.user_id, line.points, line.right, line.answered) for line in standings)
    for line in standings:
        assert line.rank == 1 + sum(other.points > line.points for other in standings)
    assert [line.rank for line in standings] == sorted(line.rank for line in standings)


@given(lines=totals, data=st.data())
def test_the_board_does_not_depend_on_the_order_of_its_lines(
    lines: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    assert rank(lines) == rank(data.draw(st.permutations(lines)))


@pytest.mark.parametrize(
    ("number", "late", "guesses_of_last", "expected"),
    [
        (1, timedelta(), [3], NextStep.ASK),
        (5, timedelta(), [3, 3, 3, 3, 3], NextStep.FINISH),
        (6, timedelta(), [3], NextStep.FINISH),
        (1, GRACE, [3], NextStep.ASK),
        (1, GRACE + TICK, [3], NextStep.FINISH),
        (1, timedelta(), [0], NextStep.ASK),
        (1, timedelta(), [], NextStep.ASK),
        (2, timedelta(), [0, 0], NextStep.FINISH),
        (3, timedelta(), [0, 0, 1], NextStep.ASK),
        (3, timedelta(), [0, 1, 0], NextStep.ASK),
        (3, timedelta(), [1, 0, 0], NextStep.FINISH),
        (3, timedelta(), [0], NextStep.ASK),  # the two others were skipped
    ],
)
def test_a_game_goes_on_until_its_end_or_nobody_is_there(
    number: int, late: timedelta, guesses_of_last: list[int], expected: NextStep
) -> None:
    assert expected is after_round(number, 5, late=late, guesses_of_last=guesses_of_last)


@given(
    number=st.integers(1, 20),
    rounds=st.integers(1, 20),
    late=st.timedeltas(timedelta(), 2 * GRACE),
    counts=st.lists(st.integers(0, 3), max_size=20),
)
def test_a_game_ends_only_at_its_end_or_when_nobody_plays(
    number: int, rounds: int, late: timedelta, counts: list[int]
) -> None:
    step = after_round(number, rounds, late=late, guesses_of_last=counts)
    nobody = len(counts) >= IDLE_ROUNDS and sum(counts[-IDLE_ROUNDS:]) == 0
    assert step is (NextStep.FINISH if number >= rounds or late > GRACE or nobody else NextStep.ASK)
