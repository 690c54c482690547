import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.storage import seen
from bot.storage.database import Database
from bot.storage.members import count_member_rows, remove_member

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALICE, BORA, CHAN = 901000000000000001, 901000000000000002, 901000000000000003


async def mark(database: Database, user_id: int, drama_id: str) -> bool:
    return await database.write(lambda connection: seen.mark_seen(connection, user_id, drama_id, NOON))


async def unmark(database: Database, user_id: int, drama_id: str) -> bool:
    return await database.write(lambda connection: seen.unmark_seen(connection, user_id, drama_id))


async def seen_by(database: Database, *user_ids: int) -> Mapping[int, frozenset[str]]:
    return await database.read(lambda connection: seen.seen_by(connection, user_ids))


async def test_what_members_have_seen_is_told_apart_by_member(database: Database) -> None:
    for user_id, drama_id in ((ALICE, "goblin"), (ALICE, "mr-queen"), (BORA, "goblin")):
        assert await mark(database, user_id, drama_id)
    assert await seen_by(database, ALICE, BORA, CHAN) == {
        ALICE: {"goblin", "mr-queen"},
        BORA: {"goblin"},
        CHAN: frozenset(),
    }


async def test_who_is_not_asked_for_is_not_in_the_answer(database: Database) -> None:
    await mark(database, ALICE, "goblin")
    assert await seen_by(database, BORA) == {BORA: frozenset()}
    assert await seen_by(database) == {}


async def test_a_second_mark_says_that_there_is_one(database: Database) -> None:
    assert await mark(database, ALICE, "goblin")
    assert not await mark(database, ALICE, "goblin")
    assert await seen_by(database, ALICE) == {ALICE: {"goblin"}}


async def test_one_of_many_marks_in_the_same_instant_is_the_first(database: Database) -> None:
    marked = await asyncio.gather(*(mark(database, ALICE, "goblin") for _ in range(5)))
    assert sorted(marked) == [False, False, False, False, True]


async def test_a_mark_is_taken_away_once_and_from_nobody_else(database: Database) -> None:
    await mark(database, ALICE, "goblin")
    await mark(database, BORA, "goblin")
    assert await unmark(database, ALICE, "goblin")
    assert not await unmark(database, ALICE, "goblin")
    assert await seen_by(database, ALICE, BORA) == {ALICE: frozenset(), BORA: {"goblin"}}


async def test_a_deletion_request_takes_the_whole_list(database: Database) -> None:
    await mark(database, ALICE, "goblin")
    await mark(database, ALICE, "mr-queen")
    await mark(database, BORA, "goblin")
    assert await database.read(lambda connection: count_member_rows(connection, ALICE)) == 2
    await database.write(lambda connection: remove_member(connection, ALICE))
    assert await seen_by(database, ALICE, BORA) == {ALICE: frozenset(), BORA: {"goblin"}}
