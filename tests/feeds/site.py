"""A website on this machine: one that answers as it is told, and one that misbehaves.

It stands at 127.0.0.2, which a test allows; 127.0.0.1, where nothing may ever be fetched, is `Inner`'s.
"""

import asyncio
import sys
from asyncio import StreamReader as Reader, StreamWriter as Writer
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from socket import AF_INET, AddressFamily
from ssl import SSLContext
from typing import Self

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.beside.process import ROOT

ALLOWED = "127.0.0.2"
RSS = "application/rss+xml"
Script = Callable[[Reader, Writer], Awaitable[None]]


@dataclass(frozen=True)
class Reply:
    """What is at a path. `etag` and `modified` are answered with 304 where the request names them."""

    body: bytes = b""
    kind: str = RSS
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    etag: str | None = None
    modified: str | None = None


def feed(*items: str, title: str = "Drama News") -> Reply:
    """Return a feed of these items, each as `entry` writes it."""
    return Reply(f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'.encode())


def entry(number: int, title: str = "", *, rest: str = "") -> str:
    """Return an item of a feed. `rest` is XML of its own."""
    said = f"<title>{title or f'Headline {number}'}</title><link>https://news.example/{number}</link>"
    return f"<item><guid isPermaLink='false'>item-{number}</guid>{said}{rest}</item>"


def to(place: str, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": place})


class Site:
    """A website whose pages a test changes: `site.pages["/feed"] = feed(entry(1))`. `asked` is what came, in order."""

    def __init__(self, host: str = ALLOWED, context: SSLContext | None = None) -> None:
        self._host, self._context = host, context
        self.pages: dict[str, Reply] = {}
        self.asked: list[web.Request] = []
        self.hold: asyncio.Event | None = None
        """Where it is set, every request waits for it."""
        self.most_at_once = 0
        self._now = 0
        self._arrived = asyncio.Event()

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, 0, ssl_context=self._context).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._runner.addresses[0][1])

    def url(self, path: str = "/feed", host: str | None = None) -> str:
        """Return the address of a path, by another name of the host where one is given."""
        return f"http{'s' if self._context else ''}://{host or self._host}:{self.port}{path}"

    async def came(self, requests: int) -> None:
        """Wait until so many have asked."""
        while len(self.asked) < requests:
            self._arrived.clear()
            await self._arrived.wait()

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        self._arrived.set()
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            if self.hold:
                await self.hold.wait()
        finally:
            self._now -= 1
        page = self.pages.get(request.path_qs, Reply(status=404))
        headers = {**page.headers, "Content-Type": page.kind}
        known = {"ETag": page.etag, "Last-Modified": page.modified}
        headers |= {name: value for name, value in known.items() if value}
        same = (page.etag and request.headers.get("If-None-Match") == page.etag) or (
            page.modified and request.headers.get("If-Modified-Since") == page.modified
        )
        return web.Response(status=304 if same else page.status, body=b"" if same else page.body, headers=headers)


@asynccontextmanager
async def rude(script: Script, host: str = ALLOWED) -> AsyncGenerator[str]:
    """Yield the address of a server that does to every connection what `script` says, after it has read the request."""

    async def serve(reader: Reader, writer: Writer) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await script(reader, writer)
        except (ConnectionError, RuntimeError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, host, 0)
    try:
        yield f"http://{host}:{server.sockets[0].getsockname()[1]}/feed"
    finally:
        server.close()


class Inner:
    """A server on 127.0.0.1 that nobody may reach; `reached` counts who did."""

    async def __aenter__(self) -> Self:
        self.reached = 0
        self._server = await asyncio.start_server(self._count, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    def _count(self, _reader: Reader, writer: Writer) -> None:
        self.reached += 1
        writer.close()


class Names(AbstractResolver):
    """A resolver: what each name leads to, one list of addresses for each time it is asked; the last one stays."""

    def __init__(self, **names: Sequence[Sequence[str]]) -> None:
        self._names = {name.replace("_", "."): list(lists) for name, lists in names.items()}
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        """Return the addresses of a name."""
        self.asked.append(host)
        lists = self._names.get(host)
        if not lists:
            raise OSError(None, "no such name")
        now = lists.pop(0) if len(lists) > 1 else lists[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=AF_INET, proto=0, flags=0) for address in now
        ]

    async def close(self) -> None:
        """Nothing is open."""


async def slow_headers(_: Reader, writer: Writer) -> None:
    """Begin to answer, and go on a byte at a time."""
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 1000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.02)


async def slow_body(_: Reader, writer: Writer) -> None:
    """Answer well, and send the body a byte at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def silent(reader: Reader, _: Writer) -> None:
    """Take the request and say nothing."""
    await reader.read()


async def endless_body(_: Reader, writer: Writer) -> None:
    """Send a feed that does not end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss version='2.0'><channel>")
    while True:
        writer.write(b"<item><title>more</title></item>" * 1000)
        await writer.drain()


async def endless_headers(_: Reader, writer: Writer) -> None:
    """Send headers that do not end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        number += 1
        writer.write(b"X-%d: y\r\n" % number)
        await writer.drain()
        await asyncio.sleep(0)


async def one_endless_header(_: Reader, writer: Writer) -> None:
    """Send a header that does not end."""
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        writer.write(b"y" * 10_000)
        await writer.drain()


async def continues(_: Reader, writer: Writer) -> None:
    """Say "go on" for ever, which is no answer yet."""
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000)
        await writer.drain()


async def tiny_chunks(_: Reader, writer: Writer) -> None:
    """Send a body in chunks of one byte each."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n" * 10_000)
        await writer.drain()


async def many_headers(_: Reader, writer: Writer) -> None:
    """Send as many headers as there is room for."""
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"a:\n" * 10_000 + b"\n")
    await writer.drain()


async def blank_header(_: Reader, writer: Writer) -> None:
    """Send a header of blanks that ends in what no header holds."""
    writer.write(b"HTTP/1.1 200 OK\r\nX:" + b" \t" * 15_000 + b"\0\r\n\r\n")
    await writer.drain()


async def blank_trailer(_: Reader, writer: Writer) -> None:
    """Send such a header behind the body."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n0\r\n")
    writer.write(b"X:" + b" \t" * 15_000 + b"\0\r\n\r\n")
    await writer.drain()


async def blank_chunk(_: Reader, writer: Writer) -> None:
    """Say nothing but blanks about a chunk."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b" " * 30_000 + b"\n\r\n")
    await writer.drain()


def raw(answer: bytes) -> Script:
    """Return a script that sends these bytes, and hangs up."""

    async def send(_: Reader, writer: Writer) -> None:
        writer.write(answer)
        await writer.drain()

    return send


@asynccontextmanager
async def far(script: Script) -> AsyncGenerator[str]:
    """Yield the address of a rude server in a process of its own, so that its work is not taken for the loop's."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.feeds.site", script.__name__, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    try:
        assert server.stdout
        yield (await server.stdout.readline()).decode().strip()
    finally:
        server.kill()
        await server.communicate()


async def _serve(name: str) -> None:
    async with rude(globals()[name]) as url:
        print(url, flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
