"""A guild that remembers what it was asked, as bot/storage/rounds.py does, and what may be expected of its games."""

import functools
import random
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.drawing import WINDOW, History, Subject, draw
from bot.domain.games import Angle, Mode, Question, Wish
from bot.domain.library import Library
from bot.domain.moments import Moment
from bot.domain.packs import BuiltIn, Fence, shipped_bank
from bot.domain.questions import fits, is_planned, moments_in
from bot.domain.spoilers import SpoilerPolicy
from tests.content.shipped import shipped_library

MOST = 6
"""Of ten answers in a row, on one side."""


@functools.cache
def bank_of_pack(pack: BuiltIn = BuiltIn.EVERYTHING, policy: SpoilerPolicy = SpoilerPolicy.ALL) -> tuple[Moment, ...]:
    """The moments of the shipped library that a game may ask about."""
    return shipped_bank(Wish(pack=pack), shipped_library(), Fence(policy), None)


@functools.cache
def shipped_subjects(angle: Angle) -> tuple[tuple[str, int, bool], ...]:
    """(moment, part, planned) of everything in the shipped library that fits the angle."""
    library = shipped_library()
    return tuple(
        (entry.id, number, part.planned)
        for entry in bank_of_pack()
        for number, part in enumerate(entry.parts)
        if fits(angle, entry, number, library)
    )


def windows(planned: Sequence[bool]) -> list[int]:
    """How many were in the script, of any ten in a row."""
    return [sum(planned[start : start + WINDOW]) for start in range(len(planned) - WINDOW + 1)]


class Guild:
    """Plays games and remembers."""

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or shipped_library()
        self.asked: Counter[Subject] = Counter()
        self.planned: dict[Angle, list[bool]] = {Angle.SCRIPT: [], Angle.WHOSE: []}

    def history(self) -> History:
        """What a draw hears."""
        return History(dict(self.asked), {angle: answers[-WINDOW:] for angle, answers in self.planned.items()})

    def play(
        self, bank: Sequence[Moment], rounds: int, rng: random.Random, mode: Mode = Mode.CLASSIC
    ) -> tuple[Question, ...]:
        """Draw a game and remember all its questions."""
        questions = draw(bank, rounds, mode=mode, library=self.library, history=self.history(), rng=rng)
        for question in questions:
            self.remember(question)
        return questions

    def remember(self, question: Question) -> None:
        """Note that a question was asked."""
        self.asked[question.moment_id, question.part, question.angle] += 1
        planned = is_planned(question)
        if planned is not None:
            self.planned[question.angle].append(planned)


def evenings(guild: Guild, bank: Sequence[Moment], mode: Mode, rounds: int, seed: int) -> Iterator[Question]:
    """What a guild is asked in one game after another, for ever."""
    rng = random.Random(seed)
    while True:
        yield from guild.play(bank, rounds, rng, mode)


def avoidable_repeats(before: Guild, bank: Sequence[Moment], questions: Sequence[Question]) -> list[Question]:
    """Questions of a game that came although one from the same angle was asked less and would have done.

    It would have done if its moment was still free in this game and its answer did not make seven of ten alike.
    """
    planned = {angle: list(answers) for angle, answers in before.planned.items()}
    used: set[str] = set()
    found: list[Question] = []
    for question in questions:
        angle, answer = question.angle, is_planned(question)
        recent = planned.get(angle, [])[-(WINDOW - 1) :]
        times = before.asked[question.moment_id, question.part, angle]
        better = [
            (entry.id, number)
            for entry in bank
            if times and entry.id not in used
            for number, part in enumerate(entry.parts)
            if before.asked[entry.id, number, angle] < times
            and fits(angle, entry, number, before.library)
            and (answer is None or part.planned is answer or recent.count(part.planned) < MOST)
        ]
        if better:
            found.append(question)
        used |= moments_in(question)
        if answer is not None:
            planned[angle].append(answer)
    return found
