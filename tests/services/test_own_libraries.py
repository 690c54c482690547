"""Own articles in memory: there at the start, after every change, and after a change by another process."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from bot.content.mentions import Mentions
from bot.domain.library import Library
from bot.domain.library_drafts import Edit
from bot.domain.own_articles import OwnArticle, Written
from bot.services import own_libraries
from bot.services.jobs import JobService
from bot.services.library_drafts import LibraryDraftService
from bot.services.own_libraries import OwnLibraries
from bot.storage import own_articles
from bot.storage.database import Database
from tests.services.own_shelf import GUILD, MINA, NOON, OTHER, Shelf, settled, shelf_on

PATIENCE = 15.0


@pytest.fixture
async def shelf(database: Database, library: Library) -> AsyncIterator[Shelf]:
    yield shelf_on(database, library)
    await settled()


def headlines(own: OwnLibraries, guild_id: int | None = GUILD) -> list[str]:
    return [article.headline.en for article in own.of(guild_id).articles.values()]


async def fill(database: Database, count: int, guild_id: int = GUILD) -> Sequence[OwnArticle]:
    """Store articles as another process would, without a line in the history."""
    articles = [Written(f"Headline number {number}", "P") for number in range(count)]
    return await database.write(lambda connection: own_articles.add_articles(connection, guild_id, articles, NOON))


async def test_where_there_is_no_guild_or_nothing_of_its_own_there_is_nothing(shelf: Shelf) -> None:
    await shelf.own.load()
    for guild_id in (None, GUILD):
        empty = shelf.own.of(guild_id)
        assert (dict(empty.articles), list(empty.index.search("anything"))) == ({}, [])
    await settled()


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
async def test_a_new_process_has_all_articles_of_all_guilds_before_anybody_asks(
    shelf: Shelf, database: Database, library: Library
) -> None:
    for number in range(own_libraries.AT_ONCE + 3):
        await shelf.add(Written(f"Ours {number}", "P"))
    await shelf.add(Written("Theirs", "P"), guild_id=OTHER)
    fresh = shelf_on(database, library)
    await fresh.own.load()
    assert headlines(fresh.own)[:2] == [f"Ours {own_libraries.AT_ONCE + 2}", f"Ours {own_libraries.AT_ONCE + 1}"]
    assert len(headlines(fresh.own)) == own_libraries.AT_ONCE + 3
    assert fresh.found("ours 7")[0] == "Ours 7"
    assert fresh.found("theirs") == []
    assert (headlines(fresh.own, OTHER), fresh.found("theirs", OTHER)) == (["Theirs"], ["Theirs"])


async def test_what_was_stored_before_a_kill_is_there_after_the_restart(database: Database, library: Library) -> None:
    class Killed(Exception):
        """The process ends here."""

    class Dying(OwnLibraries):
        async def apply(self, guild_id: int, saved: Sequence[OwnArticle | None], removed: Sequence[int] = ()) -> None:
            raise Killed

    dying = Dying(database, library)
    drafts = LibraryDraftService(database, library, Mentions(library), dying, JobService(database, "dying"))
    draft = await drafts.begin(GUILD, MINA, NOON)
    await drafts.fill(GUILD, MINA, draft.id, Written("Stored", "P"), NOON)
    with pytest.raises(Killed):
        await drafts.save(GUILD, MINA, draft.id, NOON)
    assert headlines(dying) == []
    await dying.close()
    fresh = shelf_on(database, library)
    await fresh.own.load()
    assert (headlines(fresh.own), fresh.found("stored")) == (["Stored"], ["Stored"])


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
async def test_another_process_is_noticed_the_next_time_but_never_waited_for(
    database: Database, library: Library
) -> None:
    one, two = shelf_on(database, library, patience=0.0), shelf_on(database, library, patience=0.0)
    kept = await one.add(Written("Kept", "P"))
    gone = await one.add(Written("Gone", "P"))
    assert headlines(two.own) == [], "at once, and so without it"
    await settled()
    assert headlines(two.own) == ["Gone", "Kept"]
    await settled()
    await one.library.remove(GUILD, MINA, gone.id, NOON)
    edit = await one.drafts.begin_edit(GUILD, MINA, kept, NOON)
    await one.drafts.fill(GUILD, MINA, edit.id, replace(kept.written, headline="Changed"), NOON)
    await one.drafts.save(GUILD, MINA, edit.id, NOON)
    headlines(two.own)
    await settled()
    assert (headlines(two.own), two.found("changed"), two.found("gone")) == (["Changed"], ["Changed"], [])
    await settled()


async def test_a_guild_is_looked_at_again_only_after_a_while(
    shelf: Shelf, database: Database, library: Library
) -> None:
    patient = shelf_on(database, library, patience=3600.0)
    assert headlines(patient.own) == []
    await settled()
    await shelf.add(Written("New", "P"))
    assert headlines(patient.own) == []
    await settled()
    assert headlines(patient.own) == []
    await patient.own.refresh(GUILD)
    assert headlines(patient.own) == ["New"]


async def test_a_library_that_was_not_indexed_at_the_start_is_while_its_guild_asks(
    database: Database, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_libraries, "EAGER", 10)
    await fill(database, 40)
    fresh = shelf_on(database, library)
    await fresh.own.load()
    own = fresh.own.of(GUILD)
    assert (len(own.articles), len(own.index)) == (40, 0)
    await fresh.add(Written("Headline of today", "P"))
    await settled()
    assert len(fresh.own.of(GUILD).index) == 41
    assert fresh.found("headline of today")[0] == "Headline of today"


async def test_an_index_that_is_being_made_follows_what_changes_meanwhile(
    database: Database, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_libraries, "EAGER", 0)
    monkeypatch.setattr(own_libraries, "SLICE", 0.0)
    first, *_, last = await fill(database, 30)
    fresh = shelf_on(database, library)
    await fresh.own.load()
    index = fresh.own.of(GUILD).index
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert 0 < len(index) < 30
    edited = replace(first, written=Written("Something else", "P"))
    await fresh.own.apply(GUILD, [edited], [last.id])
    await settled()
    assert (len(index), fresh.found("something else")) == (29, ["Something else"])
    assert f"own/{last.id}" not in index


async def test_what_a_version_of_the_catalogue_does_not_bring_is_left_out(database: Database, library: Library) -> None:
    old = [Written("Old", "P", dramas=("gone", "w"), people=("Nobody", "IU"))]
    await database.write(lambda connection: own_articles.add_articles(connection, GUILD, old, NOON))
    fresh = shelf_on(database, library)
    await fresh.own.load()
    [article] = fresh.own.of(GUILD).articles.values()
    assert (article.dramas, article.people) == (("w",), ("IU",))


async def test_the_loop_has_its_turn_every_few_milliseconds(database: Database, library: Library) -> None:
    """Counted, not timed: another task runs hundreds of times while a thousand articles are taken over."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    stored = await fill(database, 1_000)
    fresh = shelf_on(database, library)
    counting = asyncio.create_task(count())
    before = turns
    await fresh.own.apply(GUILD, stored)
    assert len(fresh.own.of(GUILD).index) == 0, "its guild is answered first"
    await fresh.own.wait_for_index(GUILD)
    counting.cancel()
    assert turns - before > 25
    assert len(fresh.own.of(GUILD).index) == 1_000


