"""The process that reads: what would take the bot's time or memory takes its own, and then it is ended."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.beside.process import Beside, NotDone
from bot.errors import FeedBroken, FeedsBusy, FeedUnreadable
from bot.feeds.fetch import Fetcher, Limits
from tests.feeds.conftest import Loop
from tests.feeds.site import ALLOWED, Inner, Reply, Site, entry, feed
from tests.feeds.work import hanging, most_memory, taking, told

LAUGHS = b"<!DOCTYPE rss [<!ENTITY a0 'lol'>%b]>" % b"".join(
    b"<!ENTITY a%d '%b'>" % (step, b"&a%d;" % (step - 1) * 10) for step in range(1, 12)
)
BLOW_UP = b"<!DOCTYPE rss [<!ENTITY a '%b'>]>" % (b"x" * 500_000)


def rss(title: bytes, head: bytes = b"") -> Reply:
    inner = b"<rss version='2.0'><channel><item><title>%b</title><link>https://a.example/</link></item></channel></rss>"
    return Reply(b"<?xml version='1.0'?>" + head + inner % title)


@pytest.mark.parametrize(
    "page",
    [rss(b"&a11; lol", LAUGHS), rss(b"&a; lol" * 50_000, BLOW_UP), rss(b"&" * 900_000), rss(b"<b>" * 30_000)],
    ids=["billion laughs", "quadratic blow-up", "ampersands", "nesting"],
)
async def test_a_bomb_of_xml_ends_in_time_and_costs_the_bot_nothing(site: Site, loop: Loop, page: Reply) -> None:
    site.pages["/feed"] = page
    async with Fetcher([ALLOWED], limits=Limits(reading=6)) as fetcher:
        loop.longest = 0.0
        began = time.monotonic()
        try:
            read = await fetcher.read(site.url())
        except FeedBroken:
            read = None
        assert time.monotonic() - began < 14
        assert loop.longest < 0.08
        if read:
            assert all(len(item.headline) <= 300 for item in read.items)
        site.pages["/feed"] = feed(entry(1))
        assert await fetcher.read(site.url())


async def test_a_feed_that_is_read_without_an_end_is_broken_and_the_next_one_is_read(site: Site) -> None:
    site.pages["/slow"] = rss(b"</title><author>" + b"a." * 500_000 + b"</author><title>")
    site.pages["/feed"] = feed(entry(1))
    async with Fetcher([ALLOWED], limits=Limits(reading=2)) as fetcher:
        began = time.monotonic()
        with pytest.raises(FeedBroken):
            await fetcher.read(site.url("/slow"))
        assert time.monotonic() - began < 8
        assert await fetcher.read(site.url())


@pytest.mark.parametrize("place", ["file:///etc/hostname", "http://127.0.0.1:{port}/x", "/etc/hostname"])
async def test_nothing_that_a_feed_names_is_fetched_or_read_from_the_disk(
    site: Site, inner: Inner, fetcher: Fetcher, place: str
) -> None:
    at = place.format(port=inner.port).encode()
    site.pages = {
        "/entity": rss(b"here: &a;.", b"<!DOCTYPE rss [<!ENTITY a SYSTEM '%b'>]>" % at),
        "/parameter": rss(b"here: &a;.", b"<!DOCTYPE rss [<!ENTITY %% a SYSTEM '%b'> %%a;]>" % at),
        "/document": rss(b"here: .", b"<!DOCTYPE rss SYSTEM '%b'>" % at),
        "/sheet": rss(b"here: .", b"<?xml-stylesheet href='%b'?>" % at),
        "/include": rss(b"here: .<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='%b'/>" % at),
        "/body": Reply(at),
    }
    for path in site.pages:
        try:
            read = await fetcher.read(site.url(path))
        except FeedUnreadable:
            continue
        assert read
        assert read.items[0].headline in ("here: .", "here: &a;.")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux says what a process has held")
async def test_the_process_takes_no_more_memory_than_it_is_given_and_goes_on() -> None:
    beside = Beside("test", 20, memory=200)
    try:
        with pytest.raises(NotDone, match="MemoryError"):
            await beside.done(taking, 300)
        assert await beside.done(taking, 50) == 50 << 20
        assert await beside.done(most_memory) < 200
    finally:
        await beside.close()


async def test_a_feed_as_big_as_may_be_is_read_within_the_memory(site: Site, fetcher: Fetcher) -> None:
    text = "<p>Kim Se-jeong &amp; Ahn Hyo-seop laugh again.</p>" * 170
    site.pages["/feed"] = feed(*(entry(n, rest=f"<description><![CDATA[{text}]]></description>") for n in range(220)))
    assert 1_800_000 < len(site.pages["/feed"].body) < 2_000_000
    read = await fetcher.read(site.url())
    assert read
    assert len(read.items) == 200


async def test_what_took_too_long_once_is_not_begun_again(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    beside = Beside("test", 2)
    try:
        assert await beside.done(taking, 1)
        with pytest.raises(NotDone, match="too long"):
            await beside.done(hanging, str(begun))
        assert begun.read_text(encoding="ascii") == "x"
        assert await beside.done(taking, 1)
    finally:
        await beside.close()


async def test_the_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "not-a-real-token")
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    beside = Beside("test", 20)
    try:
        assert await beside.done(told) == set()
    finally:
        await beside.close()


async def test_a_reader_that_was_closed_reads_nothing(site: Site) -> None:
    site.pages["/feed"] = feed(entry(1))
    async with Fetcher([ALLOWED]) as fetcher:
        assert await fetcher.read(site.url())
    with pytest.raises(FeedsBusy):
        await fetcher.read(site.url())


def test_the_bot_never_holds_feedparser_and_the_process_never_holds_the_bot() -> None:
    for module, absent in (
        ("bot.feeds.fetch", {"feedparser", "discord"}),
        ("bot.feeds.read, bot.beside.__main__, feedparser", {"discord", "sqlalchemy", "asyncio", "aiohttp", "bot.app"}),
    ):
        script = f"import sys, {module}; print({absent} & set(sys.modules))"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "set()"
