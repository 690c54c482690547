"""The daily question: a game of one round that comes by itself, once a day and never twice."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily import CLOSES_BEFORE, SHORTEST, last_slot, next_slot, slot_on
from bot.domain.drawing import draw
from bot.domain.games import Mode, Round, RoundState, Wish
from bot.domain.guilds import GuildSettings
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.packs import Fence, askable
from bot.domain.texts import Language
from bot.errors import NoDaily, NothingToAsk
from bot.services.jobs import JobService
from bot.services.rounds import ASK, CLOSE, end
from bot.storage import games, guilds, jobs, moments, rounds
from bot.storage.database import Database

DAILY: Final = "trivia.daily"
"""The job that asks the guild's daily question; its subject is the guild."""
AFTER_TALLY: Final = timedelta(seconds=2)
"""So long after the reveal of the last question the next one is asked."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A daily question as it is set up, and when it comes next."""

    channel_id: int
    hour: int
    time_zone: str
    next_at: datetime


class DailyService:
    """Sets the daily question up and asks it at its hour."""

    def __init__(self, database: Database, library: Library, job_service: JobService, rng: random.Random) -> None:
        self._database = database
        self._library = library
        self._jobs = job_service
        self._rng = rng

    async def get(self, guild_id: int, now: datetime) -> Daily:
        """Return how the daily question is set up.

        Raises:
            NoDaily: it is not.
        """

        async def work(connection: AsyncConnection) -> Daily:
            return await _daily(connection, await guilds.get_settings(connection, guild_id), now)

        return await self._database.read(work)

    async def plan(self, guild_id: int, channel_id: int, hour: int, now: datetime) -> Daily:
        """Return what `start` would set up; nothing is changed."""

        async def work(connection: AsyncConnection) -> Daily:
            settings = await guilds.get_settings(connection, guild_id)
            return await _daily(connection, replace(settings, daily_channel_id=channel_id, daily_hour=hour), now)

        return await self._database.read(work)

    async def start(self, guild_id: int, channel_id: int, hour: int, locale: Language, now: datetime) -> Daily:
        """Have a question asked in the channel every day at `hour` of the guild's time zone, from the next hour on.

        A question that is open stays open until then. `locale` is the guild's language on Discord, for a guild that
        has not chosen another one: nobody brings it along at the hour itself.
        """

        async def work(connection: AsyncConnection) -> Daily:
            settings = await guilds.get_settings(connection, guild_id, lock=True)
            settings = replace(settings, daily_channel_id=channel_id, daily_hour=hour, daily_locale=locale)
            await guilds.save_settings(connection, settings)
            return await _schedule(connection, settings, now)

        daily = await self._database.write(work)
        self._jobs.changed()
        return daily

    async def reschedule(self, guild_id: int, now: datetime) -> None:
        """Move the next question to the guild's hour, after its time zone has changed."""

        async def work(connection: AsyncConnection) -> None:
            settings = await guilds.get_settings(connection, guild_id, lock=True)
            if settings.daily_hour is not None:
                await _schedule(connection, settings, now)

        await self._database.write(work)
        self._jobs.changed()

    async def stop(self, guild_id: int) -> None:
        """Ask no more; a question that is open closes at its time.

        Raises:
            NoDaily: nothing is set up.
        """

        async def work(connection: AsyncConnection) -> None:
            settings = await guilds.get_settings(connection, guild_id, lock=True)
            if settings.daily_hour is None:
                raise NoDaily
            await guilds.save_settings(connection, replace(settings, daily_channel_id=None, daily_hour=None))
            await jobs.remove_jobs(connection, [DAILY], guild_id)

        await self._database.write(work)

    async def ask(self, guild_id: int, now: datetime) -> None:
        """Close what is open and ask the question of the hour that has come; arrange the next hour.

        An hour that was missed is made up once: the day has a question or it has none.
        """

        async def work(connection: AsyncConnection) -> None:
            settings = await guilds.get_settings(connection, guild_id, lock=True)
            due_at = await jobs.find_due(connection, DAILY, guild_id)
            if settings.daily_hour is None or due_at is None or due_at > now:  # it was moved just now
                return
            last = last_slot(now, settings.daily_hour, settings.zone)
            following = (await _daily(connection, settings, now)).next_at
            await jobs.add_job(connection, DAILY, guild_id, following)
            length = following - now - CLOSES_BEFORE
            if length < SHORTEST or await games.find_daily(connection, guild_id, last.day) is not None:
                return
            still_open = await games.list_open_dailies(connection, guild_id)
            for open_one in still_open:
                await end(connection, open_one, now)
            await self._ask(connection, settings, last.day, length, now, AFTER_TALLY if still_open else timedelta())

        await self._database.write(work)
        self._jobs.changed()

    async def _ask(
        self,
        connection: AsyncConnection,
        settings: GuildSettings,
        day: date,
        length: timedelta,
        now: datetime,
        pause: timedelta,
    ) -> None:
        fence = Fence(settings.spoilers, off=await moments.switched_off(connection, settings.guild_id))
        bank = askable(self._library.moments.values(), fence)
        history = await rounds.history(connection, settings.guild_id)
        try:
            questions = draw(bank, 1, mode=Mode.DAILY, library=self._library, history=history, rng=self._rng)
        except NothingToAsk:  # everything is switched off; tomorrow something may be on again
            return
        game = await games.add_game(
            connection,
            guild_id=settings.guild_id,
            channel_id=settings.daily_channel_id or 0,
            starter_id=None,
            request_id=_request_id(settings.guild_id, day),
            language=settings.public_language(settings.daily_locale or Language.ENGLISH),
            wish=Wish(rounds=1, seconds=round(length.total_seconds()), mode=Mode.DAILY),
            now=now,
            questions=questions,
            daily_on=day,
        )
        (only,) = await rounds.list_rounds(connection, game.id)
        await jobs.add_job(connection, ASK, only.id, now + pause)

    async def open_rounds(self, guild_id: int) -> Sequence[int]:
        """The rounds of daily questions that are open, whose countdown may have to be drawn anew."""

        async def work(connection: AsyncConnection) -> Sequence[int]:
            return [round_.id for round_ in await _open_rounds(connection, guild_id)]

        return await self._database.read(work)


