"""What is stored of games and of things that happen later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import game, guess, job, round_, skip_vote, stake


async def rows(database: Database) -> Sequence[Any]:
    """All that is stored of games and jobs, but for the counters that fence off slow owners."""
    counters = {"epoch", "owner", "lease_until", "id"}

    async def work(connection: AsyncConnection) -> Sequence[Any]:
        found: list[Any] = []
        for table in (game, round_, guess, stake, skip_vote, job):
            wanted = [column for column in table.columns if table is not job or column.name not in counters]
            found.append((await connection.execute(select(*wanted).order_by(*wanted[:2]))).all())
        return found

    return await database.read(work)


async def due(database: Database) -> set[tuple[str, int, datetime]]:
    """What is to be done: kind, subject and time."""

    async def work(connection: AsyncConnection) -> set[tuple[str, int, datetime]]:
        found = await connection.execute(select(job.c.kind, job.c.subject, job.c.due_at))
        return {(kind, subject, due_at) for kind, subject, due_at in found}

    return await database.read(work)
