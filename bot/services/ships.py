"""Ship polls: opening them, voting, looking at them. How they close stands in bot/services/closing.py."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ballots import add_choice, check_vote, set_choices
from bot.domain.jobs import IN_FLIGHT
from bot.domain.polls import (
    LONGEST,
    Option,
    Poll,
    PollWish,
    check_choices,
    check_duration,
    check_host,
    check_options,
    check_question,
)
from bot.domain.texts import Language, Localised
from bot.errors import BallotsSecret, NoSuchPoll, Outdated, PollGone, ResultHidden, UserError
from bot.services.closing import CLOSE
from bot.services.couples import CoupleService
from bot.services.jobs import JobService
from bot.storage import ballots, guilds, jobs, polls
from bot.storage.database import Database
from bot.storage.group import GroupWriter

SHOW = "ship.show"
"""Show a poll whose announcement was the last thing before the plug was pulled."""
SHOWN_WITHIN = timedelta(seconds=15)
VOTERS_A_PAGE = 20
MOST_EXPORTED = 100_000
"""Voters in one table, so that the file stays below what Discord takes."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's vote on its way to a poll: one more `option`, or a whole ballot, `chosen`, that replaces hers.

    `guild_id` is where she pressed: ids of other guilds' polls can be typed by hand.
    """

    poll_id: int
    user_id: int
    at: datetime
    option: int | None = None
    chosen: frozenset[int] | None = None
    roles: frozenset[int] = frozenset()
    guild_id: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Voted:
    """The poll as it stands with a vote, and the voter's ballot."""

    poll: Poll
    mine: frozenset[int]


