"""Websites that go on for ever, say too much, or hang up."""

import asyncio
import gzip
import tracemalloc
import zlib

import pytest

from bot.errors import AnswerTooBig, FeedUnreadable, NotAFeed, SiteSilent
from bot.feeds.fetch import Fetcher
from tests.feeds.conftest import Loop
from tests.feeds.site import (
    Reply,
    Script,
    Site,
    blank_chunk,
    blank_header,
    blank_trailer,
    continues,
    endless_body,
    endless_headers,
    entry,
    far,
    feed,
    many_headers,
    one_endless_header,
    raw,
    rude,
    silent,
    slow_body,
    slow_headers,
    tiny_chunks,
)

LONGEST_TURN = 0.08
"""Seconds of its own that the bot may spend without a pause: 0.001 to 0.010 are measured, up to 3 without the walls."""
FEED = feed(entry(1), entry(2)).body
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


@pytest.mark.parametrize("script", [slow_headers, slow_body, silent])
async def test_a_website_that_drips_or_keeps_silent_is_left_in_time(hasty: Fetcher, script: Script) -> None:
    async with rude(script) as url:
        began = asyncio.get_running_loop().time()
        with pytest.raises(SiteSilent):
            await hasty.read(url)
        assert asyncio.get_running_loop().time() - began < 4


async def test_the_time_is_for_the_whole_way_and_not_for_each_redirect(site: Site, hasty: Fetcher) -> None:
    async with rude(slow_body) as url:
        site.pages["/feed"] = Reply(status=302, headers={"Location": url})
        began = asyncio.get_running_loop().time()
        with pytest.raises(SiteSilent):
            await hasty.read(site.url())
        assert asyncio.get_running_loop().time() - began < 4


@pytest.mark.parametrize(
    ("script", "refusal"),
    [
        (endless_body, AnswerTooBig),
        (tiny_chunks, AnswerTooBig),
        (endless_headers, SiteSilent),
        (one_endless_header, SiteSilent),
        (continues, SiteSilent),
        (many_headers, SiteSilent),
        (blank_header, SiteSilent),
        (blank_trailer, SiteSilent),
        (blank_chunk, SiteSilent),
    ],
)
async def test_a_website_without_an_end_does_not_hold_up_the_loop(
    fetcher: Fetcher, loop: Loop, script: Script, refusal: type[FeedUnreadable]
) -> None:
    async with far(script) as url:
        loop.longest = 0.0
        with pytest.raises(refusal):
            await fetcher.read(url)
    print(f"{script.__name__}: longest turn {loop.longest * 1000:.1f} ms")  # noqa: T201
    assert loop.longest < LONGEST_TURN


@pytest.mark.parametrize("script", [endless_body, endless_headers, one_endless_header, continues])
async def test_a_website_without_an_end_does_not_fill_the_memory(fetcher: Fetcher, script: Script) -> None:
    async with far(script) as url:
        tracemalloc.start()
        try:
            with pytest.raises(FeedUnreadable):
                await fetcher.read(url)
            assert tracemalloc.get_traced_memory()[1] < 9_000_000  # two megabytes, put together and handed on
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_bomb_is_too_big_and_never_unpacked_in_the_bot(
    site: Site, fetcher: Fetcher, loop: Loop, packing: str
) -> None:
    packer = zlib.compressobj(9, wbits=31 if packing == "gzip" else 15)
    bomb = packer.compress(b"<rss version='2.0'><channel>") + b"".join(
        packer.compress(b" " * 10**6) for _ in range(300)
    )
    site.pages["/feed"] = Reply(bomb + packer.flush(), headers={"Content-Encoding": packing})
    await asyncio.sleep(0.01)
    loop.longest = 0.0
    with pytest.raises(AnswerTooBig, match="2 MB"):
        await fetcher.read(site.url())
    assert loop.longest < LONGEST_TURN
    tracemalloc.start()
    try:
        with pytest.raises(AnswerTooBig):
            await fetcher.read(site.url())
        assert tracemalloc.get_traced_memory()[1] < 9_000_000
    finally:
        tracemalloc.stop()


async def test_what_is_too_big_packed_is_too_big(site: Site, hasty: Fetcher) -> None:
    site.pages["/feed"] = Reply(b"<rss>" + b" " * 200_000)
    with pytest.raises(AnswerTooBig):
        await hasty.read(site.url())


