"""Ship polls: options, tallies, when they open and close.

The tally is kept with the options and moved by every ballot (bot/storage/ballots.py), so that a vote costs the same in
a poll of a million.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.matchups import bracket_size
from bot.domain.polls import MatchupOf, Option, Poll, Secrecy
from bot.domain.texts import Language, Localised
from bot.storage.ship_tables import bracket, entrant, matchup, poll, poll_option

_OF_BRACKET = (
    matchup.c.bracket_id,
    matchup.c.round.label("bracket_round"),
    matchup.c.slot,
    matchup.c.first,
    matchup.c.second,
    bracket.c.name.label("bracket_name"),
    select(func.count(entrant.c.seed))
    .where(entrant.c.bracket_id == matchup.c.bracket_id)
    .scalar_subquery()
    .label("entrants"),
)


async def add_poll(
    connection: AsyncConnection,
    *,
    guild_id: int,
    channel_id: int,
    creator_id: int | None,
    request_id: int | None,
    language: Language,
    opened_at: datetime,
    closes_at: datetime | None,
    options: Sequence[Option],
    question: str | None = None,
    secrecy: Secrecy = Secrecy.ANONYMOUS,
    choices: int = 1,
    voter_role_id: int | None = None,
) -> Poll:
    """Store a poll with its options, nobody having voted. `closes_at` None leaves it open."""
    values = {
        "guild_id": guild_id,
        "channel_id": channel_id,
        "creator_id": creator_id,
        "request_id": request_id,
        "language": language,
        "question": question,
        "secrecy": secrecy,
        "choices": choices,
        "voter_role_id": voter_role_id,
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
                "couple_key": option.key,
                "label_en": option.label.en,
                "label_ko": option.label.ko,
            }
            for number, option in enumerate(options)
        ],
    )
    return (await find_polls(connection, [poll_id]))[poll_id]


async def find_poll(connection: AsyncConnection, poll_id: int, *, lock: bool = False) -> Poll | None:
    """Return the poll with its tally, or None where it is not stored; `lock` as for `find_polls`."""
    return (await find_polls(connection, [poll_id], lock=lock)).get(poll_id)


async def find_polls(connection: AsyncConnection, poll_ids: Iterable[int], *, lock: bool = False) -> Mapping[int, Poll]:
    """Return polls by id; `lock` holds them until the transaction ends (PostgreSQL; SQLite has one writer)."""
    ids = sorted(poll_ids)
    if lock:
        held = select(poll.c.id).where(poll.c.id.in_(ids)).order_by(poll.c.id).with_for_update()
        await connection.execute(held)
    wanted = (
        select(poll, *_OF_BRACKET)
        .outerjoin(matchup, matchup.c.poll_id == poll.c.id)
        .outerjoin(bracket, bracket.c.id == matchup.c.bracket_id)
        .where(poll.c.id.in_(ids))
        .order_by(poll.c.id)
    )
    rows = (await connection.execute(wanted)).all()
    options: dict[int, list[Row[Any]]] = {row.id: [] for row in rows}
    listed = select(poll_option).where(poll_option.c.poll_id.in_(ids)).order_by(poll_option.c.number)
    for option in await connection.execute(listed):
        options[option.poll_id].append(option)
    return {row.id: _poll(row, options[row.id]) for row in rows}


async def find_poll_of_message(connection: AsyncConnection, message_id: int) -> Poll | None:
    """Return the poll that the message shows, or None."""
    found = await connection.scalar(select(poll.c.id).where(poll.c.message_id == message_id))
    return None if found is None else await find_poll(connection, found)


async def list_polls(connection: AsyncConnection, guild_id: int, limit: int, *, only_open: bool) -> Sequence[Poll]:
    """Return the guild's newest polls, those of brackets left out unless they are open; void ones are left out."""
    wanted = (
        select(poll.c.id)
        .outerjoin(matchup, matchup.c.poll_id == poll.c.id)
        .where(poll.c.guild_id == guild_id, poll.c.void == 0)
        .where(or_(matchup.c.poll_id.is_(None), poll.c.closed_at.is_(None)))
        .order_by(poll.c.id.desc())
        .limit(limit)
    )
    if only_open:
        wanted = wanted.where(poll.c.closed_at.is_(None))
    ids = (await connection.scalars(wanted)).all()
    found = await find_polls(connection, ids)
    return [found[poll_id] for poll_id in ids]


async def show_poll(connection: AsyncConnection, poll_id: int, channel_id: int, message_id: int) -> None:
    """Note the message that shows the poll, and where it stands."""
    values = {"channel_id": channel_id, "message_id": message_id}
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(values))


async def time_poll(
    connection: AsyncConnection,
    poll_id: int,
    *,
    closes_at: datetime | None,
    opened_at: datetime | None = None,
    paused_at: datetime | None = None,
) -> None:
    """Change when the poll closes and whether it is paused; `opened_at` None leaves that as it is."""
    values: dict[str, Any] = {"closes_at": closes_at, "paused_at": paused_at}
    if opened_at is not None:
        values["opened_at"] = opened_at
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(values))


async def close_poll(connection: AsyncConnection, poll_id: int, now: datetime, *, void: bool = False) -> bool:
    """Close the poll, as `void` where its votes are to count nowhere; False where it was closed before."""
    closed = update(poll).where(poll.c.id == poll_id, poll.c.closed_at.is_(None))
    values = {"closed_at": now, "paused_at": None, "void": int(void), "version": poll.c.version + 1}
    return (await connection.execute(closed.values(values).returning(poll.c.id))).one_or_none() is not None


async def void_poll(connection: AsyncConnection, poll_id: int) -> None:
    """Have the votes of a closed poll count nowhere any more."""
    await connection.execute(update(poll).where(poll.c.id == poll_id).values(void=1))


def _poll(row: Row[Any], options: Sequence[Row[Any]]) -> Poll:
    return Poll(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        creator_id=row.creator_id,
        language=Language(row.language),
        options=tuple(Option(Localised(option.label_en, option.label_ko), option.couple_id) for option in options),
        tally=tuple(option.votes for option in options),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        question=row.question,
        secrecy=Secrecy(row.secrecy),
        choices=row.choices,
        voter_role_id=row.voter_role_id,
        voters=row.voters,
        version=row.version,
        message_id=row.message_id,
        paused_at=row.paused_at,
        closed_at=row.closed_at,
        void=bool(row.void),
        dropped=row.dropped,
        matchup=_matchup(row),
    )


def _matchup(row: Row[Any]) -> MatchupOf | None:
    if row.bracket_id is None:
        return None
    return MatchupOf(
        bracket_id=row.bracket_id,
        name=row.bracket_name,
        size=bracket_size(row.entrants),
        round=row.bracket_round,
        slot=row.slot,
        seeds=(row.first, row.second),
    )
