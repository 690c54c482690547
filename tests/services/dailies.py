"""The channel of tests/services/play.py, with a daily question in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Asked, RoundState, Scored
from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.services.daily import DAILY, Daily, DailyService
from bot.services.rounds import ASK
from bot.storage import games, guesses, guilds, moments, rounds
from bot.storage.database import Database
from bot.storage.tables import game
from tests.services.play import (
    ALICE,
    BORA,
    CHANNEL,
    GUILD,
    NOON,
    Channel,
    Click,
    Members,
    Message,
    Process,
    right,
    wrong,
)

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SEOUL: Final = ZoneInfo("Asia/Seoul")
EIGHT: Final = NOON - HOUR + DAY
"""The first evening, 20:00 in Seoul, after the question was set up at noon UTC, which is 21:00 there."""
FIRST: Final = date(2026, 5, 2)
TICK: Final = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Shown:
    """A daily question as the channel and the database show it; `sent_at` None: it never stood in the channel."""

    day: date
    sent_at: datetime | None
    deadline: datetime | None
    state: RoundState
    scored: tuple[Scored, ...]
    edits: tuple[str, ...]
    subject: tuple[str, int]


class CannotPost(Exception):
    """Discord refuses what is sent."""


def _never(_now: datetime) -> bool:
    return False


class Lounge(Channel):
    """A channel with a daily question. While it `refuses`, nothing can be sent there."""

    now: datetime
    daily: DailyService
    refuses: Callable[[datetime], bool] = staticmethod(_never)

    def restart(self) -> Process:
        """Go on with a new process on the same database."""
        process = super().restart()
        self.daily = DailyService(self._database, self._library, process.jobs, Random(7))
        process.jobs.on(ASK, self._ask, lambda job, now: process.rounds.abandon_round(job.subject, now))
        process.jobs.on(DAILY, self._hour)
        return process

    @property
    def stored(self) -> Database:
        """The database of the process."""
        return self._database

    async def _hour(self, job: Job, now: datetime) -> None:
        self._pass("the hour")
        await self.daily.ask(job.subject, now)
        self._pass("drawn")

    def _post(self, nonce: str) -> Message:
        if self.refuses(self.now):
            raise CannotPost
        return super()._post(nonce)

    async def set_up(self, hour: int = 20, locale: Language = Language.ENGLISH) -> Daily:
        """Have a question asked every day."""
        return await self.daily.start(GUILD, CHANNEL, hour, locale, self.now)

    async def move_to(self, zone: str) -> Daily:
        """Put the guild into another time zone."""
        await configure(self._database, time_zone=zone)
        await self.daily.reschedule(GUILD, self.now)
        return await self.daily.get(GUILD, self.now)

    async def be_down(self, length: timedelta) -> None:
        """Be gone for so long, then do what is due."""
        self.now += length
        self.restart()
        await self.play(self.now)

    async def questions(self, guild_id: int = GUILD) -> list[Shown]:
        """All daily questions of the guild in the order in which they were drawn."""

        async def work(connection: AsyncConnection) -> list[Shown]:
            drawn = select(game.c.id, game.c.daily_on).where(game.c.guild_id == guild_id, game.c.daily_on.is_not(None))
            found: list[Shown] = []
            for game_id, day in (await connection.execute(drawn.order_by(game.c.id))).all():
                (only,) = await rounds.list_rounds(connection, game_id)
                sent = self.messages.get(f"ask-{only.id}")
                scored = tuple(await guesses.list_scored(connection, only))
                subject = only.question.moment_id, only.question.part
                times = sent.sent_at if sent else None, only.deadline
                edits = tuple(sent.edits) if sent else ()
                found.append(Shown(date.fromisoformat(day), *times, only.state, scored, edits, subject))
            return found

        return await self._database.read(work)

    async def open_days(self) -> list[date | None]:
        """The days whose question is open."""
        return [
            entry.daily_on
            for entry in await self._database.read(lambda connection: games.list_open_dailies(connection, GUILD))
        ]


def nobody(_asked: Asked, _sent_at: datetime) -> Sequence[Click]:
    """Nobody says anything."""
    return []


def regulars(asked: Asked, sent_at: datetime) -> Sequence[Click]:
    """Alice is right every day after an hour; Bora is wrong after two."""
    said = [(ALICE, right(asked.round), HOUR), (BORA, wrong(asked.round), 2 * HOUR)]
    return [Click(sent_at + wait, user_id, asked.round.id, choice=choice) for user_id, choice, wait in said]


def lounge(database: Database, library: Library, members: Members = nobody) -> Lounge:
    return Lounge(database, library, members)


def points_of(shown: Shown, user_id: int) -> int | None:
    """What a member got for the question of a day; None where she said nothing."""
    return next((entry.points for entry in shown.scored if entry.guess.user_id == user_id), None)


async def configure(database: Database, **changes: Any) -> None:
    """Change settings of the guild."""

    async def work(connection: AsyncConnection) -> None:
        settings = await guilds.get_settings(connection, GUILD)
        await guilds.save_settings(connection, replace(settings, **changes))

    await database.write(work)


async def switch_off(database: Database, library: Library, *, but: int = 0) -> Sequence[str]:
    """Switch the moments of the library off in the guild, but for some that can be asked about; return those."""
    ready = sorted(entry.id for entry in library.moments.values() if entry.game_ready and entry.spoilers == "none")

    async def work(connection: AsyncConnection) -> None:
        for moment_id in set(library.moments) - set(ready[:but]):
            await moments.switch_off(connection, GUILD, moment_id, NOON)

    await database.write(work)
    return ready[:but]


async def switch_on(database: Database, library: Library) -> None:
    """Let all moments be asked about again."""

    async def work(connection: AsyncConnection) -> None:
        for moment_id in library.moments:
            await moments.switch_on(connection, GUILD, moment_id)

    await database.write(work)
