"""Brackets: the couples' world cup, from start to champion. Each step stands in bot/services/bracket_play.py."""

import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import (
    LONGEST_MATCHUP,
    LONGEST_NAME,
    LONGEST_NOMINATIONS,
    Bracket,
    BracketWish,
    Phase,
    check_runner,
)
from bot.domain.library import Library
from bot.domain.polls import Option, Poll, check_duration, check_host
from bot.domain.texts import Language, Localised, plain_name
from bot.errors import BracketRunning, NoSuchBracket, TooFewEntrants
from bot.services import bracket_held, bracket_play
from bot.services.bracket_held import Change, get_held, refuse_second
from bot.services.bracket_play import STEP
from bot.services.couples import CoupleService
from bot.services.jobs import JobService
from bot.services.lineup import Lineup
from bot.services.links import jump
from bot.storage import brackets, guilds, jobs
from bot.storage.database import Database

__all__ = ["STEP", "BracketService"]

Work = Callable[[AsyncConnection], Coroutine[Any, Any, Bracket]]
Run = Callable[[AsyncConnection, Bracket, datetime], Awaitable[None]]


class BracketService:
    """Starts brackets, finds them, runs them. `shortest` is the least time of nominations and of a matchup."""

    def __init__(
        self,
        database: Database,
        library: Library,
        couples: CoupleService,
        job_service: JobService,
        rng: random.Random,
        shortest: timedelta,
    ) -> None:
        self.shortest = shortest
        self._database = database
        self._couples = couples
        self._jobs = job_service
        self._lineup = Lineup(library, couples, rng)

    async def find(self, bracket_id: int) -> Bracket | None:
        """Return the bracket as it stands, or None where it is not stored."""
        return await self._database.read(lambda connection: brackets.find_bracket(connection, bracket_id))

    async def get(self, bracket_id: int) -> Bracket:
        """Return the bracket as it stands.

        Raises:
            NoSuchBracket: it is not stored.
        """
        bracket = await self.find(bracket_id)
        if bracket is None:
            raise NoSuchBracket
        return bracket

    async def find_on(self, channel_id: int) -> Bracket | None:
        """Return the bracket that is on in the channel, or None."""
        return await self._database.read(lambda connection: brackets.find_bracket_on(connection, channel_id))

    async def list(self, guild_id: int, limit: int) -> Sequence[Bracket]:
        """Return the guild's brackets, newest first."""
        return await self._database.read(lambda connection: brackets.list_brackets(connection, guild_id, limit))

    async def start(
        self,
        wish: BracketWish,
        *,
        guild_id: int,
        channel_id: int,
        creator_id: int,
        request_id: int,
        locale: Language,
        roles: frozenset[int],
        is_manager: bool,
        now: datetime,
    ) -> Bracket:
        """Start a bracket as wished for; drawn from the catalogue, it is playing at once.

        `request_id` is the id of the interaction: one request starts one bracket, however often it is delivered.
        `roles` are those of the member who asks.

        Raises:
            NameNotPlain, NameTooLong: the name is no plain one.
            DurationTooShort, DurationTooLong: nominations or matchups cannot last so long.
            HostsOnly: the member may not start one here.
            NameBlocked, ActorsNotShipped: the guild does not want what the bracket is called.
            BracketRunning: one is on in the channel.
            TooFewEntrants: the catalogue has less than four couples that the guild wants.
            Outdated: the request was served before.
        """
        wish = replace(wish, name=plain_name(wish.name, LONGEST_NAME))
        check_duration(wish.matchup_time, self.shortest, LONGEST_MATCHUP)
        if wish.nominations is not None:
            check_duration(wish.nominations, self.shortest, LONGEST_NOMINATIONS)

        async def work(connection: AsyncConnection) -> Bracket:
            settings = await guilds.get_settings(connection, guild_id)
            check_host(settings.host_role_id, roles, is_manager=is_manager)
            await refuse_second(connection, channel_id, request_id)
            self._couples.check_text(wish.name, settings)
            await self._couples.check(connection, guild_id, [Option(Localised(wish.name))])
            bracket = await brackets.add_bracket(
                connection,
                wish,
                guild_id=guild_id,
                channel_id=channel_id,
                creator_id=creator_id,
                request_id=request_id,
                language=settings.public_language(locale),
                now=now,
            )
            if bracket.nominations_close_at is None:
                await self._lineup.begin(connection, bracket, now)
            await jobs.add_job(connection, STEP, bracket.id, now + bracket_play.SOON)
            return await get_held(connection, bracket.id)

        return await self._alone(work, guild_id, channel_id, request_id)

    async def shown(self, bracket_id: int, message_id: int, now: datetime) -> None:
        """Note the message that is the card of the bracket; the first time, what comes next is arranged."""
        await self._database.write(lambda connection: bracket_play.show_card(connection, bracket_id, message_id, now))
        self._jobs.changed()

    async def begin(self, bracket_id: int, user_id: int, *, is_manager: bool, now: datetime) -> Bracket:
        """End the nominations now, and begin.

        Raises:
            NoSuchBracket, NotYourBracket, NotPossibleNow: as for every step.
            TooFewEntrants: less than four couples are nominated, and the catalogue has no others.
        """

        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            check_runner(bracket, user_id, is_manager=is_manager)
            await self._lineup.begin(connection, bracket, now)
            await jobs.add_job(connection, STEP, bracket.id, now)

        return await self._change(bracket_id, change)

    async def pause(self, bracket_id: int, user_id: int, *, is_manager: bool, now: datetime) -> Bracket:
        """Have nothing go on until somebody resumes it; the matchup that is on keeps the rest of its time.

        A rest is a minute at least. A matchup whose time is over stays over, and is decided when the bracket goes on.

        Raises:
            NoSuchBracket, NotYourBracket, NotPossibleNow: as for every step.
        """
        return await self._run(bracket_id, user_id, is_manager, now, bracket_play.pause_now)

    async def resume(self, bracket_id: int, user_id: int, *, is_manager: bool, now: datetime) -> Bracket:
        """Have a paused bracket go on.

        Raises:
            NoSuchBracket, NotYourBracket, NotPossibleNow: as for every step.
        """
        return await self._run(bracket_id, user_id, is_manager, now, bracket_play.resume_now)

    async def reopen(self, bracket_id: int, poll_id: int, user_id: int, *, is_manager: bool, now: datetime) -> Bracket:
        """Have the matchup of that poll voted on anew, from no votes; the one that was on is called off.

        Raises:
            NoSuchBracket, NotYourBracket, NotPossibleNow: as for every step.
            NotPossibleNow: that matchup is not the last that was decided (any more).
            BracketRunning: the bracket was finished, and another one is on in its channel.
        """

        async def work(connection: AsyncConnection) -> Bracket:
            bracket = await get_held(connection, bracket_id)
            check_runner(bracket, user_id, is_manager=is_manager)
            await bracket_play.reopen_now(connection, bracket, poll_id, now)
            return await get_held(connection, bracket_id)

        before = await self.get(bracket_id)
        return await self._alone(work, before.guild_id, before.channel_id)

    async def end(self, bracket_id: int, user_id: int, *, is_manager: bool, now: datetime) -> Bracket:
        """End the bracket without a champion.

        Raises:
            NoSuchBracket, NotYourBracket, NotPossibleNow: as for every step.
        """
        return await self._run(bracket_id, user_id, is_manager, now, bracket_play.end_now)

    async def hurry(self, poll_id: int, user_id: int, *, is_manager: bool, now: datetime) -> None:
        """Take no more votes in the matchup of that poll, and have it decided at once.

        Raises:
            PollGone: no such poll is stored.
            PollClosed: the matchup is over, or was called off.
            NotYourBracket: the member neither started the bracket nor may manage the guild.
            NotPossibleNow: the bracket is paused, or the matchup was not shown yet.
        """

        async def work(connection: AsyncConnection) -> None:
            bracket = await bracket_held.get_held_of(connection, poll_id)
            check_runner(bracket, user_id, is_manager=is_manager)
            await bracket_play.hurry_now(connection, bracket, poll_id, now)

        await self._database.write(work)
        self._jobs.changed()

    async def step(self, bracket_id: int, now: datetime) -> Bracket | None:
        """Do what is due: begin, or decide a matchup and open the next. Return the bracket, None where there is none.

        Called again it does nothing more. A matchup that nobody was shown is not over.
        """

        async def work(connection: AsyncConnection) -> Bracket | None:
            bracket = await brackets.find_bracket(connection, bracket_id, lock=True)
            if bracket is None or not await bracket_play.is_due(connection, bracket, now):
                return bracket
            if bracket.phase is not Phase.NOMINATING:
                await bracket_play.play_on(connection, bracket, now)
            else:
                try:
                    await self._lineup.begin(connection, bracket, now)
                except TooFewEntrants:
                    await bracket_play.prolong(connection, bracket, now)
            return await get_held(connection, bracket_id)

        bracket = await self._database.write(work)
        self._jobs.changed()
        return bracket

    async def matchup_poll(self, bracket_id: int) -> Poll | None:
        """Return the poll of the matchup that is on, or None where none is."""
        poll = await self._database.read(lambda connection: bracket_held.matchup_poll(connection, bracket_id))
        return None if poll is None else self._couples.titled(poll)

    async def polls(self, bracket_id: int) -> Sequence[Poll]:
        """Return the polls of all decided matchups in order of play."""
        return await self._database.read(lambda connection: bracket_held.decided_polls(connection, bracket_id))

    async def matchup_shown(self, poll_id: int, channel_id: int, message_id: int, now: datetime) -> None:
        """Note the message that shows a matchup; the first time, the time of the matchup begins."""
        await self._database.write(
            lambda connection: bracket_play.show_matchup(connection, poll_id, channel_id, message_id, now)
        )
        self._jobs.changed()

    async def pictured(self, bracket_id: int, number: int) -> None:
        """Note that the pictures of the rounds up to `number` (that of the last is the champion) were posted.

        Nothing of a round that was opened again meanwhile.
        """

        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            await brackets.save_bracket(connection, replace(bracket, pictured=min(number, bracket.complete)))

        await self._change(bracket_id, change)

    async def stuck(self, bracket_id: int, now: datetime) -> None:
        """Pause a bracket that Discord does not let go on, so that what is to be done next is to resume it.

        Nominations stay open, and their end is tried again later.
        """
        await self._database.write(lambda connection: bracket_play.give_up(connection, bracket_id, now))

    async def _change(self, bracket_id: int, change: Change) -> Bracket:
        bracket = await self._database.write(lambda connection: bracket_held.changed(connection, bracket_id, change))
        self._jobs.changed()
        return bracket

    async def _run(self, bracket_id: int, user_id: int, is_manager: bool, now: datetime, step: Run) -> Bracket:
        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            check_runner(bracket, user_id, is_manager=is_manager)
            await step(connection, bracket, now)

        return await self._change(bracket_id, change)

    async def _alone(self, work: Work, guild_id: int, channel_id: int, request_id: int | None = None) -> Bracket:
        """Do what must leave one bracket in the channel; of two at once, one is refused."""
        try:
            bracket = await self._database.write(work)
        except IntegrityError as error:
            await self._database.read(lambda connection: refuse_second(connection, channel_id, request_id))
            raise BracketRunning(link=jump(guild_id, channel_id)) from error
        self._jobs.changed()
        return bracket
