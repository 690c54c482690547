"""What was remarkable about a game."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.games import Answer, Fastest, LongestStreak, MostMissed, Round, Scored
from bot.domain.highlights import SHORTEST_STREAK, fastest, longest, most_missed
from tests.domain.builders import DEADLINE, SECONDS, START, guess, round_of

LATER = timedelta(minutes=1)


def right(user_id: int, seconds: float = 5, streak: int = 1) -> Scored:
    return Scored(guess(user_id, Answer.AD_LIB, seconds), True, 10, streak)


def wrong(user_id: int, seconds: float = 5) -> Scored:
    return Scored(guess(user_id, Answer.SCRIPTED, seconds), False, 0)


def played(*rounds: Sequence[Scored]) -> list[tuple[Round, Sequence[Scored]]]:
    """Rounds 1, 2, 3 … with these guesses."""
    return [(round_of(number=number), entries) for number, entries in enumerate(rounds, 1)]


def test_the_fastest_is_the_quickest_right_answer_of_all_rounds() -> None:
    assert fastest(played([right(1, 4), wrong(2, 1)], [right(3, 2.5), right(1, 3)]), SECONDS) == Fastest(3, 2.5)


def test_seconds_are_counted_from_when_each_question_stood_in_the_channel() -> None:
    late = round_of(number=2, opened_at=START, deadline=DEADLINE + LATER)
    entries = [right(2, 60 + 1)]
    assert fastest([(round_of(), [right(1, 2)]), (late, entries)], SECONDS) == Fastest(2, 1)


def test_of_two_as_fast_the_older_account_is_named() -> None:
    assert fastest(played([right(7, 2), right(3, 2)]), SECONDS) == Fastest(3, 2)


def test_a_click_before_its_question_took_no_time() -> None:
    assert fastest(played([right(1, -0.3)]), SECONDS) == Fastest(1, 0)


@pytest.mark.parametrize("game", [played(), played([]), played([wrong(1), wrong(2)], [])])
def test_where_nobody_was_right_nobody_was_fastest_or_had_a_streak(
    game: list[tuple[Round, Sequence[Scored]]],
) -> None:
    assert fastest(game, SECONDS) is None
    assert longest(game) is None


def test_a_round_that_never_stood_in_the_channel_has_no_fastest() -> None:
    assert fastest([(round_of(deadline=None), [right(1)])], SECONDS) is None


def test_the_longest_streak_names_all_who_had_it() -> None:
    game = played([right(1), right(2), right(3)], [right(3, streak=2), right(1, streak=2), wrong(2)], [right(2)])
    assert longest(game) == LongestStreak(2, (1, 3))


def test_a_streak_that_ended_long_ago_still_counts() -> None:
    game = played([right(1)], [right(1, streak=2)], [right(1, streak=3)], [wrong(1)], [right(1), right(2, streak=2)])
    assert longest(game) == LongestStreak(3, (1,))


def test_one_right_answer_is_no_streak() -> None:
    assert SHORTEST_STREAK == 2
    assert longest(played([right(1), right(2)])) is None


def test_the_most_missed_round_is_the_one_that_most_got_wrong() -> None:
    game = played([wrong(1), right(2), right(3)], [wrong(1), wrong(2), right(3)], [right(1)])
    assert most_missed(game) == MostMissed(game[1][0], 2, 3)


def test_of_two_rounds_missed_by_as_many_the_one_with_fewer_right_answers_counts() -> None:
    game = played([wrong(1), wrong(2), right(3)], [wrong(1), wrong(2)])
    assert most_missed(game) == MostMissed(game[1][0], 2, 2)


def test_of_two_rounds_missed_alike_the_first_counts() -> None:
    game = played([right(1)], [wrong(1), right(2)], [wrong(2), right(1)])
    assert most_missed(game[::-1]) == most_missed(game) == MostMissed(game[1][0], 1, 2)


@pytest.mark.parametrize("game", [played(), played([], []), played([right(1)], [right(1), right(2)])])
def test_where_nobody_was_wrong_nothing_was_missed(game: list[tuple[Round, Sequence[Scored]]]) -> None:
    assert most_missed(game) is None


def said(user_id: int, is_right: bool, seconds: int, streak: int) -> Scored:
    return right(user_id, seconds, streak) if is_right else wrong(user_id, seconds)


entries = st.lists(
    st.builds(said, st.integers(1, 6), st.booleans(), st.integers(0, SECONDS), st.integers(1, 9)),
    max_size=6,
    unique_by=lambda entry: entry.guess.user_id,
)


@given(rounds=st.lists(entries, max_size=6))
def test_nothing_in_the_game_was_more_remarkable(rounds: list[list[Scored]]) -> None:
    game = played(*rounds)
    every = [entry for entries in rounds for entry in entries]
    first, streak, missed = fastest(game, SECONDS), longest(game), most_missed(game)
    took = [(entry.guess.at - START).total_seconds() for entry in every if entry.right]
    assert (first.seconds if first else None) == min(took, default=None)
    lengths = [entry.streak for entry in every if entry.streak >= SHORTEST_STREAK]
    assert (streak.length if streak else None) == max(lengths, default=None)
    assert not streak or set(streak.user_ids) == {e.guess.user_id for e in every if e.streak == streak.length}
    counts = [sum(not entry.right for entry in entries) for entries in rounds]
    assert (missed.wrong if missed else 0) == max(counts, default=0)
    assert not missed or counts[missed.round.number - 1] == missed.wrong
