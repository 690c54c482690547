"""How ship polls close: no more votes, those of members who left are dropped, the tally stands, the ballots go."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import IN_FLIGHT
from bot.domain.polls import MOST_CHECKED, Poll, check_closer
from bot.errors import PollGone
from bot.services.jobs import JobService
from bot.storage import ballots, guilds, jobs, polls
from bot.storage.database import Database

CLOSE = "ship.close"
FORGET = "ship.forget"
"""Delete the ballots of a closed poll that was not public."""
SWEEP = "storage.sweep"
"""Have what was deleted gone from the disk; there is one such job at a time, of subject 0."""
SWEEP_AFTER = timedelta(minutes=5)
CHECKED_AT_ONCE = 50
FORGOTTEN_AT_ONCE = 5_000
"""Ballots deleted in one transaction, so that the close of a poll of a million holds up nobody."""


class ClosingService:
    """Closes polls, and forgets who voted for whom."""

    def __init__(self, database: Database, job_service: JobService) -> None:
        self._database = database
        self._jobs = job_service

    async def stop(self, poll_id: int, user_id: int, *, is_manager: bool, now: datetime) -> Poll:
        """Take no more votes, and have the poll closed at once.

        Raises:
            PollGone: the poll is not stored.
            PollClosed: it is closed.
            NotYourPoll: the member neither opened it nor may manage the guild.
        """

        async def work(connection: AsyncConnection) -> Poll:
            poll = await polls.find_poll(connection, poll_id, lock=True)
            if poll is None:
                raise PollGone
            check_closer(poll, user_id, is_manager=is_manager)
            if poll.closes_at is None or poll.closes_at > now:
                await polls.time_poll(connection, poll_id, closes_at=now)
            await jobs.add_job(connection, CLOSE, poll_id, now + IN_FLIGHT)
            return poll

        poll = await self._database.write(work)
        self._jobs.changed()
        return poll

    async def unchecked(self, poll_id: int) -> Sequence[int]:
        """Return voters of an open poll of whom to ask whether they are still in the guild; none where none matters.

        Only where the guild drops the votes of members who left, and only up to `MOST_CHECKED` voters.
        """

        async def work(connection: AsyncConnection) -> Sequence[int]:
            poll = await polls.find_poll(connection, poll_id)
            if poll is None or poll.closed_at is not None or poll.voters > MOST_CHECKED:
                return ()
            if not (await guilds.get_settings(connection, poll.guild_id)).drop_leavers:
                return ()
            return await ballots.unchecked_voters(connection, poll_id, CHECKED_AT_ONCE)

        return await self._database.read(work)

    async def checked(self, poll_id: int, here: Collection[int], gone: Collection[int]) -> None:
        """Note which voters are still in the guild, and drop the votes of those who are gone."""

        async def work(connection: AsyncConnection) -> None:
            poll = await polls.find_poll(connection, poll_id, lock=True)
            if poll is not None and poll.closed_at is None:
                await ballots.check_voters(connection, poll_id, here, gone)

        await self._database.write(work)

    async def close(self, poll_id: int, now: datetime) -> Poll | None:
        """Close the poll, if it is open, and return it; None where it is not stored."""

        async def work(connection: AsyncConnection) -> Poll | None:
            closed = await polls.close_poll(connection, poll_id, now)
            poll = await polls.find_poll(connection, poll_id)
            if closed and poll is not None and poll.is_secret:
                await jobs.add_job(connection, FORGET, poll_id, now)
            return poll

        poll = await self._database.write(work)
        self._jobs.changed()
        return poll

    async def forget(self, poll_id: int, now: datetime) -> None:
        """Delete the ballots of a closed secret poll: the tally is what stays. Have the disk swept after it.

        A sweep holds up every vote while it runs, so one serves all polls that close within `SWEEP_AFTER`.
        """
        poll = await self._database.read(lambda connection: polls.find_poll(connection, poll_id))
        if poll is None or poll.closed_at is None or not poll.is_secret:
            return
        forgotten: int | None = 0
        while forgotten is not None:
            forgotten = await self._forget_some(poll_id, forgotten)

        async def work(connection: AsyncConnection) -> None:
            waiting = await jobs.find_due(connection, SWEEP, 0)
            if waiting is None or waiting <= now:  # one that is under way may have begun too early
                await jobs.add_job(connection, SWEEP, 0, now + SWEEP_AFTER)

        await self._database.write(work)
        self._jobs.changed()

    async def sweep(self) -> None:
        """Have forgotten ballots gone from the disk as well, as far as the database can do that."""
        await self._database.sweep("ballot")

    async def _forget_some(self, poll_id: int, above: int) -> int | None:
        return await self._database.write(
            lambda connection: ballots.forget_ballots(connection, poll_id, FORGOTTEN_AT_ONCE, above)
        )
