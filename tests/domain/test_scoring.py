"""Judging guesses, scoring rounds, ranking, and what follows a round."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.games import Answer, Guess, Question, Round, RoundState, Standing
from bot.domain.trivia import GRACE, IDLE_ROUNDS, POINTS, SPEED_BONUS, NextStep, after_round, judge, rank, score
from bot.errors import AlreadyAnswered, RoundClosed

START = datetime(2026, 1, 1, 20, 0, tzinfo=UTC)
SECONDS = 20
DEADLINE = START + timedelta(seconds=SECONDS)
TICK = timedelta(milliseconds=1)


def round_of(answer: Answer, state: RoundState = RoundState.OPEN, deadline: datetime | None = DEADLINE) -> Round:
    return Round(1, 1, 1, Question("moment", 0, answer), state, START, deadline, 99)


def guess(user_id: int, answer: Answer, seconds: float = 0) -> Guess:
    return Guess(user_id, answer, START + timedelta(seconds=seconds))


guesses = st.lists(
    st.builds(
        guess,
        user_id=st.integers(1, 2**63),
        answer=st.sampled_from(Answer),
        seconds=st.floats(-5, SECONDS + 5, allow_nan=False),
    ),
    max_size=30,
    unique_by=lambda made: made.user_id,
)
totals = st.lists(
    st.tuples(st.integers(1, 2**63), st.integers(0, 60), st.integers(0, 20), st.integers(0, 20)),
    max_size=30,
    unique_by=lambda line: line[0],
)


def test_a_guess_at_the_deadline_counts() -> None:
    judge(round_of(Answer.SCRIPTED), Guess(1, Answer.AD_LIB, DEADLINE), None)


def test_a_guess_after_the_deadline_is_refused() -> None:
    with pytest.raises(RoundClosed):
        judge(round_of(Answer.SCRIPTED), Guess(1, Answer.AD_LIB, DEADLINE + TICK), None)


def test_a_guess_counts_while_the_deadline_is_not_known_yet() -> None:
    judge(round_of(Answer.SCRIPTED, deadline=None), guess(1, Answer.AD_LIB, seconds=3600), None)


@pytest.mark.parametrize("state", [RoundState.WAITING, RoundState.CLOSED])
def test_a_guess_in_a_round_that_is_not_open_is_refused(state: RoundState) -> None:
    with pytest.raises(RoundClosed):
        judge(round_of(Answer.SCRIPTED, state), guess(1, Answer.SCRIPTED), None)


def test_a_guess_in_no_round_is_refused() -> None:
    with pytest.raises(RoundClosed):
        judge(None, guess(1, Answer.SCRIPTED), None)


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("earlier", Answer)
def test_a_second_guess_is_refused_with_the_first_one(state: RoundState, earlier: Answer) -> None:
    with pytest.raises(AlreadyAnswered) as refused:
        judge(round_of(Answer.SCRIPTED, state), guess(1, Answer.SCRIPTED), earlier)
    assert {"answer": earlier} == refused.value.values


@pytest.mark.parametrize(
    ("seconds", "points"), [(0, 15), (2, 14), (4, 14), (5, 14), (8, 13), (12, 12), (15, 11), (19.9, 10), (20, 10)]
)
def test_the_bonus_for_speed_falls_evenly_to_nothing_at_the_deadline(seconds: float, points: int) -> None:
    (scored,) = score(round_of(Answer.AD_LIB), [guess(1, Answer.AD_LIB, seconds)], SECONDS)
    assert (True, points) == (scored.right, scored.points)


@pytest.mark.parametrize(("seconds", "points"), [(-1, 15), (21, 10)])
def test_a_clock_that_goes_wrong_moves_the_bonus_no_further_than_its_ends(seconds: float, points: int) -> None:
    (scored,) = score(round_of(Answer.AD_LIB), [guess(1, Answer.AD_LIB, seconds)], SECONDS)
    assert points == scored.points


def test_a_wrong_answer_earns_nothing_however_quick() -> None:
    (scored,) = score(round_of(Answer.AD_LIB), [guess(1, Answer.SCRIPTED)], SECONDS)
    assert (scored.right, scored.points) == (False, 0)


def test_a_right_answer_without_a_deadline_earns_no_bonus() -> None:
    (scored,) = score(round_of(Answer.AD_LIB, deadline=None), [guess(1, Answer.AD_LIB)], SECONDS)
    assert scored.points == POINTS


@given(made=guesses, answer=st.sampled_from(Answer))
def test_everyone_who_was_right_scores_and_the_quicker_never_less(made: list[Guess], answer: Answer) -> None:
    scored = score(round_of(answer), made, SECONDS)
    assert sorted(made, key=lambda entry: (entry.at, entry.user_id)) == [entry.guess for entry in scored]
    right = [entry.points for entry in scored if entry.right]
    assert right == sorted(right, reverse=True)
    assert all(POINTS <= points <= POINTS + SPEED_BONUS for points in right)
    assert all((entry.guess.answer is answer) is entry.right for entry in scored)
    assert sum(right) == sum(entry.points for entry in scored)


def test_equal_points_share_a_rank_and_the_next_is_skipped() -> None:
    standings = rank([(4, 10, 1, 5), (3, 20, 2, 4), (2, 30, 3, 3), (1, 20, 2, 2)])
    expected = (
        Standing(1, 2, 30, 3, 3),
        Standing(2, 1, 20, 2, 2),
        Standing(2, 3, 20, 2, 4),
        Standing(4, 4, 10, 1, 5),
    )
    assert expected == standings


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
def test_a_game_never_runs_past_its_rounds_and_never_stops_while_it_is_played(
    number: int, rounds: int, late: timedelta, counts: list[int]
) -> None:
    step = after_round(number, rounds, late=late, guesses_of_last=counts)
    if number >= rounds:
        assert step is NextStep.FINISH
    elif late <= GRACE and any(counts[-IDLE_ROUNDS:]):
        assert step is NextStep.ASK
