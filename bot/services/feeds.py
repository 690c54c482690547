"""The feeds of a guild, and changing them: filters, rhythm, channel, role, pausing, removing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.folding import fold
from bot.domain.feed_health import Health
from bot.domain.feed_words import merge_words
from bot.domain.feeds import MOST_A_CHECK, MOST_FILTERS, Feed, FeedState, Filter, Rhythm, Telling, lasting
from bot.domain.library import Drama, Library, Person
from bot.domain.links import link_key
from bot.errors import AlreadyFollowed, ChannelRefused, NoSuchFeed, TooManyFilters
from bot.services.feed_steps import CHECK, DIGEST, POST, arrange, arrange_digest, batch, drop_old, tell
from bot.services.jobs import JobService
from bot.storage import feed_items, feeds, jobs
from bot.storage.database import Database

Named = Drama | Person | str
"""What an entry is taken for: a drama or person of the library, or a word."""
Change = Callable[[Feed], Feed]
Then = Callable[[AsyncConnection, Feed], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed of a guild, and when something of it was posted last."""

    feed: Feed
    posted_at: datetime | None


class FeedService:
    """Keeps the feeds of guilds. A feed of another guild is one that is not there; drafts are left to FeedPreviews."""

    def __init__(self, database: Database, library: Library, job_service: JobService) -> None:
        self._database = database
        self._library = library
        self._jobs = job_service

    def named(self, names: Sequence[str]) -> Sequence[Named]:
        """Return what filters and entries are about: ids of dramas and names of people as what they stand for."""
        return [self._library.dramas.get(name) or self._library.people.get(name) or name for name in names]

    async def list(self, guild_id: int) -> Sequence[Followed]:
        """Return the guild's feeds, oldest first."""

        async def work(connection: AsyncConnection) -> Sequence[Followed]:
            listed = await feeds.list_feeds(connection, guild_id)
            posted = await feed_items.last_posted(connection, [feed.id for feed in listed])
            return [Followed(feed, posted.get(feed.id)) for feed in listed]

        return await self._database.read(work)

    async def get(self, guild_id: int, feed_id: int) -> Followed:
        """Return a feed of the guild.

        Raises:
            NoSuchFeed: it has no such feed (any more).
        """

        async def work(connection: AsyncConnection) -> Followed:
            feed = await _held(connection, guild_id, feed_id, lock=False)
            return Followed(feed, (await feed_items.last_posted(connection, [feed.id])).get(feed.id))

        return await self._database.read(work)

    async def suggest(self, guild_id: int, typed: str) -> Sequence[Feed]:
        """Return the guild's feeds that answer to what is being typed: a part of the title or of the address."""
        listed = [followed.feed for followed in await self.list(guild_id)]
        wanted = fold(typed)
        return [feed for feed in listed if wanted in fold(feed.title) or typed.casefold() in feed.url.casefold()]

    async def find(self, guild_id: int, text: str) -> Feed:
        """Return the feed that `text` is the number of, or the only one that answers to it.

        Raises:
            NoSuchFeed: none of the guild's does, or several do.
        """
        if text.isascii() and text.isdecimal() and len(text) < 19:
            return (await self.get(guild_id, int(text))).feed
        found = await self.suggest(guild_id, text)
        if len(found) != 1:
            raise NoSuchFeed
        return found[0]

    async def add_filters(self, guild_id: int, feed_id: int, more: Filter) -> Followed:
        """Add to what a feed takes and leaves out; a word that is wanted now is not left out any more, and vice versa.

        Raises:
            NoSuchFeed: the guild has no such feed.
            TooManyFilters: they would be too many.
        """

        def add(feed: Feed) -> Feed:
            old = feed.filter
            wanted = Filter(
                (*old.dramas, *(new for new in more.dramas if new not in old.dramas)),
                (*old.people, *(new for new in more.people if new not in old.people)),
                merge_words(old.words, more.words, against=more.without),
                merge_words(old.without, more.without, against=more.words),
            )
            if len(wanted) > MOST_FILTERS:
                raise TooManyFilters(limit=MOST_FILTERS)
            return replace(feed, filter=wanted)

        return await self._change(guild_id, feed_id, add)

    async def drop_filters(self, guild_id: int, feed_id: int, dropped: Filter) -> Followed:
        """Take away some of what a feed takes and leaves out.

        Raises:
            NoSuchFeed: the guild has no such feed.
        """

        def drop(feed: Feed) -> Feed:
            kept = {
                name: tuple(value for value in getattr(feed.filter, name) if value not in getattr(dropped, name))
                for name in ("dramas", "people", "words", "without")
            }
            return replace(feed, filter=Filter(**kept))

        return await self._change(guild_id, feed_id, drop)

    async def set_rhythm(
        self, guild_id: int, feed_id: int, now: datetime, *, rhythm: Rhythm | None = None, hour: int | None = None
    ) -> Followed:
        """Change when entries are posted; what waits for a digest that will not come any more is posted at once.

        Raises:
            NoSuchFeed: the guild has no such feed.
        """

        def turn(feed: Feed) -> Feed:
            return replace(feed, rhythm=rhythm or feed.rhythm, hour=feed.hour if hour is None else hour)

        async def move(connection: AsyncConnection, feed: Feed) -> None:
            await arrange_digest(connection, feed, now)
            if feed.rhythm is Rhythm.AT_ONCE:
                await batch(connection, feed, MOST_A_CHECK, now)

        return await self._change(guild_id, feed_id, turn, move)

    async def set_role(self, guild_id: int, feed_id: int, role_id: int | None) -> Followed:
        """Have a role mentioned in every post, or nobody.

        Raises:
            NoSuchFeed: the guild has no such feed.
        """
        return await self._change(guild_id, feed_id, lambda feed: replace(feed, role_id=role_id))

    async def check_channel(self, guild_id: int, feed_id: int, channel_id: int) -> Feed:
        """Return the feed of the guild, which may move to the channel.

        Raises:
            NoSuchFeed: the guild has no such feed.
            AlreadyFollowed: the channel follows that feed already.
        """

        async def work(connection: AsyncConnection) -> Feed:
            feed = await _held(connection, guild_id, feed_id, lock=False)
            await _check_channel(connection, feed, channel_id)
            return feed

        return await self._database.read(work)

    async def set_channel(self, guild_id: int, feed_id: int, channel_id: int, now: datetime) -> Followed:
        """Have a feed posted in another channel, which is told; one that is paused stays so until it is resumed.

        Raises:
            NoSuchFeed, AlreadyFollowed: as for `check_channel`.
        """

        async def work(connection: AsyncConnection) -> Followed:
            feed = await _held(connection, guild_id, feed_id)
            await _check_channel(connection, feed, channel_id)
            if feed.channel_id != channel_id:
                fault = None if isinstance(feed.fault, ChannelRefused) else feed.fault
                feed = replace(feed, channel_id=channel_id, fault=fault)
                if feed.owed is None or feed.owed.telling not in (Telling.WARNED, Telling.GIVEN_UP):
                    feed = await tell(connection, feed, Telling.FOLLOWED, now)
                await feeds.save_feed(connection, feed)
                await jobs.add_job(connection, POST, feed.id, now)
            return Followed(feed, (await feed_items.last_posted(connection, [feed_id])).get(feed_id))

        moved = await self._database.write(work)
        self._jobs.changed()
        return moved

    async def pause(self, guild_id: int, feed_id: int, now: datetime) -> Followed:
        """Look at a feed no more, and post nothing of it, until it is resumed.

        Raises:
            NoSuchFeed: the guild has no such feed.
        """

        def stop(feed: Feed) -> Feed:
            return replace(feed, state=FeedState.PAUSED) if feed.state is FeedState.FOLLOWED else feed

        async def stand_still(connection: AsyncConnection, feed: Feed) -> None:
            await arrange(connection, feed, now)

        return await self._change(guild_id, feed_id, stop, stand_still)

    async def resume(self, guild_id: int, feed_id: int, now: datetime) -> Followed:
        """Go on with a feed that is paused or given up, as if nothing had been; what waited a week is not posted.

        Raises:
            NoSuchFeed: the guild has no such feed.
        """

        def go_on(feed: Feed) -> Feed:
            if feed.state is FeedState.FOLLOWED:
                return feed
            return replace(feed, state=FeedState.FOLLOWED, health=Health(), fault=None, owed=lasting(feed.owed))

        async def begin(connection: AsyncConnection, feed: Feed) -> None:
            if await jobs.find_due(connection, CHECK, feed.id) is None:
                await drop_old(connection, feed, now)
                await arrange(connection, feed, now, first=now)
                await jobs.add_job(connection, POST, feed.id, now)

        return await self._change(guild_id, feed_id, go_on, begin)

    async def remove(self, guild_id: int, feed_id: int) -> Feed:
        """Remove a feed and return what it was; articles that it brought stay in the library.

        Raises:
            NoSuchFeed: the guild has no such feed.
        """

        async def work(connection: AsyncConnection) -> Feed:
            feed = await _held(connection, guild_id, feed_id)
            await jobs.remove_jobs(connection, (CHECK, DIGEST, POST), feed_id)
            await feeds.remove_feed(connection, feed_id)
            return feed

        return await self._database.write(work)

    async def reschedule(self, guild_id: int, now: datetime) -> None:
        """Move the digests of a guild to their hours, after its time zone has changed."""

        async def work(connection: AsyncConnection) -> None:
            for feed in await feeds.list_feeds(connection, guild_id):
                await arrange_digest(connection, feed, now)

        await self._database.write(work)
        self._jobs.changed()

    async def _change(self, guild_id: int, feed_id: int, change: Change, then: Then | None = None) -> Followed:
        async def work(connection: AsyncConnection) -> Followed:
            feed = change(await _held(connection, guild_id, feed_id))
            await feeds.save_feed(connection, feed)
            if then is not None:
                await then(connection, feed)
            return Followed(feed, (await feed_items.last_posted(connection, [feed_id])).get(feed_id))

        followed = await self._database.write(work)
        self._jobs.changed()
        return followed


async def _held(connection: AsyncConnection, guild_id: int, feed_id: int, *, lock: bool = True) -> Feed:
    feed = await feeds.find_feed(connection, feed_id, guild_id, lock=lock)
    if feed is None or feed.state is FeedState.DRAFT:
        raise NoSuchFeed
    return feed


async def _check_channel(connection: AsyncConnection, feed: Feed, channel_id: int) -> None:
    for other in await feeds.list_feeds(connection, feed.guild_id):
        same = link_key(other.url) == link_key(feed.url) and other.channel_id == channel_id
        if same and other.id != feed.id:
            raise AlreadyFollowed
