"""Who stands where on the leaderboard of couples."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.polls import Option
from bot.domain.records import LAST, PAGE, PastBracket, PastPoll, Placed, Score, look_back, place, turn
from bot.domain.texts import Localised

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def score(name: str, won: int = 0, votes: int = 0) -> Score:
    return Score(name, Localised(name), won=won, votes=votes)


def ranks(*scores: Score) -> list[tuple[int, str]]:
    return [(entry.rank, entry.score.key) for entry in place(scores)]


def test_matchups_won_come_before_votes() -> None:
    assert ranks(score("a", 1, 900), score("b", 3, 2), score("c", 1, 901)) == [(1, "b"), (2, "c"), (3, "a")]


def test_equals_share_a_rank_and_the_next_one_counts_them() -> None:
    scores = (score("d", 0, 5), score("b", 2, 5), score("C", 2, 5), score("a", 2, 4))
    assert ranks(*scores) == [(1, "b"), (1, "C"), (3, "a"), (4, "d")]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_a_rank_is_one_more_than_how_many_are_better(made: list[tuple[int, int]]) -> None:
    placed = place(score(str(number), *counts) for number, counts in enumerate(made))
    assert len(placed) == len(made)
    for entry in placed:
        mine = (entry.score.won, entry.score.votes)
        assert entry.rank == 1 + sum(counts > mine for counts in made)


@pytest.mark.parametrize(("wanted", "got"), [(-1, 0), (0, 0), (2, 2), (3, 2), (2**63 - 1, 2)])
def test_a_page_out_of_range_becomes_the_nearest(wanted: int, got: int) -> None:
    placed = place(score(f"{number:02}") for number in range(2 * PAGE + 1))
    board = turn(placed, wanted)
    assert (board.page, board.pages) == (got, 3)
    assert [entry.score.key for entry in board.shown] == [f"{number:02}" for number in range(21)][got * 10 :][:10]


def test_nobody_fills_one_empty_page() -> None:
    assert turn(place([]), 4) == turn([], 0)
    assert (turn([], 0).shown, turn([], 0).pages) == ([], 1)


def test_nothing_is_withheld_by_itself() -> None:
    assert place([score("a")]) == [Placed(1, score("a"))]


def test_what_members_wrote_is_found_by_its_names_and_all_else_by_its_key() -> None:
    label = Localised("Min ♥ Jun")
    written = Score(Option(label).key, label)
    chosen = Score("min-jun", label)
    actors = Score("actors/min-jun", label)
    assert [one.text for one in (written, chosen, actors)] == ["Min ♥ Jun", "min-jun", "actors/min-jun"]
    assert [one.is_written for one in (written, chosen, actors)] == [True, False, False]
    assert [one.is_actors for one in (written, chosen, actors)] == [False, False, True]


def test_a_look_back_goes_over_polls_and_brackets_the_newest_first_and_not_far() -> None:
    polls = [PastPoll(NOON - timedelta(days=2 * day), 1, None, None, 0, 0, False) for day in range(LAST)]
    brackets = [PastBracket(NOON - timedelta(days=2 * day + 1), 1, None, "Cup", 0, 1, False) for day in range(LAST)]
    seen = look_back([*brackets, *polls])
    assert seen == (polls[0], brackets[0], polls[1], brackets[1], polls[2])
    assert look_back([]) == ()
