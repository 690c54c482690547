"""From a name to a connection: what names lead to, and who answers under them."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from socket import AF_INET, AddressFamily
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from aiodns.error import ARES_ENODATA, ARES_ENOTFOUND, ARES_ESERVFAIL, ARES_ETIMEOUT, DNSError
from aiohttp.abc import ResolveResult

from bot.errors import AddressPrivate, AddressUnknown, FeedUnreadable, SiteSilent
from bot.feeds.fetch import Fetcher, Limits
from tests.feeds.site import ALLOWED, Inner, Names, Site, entry, feed, to


class Failing(Names):
    """A resolver that has no answer."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self._fault = fault

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        """Fail as aiohttp's own resolver does."""
        raise OSError(None, "no answer") from self._fault


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (DNSError(ARES_ENOTFOUND), AddressUnknown),
        (DNSError(ARES_ENODATA), AddressUnknown),
        (DNSError(ARES_ESERVFAIL), SiteSilent),
        (DNSError(ARES_ETIMEOUT), SiteSilent),
    ],
)
async def test_a_name_server_that_fails_does_not_make_a_name_nobodys(
    fault: DNSError, refusal: type[FeedUnreadable]
) -> None:
    async with Fetcher(resolver=Failing(fault)) as fetcher:
        with pytest.raises(refusal):
            await fetcher.read("https://news.example/feed")


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "-.example", "_.example", "a..example", "xn--a.example"])
async def test_a_name_that_cannot_be_one_leads_nowhere(site: Site, host: str) -> None:
    names = Names()
    async with Fetcher([ALLOWED], resolver=names) as fetcher, Fetcher() as plain:
        for reader in (fetcher, plain):
            with pytest.raises((AddressUnknown, AddressPrivate, SiteSilent)):
                await reader.read(f"https://{host}:{site.port}/feed")


async def test_a_name_that_leads_into_the_private_network_is_refused(inner: Inner) -> None:
    names = Names(rebound_example=[["127.0.0.1"]], both_example=[["93.184.216.34", "127.0.0.1"]])
    async with Fetcher(resolver=names) as fetcher:
        for name in ("rebound.example", "both.example"):
            with pytest.raises(AddressPrivate):
                await fetcher.read(f"http://{name}:{inner.port}/")


async def test_a_name_that_changes_what_it_says_is_asked_once_a_request_and_judged_by_that(
    site: Site, inner: Inner
) -> None:
    site.pages |= {"/feed": feed(entry(1)), "/hop": to("/feed")}
    names = Names(news_example=[[ALLOWED], [ALLOWED], ["127.0.0.1"]])
    async with Fetcher([ALLOWED], resolver=names) as fetcher:
        assert await fetcher.read(site.url(host="news.example"))
        assert names.asked == ["news.example"]
        with pytest.raises(AddressPrivate):
            await fetcher.read(site.url("/hop", host="news.example"))
        assert len(site.asked) == 2
        with pytest.raises(AddressPrivate):
            await fetcher.read(f"http://news.example:{inner.port}/feed")


async def test_a_name_that_nobody_has_is_said_to_be_none(site: Site) -> None:
    async with Fetcher(resolver=Names()) as fetcher:
        with pytest.raises(AddressUnknown, match=r"nobody\.example"):
            await fetcher.read("https://nobody.example/feed")


@contextmanager
def full(hosts: list[str], port: int) -> Generator[None]:
    """Listen there, and be so busy that who comes now hears nothing."""
    with ExitStack() as links:
        for host in hosts:
            busy = links.enter_context(closing(socket.socket()))
            busy.bind((host, port))
            busy.listen(0)
            for _ in range(4):
                waiting = links.enter_context(closing(socket.socket()))
                waiting.setblocking(False)
                waiting.connect_ex((host, port))
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full queue refuses instead of keeping silent")
@pytest.mark.parametrize("dead", [["127.0.0.3"], ["127.0.0.3", "127.0.0.4", "127.0.0.5"]])
async def test_an_address_that_does_not_answer_leaves_time_for_the_others_of_the_name(
    site: Site, dead: list[str]
) -> None:
    site.pages["/feed"] = feed(entry(1))
    names = Names(a_example=[[*dead, ALLOWED]])
    async with Fetcher([ALLOWED, *dead], resolver=names, limits=Limits(connect=3, each=0.2)) as fetcher:
        with full(dead, site.port):
            assert await fetcher.read(site.url(host="a.example"))


async def test_a_website_that_is_down_is_silent(site: Site, fetcher: Fetcher) -> None:
    url = site.url()
    await site.__aexit__()
    with pytest.raises(SiteSilent, match=ALLOWED):
        await fetcher.read(url)


async def test_a_website_that_is_not_secure_is_not_read_under_a_secure_address(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(SiteSilent):
        await fetcher.read(site.url().replace("http:", "https:"))


def certified(folder: Path) -> tuple[SSLContext, str]:
    """Make what a.example proves its name with."""
    key, proof = str(folder / "key.pem"), str(folder / "proof.pem")
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a.example -addext subjectAltName=DNS:a.example"
    subprocess.run([*made.split(), "-keyout", key, "-out", proof], check=True, capture_output=True)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(proof, key)
    return context, proof


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is nothing here to make a certificate with")
async def test_a_website_that_proves_its_name_is_read_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, proof = certified(tmp_path)
    names = Names(a_example=[[ALLOWED]], b_example=[[ALLOWED]])
    async with Site(context=context) as site:
        site.pages["/feed"] = feed(entry(1))
        async with Fetcher([ALLOWED], resolver=names) as fetcher:
            with pytest.raises(SiteSilent):
                await fetcher.read(site.url(host="a.example"))
        monkeypatch.setenv("SSL_CERT_FILE", proof)
        async with Fetcher([ALLOWED], resolver=names) as fetcher:
            assert await fetcher.read(site.url(host="a.example"))
            with pytest.raises(SiteSilent):
                await fetcher.read(site.url(host="b.example"))
