"""What members said in rounds, what they risked, who wants to skip, and how they stand in a game."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, insert, literal, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Guess, Round, Run, Scored, Stake
from bot.domain.trivia import IDLE_ROUNDS
from bot.storage.dialect import insert_for
from bot.storage.tables import guess, round_, skip_vote, stake


async def earlier_answers(
    connection: AsyncConnection, keys: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], str]:
    """What was said before, by (round id, user id)."""
    said = select(guess.c.round_id, guess.c.user_id, guess.c.answer)
    rows = await connection.execute(said.where(tuple_(guess.c.round_id, guess.c.user_id).in_(keys)))
    return {(round_id, user_id): answer for round_id, user_id, answer in rows}


async def add_guesses(connection: AsyncConnection, said: Sequence[tuple[Round, Guess]]) -> None:
    """Store guesses, each with its round."""
    await connection.execute(
        insert(guess),
        [
            {
                "round_id": round_.id,
                "user_id": entry.user_id,
                "guild_id": round_.guild_id,
                "answer": entry.answer,
                "guessed_at": entry.at,
            }
            for round_, entry in said
        ],
    )


async def complete_rounds(connection: AsyncConnection, round_ids: Sequence[int]) -> Sequence[int]:
    """Those of the open rounds in which everyone has answered who answered in the last rounds that were not skipped.

    The first round of a game is never complete: nobody has joined before it.
    """
    before, between, said = round_.alias("before"), round_.alias("between"), guess.alias("said")
    passed = (
        select(func.count())
        .select_from(between)
        .where(between.c.game_id == round_.c.game_id, between.c.skipped == 0)
        .where(between.c.number > before.c.number, between.c.number < round_.c.number)
        .correlate(round_, before)
        .scalar_subquery()
    )
    recent = and_(
        before.c.game_id == round_.c.game_id,
        before.c.number < round_.c.number,
        passed < IDLE_ROUNDS,
        guess.c.round_id == before.c.id,
    )
    answered = select(said.c.user_id).where(said.c.round_id == round_.c.id, said.c.user_id == guess.c.user_id)
    missing = ~answered.correlate(round_, guess).exists()
    joined = select(guess.c.user_id).select_from(guess, before).where(recent).correlate(round_)
    wanted = select(round_.c.id).where(round_.c.id.in_(round_ids), joined.exists(), ~joined.where(missing).exists())
    return (await connection.scalars(wanted.order_by(round_.c.id))).all()


async def players_of(connection: AsyncConnection, current: Round) -> frozenset[int]:
    """Everybody who takes part: answered in this round or one of the last, or wants to skip this one."""
    latest = select(round_.c.number).where(
        round_.c.game_id == current.game_id,
        round_.c.number <= current.number,
        round_.c.skipped == 0,
    )
    first = min((await connection.scalars(latest.order_by(round_.c.number.desc()).limit(IDLE_ROUNDS + 1))).all())
    recent = select(round_.c.id).where(
        round_.c.game_id == current.game_id, round_.c.number >= first, round_.c.number <= current.number
    )
    said = select(guess.c.user_id).where(guess.c.round_id.in_(recent))
    skipping = select(skip_vote.c.user_id).where(skip_vote.c.round_id == current.id)
    return frozenset((await connection.scalars(union_all(said, skipping))).all())


async def add_skip(connection: AsyncConnection, round_id: int, user_id: int) -> bool:
    """Note that the member wants to skip the round; False where that was noted before."""
    statement = insert_for(connection, skip_vote).values(round_id=round_id, user_id=user_id)
    noted = statement.on_conflict_do_nothing().returning(skip_vote.c.user_id)
    return (await connection.execute(noted)).one_or_none() is not None


async def count_skips(connection: AsyncConnection, round_id: int) -> int:
    """How many want to skip the round."""
    counted = select(func.count()).select_from(skip_vote).where(skip_vote.c.round_id == round_id)
    return await connection.scalar(counted) or 0


async def list_scored(connection: AsyncConnection, current: Round) -> Sequence[Scored]:
    """The guesses of a round with their points (0 before it is closed), fastest first."""
    rows = await connection.execute(
        select(guess).where(guess.c.round_id == current.id).order_by(guess.c.guessed_at, guess.c.user_id)
    )
    return [_scored(row, current) for row in rows]


async def list_scored_of_game(connection: AsyncConnection, rounds: Sequence[Round]) -> Mapping[int, Sequence[Scored]]:
    """The scored guesses of several rounds, by the id of the round."""
    by_id = {entry.id: entry for entry in rounds}
    found: defaultdict[int, list[Scored]] = defaultdict(list)
    said = select(guess).where(guess.c.round_id.in_(by_id), guess.c.points.is_not(None))
    for row in await connection.execute(said.order_by(guess.c.guessed_at, guess.c.user_id)):
        found[row.round_id].append(_scored(row, by_id[row.round_id]))
    return found


async def count_guesses(connection: AsyncConnection, game_id: int) -> Mapping[int, int]:
    """How many guesses each round of the game has, by its number."""
    joined = round_.outerjoin(guess, guess.c.round_id == round_.c.id)
    counted = select(round_.c.number, func.count(guess.c.user_id).label("guesses")).select_from(joined)
    rows = await connection.execute(counted.where(round_.c.game_id == game_id).group_by(round_.c.number))
    return {row.number: row.guesses for row in rows}


async def place_stake(connection: AsyncConnection, current: Round, risked: Stake, placed_at: datetime) -> None:
    """Note what a member risks in the round; what she had noted before stays."""
    values = {
        "round_id": current.id,
        "user_id": risked.user_id,
        "guild_id": current.guild_id,
        "amount": risked.amount,
        "placed_at": placed_at,
    }
    await connection.execute(insert_for(connection, stake).values(values).on_conflict_do_nothing())


async def remove_stake(connection: AsyncConnection, round_id: int, user_id: int) -> None:
    """Forget what a member risks in the round."""
    await connection.execute(delete(stake).where(stake.c.round_id == round_id, stake.c.user_id == user_id))


async def list_stakes(connection: AsyncConnection, round_id: int) -> Sequence[Stake]:
    """What is risked in the round, by the member's id."""
    rows = await connection.execute(select(stake).where(stake.c.round_id == round_id).order_by(stake.c.user_id))
    return [Stake(row.user_id, row.amount, row.points) for row in rows]


