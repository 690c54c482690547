"""Own articles, previews and history of guilds on both engines."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library_drafts import KEPT, Draft, Edit, ImportDraft, Imported
from bot.domain.own_articles import Change, OwnArticle, Written
from bot.storage import library_drafts, own_articles
from bot.storage.database import Database
from bot.storage.library_tables import library_change, library_draft

NOON = datetime(2026, 5, 1, 12, 0, 0, 123_000, tzinfo=UTC)
GUILD, OTHER, MINA, BORA = 845001112223334445, 845001112223334999, 901000000000000001, 901000000000000002
WHOLE = Written(
    "도깨비 이야기", "Paper", "2024-02", "https://www.example.com/a/?utm_source=x", "Words", ("w",), ("IU",)
)


async def add(
    database: Database, *articles: Written, guild_id: int = GUILD, now: datetime = NOON
) -> Sequence[OwnArticle]:
    async def work(connection: AsyncConnection) -> Sequence[OwnArticle]:
        await own_articles.hold_libraries(connection)
        return await own_articles.add_articles(connection, guild_id, articles, now, adder_id=MINA)

    return await database.write(work)


async def listed(database: Database, guild_id: int | None = GUILD, after: int = 0) -> Sequence[OwnArticle]:
    return await database.read(
        lambda connection: own_articles.list_articles(connection, guild_id, after=after, limit=10_000)
    )


async def change(database: Database, kind: Change, guild_id: int = GUILD, headline: str = "", count: int = 1) -> None:
    async def work(connection: AsyncConnection) -> None:
        await own_articles.hold_libraries(connection)
        await own_articles.add_change(connection, guild_id, kind, NOON, user_id=MINA, headline=headline, count=count)

    await database.write(work)


async def test_articles_come_back_as_they_were_stored_in_their_order(database: Database) -> None:
    added = await add(database, WHOLE, Written("Second", "Paper"))
    assert added == await listed(database)
    assert [article.written for article in added] == [WHOLE, Written("Second", "Paper")]
    assert (added[0].added_at, added[0].adder_id, added[0].feed_id) == (NOON, MINA, None)
    assert added[1].id == added[0].id + 1
    assert await database.read(lambda connection: own_articles.find_article(connection, GUILD, added[0].id)) == added[0]


async def test_two_thousand_articles_are_stored_and_edited_at_once(database: Database) -> None:
    added = await add(database, *(Written(f"h{n}", "P", url=f"https://example.com/{n}") for n in range(2_000)))
    edits = [Edit(article, Written(f"{article.written.headline}!", "Q")) for article in added]

    async def work(connection: AsyncConnection) -> Sequence[OwnArticle]:
        return await own_articles.edit_articles(connection, edits, NOON, editor_id=BORA)

    edited = await database.write(work)
    assert edited == await listed(database)
    assert edited[7].written == Written("h7!", "Q")
    assert (edited[7].editor_id, edited[7].edited_at) == (BORA, NOON)


async def test_an_article_is_found_by_any_spelling_of_its_link(database: Database) -> None:
    [added] = await add(database, WHOLE)
    found = await database.read(
        lambda connection: own_articles.find_linked(connection, GUILD, ["example.com/a", "example.com/b"])
    )
    assert found == {"example.com/a": added}


async def test_articles_of_another_guild_are_none_of_its_business(database: Database) -> None:
    [theirs] = await add(database, WHOLE, guild_id=OTHER)
    assert await listed(database) == []
    assert await database.read(lambda connection: own_articles.find_article(connection, GUILD, theirs.id)) is None
    assert await database.read(lambda connection: own_articles.find_linked(connection, GUILD, ["example.com/a"])) == {}
    assert await database.write(lambda connection: own_articles.remove_article(connection, GUILD, theirs.id)) is None
    forged = Edit(OwnArticle(theirs.id, GUILD, WHOLE, NOON), Written("forged", "P"))
    await database.write(lambda connection: own_articles.edit_articles(connection, [forged], NOON))
    assert await listed(database, OTHER) == [theirs]
    assert await listed(database, None) == [theirs]


async def test_the_number_of_a_removed_article_is_never_given_again(database: Database) -> None:
    [first] = await add(database, WHOLE)
    removed = await database.write(lambda connection: own_articles.remove_article(connection, GUILD, first.id))
    assert removed == first
    [second] = await add(database, WHOLE, now=NOON + timedelta(milliseconds=1))
    assert second.id > first.id


async def test_many_guilds_at_once_get_numbers_of_their_own(database: Database) -> None:
    stored = await asyncio.gather(*(add(database, WHOLE, Written("x", "P"), guild_id=guild) for guild in range(1, 21)))
    numbers = [article.id for articles in stored for article in articles]
    assert len({*numbers}) == 40
    assert sorted(article.id for article in await listed(database, None)) == sorted(numbers)


async def test_history_is_listed_newest_first_and_its_last_line_is_known(database: Database) -> None:
    await change(database, Change.ADDED, headline="One")
    await change(database, Change.IMPORTED, headline="Two", count=12)
    await change(database, Change.REMOVED, guild_id=OTHER, headline="Theirs")
    lines = await database.read(lambda connection: own_articles.list_changes(connection, GUILD, limit=10))
    assert [(line.kind, line.headline, line.count, line.user_id) for line in lines] == [
        (Change.IMPORTED, "Two", 12, MINA),
        (Change.ADDED, "One", 1, MINA),
    ]
    assert [line.changed_at for line in lines] == [NOON, NOON]
    newest = await database.read(own_articles.newest_changes)
    assert newest.keys() == {GUILD, OTHER}
    assert newest[GUILD] == await database.read(lambda connection: own_articles.newest_change(connection, GUILD))
    assert newest[OTHER] > newest[GUILD]
    assert await database.read(lambda connection: own_articles.newest_change(connection, 1)) == 0


async def test_a_guild_keeps_the_last_thousand_lines_of_its_history(database: Database) -> None:
    async def work(connection: AsyncConnection) -> int:
        await own_articles.add_change(connection, OTHER, Change.ADDED, NOON, headline="Theirs")
        for number in range(own_articles.MOST_CHANGES + 3):
            await own_articles.add_change(connection, GUILD, Change.ADDED, NOON, headline=f"{number}")
        return await connection.scalar(select(func.count()).select_from(library_change)) or 0

    assert await database.write(work) == own_articles.MOST_CHANGES + 1
    lines = await database.read(lambda connection: own_articles.list_changes(connection, GUILD, skip=998, limit=5))
    assert [line.headline for line in lines] == ["4", "3"]


async def draft(database: Database, made: Draft | ImportDraft) -> int:
    return await database.write(lambda connection: library_drafts.add_draft(connection, made))


async def find(
    database: Database, draft_id: int, guild_id: int = GUILD, user_id: int = MINA, now: datetime = NOON
) -> Draft | ImportDraft | None:
    return await database.write(
        lambda connection: library_drafts.find_draft(connection, guild_id, user_id, draft_id, now)
    )


async def test_a_draft_comes_back_as_it_was_entered_even_where_that_could_never_be_stored(database: Database) -> None:
    entered = Written("", "x" * 500, "yesterday", "javascript:", "  ", ("w",), ())
    number = await draft(database, Draft(0, GUILD, MINA, NOON, entered, ("w", "live"), ("IU",), article_id=17))
    found = await find(database, number)
    assert found == Draft(number, GUILD, MINA, NOON, entered, ("w", "live"), ("IU",), article_id=17)


async def test_what_was_read_of_a_file_comes_back_as_it_was(database: Database) -> None:
    imported = (Imported(WHOLE, 5), Imported(Written("x", "P")))
    number = await draft(database, ImportDraft(0, GUILD, MINA, NOON, imported))
    assert await find(database, number) == ImportDraft(number, GUILD, MINA, NOON, imported)


async def test_a_draft_is_found_by_its_author_in_its_guild_for_a_day(database: Database) -> None:
    number = await draft(database, Draft(0, GUILD, MINA, NOON))
    assert await find(database, number, guild_id=OTHER) is None
    assert await find(database, number, user_id=BORA) is None
    assert await find(database, number, now=NOON + KEPT) is not None
    assert await find(database, number, now=NOON + KEPT + timedelta(milliseconds=1)) is None
    assert not await database.write(lambda connection: library_drafts.remove_draft(connection, OTHER, MINA, number))
    assert not await database.write(lambda connection: library_drafts.remove_draft(connection, GUILD, BORA, number))
    assert await database.write(lambda connection: library_drafts.remove_draft(connection, GUILD, MINA, number))
    assert not await database.write(lambda connection: library_drafts.remove_draft(connection, GUILD, MINA, number))


async def test_drafts_of_yesterday_go_when_another_is_made(database: Database) -> None:
    await draft(database, Draft(0, GUILD, MINA, NOON))
    late = NOON + KEPT + timedelta(seconds=1)
    kept = await draft(database, Draft(0, OTHER, BORA, late))
    ids = await database.read(lambda connection: connection.scalar(select(func.sum(library_draft.c.id))))
    assert ids == kept


async def test_the_number_of_a_removed_article_never_comes_back_though_many_came_at_once(database: Database) -> None:
    async def work(connection: AsyncConnection) -> list[int]:
        many = [Written(f"h{number}", "P") for number in range(5)]
        last = (await own_articles.add_articles(connection, GUILD, many, NOON))[-1]
        await own_articles.remove_article(connection, GUILD, last.id)
        await own_articles.add_change(connection, GUILD, Change.REMOVED, NOON, article_id=last.id)
        [again] = await own_articles.add_articles(connection, GUILD, [Written("x", "P")], NOON)
        return [last.id, again.id]

    removed, added = await database.write(work)
    assert added > removed


async def test_two_articles_swap_their_links(database: Database) -> None:
    async def work(connection: AsyncConnection) -> list[str | None]:
        links = ["https://example.com/1", "https://example.com/2"]
        one, two = await own_articles.add_articles(
            connection, GUILD, [Written("One", "P", url=links[0]), Written("Two", "P", url=links[1])], NOON
        )
        edits = [Edit(one, Written("One", "P", url=links[1])), Edit(two, Written("Two", "P", url=links[0]))]
        await own_articles.edit_articles(connection, edits, NOON)
        return [article.written.url for article in await own_articles.list_whole(connection, GUILD)]

    assert await database.write(work) == ["https://example.com/2", "https://example.com/1"]
