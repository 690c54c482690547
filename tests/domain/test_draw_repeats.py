"""Nothing comes again in a guild before everything was asked, in one game after another."""

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.games import Angle, Mode
from bot.domain.trivia import MAX_ROUNDS
from tests.domain.builders import library_of, moment
from tests.domain.guild import Guild, avoidable_repeats, bank_of_pack, evenings, shipped_subjects

seeds = st.integers(0, 2**32)
lengths = st.integers(1, MAX_ROUNDS)
modes = st.sampled_from(Mode)


@settings(max_examples=25)
@given(games=st.lists(lengths, min_size=1, max_size=40), seed=seeds, mode=modes)
def test_what_was_asked_less_comes_first_wherever_it_fits_the_game(games: list[int], seed: int, mode: Mode) -> None:
    guild, rng, bank = Guild(), random.Random(seed), bank_of_pack()
    for rounds in games:
        before = Guild()
        before.asked, before.planned = guild.asked.copy(), {angle: [*told] for angle, told in guild.planned.items()}
        assert avoidable_repeats(before, bank, guild.play(bank, rounds, rng, mode)) == []


@pytest.mark.parametrize("rounds", [1, 3, 5, 10, 20])
@pytest.mark.parametrize(
    ("mode", "angle"), [(Mode.CLASSIC, Angle.SCRIPT), (Mode.BOLD, Angle.SCRIPT), (Mode.EXPERT, Angle.WHOSE)]
)
def test_all_of_everything_is_asked_before_anything_comes_again(mode: Mode, angle: Angle, rounds: int) -> None:
    subjects = shipped_subjects(angle)
    assert (
        0.4
        < sum(planned for _moment, _part, planned in subjects) / len(subjects)
        < {Angle.SCRIPT: 0.595, Angle.WHOSE: 0.695}[angle]
    )
    for seed in range(5):
        asked = itertools.islice(evenings(Guild(), bank_of_pack(), mode, rounds, seed), len(subjects))
        times = Counter((question.moment_id, question.part) for question in asked)
        assert len(subjects) == len(times)


@pytest.mark.parametrize("rounds", [1, 5, 10, 20])
@pytest.mark.parametrize(("mode", "angle"), [(Mode.CLASSIC, Angle.SCRIPT), (Mode.EXPERT, Angle.WHOSE)])
def test_most_of_everything_is_asked_before_anything_comes_again_and_all_soon_after(
    mode: Mode, angle: Angle, rounds: int
) -> None:
    total = len(shipped_subjects(angle))
    for seed in range(5):
        asked = list(itertools.islice(evenings(Guild(), bank_of_pack(), mode, rounds, seed), round(total * 1.15)))
        keys = [(question.moment_id, question.part) for question in asked]
        start = keys[: round(total * 0.83)]
        assert len(start) == len(set(start))
        assert len(set(keys)) == total


@pytest.mark.parametrize("rounds", [3, 10, 20])
def test_a_mixed_guild_sees_all_of_drama_who_and_odd_one_before_any_of_them_comes_again(rounds: int) -> None:
    for seed in range(2):
        seen: dict[Angle, set[tuple[str, int]]] = {angle: set() for angle in Angle}
        complete: set[Angle] = set()
        for question in itertools.islice(evenings(Guild(), bank_of_pack(), Mode.MIXED, rounds, seed), 700):
            subject = question.moment_id, question.part
            if question.angle in (Angle.DRAMA, Angle.WHO, Angle.ODD_ONE) and subject in seen[question.angle]:
                assert len(seen[question.angle]) >= len(shipped_subjects(question.angle)) - rounds
                complete.add(question.angle)
            seen[question.angle].add(subject)
        assert {Angle.DRAMA, Angle.WHO} <= complete


@given(seed=seeds, games=st.lists(lengths, min_size=1, max_size=30), planned=st.booleans())
def test_a_bank_of_one_side_is_gone_through_evenly(seed: int, games: list[int], planned: bool) -> None:
    bank = [moment(f"m{number}", planned) for number in range(40)]
    guild, rng = Guild(library_of(bank)), random.Random(seed)
    for rounds in games:
        guild.play(bank, rounds, rng)
        times = [guild.asked[entry.id, 0, Angle.SCRIPT] for entry in bank]
        assert max(times) - min(times) <= 1


def test_a_moment_asked_from_one_angle_waits_before_it_is_asked_from_the_next() -> None:
    bank = [moment(f"m{number}", False) for number in range(30)]
    guild, rng = Guild(library_of(bank)), random.Random(0)
    first = {question.moment_id for question in guild.play(bank, 15, rng, Mode.CLASSIC)}
    second = {question.moment_id for question in guild.play(bank, 15, rng, Mode.EXPERT)}
    assert first.isdisjoint(second)
