"""What was remarkable about a game: the fastest right answer, the longest streak, the question most got wrong."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.games import Fastest, LongestStreak, MostMissed, Round, Scored

SHORTEST_STREAK = 2
"""Right answers in a row that are worth a line."""

Played = Sequence[tuple[Round, Sequence[Scored]]]
"""The rounds of a game that counted, each with its guesses."""


def fastest(played: Played, seconds: int) -> Fastest | None:
    """Return the quickest right answer, counted from when its question stood in the channel (`seconds` a round)."""
    times = [
        ((entry.guess.at - (round_.deadline - timedelta(seconds=seconds))).total_seconds(), entry.guess.user_id)
        for round_, scored in played
        for entry in scored
        if entry.right and round_.deadline is not None
    ]
    if not times:
        return None
    took, user_id = min(times)
    return Fastest(user_id, max(took, 0.0))


def longest(played: Played) -> LongestStreak | None:
    """Return the longest streak and all who had it; None where nobody was right twice in a row."""
    best: dict[int, int] = {}
    for _, scored in played:
        for entry in scored:
            best[entry.guess.user_id] = max(best.get(entry.guess.user_id, 0), entry.streak)
    length = max(best.values(), default=0)
    if length < SHORTEST_STREAK:
        return None
    return LongestStreak(length, tuple(sorted(user_id for user_id, streak in best.items() if streak == length)))


def most_missed(played: Played) -> MostMissed | None:
    """Return the round with the most wrong answers; among equals the one with fewer right answers, then the first."""
    missed = [MostMissed(round_, sum(not entry.right for entry in scored), len(scored)) for round_, scored in played]
    missed = [entry for entry in missed if entry.wrong]
    return min(missed, key=lambda entry: (-entry.wrong, entry.answered, entry.round.number), default=None)
