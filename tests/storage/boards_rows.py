"""Scored answers, put into the tables as a game leaves them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Mode, RoundState
from bot.storage.database import Database
from bot.storage.tables import game, guess, round_, stake

NOON: Final = datetime(2026, 11, 19, 12, tzinfo=UTC)
"""A Thursday; in Seoul it is nine in the evening."""
GUILD: Final = 845001112223334445
ALICE, BORA, CHAN = 901000000000000001, 901000000000000002, 901000000000000003
SECONDS: Final = 20

_requests = count(1)


@dataclass(frozen=True)
class Played:
    """A round that was closed at `NOON`, or so much `later`: points by member, None where they were not counted.

    `took` and `streaks` are by member too; `stakes` are what was won or lost with them.
    """

    points: Mapping[int, int | None]
    later: timedelta = timedelta()
    guild_id: int = GUILD
    took: Mapping[int, float] = field(default_factory=dict[int, float])
    streaks: Mapping[int, int] = field(default_factory=dict[int, int])
    stakes: Mapping[int, int | None] = field(default_factory=dict[int, int | None])
    daily_on: date | None = None
    state: RoundState = RoundState.CLOSED


async def store(database: Database, *rounds: Played) -> int:
    """Store these rounds as one game, which is as long ago as the first of them says; return its id."""

    async def work(connection: AsyncConnection) -> int:
        game_id = await _add_game(connection, rounds)
        for number, played in enumerate(rounds, 1):
            await _add_round(connection, game_id, number, played)
        return game_id

    return await database.write(work)


async def _add_game(connection: AsyncConnection, rounds: tuple[Played, ...]) -> int:
    first, request = rounds[0], next(_requests)
    values = {
        "guild_id": first.guild_id,
        "channel_id": request,
        "request_id": request,
        "language": "en",
        "rounds": len(rounds),
        "seconds": 86_400 if first.daily_on else SECONDS,
        "mode": Mode.DAILY if first.daily_on else Mode.CLASSIC,
        "started_at": NOON + first.later,
        "ended_at": NOON + first.later,
        "daily_on": first.daily_on.isoformat() if first.daily_on else None,
    }
    return (await connection.execute(insert(game).values(values).returning(game.c.id))).scalar_one()


async def _add_round(connection: AsyncConnection, game_id: int, number: int, played: Played) -> None:
    shown = NOON + played.later
    values = {
        "game_id": game_id,
        "guild_id": played.guild_id,
        "number": number,
        "moment_id": "a-kiss",
        "part": 0,
        "answer": "scripted",
        "state": played.state,
        "message_id": 7,
        "opened_at": shown,
        "deadline": shown + timedelta(seconds=86_400 if played.daily_on else SECONDS),
    }
    round_id = (await connection.execute(insert(round_).values(values).returning(round_.c.id))).scalar_one()
    own: dict[str, Any] = {"round_id": round_id, "guild_id": played.guild_id}
    for user_id, points in played.points.items():
        said = {
            "answer": "scripted",
            "guessed_at": shown + timedelta(seconds=played.took.get(user_id, 0)),
            "points": points,
            "scored_at": shown,
            "streak": played.streaks.get(user_id, 0),
        }
        await connection.execute(insert(guess).values(user_id=user_id, **own, **said))
    for user_id, points in played.stakes.items():
        risked = {"amount": abs(points or 1), "placed_at": shown, "scored_at": shown, "points": points}
        await connection.execute(insert(stake).values(user_id=user_id, **own, **risked))
