"""A guild's own library as files, and its history."""

from datetime import timedelta

import pytest
from simcord.results import InteractionResult
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library_drafts import MOST_IMPORTED
from bot.domain.own_articles import Written, own_number
from bot.storage import own_articles
from bot.storage.database import open_database
from bot.ui.article_previews import CHANGE, SAVE, SAVE_ANEW
from bot.ui.files import FAULTS_SHOWN
from bot.ui.pages import notice
from cogs.library import render
from tests.cogs.world import World, answer, buttons, texts

ROWS = "headline,publisher,url\nKim Se-jeong tells,Paper,https://example.com/1\n**Loud** @everyone,Paper,\n"


async def take_in(world: World, content: str | bytes = ROWS, file: str = "ours.csv") -> InteractionResult:
    sent = content if isinstance(content, bytes) else content.encode()
    return await world.mina.slash(world.channel, "library import", file=(file, sent))


async def stored(world: World) -> list[str]:
    own = world.bot.services.own_libraries.of(world.guild.id)
    return sorted(article.headline.en for article in own.articles.values())


async def test_a_file_is_previewed_and_nothing_is_stored_before_import_is_pressed(world: World) -> None:
    shown = await take_in(world)
    assert shown.ephemeral
    text = texts(answer(shown))
    assert "New: 2 · changed: 0 · unchanged: 0" in text
    assert "- New: Kim Se-jeong tells · Paper" in text
    assert "\\*\\*Loud\\*\\* @\u200beveryone" in text
    assert await stored(world) == []
    done = await world.mina.click(answer(shown), label="Import")
    assert "## Imported\nNew: 2" in texts(answer(done))
    assert await stored(world) == ["**Loud** @everyone", "Kim Se-jeong tells"]


async def test_an_import_is_discarded_or_done_once_also_after_a_restart(world: World) -> None:
    first = await take_in(world)
    await world.restart()
    gone = await world.mina.click(answer(first), label="Discard")
    assert texts(answer(gone)) == "Discarded; nothing was stored."
    second, third = await take_in(world), await take_in(world)
    await world.mina.click(answer(second), label="Import")
    assert await stored(world) == [], "a new file takes the place of the last one"
    await world.mina.click(answer(third), label="Import")
    assert len(await stored(world)) == 2
    again = await take_in(world)
    assert "There is nothing to save: everything in the file is here already." in texts(answer(again))
    assert buttons(answer(again)) == {}


async def test_many_articles_are_looked_through_page_by_page(world: World) -> None:
    await take_in_now(world, "headline,publisher\nHeadline 3,Paper\n")
    rows = "".join(f"Headline {number},Paper\n" for number in range(25))
    shown = await take_in(world, f"headline,publisher\n{rows}")
    assert "New: 24 · changed: 0 · unchanged: 1" in texts(answer(shown))
    turned = await world.mina.click(answer(shown), label="Next (1/3)")
    assert "- New: Headline 12 · Paper" in texts(answer(turned))
    last = await world.mina.click(answer(turned), label="Next (2/3)")
    assert "Headline 24" in texts(answer(last))
    assert len(texts(answer(last)).splitlines()) == 7


async def take_in_now(world: World, content: str) -> None:
    await world.mina.click(answer(await take_in(world, content)), label="Import")


async def test_every_fault_is_listed_with_its_line_and_nothing_is_stored(world: World) -> None:
    shown = await take_in(world, "headline,publisher,date\n,Paper,\nOne,Paper,soon\n")
    text = texts(answer(shown))
    assert "The file has 2 faults; nothing was stored." in text
    assert "Line 2: **headline** is missing; add it" in text
    assert "Line 3: **date** must be a date like 2016-08-04, 2016-08 or 2016, and not in the future" in text
    assert buttons(answer(shown)) == {}


async def test_many_faults_come_as_a_file(world: World) -> None:
    shown = await take_in(world, "headline,publisher\n" + ",Paper\n" * 40)
    assert texts(answer(shown)).count("Line ") == FAULTS_SHOWN
    [attachment] = answer(shown).attachments
    assert attachment.filename == "faults.txt"
    assert len((await attachment.read()).decode().splitlines()) == 40


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("a.toml", b"x" * 3_000_000, "That file is too big: 2 MB and 2000 articles at most."),
        ("a.csv", b"\x89PNG\x00\x01", "That file is not text in UTF-8. Save it as UTF-8 and import it again."),
        ("a.png", b"\x89PNG", "A library is a .toml or a .csv file. /library export gives you one to look at."),
    ],
)
async def test_a_big_a_binary_and_another_kind_of_file_are_refused_in_one_sentence(
    world: World, file: str, content: bytes, sentence: str
) -> None:
    refused = await take_in(world, content, file)
    assert refused.ephemeral
    assert texts(answer(refused)) == sentence


