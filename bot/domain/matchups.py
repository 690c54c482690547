"""Who meets whom in a bracket: seeds, byes, rounds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

SIZES: Final = (4, 8, 16, 32)
"""How many entrants a bracket takes; fewer are filled up with byes."""


@dataclass(frozen=True, slots=True)
class Matchup:
    """Two seeds against each other: round 1 is the first, `slot` counts from 0 down the round.

    A side is None while nobody has won it. In a bye `second` stays None and `winner` is `first`.
    """

    round: int
    slot: int
    first: int | None
    second: int | None
    winner: int | None
    is_bye: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Round and slot: what a winner is stored under."""
        return self.round, self.slot

    @property
    def is_playable(self) -> bool:
        """Whether both sides are known and nobody has won yet."""
        return self.winner is None and self.first is not None and self.second is not None


def winning_seed(seeds: tuple[int, int], tally: tuple[int, int]) -> int:
    """Return which of two seeds goes on with these votes: the one with more, in a tie the higher seed."""
    first, second = tally
    return min(seeds) if first == second else seeds[0] if first > second else seeds[1]


def seed_order(size: int) -> tuple[int, ...]:
    """Return the seeds down the first round, so that 1 and 2 can meet in the final only: 1, 4, 2, 3 for four.

    In every round the two seeds of a matchup, if no one was upset, add up to one more than the couples left.
    """
    order = (1,)
    while len(order) < size:
        least = 2 * len(order) + 1
        order = tuple(side for seed in order for side in (seed, least - seed))
    return order


def bracket_size(entrants: int) -> int:
    """Return the smallest size that takes so many entrants: the difference is filled with byes."""
    return next(size for size in SIZES if size >= entrants)


def play_rounds(entrants: int, winners: Mapping[tuple[int, int], int]) -> Iterator[tuple[Matchup, ...]]:
    """Yield the matchups between so many seeds, round by round, as far as the `winners` of each place are known."""
    sides: list[int | None] = [seed if seed <= entrants else None for seed in seed_order(bracket_size(entrants))]
    number = 1
    while len(sides) > 1:
        played: list[Matchup] = []
        for slot in range(len(sides) // 2):
            first, second = sides[2 * slot], sides[2 * slot + 1]
            if number == 1 and second is None:  # the better seed of a pair stands first
                played.append(Matchup(number, slot, first, None, first, is_bye=True))
            else:
                played.append(Matchup(number, slot, first, second, winners.get((number, slot))))
        yield tuple(played)
        sides = [matchup.winner for matchup in played]
        number += 1
