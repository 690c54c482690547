"""Reading a feed for a guild: what is in it now, and what of the library and of its filter each entry names."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from bot.content.mentions import Mentions
from bot.domain.feed_words import key_of, words_in
from bot.domain.feeds import Filter, Item, Sighted, dated
from bot.errors import FeedsBusy
from bot.feeds.fetch import Fetched

LONGEST_READING: Final = 35.0
"""Seconds for all of it; a job may take 45. A website has its own bounds within (bot/feeds/fetch.py)."""


class Reader(Protocol):
    """Reads a feed from its website; see `bot.feeds.fetch.Fetcher`."""

    async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        """Return what is at an address, None where it has not changed."""
        ...


class FeedReading:
    """Reads feeds, and sees what their entries name."""

    def __init__(self, reader: Reader, mentions: Mentions) -> None:
        self._reader = reader
        self._mentions = mentions

    async def read(
        self, url: str, now: datetime, etag: str | None = None, modified: str | None = None
    ) -> Fetched | None:
        """Return what is at an address, its entries with ids that can be kept and no date to come.

        None where it has not changed since it was given out with this `etag` or `modified`.

        Raises:
            FeedUnreadable: there is no feed, or none that can be read for now.
            FeedsBusy: it had no turn to be read, which says nothing of it.
        """
        try:
            async with asyncio.timeout(LONGEST_READING):
                fetched = await self._reader.read(url, etag, modified)
        except TimeoutError as error:
            raise FeedsBusy from error
        if fetched is None:
            return None
        return replace(fetched, items=[dated(replace(item, key=key_of(item.key)), now) for item in fetched.items])

    async def see(self, items: Sequence[Item], wanted: Filter) -> Sequence[Sighted]:
        """Return the entries with what they name, in their order. Between two of them everybody else has a turn."""
        return [await asyncio.to_thread(self._see, item, wanted) for item in items]

    def _see(self, item: Item, wanted: Filter) -> Sighted:
        text = f"{item.headline}\n{item.text}"
        named = self._mentions.of(text)
        return Sighted(item, named.dramas, named.people, words_in(text, wanted.words), words_in(text, wanted.without))
