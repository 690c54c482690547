"""Drawing the questions of a game from the shipped library."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.drawing import DECK, History, draw
from bot.domain.games import Mode, Question
from bot.domain.moments import Moment
from bot.domain.packs import BuiltIn
from bot.domain.questions import ANGLES, compose, fits, moments_in
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.trivia import MAX_ROUNDS
from bot.errors import NothingToAsk
from tests.content.shipped import shipped_library
from tests.domain.guild import bank_of_pack

seeds = st.integers(0, 2**32)
lengths = st.integers(1, MAX_ROUNDS)
modes = st.sampled_from(Mode)
policies = st.sampled_from(SpoilerPolicy)
packs = st.sampled_from(BuiltIn)


def drawn(bank: Sequence[Moment], rounds: int, seed: int, mode: Mode = Mode.CLASSIC) -> tuple[Question, ...]:
    return draw(bank, rounds, mode=mode, library=shipped_library(), history=History(), rng=random.Random(seed))


@settings(max_examples=150)
@given(rounds=lengths, seed=seeds, mode=modes, policy=policies, pack=packs)
def test_a_game_shows_no_moment_twice_and_none_from_beyond_its_bank(
    rounds: int, seed: int, mode: Mode, policy: SpoilerPolicy, pack: BuiltIn
) -> None:
    bank = bank_of_pack(pack, policy)
    if not bank:
        with pytest.raises(NothingToAsk):
            drawn(bank, rounds, seed, mode)
        return
    held, library = {entry.id: entry for entry in bank}, shipped_library()
    questions = drawn(bank, rounds, seed, mode)
    shown = [moment_id for question in questions for moment_id in moments_in(question)]
    assert len(shown) == len(set(shown))
    assert set(shown) <= set(held)
    assert {question.angle for question in questions} <= set(ANGLES[mode])
    assert all(fits(asked.angle, held[asked.moment_id], asked.part, library) for asked in questions)


@settings(max_examples=100)
@given(rounds=lengths, seed=seeds, mode=modes, policy=policies)
def test_everything_makes_a_full_game_under_every_policy(
    rounds: int, seed: int, mode: Mode, policy: SpoilerPolicy
) -> None:
    assert rounds == len(drawn(bank_of_pack(policy=policy), rounds, seed, mode))


@pytest.mark.parametrize("rounds", [10, 20])
def test_ten_questions_of_a_mixed_game_hold_the_angles_of_the_deck(rounds: int) -> None:
    for seed in range(20):
        angles = Counter(question.angle for question in drawn(bank_of_pack(), rounds, seed, Mode.MIXED))
        assert angles == Counter(DECK * (rounds // 10))


@given(rounds=lengths, seed=seeds, mode=modes, policy=policies)
def test_the_same_seed_draws_the_same_game(rounds: int, seed: int, mode: Mode, policy: SpoilerPolicy) -> None:
    bank = bank_of_pack(policy=policy)
    assert drawn(bank, rounds, seed, mode) == drawn(bank, rounds, seed, mode)


@pytest.mark.parametrize("mode", Mode)
def test_another_seed_draws_another_game(mode: Mode) -> None:
    assert len({drawn(bank_of_pack(), 5, seed, mode) for seed in range(50)}) > 45


@settings(max_examples=30)
@given(seed=seeds, entry=st.sampled_from(bank_of_pack()), mode=modes, rounds=lengths)
def test_a_bank_of_one_moment_gives_one_question_or_none(seed: int, entry: Moment, mode: Mode, rounds: int) -> None:
    library, rng = shipped_library(), random.Random(seed)
    possible = [
        compose(angle, entry, part, (entry,), library, rng)
        for angle in ANGLES[mode]
        for part in range(len(entry.parts))
        if fits(angle, entry, part, library)
    ]
    if any(possible):
        (question,) = drawn((entry,), rounds, seed, mode)
        assert question.moment_id == entry.id
    else:
        assert mode is Mode.EXPERT
        with pytest.raises(NothingToAsk):
            drawn((entry,), rounds, seed, mode)