async def test_a_page_that_is_too_big_still_names_its_feeds(site: Site, hasty: Fetcher) -> None:
    link = b'<!doctype html><link rel="alternate" type="application/atom+xml" href="/atom">'
    site.pages["/"] = Reply(link + b"<p>" * 200_000, "text/html")
    with pytest.raises(FeedUnreadable, match="/atom"):
        await hasty.read(site.url("/"))


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "audio/mpeg", "application/pdf", "Application/ZIP"])
async def test_what_can_be_no_feed_is_not_read(hasty: Fetcher, kind: str) -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode())
        await reader.read()

    async with rude(endless) as url:
        with pytest.raises(NotAFeed):
            await hasty.read(url)


@pytest.mark.parametrize("packed", [FEED, gzip.compress(FEED), gzip.compress(FEED[:90]) + gzip.compress(FEED[90:])])
async def test_a_packed_feed_is_unpacked(site: Site, fetcher: Fetcher, packed: bytes) -> None:
    packing = {} if packed is FEED else {"Content-Encoding": "gzip"}
    site.pages["/feed"] = Reply(packed, headers=packing)
    read = await fetcher.read(site.url())
    assert read
    assert len(read.items) == 2


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "zstd", "x"])
async def test_a_packing_that_was_not_asked_for_is_refused(site: Site, fetcher: Fetcher, packing: str) -> None:
    site.pages["/feed"] = Reply(FEED, headers={"Content-Encoding": packing})
    with pytest.raises(FeedUnreadable):
        await fetcher.read(site.url())


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 5000\r\n\r\n" + FEED,
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n<rss>\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n<rss>\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<rss>\r\n",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\n<rss>\r\n0\r\n\r\n",
        OK + b"Content-Length: -1\r\n\r\n" + FEED, OK + b"Content-Length: many\r\n\r\n" + FEED,
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + FEED, OK + b"no colon\r\n\r\n" + FEED,
        OK, b"", b"HTTP/1.1", b"HTTP/2 200\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n", b"220 mail\r\n", b"\0\xff" * 500,
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n" * 6 + OK + b"\r\n" + FEED,
    ],
)  # fmt: skip
async def test_a_website_that_hangs_up_or_speaks_another_language_is_silent(hasty: Fetcher, answer: bytes) -> None:
    async with rude(raw(answer)) as url:
        with pytest.raises(SiteSilent):
            await hasty.read(url)


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"\r\n" + FEED,
        OK + f"Content-Length: {len(FEED)}\r\n\r\n".encode() + FEED + b"and more",
        OK
        + b"content-length: 200\r\nTransfer-Encoding: CHUNKED\r\n\r\n%x;a=b\r\n%b\r\n0\r\nTrailer: x\r\n\r\n"
        % (len(FEED), FEED),
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + b"\r\n" + FEED,
        b"HTTP/1.0 200\nContent-type:text/xml\n\n" + FEED,
        OK + b"X-Odd: \xff\xfe\r\n folded\r\nEmpty:\r\n\r\n" + FEED,
        OK + f"Content-Length: {len(FEED)}\r\n".encode() * 2 + b"\r\n" + FEED,
        b"HTTP/1.1 200 \r\nContent-Type:   text/xml  \r\n\r\n" + FEED,
        OK + b"Content-Type: text/html\r\n\r\n" + FEED,
    ],
)
async def test_a_website_with_its_own_idea_of_http_is_understood(fetcher: Fetcher, answer: bytes) -> None:
    async with rude(raw(answer)) as url:
        read = await fetcher.read(url)
    assert read
    assert len(read.items) == 2


async def test_a_length_that_is_too_short_leaves_the_entries_before(fetcher: Fetcher) -> None:
    async with rude(raw(OK + f"Content-Length: {len(FEED) - 100}\r\n\r\n".encode() + FEED)) as url:
        read = await fetcher.read(url)
    assert read
    assert read.items[0].key == "item-1"


@pytest.mark.parametrize("status", [b"204 No Content", b"200 OK\r\nContent-Length: 0"])
async def test_nothing_at_all_is_no_feed(fetcher: Fetcher, status: bytes) -> None:
    async with rude(raw(b"HTTP/1.1 " + status + b"\r\n\r\n")) as url:
        with pytest.raises(NotAFeed):
            await fetcher.read(url)
