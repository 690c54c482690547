"""Ship polls: from the couples that are typed to the closed tally."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.folding import fold_words
from bot.content.search import couple_index
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Article, Couple, Drama, Library
from bot.domain.polls import LONGEST, MOST_COUPLES, Option, Poll, check_duration, check_options, check_vote
from bot.domain.texts import Language, Localised, is_pair, plain_name
from bot.errors import NoSuchCouple, Outdated, PollGone, UserError
from bot.services.jobs import JobService
from bot.storage import guilds, jobs, polls
from bot.storage.database import Database
from bot.storage.group import GroupWriter

CLOSE = "ship.close"


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's vote on its way to a poll."""

    poll_id: int
    user_id: int
    option: int
    at: datetime


class ShipService:
    """Opens polls, counts votes, closes polls. `shortest` is the least time that a poll stays open."""

    def __init__(self, database: Database, library: Library, job_service: JobService, shortest: timedelta) -> None:
        self.library = library
        self.shortest = shortest
        self._database = database
        self._jobs = job_service
        self._index = couple_index(library)
        self._votes = GroupWriter(database, self._count_batch)

    def suggest(self, query: str, limit: int = 25) -> Sequence[Couple]:
        """Return the couples to offer while a member types; before she types, the main couples of newer dramas."""
        query = query[:100]
        if query.strip():
            return [self.library.couples[couple_id] for couple_id in self._index.search(query, limit)]
        dramas = sorted(self.library.dramas.values(), key=lambda drama: -drama.year)
        return [couple for couple in self.library.couples_of(dramas) if couple.kind == "main"][:limit]

    def drama_of(self, couple: Couple) -> Drama:
        """Return the drama that the couple is of."""
        return self.library.dramas[couple.drama_id]

    def couples_for(self, article: Article | None) -> tuple[Sequence[Couple], Sequence[Couple]]:
        """Return the couples an article is about, and others to set beside them."""
        own = self.library.couples_of(self.library.dramas_of(article)) if article else ()
        return own[:MOST_COUPLES], [couple for couple in self.suggest("") if couple not in own]

    def option(self, text: str) -> Option:
        """Return the option that `text` stands for: a couple of the catalogue by its id or name, or a typed one.

        Raises:
            NameNotPlain: a typed name holds formatting, a mention or an invisible character.
            NameTooLong: a typed name does not fit on a button.
            NoSuchCouple: the text is neither a couple of the catalogue nor two names.
        """
        if couple := self.library.couples.get(text):
            return Option(couple.name, couple.id)
        name = plain_name(text)
        if couple := self._by_name(name):
            return Option(couple.name, couple.id)
        if not is_pair(name):
            raise NoSuchCouple(text=name)
        return Option(Localised(name))

    def _by_name(self, name: str) -> Couple | None:
        found = [self.library.couples[couple_id] for couple_id in self._index.search(name, 2)]
        typed = frozenset(fold_words(name.replace("-", "")))
        exact = [
            couple
            for couple in found
            if typed in {frozenset(fold_words(form.replace("-", ""))) for form in couple.name.all}
        ]
        return exact[0] if len(exact) == 1 else None

    async def open(
        self,
        *,
        guild_id: int,
        channel_id: int,
        creator_id: int,
        request_id: int,
        locale: Language,
        couples: Sequence[str],
        duration: timedelta,
        now: datetime,
    ) -> Poll:
        """Open a poll between `couples` (ids of the catalogue, or typed) for `duration`.

        `request_id` is the id of the interaction: one request opens one poll, however often it is delivered.

        Raises:
            UserError: the couples or the duration make no poll; `option` and bot/domain/polls.py say which refusals.
            Outdated: the request was served before.
        """
        options = check_options([self.option(text) for text in couples])
        closes_at = now + check_duration(duration, self.shortest, LONGEST)

        async def work(connection: AsyncConnection) -> Poll:
            settings = await guilds.get_settings(connection, guild_id)
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
            )
            await jobs.add_job(connection, CLOSE, poll.id, closes_at + IN_FLIGHT)
            return poll

        try:
            poll = await self._database.write(work)
        except IntegrityError as error:
            raise Outdated from error
        self._jobs.changed()
        return poll

    async def shown(self, poll_id: int, message_id: int) -> None:
        """Note the message that shows the poll."""
        await self._database.write(lambda connection: polls.show_poll(connection, poll_id, message_id))

    async def vote(self, vote: Vote) -> Poll:
        """Count a vote, a changed one instead of the earlier; return the poll as it stands with it.

        Raises:
            PollGone: the poll is not stored.
            PollClosed: it was closed, or its time was over at the click.
            Outdated: it has no such option.
        """
        return await self._votes.submit(vote)

    async def _count_batch(self, connection: AsyncConnection, batch: Sequence[Vote]) -> Sequence[Poll | UserError]:
        found = await polls.find_polls(connection, {vote.poll_id for vote in batch}, lock=True)
        chosen = dict(await polls.find_ballots(connection, [(vote.poll_id, vote.user_id) for vote in batch]))
        refused: dict[int, UserError] = {}
        moved: dict[int, Counter[int]] = {poll_id: Counter() for poll_id in found}
        changes: Counter[int] = Counter()
        for place, vote in enumerate(batch):
            try:
                _check(found.get(vote.poll_id), vote)
            except UserError as refusal:
                refused[place] = refusal
                continue
            key = (vote.poll_id, vote.user_id)
            if chosen.get(key) == vote.option:
                continue
            if key in chosen:
                moved[vote.poll_id][chosen[key]] -= 1
            moved[vote.poll_id][vote.option] += 1
            changes[vote.poll_id] += 1
            chosen[key] = vote.option
            await polls.save_ballot(connection, vote.poll_id, vote.user_id, vote.option, vote.at)
        for poll_id, count in changes.items():
            await polls.move_tally(connection, poll_id, moved[poll_id], count)
        after = await polls.find_polls(connection, found)
        return [refused.get(place) or after[vote.poll_id] for place, vote in enumerate(batch)]

    async def my_vote(self, poll_id: int, user_id: int) -> tuple[Poll, int | None]:
        """Return the poll and the number of the option that the member chose, None where she has not voted.

        Raises:
            PollGone: the poll is not stored.
        """

        async def work(connection: AsyncConnection) -> tuple[Poll | None, int | None]:
            ballots = await polls.find_ballots(connection, [(poll_id, user_id)])
            return await polls.find_poll(connection, poll_id), ballots.get((poll_id, user_id))

        poll, option = await self._database.read(work)
        if poll is None:
            raise PollGone
        return poll, option

    async def find(self, poll_id: int) -> Poll | None:
        """Return the poll as it stands, or None where it is not stored."""
        return await self._database.read(lambda connection: polls.find_poll(connection, poll_id))

    async def close(self, poll_id: int, now: datetime) -> Poll | None:
        """Close the poll, if it is open, and return it; None where it is not stored."""

        async def work(connection: AsyncConnection) -> Poll | None:
            await polls.close_poll(connection, poll_id, now)
            return await polls.find_poll(connection, poll_id)

        return await self._database.write(work)


def _check(poll: Poll | None, vote: Vote) -> None:
    if poll is None:
        raise PollGone
    check_vote(poll, vote.at)
    if vote.option not in range(len(poll.options)):
        raise Outdated
