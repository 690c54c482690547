"""Leaderboards, seasons, and what one member has to show."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.boards import AT_ONCE, Board, Season, Stats, seasons_of
from bot.domain.periods import Period, start_of
from bot.domain.trivia import rank
from bot.errors import BoardHidden, ManagersOnly, NoSuchSeason, Outdated
from bot.storage import boards, guilds, seasons
from bot.storage.database import Database


class BoardService:
    """Counts points over time. Nothing is deleted when a season ends: its board can be seen for ever."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def board(self, guild_id: int, period: Period, now: datetime, season: int | None = None) -> Board:
        """Return the guild's board of the period that `now` lies in, or of the season of that number.

        Raises:
            NoSuchSeason: the guild has not had a season of that number.
        """

        async def work(connection: AsyncConnection) -> Board:
            had = await _seasons(connection, guild_id)
            if season is not None and not 1 <= season <= len(had):
                raise NoSuchSeason(number=season)
            shown = had[-1] if season is None else had[season - 1]
            return await _board(connection, guild_id, Period.SEASON if season is not None else period, shown, now)

        return await self._database.read(work)

    async def stats(self, guild_id: int, user_id: int, now: datetime, *, own: bool) -> Stats:
        """Return what a member has done in the guild; `own` where she asks for it herself.

        Raises:
            BoardHidden: another member asks, and she is hidden.
        """

        async def work(connection: AsyncConnection) -> Stats:
            hidden = bool(await boards.hidden_among(connection, [user_id]))
            if hidden and not own:
                raise BoardHidden
            season = (await _seasons(connection, guild_id))[-1]
            standings = (await _board(connection, guild_id, Period.SEASON, season, now)).standings
            return Stats(
                user_id=user_id,
                totals=await boards.totals_of_member(connection, guild_id, user_id),
                season=season.number,
                season_points=await boards.points_between(connection, guild_id, user_id, season.began, season.ended),
                season_rank=next((entry.rank for entry in standings if entry.user_id == user_id), None),
                daily_streak=await boards.daily_streak(connection, guild_id, user_id),
                hidden=hidden,
            )

        return await self._database.read(work)

    async def set_hidden(self, user_id: int, hidden: bool) -> None:
        """Leave the member out of the boards of all guilds, or let her stand there again."""
        await self._database.write(lambda connection: boards.set_hidden(connection, user_id, hidden=hidden))

    async def seasons(self, guild_id: int) -> Sequence[Season]:
        """Return the seasons of the guild, the one that runs last."""
        return await self._database.read(lambda connection: _seasons(connection, guild_id))

    async def boards_of(self, guild_id: int, numbers: Sequence[int], now: datetime) -> Sequence[Board]:
        """Return the boards of the seasons of these numbers.

        Raises:
            NoSuchSeason: the guild has not had one of them.
        """
        return [await self.board(guild_id, Period.SEASON, now, number) for number in numbers]

    async def end_season(self, guild_id: int, now: datetime, *, is_manager: bool, season: int | None = None) -> Board:
        """End the season that runs, and return its final board; the next one begins at that instant.

        Where two managers end it at once, one end is stored and both get that board. `season` is the number of the
        season that the manager saw when she decided.

        Raises:
            ManagersOnly: the member may not manage the guild.
            Outdated: season `season` has ended a while ago, or has not begun.
        """
        if not is_manager:
            raise ManagersOnly

        async def work(connection: AsyncConnection) -> Board:
            *past, running = await _seasons(connection, guild_id)
            just_ended = running.began is not None and now < running.began + AT_ONCE
            if season == running.number or (season is None and not just_ended):
                await seasons.add_end(connection, guild_id, running.number, now)
                past.append(Season(running.number, running.began, now))
            elif not just_ended or season not in (None, past[-1].number):
                raise Outdated
            return await _board(connection, guild_id, Period.SEASON, past[-1], now)

        try:
            return await self._database.write(work)
        except IntegrityError:  # another process was quicker; its end is stored now
            return await self._database.write(work)


async def _seasons(connection: AsyncConnection, guild_id: int) -> Sequence[Season]:
    return seasons_of(await seasons.list_ends(connection, guild_id))


async def _board(connection: AsyncConnection, guild_id: int, period: Period, season: Season, now: datetime) -> Board:
    settings = await guilds.get_settings(connection, guild_id)
    began = start_of(period, now, settings.zone, season.began)
    ended = season.ended if period is Period.SEASON else None
    standings = rank(await boards.totals_between(connection, guild_id, began, ended))
    return Board(period, standings, season.number, began, ended, settings.time_zone)
