"""A guild's own library: looking its articles up, removing them, exporting, its history, and what feeds bring."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.file_formats import Format
from bot.content.folding import fold
from bot.content.own_exports import write_articles
from bot.content.search.finders import LONGEST_QUERY, SHOWN_QUERY
from bot.domain.library import Article, Library
from bot.domain.links import checked_link, link_key
from bot.domain.own_articles import (
    HEADLINE_LIMIT,
    MOST_ARTICLES,
    MOST_DRAMAS,
    MOST_FED,
    MOST_PEOPLE,
    PUBLISHER_LIMIT,
    Change,
    LibraryChange,
    OwnArticle,
    Written,
    checked_date,
    latest_day,
    own_number,
)
from bot.domain.texts import shorten
from bot.errors import DateUnclear, LibraryEmpty, LinkNotWeb, LinkTooLong, NoSuchArticle, TooManyArticles
from bot.services.own_libraries import OwnLibraries
from bot.storage import own_articles
from bot.storage.database import Database

CHANGES_OF_ONE: Final = 3
"""Lines of history that are shown with one article."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article of the guild, with the newest lines of its history."""

    stored: OwnArticle
    changes: Sequence[LibraryChange]


@dataclass(frozen=True, slots=True)
class History:
    """A page of the guild's history, counted from 0."""

    changes: Sequence[LibraryChange]
    page: int
    pages: int


