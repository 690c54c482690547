"""Whole brackets, from the start to the champion: without a fault, over restarts, killed at every point."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.domain.bracket import Bracket, Phase
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.polls import Poll
from bot.storage import jobs
from bot.storage.ballots import list_voters
from bot.storage.database import Database, open_database
from tests.services.brackets import COUPLES, DAY, HOUR, MINUTE, Hall, Process, nominate, process_on, start, wish
from tests.services.play import NOON
from tests.storage.engines import ENGINES

VOTERS = range(100, 103)


def three_ways(poll: Poll) -> Sequence[tuple[int, int]]:
    """Two or three voters: a tie, a win of the lower seed or one of the higher, in turn."""
    assert poll.matchup is not None
    first, second = poll.matchup.seeds
    lower = int(second > first)
    match (2 * poll.matchup.round + poll.matchup.slot) % 3:
        case 0:
            return [(user_id, user_id % 2) for user_id in VOTERS[:2]]
        case ahead:
            wins = lower if ahead == 1 else 1 - lower
            return [(user_id, wins if number < 2 else 1 - wins) for number, user_id in enumerate(VOTERS)]


async def nominated(process: Process, couples: Sequence[str], number: int) -> Bracket:
    """A bracket whose couples have been nominated in that order. Each has a channel of its own."""
    bracket = await start(process, channel_id=number, request_id=number)
    for place, text in enumerate(couples):
        await nominate(process, bracket, 1000 + place, text)
    return bracket


async def played(
    process: Process, library: Library, database: Database, number: int, kills: Callable[[Sequence[str]], bool]
) -> tuple[Hall, Bracket]:
    """Play a bracket of four to its champion, in a hall that is killed where `kills` says so."""
    bracket = await nominated(process, COUPLES[:4], number)
    hall = Hall(process, lambda: process_on(database, library, couples=process.couples), three_ways)
    hall.kills = kills
    await hall.play()
    return hall, await hall.process.brackets.get(bracket.id)


async def story(hall: Hall, bracket: Bracket) -> object:
    """All that members see of a bracket that is over, but for ids and times."""
    polls = await hall.process.brackets.polls(bracket.id)
    seen = [(replace(poll.matchup, bracket_id=0) if poll.matchup else None, poll.tally, poll.void) for poll in polls]
    return bracket.phase, bracket.standing, bracket.winners, bracket.pictured, bracket.rest, seen


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


async def test_four_couples_play_to_a_champion_and_everything_is_shown_once(
    process: Process, library: Library, database: Database
) -> None:
    hall, bracket = await played(process, library, database, 1, lambda _points: False)
    polls = await process.brackets.polls(bracket.id)
    assert [poll.matchup.seeds for poll in polls if poll.matchup] == [(1, 4), (2, 3), (1, 2)]
    assert [poll.tally for poll in polls] == [(2, 1), (1, 1), (1, 2)]
    assert (bracket.phase, bracket.champion) == (Phase.FINISHED, bracket.of_seed(2))
    assert [entrant.option.label.en for entrant in bracket.standing] == list(COUPLES[:4])
    shown = [*(f"match-{poll.id}" for poll in polls), f"bracket-{bracket.id}-r1", f"bracket-{bracket.id}-r2"]
    assert sorted(hall.posted) == sorted(shown)
    assert [hall.points.count(point) for point in ("matchup noted", "picture noted", "refused")] == [3, 2, 0]
    assert [poll.opened_at for poll in polls] == [NOON + DAY + n * HOUR + (n + 1) * IN_FLIGHT for n in range(3)]
    for poll in polls:
        assert await database.read(lambda connection, poll_id=poll.id: list_voters(connection, poll_id, 0, 9)) == []
    assert await database.read(jobs.next_due) is None


async def test_a_bracket_that_is_killed_at_any_point_ends_with_the_same_champion(
    process: Process, library: Library, database: Database
) -> None:
    hall, bracket = await played(process, library, database, 1, lambda _points: False)
    expected, points = await story(hall, bracket), hall.points
    for number in range(1, len(points) + 1):
        hall, bracket = await played(process, library, database, number + 1, at_point(number))
        assert hall.restarts == 1
        assert await story(hall, bracket) == expected, points[number - 1]
        assert len(hall.posted) == 5, points[number - 1]
        assert await database.read(jobs.next_due) is None


def at_point(number: int) -> Callable[[Sequence[str]], bool]:
    return lambda points: len(points) == number


@pytest.mark.parametrize("seed", range(3))
async def test_a_bracket_that_is_killed_again_and_again_ends_with_the_same_champion(
    process: Process, library: Library, database: Database, seed: int
) -> None:
    rng = Random(seed)
    hall, bracket = await played(process, library, database, 1, lambda _points: False)
    dying, other = await played(process, library, database, 2, lambda _points: rng.random() < 0.4)
    assert dying.restarts > 5
    assert await story(dying, other) == await story(hall, bracket)


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_sixteen_couples_play_for_days_to_a_champion_over_two_restarts(
    address: str, database: Database, library: Library
) -> None:
    async with open_database(address) as second_file, open_database(address) as third_file:
        process, *later = (process_on(opened, library) for opened in (database, second_file, third_file))
        bracket, waiting = await start(process, wish(nominations=None, matchup_time=DAY)), iter(later)
        hall = Hall(process, lambda: next(waiting), three_ways)
        await hall.play(until=NOON + 5 * DAY + 7 * HOUR)
        first = await hall.process.brackets.get(bracket.id)
        assert (first.phase, len(first.winners), first.pictured) == (Phase.PLAYING, 5, 0)
        hall.restart()
        await hall.play(until=NOON + 11 * DAY + 7 * HOUR)
        second = await hall.process.brackets.get(bracket.id)
        assert (len(second.winners), second.pictured, second.complete) == (11, 1, 1)
        hall.restart()
        await hall.play()
        ended = await hall.process.brackets.get(bracket.id)
        assert (ended.phase, len(ended.winners), ended.pictured, len(ended.standing)) == (Phase.FINISHED, 15, 4, 16)
        assert ended.champion is not None
        assert ended.ended_at is not None
        assert timedelta() < ended.ended_at - (NOON + 15 * DAY) < MINUTE
        assert len(await hall.process.brackets.polls(bracket.id)) == 15
        assert [name for name in hall.posted if "-r" in name] == [f"bracket-{bracket.id}-r{n}" for n in range(1, 5)]
