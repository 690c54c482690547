from bot.storage.commands import CommandSync, find_sync, save_sync
from bot.storage.database import Database

ADLIB = 1200000000000000001
ANOTHER = 1200000000000000002


async def sync_of(database: Database, application_id: int) -> CommandSync | None:
    return await database.read(lambda connection: find_sync(connection, application_id))


async def save(database: Database, sync: CommandSync) -> None:
    await database.write(lambda connection: save_sync(connection, ADLIB, sync))


async def test_an_application_that_was_never_synced_is_unknown(database: Database) -> None:
    assert await sync_of(database, ADLIB) is None


async def test_the_last_sync_is_returned_with_the_ids_of_its_commands(database: Database) -> None:
    sync = CommandSync("f00d", {"trivia": 1100000000000000001, "ship": 1100000000000000002})
    await save(database, sync)
    assert await sync_of(database, ADLIB) == sync


async def test_a_later_sync_replaces_the_earlier(database: Database) -> None:
    await save(database, CommandSync("f00d", {"trivia": 1}))
    await save(database, CommandSync("beef", {"help": 2}))
    assert await sync_of(database, ADLIB) == CommandSync("beef", {"help": 2})


async def test_a_sync_concerns_its_own_application_alone(database: Database) -> None:
    await save(database, CommandSync("f00d", {"trivia": 1}))
    assert await sync_of(database, ANOTHER) is None
