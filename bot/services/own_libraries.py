"""Every guild's own articles, in memory: no autocomplete and no search waits for the database.

What is stored counts: memory is filled at the start, follows what this process stores, and looks from time to time
whether another process has stored something. An index takes up to a third of a millisecond an article: those of the
guilds that used theirs last are made before the start is over, all others in the background. One that is asked
while it is being made finds what is in it so far, the newest first.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Container, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.search.finders import own_entry
from bot.content.search.index import Index
from bot.domain.library import Article, Library
from bot.domain.own_articles import OWN, OwnArticle
from bot.storage import own_articles
from bot.storage.database import Database

log = logging.getLogger(__name__)

LOOKED_AGAIN_AFTER: Final = 15.0
"""Seconds for which it is taken for granted that no other process has changed a guild's articles."""
EAGER: Final = 20_000
"""Articles for which an index is made before the start is over."""
FEW: Final = 25
"""Articles that are found as soon as they are stored; where there are more, their guild is answered first."""
WAIT: Final = 2.0
"""Seconds for which an answer may wait for an index; Discord waits three for it."""
SLICE: Final = 0.003
"""Seconds of work after which others have their turn."""
AT_ONCE: Final = 100
"""Rows that are read in one go."""


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """A guild's own articles by id ("own/17"), the last added first, and how they are found."""

    articles: Mapping[str, Article]
    index: Index


@dataclass(slots=True)
class _Shelf:
    """The articles of one guild, the oldest first."""

    articles: dict[str, Article] = field(default_factory=dict[str, Article])
    index: Index | None = None
    """None until somebody asks."""
    making: asyncio.Task[None] | None = None
    """Puts into the index what is not in it yet."""
    shown: OwnLibrary | None = None
    change: int = 0
    """The last line of the guild's history that is in here."""
    looked_at: float = 0.0
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)


_EMPTY: Final = OwnLibrary(MappingProxyType({}), Index())


