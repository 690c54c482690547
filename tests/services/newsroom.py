"""Feeds without Discord: a website that a test changes, channels that remember what was posted, a clock to turn.

The process can be killed before and after every commit and every message; a new one goes on with the same database.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any, Final, TypeVar, cast
from uuid import uuid4

import discord
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import DATA
from bot.content.mentions import Mentions
from bot.domain.feeds import DIGEST_HOUR, Feed, Filter, Rhythm
from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.errors import FeedUnreadable
from bot.feeds.fetch import Fetcher
from bot.services.commands import CommandService
from bot.services.feed_checks import FeedCheckService
from bot.services.feed_previews import FeedPreviews, FeedWish
from bot.services.feed_reading import FeedReading, Reader
from bot.services.feed_steps import CHECK, DIGEST, POST
from bot.services.feeds import FeedService
from bot.services.jobs import JobService
from bot.services.library import LibraryService
from bot.services.own_libraries import OwnLibraries
from bot.storage import feeds, jobs
from bot.storage.database import Database
from bot.text.catalogue import load_catalogue
from bot.ui import channels, feed_messages
from bot.ui.interaction import Client
from bot.ui.pages import Page
from bot.ui.settle import Settler
from tests.feeds.site import ALLOWED, Reply, Site, entry, feed as rss
from tests.services.play import CHANNEL, GUILD, NOON, STARTER

T = TypeVar("T")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_LOOK: Final = timedelta(minutes=33)
"""So much later every feed that does well has been looked at."""
PHRASES: Final = load_catalogue(DATA / "locales")


@dataclass(frozen=True)
class Desk:
    """What of the services takes part in feeds."""

    commands: CommandService
    feed_checks: FeedCheckService
    feed_previews: FeedPreviews
    feeds: FeedService
    jobs: JobService
    own_libraries: OwnLibraries


def desk_on(database: Database, library: Library, reader: Reader, owner: str) -> Desk:
    own_libraries, job_service = OwnLibraries(database, library), JobService(database, owner)
    reading, shelf = FeedReading(reader, Mentions(library)), LibraryService(database, library, own_libraries)
    return Desk(
        CommandService(database),
        FeedCheckService(database, reading, shelf, own_libraries, job_service),
        FeedPreviews(database, reading, shelf, own_libraries, job_service),
        FeedService(database, library, job_service),
        job_service,
        own_libraries,
    )


class Killed(BaseException):
    """The process is gone. It is no Exception, so that nothing can handle it."""


@dataclass
class Life:
    """How far a process gets: it dies when `kills` says so of the points it has passed."""

    kills: Callable[[list[str]], bool] = lambda _points: False
    points: list[str] = field(default_factory=list[str])

    def at(self, point: str) -> None:
        self.points.append(point)
        if self.kills(self.points):
            raise Killed


class Mortal:
    """A database whose process may die before or after a commit."""

    def __init__(self, database: Database, life: Life) -> None:
        self._database = database
        self._life = life

    async def write(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        self._life.at("before a commit")
        done = await self._database.write(work)
        self._life.at("after a commit")
        return done

    async def read(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        return await self._database.read(work)


@dataclass(frozen=True)
class Message:
    """What stands in a channel."""

    channel_id: int
    text: str
    ping: int | None
    sent_at: datetime
    page: Page


class Channels:
    """The channels of all guilds. What is sent twice under one nonce is one message."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.sent = 0
        self.refusal: discord.HTTPException | None = None

    def of(self, channel_id: int = CHANNEL) -> list[str]:
        """The texts in a channel, the first one first."""
        return [message.text for message in self.messages.values() if message.channel_id == channel_id]


