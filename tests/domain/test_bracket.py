"""The rules of a bracket: who meets whom, who goes on, what may happen next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.bracket import (
    LEAST_REST,
    STEPS,
    Bracket,
    Phase,
    Step,
    check_runner,
    check_step,
    decide,
    end,
    pause,
    reopen,
    resume,
)
from bot.domain.matchups import bracket_size, seed_order
from bot.errors import NotPossibleNow, NotYourBracket
from tests.domain.brackets import CREATOR, DAY, NOON, nominating, played_out, playing, won_by_higher_seed

EVERY = range(4, 33)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("entrants", "size"), [(4, 4), (5, 8), (8, 8), (9, 16), (16, 16), (17, 32), (32, 32)])
def test_a_bracket_is_the_smallest_one_that_takes_all_couples(entrants: int, size: int) -> None:
    assert bracket_size(entrants) == size


@pytest.mark.parametrize("entrants", EVERY)
def test_in_the_first_round_each_seed_meets_the_one_that_adds_up_or_goes_on_without_a_vote(entrants: int) -> None:
    size = bracket_size(entrants)
    met = {seed: matchup for matchup in playing(entrants).rounds[0] for seed in (matchup.first, matchup.second) if seed}
    assert sorted(met) == list(range(1, entrants + 1))
    for seed, matchup in met.items():
        opponent = size + 1 - seed
        if opponent <= entrants:
            assert {matchup.first, matchup.second} == {seed, opponent}
            assert not matchup.is_bye
        else:
            assert (matchup.first, matchup.second, matchup.winner, matchup.is_bye) == (seed, None, seed, True)


@pytest.mark.parametrize("entrants", EVERY)
def test_byes_go_to_the_top_seeds_and_stand_in_the_first_round_only(entrants: int) -> None:
    first, *later = played_out(playing(entrants)).rounds
    byes = sorted(matchup.first or 0 for matchup in first if matchup.is_bye)
    assert byes == list(range(1, bracket_size(entrants) - entrants + 1))
    assert not any(matchup.is_bye for played in later for matchup in played)


@pytest.mark.parametrize("entrants", EVERY)
def test_where_the_higher_seed_always_wins_every_round_pairs_seeds_that_add_up_and_seed_1_is_champion(
    entrants: int,
) -> None:
    bracket = played_out(playing(entrants))
    for played in bracket.rounds[1:]:
        left = 2 * len(played)
        assert {(matchup.first or 0) + (matchup.second or 0) for matchup in played} == {left + 1}
    semi_finals, final = bracket.rounds[-2:]
    assert [{matchup.first, matchup.second} for matchup in semi_finals] == [{1, 4}, {2, 3}]
    assert {final[0].first, final[0].second} == {1, 2}
    assert bracket.champion == bracket.of_seed(1)


@pytest.mark.parametrize("size", [4, 8, 16, 32])
def test_seeds_1_and_2_stand_in_different_halves(size: int) -> None:
    order = seed_order(size)
    assert sorted(order) == list(range(1, size + 1))
    assert (order.index(1) < size // 2) != (order.index(2) < size // 2)


@pytest.mark.parametrize("entrants", EVERY)
def test_one_matchup_less_than_couples_is_played_and_nobody_plays_who_has_lost(entrants: int) -> None:
    bracket, out = playing(entrants), set[int]()
    votes = 0
    while (matchup := bracket.current) is not None:
        sides = {matchup.first or 0, matchup.second or 0}
        assert not sides & out
        bracket = decide(bracket, (0, 1), NOON)
        out.add(matchup.first or 0)
        votes += 1
    assert votes == entrants - 1
    assert bracket.champion is not None
    assert out | {bracket.champion.seed} == set(range(1, entrants + 1))


@pytest.mark.parametrize(("tally", "winner"), [((5, 4), 1), ((4, 5), 4), ((3, 3), 1), ((0, 0), 1)])
def test_more_votes_win_and_in_a_tie_the_higher_seed_goes_on(tally: tuple[int, int], winner: int) -> None:
    bracket = playing(4)
    assert (bracket.rounds[0][0].first, bracket.rounds[0][0].second) == (1, 4)
    assert decide(bracket, tally, NOON).rounds[0][0].winner == winner


def test_in_a_tie_the_higher_seed_goes_on_also_where_it_stands_second() -> None:
    bracket = decide(decide(playing(4), (0, 1), NOON), (1, 0), NOON)
    final = bracket.current
    assert final is not None
    assert (final.first, final.second) == (4, 2)
    champion = decide(bracket, (7, 7), NOON).champion
    assert champion is not None
    assert champion.seed == 2


def test_the_final_ends_the_bracket_with_its_champion_and_what_was_before_does_not() -> None:
    bracket = won_by_higher_seed(won_by_higher_seed(playing(4)))
    assert (bracket.phase, bracket.champion, bracket.ended_at, bracket.is_over) == (Phase.PLAYING, None, None, False)
    over = decide(bracket, (0, 1), NOON)
    assert (over.phase, over.champion, over.ended_at, over.is_over) == (Phase.FINISHED, over.of_seed(2), NOON, True)
    assert over.current is None


def test_rounds_are_counted_when_all_their_matchups_are_decided() -> None:
    bracket = playing(6)
    counted = [bracket.complete]
    while bracket.current is not None:
        bracket = won_by_higher_seed(bracket)
        counted.append(bracket.complete)
    assert counted == [0, 0, 1, 1, 2, 3]


def test_before_the_draw_there_is_no_matchup_no_round_and_no_champion() -> None:
    bracket = nominating(1, 1, 1, 1)
    assert (bracket.rounds, bracket.current, bracket.last, bracket.champion) == ((), None, None, None)
    assert (bracket.standing, bracket.complete) == ((), 0)


@pytest.mark.parametrize("entrants", EVERY)
def test_reopening_undoes_exactly_the_last_matchup_from_every_point_of_a_bracket(entrants: int) -> None:
    bracket = playing(entrants)
    while bracket.current is not None:
        after = won_by_higher_seed(bracket)
        assert after.last is not None
        assert bracket.current is not None
        assert after.last.place == bracket.current.place
        assert reopen(after) == bracket
        bracket = after


def test_reopening_again_and_again_leads_back_to_the_first_matchup_and_no_further() -> None:
    bracket = played_out(playing(5))
    for _ in range(4):
        bracket = reopen(bracket)
    assert bracket == playing(5)
    with pytest.raises(NotPossibleNow):
        reopen(bracket)


def test_of_a_round_that_is_opened_again_the_picture_is_owed_again() -> None:
    bracket = won_by_higher_seed(won_by_higher_seed(playing(4)))
    pictured = replace(bracket, pictured=1)
    assert reopen(pictured).pictured == 0
    later = won_by_higher_seed(pictured)
    assert reopen(later).pictured == 1


@pytest.mark.parametrize(
    ("left", "rest"),
    [
        (timedelta(hours=5), timedelta(hours=5)),
        (timedelta(hours=5, milliseconds=1), timedelta(hours=5, seconds=1)),
        (SECOND, LEAST_REST),
        (timedelta(), timedelta()),
        (-SECOND, timedelta()),
        (timedelta(days=2), DAY),
    ],
)
def test_a_pause_keeps_the_rest_of_the_time_a_minute_at_least_and_nothing_where_it_was_over(
    left: timedelta, rest: timedelta
) -> None:
    paused = pause(playing(4), NOON + left, NOON)
    assert (paused.phase, paused.rest) == (Phase.PAUSED, rest)


def test_a_matchup_that_had_not_begun_has_no_rest_and_a_short_one_not_more_than_its_time() -> None:
    assert pause(playing(4), None, NOON).rest is None
    short = replace(playing(4), matchup_time=5 * SECOND)
    assert pause(short, NOON + SECOND, NOON).rest == 5 * SECOND


def test_a_resumed_bracket_is_as_it_was() -> None:
    bracket = won_by_higher_seed(playing(4))
    assert resume(pause(bracket, NOON + DAY, NOON)) == bracket


def test_a_paused_bracket_still_shows_its_matchup_and_a_reopened_one_plays() -> None:
    paused = pause(won_by_higher_seed(playing(4)), NOON + DAY, NOON)
    assert paused.current is not None
    assert reopen(paused) == playing(4)


@pytest.mark.parametrize(
    "reached",
    [lambda: nominating(1), lambda: playing(4), lambda: pause(playing(4), None, NOON)],
    ids=["nominating", "playing", "paused"],
)
def test_a_bracket_can_be_ended_while_it_is_on_and_then_nothing_is_possible(reached: Callable[[], Bracket]) -> None:
    ended = end(reached(), NOON)
    assert (ended.phase, ended.ended_at, ended.is_over, ended.current) == (Phase.ENDED, NOON, True, None)
    assert ended.steps == frozenset()


def test_only_what_stands_among_its_steps_may_happen_to_a_bracket() -> None:
    paused = pause(won_by_higher_seed(playing(4)), None, NOON)
    for bracket in (nominating(1), won_by_higher_seed(playing(4)), paused, played_out(playing(4)), end(paused, NOON)):
        assert bracket.steps == STEPS[bracket.phase]
        for step in Step:
            if step in bracket.steps:
                check_step(bracket, step)
            else:
                with pytest.raises(NotPossibleNow):
                    check_step(bracket, step)


def test_nothing_is_opened_again_before_a_matchup_was_decided() -> None:
    assert Step.REOPEN not in playing(4).steps
    assert Step.REOPEN in won_by_higher_seed(playing(4)).steps


def test_who_started_a_bracket_and_managers_run_it_and_nobody_else() -> None:
    bracket = playing(4)
    check_runner(bracket, CREATOR, is_manager=False)
    check_runner(bracket, 1, is_manager=True)
    with pytest.raises(NotYourBracket):
        check_runner(bracket, 1, is_manager=False)
    forgotten = replace(bracket, creator_id=None)
    with pytest.raises(NotYourBracket):
        check_runner(forgotten, CREATOR, is_manager=False)
