"""Closed polls and played brackets, put into the tables as votes leave them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Phase, Seeding
from bot.domain.polls import Option, Secrecy
from bot.domain.texts import Localised
from bot.storage.database import Database
from bot.storage.ship_tables import bracket, entrant, matchup, poll, poll_option

NOON: Final = datetime(2026, 11, 19, 12, tzinfo=UTC)
GUILD: Final = 845001112223334445
CHANNEL: Final = 845001112223334446
DAY: Final = timedelta(days=1)

GOBLIN = Option(Localised("Ji Eun-tak ♥ Kim Shin", "지은탁 ♥ 김신"), "ji-eun-tak-kim-shin")
SUNNY = Option(Localised("Sunny ♥ Grim Reaper", "써니 ♥ 저승사자"), "sunny-grim-reaper")
TYPED = Option(Localised("Min ♥ Jun"))
OTHER = Option(Localised("Da-eun & Ha-neul"))

_requests = count(1)


@dataclass(frozen=True)
class Met:
    """Two seeds that met in a round of a bracket, and their votes; `winner` None where it is still open."""

    round: int
    slot: int
    first: int
    second: int
    votes: tuple[int, int]
    winner: int | None
    void: bool = False


async def store_poll(
    database: Database,
    votes: Mapping[Option, int],
    *,
    later: timedelta = timedelta(),
    guild_id: int = GUILD,
    question: str | None = None,
    message_id: int | None = 7,
    is_open: bool = False,
    void: bool = False,
) -> int:
    """Store a poll that closed at `NOON`, or so much `later`; return its id."""
    values: dict[str, Any] = {"question": question, "message_id": message_id, "void": int(void)}
    closed = None if is_open else NOON + later

    async def work(connection: AsyncConnection) -> int:
        return await _add_poll(connection, guild_id, votes, opened_at=NOON + later - DAY, closed_at=closed, **values)

    return await database.write(work)


async def store_bracket(
    database: Database,
    options: Sequence[Option],
    matchups: Sequence[Met],
    *,
    name: str = "Autumn cup",
    phase: Phase = Phase.FINISHED,
    later: timedelta = timedelta(),
    guild_id: int = GUILD,
) -> int:
    """Store a bracket that ended at `NOON`, or so much `later`; `options` stand by their seeds. Return its id."""
    over = phase in (Phase.FINISHED, Phase.ENDED)
    values = {
        "guild_id": guild_id,
        "channel_id": next(_requests),  # one bracket at a time runs in a channel
        "message_id": 9,
        "request_id": next(_requests),
        "language": "en",
        "name": name,
        "size": 4,
        "seeding": Seeding.RANDOM,
        "secrecy": Secrecy.ANONYMOUS,
        "matchup_seconds": 3600,
        "phase": phase,
        "created_at": NOON + later - DAY,
        "ended_at": NOON + later if over else None,
    }

    async def work(connection: AsyncConnection) -> int:
        bracket_id = (await connection.execute(insert(bracket).values(values).returning(bracket.c.id))).scalar_one()
        for seed, option in enumerate(options, 1):
            row = {"bracket_id": bracket_id, "number": seed + 10, "seed": seed, **_named(option)}
            await connection.execute(insert(entrant).values(row))
        for met in matchups:
            await _add_matchup(connection, guild_id, bracket_id, options, met, NOON + later)
        return bracket_id

    return await database.write(work)


async def _add_matchup(
    connection: AsyncConnection, guild_id: int, bracket_id: int, options: Sequence[Option], met: Met, at: datetime
) -> None:
    votes = dict(zip((options[met.first - 1], options[met.second - 1]), met.votes, strict=True))
    closed = None if met.winner is None and not met.void else at
    poll_id = await _add_poll(connection, guild_id, votes, opened_at=at - DAY, closed_at=closed, void=int(met.void))
    row = {
        "bracket_id": bracket_id,
        "round": met.round,
        "slot": met.slot,
        "first": met.first,
        "second": met.second,
        "poll_id": poll_id,
        "winner": met.winner,
    }
    await connection.execute(insert(matchup).values(row))


async def _add_poll(connection: AsyncConnection, guild_id: int, votes: Mapping[Option, int], **values: Any) -> int:
    row = {"guild_id": guild_id, "channel_id": CHANNEL, "language": "en", **values}
    poll_id = (await connection.execute(insert(poll).values(row).returning(poll.c.id))).scalar_one()
    stood = [
        {"poll_id": poll_id, "number": number, "votes": cast, **_named(option)}
        for number, (option, cast) in enumerate(votes.items())
    ]
    await connection.execute(insert(poll_option), stood)
    return poll_id


def _named(option: Option) -> dict[str, Any]:
    label = option.label
    return {"couple_id": option.couple_id, "couple_key": option.key, "label_en": label.en, "label_ko": label.ko}