async def _schedule(connection: AsyncConnection, settings: GuildSettings, now: datetime) -> Daily:
    """Arrange the next question, and let one that is open stay open until then."""
    daily = await _daily(connection, settings, now)
    await jobs.add_job(connection, DAILY, settings.guild_id, daily.next_at)
    for round_ in await _open_rounds(connection, settings.guild_id):
        closes = max(daily.next_at - CLOSES_BEFORE, now)
        await rounds.move_deadline(connection, round_.id, closes)
        await jobs.add_job(connection, CLOSE, round_.id, closes + IN_FLIGHT)
    return daily


async def _open_rounds(connection: AsyncConnection, guild_id: int) -> Sequence[Round]:
    found = [
        round_
        for game in await games.list_open_dailies(connection, guild_id)
        for round_ in await rounds.list_rounds(connection, game.id)
    ]
    return [round_ for round_ in found if round_.state is RoundState.OPEN and round_.message_id is not None]


async def _daily(connection: AsyncConnection, settings: GuildSettings, now: datetime) -> Daily:
    if settings.daily_hour is None or settings.daily_channel_id is None:
        raise NoDaily
    following = next_slot(now, settings.daily_hour, settings.zone)
    while await games.find_daily(connection, settings.guild_id, following.day) is not None:  # the hour was moved later
        following = slot_on(following.day + timedelta(days=1), settings.daily_hour, settings.zone)
    return Daily(settings.daily_channel_id, settings.daily_hour, settings.time_zone, following.at)


def _request_id(guild_id: int, day: date) -> int:
    """What stands for the interaction that nobody made: the same for a guild's day, and below the ids of Discord."""
    digest = hashlib.sha256(f"{guild_id} {day.isoformat()}".encode()).digest()
    return -int.from_bytes(digest[:7])