@pytest.mark.parametrize("kind", ["toml", "csv"])
async def test_an_export_is_a_file_that_imports_again_to_nothing_new(world: World, kind: str) -> None:
    empty = await world.mina.slash(world.channel, "library export", format=kind)
    assert texts(answer(empty)) == "This server has no articles of its own yet. Begin with /library add."
    await take_in_now(world, ROWS)
    sent = await world.mina.slash(world.channel, "library export", format=kind)
    assert sent.ephemeral
    [attachment] = answer(sent).attachments
    assert attachment.filename == f"library.{kind}"
    again = await take_in(world, await attachment.read(), attachment.filename)
    assert "New: 0 · changed: 0 · unchanged: 2" in texts(answer(again))


async def test_a_large_library_is_exported_as_files_that_each_import_again(world: World) -> None:
    held = [Written(f"Headline {number}", "P") for number in range(MOST_IMPORTED + 1)]
    async with open_database(world.database_url) as database:
        await database.write(
            lambda connection: own_articles.add_articles(connection, world.guild.id, held, world.env.now())
        )
    sent = await world.mina.slash(world.channel, "library export", format="csv")
    assert "in 2 files" in texts(answer(sent))
    assert [attachment.filename for attachment in answer(sent).attachments] == ["library-1.csv", "library-2.csv"]
    counts: list[str] = []
    for attachment in answer(sent).attachments:
        again = await take_in(world, await attachment.read(), attachment.filename)
        counts.append(texts(answer(again)).splitlines()[1])
    assert counts == [f"New: 0 · changed: 0 · unchanged: {count}" for count in (MOST_IMPORTED, 1)]


async def test_what_an_import_would_do_by_now_is_shown_before_it_is_done(world: World) -> None:
    await take_in_now(world, ROWS)
    shown = await take_in(world, ROWS.replace("tells", "told"))
    own = world.bot.services.own_libraries.of(world.guild.id)
    [number] = [own_number(each.id) for each in own.articles.values() if each.url]
    await world.bot.services.library.remove(world.guild.id, 7, number or 0, world.env.backend.clock.now())
    again = await world.mina.click(answer(shown), label="Import")
    assert "New: 1 · changed: 0 · unchanged: 1" in texts(answer(again))
    assert "Something else has changed the library meanwhile." in texts(answer(again))
    assert len(await stored(world)) == 1
    await world.mina.click(answer(again), label="Import")
    assert await stored(world) == ["**Loud** @everyone", "Kim Se-jeong told"]


async def feed(world: World, entry: Written) -> None:
    """Let a feed bring an entry."""
    now = world.env.backend.clock.now()

    async def work(connection: AsyncConnection) -> None:
        await world.bot.services.library.join(connection, world.guild.id, 7, [entry], now)

    async with open_database(world.database_url) as database:
        await database.write(work)


async def test_the_history_says_who_did_what_and_what_feeds_have_brought(world: World) -> None:
    empty = await world.mina.slash(world.channel, "library history")
    assert texts(answer(empty)) == "Nothing has happened in this server's library yet."
    await take_in_now(world, ROWS)
    for number in range(2, 14):
        await feed(world, Written(f"Fed *{number}*", "Site", url=f"https://example.com/{number}"))
    shown = await world.mina.slash(world.channel, "library history")
    assert shown.ephemeral
    lines = texts(answer(shown)).splitlines()
    assert lines[0] == "## History of the library"
    assert lines[1].startswith("- A feed brought “Fed \\*13\\*” · <t:")
    assert len(lines) == 1 + render.LINES
    older = await world.mina.click(answer(shown), label="Next (1/2)")
    assert texts(answer(older)).splitlines()[-1].startswith(f"- <@{world.mina.id}> imported 2 articles · <t:")


async def test_a_member_who_had_her_data_deleted_has_no_name_in_the_history(world: World) -> None:
    await take_in_now(world, ROWS)
    await world.bot.services.privacy.delete(world.mina.id)
    shown = await world.mina.slash(world.channel, "library history")
    assert "- Somebody imported 2 articles" in texts(answer(shown))


async def test_members_who_may_not_manage_the_server_are_refused_by_every_button(world: World) -> None:
    preview = await take_in(world)
    now = world.env.backend.clock.now() + timedelta(seconds=1)
    draft = await world.bot.services.library_drafts.begin(world.guild.id, world.alice.id, now)
    custom_ids = [button["custom_id"] for button in buttons(answer(preview)).values()]
    custom_ids += [action.custom_id(draft.id) for action in (SAVE, SAVE_ANEW, CHANGE, render.REMOVE, render.HISTORY)]
    for custom_id in custom_ids:
        public = await world.bot.get_partial_messageable(world.channel.id).send(view=notice("a forged button"))
        refused = world.post_click(world.alice, public, custom_id)
        await world.env.settle()
        assert texts(answer(refused)) == "Only members who may manage this server can change that.", custom_id