async def runs_before(connection: AsyncConnection, current: Round) -> Mapping[int, Run]:
    """How every member stands in the game before a round: points so far, and the streak that reached the last round.

    Rounds that were skipped neither count nor break a streak.
    """
    counted = (round_.c.game_id == current.game_id, round_.c.number < current.number, round_.c.skipped == 0)
    points = {user_id: total for user_id, total, _, _ in await _totals(connection, counted)}
    newest = select(func.max(round_.c.number)).where(*counted).scalar_subquery()
    last = select(guess.c.user_id, guess.c.streak).join(round_, guess.c.round_id == round_.c.id)
    rows = await connection.execute(last.where(*counted, round_.c.number == newest))
    streaks: dict[int, int] = dict(map(tuple, rows))
    return {user_id: Run(total, streaks.get(user_id, 0)) for user_id, total in points.items()}


async def streaks_of(connection: AsyncConnection, game_id: int) -> Mapping[int, int]:
    """The streak with which each member left the last round of a game."""
    last = select(guess.c.user_id, guess.c.streak).join(round_, guess.c.round_id == round_.c.id)
    rows = await connection.execute(last.where(round_.c.game_id == game_id).order_by(round_.c.number))
    return dict(map(tuple, rows))


async def totals_of_game(connection: AsyncConnection, game_id: int) -> Sequence[tuple[int, int, int, int]]:
    """(user id, points, right answers, answers) of everybody who took part in the game."""
    return await _totals(connection, (round_.c.game_id == game_id,))


async def _totals(connection: AsyncConnection, rounds: Sequence[Any]) -> Sequence[tuple[int, int, int, int]]:
    wanted = select(round_.c.id).where(*rounds)
    said = select(
        guess.c.user_id,
        guess.c.points,
        case((guess.c.points > 0, 1), else_=0).label("right"),
        literal(1).label("answers"),
    ).where(guess.c.round_id.in_(wanted), guess.c.points.is_not(None))
    risked = select(stake.c.user_id, stake.c.points, literal(0), literal(0)).where(
        stake.c.round_id.in_(wanted), stake.c.points.is_not(None)
    )
    earned = union_all(said, risked).subquery()
    summed = select(
        earned.c.user_id, func.sum(earned.c.points), func.sum(earned.c.right), func.sum(earned.c.answers)
    ).group_by(earned.c.user_id)
    return [
        (user_id, int(points), int(right), int(answers))
        for user_id, points, right, answers in await connection.execute(summed)
    ]


def _scored(row: Row[Any], current: Round) -> Scored:
    said = Guess(row.user_id, row.answer, row.guessed_at)
    return Scored(said, said.answer == current.question.answer, row.points or 0, row.streak)
