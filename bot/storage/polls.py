"""Ship polls: options, ballots, tallies.

The tally is kept with the options and moved by every ballot, so that a vote costs the same in a poll of a million.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.polls import Option, Poll
from bot.domain.texts import Language, Localised
from bot.storage.dialect import insert_for
from bot.storage.tables import ballot, poll, poll_option


async def add_poll(
    connection: AsyncConnection,
    *,
    guild_id: int,
    channel_id: int,
    creator_id: int,
    request_id: int,
    language: Language,
    opened_at: datetime,
    closes_at: datetime,
    options: Sequence[Option],
) -> Poll:
    """Store a poll with its options, nobody having voted."""
    values = {
        "guild_id": guild_id,
        "channel_id": channel_id,
        "creator_id": creator_id,
        "request_id": request_id,
        "language": language,
        "opened_at": opened_at,
        "closes_at": closes_at,
    }
    poll_id = (await connection.execute(insert(poll).values(values).returning(poll.c.id))).scalar_one()
    await connection.execute(
        insert(poll_option),
        [
            {
                "poll_id": poll_id,
                "number": number,
                "couple_id": option.couple_id,
                "label_en": option.label.en,
                "label_ko": option.label.ko,
            }
            for number, option in enumerate(options)
        ],
    )
    return (await find_polls(connection, [poll_id]))[poll_id]


async def find_poll(connection: AsyncConnection, poll_id: int) -> Poll | None:
    """Return the poll with its tally, or None where it is not stored."""
    return (await find_polls(connection, [poll_id])).get(poll_id)


async def find_polls(connection: AsyncConnection, poll_ids: Iterable[int], *, lock: bool = False) -> Mapping[int, Poll]:
    """Return polls by id; `lock` holds them until the transaction ends (PostgreSQL; SQLite has one writer)."""
    ids = sorted(poll_ids)
    wanted = select(poll).where(poll.c.id.in_(ids)).order_by(poll.c.id)
    rows = (await connection.execute(wanted.with_for_update() if lock else wanted)).all()
    options: dict[int, list[Row[Any]]] = {row.id: [] for row in rows}
    listed = select(poll_option).where(poll_option.c.poll_id.in_(ids)).order_by(poll_option.c.number)
    for option in await connection.execute(listed):
        options[option.poll_id].append(option)
    return {row.id: _poll(row, options[row.id]) for row in rows}


async def find_ballots(connection: AsyncConnection, keys: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], int]:
    """The number of the option that was chosen, by (poll id, user id)."""
    chosen = select(ballot.c.poll_id, ballot.c.user_id, ballot.c.option)
    rows = await connection.execute(chosen.where(tuple_(ballot.c.poll_id, ballot.c.user_id).in_(keys)))
    return {(poll_id, user_id): option for poll_id, user_id, option in rows}


async def save_ballot(connection: AsyncConnection, poll_id: int, user_id: int, option: int, now: datetime) -> None:
    """Store what the member chose; a ballot she cast before is replaced."""
    values = {"option": option, "voted_at": now}
    statement = insert_for(connection, ballot).values(poll_id=poll_id, user_id=user_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["poll_id", "user_id"], set_=values))


async def move_tally(connection: AsyncConnection, poll_id: int, moved: Counter[int], changes: int) -> None:
    """Add `moved` to the votes of the options by their numbers; count `changes` into the version."""
    for number, votes in moved.items():
        if votes:
            row = (poll_option.c.poll_id == poll_id, poll_option.c.number == number)
            await connection.execute(update(poll_option).where(*row).values(votes=poll_option.c.votes + votes))
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(version=poll.c.version + changes))


async def show_poll(connection: AsyncConnection, poll_id: int, message_id: int) -> None:
    """Note the message that shows the poll."""
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(message_id=message_id))


async def close_poll(connection: AsyncConnection, poll_id: int, now: datetime) -> bool:
    """Close the poll; False where it was closed before."""
    closed = update(poll).where(poll.c.id == poll_id, poll.c.closed_at.is_(None)).values(closed_at=now)
    return (await connection.execute(closed.returning(poll.c.id))).one_or_none() is not None


def _poll(row: Row[Any], options: Sequence[Row[Any]]) -> Poll:
    return Poll(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        creator_id=row.creator_id,
        language=Language(row.language),
        options=tuple(Option(Localised(option.label_en, option.label_ko), option.couple_id) for option in options),
        tally=tuple(option.votes for option in options),
        closes_at=row.closes_at,
        version=row.version,
        message_id=row.message_id,
        closed_at=row.closed_at,
    )
