"""Brackets walked at random: whatever happens, some legal step leads on, and only legal steps happen."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.bracket import (
    STEPS,
    Bracket,
    Entrant,
    Phase,
    Seeding,
    Step,
    check_step,
    decide,
    end,
    pause,
    reopen,
    resume as go_on,
)
from bot.domain.matchups import bracket_size
from bot.domain.nominations import begin, check_nomination, next_number
from bot.errors import NotPossibleNow
from tests.domain.brackets import NOON, nominating, option

RESERVE = [option(f"Reserve{number}") for number in range(4)]
MOST_MATCHUPS = 31

Act = Callable[[Bracket, random.Random], Bracket]


def nominate(bracket: Bracket, rng: random.Random) -> Bracket:
    check_step(bracket, Step.NOMINATE)
    wanted = option(f"Couple{rng.randrange(40)}")
    if any(entrant.pruned and entrant.option == wanted for entrant in bracket.entrants):
        return bracket
    known = check_nomination(bracket, wanted, ())
    fresh = known or Entrant(next_number(bracket), wanted)
    kept = [entrant for entrant in bracket.entrants if entrant.number != fresh.number]
    return replace(bracket, entrants=(*kept, replace(fresh, nominations=fresh.nominations + 1)))


def prune(bracket: Bracket, rng: random.Random) -> Bracket:
    check_step(bracket, Step.PRUNE)
    if not bracket.nominees:
        return bracket
    out = rng.choice(bracket.nominees)
    kept = [entrant for entrant in bracket.entrants if entrant.number != out.number]
    return replace(bracket, entrants=(*kept, replace(out, pruned=True)))


ACTS: Mapping[Step, Act] = {
    Step.NOMINATE: nominate,
    Step.PRUNE: prune,
    Step.BEGIN: lambda bracket, rng: begin(bracket, RESERVE, rng),
    Step.DECIDE: lambda bracket, rng: decide(bracket, (rng.randrange(3), rng.randrange(3)), NOON),
    Step.PAUSE: lambda bracket, rng: pause(bracket, rng.choice([None, NOON, NOON + timedelta(hours=1)]), NOON),
    Step.RESUME: lambda bracket, _: go_on(bracket),
    Step.REOPEN: lambda bracket, _: reopen(bracket),
    Step.END: lambda bracket, _: end(bracket, NOON),
}

LEADS_ON = {
    Phase.NOMINATING: Step.BEGIN,
    Phase.PLAYING: Step.DECIDE,
    Phase.PAUSED: Step.RESUME,
}


def finished(bracket: Bracket, rng: random.Random) -> Bracket:
    """Take the one step that leads on in each phase until nothing leads on."""
    for _ in range(MOST_MATCHUPS + 2):
        if bracket.phase not in LEADS_ON:
            return bracket
        step = LEADS_ON[bracket.phase]
        assert step in bracket.steps
        bracket = ACTS[step](bracket, rng)
    raise AssertionError("the bracket does not end")


def assert_sound(bracket: Bracket) -> None:
    """What holds in every state: seeds without a gap, every known pairing made of those who won their way to it."""
    count = len(bracket.standing)
    assert [entrant.seed for entrant in bracket.standing] == list(range(1, count + 1))
    assert (count > 0) == bool(bracket.rounds)
    if not bracket.rounds:
        return
    size = bracket_size(count)
    assert 4 <= count <= bracket.size
    assert [len(played) for played in bracket.rounds] == [
        size >> number for number in range(1, len(bracket.rounds) + 1)
    ]
    for before, played in zip(bracket.rounds, bracket.rounds[1:], strict=False):
        for matchup in played:
            pair = before[2 * matchup.slot].winner, before[2 * matchup.slot + 1].winner
            assert (matchup.first, matchup.second) == pair
            assert matchup.winner in (None, *pair)
    on = bracket.phase in (Phase.PLAYING, Phase.PAUSED)
    assert (bracket.current is not None) == on
    assert (bracket.champion is not None) == (bracket.phase is Phase.FINISHED)
    assert (bracket.rest is None) or bracket.phase is Phase.PAUSED
    assert (bracket.ended_at is not None) == bracket.is_over


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    steps=st.lists(st.sampled_from(Step), max_size=60),
    couples=st.integers(0, 40),
    size=st.sampled_from([4, 8, 16, 32]),
    seeding=st.sampled_from(Seeding),
)
def test_from_any_state_that_can_be_reached_legal_steps_lead_to_a_champion_and_others_are_refused(
    seed: int, steps: list[Step], couples: int, size: int, seeding: Seeding
) -> None:
    rng = random.Random(seed)
    bracket = nominating(*[rng.randrange(4) for _ in range(couples)], size=size, seeding=seeding)
    for step in steps:
        if step is Step.END and rng.random() < 0.9:  # else hardly any walk would come far
            continue
        if step in bracket.steps:
            bracket = ACTS[step](bracket, rng)
            assert_sound(bracket)
        else:
            before = replace(bracket)
            with pytest.raises(NotPossibleNow):
                ACTS[step](bracket, rng)
            assert bracket == before
    ended = finished(bracket, rng)
    assert_sound(ended)
    if bracket.phase is Phase.ENDED:
        assert ended == bracket
    else:
        assert ended.phase is Phase.FINISHED
        assert ended.champion in ended.standing


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), couples=st.integers(4, 32), decided=st.integers(0, 30))
def test_reopening_takes_back_the_last_decision_and_nothing_else(seed: int, couples: int, decided: int) -> None:
    rng = random.Random(seed)
    bracket = begin(nominating(*[1] * couples), (), rng)
    for _ in range(min(decided, couples - 2)):
        bracket = ACTS[Step.DECIDE](bracket, rng)
    assert reopen(ACTS[Step.DECIDE](bracket, rng)) == bracket


@settings(max_examples=100, deadline=None)
@given(couples=st.integers(4, 32), votes=st.integers(0, 5))
def test_ties_all_the_way_lead_to_the_first_seed_as_champion(couples: int, votes: int) -> None:
    bracket = begin(nominating(*[1] * couples), (), random.Random(1))
    for _ in range(couples - 1):
        bracket = decide(bracket, (votes, votes), NOON)
    assert bracket.champion == bracket.of_seed(1)


def test_in_every_phase_but_the_two_ends_some_step_leads_on() -> None:
    assert {phase for phase in Phase if phase not in LEADS_ON} == {Phase.FINISHED, Phase.ENDED}
    assert all(step in STEPS[phase] for phase, step in LEADS_ON.items())
    assert set(ACTS) == set(Step)
