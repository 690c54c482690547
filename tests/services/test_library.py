"""A guild's own library: found, removed, exported, told of, and fed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.file_formats import Format
from bot.domain.library import Library
from bot.domain.own_articles import MOST_ARTICLES, Change, OwnArticle, Written
from bot.errors import LibraryEmpty, NoSuchArticle
from bot.storage import own_articles
from bot.storage.database import Database
from tests.services.own_shelf import BORA, GUILD, MINA, NOON, OTHER, Shelf, settled, shelf_on

WRITTEN = Written("Kim Se-jeong tells", "Our Paper", "2024-02", "https://example.com/a", "Words.")
FEED = 77


@pytest.fixture
async def shelf(database: Database, library: Library) -> AsyncIterator[Shelf]:
    yield shelf_on(database, library)
    await settled()


async def join(shelf: Shelf, *entries: Written, guild_id: int = GUILD) -> Sequence[OwnArticle | None]:
    """Let a feed bring entries, as whoever reads feeds does."""
    joined = await shelf.database.write(lambda c: shelf.library.join(c, guild_id, FEED, entries, NOON))
    await shelf.own.apply(guild_id, joined)
    return joined


def entry(number: int, headline: str = "") -> Written:
    return Written(headline or f"Entry {number}", "Site", "2026-11-20", f"https://example.com/{number}")


async def test_an_article_is_found_by_its_id_or_by_the_only_headline_that_answers(shelf: Shelf) -> None:
    first = await shelf.add(WRITTEN)
    await shelf.add(Written("Something else", "P"))
    assert (await shelf.library.find(GUILD, f"own/{first.id}")).stored == first
    assert (await shelf.library.find(GUILD, "sejeong")).stored == first
    for text in ("", "zzzz", "own/1", "own/x", f"own/{2**70}", "♥"):
        with pytest.raises(NoSuchArticle):
            await shelf.library.find(GUILD, text)


async def test_while_nothing_is_typed_the_last_added_are_offered(shelf: Shelf) -> None:
    for number in range(30):
        await shelf.add(Written(f"h{number}", "P"))
    offered = [article.headline.en for article in shelf.library.suggest(GUILD, " ")]
    assert offered == [f"h{number}" for number in range(29, 4, -1)]
    assert shelf.library.suggest(OTHER, "h") == []


async def test_articles_of_another_guild_are_none_of_its_business(shelf: Shelf) -> None:
    theirs = await shelf.add(WRITTEN, guild_id=OTHER)
    assert shelf.found("sejeong") == []
    for refused in (
        shelf.library.find(GUILD, f"own/{theirs.id}"),
        shelf.library.find(GUILD, "sejeong"),
        shelf.library.get(GUILD, theirs.id),
        shelf.library.remove(GUILD, MINA, theirs.id, NOON),
    ):
        with pytest.raises(NoSuchArticle):
            await refused
    with pytest.raises(LibraryEmpty):
        await shelf.library.export(GUILD, Format.TOML)
    assert (await shelf.library.history(GUILD, 0, 10)).changes == []
    assert await shelf.stored(OTHER) == [theirs]


async def test_a_removed_article_is_gone_everywhere_but_in_the_history(shelf: Shelf) -> None:
    stored = await shelf.add(WRITTEN)
    assert await shelf.library.remove(GUILD, BORA, stored.id, NOON + timedelta(hours=1)) == stored
    assert shelf.found("sejeong") == []
    assert await shelf.stored() == []
    with pytest.raises(NoSuchArticle):
        await shelf.library.remove(GUILD, BORA, stored.id, NOON)
    history = await shelf.library.history(GUILD, 0, 10)
    assert [(line.kind, line.user_id, line.headline) for line in history.changes] == [
        (Change.REMOVED, BORA, WRITTEN.headline),
        (Change.ADDED, MINA, WRITTEN.headline),
    ]


async def test_history_has_pages_and_a_page_out_of_range_is_the_nearest(shelf: Shelf) -> None:
    for number in range(5):
        await shelf.add(Written(f"h{number}", "P"))
    last = await shelf.library.history(GUILD, 99, 2)
    assert (last.page, last.pages, [line.headline for line in last.changes]) == (2, 3, ["h0"])
    assert [line.headline for line in (await shelf.library.history(GUILD, -3, 2)).changes] == ["h4", "h3"]
    assert (await shelf.library.history(OTHER, 0, 2)).pages == 1


@pytest.mark.parametrize("kind", Format)
async def test_an_export_names_everything_that_is_stored(shelf: Shelf, kind: Format) -> None:
    stored = await shelf.add(WRITTEN)
    [(filename, content)] = await shelf.library.export(GUILD, kind)
    text = content.decode("utf-8-sig")
    assert filename == f"library.{kind}"
    for part in (
        f"own/{stored.id}",
        *(WRITTEN.headline, "Our Paper", "2024-02", "https://example.com/a", "Kim Se-jeong"),
    ):
        assert part in text


async def test_what_a_feed_brings_joins_once_by_its_link_without_any_text(shelf: Shelf) -> None:
    known = await shelf.add(WRITTEN)
    joined = await join(
        shelf,
        entry(1),
        entry(1, "The same again"),
        Written("Known", "Site", url="http://example.com/a?utm_medium=feed"),
        Written("x" * 400, "Site", "2031-01-01", "https://example.com/2", "A text that is not ours.", ("w",) * 9),
        Written("No link", "Site"),
        Written("Bad link", "Site", url="javascript:alert(1)"),
    )
    first, again, held, long, *unlinked = joined
    assert first is not None
    assert long is not None
    assert (first, held, unlinked) == (again, known, [None, None])
    assert (first.feed_id, first.adder_id, first.written) == (FEED, None, entry(1))
    assert (len(long.written.headline), long.written.date, long.written.summary) == (300, None, None)
    assert len(await shelf.stored()) == 3
    assert shelf.found("entry 1") == ["Entry 1"]
    newest = (await shelf.library.history(GUILD, 0, 1)).changes[0]
    assert (newest.kind, newest.count, newest.user_id, newest.headline) == (Change.FED, 2, None, "Entry 1")
    assert list(await join(shelf, entry(1))) == [first]
    assert (await shelf.library.history(GUILD, 0, 9)).changes[0].count == 2


async def test_a_full_library_takes_what_it_knows_and_nothing_else(shelf: Shelf) -> None:
    articles = [entry(number) for number in range(MOST_ARTICLES - 1)]
    await shelf.database.write(lambda connection: own_articles.add_articles(connection, GUILD, articles, NOON))
    joined = await join(shelf, entry(MOST_ARTICLES), entry(MOST_ARTICLES + 1), entry(3))
    assert [article is None for article in joined] == [False, True, False]
    assert len(await shelf.stored()) == MOST_ARTICLES


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
async def test_feeds_and_managers_who_bring_one_link_in_one_instant_store_it_once(shelf: Shelf) -> None:
    await asyncio.gather(*(join(shelf, entry(1), entry(number)) for number in range(2, 8)), shelf.add(WRITTEN))
    links = [article.written.url for article in await shelf.stored()]
    assert len(links) == len({*links}) == 8


async def test_what_is_rolled_back_has_not_joined(shelf: Shelf) -> None:
    async def work(connection: AsyncConnection) -> None:
        await shelf.library.join(connection, GUILD, FEED, [entry(1)], NOON)
        raise RuntimeError("the feed's own step failed")

    with pytest.raises(RuntimeError):
        await shelf.database.write(work)
    assert await shelf.stored() == []
    assert (await shelf.library.history(GUILD, 0, 5)).changes == []
