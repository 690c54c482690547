"""Files of articles: all faults or a preview, then everything or nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.content.file_formats import Format
from bot.domain.library import Library
from bot.domain.own_articles import MOST_ARTICLES, Change, Written
from bot.errors import AlreadyInLibrary, DraftGone, FileNotText, FileOfNoKind, FileTooBig, TooManyArticles
from bot.services.library_imports import ImportPreview, Refused
from bot.storage import own_articles
from bot.storage.database import Database
from tests.services.own_shelf import BORA, GUILD, MINA, NOON, OTHER, Shelf, settled, shelf_on

ROWS = """\
headline,publisher,url,dramas
Kim Se-jeong tells,P,https://example.com/1,
About a drama,P,https://example.com/2,W
"""


@pytest.fixture
async def shelf(database: Database, library: Library) -> AsyncIterator[Shelf]:
    yield shelf_on(database, library)
    await settled()


async def read(shelf: Shelf, text: str = ROWS, kind: str = "csv", guild_id: int = GUILD) -> ImportPreview:
    outcome = await shelf.imports.read(guild_id, MINA, f"a.{kind}", text.encode(), NOON)
    assert isinstance(outcome, ImportPreview)
    return outcome


async def take_in(shelf: Shelf, text: str = ROWS, kind: str = "csv", guild_id: int = GUILD) -> None:
    preview = await read(shelf, text, kind, guild_id)
    assert preview.draft_id is not None
    await shelf.imports.save(guild_id, MINA, preview.draft_id, NOON)


async def test_a_file_is_previewed_and_imported_as_a_whole(shelf: Shelf) -> None:
    preview = await read(shelf)
    assert (len(preview.plan.new), len(preview.plan.changed), preview.plan.unchanged) == (2, 0, 0)
    assert await shelf.stored() == []
    assert preview.draft_id is not None
    assert await shelf.imports.plan(GUILD, MINA, preview.draft_id, NOON) == preview
    plan = await shelf.imports.save(GUILD, MINA, preview.draft_id, NOON)
    assert plan == preview.plan
    first, second = await shelf.stored()
    assert (first.written.people, first.adder_id) == (("Kim Se-jeong",), MINA)
    assert (second.written.dramas, second.written.people) == (("w",), ())
    assert shelf.found("about a drama") == ["About a drama"]
    [line] = (await shelf.library.history(GUILD, 0, 5)).changes
    assert (line.kind, line.count, line.user_id, line.headline) == (Change.IMPORTED, 2, MINA, "Kim Se-jeong tells")


async def test_a_second_import_changes_what_is_different_and_leaves_the_rest(shelf: Shelf) -> None:
    await take_in(shelf)
    before = await shelf.stored()
    preview = await read(shelf, ROWS.replace("About a drama", "About W") + "New,P,,\n")
    assert [written.headline for written in preview.plan.new] == ["New"]
    assert [(edit.before.id, edit.after.headline) for edit in preview.plan.changed] == [(before[1].id, "About W")]
    assert preview.plan.unchanged == 1
    assert preview.draft_id is not None
    await shelf.imports.save(GUILD, MINA, preview.draft_id, NOON)
    after = await shelf.stored()
    assert [(article.id, article.written.headline) for article in after[:2]] == [
        (before[0].id, "Kim Se-jeong tells"),
        (before[1].id, "About W"),
    ]
    assert (after[0], after[1].editor_id, len(after)) == (before[0], MINA, 3)


async def test_the_same_file_again_has_nothing_to_save(shelf: Shelf) -> None:
    await take_in(shelf)
    again = await read(shelf)
    assert (again.plan.is_empty, again.plan.unchanged, again.draft_id) == (True, 2, None)


@pytest.mark.parametrize("kind", Format)
async def test_an_export_imports_again_to_nothing_new_and_moves_to_another_guild(shelf: Shelf, kind: Format) -> None:
    await take_in(shelf)
    await shelf.add(Written("=1+1, \"quoted\"; 'x' [y] 도깨비", "P", "2024-02-03", None, "A 🙂 summary\nof two lines"))
    [(_, content)] = await shelf.library.export(GUILD, kind)
    again = await shelf.imports.read(GUILD, MINA, f"x.{kind}", content, NOON)
    assert isinstance(again, ImportPreview)
    assert (again.plan.is_empty, again.plan.unchanged) == (True, 3)
    await take_in(shelf, content.decode(), kind, OTHER)
    ours, theirs = await shelf.stored(), await shelf.stored(OTHER)
    assert [article.written for article in ours] == [article.written for article in theirs]
    assert {article.id for article in ours}.isdisjoint(article.id for article in theirs)


async def test_a_file_with_faults_says_all_of_them_and_stores_nothing(shelf: Shelf) -> None:
    outcome = await shelf.imports.read(
        GUILD, MINA, "a.csv", ROWS.replace("W\n", "V\n").replace("Kim Se-jeong tells", "").encode(), NOON
    )
    assert isinstance(outcome, Refused)
    assert [(fault.line, fault.key) for fault in outcome.faults] == [(2, "headline"), (3, "dramas")]
    assert await shelf.stored() == []


async def test_a_link_of_another_article_is_a_fault_of_the_file(shelf: Shelf) -> None:
    await take_in(shelf)
    first, _ = await shelf.stored()
    text = f"id,headline,publisher,url\nown/{first.id},x,P,https://example.com/2\n"
    outcome = await shelf.imports.read(GUILD, MINA, "a.csv", text.encode(), NOON)
    assert isinstance(outcome, Refused)
    assert [(fault.line, fault.values) for fault in outcome.faults] == [(2, {"name": "About a drama"})]


async def test_what_cannot_be_a_file_of_articles_is_refused_before_it_is_read(shelf: Shelf) -> None:
    with pytest.raises(FileOfNoKind):
        shelf.imports.admit("a.png", 10)
    with pytest.raises(FileTooBig):
        shelf.imports.admit("a.csv", 3_000_000)
    with pytest.raises(FileNotText):
        await shelf.imports.read(GUILD, MINA, "a.csv", b"\xff\x00", NOON)


async def test_an_import_that_would_not_fit_is_refused_as_a_whole(shelf: Shelf) -> None:
    held = [Written(f"h{number}", "P") for number in range(MOST_ARTICLES - 1)]
    await shelf.database.write(lambda connection: own_articles.add_articles(connection, GUILD, held, NOON))
    with pytest.raises(TooManyArticles):
        await read(shelf)
    await take_in(shelf, ROWS.splitlines()[0] + "\nOnly one,P,,\n")
    assert len(await shelf.stored()) == MOST_ARTICLES


async def test_what_others_store_after_the_preview_is_in_the_way_and_nothing_is_stored(shelf: Shelf) -> None:
    await take_in(shelf)
    first, second = await shelf.stored()
    preview = await read(shelf, f"id,headline,publisher,url\nown/{first.id},x,P,https://example.com/9\n,New,P,\n")
    edit = await shelf.drafts.begin_edit(GUILD, BORA, second, NOON)
    await shelf.drafts.fill(GUILD, BORA, edit.id, Written("y", "P", url="https://example.com/9"), NOON)
    moved = await shelf.drafts.save(GUILD, BORA, edit.id, NOON)
    assert preview.draft_id is not None
    with pytest.raises(AlreadyInLibrary):
        await shelf.imports.save(GUILD, MINA, preview.draft_id, NOON)
    assert await shelf.stored() == [first, moved]


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
async def test_an_import_is_done_once_however_often_it_is_pressed(shelf: Shelf) -> None:
    preview = await read(shelf)
    number = preview.draft_id or 0
    outcomes = await asyncio.gather(
        *(shelf.imports.save(GUILD, MINA, number, NOON) for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DraftGone"] * 3 + ["Plan"]
    assert len(await shelf.stored()) == 2


async def test_a_preview_of_a_file_can_be_thrown_away_and_is_no_form(shelf: Shelf) -> None:
    number = (await read(shelf)).draft_id or 0
    with pytest.raises(DraftGone):
        await shelf.drafts.save(GUILD, MINA, number, NOON)
    await shelf.drafts.discard(GUILD, MINA, number)
    with pytest.raises(DraftGone):
        await shelf.imports.save(GUILD, MINA, number, NOON)
