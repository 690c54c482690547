import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.storage import moments
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLUB, OTHER = 845001112223334445, 845001112223334446


async def off(database: Database, moment_id: str, minutes: int = 0, guild_id: int = CLUB) -> None:
    when = NOON + timedelta(minutes=minutes)
    await database.write(lambda connection: moments.switch_off(connection, guild_id, moment_id, when))


async def on(database: Database, moment_id: str) -> None:
    await database.write(lambda connection: moments.switch_on(connection, CLUB, moment_id))


async def are_off(database: Database, guild_id: int = CLUB) -> frozenset[str]:
    return await database.read(lambda connection: moments.switched_off(connection, guild_id))


async def listed(database: Database) -> Sequence[str]:
    return await database.read(lambda connection: moments.list_switched_off(connection, CLUB))


async def test_a_guild_begins_with_every_moment_on(database: Database) -> None:
    assert await are_off(database) == frozenset()


async def test_what_one_guild_switches_off_stays_on_in_others(database: Database) -> None:
    await off(database, "a-kiss")
    await off(database, "pack/12/0123456789")
    await off(database, "a-line", guild_id=OTHER)
    assert await are_off(database) == {"a-kiss", "pack/12/0123456789"}
    assert await are_off(database, OTHER) == {"a-line"}


async def test_switching_off_twice_or_in_the_same_instant_is_the_same_as_once(database: Database) -> None:
    await asyncio.gather(*(off(database, "a-kiss") for _ in range(5)))
    await off(database, "a-kiss", minutes=3)
    assert await are_off(database) == {"a-kiss"}


async def test_a_moment_that_is_switched_on_again_is_like_any_other(database: Database) -> None:
    await off(database, "a-kiss")
    await on(database, "a-kiss")
    await on(database, "a-line")
    assert await are_off(database) == frozenset()


async def test_the_last_one_to_be_switched_off_is_listed_first(database: Database) -> None:
    for minutes, moment_id in enumerate(("b", "a", "c")):
        await off(database, moment_id, minutes)
    await off(database, "b", minutes=9)
    assert await listed(database) == ["c", "a", "b"]
