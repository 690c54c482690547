"""Drawing the questions of a game: no repeat before the bank is used up, and no button that is right too often.

Of any ten answers in a row from the two-way angle, four to six are "in the script", also over the games of a guild.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.games import Angle, Mode, Question
from bot.domain.library import Library
from bot.domain.moments import Moment, Origin
from bot.domain.questions import ANGLES, compose, fits, is_planned, moments_in
from bot.errors import NothingToAsk

WINDOW: Final = 10
MOST_ALIKE: Final = {Angle.SCRIPT: 6, Angle.WHOSE: 7}
"""Right answers of one side among any `WINDOW` in a row, for the angles whose answer may be "in the script"."""

DECK: Final = (
    *(Angle.SCRIPT,) * 4,
    *(Angle.WHOSE,) * 2,
    *(Angle.DRAMA,) * 2,
    Angle.WHO,
    Angle.ODD_ONE,
)
"""The angles of ten questions in a mixed game."""

MARGIN: Final = 0.01
"""So much before a bank becomes lopsided the bigger side is taken: later the order would be forced, and foreseen."""
TRIES: Final = 20
"""So many moments are looked at for wrong choices; where all of these have too few, the bank is too small for it."""
RARITY: Final = 3.0
"""How much sooner an idea of the director or an accident is drawn: the data holds far more ideas of actors."""

Subject = tuple[str, int, Angle]
"""What is not to be asked twice: moment, part and angle."""


@dataclass(frozen=True, slots=True)
class History:
    """What was asked in a guild before: how often each subject, and by angle the last right answers, oldest first.

    Of those answers it says whether they were "in the script"; only angles with that choice have any.
    """

    asked: Mapping[Subject, int] = field(default_factory=dict[Subject, int])
    planned: Mapping[Angle, Sequence[bool]] = field(default_factory=dict[Angle, Sequence[bool]])

    def of_moment(self) -> Mapping[str, int]:
        """How often each moment was asked about, from any angle."""
        times: Counter[str] = Counter()
        for (moment_id, _part, _angle), count in self.asked.items():
            times[moment_id] += count
        return times


def draw(
    moments: Iterable[Moment], rounds: int, *, mode: Mode, library: Library, history: History, rng: random.Random
) -> tuple[Question, ...]:
    """Draw at most `rounds` questions about `moments`, each moment at most once.

    What was asked least in the guild comes first, so that nothing comes again before all has been asked. A mixed game
    takes the angles of `DECK`, and another angle where one is used up.

    Raises:
        NothingToAsk: no question can be made of `moments`.
    """
    bank = tuple(moment for moment in moments if moment.game_ready)
    dealer = _Dealer(bank, library, history, rng)
    drawn: list[Question] = []
    for angle in _angles(mode, rounds, rng):
        others = [other for other in ANGLES[mode] if other is not angle]
        question = next(filter(None, map(dealer.deal, [angle, *others])), None)
        if question is None:
            break
        drawn.append(question)
    if not drawn:
        raise NothingToAsk
    return tuple(drawn)


def _angles(mode: Mode, rounds: int, rng: random.Random) -> list[Angle]:
    deck = DECK if mode is Mode.MIXED else ANGLES[mode]
    angles: list[Angle] = []
    while len(angles) < rounds:
        angles += rng.sample(deck, len(deck))
    return angles[:rounds]


Drawable = tuple[int, Moment, int]
"""How often a subject was asked, its moment and part."""


def _lopsided(angle: Angle) -> float:
    """The share of the bigger side of a bank, beyond which the balance of answers uses the smaller side up first."""
    return MOST_ALIKE.get(angle, WINDOW) / WINDOW


class _Pile:
    """The subjects of one angle and side, what comes next on top."""

    def __init__(self, subjects: list[Drawable]) -> None:
        self._subjects = subjects
        self._left = Counter(times for times, _, _ in subjects)
        self._size = len(subjects)

    def share_beside(self, other: "_Pile") -> float:
        """The share of this pile in both, as they were when the game began."""
        return self._size / (self._size + other._size)

    def top(self, used: set[str]) -> int | None:
        """How often what comes next was asked; None where the pile is used up."""
        while self._subjects and self._subjects[-1][1].id in used:
            self.take()
        return self._subjects[-1][0] if self._subjects else None

    def left(self, times: int) -> int:
        """How many subjects were asked `times` times."""
        return self._left[times]

    def take(self) -> tuple[Moment, int]:
        """Remove what comes next and return it."""
        times, moment, part = self._subjects.pop()
        self._left[times] -= 1
        return moment, part


class _Dealer:
    """Deals the questions of one game."""

    def __init__(self, bank: Sequence[Moment], library: Library, history: History, rng: random.Random) -> None:
        self._bank = bank
        self._library = library
        self._asked = history.asked
        self._of_moment = history.of_moment()
        self._rng = rng
        self._piles: dict[tuple[Angle, bool | None], _Pile] = {}
        self._used: set[str] = set()
        self._planned = {angle: list(history.planned.get(angle, ())) for angle in Angle}

    def deal(self, angle: Angle) -> Question | None:
        """Return the next question from `angle`, or None where nothing is left for it."""
        fresh = [moment for moment in self._bank if moment.id not in self._used]
        for _try in range(TRIES):
            subject = self._next(angle)
            if subject is None:
                return None
            question = compose(angle, *subject, fresh, self._library, self._rng)
            if question is None:
                continue
            self._used |= moments_in(question)
            planned = is_planned(question)
            if planned is not None:
                self._planned[angle].append(planned)
            return question
        return None

    def _next(self, angle: Angle) -> tuple[Moment, int] | None:
        if angle not in MOST_ALIKE:
            pile = self._pile(angle, None)
            return None if pile.top(self._used) is None else pile.take()
        piles = {planned: self._pile(angle, planned) for planned in (True, False)}
        tops = {planned: pile.top(self._used) for planned, pile in piles.items()}
        times = {planned: asked for planned, asked in tops.items() if asked is not None}
        return piles[self._side(angle, times, piles)].take() if times else None

    def _side(self, angle: Angle, times: Mapping[bool, int], piles: Mapping[bool, _Pile]) -> bool:
        """Choose the side of the next right answer: none too often, both used up together where that can be."""
        if len(times) == 1:
            return next(iter(times))
        recent = self._planned[angle][-(WINDOW - 1) :]
        for side in times:
            if recent.count(side) >= MOST_ALIKE[angle]:
                return not side
        lopsided = _lopsided(angle)
        if piles[True].share_beside(piles[False]) > lopsided or piles[False].share_beside(piles[True]) > lopsided:
            return self._rng.random() < 0.5  # they cannot be used up together; what is even cannot be foreseen
        least = min(times.values())
        left = {side: piles[side].left(least) if asked == least else 0 for side, asked in times.items()}
        share = left[True] / sum(left.values())
        if max(share, 1 - share) > lopsided - MARGIN:  # else this side would still be there when the other is used up
            return share > 0.5
        return self._rng.random() < share

    def _pile(self, angle: Angle, side: bool | None) -> _Pile:
        pile = self._piles.get((angle, side))
        if pile is None:
            pile = self._piles[angle, side] = _Pile(self._subjects(angle, side))
        return pile

    def _subjects(self, angle: Angle, side: bool | None) -> list[Drawable]:
        """The subjects of a pile; the least asked last, then those of the least asked moments, then by chance.

        Moments that the other side needs more, because it has few, come last of all: a game asks about them once.
        """
        scarce = self._scarce(angle, side)
        keyed = [
            (
                (
                    moment.id in scarce,
                    self._asked.get((moment.id, part, angle), 0),
                    self._of_moment.get(moment.id, 0),
                    self._wait(angle, moment),
                ),
                moment,
                part,
            )
            for moment in self._bank
            for part, asked in enumerate(moment.parts)
            if side in (None, asked.planned) and fits(angle, moment, part, self._library)
        ]
        keyed.sort(key=lambda entry: entry[0], reverse=True)
        return [(key[1], moment, part) for key, moment, part in keyed]

    def _scarce(self, angle: Angle, side: bool | None) -> frozenset[str]:
        """The moments that are left to the other side of a lopsided bank, where that has not enough for a game."""
        mine, others = (
            {m.id for m in self._bank if any((p.planned is side) is own for p in m.parts)} for own in (True, False)
        )
        few = side is not None and len(others) < WINDOW and len(mine) > _lopsided(angle) * (len(mine) + len(others))
        return frozenset(others) if few else frozenset()

    def _wait(self, angle: Angle, moment: Moment) -> float:
        """A random place in the pile, nearer the top for what is rare (Efraimidis and Spirakis, 2006)."""
        rare = angle is Angle.WHOSE and moment.origin in (Origin.DIRECTOR_ON_SET, Origin.ACCIDENT)
        return self._rng.expovariate(RARITY if rare else 1.0)
