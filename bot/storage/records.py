"""What the couples of a guild have won: read from polls that are closed and were not called off."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Phase
from bot.domain.records import PastBracket, PastPoll, Score
from bot.domain.texts import Localised
from bot.storage.ship_tables import bracket, entrant, matchup, poll, poll_option

_OPTIONS = (
    poll.join(poll_option, poll_option.c.poll_id == poll.c.id)
    .outerjoin(matchup, matchup.c.poll_id == poll.c.id)
    .outerjoin(
        entrant,
        and_(entrant.c.bracket_id == matchup.c.bracket_id, entrant.c.couple_key == poll_option.c.couple_key),
    )
)
"""Every option of every poll; where the poll is a matchup, with it and with the seed of the couple."""
_WON = func.count(case((matchup.c.winner == entrant.c.seed, 1)))
_LOST = func.count(case((matchup.c.winner != entrant.c.seed, 1)))


async def list_scores(connection: AsyncConnection, guild_id: int, key: str | None = None) -> Sequence[Score]:
    """What every couple has won in the guild, or only the couple `key`. Labels are those it stood with last."""
    totals = (
        select(
            poll_option.c.couple_key,
            func.sum(poll_option.c.votes).label("votes"),
            func.count(case((matchup.c.poll_id.is_(None), 1))).label("polls"),
            _WON.label("won"),
            _LOST.label("lost"),
            func.max(poll.c.id).label("last"),
        )
        .select_from(_OPTIONS)
        .where(*_counted(guild_id, key))
        .group_by(poll_option.c.couple_key)
        .subquery("totals")
    )
    labelled = totals.join(
        poll_option,
        and_(poll_option.c.poll_id == totals.c.last, poll_option.c.couple_key == totals.c.couple_key),
    )
    rows = await connection.execute(
        select(totals, poll_option.c.label_en, poll_option.c.label_ko).select_from(labelled)
    )
    champions = await connection.execute(_finals(guild_id, key))
    titles = Counter(final.couple_key for final in champions)
    return [
        Score(
            key=row.couple_key,
            label=Localised(row.label_en, row.label_ko),
            won=row.won,
            lost=row.lost,
            votes=int(row.votes),
            polls=row.polls,
            titles=titles[row.couple_key],
        )
        for row in rows
    ]


async def list_titles(connection: AsyncConnection, guild_id: int, key: str) -> Sequence[str]:
    """The names of the brackets of the guild that the couple won, newest first."""
    finals = await connection.execute(_finals(guild_id, key).order_by(bracket.c.ended_at.desc(), bracket.c.id.desc()))
    return [final.name for final in finals]


async def count_polls_won(connection: AsyncConnection, guild_id: int, key: str) -> int:
    """How many polls of the guild, matchups left out, the couple ended alone in front of."""
    won = select(func.count()).select_from(_OPTIONS).where(*_counted(guild_id, key), *_alone_in_front())
    return await connection.scalar(won) or 0


async def list_past_polls(connection: AsyncConnection, guild_id: int, key: str, limit: int) -> Sequence[PastPoll]:
    """The last polls of the guild, matchups left out, that the couple stood in, newest first."""
    beside = poll_option.alias("beside")
    cast = select(func.sum(beside.c.votes)).where(beside.c.poll_id == poll.c.id).scalar_subquery()
    stood = (
        select(
            poll.c.closed_at,
            poll.c.channel_id,
            poll.c.message_id,
            poll.c.question,
            poll_option.c.votes,
            cast.label("cast"),
            case((and_(*_alone_in_front()), 1), else_=0).label("won"),
        )
        .select_from(_OPTIONS)
        .where(*_counted(guild_id, key), matchup.c.poll_id.is_(None))
        .order_by(poll.c.closed_at.desc(), poll.c.id.desc())
        .limit(limit)
    )
    return [
        PastPoll(row.closed_at, row.channel_id, row.message_id, row.question, row.votes, int(row.cast), bool(row.won))
        for row in await connection.execute(stood)
    ]


async def list_past_brackets(connection: AsyncConnection, guild_id: int, key: str, limit: int) -> Sequence[PastBracket]:
    """The last brackets of the guild that are over and that the couple stood in, newest first."""
    seeded = bracket.join(entrant, entrant.c.bracket_id == bracket.c.id)
    played = seeded.outerjoin(
        matchup,
        and_(
            matchup.c.bracket_id == bracket.c.id,
            (matchup.c.first == entrant.c.seed) | (matchup.c.second == entrant.c.seed),
        ),
    )
    columns = (bracket.c.id, bracket.c.ended_at, bracket.c.channel_id, bracket.c.message_id, bracket.c.name)
    stood = (
        select(*columns, _WON.label("won"), _LOST.label("lost"))
        .select_from(played)
        .where(bracket.c.guild_id == guild_id, entrant.c.couple_key == key)
        .where(bracket.c.ended_at.is_not(None), entrant.c.seed.is_not(None))
        .group_by(*columns)
        .order_by(bracket.c.ended_at.desc(), bracket.c.id.desc())
        .limit(limit)
    )
    rows = (await connection.execute(stood)).all()
    champion = {final.id for final in await connection.execute(_finals(guild_id, key))}
    return [
        PastBracket(row.ended_at, row.channel_id, row.message_id, row.name, row.won, row.lost, row.id in champion)
        for row in rows
    ]


def _counted(guild_id: int, key: str | None) -> Sequence[ColumnElement[bool]]:
    closed = [poll.c.guild_id == guild_id, poll.c.closed_at.is_not(None), poll.c.void == 0]
    return closed if key is None else [*closed, poll_option.c.couple_key == key]


def _alone_in_front() -> Sequence[ColumnElement[bool]]:
    rival = poll_option.alias("rival")
    ahead = select(rival.c.number).where(
        rival.c.poll_id == poll_option.c.poll_id,
        rival.c.number != poll_option.c.number,
        rival.c.votes >= poll_option.c.votes,
    )
    return [matchup.c.poll_id.is_(None), poll_option.c.votes > 0, ~ahead.exists()]


def _finals(guild_id: int, key: str | None) -> Select[int, str, str]:
    """The brackets of the guild that have a champion: id, name, key of the couple."""
    later = matchup.alias("later")
    last = select(func.max(later.c.round)).where(later.c.bracket_id == bracket.c.id).scalar_subquery()
    joined: FromClause = bracket.join(
        matchup, and_(matchup.c.bracket_id == bracket.c.id, matchup.c.round == last)
    ).join(entrant, and_(entrant.c.bracket_id == bracket.c.id, entrant.c.seed == matchup.c.winner))
    finals = select(bracket.c.id, bracket.c.name, entrant.c.couple_key).select_from(joined)
    finals = finals.where(bracket.c.guild_id == guild_id, bracket.c.phase == Phase.FINISHED)
    return finals if key is None else finals.where(entrant.c.couple_key == key)
