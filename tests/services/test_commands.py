import pytest

from bot.services.commands import CommandService
from bot.storage.database import Database

ADLIB = 1200000000000000001
IDS = {"trivia": 1100000000000000001, "ship": 1100000000000000002}


@pytest.fixture
def service(database: Database) -> CommandService:
    return CommandService(database)


async def test_before_the_first_sync_nothing_is_known(service: CommandService) -> None:
    assert not await service.known(ADLIB, "f00d")
    assert service.ids == {}


async def test_after_a_sync_its_fingerprint_is_known_to_the_next_process_with_the_ids(
    service: CommandService, database: Database
) -> None:
    await service.synced(ADLIB, "f00d", IDS)
    assert service.ids == IDS
    restarted = CommandService(database)
    assert await restarted.known(ADLIB, "f00d")
    assert restarted.ids == IDS


async def test_changed_commands_are_not_known(service: CommandService, database: Database) -> None:
    await service.synced(ADLIB, "f00d", IDS)
    restarted = CommandService(database)
    assert not await restarted.known(ADLIB, "beef")
    assert restarted.ids == {}


async def test_what_another_application_was_told_is_not_known(service: CommandService) -> None:
    await service.synced(ADLIB, "f00d", IDS)
    assert not await service.known(ADLIB + 1, "f00d")
