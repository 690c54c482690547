"""Reading a feed that is there, and one that is elsewhere."""

import asyncio

import pytest
import uvloop

from bot.app import ROOT, read_version
from bot.errors import (
    AddressPrivate,
    FeedGone,
    NotAFeed,
    PageNamesFeeds,
    SiteRefused,
    TooManyRedirects,
)
from bot.feeds.fetch import Fetcher, Limits
from tests.feeds.site import ALLOWED, Inner, Names, Reply, Site, entry, feed, rude, silent, to


async def test_a_feed_is_read_with_its_title_its_entries_and_what_to_ask_with_the_next_time(
    site: Site, fetcher: Fetcher
) -> None:
    page = feed(entry(1), entry(2))
    site.pages["/feed"] = Reply(page.body, etag='"one"', modified="Tue, 04 Aug 2026 10:00:00 GMT")
    read = await fetcher.read(site.url())
    assert read
    assert (read.url, read.title) == (site.url(), "Drama News")
    assert [item.key for item in read.items] == ["item-1", "item-2"]
    assert (read.etag, read.modified) == ('"one"', "Tue, 04 Aug 2026 10:00:00 GMT")


@pytest.mark.parametrize(("etag", "modified"), [('"one"', None), (None, "Tue, 04 Aug 2026 10:00:00 GMT")])
async def test_a_feed_that_is_as_it_was_gives_nothing(
    site: Site, fetcher: Fetcher, etag: str | None, modified: str | None
) -> None:
    site.pages["/feed"] = Reply(feed(entry(1)).body, etag=etag, modified=modified)
    assert await fetcher.read(site.url(), etag, modified) is None
    assert await fetcher.read(site.url(), '"other"', "Tue, 04 Aug 2020 10:00:00 GMT")


