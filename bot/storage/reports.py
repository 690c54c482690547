"""What members say is wrong about a moment, until a manager has settled it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reports import Waiting
from bot.storage.dialect import insert_for
from bot.storage.tables import report


async def is_reported(connection: AsyncConnection, guild_id: int, moment_id: str, user_id: int) -> bool:
    """Tell whether the member's report of that moment is waiting."""
    mine = select(report.c.id).where(
        report.c.guild_id == guild_id,
        report.c.moment_id == moment_id,
        report.c.user_id == user_id,
        report.c.settled_at.is_(None),
    )
    return (await connection.execute(mine)).first() is not None


async def add_report(
    connection: AsyncConnection, guild_id: int, moment_id: str, user_id: int, words: str, now: datetime
) -> bool:
    """Store a report; False, and nothing is stored, where the member's report of that moment is waiting already."""
    row = insert_for(connection, report).values(
        guild_id=guild_id, moment_id=moment_id, user_id=user_id, words=words, reported_at=now
    )
    added = await connection.execute(row.on_conflict_do_nothing().returning(report.c.id))
    return added.one_or_none() is not None


async def list_waiting(connection: AsyncConnection, guild_id: int, most_words: int) -> Sequence[Waiting]:
    """Return the moments of which a report waits, the last reported first, each with at most so many words."""
    newest = (report.c.reported_at.desc(), report.c.id.desc())
    of_moment = report.c.moment_id
    numbered = (
        select(
            report.c.id,
            of_moment,
            report.c.words,
            report.c.reported_at,
            func.count().over(partition_by=of_moment).label("total"),
            func.max(report.c.id).over(partition_by=of_moment).label("last_id"),
            func.row_number().over(partition_by=of_moment, order_by=newest).label("place"),
        )
        .where(report.c.guild_id == guild_id, report.c.settled_at.is_(None))
        .subquery()
    )
    listed = select(numbered).where(numbered.c.place <= most_words)
    rows = (await connection.execute(listed.order_by(numbered.c.reported_at.desc(), numbered.c.id.desc()))).all()
    words: dict[str, list[str]] = {}
    for row in rows:
        words.setdefault(row.moment_id, []).append(row.words)
    return [
        Waiting(row.moment_id, row.total, row.last_id, row.reported_at, tuple(words[row.moment_id]))
        for row in rows
        if row.place == 1
    ]


async def settle_reports(
    connection: AsyncConnection, guild_id: int, moment_id: str, last_id: int, now: datetime
) -> int:
    """Mark the waiting reports of a moment up to `last_id` as settled; return how many there were."""
    waiting = (report.c.guild_id == guild_id, report.c.moment_id == moment_id, report.c.settled_at.is_(None))
    settled = update(report).where(*waiting, report.c.id <= last_id).values(settled_at=now)
    return len((await connection.execute(settled.returning(report.c.id))).all())
