"""What is stored of one member, over all tables.

A column says in `info["member"]` what a deletion request does to it.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Column, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import RoundState
from bot.storage.columns import DELETE, metadata
from bot.storage.polls import move_tally
from bot.storage.tables import ballot, guess, poll, round_, stake


def member_columns() -> Sequence[tuple[Table, Column[int]]]:
    """Every column that holds a member's id."""
    return [(table, column) for table in metadata.sorted_tables for column in table.columns if "member" in column.info]


async def count_member_rows(connection: AsyncConnection, user_id: int) -> int:
    """How many rows name the member."""
    counts = [
        await connection.scalar(select(func.count()).select_from(table).where(column == user_id))
        for table, column in member_columns()
    ]
    return sum(count or 0 for count in counts)


async def remove_member(connection: AsyncConnection, user_id: int) -> Sequence[int]:
    """Delete or empty everything that names the member. Results of closed polls stay as they were announced.

    Returns:
        The ids of the open polls whose tally has changed.
    """
    answered = select(guess.c.round_id).where(guess.c.user_id == user_id)
    risked = select(stake.c.round_id).where(stake.c.user_id == user_id)
    open_rounds = select(round_.c.id).where(
        round_.c.state == RoundState.OPEN, or_(round_.c.id.in_(answered), round_.c.id.in_(risked))
    )
    await connection.execute(open_rounds.order_by(round_.c.id).with_for_update())  # one may be closing just now
    voted = select(ballot.c.poll_id).where(ballot.c.user_id == user_id)
    still_open = select(poll.c.id).where(poll.c.id.in_(voted), poll.c.closed_at.is_(None)).order_by(poll.c.id)
    locked = (await connection.scalars(still_open.with_for_update())).all()  # a vote may be changing just now
    mine = select(ballot.c.poll_id, ballot.c.option).where(ballot.c.user_id == user_id, ballot.c.poll_id.in_(locked))
    votes = (await connection.execute(mine)).all()
    for poll_id, option in votes:
        await move_tally(connection, poll_id, Counter({option: -1}), 1)
    for table, column in reversed(member_columns()):
        if column.info["member"] == DELETE:
            await connection.execute(delete(table).where(column == user_id))
        else:
            await connection.execute(update(table).where(column == user_id).values({column: None}))
    return [poll_id for poll_id, _ in votes]
