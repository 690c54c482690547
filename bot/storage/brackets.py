"""Brackets: where they stand, who is nominated by whom, which poll decides which matchup.

Whoever changes a bracket holds its row first, then all polls of its matchups that change, in the order of their ids and
by one statement, then the rest. Votes hold polls in that order too, and deletions brackets before polls: what meets in
one instant waits for each other, and never in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket, BracketWish, Entrant, Phase, Seeding
from bot.domain.matchups import Matchup
from bot.domain.polls import Option, Secrecy
from bot.domain.texts import Language, Localised
from bot.storage.dialect import insert_for
from bot.storage.ship_tables import bracket, entrant, matchup, nomination


async def add_bracket(
    connection: AsyncConnection,
    wish: BracketWish,
    *,
    guild_id: int,
    channel_id: int,
    creator_id: int,
    request_id: int,
    language: Language,
    now: datetime,
) -> Bracket:
    """Store a bracket whose nominations have begun, nobody having nominated."""
    values = {
        "guild_id": guild_id,
        "channel_id": channel_id,
        "creator_id": creator_id,
        "request_id": request_id,
        "language": language,
        "name": wish.name,
        "size": wish.size,
        "seeding": wish.seeding,
        "secrecy": wish.secrecy,
        "voter_role_id": wish.voter_role_id,
        "matchup_seconds": round(wish.matchup_time.total_seconds()),
        "phase": Phase.NOMINATING,
        "created_at": now,
        "nominations_close_at": None if wish.nominations is None else now + wish.nominations,
    }
    row = (await connection.execute(insert(bracket).values(values).returning(bracket))).one()
    return _bracket(row, (), {})


async def find_brackets(connection: AsyncConnection, bracket_ids: Iterable[int]) -> Mapping[int, Bracket]:
    """Return brackets by id, those that are not stored left out."""
    ids = list(bracket_ids)
    rows = (await connection.execute(select(bracket).where(bracket.c.id.in_(ids)))).all()
    entrants: defaultdict[int, list[Entrant]] = defaultdict(list)
    nominated = select(entrant).where(entrant.c.bracket_id.in_(ids)).order_by(entrant.c.number)
    for row in await connection.execute(nominated):
        entrants[row.bracket_id].append(_entrant(row))
    winners: defaultdict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    decided = select(matchup).where(matchup.c.bracket_id.in_(ids), matchup.c.winner.is_not(None))
    for row in await connection.execute(decided):
        winners[row.bracket_id][row.round, row.slot] = row.winner
    return {row.id: _bracket(row, entrants[row.id], winners[row.id]) for row in rows}


async def find_bracket(connection: AsyncConnection, bracket_id: int, *, lock: bool = False) -> Bracket | None:
    """Return the bracket, or None; `lock` holds it until the transaction ends (PostgreSQL; SQLite has one writer)."""
    if lock:
        await connection.execute(select(bracket.c.id).where(bracket.c.id == bracket_id).with_for_update())
    return (await find_brackets(connection, [bracket_id])).get(bracket_id)


async def find_bracket_on(connection: AsyncConnection, channel_id: int) -> Bracket | None:
    """Return the bracket that is on in the channel, or None."""
    still_on = select(bracket.c.id).where(bracket.c.channel_id == channel_id, bracket.c.ended_at.is_(None))
    found = await connection.scalar(still_on)
    return None if found is None else await find_bracket(connection, found)


async def was_requested(connection: AsyncConnection, request_id: int) -> bool:
    """Tell whether a bracket was started by that request."""
    return await connection.scalar(select(bracket.c.id).where(bracket.c.request_id == request_id)) is not None


async def list_brackets(connection: AsyncConnection, guild_id: int, limit: int) -> Sequence[Bracket]:
    """Return the guild's brackets, newest first."""
    newest = select(bracket.c.id).where(bracket.c.guild_id == guild_id).order_by(bracket.c.id.desc()).limit(limit)
    ids = (await connection.scalars(newest)).all()
    found = await find_brackets(connection, ids)
    return [found[bracket_id] for bracket_id in ids]


async def save_bracket(connection: AsyncConnection, changed: Bracket) -> None:
    """Store where a bracket stands now."""
    values = {
        "phase": changed.phase,
        "nominations_close_at": changed.nominations_close_at,
        "rest_seconds": None if changed.rest is None else round(changed.rest.total_seconds()),
        "pictured": changed.pictured,
        "ended_at": changed.ended_at,
    }
    await connection.execute(update(bracket).where(bracket.c.id == changed.id).values(values))


async def show_bracket(connection: AsyncConnection, bracket_id: int, message_id: int) -> None:
    """Note the message that shows the bracket."""
    await connection.execute(update(bracket).where(bracket.c.id == bracket_id).values(message_id=message_id))


async def save_entrants(connection: AsyncConnection, before: Bracket, after: Bracket) -> None:
    """Store the couples that are new in `after`, and the seeds of the others."""
    stored = {known.number for known in before.entrants}
    if fresh := [_row(after, one) for one in after.entrants if one.number not in stored]:
        await connection.execute(insert(entrant), fresh)
    for one in after.entrants:
        if one.number in stored and one.seed is not None:
            of_one = (entrant.c.bracket_id == after.id, entrant.c.number == one.number)
            await connection.execute(update(entrant).where(*of_one).values(seed=one.seed))


