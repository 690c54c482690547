"""Does a vote cost the same in a poll of a million as in an empty one? And what does the close of such a poll cost?

    python -m benchmarks.poll_of_a_million [--ballots 1000000] [--votes 400] [--engine sqlite]

It stores the poll, then votes in it and in an empty one by turns, one vote after another and 16 in flight, closes it
and forgets its ballots while somebody else votes. PostgreSQL is the server of the tests, which does not wait for the
disk.
"""

import argparse
import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import DATA
from bot.content.load import load_library
from bot.domain.library import Library
from bot.domain.polls import Option, Poll, PollWish
from bot.domain.texts import Language, Localised
from bot.services.closing import ClosingService
from bot.services.couples import CoupleService
from bot.services.jobs import JobService
from bot.services.ships import ShipService, Vote
from bot.storage.database import Database, open_database

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
OPTIONS: Final = [Option(Localised(name)) for name in ("Alpha ♥ Beta", "Gamma ♥ Delta", "Epsilon ♥ Zeta")]
IN_FLIGHT: Final = 16
TURNS: Final = 25
"""So often the two polls take turns, as other work of the machine comes in waves."""
PATIENCE: Final = 0.005
"""Seconds between two votes of the member who votes while others are forgotten."""
FIRST_ID: Final = 10**17
STEP: Final = 7_777_777_777_773
AROUND: Final = 10**17 + 3
SPREAD: Final = f"{FIRST_ID} + (i * {STEP}) % {AROUND}"
"""Ids of members in the order in which they vote: all over the place, and none twice."""
MOST: Final = 1_000_000
FILL: Final = f"""
    WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < :ballots)
    INSERT INTO ballot (poll_id, user_id, option) SELECT :poll, {SPREAD}, i % 3 FROM n
"""  # noqa: S608 - numbers of our own
TALLY: Final = (
    "UPDATE poll_option SET votes = (SELECT COUNT(*) FROM ballot b WHERE b.poll_id = :poll AND b.option = number)"
)
_ids = count(1)


class Booth:
    """What of Adlib takes part in a poll."""

    def __init__(self, database: Database, library: Library) -> None:
        self.database = database
        jobs = JobService(database, owner="benchmark")
        self.closing = ClosingService(database, jobs)
        self._ships = ShipService(database, CoupleService(database, library), jobs, timedelta(minutes=5))

    async def open(self) -> Poll:
        """Open a poll that nobody closes."""
        return await self._ships.open(
            PollWish((), None),
            OPTIONS,
            guild_id=1,
            channel_id=2,
            creator_id=3,
            request_id=next(_ids),
            locale=Language.ENGLISH,
            now=NOON,
        )

    async def fill(self, poll: Poll, ballots: int) -> None:
        """Have so many members vote, the fast way."""

        async def work(connection: AsyncConnection) -> None:
            given = {"poll": poll.id, "ballots": ballots, "at": round(NOON.timestamp() * 1000)}
            await connection.execute(text(FILL), given)
            await connection.execute(text(f"{TALLY} WHERE poll_id = :poll"), {"poll": poll.id})
            voters = text("UPDATE poll SET voters = :ballots, version = :votes WHERE id = :poll")
            await connection.execute(voters, {"poll": poll.id, "ballots": ballots, "votes": ballots})
            await connection.execute(text("ANALYZE"))

        await self.database.write(work)

    async def vote(self, poll: Poll) -> float:
        """Have one more member vote; return how many milliseconds she waited."""
        number = MOST + next(_ids)
        return await _timed(self._ships.vote(Vote(poll.id, _member(number), NOON, number % 3, guild_id=poll.guild_id)))


def _member(number: int) -> int:
    """Return the id of a member: as `SPREAD`, those who voted before left out."""
    return FIRST_ID + number * STEP % AROUND


async def _timed(work: Coroutine[Any, Any, object]) -> float:
    begun = time.perf_counter()
    await work
    return (time.perf_counter() - begun) * 1000


async def alone(booth: Booth, poll: Poll, votes: int) -> list[float]:
    """Vote one after another."""
    return [await booth.vote(poll) for _ in range(votes)]


