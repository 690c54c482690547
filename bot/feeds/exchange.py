"""One question to a website, and its answer: HTTP/1.1 with a wall at every place where a website may go on for ever.

A library that reads as it comes, in the loop, lets a website decide how long that takes: "100 Continue" without an end,
or a body in chunks of one byte, has aiohttp 3.14 hold up the loop for a second at a time. h11 speaks HTTP and touches
no connection: it is handed one small piece after the other, which it is through with in milliseconds, and others have
their turn between them. One answer is all there is: no connection is used twice, nothing is sent but a GET, nothing of
one answer goes into the next question.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

import h11
from yarl import URL

from bot.feeds.guard import Address

HELD: Final = 1 << 14
"""Bytes that wait to be read; for twice as many the website has to wait."""
PIECE: Final = 1 << 10
"""Bytes that are read at a time: small, for a piece may hold hundreds of headers or chunks."""
LONGEST_HEAD: Final = 32_000
MOST_LINES: Final = 100
"""Of a head, of what follows the last chunk, and of what is not whole yet."""
MOST_INTERIM: Final = 5
"""Answers before the answer, as "103 Early Hints"."""
MOST_CHUNKS: Final = 50_000
BLANKS: Final = b" " * 500
"""What no line has in a row: h11 0.16 finds a header of 30,000 blanks faulty after three seconds."""
NO_TEXT: Final = ("image/", "audio/", "video/", "font/", "multipart/", "application/pdf", "application/zip")
"""Beginnings of content types that no feed has: nothing of such an answer is read."""


class BrokenOff(Exception):
    """The website hung up before the end, or what it says is not HTTP."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer: its headers by their names in small letters, its body as it came, `cut` where there would be more."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    cut: bool = False


async def connected(
    url: URL, addresses: Sequence[Address], context: ssl.SSLContext, patience: float
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection to the first of the addresses that takes one; the name in `url` is not looked up again.

    One that does not answer is left after `patience` seconds, where there is another; what a website takes to prove
    its name does not count.

    Raises:
        OSError: none does, or the website cannot prove its name.
    """
    secure, port, name = url.scheme == "https", url.port or 0, url.raw_host
    failed = OSError("The name leads nowhere.")
    tried = in_turn(addresses)
    for address in tried:
        try:
            link = await _linked(address, port, None if address is tried[-1] else patience)
            return await asyncio.open_connection(
                sock=link,
                limit=HELD,
                ssl=context if secure else None,
                server_hostname=name if secure else None,
            )
        except ssl.SSLError:
            raise
        except OSError as fault:
            failed = fault
    raise failed


def in_turn(addresses: Sequence[Address]) -> Sequence[Address]:
    """Return them, the old and the new kind by turns: where one kind does not work, the second try is the other."""
    kinds = [[address for address in addresses if address.version == version] for version in (4, 6)]
    return [address for pair in zip_longest(*kinds) for address in pair if address is not None]


async def _linked(address: Address, port: int, patience: float | None) -> socket.socket:
    link = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        link.setblocking(False)
        async with asyncio.timeout(patience):
            await asyncio.get_running_loop().sock_connect(link, (str(address), port))
    except BaseException:
        link.close()
        raise
    return link


async def exchanged(
    url: URL, headers: Mapping[str, str], limit: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Heard:
    """Ask for `url` and return the answer, of whose body `limit` bytes are read, and none where it can be no feed.

    Raises:
        BrokenOff: it hung up before the end, or what it says is not HTTP.
        OSError: the connection broke.
    """
    said = {"Host": url.host_port_subcomponent or "", **headers, "Connection": "close"}
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
    try:
        asked = h11.Request(method="GET", target=url.raw_path_qs or "/", headers=list(said.items()))
        writer.write(connection.send(asked) + connection.send(h11.EndOfMessage()))
        await writer.drain()
        answer = _Answer(connection, reader)
        head = await answer.head()
        status, got = head.status_code, _by_name(head.headers)
        if not 200 <= status < 300 or got.get("content-type", "").lower().startswith(NO_TEXT):
            return Heard(status, got)
        body, cut = await answer.body(limit)
    except h11.ProtocolError as fault:
        raise BrokenOff from fault
    return Heard(status, got, body, cut)


class _Answer:
    def __init__(self, connection: h11.Connection, reader: asyncio.StreamReader) -> None:
        self._connection, self._reader = connection, reader
        self._came = 0

    async def head(self) -> h11.Response:
        for _ in range(MOST_INTERIM + 1):
            event = await self._next()
            if isinstance(event, h11.Response):
                return event
        raise BrokenOff

    async def body(self, limit: int) -> tuple[bytes, bool]:
        body, chunks = bytearray(), 0
        while isinstance(event := await self._next(), h11.Data):
            body += event.data
            chunks += 1
            packaging = chunks > MOST_CHUNKS or self._came > limit * 5 // 4 + LONGEST_HEAD
            if packaging or len(body) > limit:
                return bytes(body[:limit]), True
        return bytes(body), False

    async def _next(self) -> h11.Event:
        while not isinstance(event := self._connection.next_event(), h11.Event):
            begun, _ended = self._connection.trailing_data
            if begun.count(b"\n") > MOST_LINES or BLANKS in begun.replace(b"\t", b" "):
                raise BrokenOff
            piece = await self._reader.read(PIECE)
            self._came += len(piece)
            self._connection.receive_data(piece)
            await asyncio.sleep(0)  # others come between, also where the next piece is there already
        return event


def _by_name(headers: Sequence[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Return them, the first of those that have the same name."""
    if len(headers) >= MOST_LINES:
        raise BrokenOff
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.decode("ascii"), _text(value).strip())
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
