"""Ballots: who has voted for what, as long as that may be known.

A ballot is one choice of one member. Those of an anonymous poll are forgotten when it has closed: what stays is the
tally. SQLite writes zeros over what it deletes (`secure_delete`, bot/storage/database.py).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.polls import Secrecy
from bot.storage.ship_tables import ballot, poll, poll_option

Key = tuple[int, int]
"""The ids of a poll and of a member."""


async def find_ballots(connection: AsyncConnection, keys: Collection[Key]) -> Mapping[Key, frozenset[int]]:
    """Return the numbers of the options that were chosen, by poll and member; empty for who has not voted."""
    found: dict[Key, set[int]] = {key: set() for key in keys}
    members: dict[int, list[int]] = defaultdict(list)
    for poll_id, user_id in found:
        members[poll_id].append(user_id)
    for poll_id, user_ids in members.items():  # poll by poll: SQLite would look for pairs through the whole table
        mine = (ballot.c.poll_id == poll_id, ballot.c.user_id.in_(user_ids))
        for user_id, option in await connection.execute(select(ballot.c.user_id, ballot.c.option).where(*mine)):
            found[poll_id, user_id].add(option)
    return {key: frozenset(options) for key, options in found.items()}


async def change_ballots(
    connection: AsyncConnection,
    before: Mapping[Key, frozenset[int]],
    after: Mapping[Key, frozenset[int]],
) -> None:
    """Turn the ballots `before` into those `after`."""
    gone = [(*key, option) for key, chosen in after.items() for option in before[key] - chosen]
    fresh = [(*key, option) for key, chosen in after.items() for option in chosen - before[key]]
    if gone:  # row by row: as one condition they would be too deep for PostgreSQL
        mine = (ballot.c.poll_id == bindparam("poll"), ballot.c.user_id == bindparam("user"))
        await connection.execute(
            delete(ballot).where(*mine, ballot.c.option == bindparam("number")),
            [{"poll": poll_id, "user": user_id, "number": option} for poll_id, user_id, option in gone],
        )
    if fresh:
        await connection.execute(
            insert(ballot),
            [{"poll_id": poll_id, "user_id": user_id, "option": option} for poll_id, user_id, option in fresh],
        )


async def move_tally(
    connection: AsyncConnection, poll_id: int, moved: Counter[int], *, voters: int = 0, changes: int = 1
) -> None:
    """Add `moved` to the votes of the options by their numbers, `voters` to the voters, `changes` to the version."""
    for number, votes in moved.items():
        if votes:
            row = (poll_option.c.poll_id == poll_id, poll_option.c.number == number)
            await connection.execute(update(poll_option).where(*row).values(votes=poll_option.c.votes + votes))
    values = {"version": poll.c.version + changes, "voters": poll.c.voters + voters}
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(values))


async def list_voters(
    connection: AsyncConnection, poll_id: int, offset: int, limit: int
) -> Sequence[tuple[int, tuple[int, ...]]]:
    """Return members with the numbers of the options that each has chosen, in the order of their ids."""
    page = (
        select(ballot.c.user_id)
        .where(ballot.c.poll_id == poll_id)
        .distinct()
        .order_by(ballot.c.user_id)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    chosen: dict[int, list[int]] = {}
    listed = select(ballot.c.user_id, ballot.c.option).join(page, page.c.user_id == ballot.c.user_id)
    ordered = listed.where(ballot.c.poll_id == poll_id).order_by(ballot.c.user_id, ballot.c.option)
    for user_id, option in await connection.execute(ordered):
        chosen.setdefault(user_id, []).append(option)
    return [(user_id, tuple(options)) for user_id, options in chosen.items()]


async def unchecked_voters(connection: AsyncConnection, poll_id: int, limit: int) -> Sequence[int]:
    """Return voters of whom it was not asked yet whether they are still in the guild."""
    wanted = select(ballot.c.user_id).where(ballot.c.poll_id == poll_id, ballot.c.checked == 0).distinct()
    return (await connection.scalars(wanted.order_by(ballot.c.user_id).limit(limit))).all()


async def check_voters(connection: AsyncConnection, poll_id: int, here: Collection[int], gone: Collection[int]) -> None:
    """Note that the voters `here` are still in the guild, and drop the votes of those who are `gone`."""
    mine = ballot.c.poll_id == poll_id
    if here:
        await connection.execute(update(ballot).where(mine, ballot.c.user_id.in_(here)).values(checked=1))
    if not gone:
        return
    dropped = delete(ballot).where(mine, ballot.c.user_id.in_(gone)).returning(ballot.c.user_id, ballot.c.option)
    rows = (await connection.execute(dropped)).all()
    left = len({user_id for user_id, _ in rows})
    await move_tally(connection, poll_id, Counter({option: -votes for option, votes in _count(rows)}), voters=-left)
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(dropped=poll.c.dropped + left))


def _count(rows: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    return list(Counter(option for _, option in rows).items())


async def forget_ballots(connection: AsyncConnection, poll_id: int, limit: int, above: int = 0) -> int | None:
    """Delete ballots of the poll, if it is closed and not public, in the order of the members' ids from `above` on.

    Those are `limit` votes, and what else belongs to the ballot of the last one.

    Returns:
        The member up to whom nothing is left, to go on from; None where there was nothing to delete.
    """
    secret = (poll.c.closed_at.is_not(None), poll.c.secrecy != Secrecy.PUBLIC)
    if await connection.scalar(select(poll.c.id).where(poll.c.id == poll_id, *secret)) is None:
        return None
    rest = (ballot.c.poll_id == poll_id, ballot.c.user_id > above)
    some = select(ballot.c.user_id).where(*rest).order_by(ballot.c.user_id).limit(limit).subquery()
    last = await connection.scalar(select(func.max(some.c.user_id)))
    if last is not None:
        await connection.execute(delete(ballot).where(*rest, ballot.c.user_id <= last))  # along the key: no scan
    return last
