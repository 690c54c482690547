"""What games ask about, and what they are told of guilds and members before."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Game, Wish
from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.domain.moments import Moment
from bot.domain.questions import moments_in
from bot.domain.spoilers import SpoilerLevel
from bot.storage import guilds, jobs, seen
from bot.storage.database import Database
from bot.storage.tables import game as games, round_ as rounds
from tests.services.play import (
    NOON,
    Process,
    rounds_of,
    start,
)


async def asked(process: Process, database: Database, game: Game) -> list[Moment]:
    """The moments that the game shows."""
    found: list[Moment] = []
    for round_ in await rounds_of(database, game):
        shown = (await process.packs.library_of(round_.question.moment_id)).moments
        found += [shown[moment_id] for moment_id in moments_in(round_.question)]
    return found


async def long_game(process: Process, database: Database, wish: Wish, **about: Any) -> list[Moment]:
    return await asked(process, database, await start(process, wish, **about))


async def choose(database: Database, settings: GuildSettings) -> None:
    await database.write(lambda connection: guilds.save_settings(connection, settings))


async def mark(database: Database, user_id: int, *drama_ids: str) -> None:
    for drama_id in drama_ids:
        await database.write(lambda connection, drama_id=drama_id: seen.mark_seen(connection, user_id, drama_id, NOON))


async def nothing_is_stored(database: Database) -> bool:
    async def work(connection: AsyncConnection) -> int:
        return sum([await connection.scalar(select(func.count()).select_from(each)) or 0 for each in (games, rounds)])

    return await database.read(work) == 0 and await database.read(jobs.next_due) is None


def dramas_with(library: Library, holds: Callable[[Moment], bool], most: int = 10) -> Sequence[str]:
    """Dramas with a moment of which `holds` is true, and which a guild that chose nothing lets games ask about."""
    return [
        drama.id
        for drama in library.dramas.values()
        if any(_mild(moment) and holds(moment) for moment in drama.moments)
    ][:most]


def _mild(moment: Moment) -> bool:
    return moment.game_ready and moment.spoilers is not SpoilerLevel.MAJOR


def levels(shown: Iterable[Moment]) -> set[SpoilerLevel]:
    return {moment.spoilers for moment in shown}