class LibraryService:
    """Knows what is stored of a guild's own library. Nothing here is found from another guild."""

    def __init__(self, database: Database, library: Library, own: OwnLibraries) -> None:
        self.library = library
        self._database = database
        self._own = own

    def suggest(self, guild_id: int, typed: str, limit: int = 25) -> Sequence[Article]:
        """Return what to offer for one of the guild's articles; before anything is typed, the newest."""
        own = self._own.of(guild_id)
        if not fold(typed[:LONGEST_QUERY]):
            return list(own.articles.values())[:limit]
        found = own.index.search(typed[:LONGEST_QUERY], limit)
        return [own.articles[article_id] for article_id in found if article_id in own.articles]

    async def find(self, guild_id: int, text: str) -> Kept:
        """Return the guild's article that `text` is the id ("own/17") of, or the only one that answers to it.

        Raises:
            NoSuchArticle: it has no such article (any more), or several answer.
        """
        number = own_number(text)
        if number is None:
            await self._own.wait_for_index(guild_id)
            found = self.suggest(guild_id, text, 2) if fold(text[:LONGEST_QUERY]) else ()
            number = own_number(found[0].id) if len(found) == 1 else None
        return await self.get(guild_id, number or 0, text)

    async def get(self, guild_id: int, number: int, text: str = "") -> Kept:
        """Return an article of the guild, with the newest lines of its history.

        Raises:
            NoSuchArticle: it has no such article (any more).
        """

        async def work(connection: AsyncConnection) -> Kept | None:
            stored = await own_articles.find_article(connection, guild_id, number)
            if stored is None:
                return None
            return Kept(stored, await own_articles.list_changes_of(connection, guild_id, number, limit=CHANGES_OF_ONE))

        kept = await self._database.read(work)
        if kept is None:
            raise NoSuchArticle(text=text[:SHOWN_QUERY] or str(number))
        return kept

    async def remove(self, guild_id: int, user_id: int, number: int, now: datetime) -> OwnArticle:
        """Remove an article of the guild and return what it was. Its headline stays in the history.

        Raises:
            NoSuchArticle: it has no such article (any more).
        """

        async def work(connection: AsyncConnection) -> OwnArticle | None:
            await own_articles.hold_libraries(connection)
            gone = await own_articles.remove_article(connection, guild_id, number)
            if gone is not None:
                headline = gone.written.headline
                await own_articles.add_change(
                    connection, guild_id, Change.REMOVED, now, user_id=user_id, article_id=number, headline=headline
                )
            return gone

        removed = await self._database.write(work)
        await self._own.apply(guild_id, (), (number,))
        if removed is None:
            raise NoSuchArticle(text=str(number))
        return removed

    async def export(self, guild_id: int, kind: Format) -> Sequence[tuple[str, bytes]]:
        """Return the guild's articles as files: their names, and what is in them. Each imports again to the same.

        Raises:
            LibraryEmpty: it has none.
        """
        articles = await self._database.read(lambda connection: own_articles.list_whole(connection, guild_id))
        if not articles:
            raise LibraryEmpty
        parts = await asyncio.to_thread(write_articles, articles, self.library, kind)
        if len(parts) == 1:
            return [(f"library.{kind}", parts[0])]
        return [(f"library-{number}.{kind}", part) for number, part in enumerate(parts, 1)]

    async def history(self, guild_id: int, page: int, size: int) -> History:
        """Return a page of the guild's history, the newest first; a page out of range becomes the nearest."""

        async def work(connection: AsyncConnection) -> History:
            pages = max(1, -(-await own_articles.count_changes(connection, guild_id) // size))
            nearest = min(max(page, 0), pages - 1)
            changes = await own_articles.list_changes(connection, guild_id, skip=nearest * size, limit=size)
            return History(changes, nearest, pages)

        return await self._database.read(work)

    async def join(
        self, connection: AsyncConnection, guild_id: int, feed_id: int, entries: Sequence[Written], now: datetime
    ) -> Sequence[OwnArticle | None]:
        """Store what a feed has brought, within a transaction, and return the article of each entry.

        One whose link the library knows is the one that is there already. None where the library, or what feeds may
        have of it, is full, or the link is none that may be stored. Only headline, publisher, date, link, dramas and
        people are kept, no text. Whoever calls hands the articles to `OwnLibraries.apply` after the commit.
        """
        await own_articles.hold_libraries(connection)
        clean = [_from_feed(entry, now) for entry in entries]
        links = [link_key(entry.url) if entry and entry.url else "" for entry in clean]
        known = dict(await own_articles.find_linked(connection, guild_id, [link for link in links if link]))
        room = min(
            MOST_ARTICLES - await own_articles.count_articles(connection, guild_id),
            MOST_FED - await own_articles.count_fed(connection, guild_id),
        )
        new: dict[str, Written] = {}
        for link, entry in zip(links, clean, strict=True):
            if entry is not None and link not in known and link not in new and len(new) < room:
                new[link] = entry
        if new:
            added = await own_articles.add_articles(connection, guild_id, [*new.values()], now, feed_id=feed_id)
            known |= dict(zip(new, added, strict=True))
            first = added[0]
            await own_articles.add_change(
                connection,
                guild_id,
                Change.FED,
                now,
                article_id=first.id if len(added) == 1 else None,
                headline=first.written.headline,
                count=len(added),
            )
        return [known.get(link) for link in links]


async def check_room(connection: AsyncConnection, guild_id: int, new: int) -> None:
    """See that the guild may have so many more articles.

    Raises:
        TooManyArticles: it may not.
    """
    if new and await own_articles.count_articles(connection, guild_id) + new > MOST_ARTICLES:
        raise TooManyArticles(limit=MOST_ARTICLES)


def _from_feed(entry: Written, now: datetime) -> Written | None:
    """Return what is kept of an entry; None where it has no link that may be stored, or no headline."""
    headline = shorten(" ".join(entry.headline.split()), HEADLINE_LIMIT)
    publisher = shorten(" ".join(entry.publisher.split()), PUBLISHER_LIMIT)
    try:
        link = checked_link(entry.url or "")
    except (LinkNotWeb, LinkTooLong):
        return None
    try:
        date = checked_date(entry.date or "", latest_day(now))
    except DateUnclear:
        date = None
    dramas, people = entry.dramas[:MOST_DRAMAS], entry.people[:MOST_PEOPLE]
    clean = Written(headline, publisher, date, link, dramas=dramas, people=people)
    return clean if headline and publisher else None
