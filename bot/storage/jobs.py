"""Things that happen later, as rows: claimed under a lease, done, then completed.

A crash between claim and completion lets the lease run out, and the job is claimed again; what a job does must
therefore bear doing twice. `epoch` grows with every claim: an owner that was too slow completes nothing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import LEASE, Job
from bot.storage.dialect import insert_for
from bot.storage.tables import job


async def add_job(connection: AsyncConnection, kind: str, subject: int, due_at: datetime) -> None:
    """Have `kind` done to `subject` at `due_at`; a job of that kind and subject that exists is moved there."""
    fresh = {"due_at": due_at, "owner": None, "lease_until": None, "attempts": 0}
    statement = insert_for(connection, job).values(kind=kind, subject=subject, **fresh)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["kind", "subject"], set_={**fresh, "epoch": job.c.epoch + 1})
    )


async def claim_jobs(
    connection: AsyncConnection,
    owner: str,
    now: datetime,
    limit: int = 20,
    *,
    kind: str | None = None,
    without: Collection[str] = (),
) -> Sequence[Job]:
    """Take at most `limit` due jobs that nobody holds, earliest first, for as long as the lease lasts.

    Only those of a `kind`, where one is given; none of the kinds `without`.
    """
    free = or_(job.c.owner.is_(None), job.c.lease_until <= now)
    due = select(job.c.id).where(job.c.due_at <= now, free).order_by(job.c.due_at, job.c.id).limit(limit)
    if kind is not None:
        due = due.where(job.c.kind == kind)
    if without:
        due = due.where(job.c.kind.not_in(list(without)))
    ids = (await connection.scalars(due.with_for_update(skip_locked=True))).all()
    if not ids:
        return ()
    taken = update(job).where(job.c.id.in_(ids)).values(owner=owner, lease_until=now + LEASE, epoch=job.c.epoch + 1)
    rows = (await connection.execute(taken.returning(job))).all()
    jobs = [Job(row.id, row.kind, row.subject, row.due_at, row.epoch, row.attempts) for row in rows]
    return sorted(jobs, key=lambda claimed: (claimed.due_at, claimed.id))


async def complete_job(connection: AsyncConnection, done: Job) -> bool:
    """Remove a job that is done; False where it was claimed or moved by somebody else since."""
    statement = delete(job).where(job.c.id == done.id, job.c.epoch == done.epoch).returning(job.c.id)
    return (await connection.execute(statement)).one_or_none() is not None


async def postpone_job(connection: AsyncConnection, failed: Job, due_at: datetime) -> None:
    """Give back a job that failed, to be tried again at `due_at`."""
    await connection.execute(
        update(job)
        .where(job.c.id == failed.id, job.c.epoch == failed.epoch)
        .values(due_at=due_at, owner=None, lease_until=None, attempts=failed.attempts + 1)
    )


async def find_due(connection: AsyncConnection, kind: str, subject: int) -> datetime | None:
    """Return when `kind` is to be done to `subject`, or None where it is not."""
    return await connection.scalar(select(job.c.due_at).where(job.c.kind == kind, job.c.subject == subject))


async def release_jobs(connection: AsyncConnection, owner: str) -> None:
    """Give back everything that `owner` holds, for whoever comes next."""
    await connection.execute(update(job).where(job.c.owner == owner).values(owner=None, lease_until=None))


async def remove_jobs(connection: AsyncConnection, kinds: Sequence[str], subject: int) -> None:
    """Forget what was to be done to `subject`."""
    await connection.execute(delete(job).where(job.c.kind.in_(kinds), job.c.subject == subject))


async def next_due(connection: AsyncConnection, without: Collection[str] = ()) -> datetime | None:
    """When something is to be looked at next: a free job falls due, or the lease of a held one runs out.

    Free jobs of the kinds `without` are not looked at.
    """
    free = select(func.min(job.c.due_at)).where(job.c.owner.is_(None))
    waiting = await connection.scalar(free.where(job.c.kind.not_in(list(without))) if without else free)
    held = await connection.scalar(select(func.min(job.c.lease_until)).where(job.c.owner.is_not(None)))
    return min((moment for moment in (waiting, held) if moment is not None), default=None)