async def test_a_website_that_knows_no_conditions_gives_the_whole_feed_each_time(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = feed(entry(1))
    read = await fetcher.read(site.url(), '"one"', "Tue, 04 Aug 2026 10:00:00 GMT")
    assert read
    assert len(read.items) == 1
    assert (read.etag, read.modified) == (None, None)


async def test_unchanged_is_no_answer_to_who_has_read_nothing_yet(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = Reply(status=304)
    with pytest.raises(SiteRefused, match="304"):
        await fetcher.read(site.url())


async def test_a_validator_that_could_smuggle_a_header_in_is_neither_kept_nor_sent(
    site: Site, fetcher: Fetcher
) -> None:
    site.pages["/feed"] = Reply(feed(entry(1)).body, etag='"' + "x" * 500 + '"')
    read = await fetcher.read(site.url(), '"a"\r\nX-Evil: 1', "\n")
    assert read
    assert read.etag is None
    assert not {"If-None-Match", "If-Modified-Since", "X-Evil"} & set(site.asked[0].headers)


async def test_a_request_says_what_it_is_and_nothing_of_discord_or_of_other_websites(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.pages["/feed"] = Reply(status=302, headers={"Location": "/two", "Set-Cookie": "a=b; Path=/"})
    site.pages["/two"] = feed(entry(1))
    async with Fetcher([ALLOWED], "7.8.9") as fetcher:
        await fetcher.read(site.url())
    assert [request.method for request in site.asked] == ["GET", "GET"]
    for request in site.asked:
        assert set(request.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert request.headers["User-Agent"] == "Adlib/7.8.9 feed reader"
        assert request.headers["Host"] == f"{ALLOWED}:{site.port}"
        assert "discord" not in str(request.headers).casefold()


@pytest.mark.parametrize("status", [301, 308])
async def test_a_feed_that_has_moved_for_good_is_remembered_where_it_is(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    site.pages |= {"/feed": to("/new?a=b", status), "/new?a=b": feed(entry(1))}
    read = await fetcher.read(site.url())
    assert read
    assert read.url == site.url("/new?a=b")
    assert read.items[0].url == "https://news.example/1"


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_feed_that_is_elsewhere_for_now_keeps_its_address(site: Site, fetcher: Fetcher, status: int) -> None:
    site.pages |= {"/feed": to("/a", 301), "/a": to("/b", status), "/b": to("/c", 301), "/c": feed(entry(1))}
    read = await fetcher.read(site.url())
    assert read
    assert read.url == site.url("/a")


async def test_an_address_that_is_too_long_to_be_stored_is_not_remembered(site: Site, fetcher: Fetcher) -> None:
    long = "/" + "x" * 600
    site.pages |= {"/feed": to(long, 301), long: feed(entry(1))}
    read = await fetcher.read(site.url())
    assert read
    assert read.url == site.url()


async def test_five_redirects_are_followed_and_a_circle_is_left(site: Site, fetcher: Fetcher) -> None:
    site.pages = {f"/{n}": to(f"/{n + 1}") for n in range(6)} | {"/6": feed(entry(1)), "/o": to("/o")}
    assert await fetcher.read(site.url("/1"))
    with pytest.raises(TooManyRedirects):
        await fetcher.read(site.url("/0"))
    site.asked.clear()
    with pytest.raises(TooManyRedirects):
        await fetcher.read(site.url("/o"))
    assert len(site.asked) == 6


async def test_a_redirect_to_another_website_is_followed(site: Site) -> None:
    async with Site("127.0.0.3") as other, Fetcher([ALLOWED, "127.0.0.3"]) as fetcher:
        site.pages["/feed"] = to(other.url("/there"), 301)
        other.pages["/there"] = feed(entry(1))
        read = await fetcher.read(site.url())
        assert read
        assert read.url == other.url("/there")


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{port}/feed", "http://localhost:{port}/", "//127.1:{port}/", "http://2130706433:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/", "http://inner.example:{port}/", "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.2/", "http://example.com:25/", "HTTP://0:{port}",
    ],
)  # fmt: skip
async def test_a_redirect_into_the_private_network_is_not_followed(site: Site, inner: Inner, place: str) -> None:
    async with Fetcher([ALLOWED], resolver=Names(inner_example=[["127.0.0.1"]])) as fetcher:
        site.pages = {"/feed": to("/again"), "/again": to(place.format(port=inner.port))}
        with pytest.raises(AddressPrivate):
            await fetcher.read(site.url())


@pytest.mark.parametrize("place", ["", "http://[", "http://x:y/"])
async def test_a_redirect_to_nowhere_is_an_error_of_the_website(site: Site, fetcher: Fetcher, place: str) -> None:
    site.pages["/feed"] = to(place)
    with pytest.raises((SiteRefused, AddressPrivate)):
        await fetcher.read(site.url())


async def test_what_the_host_does_not_allow_is_not_asked(site: Site, inner: Inner) -> None:
    async with Fetcher() as strict:
        with pytest.raises(AddressPrivate):
            await strict.read(site.url())
        with pytest.raises(AddressPrivate):
            await strict.read(f"http://127.0.0.1:{inner.port}/")
    assert site.asked == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
async def test_a_website_that_refuses_is_cited(site: Site, fetcher: Fetcher, status: int) -> None:
    site.pages["/feed"] = Reply(feed(entry(1)).body, status=status, headers={"Retry-After": "120"})
    with pytest.raises(SiteRefused, match=str(status)) as refused:
        await fetcher.read(site.url())
    assert not refused.value.gone


async def test_a_feed_that_is_gone_for_good_says_so(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = Reply(status=410)
    with pytest.raises(FeedGone) as gone:
        await fetcher.read(site.url())
    assert gone.value.gone


async def test_a_page_is_answered_with_the_feeds_it_names(site: Site, fetcher: Fetcher) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(5))
    site.pages |= {"/": Reply(f"<!doctype html><head>{links}".encode(), "text/html"), "/no": Reply(b"<p>", "text/html")}
    with pytest.raises(PageNamesFeeds) as named:
        await fetcher.read(site.url("/"))
    assert named.value.values["feeds"] == ", ".join(site.url(f"/{n}") for n in range(3))
    with pytest.raises(NotAFeed):
        await fetcher.read(site.url("/no"))


def test_websites_are_told_the_version_that_pyproject_names() -> None:
    assert f'version = "{read_version()}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


async def test_one_host_is_asked_twice_at_a_time_and_all_of_them_together_so_often(site: Site) -> None:
    site.pages["/feed"] = feed(entry(1))
    site.hold = asyncio.Event()
    hosts = [f"h{number}.example" for number in range(5)]
    names = Names(**{host.replace(".", "_"): [[ALLOWED]] for host in hosts})
    async with Fetcher([ALLOWED], limits=Limits(at_once=6), resolver=names) as fetcher:
        one = [asyncio.create_task(fetcher.read(site.url(host=hosts[0]))) for _ in range(4)]
        await site.came(2)
        others = [asyncio.create_task(fetcher.read(site.url(host=host))) for host in hosts[1:] * 2]
        await site.came(6)
        asked = [request.host.partition(":")[0] for request in site.asked]
        assert asked.count(hosts[0]) == 2
        assert max(map(asked.count, hosts)) == 2
        site.hold.set()
        assert all(await asyncio.gather(*one, *others))
    assert site.most_at_once == 6


async def test_a_reading_that_is_cancelled_gives_its_turn_back(site: Site) -> None:
    site.pages["/feed"] = feed(entry(1))
    async with Fetcher([ALLOWED], limits=Limits(to_one_host=1)) as fetcher, rude(silent) as url:
        waiting = asyncio.create_task(fetcher.read(url))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await fetcher.read(site.url())


def test_the_loop_that_adlib_runs_on_reads_the_same() -> None:
    async def main() -> None:
        async with Site() as site, Fetcher([ALLOWED]) as fetcher:
            site.pages["/feed"] = feed(entry(1))
            read = await fetcher.read(site.url())
            assert read
            assert len(read.items) == 1
            with pytest.raises(AddressPrivate):
                await fetcher.read("http://localhost/")

    uvloop.run(main())
