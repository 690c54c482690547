"""Points of members over a span of time, and what their answers add up to. Who is hidden stands on no board."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Subquery, case, func, literal, select, type_coerce, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.boards import Totals
from bot.domain.games import RoundState
from bot.storage.columns import Snowflake
from bot.storage.dialect import insert_for
from bot.storage.tables import game, guess, member, round_, stake

_RIGHT = func.sum(case((guess.c.points > 0, 1), else_=0))


async def totals_between(
    connection: AsyncConnection, guild_id: int, began: datetime | None, ended: datetime | None
) -> Sequence[tuple[int, int, int, int]]:
    """(user id, points, right answers, answers) of everybody who is not hidden and scored from `began` until `ended`.

    None is the very beginning, or no end. What was risked and won or lost counts with the points.
    """
    earned = _earned(guild_id, began, ended)
    hidden = select(member.c.user_id).where(member.c.user_id == earned.c.user_id, member.c.hidden == 1)
    summed = select(
        earned.c.user_id, func.sum(earned.c.points), func.sum(earned.c.right), func.sum(earned.c.answers)
    ).where(~hidden.exists())
    rows = await connection.execute(summed.group_by(earned.c.user_id))
    return [(user_id, int(points), int(right), int(answers)) for user_id, points, right, answers in rows]


async def points_between(
    connection: AsyncConnection, guild_id: int, user_id: int, began: datetime | None, ended: datetime | None
) -> int:
    """The points of one member in that span, hidden or not."""
    earned = _earned(guild_id, began, ended, user_id)
    return int(await connection.scalar(select(func.sum(earned.c.points))) or 0)


def _earned(guild_id: int, began: datetime | None, ended: datetime | None, user_id: int | None = None) -> Subquery:
    """One or two rows for each member: what her answers brought, and what her stakes brought."""

    def within(table: Any, column: Any) -> Sequence[ColumnElement[bool]]:
        conditions = [table.c.guild_id == guild_id, table.c.points.is_not(None)]
        if user_id is not None:
            conditions.append(table.c.user_id == user_id)
        if began is not None:
            conditions.append(column >= began)
        if ended is not None:
            conditions.append(column < ended)
        return conditions

    said = select(
        guess.c.user_id,
        func.sum(guess.c.points).label("points"),
        _RIGHT.label("right"),
        func.count().label("answers"),
    )
    risked = select(stake.c.user_id, func.sum(stake.c.points), literal(0), literal(0))
    return union_all(
        said.where(*within(guess, guess.c.scored_at)).group_by(guess.c.user_id),
        risked.where(*within(stake, stake.c.scored_at)).group_by(stake.c.user_id),
    ).subquery("earned")


async def totals_of_member(connection: AsyncConnection, guild_id: int, user_id: int) -> Totals:
    """What all of the member's answers in the guild add up to. Daily questions count, but not for being fast."""
    joined = guess.join(round_, round_.c.id == guess.c.round_id).join(game, game.c.id == round_.c.game_id)
    opened = type_coerce(round_.c.deadline, Snowflake) - game.c.seconds * 1000
    took = type_coerce(guess.c.guessed_at, Snowflake) - opened
    quick = (guess.c.points > 0) & game.c.daily_on.is_(None)
    summed = select(
        func.count(game.c.id.distinct()).label("games"),
        func.count().label("answered"),
        func.coalesce(_RIGHT, 0).label("right"),
        func.coalesce(func.max(guess.c.streak), 0).label("best_streak"),
        func.min(case((quick, took), else_=None), type_=Integer).label("fastest"),
    ).select_from(joined)
    mine = (guess.c.user_id == user_id, guess.c.guild_id == guild_id, guess.c.points.is_not(None))
    row = (await connection.execute(summed.where(*mine))).one()
    return Totals(
        games=row.games,
        answered=row.answered,
        right=int(row.right),
        points=await points_between(connection, guild_id, user_id, None, None),
        best_streak=row.best_streak,
        fastest=None if row.fastest is None else max(row.fastest, 0) / 1000,
    )


async def daily_streak(connection: AsyncConnection, guild_id: int, user_id: int) -> int:
    """How many daily questions in a row the member has got right, up to the guild's last one that is closed."""
    closed = round_.join(game, game.c.id == round_.c.game_id)
    last = (
        select(round_.c.id)
        .select_from(closed)
        .where(game.c.guild_id == guild_id, game.c.daily_on.is_not(None))
        .where(round_.c.state == RoundState.CLOSED, round_.c.message_id.is_not(None))
        .order_by(game.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    streak = select(guess.c.streak).where(guess.c.round_id == last, guess.c.user_id == user_id)
    return await connection.scalar(streak) or 0


async def hidden_among(connection: AsyncConnection, user_ids: Collection[int]) -> frozenset[int]:
    """Those of the members who are left out of boards."""
    hidden = select(member.c.user_id).where(member.c.user_id.in_(user_ids), member.c.hidden == 1)
    return frozenset((await connection.scalars(hidden)).all())


async def set_hidden(connection: AsyncConnection, user_id: int, *, hidden: bool) -> None:
    """Leave the member out of boards, or not; nothing is stored of who never was left out."""
    if not hidden:
        await connection.execute(update(member).where(member.c.user_id == user_id).values(hidden=0))
        return
    statement = insert_for(connection, member).values(user_id=user_id, hidden=1)
    await connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_={"hidden": 1}))
