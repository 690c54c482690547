"""Drawing the questions of a game."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.games import Answer, Question
from bot.domain.moments import Moment
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.trivia import MAX_ROUNDS, draw, questions_of
from bot.errors import NothingToAsk
from tests.content.shipped import shipped_library
from tests.domain.builders import key, moment

seeds = st.integers(0, 2**32)
lengths = st.integers(1, MAX_ROUNDS)
policies = st.sampled_from(SpoilerPolicy)


@st.composite
def banks(draw_from: st.DrawFn) -> list[Moment]:
    """Any bank of moments, lopsided ones too."""
    parts = st.lists(st.booleans(), min_size=1, max_size=3)
    made = draw_from(
        st.lists(st.tuples(parts, st.sampled_from(SpoilerLevel), st.sampled_from([None, "doubtful"])), max_size=30)
    )
    return [
        moment(f"m{number}", *planned, spoilers=spoilers, not_asked_because=why)
        for number, (planned, spoilers, why) in enumerate(made)
    ]


def shipped() -> Sequence[Moment]:
    return [*shipped_library().moments.values()]


def allowed(moments: Sequence[Moment], policy: SpoilerPolicy) -> list[Moment]:
    return [entry for entry in moments if entry.game_ready and policy.allows(entry.spoilers)]


def played(
    moments: Sequence[Moment],
    rounds: int,
    seed: int,
    policy: SpoilerPolicy = SpoilerPolicy.ALL,
    asked: Mapping[tuple[str, int], int] | None = None,
) -> tuple[Question, ...]:
    return draw(moments, rounds, policy=policy, asked=asked or {}, rng=random.Random(seed))


def test_every_part_of_a_moment_is_a_question_whose_answer_is_whether_it_was_planned() -> None:
    expected = (
        Question("kiss", 0, Answer.SCRIPTED),
        Question("kiss", 1, Answer.AD_LIB),
        Question("kiss", 2, Answer.SCRIPTED),
    )
    assert expected == questions_of(moment("kiss", True, False, True))


@settings(max_examples=50)
@given(rounds=st.integers(4, MAX_ROUNDS), seed=seeds, data=st.data())
def test_the_right_answers_of_a_game_on_the_shipped_library_are_balanced(
    rounds: int, seed: int, data: st.DataObject
) -> None:
    keys = [key(question) for entry in shipped() for question in questions_of(entry)]
    asked = data.draw(st.dictionaries(st.sampled_from(keys), st.integers(1, 3)))
    questions = played(shipped(), rounds, seed, asked=asked)
    scripted = sum(question.answer is Answer.SCRIPTED for question in questions)
    assert rounds == len(questions)
    assert 0.4 <= scripted / rounds <= 0.6 or (rounds < 10 and abs(2 * scripted - rounds) <= 2 + rounds % 2)


@given(rounds=lengths, seed=seeds, policy=policies)
def test_every_policy_leaves_a_full_balanced_game_in_the_shipped_library(
    rounds: int, seed: int, policy: SpoilerPolicy
) -> None:
    answers = Counter(question.answer for question in played(shipped(), rounds, seed, policy))
    assert rounds == answers.total()
    most_apart = 2 + rounds % 2 if rounds < 10 else rounds * 2 // 10
    assert abs(answers[Answer.SCRIPTED] - answers[Answer.AD_LIB]) <= most_apart


@pytest.mark.parametrize("rounds", [2, 3, 5, 10, 20])
def test_how_near_to_half_a_game_is_differs_so_that_counting_tells_nothing(rounds: int) -> None:
    games = [played(shipped(), rounds, seed) for seed in range(60)]
    scripted = {sum(question.answer is Answer.SCRIPTED for question in game) for game in games}
    assert len(scripted) >= 3 or rounds == 1


@given(moments=banks(), rounds=lengths, seed=seeds, policy=policies)
def test_a_game_asks_only_what_is_ready_and_allowed_and_about_a_moment_once(
    moments: list[Moment], rounds: int, seed: int, policy: SpoilerPolicy
) -> None:
    ready = {entry.id: entry for entry in allowed(moments, policy)}
    if not ready:
        with pytest.raises(NothingToAsk):
            played(moments, rounds, seed, policy)
        return
    questions = played(moments, rounds, seed, policy)
    assert len(questions) == len({question.moment_id for question in questions})
    for question in questions:
        assert question in questions_of(ready[question.moment_id])


@given(moments=banks(), rounds=lengths, seed=seeds, policy=policies)
def test_a_game_is_as_long_as_was_asked_for_unless_the_moments_run_out(
    moments: list[Moment], rounds: int, seed: int, policy: SpoilerPolicy
) -> None:
    ready = allowed(moments, policy)
    if ready:
        assert min(rounds, len(ready)) == len(played(moments, rounds, seed, policy))


@given(rounds=lengths, seed=seeds)
def test_moments_of_one_kind_only_still_make_a_game(rounds: int, seed: int) -> None:
    for planned in (True, False):
        moments = [moment(f"m{number}", planned) for number in range(rounds)]
        assert rounds == len(played(moments, rounds, seed))


@given(rounds=lengths, seed=seeds, policy=policies)
def test_the_same_seed_draws_the_same_questions(rounds: int, seed: int, policy: SpoilerPolicy) -> None:
    assert played(shipped(), rounds, seed, policy) == played(shipped(), rounds, seed, policy)


def test_another_seed_draws_other_questions() -> None:
    assert len({played(shipped(), 5, seed) for seed in range(50)}) > 45


@settings(max_examples=30)
@given(seed=seeds, games=st.lists(lengths, min_size=1, max_size=30), policy=policies)
def test_a_question_comes_back_only_when_no_less_asked_one_of_its_kind_fits_the_game(
    seed: int, games: list[int], policy: SpoilerPolicy
) -> None:
    rng, asked = random.Random(seed), Counter[tuple[str, int]]()
    bank = [question for entry in allowed(shipped(), policy) for question in questions_of(entry)]
    for rounds in games:
        used: set[str] = set()
        for question in draw(shipped(), rounds, policy=policy, asked=asked, rng=rng):
            waiting = [
                other
                for other in bank
                if other.answer is question.answer
                and asked[key(other)] < asked[key(question)]
                and other.moment_id not in used
            ]
            assert waiting == []
            used.add(question.moment_id)
            asked[key(question)] += 1


@settings(max_examples=30)
@given(seed=seeds, games=st.lists(lengths, min_size=1, max_size=30))
def test_no_question_comes_back_before_the_bank_of_its_kind_is_used_up(seed: int, games: list[int]) -> None:
    moments = [moment(f"m{number}", number % 2 == 0) for number in range(60)]
    rng, asked = random.Random(seed), Counter[tuple[str, int]]()
    for rounds in games:
        for question in draw(moments, rounds, policy=SpoilerPolicy.ALL, asked=asked, rng=rng):
            asked[key(question)] += 1
        for planned in (True, False):
            times = [asked[entry.id, 0] for entry in moments if entry.parts[0].planned is planned]
            assert max(times) - min(times) <= 1


@pytest.mark.parametrize("answer", Answer)
def test_always_pressing_one_button_is_right_half_the_time(answer: Answer) -> None:
    questions = [question for seed in range(40) for question in played(shipped(), 5, seed)]
    right = sum(question.answer is answer for question in questions)
    assert 0.45 <= right / len(questions) <= 0.55


def test_who_comes_first_in_a_game_is_chance_too() -> None:
    first = Counter(played(shipped(), 5, seed)[0].answer for seed in range(100))
    assert min(first[answer] for answer in Answer) > 25


@pytest.mark.parametrize(
    ("policy", "level", "is_allowed"),
    [
        (SpoilerPolicy.NONE, SpoilerLevel.NONE, True),
        (SpoilerPolicy.NONE, SpoilerLevel.MILD, False),
        (SpoilerPolicy.NONE, SpoilerLevel.MAJOR, False),
        (SpoilerPolicy.MILD, SpoilerLevel.NONE, True),
        (SpoilerPolicy.MILD, SpoilerLevel.MILD, True),
        (SpoilerPolicy.MILD, SpoilerLevel.MAJOR, False),
        (SpoilerPolicy.ALL, SpoilerLevel.NONE, True),
        (SpoilerPolicy.ALL, SpoilerLevel.MILD, True),
        (SpoilerPolicy.ALL, SpoilerLevel.MAJOR, True),
    ],
)
def test_a_policy_lets_through_its_level_and_what_gives_less_away(
    policy: SpoilerPolicy, level: SpoilerLevel, is_allowed: bool
) -> None:
    assert is_allowed == policy.allows(level)
    moments = [moment("m", True, spoilers=level)]
    if is_allowed:
        assert len(played(moments, 1, 0, policy)) == 1
    else:
        with pytest.raises(NothingToAsk):
            played(moments, 1, 0, policy)