@dataclass
class Newsroom:
    """An Adlib that follows feeds: its services on a database, its clock, its channels."""

    database: Database
    library: Library
    reader: Reader
    channels: Channels = field(default_factory=Channels)
    life: Life = field(default_factory=Life)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Go on with a new process on the same database."""
        mortal = cast("Database", Mortal(self.database, self.life))
        self.owner = f"process {uuid4()}"
        self.services = desk_on(mortal, self.library, self.reader, self.owner)
        client = SimpleNamespace(services=self.services, catalogue=PHRASES, settler=Settler(), room=self)
        self.client = cast("Client", client)

    async def draft(
        self,
        url: str,
        guild_id: int = GUILD,
        channel_id: int = CHANNEL,
        *,
        wanted: Filter | None = None,
        rhythm: Rhythm = Rhythm.AT_ONCE,
        hour: int = DIGEST_HOUR,
        role_id: int | None = None,
    ) -> Feed:
        """Preview a feed."""
        wish = FeedWish(url, channel_id, wanted or Filter(), rhythm, hour, role_id)
        return (
            await self.services.feed_previews.draft(
                wish, guild_id=guild_id, adder_id=STARTER, locale=Language.ENGLISH, now=self.now
            )
        ).feed

    async def follow(
        self, url: str, guild_id: int = GUILD, channel_id: int = CHANNEL, *, with_newest: bool = False, **wish: Any
    ) -> Feed:
        """Follow a feed at once; its channel has been told so, and the test begins with what comes after that."""
        draft = await self.draft(url, guild_id, channel_id, **wish)
        feed = await self.services.feed_previews.follow(guild_id, draft.id, self.now, with_newest=with_newest)
        assert feed.owed is not None
        await self.services.feed_checks.told(feed.id, feed.owed.number)
        if not with_newest:  # nothing is to be posted any more
            await self.database.write(lambda connection: jobs.remove_jobs(connection, (POST,), feed.id))
        return await self.stored(feed)

    async def stored(self, feed: Feed) -> Feed:
        """The feed as it is stored now."""
        found = await self.database.read(lambda connection: feeds.find_feed(connection, feed.id))
        assert found is not None
        return found

    async def until(self, moment: datetime) -> None:
        """Do what is due until then; a process that is killed is followed by another one."""
        while (due := await self.database.read(jobs.next_due)) is not None and due <= moment:
            self.now = max(self.now, due)
            try:
                await self._do_due()
            except Killed:
                self.restart()
        self.now = moment

    async def later(self, length: timedelta = A_LOOK) -> None:
        """Let time pass."""
        await self.until(self.now + length)

    async def _do_due(self) -> None:
        for job in await self.database.write(lambda connection: jobs.claim_jobs(connection, self.owner, self.now)):
            await self.do(job)
            await self.database.write(lambda connection, job=job: jobs.complete_job(connection, job))

    async def do(self, job: Job) -> None:
        """Do a job as cogs/feeds/cog.py does; a refusal of Discord is tried once more at last."""
        checks = self.services.feed_checks
        match job.kind:
            case kind if kind == CHECK:
                await checks.check(job.subject, self.now)
            case kind if kind == DIGEST:
                await checks.gather(job.subject, self.now)
            case kind if kind == POST:
                try:
                    await feed_messages.post_owed(self.client, job.subject)
                except discord.HTTPException:
                    await feed_messages.post_at_last(self.client, job.subject)
            case _:
                raise AssertionError(job)

    async def look(self, feed: Feed) -> None:
        """Look at a feed now, and post what is owed for it."""
        await self.services.feed_checks.check(feed.id, self.now)
        await feed_messages.post_owed(self.client, feed.id)


async def post(
    client: Any, channel_id: int, page: Page, nonce: str, picture: object = None, ping: int | None = None
) -> int:
    """Stand in for bot.ui.channels.post."""
    room: Newsroom = client.room
    room.life.at("before a message")
    room.channels.sent += 1
    if room.channels.refusal is not None:
        raise room.channels.refusal
    assert len(nonce) <= 25
    text = "\n".join(item.content for item in page.walk_children() if isinstance(item, discord.ui.TextDisplay))
    assert page.content_length() <= 4000
    assert page.total_children_count <= 40
    room.channels.messages.setdefault(nonce, Message(channel_id, text, ping, room.now, page))
    room.life.at("after a message")
    await asyncio.sleep(0)
    return 777


@pytest.fixture
def posting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is posted remembered by the newsroom that posts it."""
    monkeypatch.setattr(channels, "post", post)


class Silence:
    """Stands in for websites where none is to be asked: nothing answers."""

    async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> None:
        raise FeedUnreadable


def news(*numbers: int, date: datetime | None = None, title: str = "Drama News") -> Reply:
    """A feed of these items, the first one the newest."""
    rest = "" if date is None else f"<pubDate>{format_datetime(date)}</pubDate>"
    return rss(*(entry(number, rest=rest) for number in numbers), title=title)


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site]:
    """A website with a feed of one entry."""
    async with Site() as made:
        made.pages["/feed"] = news(1)
        yield made


@pytest_asyncio.fixture
async def room(database: Database, library: Library) -> AsyncGenerator[Newsroom]:
    """A newsroom that may read that website."""
    async with Fetcher((ALLOWED,)) as fetcher:
        yield Newsroom(database, library, fetcher)
