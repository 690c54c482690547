"""Whole games, driven by the job table."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.games import Asked
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.trivia import GRACE, PAUSE
from bot.services.jobs import JobService
from bot.storage.database import Database, open_database
from tests.services.play import ALICE, NOON, Channel, Click, after, right, start
from tests.storage.engines import ENGINES

SOON = timedelta(seconds=4)
FIRST = timedelta(seconds=20) + IN_FLIGHT + PAUSE
"""From the first question to the next: nobody has joined before it, so it lasts its whole time."""
STEP = SOON + IN_FLIGHT + PAUSE
"""From a later one to the next: it ends early, once everybody has answered."""


def nobody(_asked: Asked, _sent_at: datetime) -> Sequence[Click]:
    return []


def alice(asked: Asked, sent_at: datetime) -> Sequence[Click]:
    return [Click(sent_at + SOON, ALICE, asked.round.id, choice=right(asked.round))]


def alice_in(*numbers: int) -> Callable[[Asked, datetime], Sequence[Click]]:
    return lambda asked, sent_at: alice(asked, sent_at) if asked.round.number in numbers else []


def times(channel: Channel) -> list[tuple[str, timedelta]]:
    """What was posted, and how long after noon."""
    return [(message.nonce.split("-")[0], message.sent_at - NOON) for message in channel.messages.values()]


async def test_a_game_runs_by_itself_in_its_rhythm(database: Database, library: Library) -> None:
    channel = Channel(database, library, alice)
    await start(channel.process, rounds=3, seconds=20)
    await channel.play()
    assert times(channel) == [
        ("ask", timedelta()),
        ("ask", FIRST),
        ("ask", FIRST + STEP),
        ("recap", FIRST + 2 * STEP),
    ]
    assert [standing.points for standing in channel.recaps[0].standings] == [14 + 15 + 16]
    assert channel.recaps[0].rounds_played == 3


async def test_two_rounds_in_a_row_without_an_answer_end_the_game(database: Database, library: Library) -> None:
    channel = Channel(database, library, nobody)
    await start(channel.process, rounds=5)
    await channel.play()
    assert times(channel) == [("ask", timedelta()), ("ask", FIRST), ("recap", 2 * FIRST)]
    assert channel.recaps[0].rounds_played == 2


async def test_single_rounds_without_an_answer_do_not_end_the_game(database: Database, library: Library) -> None:
    channel = Channel(database, library, alice_in(2, 4))
    await start(channel.process, rounds=5)
    await channel.play()
    assert channel.recaps[0].rounds_played == 5


async def test_two_late_rounds_without_an_answer_end_the_game_with_its_scores(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, alice_in(1, 2))
    await start(channel.process, rounds=9)
    await channel.play()
    assert channel.recaps[0].rounds_played == 4
    assert [standing.points for standing in channel.recaps[0].standings] == [14 + 15]


@pytest.mark.parametrize("down_at", [10, 25])
async def test_a_game_that_was_down_for_too_long_ends_with_its_scores_kept(
    database: Database, library: Library, down_at: float
) -> None:
    channel = Channel(database, library, alice)
    await start(channel.process, rounds=3)
    await channel.play(until=after(down_at))
    channel.restart()
    channel.now = after(3600)
    await channel.play()
    assert [message.nonce.split("-")[0] for message in channel.messages.values()] == ["ask", "recap"]
    assert channel.recaps[0].rounds_played == 1
    assert [standing.points for standing in channel.recaps[0].standings] == [14]


@pytest.mark.parametrize("down_at", [10, 25])
async def test_a_game_that_was_down_for_a_short_while_goes_on(
    database: Database, library: Library, down_at: float
) -> None:
    channel = Channel(database, library, alice)
    await start(channel.process, rounds=3)
    await channel.play(until=after(down_at))
    channel.restart()
    channel.now = after(21) + GRACE - timedelta(seconds=2)
    await channel.play()
    assert channel.recaps[0].rounds_played == 3
    assert [standing.points for standing in channel.recaps[0].standings] == [14 + 15 + 16]


async def test_games_in_several_channels_run_side_by_side(database: Database, library: Library) -> None:
    channel = Channel(database, library, alice)
    for number in range(5):
        await start(channel.process, rounds=2, request_id=number, channel_id=number, guild_id=number)
    await channel.play()
    assert [recap.standings[0].points for recap in channel.recaps] == [14 + 15] * 5
    assert len(channel.messages) == 15


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_two_processes_on_one_database_do_every_step_once(
    database: Database, address: str, library: Library
) -> None:
    async with open_database(address) as another:
        channels = [Channel(each, library, nobody) for each in (database, another)]
        channels[1].messages = channels[0].messages  # there is one Discord
        for number in range(4):
            await start(channels[0].process, rounds=2, request_id=number, channel_id=number)
        now: datetime | None = NOON
        while now is not None:
            for channel in channels:
                channel.now = now
            await asyncio.gather(*(run(channel.process.jobs, now) for channel in channels))
            now = await run(channels[0].process.jobs, now)
    done = [point for channel in channels for point in channel.points]
    assert {point: done.count(point) for point in ("shown", "revealed", "recapped")} == {
        "shown": 8,
        "revealed": 8,
        "recapped": 4,
    }


async def run(jobs: JobService, now: datetime) -> datetime | None:
    return await jobs.run_due(lambda: now)
