"""Games: started, found, ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Game, Mode, Question, RoundState, Wish
from bot.domain.moments import Kind
from bot.domain.spoilers import SpoilerWish
from bot.domain.texts import Language
from bot.storage.rounds import question_columns
from bot.storage.tables import game, guess, round_


async def add_game(
    connection: AsyncConnection,
    *,
    guild_id: int,
    channel_id: int,
    starter_id: int | None,
    request_id: int,
    language: Language,
    wish: Wish,
    now: datetime,
    questions: Sequence[Question],
    daily_on: date | None = None,
) -> Game:
    """Store a game and its rounds, all waiting."""
    values = {
        "guild_id": guild_id,
        "channel_id": channel_id,
        "starter_id": starter_id,
        "request_id": request_id,
        "language": language,
        "rounds": len(questions),
        "wanted": wish.rounds,
        "seconds": wish.seconds,
        "mode": wish.mode,
        "spoilers": wish.spoilers,
        "drama_id": wish.drama_id,
        "kind": wish.kind,
        "pack": wish.pack,
        "article_id": wish.article_id,
        "started_at": now,
        "daily_on": daily_on.isoformat() if daily_on else None,
    }
    row = (await connection.execute(insert(game).values(values).returning(game))).one()
    await connection.execute(
        insert(round_),
        [
            {
                "game_id": row.id,
                "guild_id": guild_id,
                "number": number,
                "state": RoundState.WAITING,
                **question_columns(question),
            }
            for number, question in enumerate(questions, 1)
        ],
    )
    return _game(row)


async def find_game(connection: AsyncConnection, game_id: int) -> Game | None:
    """Return the game, or None where it is not stored."""
    row = (await connection.execute(select(game).where(game.c.id == game_id))).one_or_none()
    return _game(row) if row else None


async def find_running_game(connection: AsyncConnection, channel_id: int) -> Game | None:
    """Return the game that is on in the channel, or None. Daily questions are no game in this sense."""
    running = select(game).where(game.c.channel_id == channel_id, game.c.ended_at.is_(None), game.c.daily_on.is_(None))
    row = (await connection.execute(running)).one_or_none()
    return _game(row) if row else None


async def end_game(connection: AsyncConnection, game_id: int, now: datetime) -> bool:
    """End the game; False where it had ended before."""
    ended = update(game).where(game.c.id == game_id, game.c.ended_at.is_(None)).values(ended_at=now)
    return (await connection.execute(ended.returning(game.c.id))).one_or_none() is not None


async def last_players(connection: AsyncConnection, channel_id: int) -> frozenset[int]:
    """Everybody who answered in the last game of the channel that anybody answered in; none where there was none."""
    joined = game.join(round_, round_.c.game_id == game.c.id).join(guess, guess.c.round_id == round_.c.id)
    last = (
        select(func.max(game.c.id))
        .select_from(joined)
        .where(game.c.channel_id == channel_id, game.c.daily_on.is_(None))
        .scalar_subquery()
    )
    players = select(guess.c.user_id).distinct().select_from(joined).where(game.c.id == last)
    return frozenset((await connection.scalars(players)).all())


async def find_daily(connection: AsyncConnection, guild_id: int, daily_on: date) -> Game | None:
    """Return the guild's daily question of that day, or None."""
    of_day = select(game).where(game.c.guild_id == guild_id, game.c.daily_on == daily_on.isoformat())
    row = (await connection.execute(of_day)).one_or_none()
    return _game(row) if row else None


async def list_open_dailies(connection: AsyncConnection, guild_id: int) -> Sequence[Game]:
    """The guild's daily questions that have not ended, oldest first; more than one only after a fault."""
    still = select(game).where(game.c.guild_id == guild_id, game.c.ended_at.is_(None), game.c.daily_on.is_not(None))
    return [_game(row) for row in await connection.execute(still.order_by(game.c.daily_on))]


async def find_daily_before(connection: AsyncConnection, daily: Game) -> Game | None:
    """Return the guild's daily question that was asked before `daily` and stood in its channel; None for the first."""
    shown = select(round_.c.id).where(round_.c.game_id == game.c.id, round_.c.message_id.is_not(None)).exists()
    before = select(game).where(game.c.guild_id == daily.guild_id, game.c.daily_on.is_not(None), game.c.id < daily.id)
    row = (await connection.execute(before.where(shown).order_by(game.c.id.desc()).limit(1))).one_or_none()
    return _game(row) if row else None


def _game(row: Row[Any]) -> Game:
    wish = Wish(
        rounds=row.wanted,
        seconds=row.seconds,
        mode=Mode(row.mode),
        spoilers=SpoilerWish(row.spoilers) if row.spoilers else None,
        drama_id=row.drama_id,
        kind=Kind(row.kind) if row.kind else None,
        pack=row.pack,
        article_id=row.article_id,
    )
    return Game(
        row.id,
        row.guild_id,
        row.channel_id,
        row.starter_id,
        Language(row.language),
        row.rounds,
        row.started_at,
        wish,
        row.ended_at,
        date.fromisoformat(row.daily_on) if row.daily_on else None,
    )