async def in_flight(booth: Booth, poll: Poll, votes: int) -> list[float]:
    """Vote with 16 members who each vote again as soon as they are answered."""

    async def member() -> list[float]:
        return await alone(booth, poll, votes // IN_FLIGHT)

    return [
        waited
        for member_waited in await asyncio.gather(*(member() for _ in range(IN_FLIGHT)))
        for waited in member_waited
    ]


async def compare(booth: Booth, large: Poll, votes: int) -> None:
    """Print what a vote costs in the large poll and in an empty one."""
    ways: dict[str, Callable[[Booth, Poll, int], Coroutine[Any, Any, list[float]]]] = {
        "alone": alone,
        f"{IN_FLIGHT} in flight": in_flight,
    }
    print("| votes | poll | median | 99th percentile |\n|---|---|---|---|")
    for way, run in ways.items():
        empty = await booth.open()
        waited: dict[str, list[float]] = {"empty": [], "large": []}
        await run(booth, await booth.open(), 2 * IN_FLIGHT)  # warm
        for _turn in range(TURNS):
            for name, poll in (("empty", empty), ("large", large)):
                waited[name] += await run(booth, poll, votes // TURNS)
        for name, values in waited.items():
            print(f"| {way} | {name} | {median(values):.2f} ms | {_last(values):.2f} ms |")
        middle, last = (f(waited["large"]) / f(waited["empty"]) for f in (median, _last))
        print(f"| {way} | large / empty | {middle:.2f} | {last:.2f} |", flush=True)


def _last(values: Sequence[float]) -> float:
    return quantiles(values, n=100)[-1]


async def _forget(booth: Booth, poll: Poll) -> None:
    await booth.closing.forget(poll.id, NOON)
    await booth.closing.sweep()


async def end(booth: Booth, large: Poll) -> None:
    """Close the large poll and forget it, and print what that costs and how long somebody else had to wait."""
    other = await booth.open()
    closing = await _timed(booth.closing.close(large.id, NOON))
    forgetting = asyncio.create_task(_timed(_forget(booth, large)))
    waited: list[float] = []
    while not forgetting.done():
        waited.append(await booth.vote(other))
        await asyncio.sleep(PATIENCE)
    print(f"\nclose: {closing:.0f} ms; forgetting the ballots: {await forgetting / 1000:.1f} s")
    print(
        f"other votes meanwhile: {len(waited)}, median {median(waited):.1f} ms, longest {max(waited):.0f} ms\n",
        flush=True,
    )


@asynccontextmanager
async def _sqlite() -> AsyncGenerator[str]:
    with TemporaryDirectory() as folder:
        yield f"sqlite+aiosqlite:///{Path(folder) / 'benchmark.db'}"


@asynccontextmanager
async def _postgresql() -> AsyncGenerator[str]:
    from tests.storage.engines import Postgresql

    server = Postgresql()
    try:
        async with server.fresh(migrated=False) as address:
            yield address
    finally:
        server.stop()


ENGINES: Final = {"sqlite": _sqlite, "postgresql": _postgresql}


async def measure(engine: str, ballots: int, votes: int) -> None:
    """Print everything about one engine."""
    library = load_library(DATA)
    async with ENGINES[engine]() as address, open_database(address) as database:
        booth = Booth(database, library)
        large = await booth.open()
        filling = await _timed(booth.fill(large, ballots))
        print(f"## {engine}: a poll of {ballots:,} ballots (stored in {filling / 1000:.0f} s)\n", flush=True)
        await compare(booth, large, votes)
        await end(booth, large)


def main() -> None:
    """Measure both engines, or the one that is named; PostgreSQL is left out where its server cannot run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=MOST, choices=range(1, MOST + 1), metavar=f"1-{MOST}")
    parser.add_argument("--votes", type=int, default=800)
    parser.add_argument("--engine", choices=ENGINES)
    options = parser.parse_args()
    for engine in [options.engine] if options.engine else ENGINES:
        try:
            asyncio.run(measure(engine, options.ballots, options.votes))
        except ImportError as missing:
            print(f"## {engine}: not measured ({missing})\n")


if __name__ == "__main__":
    main()