class ShipService:
    """Opens polls, counts votes, shows them. `shortest` is the least time that a poll stays open."""

    def __init__(
        self, database: Database, couples: CoupleService, job_service: JobService, shortest: timedelta
    ) -> None:
        self.shortest = shortest
        self._database = database
        self._couples = couples
        self._jobs = job_service
        self._votes = GroupWriter(database, self._count_batch)

    async def options(self, guild_id: int, couples: Sequence[str]) -> Sequence[Option]:
        """Return the options that `couples` (ids of the catalogue, or typed) stand for in the guild.

        Raises:
            UserError: one of them is no couple, or not wanted there; see `CoupleService.option`.
        """
        settings = await self._database.read(lambda connection: guilds.get_settings(connection, guild_id))
        return check_options([self._couples.option(text, settings) for text in couples])

    async def open(
        self,
        wish: PollWish,
        options: Sequence[Option],
        *,
        guild_id: int,
        channel_id: int,
        creator_id: int,
        request_id: int,
        locale: Language,
        now: datetime,
        roles: frozenset[int] = frozenset(),
        is_manager: bool = False,
    ) -> Poll:
        """Open the poll that `wish` asks for between `options`.

        `request_id` is the id of the interaction: one request opens one poll, however often it is delivered. `roles`
        are those of the member who asks.

        Raises:
            UserError: the wish makes no poll, or she may not open one; bot/domain/polls.py says which refusals.
            NameBlocked, ActorsNotShipped: a name is not wanted there, in the question neither.
            Outdated: the request was served before.
        """
        check_options(options)
        check_choices(wish.choices, len(options))
        question = check_question(wish.question)
        named = [Option(Localised(question))] if question else []  # held against the block list as a couple is
        closes_at = None if wish.duration is None else now + check_duration(wish.duration, self.shortest, LONGEST)

        async def work(connection: AsyncConnection) -> Poll:
            settings = await guilds.get_settings(connection, guild_id)
            check_host(settings.host_role_id, roles, is_manager=is_manager)
            self._couples.check_text(question or "", settings)
            await self._couples.check(connection, guild_id, [*options, *named])
            poll = await polls.add_poll(
                connection,
                guild_id=guild_id,
                channel_id=channel_id,
                creator_id=creator_id,
                request_id=request_id,
                language=settings.public_language(locale),
                opened_at=now,
                closes_at=closes_at,
                options=options,
                question=question,
                secrecy=wish.secrecy,
                choices=wish.choices,
                voter_role_id=wish.voter_role_id,
            )
            if closes_at is not None:
                await jobs.add_job(connection, CLOSE, poll.id, closes_at + IN_FLIGHT)
            await jobs.add_job(connection, SHOW, poll.id, now + SHOWN_WITHIN)
            return poll

        try:
            poll = await self._database.write(work)
        except IntegrityError as error:
            raise Outdated from error
        self._jobs.changed()
        return self._couples.titled(poll)

    async def shown(self, poll_id: int, channel_id: int, message_id: int) -> None:
        """Note the message that shows the poll."""
        await self._database.write(lambda connection: polls.show_poll(connection, poll_id, channel_id, message_id))

    async def vote(self, vote: Vote) -> Voted:
        """Count a vote, and return the poll as it stands with it.

        Raises:
            PollGone: the guild has no such poll (any more).
            PollClosed, PollPaused: it takes no votes, or did not at the click.
            VotersOnly: the member lacks the role that votes in it.
            SameVote, NoVotesLeft, NoVote, Outdated: the ballot cannot be changed so; see bot/domain/ballots.py.
        """
        return await self._votes.submit(vote)

    async def _count_batch(self, connection: AsyncConnection, batch: Sequence[Vote]) -> Sequence[Voted | UserError]:
        found = await polls.find_polls(connection, {vote.poll_id for vote in batch}, lock=True)
        before = await ballots.find_ballots(connection, {(vote.poll_id, vote.user_id) for vote in batch})
        after = dict(before)
        outcomes: list[UserError | frozenset[int]] = []
        changes: Counter[int] = Counter()
        for vote in batch:
            key = (vote.poll_id, vote.user_id)
            try:
                after[key] = _changed(found.get(vote.poll_id), vote, after[key])
            except UserError as refusal:
                outcomes.append(refusal)
                continue
            changes[vote.poll_id] += 1
            outcomes.append(after[key])
        if changes:
            await ballots.change_ballots(connection, before, after)
        for poll_id, count in changes.items():
            moved, voters = _moved(poll_id, before, after)
            await ballots.move_tally(connection, poll_id, moved, voters=voters, changes=count)
        now = await polls.find_polls(connection, found) if changes else found
        return [
            outcome if isinstance(outcome, UserError) else Voted(self._couples.titled(now[vote.poll_id]), outcome)
            for vote, outcome in zip(batch, outcomes, strict=True)
        ]

    async def ballot(self, poll_id: int, user_id: int, *, guild_id: int) -> Voted:
        """Return the poll and what the member has chosen in it; nothing of a closed poll that is not public.

        Raises:
            PollGone: the guild has no such poll (any more).
        """

        async def work(connection: AsyncConnection) -> tuple[Poll | None, frozenset[int]]:
            found = await ballots.find_ballots(connection, [(poll_id, user_id)])
            return await polls.find_poll(connection, poll_id), found[poll_id, user_id]

        found, mine = await self._database.read(work)
        poll = self._couples.titled(_of_guild(found, guild_id))
        return Voted(poll, frozenset() if poll.closed_at is not None and poll.is_secret else mine)

    async def voters(
        self, poll_id: int, page: int, *, guild_id: int
    ) -> tuple[Poll, int, Sequence[tuple[int, tuple[int, ...]]]]:
        """Return the poll, which page it is (a page out of range becomes the nearest) and the members on it.

        Each comes with the numbers of the options that she has chosen.

        Raises:
            PollGone: the guild has no such poll (any more).
            BallotsSecret: it is not public.
        """

        async def work(connection: AsyncConnection) -> tuple[Poll, int, Sequence[tuple[int, tuple[int, ...]]]]:
            poll = _of_guild(await polls.find_poll(connection, poll_id), guild_id)
            if poll.is_secret:
                raise BallotsSecret
            shown = min(max(page, 0), max(poll.voters - 1, 0) // VOTERS_A_PAGE)
            return poll, shown, await ballots.list_voters(connection, poll_id, shown * VOTERS_A_PAGE, VOTERS_A_PAGE)

        return await self._database.read(work)

    async def all_voters(self, poll: Poll) -> Sequence[tuple[int, tuple[int, ...]]]:
        """Return the members who voted in a public poll with the numbers of the options that each has chosen.

        Raises:
            BallotsSecret: it is not public.
        """
        if poll.is_secret:
            raise BallotsSecret
        return await self._database.read(lambda connection: ballots.list_voters(connection, poll.id, 0, MOST_EXPORTED))

    async def find(self, poll_id: int) -> Poll | None:
        """Return the poll as it stands, or None where it is not stored."""
        poll = await self._database.read(lambda connection: polls.find_poll(connection, poll_id))
        return None if poll is None else self._couples.titled(poll)

    async def get(self, guild_id: int, poll_id: int) -> Poll:
        """Return a poll of the guild.

        Raises:
            NoSuchPoll: the guild has no such poll.
        """
        poll = await self.find(poll_id)
        if poll is None or poll.guild_id != guild_id:
            raise NoSuchPoll
        return poll

    async def of_message(self, message_id: int) -> Poll | None:
        """Return the poll that the message shows, or None."""
        return await self._database.read(lambda connection: polls.find_poll_of_message(connection, message_id))

    async def list(self, guild_id: int, *, only_open: bool = False, limit: int = 200) -> Sequence[Poll]:
        """Return the guild's newest polls; matchups of brackets only while they are open."""
        return await self._database.read(
            lambda connection: polls.list_polls(connection, guild_id, limit, only_open=only_open)
        )

    async def result(self, guild_id: int, poll_id: int) -> Poll:
        """Return a poll of the guild whose tally may be seen.

        Raises:
            NoSuchPoll: the guild has no such poll.
            ResultHidden: its tally is hidden until it closes.
        """
        poll = await self.get(guild_id, poll_id)
        if not poll.shows_tally:
            raise ResultHidden
        return poll


def _of_guild(poll: Poll | None, guild_id: int) -> Poll:
    if poll is None or poll.guild_id != guild_id:
        raise PollGone
    return poll


def _changed(poll: Poll | None, vote: Vote, mine: frozenset[int]) -> frozenset[int]:
    poll = _of_guild(poll, vote.guild_id)
    check_vote(poll, vote.at, vote.roles)
    if vote.chosen is not None:
        return set_choices(poll, mine, vote.chosen)
    return add_choice(poll, mine, -1 if vote.option is None else vote.option)


def _moved(
    poll_id: int, before: Mapping[ballots.Key, frozenset[int]], after: Mapping[ballots.Key, frozenset[int]]
) -> tuple[Counter[int], int]:
    moved: Counter[int] = Counter()
    voters = 0
    for key, chosen in after.items():
        if key[0] == poll_id:
            moved.update(chosen - before[key])
            moved.subtract(before[key] - chosen)
            voters += bool(chosen) - bool(before[key])
    return moved, voters
