"""The rounds of games: asked, shown, closed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.drawing import WINDOW, History
from bot.domain.games import Angle, Question, Round, RoundState, Scored, Stake
from bot.domain.questions import is_planned
from bot.storage.tables import game, guess, round_, stake


def question_columns(question: Question) -> Mapping[str, object]:
    """How a question stands in a row."""
    return {
        "moment_id": question.moment_id,
        "part": question.part,
        "angle": question.angle,
        "choices": json.dumps(question.choices),
        "answer": question.answer,
    }


async def history(connection: AsyncConnection, guild_id: int) -> History:
    """Return what was shown in the guild so far, and what games that are on are going to ask."""
    shown = (round_.c.guild_id == guild_id, round_.c.opened_at.is_not(None))
    running = select(game.c.id).where(game.c.guild_id == guild_id, game.c.ended_at.is_(None))
    taken = (round_.c.guild_id == guild_id, or_(round_.c.opened_at.is_not(None), round_.c.game_id.in_(running)))
    subject = (round_.c.moment_id, round_.c.part, round_.c.angle)
    counted = await connection.execute(select(*subject, func.count()).where(*taken).group_by(*subject))
    asked = {(moment_id, part, Angle(angle)): times for moment_id, part, angle, times in counted}
    planned: defaultdict[Angle, list[bool]] = defaultdict(list)
    for angle in (Angle.SCRIPT, Angle.WHOSE):
        newest = select(round_).where(*shown, round_.c.angle == angle).order_by(round_.c.opened_at.desc())
        for row in await connection.execute(newest.limit(WINDOW)):
            planned[angle].insert(0, bool(is_planned(_question(row))))
    return History(asked, planned)


async def list_rounds(connection: AsyncConnection, game_id: int) -> Sequence[Round]:
    """The rounds of the game in their order."""
    rows = await connection.execute(select(round_).where(round_.c.game_id == game_id).order_by(round_.c.number))
    return [_round(row) for row in rows]


async def find_round(connection: AsyncConnection, round_id: int, *, lock: bool = False) -> Round | None:
    """Return the round, or None; `lock` holds it until the transaction ends (PostgreSQL; SQLite has one writer)."""
    statement = select(round_).where(round_.c.id == round_id)
    row = (await connection.execute(statement.with_for_update() if lock else statement)).one_or_none()
    return _round(row) if row else None


async def find_following(connection: AsyncConnection, before: Round) -> Round | None:
    """Return the round after `before` in its game, or None where it is the last one."""
    following = select(round_).where(round_.c.game_id == before.game_id, round_.c.number == before.number + 1)
    row = (await connection.execute(following.with_for_update())).one_or_none()
    return _round(row) if row else None


async def lock_rounds(connection: AsyncConnection, round_ids: Iterable[int]) -> Mapping[int, Round]:
    """Return the rounds by id, held until the transaction ends, so that a guess and the close cannot cross."""
    wanted = select(round_).where(round_.c.id.in_(sorted(round_ids))).order_by(round_.c.id).with_for_update()
    return {row.id: _round(row) for row in await connection.execute(wanted)}


async def open_round(connection: AsyncConnection, round_id: int, opened_at: datetime, deadline: datetime) -> None:
    """Open a round that nobody has seen yet; one that is shown or closed stays as it is."""
    await connection.execute(
        update(round_)
        .where(round_.c.id == round_id, round_.c.state != RoundState.CLOSED, round_.c.message_id.is_(None))
        .values(state=RoundState.OPEN, opened_at=opened_at, deadline=deadline)
    )


async def show_round(connection: AsyncConnection, round_id: int, message_id: int, deadline: datetime) -> None:
    """Note the message that shows the round, and the deadline counted from it."""
    await connection.execute(
        update(round_).where(round_.c.id == round_id).values(message_id=message_id, deadline=deadline)
    )


async def move_deadline(connection: AsyncConnection, round_id: int, deadline: datetime) -> None:
    """Let an open round close at another time."""
    await connection.execute(update(round_).where(round_.c.id == round_id).values(deadline=deadline))


async def close_round(
    connection: AsyncConnection, round_id: int, scored: Sequence[Scored], stakes: Sequence[Stake], now: datetime
) -> None:
    """Close the round and give its guesses and stakes their points, which count from `now` on."""
    await connection.execute(update(round_).where(round_.c.id == round_id).values(state=RoundState.CLOSED))
    for entry in scored:
        own = (guess.c.round_id == round_id, guess.c.user_id == entry.guess.user_id)
        await connection.execute(
            update(guess).where(*own).values(points=entry.points, streak=entry.streak, scored_at=now)
        )
    for risked in stakes:
        own = (stake.c.round_id == round_id, stake.c.user_id == risked.user_id)
        await connection.execute(update(stake).where(*own).values(points=risked.points, scored_at=now))


async def skip_round(connection: AsyncConnection, round_id: int) -> None:
    """Close the round so that it counts for nobody."""
    await connection.execute(update(round_).where(round_.c.id == round_id).values(state=RoundState.CLOSED, skipped=1))


def _question(row: Row[Any]) -> Question:
    return Question(row.moment_id, row.part, Angle(row.angle), tuple(json.loads(row.choices)), row.answer)


def _round(row: Row[Any]) -> Round:
    return Round(
        row.id,
        row.game_id,
        row.guild_id,
        row.number,
        _question(row),
        RoundState(row.state),
        row.opened_at,
        row.deadline,
        row.message_id,
        bool(row.skipped),
    )
