"""What happens to followed feeds by itself: they are looked at, digests gathered, channels get what they are owed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feed_health import LONGEST_BACK_OFF, Health, Verdict, check_soon, failed, next_check
from bot.domain.feeds import (
    MOST_IN_DIGEST,
    Entry,
    Fate,
    Feed,
    FeedState,
    Rhythm,
    Sighted,
    Telling,
    lasting,
    taken,
)
from bot.domain.own_articles import OwnArticle
from bot.domain.texts import Language
from bot.errors import ChannelRefused, FeedsBusy, FeedUnreadable
from bot.feeds.fetch import Fetched
from bot.services.feed_reading import FeedReading
from bot.services.feed_steps import CHECK, DIGEST, arrange, arrange_digest, as_found, batch, take, tell
from bot.services.jobs import JobService
from bot.services.library import LibraryService
from bot.services.own_libraries import OwnLibraries
from bot.storage import feed_items, feeds, guilds, jobs
from bot.storage.database import Database

LATEST = {CHECK: LONGEST_BACK_OFF + timedelta(hours=1), DIGEST: timedelta(days=8)}
"""What is arranged for later than that was arranged by a clock that ran ahead."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that are posted together, newest first, those included that are posted already; how many are left out."""

    number: int
    entries: Sequence[Entry]
    left_out: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the channel of a feed is owed, the language of what everybody in it sees, and the guild's time zone."""

    feed: Feed
    language: Language
    time_zone: str
    batches: Sequence[Batch]


