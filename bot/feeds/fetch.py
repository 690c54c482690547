"""Fetches a feed: the way there, hop by hop, each within its limits; what has come is read in a process of its own."""

import asyncio
import ssl
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from socket import AF_UNSPEC
from typing import Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.beside.process import Beside, NotBegun, NotDone
from bot.domain.feeds import Item
from bot.domain.links import LONGEST_LINK
from bot.errors import (
    AddressUnknown,
    AnswerTooBig,
    FeedBroken,
    FeedGone,
    FeedsBusy,
    NotAFeed,
    PageNamesFeeds,
    SiteRefused,
    SiteSilent,
    TooManyRedirects,
)
from bot.feeds.answers import LONGEST, Answer, Contents, Fault, Page, believed
from bot.feeds.exchange import BrokenOff, Heard, connected, exchanged
from bot.feeds.guard import Address, Guard, numeric
from bot.feeds.read import read
from bot.feeds.turns import NoTurn, Turns

FOR_GOOD: Final = frozenset({301, 308})
FOR_NOW: Final = frozenset({302, 303, 307})
UNCHANGED: Final = 304
GONE: Final = 410
ASKED: Final = {
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
LOOKUP_FAILED: Final = ((3,), (11,), (12,))
"""The name server failed, is not there, or did not answer (ARES_ESERVFAIL, ARES_ECONNREFUSED, ARES_ETIMEOUT)."""
READER: Final = ("bot.feeds.read", "feedparser")
"""What the process that reads holds from its beginning: loading it takes a slow machine as long as reading."""
MOST_ASKING: Final = 64
"""Readings that may wait for their turn with a website."""
LONGEST_VALIDATOR: Final = 300
"""Characters of an ETag or a date that are kept; nobody's are longer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may take: seconds, bytes (packed, and unpacked), hops, requests at a time.

    `each` is for one of several addresses of a name, `turn` for waiting in all: so many seconds come before the others
    and count against nobody. `waiting` may wait at a time for the process that reads; `memory` is what that may take,
    in megabytes.
    """

    connect: float = 5.0
    each: float = 1.5
    answer: float = 15.0
    reading: float = 4.0
    turn: float = 10.0
    size: int = 2_000_000
    redirects: int = 5
    at_once: int = 8
    to_one_host: int = 2
    waiting: int = 16
    memory: int = 256


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed as it was found: its title, and its entries in its order.

    `url` is where it was in the end, if all redirects on the way were for good, and else the one that was asked for.
    """

    url: str
    title: str
    items: Sequence[Item]
    etag: str | None
    modified: str | None


class Fetcher:
    """Reads feeds; an async context manager.

    `private_hosts` are names and addresses that the host of the bot allows although they are private, `version` is
    what websites are told.
    """

    def __init__(
        self,
        private_hosts: Collection[str] = (),
        version: str = "",
        *,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._guard = Guard(private_hosts)
        self._turns = Turns(self._limits.at_once, self._limits.to_one_host, MOST_ASKING)
        self._to_read = Turns(1, 1, self._limits.waiting)
        self._reader = Beside(
            "feed reader", self._limits.reading, memory=self._limits.memory, longest=LONGEST, loads=READER
        )
        self._resolver, self._given = resolver, resolver is not None
        self._agent = {"User-Agent": f"Adlib{version and '/'}{version} feed reader"}

    async def __aenter__(self) -> Self:
        self._context = ssl.create_default_context()
        self._resolver = self._resolver or aiohttp.DefaultResolver()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._reader.close()
        resolver, self._resolver = self._resolver, None
        if resolver and not self._given:
            await resolver.close()

    async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        """Return the feed at an address, or None where it says that it is as it was for `etag` and `modified`.

        Raises:
            FeedUnreadable: the address leads to no feed; which kind of it says why.
            FeedsBusy: others are read for so long that this one had no turn; that says nothing of it.
        """
        try:
            return await self._found(url, etag, modified)
        except (NoTurn, NotBegun) as fault:
            raise FeedsBusy from fault

    async def _found(self, url: str, etag: str | None, modified: str | None) -> Fetched | None:
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in known.items() if value and _is_validator(value)}
        at, kept, for_good = self._guard.checked(url), url, True
        left, turn = self._limits.answer, self._limits.turn
        clock = asyncio.get_running_loop().time
        for _ in range(self._limits.redirects + 1):
            came = clock()
            async with self._turns.at(at.raw_host or "", turn):
                began = clock()
                hop = await self._hop(at, asked, left)
                left, turn = left - (clock() - began), turn - (began - came)
            if hop.status not in FOR_GOOD | FOR_NOW:
                break
            at = self._next(at, hop)
            for_good = for_good and hop.status in FOR_GOOD
            kept = str(at) if for_good and len(str(at)) <= LONGEST_LINK else kept
        else:
            raise TooManyRedirects
        if hop.status == UNCHANGED and asked:
            return None
        if hop.status == GONE:
            raise FeedGone
        if not 200 <= hop.status < 300:
            raise SiteRefused(status=hop.status)
        contents = await self._understood(at, hop, turn)
        found = (hop.headers.get(name) for name in ("etag", "last-modified"))
        validators = [value if value and _is_validator(value) else None for value in found]
        return Fetched(kept, contents.title, contents.items, *validators)

    def _next(self, at: URL, hop: Heard) -> URL:
        place = hop.headers.get("location")
        if not place:
            raise SiteRefused(status=hop.status)
        try:
            return self._guard.checked(at.join(URL(place)))
        except ValueError as fault:
            raise SiteRefused(status=hop.status) from fault

    async def _hop(self, url: URL, asked: Mapping[str, str], left: float) -> Heard:
        try:
            async with asyncio.timeout(left):
                async with asyncio.timeout(self._limits.connect):
                    addresses = await self._addresses(url)
                    reader, writer = await connected(url, addresses, self._context, self._limits.each)
                try:
                    return await exchanged(url, {**self._agent, **ASKED, **asked}, self._limits.size, reader, writer)
                finally:
                    writer.transport.abort()
        except (OSError, ValueError, BrokenOff) as fault:  # ValueError: of names that cannot be said
            raise SiteSilent(host=url.host) from fault

    async def _addresses(self, url: URL) -> Sequence[Address]:
        host = url.raw_host or ""
        if address := numeric(host):
            return self._guard.reachable(host, [str(address)])
        if self._resolver is None:
            raise BrokenOff("The fetcher is not open.")
        try:
            resolved = await self._resolver.resolve(host, url.port or 0, AF_UNSPEC)
        except (OSError, ValueError) as fault:
            if isinstance(fault, TimeoutError) or _is_of_lookup(fault):
                raise
            raise AddressUnknown(host=url.host) from fault
        return self._guard.reachable(host, [str(place["host"]) for place in resolved])

    async def _understood(self, url: URL, hop: Heard, turn: float) -> Contents:
        kind = hop.headers.get("content-type", "")
        packing = hop.headers.get("content-encoding", "")
        answer = Answer(str(url), kind, packing, hop.body, self._limits.size, hop.cut)
        try:
            async with self._to_read.at("", turn):
                understood = believed(await self._reader.bytes_of(read, answer))
        except NotBegun:
            raise
        except (NotDone, ValueError) as fault:
            raise FeedBroken from fault
        match understood:
            case Contents():
                return understood
            case Page(feeds):
                raise PageNamesFeeds(feeds=", ".join(feeds))
            case Fault.TOO_BIG:
                raise AnswerTooBig(megabytes=-(-self._limits.size // 1_000_000))
            case Fault.BROKEN:
                raise FeedBroken
            case Fault.NO_FEED:
                raise NotAFeed


def _is_of_lookup(fault: Exception) -> bool:
    """Tell whether a name could not be looked up, which says nothing of whether somebody has it."""
    cause = fault.__cause__
    return cause is not None and cause.args[:1] in LOOKUP_FAILED


def _is_validator(value: str) -> bool:
    return len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable()
