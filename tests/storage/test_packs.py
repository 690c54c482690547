"""Packs of guilds on both engines."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.packs import Pack
from bot.storage import packs
from bot.storage.database import Database
from bot.storage.tables import moment_off, pack

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUILD, OTHER, MINA = 845001112223334445, 845001112223334999, 901000000000000001


async def save(database: Database, name: str, guild_id: int = GUILD, content: str = "[]", size: int = 0) -> Pack:
    async def work(connection: AsyncConnection) -> Pack:
        return await packs.save_pack(
            connection,
            guild_id=guild_id,
            name=name,
            folded=name.casefold(),
            size=size,
            content=content,
            uploader_id=MINA,
            now=NOON,
        )

    return await database.write(work)


async def content_of(database: Database, pack_id: int) -> tuple[int, str] | None:
    return await database.read(lambda connection: packs.find_content(connection, pack_id))


async def switch(database: Database, guild_id: int, pack_id: int, enabled: bool) -> Pack | None:
    return await database.write(lambda connection: packs.switch_pack(connection, guild_id, pack_id, enabled=enabled))


async def test_a_new_pack_is_stored_switched_off(database: Database) -> None:
    saved = await save(database, "Kisses", content='["가"]', size=1)
    assert saved == Pack(saved.id, GUILD, "Kisses", 1, enabled=False, uploaded_at=NOON)
    assert await database.read(lambda connection: packs.find_pack(connection, GUILD, saved.id)) == saved
    assert await content_of(database, saved.id) == (1, '["가"]')


async def test_the_same_name_again_replaces_the_content_and_keeps_number_and_switch(database: Database) -> None:
    first = await save(database, "Kisses")
    await switch(database, GUILD, first.id, True)
    again = await save(database, "KISSES", content="[1]", size=1)
    assert again == Pack(first.id, GUILD, "KISSES", 1, enabled=True, uploaded_at=NOON)
    assert await content_of(database, first.id) == (2, "[1]")
    assert await database.read(lambda connection: packs.find_version(connection, first.id)) == 2


async def test_another_guild_has_packs_of_its_own(database: Database) -> None:
    mine, theirs = await save(database, "Kisses"), await save(database, "Kisses", OTHER)
    assert mine.id != theirs.id
    assert await database.read(lambda connection: packs.list_packs(connection, OTHER)) == [theirs]
    assert await database.read(lambda connection: packs.find_pack(connection, GUILD, theirs.id)) is None
    assert await switch(database, GUILD, theirs.id, True) is None
    assert await database.write(lambda connection: packs.remove_pack(connection, GUILD, theirs.id)) is None
    assert await content_of(database, theirs.id) == (1, "[]")


async def test_packs_are_listed_and_found_by_name_and_counted_without_the_one_that_is_replaced(
    database: Database,
) -> None:
    made = [await save(database, name) for name in ("b", "A", "c")]
    listed = await database.read(lambda connection: packs.list_packs(connection, GUILD))
    assert [found.name for found in listed] == ["A", "b", "c"]
    assert await database.read(lambda connection: packs.find_named(connection, GUILD, "a")) == made[1]
    assert await database.read(lambda connection: packs.find_named(connection, GUILD, "x")) is None
    assert await database.read(lambda connection: packs.count_others(connection, GUILD, "x")) == 3
    assert await database.read(lambda connection: packs.count_others(connection, GUILD, "a")) == 2


async def test_the_number_of_a_removed_pack_is_never_given_again(database: Database) -> None:
    first = await save(database, "Kisses")
    removed = await database.write(lambda connection: packs.remove_pack(connection, GUILD, first.id))
    assert removed == first
    assert await content_of(database, first.id) is None
    later = NOON + timedelta(milliseconds=1)
    second = await database.write(
        lambda connection: packs.save_pack(
            connection,
            guild_id=GUILD,
            name="Kisses",
            folded="kisses",
            size=0,
            content="[]",
            uploader_id=MINA,
            now=later,
        )
    )
    assert second.id > first.id


async def test_two_packs_of_one_instant_have_two_numbers(database: Database) -> None:
    made = [(await save(database, name)).id for name in "abc"]
    assert made == [made[0], made[0] + 1, made[0] + 2]


async def test_removing_a_pack_forgets_which_of_its_moments_were_switched_off(database: Database) -> None:
    first, second = await save(database, "a"), await save(database, "b")

    async def work(connection: AsyncConnection) -> int | None:
        rows = [(GUILD, f"pack/{first.id}/x"), (GUILD, f"pack/{second.id}/x"), (GUILD, "shipped")]
        values = [{"guild_id": guild, "moment_id": moment, "switched_at": NOON} for guild, moment in rows]
        await connection.execute(insert(moment_off), values)
        await packs.remove_pack(connection, GUILD, first.id)
        return await connection.scalar(select(func.count()).select_from(moment_off))

    assert await database.write(work) == 2


async def test_a_long_text_in_korean_comes_back_as_it_was(database: Database) -> None:
    content = '["' + "도깨비" * 500_000 + '"]'
    saved = await save(database, "Long", content=content)
    assert await content_of(database, saved.id) == (1, content)
    listed = await database.read(lambda connection: connection.scalar(select(func.length(pack.c.content))))
    assert listed == len(content)
