import asyncio
from datetime import UTC, datetime

from sqlalchemy import select

from bot.storage import blocked
from bot.storage.database import Database
from bot.storage.ship_tables import blocked_name

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HERE, ELSEWHERE = 845001112223334445, 845001112223334446


async def add(database: Database, name: str, guild_id: int = HERE) -> bool:
    folded = name.casefold()
    return await database.write(lambda connection: blocked.add_blocked(connection, guild_id, folded, name, NOON))


async def remove(database: Database, folded: str, guild_id: int = HERE) -> bool:
    return await database.write(lambda connection: blocked.remove_blocked(connection, guild_id, folded))


async def names(database: Database, guild_id: int = HERE) -> list[str]:
    return [*await database.read(lambda connection: blocked.list_blocked(connection, guild_id))]


async def test_names_are_listed_by_alphabet_as_they_were_typed(database: Database) -> None:
    for name in ("zoë", "Ada", "세훈", "Bo"):
        assert await add(database, name)
    assert await names(database) == ["Ada", "Bo", "zoë", "세훈"]
    assert await database.read(lambda connection: blocked.count_blocked(connection, HERE)) == 4


async def test_each_guild_has_its_own_list(database: Database) -> None:
    await add(database, "Ada")
    await add(database, "Ada", ELSEWHERE)
    await add(database, "Bo", ELSEWHERE)
    assert await remove(database, "ada")
    assert (await names(database), await names(database, ELSEWHERE)) == ([], ["Ada", "Bo"])
    assert await database.read(lambda connection: blocked.count_blocked(connection, HERE)) == 0


async def test_a_name_that_folds_alike_is_refused_and_the_first_stays(database: Database) -> None:
    assert await add(database, "Ada")
    assert not await add(database, "ADA")
    assert await names(database) == ["Ada"]


async def test_a_name_is_taken_off_once(database: Database) -> None:
    await add(database, "Ada")
    assert await remove(database, "ada")
    assert not await remove(database, "ada")


async def test_one_of_many_in_the_same_instant_is_the_first(database: Database) -> None:
    added = await asyncio.gather(*(add(database, name) for name in ("Ada", "ADA", "ada", "aDa")))
    assert sorted(added) == [False, False, False, True]


async def test_the_time_is_kept_and_no_member_is(database: Database) -> None:
    await add(database, "Ada")
    rows = (await database.read(lambda connection: connection.execute(select(blocked_name)))).all()
    assert [tuple(row) for row in rows] == [(HERE, "ada", "Ada", NOON)]
    assert [column.name for column in blocked_name.columns if "member" in column.info] == []