async def add_entrant(connection: AsyncConnection, bracket_id: int, number: int, option: Option) -> None:
    """Store a couple that is nominated anew; rows of couples that nobody supports any more go with it."""
    forsaken = (entrant.c.bracket_id == bracket_id, entrant.c.nominations == 0, entrant.c.pruned == 0)
    await connection.execute(delete(entrant).where(*forsaken))
    values = {"bracket_id": bracket_id, "number": number, **_couple(option)}
    await connection.execute(insert(entrant).values(values))


async def prune_entrant(connection: AsyncConnection, bracket_id: int, number: int) -> None:
    """Take a couple out: its nominations are given back, its row keeps it from being nominated again."""
    of_couple = (nomination.c.bracket_id == bracket_id, nomination.c.number == number)
    await connection.execute(delete(nomination).where(*of_couple))
    one = (entrant.c.bracket_id == bracket_id, entrant.c.number == number)
    await connection.execute(update(entrant).where(*one).values(pruned=1, nominations=0))


async def list_nominated(connection: AsyncConnection, bracket_id: int, user_id: int) -> Sequence[int]:
    """Return the numbers of the couples that the member nominates, in the order in which she did."""
    own = select(nomination.c.number).where(nomination.c.bracket_id == bracket_id, nomination.c.user_id == user_id)
    return (await connection.scalars(own.order_by(nomination.c.nominated_at, nomination.c.number))).all()


async def add_nomination(
    connection: AsyncConnection, bracket_id: int, user_id: int, number: int, now: datetime
) -> None:
    """Store that a member nominates a couple, and count it."""
    values = {"bracket_id": bracket_id, "user_id": user_id, "number": number, "nominated_at": now}
    await connection.execute(insert(nomination).values(values))
    await _count(connection, bracket_id, number, 1)


async def remove_nomination(connection: AsyncConnection, bracket_id: int, user_id: int, number: int) -> None:
    """Take a nomination back."""
    own = (nomination.c.bracket_id == bracket_id, nomination.c.user_id == user_id, nomination.c.number == number)
    await connection.execute(delete(nomination).where(*own))
    await _count(connection, bracket_id, number, -1)


async def _count(connection: AsyncConnection, bracket_id: int, number: int, more: int) -> None:
    one = (entrant.c.bracket_id == bracket_id, entrant.c.number == number)
    await connection.execute(update(entrant).where(*one).values(nominations=entrant.c.nominations + more))


async def forget_nominations(connection: AsyncConnection, bracket_id: int) -> None:
    """Delete who has nominated whom; how often each couple was nominated stays."""
    await connection.execute(delete(nomination).where(nomination.c.bracket_id == bracket_id))


async def set_matchup(connection: AsyncConnection, bracket_id: int, opened: Matchup, poll_id: int) -> None:
    """Have the matchup decided by that poll, and by no earlier one."""
    place = {"bracket_id": bracket_id, "round": opened.round, "slot": opened.slot}
    values = {"first": opened.first, "second": opened.second, "poll_id": poll_id, "winner": None}
    statement = insert_for(connection, matchup).values(**place, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=list(place), set_=values))


async def decide_matchup(connection: AsyncConnection, poll_id: int, winner: int) -> None:
    """Note the seed that won the matchup of that poll."""
    await connection.execute(update(matchup).where(matchup.c.poll_id == poll_id).values(winner=winner))


async def remove_matchup(connection: AsyncConnection, poll_id: int) -> None:
    """Have that poll decide nothing any more."""
    await connection.execute(delete(matchup).where(matchup.c.poll_id == poll_id))


async def list_matchup_polls(connection: AsyncConnection, bracket_id: int) -> Mapping[tuple[int, int], int]:
    """Return the id of the poll of each matchup by its place, in order of play."""
    rows = select(matchup.c.round, matchup.c.slot, matchup.c.poll_id).where(matchup.c.bracket_id == bracket_id)
    in_order = await connection.execute(rows.order_by(matchup.c.round, matchup.c.slot))
    return {(number, slot): poll_id for number, slot, poll_id in in_order}


async def find_bracket_of(connection: AsyncConnection, poll_id: int) -> int | None:
    """Return the id of the bracket whose matchup that poll decides, or None."""
    return await connection.scalar(select(matchup.c.bracket_id).where(matchup.c.poll_id == poll_id))


def _couple(option: Option) -> Mapping[str, object]:
    return {
        "couple_id": option.couple_id,
        "couple_key": option.key,
        "label_en": option.label.en,
        "label_ko": option.label.ko,
    }


def _row(of: Bracket, one: Entrant) -> Mapping[str, object]:
    return {"bracket_id": of.id, "number": one.number, "seed": one.seed, **_couple(one.option)}


def _entrant(row: Row[Any]) -> Entrant:
    option = Option(Localised(row.label_en, row.label_ko), row.couple_id)
    return Entrant(row.number, option, row.nominations, bool(row.pruned), row.seed)


def _bracket(row: Row[Any], entrants: Sequence[Entrant], winners: Mapping[tuple[int, int], int]) -> Bracket:
    return Bracket(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        creator_id=row.creator_id,
        language=Language(row.language),
        name=row.name,
        size=row.size,
        seeding=Seeding(row.seeding),
        secrecy=Secrecy(row.secrecy),
        matchup_time=timedelta(seconds=row.matchup_seconds),
        created_at=row.created_at,
        phase=Phase(row.phase),
        entrants=tuple(entrants),
        winners=winners,
        nominations_close_at=row.nominations_close_at,
        voter_role_id=row.voter_role_id,
        message_id=row.message_id,
        rest=None if row.rest_seconds is None else timedelta(seconds=row.rest_seconds),
        pictured=row.pictured,
        ended_at=row.ended_at,
    )
