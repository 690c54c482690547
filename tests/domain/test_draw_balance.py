"""No button is right too often, and none can be foreseen, in one game after another of a guild."""

import itertools
import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.drawing import MOST_ALIKE, WINDOW, History, draw
from bot.domain.games import Angle, Answer, Mode, Question
from bot.domain.moments import Kind, Moment, Verdict
from bot.domain.packs import FOUNDING, BuiltIn
from bot.domain.questions import fits, moments_in
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.trivia import MAX_ROUNDS
from tests.content.shipped import shipped_library
from tests.domain.guild import Guild, bank_of_pack, evenings, windows

TWO_WAY = (Mode.CLASSIC, Mode.BOLD, Mode.MIXED, Mode.DAILY)
seeds = st.integers(0, 2**32)
lengths = st.integers(1, MAX_ROUNDS)
modes = st.sampled_from(Mode)
policies = st.sampled_from(SpoilerPolicy)
packs = st.sampled_from(BuiltIn)


def drawn(bank: Sequence[Moment], rounds: int, seed: int) -> tuple[Question, ...]:
    library, history, rng = shipped_library(), History(), random.Random(seed)
    return draw(bank, rounds, mode=Mode.CLASSIC, library=library, history=history, rng=rng)


def answers_of(pack: BuiltIn, rounds: int, seed: int, count: int) -> list[bool]:
    """The first answers of a guild that plays the same pack again and again."""
    guild = Guild()
    list(itertools.islice(evenings(guild, bank_of_pack(pack), Mode.CLASSIC, rounds, seed), count))
    return guild.planned[Angle.SCRIPT]


@settings(max_examples=50)
@given(games=st.lists(st.tuples(lengths, st.sampled_from(TWO_WAY)), min_size=1, max_size=25), seed=seeds)
def test_of_any_ten_answers_in_a_row_four_to_six_were_in_the_script(games: list[tuple[int, Mode]], seed: int) -> None:
    guild, rng = Guild(), random.Random(seed)
    for rounds, mode in games:
        guild.play(bank_of_pack(), rounds, rng, mode)
    assert set(windows(guild.planned[Angle.SCRIPT])) <= {4, 5, 6}


@settings(max_examples=50)
@given(games=st.lists(lengths, min_size=1, max_size=25), seed=seeds, mode=st.sampled_from([Mode.EXPERT, Mode.MIXED]))
def test_of_any_ten_ideas_in_a_row_three_to_seven_were_the_scripts(games: list[int], seed: int, mode: Mode) -> None:
    guild, rng = Guild(), random.Random(seed)
    for rounds in games:
        guild.play(bank_of_pack(), rounds, rng, mode)
    assert set(windows(guild.planned[Angle.WHOSE])) <= {3, 4, 5, 6, 7}


@settings(max_examples=50)
@given(games=st.lists(lengths, min_size=1, max_size=12), seed=seeds, mode=modes, policy=policies, pack=packs)
def test_too_many_of_ten_are_alike_only_where_the_game_has_nothing_else_left(
    games: list[int], seed: int, mode: Mode, policy: SpoilerPolicy, pack: BuiltIn
) -> None:
    bank, guild, rng = bank_of_pack(pack, policy), Guild(), random.Random(seed)
    for rounds in games if bank else ():
        used: set[str] = set()
        before = {angle: list(answers) for angle, answers in guild.planned.items()}
        for question in guild.play(bank, rounds, rng, mode):
            if question.angle in before:
                side = question.answer in (Answer.SCRIPTED, "script")
                other = [
                    entry.id
                    for entry in bank
                    for number, part in enumerate(entry.parts)
                    if entry.id not in used
                    and part.planned is not side
                    and fits(question.angle, entry, number, guild.library)
                ]
                assert before[question.angle][-9:].count(side) < MOST_ALIKE[question.angle] or other == []
                before[question.angle].append(side)
            used |= moments_in(question)


def test_improvised_kisses_are_the_four_that_began_it_and_every_scripted_kiss() -> None:
    ready = [entry for entry in shipped_library().moments.values() if entry.game_ready]
    scripted = {entry.id for entry in ready if entry.kind is Kind.KISS and entry.verdict is Verdict.SCRIPTED}
    assert len(scripted) >= 20
    assert {entry.id for entry in bank_of_pack(BuiltIn.IMPROVISED_KISSES)} == scripted | set(FOUNDING)
    assert not {entry.verdict for entry in ready if entry.id in FOUNDING} & {Verdict.SCRIPTED}


@pytest.mark.parametrize("rounds", [1, 3, 5, 7, 10])
def test_improvised_kisses_keep_four_to_six_of_ten_in_games_of_up_to_ten(rounds: int) -> None:
    for seed in range(20):
        assert set(windows(answers_of(BuiltIn.IMPROVISED_KISSES, rounds, seed, 100))) <= {4, 5, 6}


@pytest.mark.parametrize("rounds", [1, 3, 5, 7])
@pytest.mark.parametrize("pack", BuiltIn)
def test_the_answer_ten_questions_ago_does_not_tell_the_next_one(pack: BuiltIn, rounds: int) -> None:
    same = asked = 0
    for seed in range(5):
        answers = answers_of(pack, rounds, seed, 200)
        same += sum(now is then for then, now in zip(answers, answers[WINDOW:], strict=False))
        asked += len(answers) - WINDOW
    assert same / asked <= 0.85


@pytest.mark.parametrize("answer", Answer)
def test_always_pressing_one_button_is_right_half_the_time(answer: Answer) -> None:
    questions = [question for seed in range(100) for question in drawn(bank_of_pack(), 5, seed)]
    assert 0.4 <= sum(question.answer == answer for question in questions) / len(questions) <= 0.6


@pytest.mark.parametrize("rounds", [3, 5, 10, 20])
def test_how_many_were_in_the_script_differs_from_game_to_game(rounds: int) -> None:
    games = [drawn(bank_of_pack(), rounds, seed) for seed in range(60)]
    assert len({sum(question.answer == Answer.SCRIPTED for question in game) for game in games}) >= 3


def test_what_comes_first_in_a_game_is_chance() -> None:
    first = Counter(drawn(bank_of_pack(), 5, seed)[0].answer for seed in range(200))
    assert min(first[answer] for answer in Answer) > 60
