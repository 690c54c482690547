"""Websites that do not answer hold up neither other feeds for long nor anything that is no feed."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta
from typing import Final

import pytest
import pytest_asyncio

from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.feeds.fetch import Fetcher, Limits
from bot.services.feed_steps import CHECK, POST
from bot.services.jobs import JobService
from bot.storage import jobs
from bot.storage.database import Database
from bot.ui import feed_messages
from cogs.feeds.cog import READ_AT_ONCE
from tests.feeds.site import ALLOWED, Site
from tests.services.newsroom import HOUR, Newsroom, news, posting
from tests.services.play import CHANNEL, GUILD, NOON

__all__ = ["posting"]

pytestmark = pytest.mark.usefixtures("posting")
SILENT: Final = "127.0.0.3"
FEEDS, HANGING, GAMES = 50, 10, 20
PATIENCE: Final = 2.0
"""Seconds for which a website is waited for here; in earnest 15."""
LATER: Final = NOON + HOUR


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site]:
    async with Site() as made:
        made.pages["/feed"] = news(1)
        yield made


@pytest_asyncio.fixture
async def silent() -> AsyncGenerator[Site]:
    async with Site(SILENT) as made:
        made.pages["/feed"] = news(1)
        yield made
        if made.hold is not None:
            made.hold.set()


@pytest_asyncio.fixture
async def room(database: Database, library: Library) -> AsyncGenerator[Newsroom]:
    async with Fetcher((ALLOWED, SILENT), limits=Limits(answer=PATIENCE)) as fetcher:
        yield Newsroom(database, library, fetcher)


async def followed(room: Newsroom, site: Site, silent: Site) -> Sequence[int]:
    """Have many guilds follow one feed each; of the first ones the website falls silent."""
    for number in range(FEEDS):
        url = silent.url() if number < HANGING else site.url()
        await room.follow(url, GUILD + number, CHANNEL + number)
    silent.hold = asyncio.Event()
    site.pages["/feed"] = news(2, 1)
    return [CHANNEL + number for number in range(HANGING, FEEDS)]


async def test_of_fifty_feeds_of_which_ten_hang_the_forty_others_are_posted_while_a_game_waits_for_none(
    room: Newsroom, site: Site, silent: Site
) -> None:
    well = await followed(room, site, silent)
    service, closed, all_closed = room.services.jobs, list[float](), asyncio.Event()
    clock = asyncio.get_running_loop().time
    most = 0

    async def check(job: Job, now: datetime) -> None:
        nonlocal most
        under_way.add(job.subject)
        most = max(most, len(under_way))
        await room.services.feed_checks.check(job.subject, now)
        under_way.discard(job.subject)

    async def post(job: Job, _now: datetime) -> None:
        await feed_messages.post_owed(room.client, job.subject)

    async def close(_job: Job, _now: datetime) -> None:
        closed.append(clock() - began)
        if len(closed) == GAMES:
            all_closed.set()

    under_way: set[int] = set()
    service.on(CHECK, check, most=READ_AT_ONCE)
    service.on(POST, post)
    service.on("trivia.close", close)
    for subject in range(GAMES):
        await room.database.write(
            lambda connection, subject=subject: jobs.add_job(connection, "trivia.close", subject, LATER)
        )
    began = clock()
    await service.start_due(lambda: LATER)
    await all_closed.wait()
    assert max(closed) < PATIENCE
    await service.run_due(lambda: LATER)
    assert clock() - began < 30
    assert most == READ_AT_ONCE
    assert [len(room.channels.of(channel_id)) for channel_id in well] == [1] * len(well)
    assert all(room.channels.of(CHANNEL + number) == [] for number in range(HANGING))


async def test_a_full_pool_leaves_its_jobs_in_their_rows_and_wakes_nobody_until_there_is_room(
    database: Database,
) -> None:
    go_on, begun, woken = asyncio.Event(), list[int](), list[str]()

    async def wait(job: Job, _now: datetime) -> None:
        begun.append(job.subject)
        await go_on.wait()

    service = JobService(database, owner="me")
    service.on("slow", wait, most=2)
    service.on_change(lambda: woken.append("now"))
    for subject in range(5):
        await database.write(lambda connection, subject=subject: jobs.add_job(connection, "slow", subject, NOON))
    due = await service.start_due(lambda: NOON)
    assert (len(begun), woken) == (2, [])
    assert due is not None
    assert due > NOON + timedelta(seconds=30), "the runner would look again and again for nothing"
    go_on.set()
    assert await service.run_due(lambda: NOON) is None
    assert sorted(begun) == list(range(5))
    assert woken != []
