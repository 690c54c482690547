"""From an address to a followed feed: a preview of what would be posted and why not, then Follow."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakValueDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feed_fates import judge
from bot.domain.feeds import (
    DRAFT_KEPT,
    MOST_FEEDS,
    MOST_FILTERS,
    Entry,
    Fate,
    Feed,
    FeedState,
    Filter,
    Judged,
    Rhythm,
    Telling,
    titled,
)
from bot.domain.links import checked_link, link_key
from bot.domain.own_articles import OwnArticle
from bot.domain.texts import Language
from bot.errors import AlreadyFollowed, DraftGone, FeedUnreadable, NoSuchFeed, TooManyFeeds, TooManyFilters
from bot.feeds.fetch import Fetched
from bot.services.feed_reading import FeedReading
from bot.services.feed_steps import arrange, batch, store, tell, twins
from bot.services.jobs import JobService
from bot.services.library import LibraryService
from bot.services.own_libraries import OwnLibraries
from bot.storage import feed_items, feeds, guilds
from bot.storage.database import Database

REMEMBERED_FOR: Final = timedelta(minutes=5)
"""So long pages of a preview are turned, and it is followed, without another look at the website."""
MOST_REMEMBERED: Final = 32


@dataclass(frozen=True, slots=True)
class FeedWish:
    """What a manager asks for: the address as it was typed, the channel, what to take, when to post, whom to ping."""

    address: str
    channel_id: int
    wanted: Filter
    rhythm: Rhythm
    hour: int
    role_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that is in the feed now, what would become of it, and what has become of it where it is stored."""

    judged: Judged
    stored: Entry | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What is in a feed now, entry by entry."""

    feed: Feed
    lines: Sequence[Line]

    @property
    def newest(self) -> Judged | None:
        """The newest entry that its filters take."""
        return newest([line.judged for line in self.lines])


class FeedPreviews:
    """Shows what is in feeds, and begins to follow them."""

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
        self._read: dict[int, tuple[datetime, Fetched]] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def draft(self, wish: FeedWish, *, guild_id: int, adder_id: int, locale: Language, now: datetime) -> Preview:
        """Read the feed at an address, and keep what was asked for as a draft, to be followed or not.

        Raises:
            LinkNotWeb, LinkTooLong: what was typed is no address.
            TooManyFilters, TooManyFeeds, AlreadyFollowed: the guild cannot follow it so.
            FeedUnreadable, FeedsBusy: there is no feed, or none that can be read for now.
        """
        typed = wish.address.strip()
        url = checked_link(typed if "://" in typed else f"https://{typed}")
        if len(wish.wanted) > MOST_FILTERS:
            raise TooManyFilters(limit=MOST_FILTERS)
        await self._database.read(lambda connection: _admit(connection, guild_id, wish.channel_id, url))
        fetched = await self._fetch(guild_id, url, now)

        async def work(connection: AsyncConnection) -> Feed:
            await _admit(connection, guild_id, wish.channel_id, fetched.url)
            await feeds.remove_drafts(connection, now - DRAFT_KEPT)
            return await feeds.add_feed(
                connection,
                guild_id=guild_id,
                channel_id=wish.channel_id,
                url=fetched.url,
                title=titled(fetched.title, fetched.url),
                language=locale,
                wanted=wish.wanted,
                rhythm=wish.rhythm,
                hour=wish.hour,
                role_id=wish.role_id,
                adder_id=adder_id,
                now=now,
            )

        feed = await self._database.write(work)
        self._remember(feed.id, fetched, now)
        return await self._preview(feed, fetched, now)

    async def show(self, guild_id: int, feed_id: int, now: datetime, *, fresh: bool = False) -> Preview:
        """Return what is in a feed or draft of the guild now; `fresh` asks the website in any case.

        Raises:
            NoSuchFeed: the guild has no such feed.
            FeedUnreadable, FeedsBusy: it cannot be read for now.
        """
        feed = await self._get(guild_id, feed_id)
        return await self._preview(feed, await self._fetched(feed, now, fresh=fresh), now)

    async def discard(self, guild_id: int, feed_id: int) -> bool:
        """Forget a draft of the guild; return whether it is followed by now, and therefore stays."""

        async def work(connection: AsyncConnection) -> bool:
            feed = await feeds.find_feed(connection, feed_id, guild_id, lock=True)
            if feed is not None and feed.state is FeedState.DRAFT:
                await feeds.remove_feed(connection, feed_id)
                return False
            return feed is not None

        return await self._database.write(work)

    async def ready(self, guild_id: int, feed_id: int, now: datetime) -> Feed:
        """Return a draft of the guild that `follow` would follow, or the feed that it has become; nothing is changed.

        Raises:
            DraftGone, TooManyFeeds, AlreadyFollowed, FeedUnreadable, FeedsBusy: as for `follow`.
        """
        draft = await self._draft(guild_id, feed_id, now)
        if draft.state is FeedState.DRAFT:
            await self._database.read(lambda connection: _admit(connection, guild_id, draft.channel_id, draft.url))
            await self._fetched(draft, now)
        return draft

    async def follow(self, guild_id: int, feed_id: int, now: datetime, *, with_newest: bool = False) -> Feed:
        """Follow a draft of the guild: what is in the feed now is known, and only `with_newest` one of it is posted.

        Its channel is told. A draft that is followed already stays as it is.

        Raises:
            DraftGone: the guild has no such draft (any more), or it is older than a day.
            TooManyFeeds, AlreadyFollowed: the guild cannot follow it, by now.
            FeedUnreadable, FeedsBusy: it cannot be read for now.
        """
        draft = await self._draft(guild_id, feed_id, now)
        if draft.state is not FeedState.DRAFT:
            return draft
        fetched = await self._fetched(draft, now)
        judged = judge(await self._reading.see(fetched.items, draft.filter), draft.filter, (), (), now)
        first = newest(judged) if with_newest else None
        marked = [entry if entry is first else replace(entry, fate=Fate.KNOWN, because=()) for entry in judged]

        async def work(connection: AsyncConnection) -> tuple[Feed, Sequence[OwnArticle]]:
            await guilds.get_settings(connection, guild_id, lock=True)  # two managers may follow at once
            feed = await feeds.find_feed(connection, feed_id, guild_id, lock=True)
            if feed is None:
                raise DraftGone
            if feed.state is not FeedState.DRAFT:
                return feed, ()
            await _admit(connection, guild_id, feed.channel_id, feed.url)
            feed = replace(feed, state=FeedState.FOLLOWED, checked_at=now, etag=fetched.etag, modified=fetched.modified)
            feed = await tell(connection, feed, Telling.FOLLOWED, now)
            await feeds.save_feed(connection, feed)
            joined = await store(connection, self._library, feed, marked, now)
            await batch(connection, feed, 1, now)
            await arrange(connection, feed, now)
            return feed, joined

        feed, joined = await self._database.write(work)
        self._read.pop(feed_id, None)
        self._jobs.changed()
        if joined:
            await self._own_libraries.apply(guild_id, joined)
        return feed

    async def _draft(self, guild_id: int, feed_id: int, now: datetime) -> Feed:
        try:
            draft = await self._get(guild_id, feed_id)
        except NoSuchFeed as error:
            raise DraftGone from error
        if draft.state is FeedState.DRAFT and draft.added_at < now - DRAFT_KEPT:
            raise DraftGone
        return draft

    async def _get(self, guild_id: int, feed_id: int) -> Feed:
        feed = await self._database.read(lambda connection: feeds.find_feed(connection, feed_id, guild_id))
        if feed is None:
            raise NoSuchFeed
        return feed

    async def _fetch(self, guild_id: int, url: str, now: datetime) -> Fetched:
        async with self._turns.setdefault(guild_id, asyncio.Lock()):  # no guild keeps all others from reading
            fetched = await self._reading.read(url, now)
        if fetched is None:  # a site that says "unchanged" to somebody who was never there
            raise FeedUnreadable
        return fetched

    async def _fetched(self, feed: Feed, now: datetime, *, fresh: bool = False) -> Fetched:
        read_at, fetched = self._read.get(feed.id, (None, None))
        if fetched is None or read_at is None or fresh or abs(now - read_at) > REMEMBERED_FOR:
            fetched = await self._fetch(feed.guild_id, feed.url, now)
            self._remember(feed.id, fetched, now)
        return fetched

    def _remember(self, feed_id: int, fetched: Fetched, now: datetime) -> None:
        self._read.pop(feed_id, None)
        self._read[feed_id] = (now, fetched)
        while len(self._read) > MOST_REMEMBERED:
            self._read.pop(next(iter(self._read)))

    async def _preview(self, feed: Feed, fetched: Fetched, now: datetime) -> Preview:
        sighted = await self._reading.see(fetched.items, feed.filter)

        async def work(connection: AsyncConnection) -> tuple[Mapping[str, Entry], Collection[str]]:
            stored = await feed_items.find_items(connection, feed.id, [entry.item.key for entry in sighted])
            new = [entry.item.url for entry in sighted if entry.item.url and entry.item.key not in stored]
            if feed.state is FeedState.DRAFT:
                return stored, ()
            links = [link_key(url) for url in new]
            return stored, await feed_items.known_links(connection, await twins(connection, feed), links)

        stored, links = await self._database.read(work)
        judged = judge(sighted, feed.filter, stored, links, now)
        return Preview(feed, [Line(entry, stored.get(entry.sighted.item.key)) for entry in judged])


def newest(judged: Sequence[Judged]) -> Judged | None:
    """Return the newest of the entries that are taken; the first in the feed where they are equally new."""
    taken = [entry for entry in judged if entry.fate is Fate.POST]
    dates = [date for entry in taken if (date := entry.sighted.item.published_at) is not None]
    if not dates:
        return next(iter(taken), None)
    return next(entry for entry in taken if entry.sighted.item.published_at == max(dates))


async def _admit(connection: AsyncConnection, guild_id: int, channel_id: int, url: str) -> None:
    """See whether the guild may follow another feed, and this one in this channel."""
    followed = await feeds.list_feeds(connection, guild_id)
    if any(feed.channel_id == channel_id and link_key(feed.url) == link_key(url) for feed in followed):
        raise AlreadyFollowed
    if len(followed) >= MOST_FEEDS:
        raise TooManyFeeds(limit=MOST_FEEDS)
