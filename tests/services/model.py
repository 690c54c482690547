"""The rules of a game as members read them, with no jobs, transactions or states: what counts, and what it is worth.

The model knows when a question came into the channel, when its answer came, and what was pressed in between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.games import Fastest, LongestStreak, Mode, Standing

RIGHT: Final = {2: 10, 4: 15}
SPEED, GROWTH, COST = 5, 5, 5
JOINED: Final = 2
"""Who answered one of so many questions before takes part."""
IN_FLIGHT: Final = timedelta(seconds=1)


@dataclass
class Asked:
    """What members see of a question, and what they have pressed."""

    round_id: int
    choices: int
    right: int
    sent_at: datetime
    said: dict[int, tuple[int, datetime]] = field(default_factory=dict[int, tuple[int, datetime]])
    skips: set[int] = field(default_factory=set[int])
    risks: dict[int, int] = field(default_factory=dict[int, int])
    """What members risk on the next question."""
    skipped: bool = False
    cut: bool = False
    """The game was stopped before the time was up."""
    early: datetime | None = None
    """When it ended early."""


@dataclass
class Line:
    """What a member has after so many questions."""

    points: int = 0
    right: int = 0
    answered: int = 0
    streak: int = 0
    longest: int = 0


@dataclass
class Model:
    """One game."""

    mode: Mode
    seconds: int
    rounds: int
    starter: int
    asked: list[Asked] = field(default_factory=list[Asked])
    over: bool = False

    def deadline(self, question: Asked) -> datetime:
        return question.sent_at + timedelta(seconds=self.seconds)

    def says(self, member: int, choice: int, at: datetime, now: datetime, *, closed: bool) -> bool:
        """Let a member say something to the newest question, which arrives at `now`; tell whether it counts."""
        question = self.asked[-1]
        if closed or self.over or member in question.said or at > self.deadline(question):
            return False
        question.said[member] = choice, at
        before = self.players(JOINED)
        if question.early is None and before and before <= question.said.keys():
            question.early = max(at + IN_FLIGHT, now)
        return True

    def players(self, newest: int, *, with_this: bool = False) -> set[int]:
        """Who answered one of the questions before this one, or this one too."""
        first = max(len(self.asked) - 1 - newest, 0)
        questions = self.asked[first:] if with_this else self.asked[first:-1]
        return {member for question in questions for member in question.said}

    def skips(self, member: int, at: datetime, *, closed: bool) -> bool:
        """Let a member ask to skip the newest question; tell whether that counts."""
        question = self.asked[-1]
        if closed or self.over or at > self.deadline(question) or member in question.skips:
            return False
        if member != self.starter:
            question.skips.add(member)
        players = self.players(JOINED, with_this=True) | question.skips
        question.skipped = member == self.starter or len(question.skips) >= max(2, len(players) // 2 + 1)
        return True

    def risks(self, member: int, question: Asked, at: datetime, *, doubles: bool, closed: bool) -> bool:
        """Let a member risk or keep what she won in a question; tell whether she may. `closed`: the next one is."""
        number = self.asked.index(question) + 1
        won = self.won(question, member)
        if self.mode is not Mode.BOLD or self.over or number >= self.rounds or won <= 0:
            return False
        following = self.asked[number] if number < len(self.asked) else None
        if following is not None and (closed or at > following.sent_at):
            return not doubles and member not in question.risks
        if doubles and following is not None and member in following.said:
            return False
        if doubles:
            question.risks[member] = won
        else:
            question.risks.pop(member, None)
        return True

    def won(self, question: Asked, member: int) -> int:
        """What a member won in a question, with what she had risked on it; 0 where she was not right."""
        if question.skipped or question.said.get(member, (None,))[0] != question.right:
            return 0
        number = self.asked.index(question)
        return self.lines(number + 1)[member].points - self.lines(number).get(member, Line()).points

    def lines(self, questions: int | None = None) -> dict[int, Line]:
        """What everybody has after so many questions, or after all."""
        lines: dict[int, Line] = {}
        for number, question in enumerate(self.asked[:questions]):
            if question.skipped:
                continue
            risked = self.asked[number - 1].risks if number else {}
            for member in {*question.said, *risked, *lines}:
                self._add(lines.setdefault(member, Line()), question, member, risked.get(member, 0))
        return lines

    def _add(self, line: Line, question: Asked, member: int, risked: int) -> None:
        choice, at = question.said.get(member, (None, question.sent_at))
        if choice == question.right:
            left = (self.deadline(question) - at) / timedelta(seconds=self.seconds)
            bonus = round((SPEED + min(line.streak, GROWTH)) * min(max(left, 0.0), 1.0))
            line.points += RIGHT[question.choices] + bonus + risked
            line.right += 1
            line.streak += 1
        else:
            line.streak = 0
            if not question.cut:
                line.points -= risked
            if choice is not None and self.mode in (Mode.EXPERT, Mode.BOLD):
                line.points -= min(COST, line.points)
        line.answered += choice is not None
        line.longest = max(line.longest, line.streak)

    def standings(self) -> list[Standing]:
        """The final scores."""
        lines = self.lines()
        best = sorted(lines.items(), key=lambda entry: (-entry[1].points, entry[0]))
        return [
            Standing(
                1 + sum(other.points > line.points for other in lines.values()),
                member,
                line.points,
                line.right,
                line.answered,
            )
            for member, line in best
        ]

    def longest(self) -> LongestStreak | None:
        lines = self.lines()
        length = max((line.longest for line in lines.values()), default=0)
        members = tuple(sorted(member for member, line in lines.items() if line.longest == length))
        return LongestStreak(length, members) if length > 1 else None

    def fastest(self) -> Fastest | None:
        times = [
            ((at - question.sent_at).total_seconds(), member)
            for question in self._counted()
            for member, (choice, at) in question.said.items()
            if choice == question.right
        ]
        return Fastest(min(times)[1], max(min(times)[0], 0.0)) if times else None

    def most_missed(self) -> tuple[int, int, int] | None:
        """(round id, wrong answers, answers) of the question that most got wrong."""
        missed = [
            (sum(choice != question.right for choice, _ in question.said.values()), len(question.said), question)
            for question in self._counted()
        ]
        worst = max((wrong for wrong, _, _ in missed), default=0)
        fewest = min((answered for wrong, answered, _ in missed if wrong == worst), default=0)
        found = [question.round_id for wrong, answered, question in missed if (wrong, answered) == (worst, fewest)]
        return (found[0], worst, fewest) if worst else None

    def _counted(self) -> Iterable[Asked]:
        return [question for question in self.asked if not question.skipped]
