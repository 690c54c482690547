"""Whole games in pure code: drawn, answered, risked, scored, ranked, told."""

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from coverage import Coverage
from hypothesis import given, settings, strategies as st

from bot.domain.games import Guess, Mode, Question, Round, RoundState, Run, Scored, Stake, Standing
from bot.domain.highlights import fastest, longest, most_missed
from bot.domain.trivia import COST, POINTS, bonus, judge, rank, risk, score
from tests.domain.builders import DEADLINE, SECONDS, START, round_of
from tests.domain.guild import Guild, bank_of_pack

MEMBERS = (1, 2, 3)
GAMES = 1000


@dataclass
class Evening:
    """A game of which everything is kept, as the database does."""

    questions: Sequence[Question]
    mode: Mode
    played: list[tuple[Round, Sequence[Scored]]] = field(default_factory=list[tuple[Round, Sequence[Scored]]])
    stakes: list[Stake] = field(default_factory=list[Stake])

    def runs(self) -> dict[int, Run]:
        """How everybody stands before the next round."""
        streaks = {entry.guess.user_id: entry.streak for entry in self.played[-1][1]} if self.played else {}
        return {line.user_id: Run(line.points, streaks.get(line.user_id, 0)) for line in self.standings()}

    def standings(self) -> tuple[Standing, ...]:
        """The board so far."""
        said = [entry for _round, scored in self.played for entry in scored]
        totals: list[tuple[int, int, int, int]] = []
        for user_id in sorted({entry.guess.user_id for entry in said}):
            own = [entry for entry in said if entry.guess.user_id == user_id]
            risked = sum(stake.points or 0 for stake in self.stakes if stake.user_id == user_id)
            points = sum(entry.points for entry in own) + risked
            totals.append((user_id, points, sum(entry.right for entry in own), len(own)))
        return rank(totals)

    def play(self, number: int, said: dict[int, tuple[int, float]], risking: frozenset[int]) -> None:
        """Play a round; `said` holds each member's choice and second."""
        round_ = round_of(self.questions[number - 1], number=number)
        stakes = [self._risk(user_id, round_) for user_id in sorted(risking)] if self.mode is Mode.BOLD else []
        guesses: list[Guess] = []
        for user_id, (choice, seconds) in said.items():
            made = Guess(
                user_id, round_.question.choices[choice % len(round_.question.choices)], START + timedelta(0, seconds)
            )
            judge(round_, made.at)
            guesses.append(made)
        risked = [stake for stake in stakes if stake is not None]
        scored, settled = score(round_, guesses, mode=self.mode, seconds=SECONDS, runs=self.runs(), stakes=risked)
        self.played.append((replace(round_, state=RoundState.CLOSED), scored))
        self.stakes += settled

    def _risk(self, user_id: int, following: Round) -> Stake | None:
        before, scored = self.played[-1] if self.played else (None, ())
        won = next((entry.points for entry in scored if entry.guess.user_id == user_id and entry.right), 0)
        if before is None or not won:
            return None
        waiting = replace(following, state=RoundState.WAITING, opened_at=None, deadline=None)
        return Stake(user_id, risk(before, waiting, DEADLINE, won, has_answered=False))


def model(evening: Evening, said: list[dict[int, tuple[int, float]]], risking: list[frozenset[int]]) -> dict[int, int]:
    """The same game, each member alone, told as the rules tell it."""
    totals: dict[int, int] = {}
    for user_id in MEMBERS:
        points = streak = won = 0
        for number, question in enumerate(evening.questions):
            at_risk = won if evening.mode is Mode.BOLD and user_id in risking[number] else 0
            won = 0
            if user_id not in said[number]:
                points, streak = points - at_risk, 0
                continue
            totals[user_id] = 0
            choice, seconds = said[number][user_id]
            if question.choices[choice % len(question.choices)] == question.answer:
                won = POINTS[len(question.choices)] + bonus(evening.mode, 1 - seconds / SECONDS, streak)
                points, streak = points + won + at_risk, streak + 1
            else:
                points, streak = points - at_risk, 0
                points -= min(points, COST.get(evening.mode, 0))
        if user_id in totals:
            totals[user_id] = points
    return totals


seconds = st.sampled_from([0, 1, 5, 10, 15, 20])
rounds_said = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(MEMBERS), st.tuples(st.integers(0, 3), seconds)),
        st.frozensets(st.sampled_from(MEMBERS)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150)
@given(rounds=rounds_said, mode=st.sampled_from(Mode), seed=st.integers(0, 2**32))
def test_the_board_of_any_game_is_what_the_rules_say_of_each_member_alone(
    rounds: list[tuple[dict[int, tuple[int, float]], frozenset[int]]], mode: Mode, seed: int
) -> None:
    said, risking = [each for each, _risked in rounds], [risked for _said, risked in rounds]
    evening = Evening(Guild().play(bank_of_pack(), len(rounds), random.Random(seed), mode), mode)
    for number, (each, risked) in enumerate(rounds, 1):
        evening.play(number, each, risked)
        assert all(line.points >= 0 for line in evening.standings())
    assert {line.user_id: line.points for line in evening.standings()} == model(evening, said, risking)


@pytest.mark.parametrize(
    ("others", "most_seconds"), [((), 3.0), ((Mode.EXPERT, Mode.BOLD, Mode.MIXED, Mode.DAILY), 12.0)]
)
def test_a_thousand_whole_games_of_three_members_are_played_in_seconds(
    others: tuple[Mode, ...], most_seconds: float
) -> None:
    rng, modes, bank = random.Random(1), (Mode.CLASSIC, *others), bank_of_pack()
    slowed = 4 if sys.gettrace() is not None or Coverage.current() is not None else 1  # every line is looked at
    winners: set[int] = set()
    guild = Guild()
    started = time.process_time()
    for game in range(GAMES):
        mode = modes[game % len(modes)]
        evening = Evening(guild.play(bank, 10, rng, mode), mode)
        for number in range(1, len(evening.questions) + 1):
            said = {user_id: (rng.randrange(4), rng.uniform(0, SECONDS)) for user_id in MEMBERS}
            evening.play(number, said, frozenset(rng.sample(MEMBERS, 1)))
        standings = evening.standings()
        winners |= {line.user_id for line in standings if line.rank == 1}
        assert len(standings) == len(MEMBERS)
        assert fastest(evening.played, SECONDS) or not any(line.right for line in standings)
        assert longest(evening.played) or all(line.right <= 5 for line in standings)
        assert most_missed(evening.played) or all(line.right == line.answered for line in standings)
    took = time.process_time() - started
    print(f"{GAMES} games of ten rounds in {len(modes)} modes: {took:.2f} s")  # noqa: T201
    assert winners == set(MEMBERS)
    assert took < most_seconds * slowed