class FeedCheckService:
    """Looks at feeds. Every feed is a job and a transaction of its own, so that none touches another."""

    def __init__(
        self,
        database: Database,
        reading: FeedReading,
        library: LibraryService,
        own_libraries: OwnLibraries,
        job_service: JobService,
    ) -> None:
        self._database = database
        self._reading = reading
        self._library = library
        self._own_libraries = own_libraries
        self._jobs = job_service

    async def check(self, feed_id: int, now: datetime) -> None:
        """Look at a feed, if it is followed: store what is new, have posted what is wanted, arrange the next look."""
        feed = await self._database.read(lambda connection: feeds.find_feed(connection, feed_id))
        if feed is None or feed.state is not FeedState.FOLLOWED:
            return
        try:
            fetched = await self._reading.read(feed.url, now, feed.etag, feed.modified)
        except FeedUnreadable as fault:
            await self.fail(feed_id, fault, now)
            return
        except FeedsBusy:
            await self._wait(feed_id, now)
            return
        sighted = await self._sight(feed, fetched)

        async def work(connection: AsyncConnection) -> Sequence[OwnArticle]:
            held = await feeds.find_feed(connection, feed_id, lock=True)
            if held is None or held.state is not FeedState.FOLLOWED:
                return ()
            if (held.url, held.filter) != (feed.url, feed.filter):  # it was changed meanwhile
                await jobs.add_job(connection, CHECK, feed_id, now)
                return ()
            if held.health.warned_at is not None:
                undelivered = held.owed is not None and held.owed.telling is Telling.WARNED
                held = replace(held, owed=None) if undelivered else await tell(connection, held, Telling.WELL, now)
            held = replace(held, health=Health(), fault=None, checked_at=now)
            joined: Sequence[OwnArticle] = ()
            if fetched is not None:
                if fetched.url != held.url:  # another feed of the channel may be moving there right now
                    await guilds.get_settings(connection, held.guild_id, lock=True)
                held = as_found(held, fetched)
                joined = await take(connection, self._library, held, sighted, now)
            await feeds.save_feed(connection, held)
            await jobs.add_job(connection, CHECK, feed_id, next_check(feed_id, held.health, now))
            return joined

        joined = await self._database.write(work)
        self._jobs.changed()
        if joined:
            await self._own_libraries.apply(feed.guild_id, joined)

    async def fail(self, feed_id: int, fault: FeedUnreadable, now: datetime) -> None:
        """Note that a feed could not be read; its channel is told when that lasts, and in the end it is given up."""

        async def work(connection: AsyncConnection) -> None:
            feed = await feeds.find_feed(connection, feed_id, lock=True)
            if feed is None or feed.state is not FeedState.FOLLOWED:
                return
            health, verdict = failed(feed.health, now, gone=fault.gone)
            feed = replace(feed, health=health, fault=fault)
            match verdict:
                case Verdict.WARN:
                    feed = await tell(connection, feed, Telling.WARNED, now)
                case Verdict.GIVE_UP:
                    feed = await tell(connection, replace(feed, state=FeedState.GIVEN_UP), Telling.GIVEN_UP, now)
                case Verdict.WAIT:
                    pass
            await feeds.save_feed(connection, feed)
            if feed.state is FeedState.FOLLOWED:
                await jobs.add_job(connection, CHECK, feed_id, next_check(feed_id, feed.health, now))
            else:
                await arrange(connection, feed, now)

        await self._database.write(work)
        self._jobs.changed()

    async def gather(self, feed_id: int, now: datetime) -> None:
        """Have what waits for a digest posted, and arrange the next one. A digest of nothing posts nothing."""

        async def work(connection: AsyncConnection) -> None:
            feed = await feeds.find_feed(connection, feed_id, lock=True)
            due_at = await jobs.find_due(connection, DIGEST, feed_id)
            if feed is None or due_at is None or due_at > now:  # it was moved just now
                return
            await arrange_digest(connection, feed, now)
            if feed.state is FeedState.FOLLOWED and feed.rhythm is not Rhythm.AT_ONCE:
                await batch(connection, feed, MOST_IN_DIGEST, now)

        await self._database.write(work)
        self._jobs.changed()

    async def arrange_again(self, feed_id: int, now: datetime) -> None:
        """Arrange the next digest of a feed, after one that could not be gathered; what waits is in that one."""

        async def work(connection: AsyncConnection) -> None:
            feed = await feeds.find_feed(connection, feed_id, lock=True)
            if feed is not None:
                await arrange_digest(connection, feed, now)

        await self._database.write(work)
        self._jobs.changed()

    async def outbox(self, feed_id: int) -> Outbox | None:
        """Return what the channel of a feed is owed; None where there is no such feed, or it is paused."""

        async def work(connection: AsyncConnection) -> Outbox | None:
            feed = await feeds.find_feed(connection, feed_id)
            if feed is None or feed.state in (FeedState.DRAFT, FeedState.PAUSED):
                return None
            if feed.state is FeedState.GIVEN_UP and feed.owed is not None and feed.owed.lasts:
                feed = replace(feed, owed=None)  # no news comes until somebody resumes it
            settings = await guilds.get_settings(connection, feed.guild_id)
            entries = await feed_items.list_unposted(connection, feed_id)
            return Outbox(feed, settings.public_language(feed.language), settings.time_zone, _batches(entries))

        return await self._database.read(work)

    async def posted(self, feed_id: int, keys: Collection[str], now: datetime) -> None:
        """Note that entries stand in the channel."""
        await self._database.write(lambda connection: feed_items.note_posted(connection, feed_id, keys, now))

    async def left_out(self, feed_id: int, keys: Collection[str]) -> None:
        """Note that entries of a batch had no room in its messages, which say how many they are."""

        async def work(connection: AsyncConnection) -> None:
            await feed_items.put_in_batch(connection, feed_id, keys, None, Fate.LEFT_OUT)

        await self._database.write(work)

    async def told(self, feed_id: int, number: int) -> None:
        """Note that the channel has been told what it was owed under that number."""

        async def work(connection: AsyncConnection) -> None:
            feed = await feeds.find_feed(connection, feed_id, lock=True)
            if feed is not None and feed.owed is not None and feed.owed.number == number:
                await feeds.save_feed(connection, replace(feed, owed=None))

        await self._database.write(work)

    async def refuse(self, feed_id: int, channel_id: int, now: datetime) -> None:
        """Pause a feed into whose channel Adlib cannot post; its entries wait until a manager lets it go on.

        A feed that has another channel by now goes on: it will be posted there.
        """

        async def work(connection: AsyncConnection) -> None:
            feed = await feeds.find_feed(connection, feed_id, lock=True)
            if feed is None or feed.state is FeedState.DRAFT or feed.channel_id != channel_id:
                return
            state = FeedState.PAUSED if feed.state is FeedState.FOLLOWED else feed.state
            feed = replace(feed, state=state, fault=ChannelRefused(), owed=lasting(feed.owed))
            await feeds.save_feed(connection, feed)
            await arrange(connection, feed, now)

        await self._database.write(work)

    async def arrange_missing(self, now: datetime) -> int:
        """Arrange what should be arranged and is not, or only after years by a clock that ran ahead; say how much."""
        latest = {kind: now + length for kind, length in LATEST.items()}
        missing = await self._database.read(
            lambda connection: feeds.list_unarranged(connection, CHECK, latest[CHECK], DIGEST, latest[DIGEST])
        )

        async def work(connection: AsyncConnection) -> None:
            for feed in missing:
                await arrange(connection, feed, now)

        if missing:
            await self._database.write(work)
            self._jobs.changed()
        return len(missing)

    async def _wait(self, feed_id: int, now: datetime) -> None:
        """Look at a feed again soon that had no turn; how it does is as it was."""

        async def work(connection: AsyncConnection) -> None:
            feed = await feeds.find_feed(connection, feed_id, lock=True)
            if feed is not None and feed.state is FeedState.FOLLOWED:
                await jobs.add_job(connection, CHECK, feed_id, check_soon(feed_id, now))

        await self._database.write(work)
        self._jobs.changed()

    async def _sight(self, feed: Feed, fetched: Fetched | None) -> Sequence[Sighted]:
        """See what the new entries of a feed name."""
        if fetched is None:
            return ()
        keys = [item.key for item in fetched.items]
        known = await self._database.read(lambda connection: feed_items.find_items(connection, feed.id, keys))
        new = await self._reading.see([item for item in fetched.items if item.key not in known], feed.filter)
        return [*new, *(Sighted(item) for item in fetched.items if item.key in known)]


def _batches(entries: Sequence[Entry]) -> Sequence[Batch]:
    numbered = sorted(entries, key=lambda entry: entry.batch or 0)
    batches: list[Batch] = []
    for number, together in groupby(numbered, key=lambda entry: entry.batch or 0):
        members = list(together)
        posted, _ = taken((entry for entry in members if entry.fate is Fate.POST), len(members))
        batches.append(Batch(number, posted, len(members) - len(posted)))
    return batches
