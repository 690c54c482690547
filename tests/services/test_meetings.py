"""Two ends of one question in one instant, in one process or in two: the game goes on in one way, and ends once."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import combinations_with_replacement
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.games import Asked, Game, Mode, Round, RoundState
from bot.domain.library import Library
from bot.errors import GameAlreadyRunning, UserError
from bot.storage.database import Database, open_database
from tests.services.play import (
    ALICE,
    BORA,
    CHAN,
    CHANNEL,
    STARTER,
    Channel,
    Click,
    Process,
    after,
    close,
    process_on,
    right,
    rounds_of,
    say,
    start,
)
from tests.storage.engines import ENGINES

End = Callable[[Process, Round], Awaitable[Any]]


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest_asyncio.fixture
async def other(address: str, library: Library) -> AsyncGenerator[Process]:
    """A second process on the same database."""
    async with open_database(address) as opened:
        yield process_on(opened, library)


def alice_and_bora(asked: Asked, at: datetime) -> Sequence[Click]:
    """Both answer the first question only."""
    if asked.round.number > 1:
        return []
    return [Click(at, user_id, asked.round.id, choice=right(asked.round)) for user_id in (ALICE, BORA)]


ENDS: dict[str, End] = {
    "the close": lambda process, round_: process.rounds.close(round_.id, after(52)),
    "the skip": lambda process, round_: process.choices.skip(round_.id, STARTER, after(40), is_manager=False),
    "the stop": lambda process, _round: process.trivia.stop(CHANNEL, BORA, after(40), is_manager=True),
    "the last answer": lambda process, round_: process.trivia.guess(round_.id, BORA, right(round_), after(40)),
    "the fault": lambda process, round_: process.rounds.abandon_round(round_.id, after(40)),
    "a question that comes again": lambda process, round_: process.rounds.ask(
        round_.id, after(40), after(1) - after(0)
    ),
}


@pytest.mark.parametrize("ends", list(combinations_with_replacement(ENDS, 2)), ids=" and ".join)
async def test_two_ends_of_a_question_in_one_instant_are_one_end(
    database: Database, library: Library, other: Process, ends: tuple[str, str]
) -> None:
    """Three rounds; the ends meet in the second, which Alice has answered and Bora has not."""
    channel = Channel(database, library, alice_and_bora)
    game = await start(channel.process, rounds=3)
    await channel.play(until=after(38))
    _, second, third = await rounds_of(database, game)
    assert second.state is RoundState.OPEN
    await say(channel.process, second, ALICE, 36)
    one, two = (ENDS[name] for name in ends)
    results = await asyncio.gather(one(channel.process, second), two(other, second), return_exceptions=True)
    faults = [result for result in results if isinstance(result, BaseException) and not isinstance(result, UserError)]
    assert faults == []
    await channel.play()

    stored = await rounds_of(database, game)
    stopped = bool({"the stop", "the fault"} & set(ends))
    assert [round_.state for round_ in stored[:2]] == [RoundState.CLOSED] * 2
    assert (stored[2].state is RoundState.WAITING) is stopped
    assert (f"ask-{third.id}" in channel.messages) is not stopped
    assert len(channel.messages[f"ask-{second.id}"].edits) >= 1
    assert len(channel.recaps) in {"the fault": (0,), "the stop": (0, 1)}.get(_worst(ends), (1,))
    points = {standing.user_id: standing.points for standing in await standings(channel.process, game)}
    bora = await counted(channel.process, second, BORA)
    assert bora in (0, 13)
    assert points == ({ALICE: 15, BORA: 15} if stored[1].skipped else {ALICE: 15 + 14, BORA: 15 + bora})


def _worst(ends: Sequence[str]) -> str:
    """A game whose channel cannot be written to has no recap, unless it was stopped by then."""
    if "the fault" in ends:
        return "the stop" if "the stop" in ends else "the fault"
    return ""


async def standings(process: Process, game: Game) -> Sequence[Any]:
    recap = await process.rounds.finish(game.id, after(9999))
    assert recap is not None
    return recap.standings


async def counted(process: Process, round_: Round, user_id: int) -> int:
    scored = (await close(process, round_.id, after(9999))).scored
    return next((entry.points for entry in scored if entry.guess.user_id == user_id), 0)


async def test_ten_requests_for_a_game_in_one_channel_start_one(
    process: Process, other: Process, database: Database
) -> None:
    results = await asyncio.gather(
        *(start(each, request_id=number) for number, each in enumerate((process, other) * 5)), return_exceptions=True
    )
    assert sum(isinstance(result, Game) for result in results) == 1
    assert sum(isinstance(result, GameAlreadyRunning) for result in results) == 9


async def test_one_request_for_a_game_that_two_processes_serve_starts_one(process: Process, other: Process) -> None:
    results = await asyncio.gather(*(start(each) for each in (process, other) * 5), return_exceptions=True)
    assert sum(isinstance(result, Game) for result in results) == 1
    assert sum(isinstance(result, GameAlreadyRunning) for result in results) == 9


async def test_games_that_start_in_ten_channels_in_one_instant_all_start(process: Process, other: Process) -> None:
    games = await asyncio.gather(
        *(start(each, request_id=number, channel_id=number) for number, each in enumerate((process, other) * 5))
    )
    assert len({game.id for game in games}) == 10


async def test_of_members_who_ask_to_skip_in_one_instant_as_many_count_as_are_needed_and_one_of_them_skips(
    process: Process, other: Process, database: Database, library: Library
) -> None:
    channel = Channel(database, library, alice_and_bora)
    await start(channel.process, rounds=3)
    await channel.play(until=after(38))
    _, second, _ = await rounds_of(database, await running(channel))
    results = await asyncio.gather(
        *(
            each.choices.skip(second.id, user_id, after(38), is_manager=False)
            for user_id in (ALICE, BORA, CHAN, 4, 5)
            for each in (channel.process, other)
        ),
        return_exceptions=True,
    )
    refusals = {type(result).__name__ for result in results if isinstance(result, BaseException)}
    assert refusals <= {"RoundClosed", "AlreadySkipped"}
    votes = [result for result in results if not isinstance(result, BaseException)]
    assert sum(vote.done for vote in votes) == 1
    assert sorted(vote.votes for vote in votes) == list(range(1, len(votes) + 1))


async def running(channel: Channel) -> Game:
    [round_id] = [int(nonce.split("-")[1]) for nonce in channel.messages][:1]
    revealed = await close(channel.process, round_id, channel.now)
    return revealed.game


async def test_the_stakes_of_a_crowd_are_each_placed_once(process: Process, other: Process, database: Database) -> None:
    game = await start(process, mode=Mode.BOLD)
    first, _ = await rounds_of(database, game)
    asked = await process.rounds.ask(first.id, after(0), timedelta())
    assert asked is not None
    await process.rounds.shown(asked, 1, after(0))
    for user_id in range(40):
        await say(process, first, user_id, 4)
    await close(process, first.id, after(21))
    results = await asyncio.gather(
        *(each.choices.double(first.id, user_id, after(22)) for user_id in range(40) for each in (process, other))
    )
    assert results == [14] * 80
    recap = await process.rounds.finish(game.id, after(30))
    assert recap is not None
    assert {standing.points for standing in recap.standings} == {14}