async def test_looking_again_that_fails_leaves_everything_as_it_is(
    database: Database, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    class Unreachable(OwnLibraries):
        async def refresh(self, guild_id: int) -> None:
            raise ConnectionError("the database is away")

    own = Unreachable(database, library, patience=0.0)
    [stored] = await fill(database, 1)
    await own.apply(GUILD, [stored])
    for _ in range(2):
        assert headlines(own) == ["Headline number 0"]
        await settled()
    assert caplog.text.count("could not be looked at") == 2


async def test_every_library_is_indexed_after_the_start_and_a_small_one_behind_a_large_one_before_it_is_over(
    database: Database, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_libraries, "EAGER", 10)
    await fill(database, 40)
    await fill(database, 5, OTHER)
    fresh = shelf_on(database, library)
    await fresh.own.load()
    assert len(fresh.own.of(OTHER).index) == 5
    await settled()
    assert len(fresh.own.of(GUILD).index) == 40, "nobody had asked"


async def test_an_article_is_found_by_its_headline_while_its_library_is_still_being_indexed(
    database: Database, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_libraries, "EAGER", 0)
    monkeypatch.setattr(own_libraries, "SLICE", 0.0)
    oldest, *_ = await fill(database, 300)
    await database.write(
        lambda connection: own_articles.edit_articles(connection, [Edit(oldest, Written("Zebra club", "P"))], NOON)
    )
    fresh = shelf_on(database, library)
    await fresh.own.load()
    assert (await fresh.library.find(GUILD, "zebra club")).stored.id == oldest.id


async def test_a_guild_that_stores_one_article_does_not_wait_for_thousands_of_another(
    database: Database, library: Library
) -> None:
    fresh = shelf_on(database, library)
    many = await fill(database, 2_000)
    [one] = await fill(database, 1, OTHER)
    await fresh.own.apply(GUILD, many)
    await fresh.own.apply(OTHER, [one])
    assert fresh.found("headline number 0", OTHER) == ["Headline number 0"]
    assert len(fresh.own.of(GUILD).index) < 2_000
    await settled()
    assert len(fresh.own.of(GUILD).index) == 2_000
