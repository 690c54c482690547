"""Games: their rounds, guesses and standings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Answer, Game, Guess, Question, Round, RoundState, Scored
from bot.domain.texts import Language
from bot.storage.tables import game, guess, round_


async def add_game(
    connection: AsyncConnection,
    *,
    guild_id: int,
    channel_id: int,
    starter_id: int,
    request_id: int,
    language: Language,
    seconds: int,
    now: datetime,
    questions: Sequence[Question],
) -> Game:
    """Store a game and its rounds, all waiting."""
    values = {
        "guild_id": guild_id,
        "channel_id": channel_id,
        "starter_id": starter_id,
        "request_id": request_id,
        "language": language,
        "rounds": len(questions),
        "seconds": seconds,
        "started_at": now,
    }
    row = (await connection.execute(insert(game).values(values).returning(game))).one()
    await connection.execute(
        insert(round_),
        [
            {
                "game_id": row.id,
                "guild_id": guild_id,
                "number": number,
                "moment_id": question.moment_id,
                "part": question.part,
                "answer": question.answer,
                "state": RoundState.WAITING,
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
    """Return the game that is on in the channel, or None."""
    running = select(game).where(game.c.channel_id == channel_id, game.c.ended_at.is_(None))
    row = (await connection.execute(running)).one_or_none()
    return _game(row) if row else None


async def end_game(connection: AsyncConnection, game_id: int, now: datetime) -> bool:
    """End the game; False where it had ended before."""
    ended = update(game).where(game.c.id == game_id, game.c.ended_at.is_(None)).values(ended_at=now)
    return (await connection.execute(ended.returning(game.c.id))).one_or_none() is not None


async def asked_before(connection: AsyncConnection, guild_id: int) -> Mapping[tuple[str, int], int]:
    """Count how often each (moment, part) has been shown in the guild."""
    shown = select(round_.c.moment_id, round_.c.part, func.count()).where(
        round_.c.guild_id == guild_id, round_.c.state != RoundState.WAITING
    )
    rows = await connection.execute(shown.group_by(round_.c.moment_id, round_.c.part))
    return {(moment_id, part): times for moment_id, part, times in rows}


async def list_rounds(connection: AsyncConnection, game_id: int) -> Sequence[Round]:
    """The rounds of the game in their order."""
    rows = await connection.execute(select(round_).where(round_.c.game_id == game_id).order_by(round_.c.number))
    return [_round(row) for row in rows]


async def find_round(connection: AsyncConnection, round_id: int, *, lock: bool = False) -> Round | None:
    """Return the round, or None; `lock` holds it until the transaction ends (PostgreSQL; SQLite has one writer)."""
    statement = select(round_).where(round_.c.id == round_id)
    row = (await connection.execute(statement.with_for_update() if lock else statement)).one_or_none()
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


async def close_round(connection: AsyncConnection, round_id: int, scored: Sequence[Scored]) -> None:
    """Close the round and give its guesses their points."""
    await connection.execute(update(round_).where(round_.c.id == round_id).values(state=RoundState.CLOSED))
    for entry in scored:
        own = (guess.c.round_id == round_id, guess.c.user_id == entry.guess.user_id)
        await connection.execute(update(guess).where(*own).values(points=entry.points))


async def earlier_answers(
    connection: AsyncConnection, keys: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], Answer]:
    """What was said before, by (round id, user id)."""
    said = select(guess.c.round_id, guess.c.user_id, guess.c.answer)
    rows = await connection.execute(said.where(tuple_(guess.c.round_id, guess.c.user_id).in_(keys)))
    return {(round_id, user_id): Answer(answer) for round_id, user_id, answer in rows}


async def add_guesses(
    connection: AsyncConnection, guild_of: Mapping[int, int], said: Sequence[tuple[int, Guess]]
) -> None:
    """Store guesses, each with its round; `guild_of` gives the guild of a round."""
    await connection.execute(
        insert(guess),
        [
            {
                "round_id": round_id,
                "user_id": entry.user_id,
                "guild_id": guild_of[round_id],
                "answer": entry.answer,
                "guessed_at": entry.at,
            }
            for round_id, entry in said
        ],
    )


async def guilds_of_rounds(connection: AsyncConnection, round_ids: Iterable[int]) -> Mapping[int, int]:
    """The guild of each round."""
    rows = await connection.execute(select(round_.c.id, round_.c.guild_id).where(round_.c.id.in_(sorted(round_ids))))
    return {row.id: row.guild_id for row in rows}


async def list_scored(connection: AsyncConnection, round_: Round) -> Sequence[Scored]:
    """The guesses of a round with their points (0 before it is closed), fastest first."""
    rows = await connection.execute(
        select(guess).where(guess.c.round_id == round_.id).order_by(guess.c.guessed_at, guess.c.user_id)
    )
    scored: list[Scored] = []
    for row in rows:
        said = Guess(row.user_id, Answer(row.answer), row.guessed_at)
        scored.append(Scored(said, said.answer is round_.question.answer, row.points or 0))
    return scored


async def count_guesses(connection: AsyncConnection, game_id: int) -> Mapping[int, int]:
    """How many guesses each round of the game has, by its number."""
    joined = round_.outerjoin(guess, guess.c.round_id == round_.c.id)
    counted = select(round_.c.number, func.count(guess.c.user_id).label("guesses")).select_from(joined)
    rows = await connection.execute(counted.where(round_.c.game_id == game_id).group_by(round_.c.number))
    return {row.number: row.guesses for row in rows}


async def totals_of_game(connection: AsyncConnection, game_id: int) -> Sequence[tuple[int, int, int, int]]:
    """(user id, points, right answers, answers) of everybody who took part in the game."""
    inside = select(round_.c.id).where(round_.c.game_id == game_id)
    return await _totals(connection, _summed().where(guess.c.round_id.in_(inside)))


async def totals_of_guild(connection: AsyncConnection, guild_id: int) -> Sequence[tuple[int, int, int, int]]:
    """(user id, points, right answers, answers) of everybody who ever took part in the guild."""
    return await _totals(connection, _summed().where(guess.c.guild_id == guild_id))


def _summed() -> Select[int, int, int, int]:
    points = func.sum(guess.c.points).label("points")
    right = func.sum(case((guess.c.points > 0, 1), else_=0)).label("right")
    totals = select(guess.c.user_id, points, right, func.count())
    return totals.where(guess.c.points.is_not(None)).group_by(guess.c.user_id)


async def _totals(
    connection: AsyncConnection, statement: Select[int, int, int, int]
) -> Sequence[tuple[int, int, int, int]]:
    return [
        (user_id, int(points), int(right), answers)
        for user_id, points, right, answers in await connection.execute(statement)
    ]


def _game(row: Row[Any]) -> Game:
    return Game(
        row.id,
        row.guild_id,
        row.channel_id,
        row.starter_id,
        Language(row.language),
        row.rounds,
        row.seconds,
        row.started_at,
        row.ended_at,
    )


def _round(row: Row[Any]) -> Round:
    return Round(
        row.id,
        row.game_id,
        row.number,
        Question(row.moment_id, row.part, Answer(row.answer)),
        RoundState(row.state),
        row.opened_at,
        row.deadline,
        row.message_id,
    )