class OwnLibraries:
    """Keeps the own articles of all guilds."""

    def __init__(self, database: Database, library: Library, patience: float = LOOKED_AGAIN_AFTER) -> None:
        self._database = database
        self._shipped = library
        self._patience = patience
        self._shelves: dict[int, _Shelf] = {}
        self._looking: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Read what is stored of all guilds; once, before anybody asks."""
        newest = await self._database.read(own_articles.newest_changes)
        turn = _Turn()
        async for row in self._stored(None):
            self._put(self._shelf(row.guild_id), row)
            await turn.end()
        now, indexed, later = asyncio.get_running_loop().time(), 0, list[int]()
        for guild_id in sorted(self._shelves, key=lambda guild_id: -newest.get(guild_id, 0)):
            shelf = self._shelves[guild_id]
            shelf.change, shelf.looked_at = newest.get(guild_id, 0), now
            if indexed + len(shelf.articles) > EAGER:
                later.append(guild_id)
                continue
            indexed += len(shelf.articles)
            await self._make_index(shelf)
        self._begin(self._make_all(later), "index each library of the others")

    def of(self, guild_id: int | None) -> OwnLibrary:
        """Return the guild's own articles, at once; none where it has none, or where there is no guild."""
        if guild_id is None:
            return _EMPTY
        self._look_later(guild_id)
        shelf = self._shelves.get(guild_id)
        if shelf is None or not shelf.articles:
            return _EMPTY
        index = self._index_of(guild_id, shelf)
        if shelf.shown is None:
            newest_first = dict(reversed(shelf.articles.items()))
            shelf.shown = OwnLibrary(MappingProxyType(newest_first), index)
        return shelf.shown

    async def wait_for_index(self, guild_id: int) -> None:
        """Wait until everything can be found, but no longer than an answer may."""
        shelf = self._shelf(guild_id)
        self._index_of(guild_id, shelf)
        if shelf.making is not None:
            await asyncio.wait([shelf.making], timeout=WAIT)

    async def apply(self, guild_id: int, saved: Sequence[OwnArticle | None], removed: Sequence[int] = ()) -> None:
        """Take over what has just been stored and removed; None among them counts for nothing."""
        shelf = self._shelf(guild_id)
        async with shelf.changing:
            turn = _Turn()
            self._index_of(guild_id, shelf)
            for article in saved:
                if article is not None:
                    self._put(shelf, article, at_once=len(saved) <= FEW)
                    await turn.end()
            for number in removed:
                self._remove(shelf, f"{OWN}{number}")
                await turn.end()
        self._index_of(guild_id, shelf)

    async def refresh(self, guild_id: int) -> None:
        """Take over what is stored now, if anything has changed."""
        newest = await self._database.read(lambda connection: own_articles.newest_change(connection, guild_id))
        shelf = self._shelf(guild_id)
        if newest == shelf.change:
            return
        async with shelf.changing:
            gone, turn = set(shelf.articles), _Turn()
            async for row in self._stored(guild_id):
                gone.discard(f"{OWN}{row.id}")
                self._put(shelf, row)
                await turn.end()
            for article_id in gone:
                self._remove(shelf, article_id)
                await turn.end()
            shelf.change = newest
        self._index_of(guild_id, shelf)

    async def close(self) -> None:
        """Look no more."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _look_later(self, guild_id: int) -> None:
        now = asyncio.get_running_loop().time()
        shelf = self._shelf(guild_id)
        if guild_id in self._looking or now - shelf.looked_at < self._patience:
            return
        shelf.looked_at = now
        self._looking.add(guild_id)
        self._begin(self._look(guild_id), f"look at the library of {guild_id}")

    async def _stored(self, guild_id: int | None) -> AsyncGenerator[OwnArticle]:
        """Every article that is stored, or those of a guild, `AT_ONCE` at a time."""
        after, rows = 0, list[OwnArticle]()
        while not after or len(rows) == AT_ONCE:

            async def page(connection: AsyncConnection, after: int = after) -> Sequence[OwnArticle]:
                return await own_articles.list_articles(connection, guild_id, after=after, limit=AT_ONCE)

            rows = [*await self._database.read(page)]
            for row in rows:
                yield row
            after = rows[-1].id if rows else -1

    async def _look(self, guild_id: int) -> None:
        try:
            await self.refresh(guild_id)
        except Exception:
            log.exception("The library of guild %d could not be looked at; it stays as it is for now", guild_id)
        finally:
            self._looking.discard(guild_id)

    def _index_of(self, guild_id: int, shelf: _Shelf) -> Index:
        """Return the index of a guild; what is missing in it follows in the background."""
        index = shelf.index = Index() if shelf.index is None else shelf.index  # an empty one is false
        if len(index) < len(shelf.articles) and shelf.making is None:
            shelf.making = self._begin(self._make_index(shelf), f"index the library of {guild_id}")
        return index

    async def _make_all(self, guild_ids: Sequence[int]) -> None:
        for guild_id in guild_ids:
            shelf = self._shelf(guild_id)
            self._index_of(guild_id, shelf)
            if shelf.making is not None:
                await asyncio.wait([shelf.making])

    async def _make_index(self, shelf: _Shelf) -> None:
        """Index the articles of a guild, the newest first, while others may go on changing them."""
        index = shelf.index = Index() if shelf.index is None else shelf.index
        turn = _Turn()
        try:
            while missing := [article_id for article_id in reversed(shelf.articles) if article_id not in index]:
                for article_id in missing:
                    article = shelf.articles.get(article_id)
                    if article is not None and article_id not in index:
                        index.put(own_entry(article, self._shipped))
                        await turn.end()
        finally:
            shelf.making = None

    def _begin(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _shelf(self, guild_id: int) -> _Shelf:
        return self._shelves.setdefault(guild_id, _Shelf())

    def _put(self, shelf: _Shelf, stored: OwnArticle, *, at_once: bool = False) -> None:
        article = self._known(stored.article)
        if shelf.articles.get(article.id) == article:
            return
        shelf.articles[article.id] = article
        shelf.shown = None
        if shelf.index is not None and at_once:
            shelf.index.put(own_entry(article, self._shipped))
        elif shelf.index is not None and article.id in shelf.index:
            shelf.index.remove(article.id)  # what it says by now follows in the background

    def _remove(self, shelf: _Shelf, article_id: str) -> None:
        if shelf.articles.pop(article_id, None) is not None:
            shelf.shown = None
            if shelf.index is not None:
                shelf.index.remove(article_id)

    def _known(self, article: Article) -> Article:
        """Leave out dramas and people that this version of Adlib does not bring (any more)."""
        dramas = _among(article.dramas, self._shipped.dramas)
        people = _among(article.people, self._shipped.people)
        unchanged = len(dramas) == len(article.dramas) and len(people) == len(article.people)
        return article if unchanged else replace(article, dramas=dramas, people=people)


class _Turn:
    """Lets others have their turn after a few milliseconds of work."""

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._began = self._clock()

    async def end(self) -> None:
        if self._clock() - self._began > SLICE:
            await asyncio.sleep(0)
            self._began = self._clock()


def _among(names: tuple[str, ...], known: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in known)
