import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.reports import Waiting
from bot.storage import reports
from bot.storage.database import Database, open_database
from bot.storage.members import remove_member

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLUB, OTHER = 845001112223334445, 845001112223334446
ALICE, BORA, CHAN, DANA = (901000000000000000 + number for number in range(1, 5))


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


async def report(
    database: Database, user_id: int, moment_id: str = "a-kiss", minutes: int = 0, guild_id: int = CLUB
) -> bool:
    words = f"{moment_id} at {minutes}"
    return await database.write(
        lambda connection: reports.add_report(connection, guild_id, moment_id, user_id, words, after(minutes))
    )


async def waiting(database: Database, guild_id: int = CLUB, most_words: int = 3) -> Sequence[Waiting]:
    return await database.read(lambda connection: reports.list_waiting(connection, guild_id, most_words))


async def settle(database: Database, moment_id: str, last_id: int) -> int:
    return await database.write(
        lambda connection: reports.settle_reports(connection, CLUB, moment_id, last_id, after(60))
    )


async def is_reported(database: Database, user_id: int, moment_id: str = "a-kiss") -> bool:
    return await database.read(lambda connection: reports.is_reported(connection, CLUB, moment_id, user_id))


async def test_a_member_reports_a_moment_once_while_it_waits(database: Database) -> None:
    assert await report(database, ALICE)
    assert not await report(database, ALICE, minutes=1)
    assert await is_reported(database, ALICE)
    assert not await is_reported(database, BORA)
    [one] = await waiting(database)
    assert (one.count, one.newest_at, one.words) == (1, NOON, ("a-kiss at 0",))


async def test_other_members_moments_and_guilds_are_reported_beside_it(database: Database) -> None:
    assert await report(database, ALICE)
    assert await report(database, BORA)
    assert await report(database, ALICE, "a-line")
    assert await report(database, ALICE, guild_id=OTHER)
    assert {one.moment_id: one.count for one in await waiting(database)} == {"a-kiss": 2, "a-line": 1}
    assert [one.count for one in await waiting(database, OTHER)] == [1]


async def test_of_two_clicks_in_one_instant_on_two_processes_one_counts(address: str, database: Database) -> None:
    async with open_database(address) as other:
        stored = await asyncio.gather(*(report(process, ALICE) for process in (database, other) * 4))
    assert stored.count(True) == 1
    assert [one.count for one in await waiting(database)] == [1]


async def test_the_moment_reported_last_comes_first_with_its_newest_words_first(database: Database) -> None:
    await report(database, ALICE, "a-kiss", 1)
    await report(database, ALICE, "a-line", 2)
    await report(database, BORA, "a-kiss", 3)
    kiss, line = await waiting(database)
    assert (kiss.moment_id, kiss.newest_at, kiss.words) == ("a-kiss", after(3), ("a-kiss at 3", "a-kiss at 1"))
    assert (line.moment_id, line.newest_at, line.words) == ("a-line", after(2), ("a-line at 2",))


async def test_more_reports_than_words_are_counted_all_the_same(database: Database) -> None:
    for minutes, user_id in enumerate((ALICE, BORA, CHAN, DANA)):
        await report(database, user_id, minutes=minutes)
    [kiss] = await waiting(database, most_words=2)
    assert (kiss.count, kiss.words) == (4, ("a-kiss at 3", "a-kiss at 2"))


async def test_settling_takes_all_reports_of_a_moment_and_no_others(database: Database) -> None:
    await report(database, ALICE)
    await report(database, BORA)
    await report(database, ALICE, "a-line")
    await report(database, ALICE, guild_id=OTHER)
    last_id = next(one.last_id for one in await waiting(database) if one.moment_id == "a-kiss")
    assert await settle(database, "a-kiss", last_id) == 2
    assert await settle(database, "a-kiss", last_id) == 0
    assert [one.moment_id for one in await waiting(database)] == ["a-line"]
    assert len(await waiting(database, OTHER)) == 1


async def test_a_report_that_came_after_the_manager_looked_keeps_waiting(database: Database) -> None:
    await report(database, ALICE)
    [seen] = await waiting(database)
    await report(database, BORA, minutes=5)
    assert await settle(database, "a-kiss", seen.last_id) == 1
    [left] = await waiting(database)
    assert (left.count, left.words) == (1, ("a-kiss at 5",))


async def test_a_settled_moment_can_be_reported_again(database: Database) -> None:
    await report(database, ALICE)
    await settle(database, "a-kiss", (await waiting(database))[0].last_id)
    assert not await is_reported(database, ALICE)
    assert await report(database, ALICE, minutes=5)
    assert [one.words for one in await waiting(database)] == [("a-kiss at 5",)]


async def test_a_deletion_request_leaves_the_words_and_forgets_whose_they_are(database: Database) -> None:
    for user_id in (ALICE, BORA):
        await report(database, user_id)
        await database.write(lambda connection, user_id=user_id: remove_member(connection, user_id))
    assert not await is_reported(database, ALICE)
    assert [one.count for one in await waiting(database)] == [2]
