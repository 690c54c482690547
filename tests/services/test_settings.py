import pytest

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import ManagersOnly
from bot.services.settings import SettingsService
from bot.storage.database import Database
from tests.services.play import GUILD


@pytest.fixture
def service(database: Database) -> SettingsService:
    return SettingsService(database)


async def test_a_guild_begins_with_the_defaults(service: SettingsService) -> None:
    assert await service.get(GUILD) == GuildSettings(GUILD, language=None, spoilers=SpoilerPolicy.MILD)


async def test_a_manager_changes_one_setting_and_the_others_stay(service: SettingsService) -> None:
    await service.set_spoilers(GUILD, SpoilerPolicy.NONE, is_manager=True)
    changed = await service.set_language(GUILD, Language.KOREAN, is_manager=True)
    assert changed == GuildSettings(GUILD, Language.KOREAN, SpoilerPolicy.NONE)
    assert await service.get(GUILD) == changed


async def test_a_manager_can_go_back_to_the_language_of_discord(service: SettingsService) -> None:
    await service.set_language(GUILD, Language.KOREAN, is_manager=True)
    assert (await service.set_language(GUILD, None, is_manager=True)).language is None


async def test_another_member_changes_nothing(service: SettingsService) -> None:
    with pytest.raises(ManagersOnly):
        await service.set_language(GUILD, Language.KOREAN, is_manager=False)
    with pytest.raises(ManagersOnly):
        await service.set_spoilers(GUILD, SpoilerPolicy.ALL, is_manager=False)
    assert await service.get(GUILD) == GuildSettings(GUILD)


async def test_public_messages_speak_the_language_of_the_guild_or_else_of_its_discord(
    service: SettingsService,
) -> None:
    assert await service.public_language(GUILD, Language.KOREAN) is Language.KOREAN
    await service.set_language(GUILD, Language.ENGLISH, is_manager=True)
    assert await service.public_language(GUILD, Language.KOREAN) is Language.ENGLISH
