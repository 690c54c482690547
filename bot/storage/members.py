"""What is stored of one member, over all tables.

A column says in `info["member"]` what a deletion request does to it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Column, Table, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Phase
from bot.domain.games import RoundState
from bot.storage.ballots import move_tally
from bot.storage.columns import DELETE
from bot.storage.schema import metadata
from bot.storage.ship_tables import ballot, bracket, entrant, nomination, poll
from bot.storage.tables import guess, round_, stake


class Changed(NamedTuple):
    """What a deletion has changed that a channel shows: the ids of open polls and of brackets."""

    polls: Sequence[int]
    brackets: Sequence[int]


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


async def remove_member(connection: AsyncConnection, user_id: int) -> Changed:
    """Delete or empty everything that names the member; return what is to be drawn anew.

    Results of closed polls stay as they were announced. A vote that she gives while this runs is a new vote.
    """
    answered = select(guess.c.round_id).where(guess.c.user_id == user_id)
    risked = select(stake.c.round_id).where(stake.c.user_id == user_id)
    open_rounds = select(round_.c.id).where(
        round_.c.state == RoundState.OPEN, or_(round_.c.id.in_(answered), round_.c.id.in_(risked))
    )
    await connection.execute(open_rounds.order_by(round_.c.id).with_for_update())  # one may be closing just now
    hers_to_run = await _take_back_nominations(connection, user_id)  # first, as whoever runs a bracket does
    voted = select(ballot.c.poll_id).where(ballot.c.user_id == user_id)
    still_open = and_(poll.c.id.in_(voted), poll.c.closed_at.is_(None))
    hers = select(poll.c.id, poll.c.closed_at).where(or_(poll.c.creator_id == user_id, still_open)).order_by(poll.c.id)
    held = (await connection.execute(hers.with_for_update())).all()  # a vote may be changing just now
    locked = [row.id for row in held if row.closed_at is None]
    mine = select(ballot.c.poll_id, ballot.c.option).where(ballot.c.user_id == user_id, ballot.c.poll_id.in_(locked))
    moved: dict[int, Counter[int]] = defaultdict(Counter)
    for poll_id, option in await connection.execute(mine):
        moved[poll_id][option] -= 1
    for poll_id, votes in moved.items():
        await move_tally(connection, poll_id, votes, voters=-1)
    closed = ballot.c.poll_id.in_(select(poll.c.id).where(poll.c.closed_at.is_not(None)))
    held_or_closed = or_(ballot.c.poll_id.in_(locked), closed)
    await connection.execute(delete(ballot).where(ballot.c.user_id == user_id, held_or_closed))
    await connection.execute(
        delete(nomination).where(nomination.c.user_id == user_id, nomination.c.bracket_id.in_(hers_to_run))
    )
    for table, column in reversed(member_columns()):
        if table in (ballot, nomination):
            continue
        if column.info["member"] == DELETE:
            await connection.execute(delete(table).where(column == user_id))
        else:
            await connection.execute(update(table).where(column == user_id).values({column: None}))
    return Changed(list(moved), hers_to_run)


async def _take_back_nominations(connection: AsyncConnection, user_id: int) -> Sequence[int]:
    """Hold the member's brackets, and take her voice from the couples she nominated; one that has no other goes.

    Returns:
        The ids of the brackets that she started or nominates for.
    """
    nominated = select(nomination.c.bracket_id).where(nomination.c.user_id == user_id)
    hers = select(bracket.c.id, bracket.c.phase).where(
        or_(bracket.c.creator_id == user_id, bracket.c.id.in_(nominated))
    )
    held = (await connection.execute(hers.order_by(bracket.c.id).with_for_update())).all()
    nominating = [row.id for row in held if row.phase == Phase.NOMINATING]
    supported = tuple_(entrant.c.bracket_id, entrant.c.number).in_(
        select(nomination.c.bracket_id, nomination.c.number).where(
            nomination.c.user_id == user_id, nomination.c.bracket_id.in_(nominating)
        )
    )
    await connection.execute(update(entrant).where(supported).values(nominations=entrant.c.nominations - 1))
    return [row.id for row in held]
