"""What an answer is worth: the lines of the rules, one after the other, and what holds for any round."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.games import Answer, Guess, Mode, Question, Run, Scored, Stake
from bot.domain.trivia import COST, MOST_STREAK_BONUS, POINTS, SPEED_BONUS, bonus, score
from tests.domain.builders import DEADLINE, SECONDS, START, four_way, guess, round_of, two_way

RIGHT, WRONG = Answer.AD_LIB, Answer.SCRIPTED
CLASSIC_LIKE = (Mode.CLASSIC, Mode.MIXED, Mode.DAILY)


def scored(
    *guesses: Guess, mode: Mode = Mode.CLASSIC, question: Question | None = None, run: Run | None = None
) -> tuple[Scored, ...]:
    """The scored guesses of a round before which everybody stood as `run` says."""
    runs = {made.user_id: run for made in guesses} if run else {}
    result, _stakes = score(round_of(question), guesses, mode=mode, seconds=SECONDS, runs=runs)
    return result


def points(seconds: float, *, mode: Mode = Mode.CLASSIC, streak: int = 0, right: bool = True, has: int = 0) -> int:
    (entry,) = scored(guess(1, RIGHT if right else WRONG, seconds), mode=mode, run=Run(has, streak))
    return entry.points


def staked(
    *guesses: Guess, stakes: list[Stake], runs: dict[int, Run] | None = None
) -> tuple[tuple[Scored, ...], tuple[Stake, ...]]:
    return score(round_of(), guesses, mode=Mode.BOLD, seconds=SECONDS, runs=runs or {}, stakes=stakes)


def test_a_right_answer_is_worth_ten_points_of_two_choices_and_fifteen_of_four() -> None:
    assert (POINTS[2], POINTS[4]) == (10, 15)
    late = SECONDS
    assert [entry.points for entry in scored(guess(1, RIGHT, late), question=two_way(RIGHT))] == [10]
    assert [entry.points for entry in scored(guess(1, "accident", late), question=four_way())] == [15]


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.EXPERT, Mode.MIXED, Mode.BOLD])
@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 15), (1, 15), (4, 14), (8, 13), (12, 12), (16, 11), (19.9, 10), (20, 10)]
)
def test_speed_is_worth_up_to_five_points_and_falls_evenly_to_nothing(
    mode: Mode, seconds: float, expected: int
) -> None:
    assert expected == points(seconds, mode=mode)


@pytest.mark.parametrize(
    ("streak", "at_once", "halfway"), [(0, 15, 12), (1, 16, 13), (2, 17, 14), (4, 19, 14), (5, 20, 15), (50, 20, 15)]
)
def test_each_right_answer_in_a_row_before_raises_the_speed_bonus_by_one_up_to_ten(
    streak: int, at_once: int, halfway: int
) -> None:
    assert (at_once, halfway, 10) == (
        points(0, streak=streak),
        points(SECONDS / 2, streak=streak),
        points(SECONDS, streak=streak),
    )


@pytest.mark.parametrize(("streak", "expected"), [(0, 10), (1, 11), (4, 14), (5, 15), (6, 15), (300, 15)])
@pytest.mark.parametrize("seconds", [0, SECONDS / 2, SECONDS])
def test_a_daily_question_is_worth_ten_and_one_more_for_each_right_day_before_however_quick(
    streak: int, expected: int, seconds: float
) -> None:
    assert expected == points(seconds, mode=Mode.DAILY, streak=streak)


@pytest.mark.parametrize("mode", CLASSIC_LIKE)
@pytest.mark.parametrize("has", [0, 3, 100])
def test_a_wrong_answer_costs_nothing_in_classic_mixed_and_the_daily_question(mode: Mode, has: int) -> None:
    assert points(0, mode=mode, right=False, has=has) == 0


@pytest.mark.parametrize("mode", [Mode.EXPERT, Mode.BOLD])
@pytest.mark.parametrize(("has", "lost"), [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5), (100, 5)])
def test_a_wrong_answer_costs_five_in_expert_and_bold_but_never_more_than_there_is(
    mode: Mode, has: int, lost: int
) -> None:
    assert COST[mode] == 5
    assert points(0, mode=mode, right=False, has=has) == -lost


@pytest.mark.parametrize("mode", [Mode.EXPERT, Mode.BOLD])
def test_who_is_new_in_the_game_has_nothing_to_lose(mode: Mode) -> None:
    (entry,) = scored(guess(1, WRONG), mode=mode)
    assert entry.points == 0


def test_a_right_answer_lengthens_the_streak_and_a_wrong_one_ends_it() -> None:
    (right,) = scored(guess(1, RIGHT), run=Run(streak=3))
    (wrong,) = scored(guess(1, WRONG), run=Run(streak=3))
    assert (right.right, right.streak, wrong.right, wrong.streak) == (True, 4, False, 0)


@pytest.mark.parametrize(("seconds", "expected"), [(-1, 15), (-1000, 15), (21, 10), (1000, 10)])
def test_a_clock_that_goes_wrong_moves_the_bonus_no_further_than_its_ends(seconds: float, expected: int) -> None:
    assert expected == points(seconds)


def test_a_right_answer_without_a_deadline_earns_no_bonus_for_speed() -> None:
    result, _stakes = score(
        round_of(deadline=None), [guess(1, RIGHT)], mode=Mode.CLASSIC, seconds=SECONDS, runs={1: Run(0, 3)}
    )
    assert [entry.points for entry in result] == [10]


def test_nobody_answering_scores_nothing() -> None:
    assert staked(stakes=[]) == ((), ())


def test_right_after_double_or_nothing_wins_the_same_once_more() -> None:
    (entry,), played = staked(guess(1, RIGHT), stakes=[Stake(1, 15)], runs={1: Run(15, 1)})
    assert (entry.points, played) == (16, (Stake(1, 15, 15),))


def test_wrong_after_double_or_nothing_loses_what_was_risked() -> None:
    (entry,), played = staked(guess(1, WRONG), stakes=[Stake(1, 15)], runs={1: Run(40, 1)})
    assert (entry.points, played) == (-5, (Stake(1, 15, -15),))


def test_no_answer_after_double_or_nothing_loses_what_was_risked() -> None:
    assert staked(stakes=[Stake(1, 15)], runs={1: Run(40, 1)}) == ((), (Stake(1, 15, -15),))


@pytest.mark.parametrize(("has", "cost"), [(15, 0), (17, 2), (20, 5), (40, 5)])
def test_what_was_risked_is_gone_before_the_wrong_answer_costs(has: int, cost: int) -> None:
    (entry,), _played = staked(guess(1, WRONG), stakes=[Stake(1, 15)], runs={1: Run(has, 1)})
    assert entry.points == -cost


def test_who_risks_nothing_is_scored_as_without_stakes_of_others() -> None:
    with_stakes, _played = staked(guess(1, RIGHT), guess(2, WRONG), stakes=[Stake(3, 15)])
    assert with_stakes == scored(guess(1, RIGHT), guess(2, WRONG), mode=Mode.BOLD)


members = st.integers(1, 12)
times = st.floats(-5, SECONDS + 5, allow_nan=False)
guesses = st.lists(
    st.builds(guess, user_id=members, answer=st.sampled_from(Answer), seconds=times),
    max_size=12,
    unique_by=lambda made: made.user_id,
)
standings = st.dictionaries(members, st.builds(Run, st.integers(0, 300), st.integers(0, 20)))


@st.composite
def bold_rounds(draw_from: st.DrawFn) -> tuple[list[Guess], dict[int, Run], list[Stake]]:
    """A round of a bold game: nobody risks more than she has."""
    runs = draw_from(standings)
    risking = [user_id for user_id, run in runs.items() if run.points and draw_from(st.booleans())]
    stakes = [Stake(user_id, draw_from(st.integers(1, runs[user_id].points))) for user_id in risking]
    return draw_from(guesses), runs, stakes


@given(made=guesses, runs=standings, mode=st.sampled_from(Mode), data=st.data())
def test_the_order_in_which_guesses_come_does_not_matter(
    made: list[Guess], runs: dict[int, Run], mode: Mode, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(made))
    first = score(round_of(), made, mode=mode, seconds=SECONDS, runs=runs)
    assert first == score(round_of(), mixed, mode=mode, seconds=SECONDS, runs=runs)
    assert sorted(made, key=lambda each: (each.at, each.user_id)) == [entry.guess for entry in first[0]]


@given(made=guesses, runs=standings, mode=st.sampled_from(Mode))
def test_the_quicker_of_two_with_the_same_streak_never_gets_less(
    made: list[Guess], runs: dict[int, Run], mode: Mode
) -> None:
    result, _stakes = score(round_of(), made, mode=mode, seconds=SECONDS, runs=runs)
    for streak in {run.streak for run in runs.values()} | {0}:
        right = [e.points for e in result if e.right and runs.get(e.guess.user_id, Run()).streak == streak]
        assert right == sorted(right, reverse=True)


@given(made=guesses, runs=standings, mode=st.sampled_from(Mode))
def test_the_longer_streak_never_gets_less_at_the_same_time(
    made: list[Guess], runs: dict[int, Run], mode: Mode
) -> None:
    longer = {user_id: Run(run.points, run.streak + 1) for user_id, run in runs.items()}
    before, _ = score(round_of(), made, mode=mode, seconds=SECONDS, runs=runs)
    after, _ = score(round_of(), made, mode=mode, seconds=SECONDS, runs=longer)
    assert all(late.points >= early.points for early, late in zip(before, after, strict=True))


@given(played=bold_rounds(), mode=st.sampled_from(Mode))
def test_nobody_falls_below_nothing_whatever_is_risked(
    played: tuple[list[Guess], dict[int, Run], list[Stake]], mode: Mode
) -> None:
    made, runs, stakes = played
    result, settled = score(round_of(), made, mode=mode, seconds=SECONDS, runs=runs, stakes=stakes)
    totals = {user_id: run.points for user_id, run in runs.items()}
    for entry in result:
        totals[entry.guess.user_id] = totals.get(entry.guess.user_id, 0) + entry.points
    for stake in settled:
        totals[stake.user_id] += stake.points or 0
    assert all(total >= 0 for total in totals.values())


@given(played=bold_rounds())
def test_a_stake_brings_what_it_risks_or_costs_it_and_nobody_elses_points(
    played: tuple[list[Guess], dict[int, Run], list[Stake]],
) -> None:
    made, runs, stakes = played
    result, settled = score(round_of(), made, mode=Mode.BOLD, seconds=SECONDS, runs=runs, stakes=stakes)
    right = {entry.guess.user_id for entry in result if entry.right}
    assert [(stake.user_id, stake.amount) for stake in stakes] == [(stake.user_id, stake.amount) for stake in settled]
    assert all(stake.points == (stake.amount if stake.user_id in right else -stake.amount) for stake in settled)
    without, _none = score(round_of(), made, mode=Mode.BOLD, seconds=SECONDS, runs=runs)
    risking = {stake.user_id for stake in stakes}
    for entry, same in zip(result, without, strict=True):
        assert entry == same or (entry.guess.user_id in risking and not entry.right)


@given(made=guesses, runs=standings, mode=st.sampled_from(Mode))
def test_everyone_who_is_right_scores_and_nobody_else(made: list[Guess], runs: dict[int, Run], mode: Mode) -> None:
    result, _stakes = score(round_of(), made, mode=mode, seconds=SECONDS, runs=runs)
    most = POINTS[2] + SPEED_BONUS + MOST_STREAK_BONUS
    for entry in result:
        assert entry.right is (entry.guess.answer == RIGHT)
        assert POINTS[2] <= entry.points <= most if entry.right else -COST.get(mode, 0) <= entry.points <= 0


@given(
    mode=st.sampled_from(Mode), left=st.floats(allow_nan=False), less=st.floats(allow_nan=False), streak=st.integers(0)
)
def test_a_bonus_is_never_more_for_less_time_and_stays_within_its_ends(
    mode: Mode, left: float, less: float, streak: int
) -> None:
    less, left = sorted((less, left))
    assert 0 <= bonus(mode, less, streak) <= bonus(mode, left, streak) <= SPEED_BONUS + MOST_STREAK_BONUS


def test_the_time_of_a_round_runs_back_from_its_deadline() -> None:
    assert DEADLINE - timedelta(seconds=SECONDS) == START
    result, _stakes = score(
        round_of(opened_at=START - timedelta(minutes=1)),
        [guess(1, RIGHT, 4)],
        mode=Mode.CLASSIC,
        seconds=SECONDS,
        runs={},
    )
    assert [entry.points for entry in result] == [14]
