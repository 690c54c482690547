import pytest

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import ManagersOnly, NoSuchZone
from bot.services.settings import SettingsService
from bot.storage import guilds
from bot.storage.database import Database
from tests.services.play import GUILD
from tests.storage.engines import ENGINES


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
    with pytest.raises(ManagersOnly):
        await service.set_time_zone(GUILD, "Europe/London", is_manager=False)
    with pytest.raises(ManagersOnly):
        await service.set_host_role(GUILD, 77, is_manager=False)
    with pytest.raises(ManagersOnly):
        await service.set_actors(GUILD, True, is_manager=False)
    with pytest.raises(ManagersOnly):
        await service.set_drop_leavers(GUILD, True, is_manager=False)
    assert await service.get(GUILD) == GuildSettings(GUILD)


async def test_public_messages_speak_the_language_of_the_guild_or_else_of_its_discord(
    service: SettingsService,
) -> None:
    assert await service.public_language(GUILD, Language.KOREAN) is Language.KOREAN
    await service.set_language(GUILD, Language.ENGLISH, is_manager=True)
    assert await service.public_language(GUILD, Language.KOREAN) is Language.ENGLISH


async def test_a_manager_types_a_time_zone_as_she_likes_and_its_proper_name_is_kept(service: SettingsService) -> None:
    assert (await service.get(GUILD)).time_zone == "Asia/Seoul"
    changed = await service.set_time_zone(GUILD, " new york ", is_manager=True)
    assert (changed.time_zone, str(changed.zone)) == ("America/New_York", "America/New_York")
    assert await service.get(GUILD) == changed


async def test_what_is_no_time_zone_changes_nothing(service: SettingsService) -> None:
    await service.set_time_zone(GUILD, "Europe/London", is_manager=True)
    with pytest.raises(NoSuchZone):
        await service.set_time_zone(GUILD, "Atlantis", is_manager=True)
    assert (await service.get(GUILD)).time_zone == "Europe/London"


async def test_a_changed_setting_leaves_the_daily_question_as_it_was(
    service: SettingsService, database: Database
) -> None:
    stored = GuildSettings(GUILD, daily_channel_id=77, daily_hour=0)
    await database.write(lambda connection: guilds.save_settings(connection, stored))
    await service.set_language(GUILD, Language.KOREAN, is_manager=True)
    changed = await service.set_time_zone(GUILD, "UTC", is_manager=True)
    assert (changed.daily_channel_id, changed.daily_hour, changed.language) == (77, 0, Language.KOREAN)


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_a_manager_sets_who_opens_polls_and_what_ships_are_about(service: SettingsService) -> None:
    await service.set_host_role(GUILD, 2**63 - 1, is_manager=True)
    await service.set_actors(GUILD, True, is_manager=True)
    changed = await service.set_drop_leavers(GUILD, True, is_manager=True)
    assert (changed.host_role_id, changed.actors, changed.drop_leavers) == (2**63 - 1, True, True)
    assert await service.get(GUILD) == changed
    await service.set_host_role(GUILD, None, is_manager=True)
    await service.set_actors(GUILD, False, is_manager=True)
    assert await service.set_drop_leavers(GUILD, False, is_manager=True) == GuildSettings(GUILD)


async def test_the_role_of_everybody_leaves_polls_to_everybody(service: SettingsService) -> None:
    assert (await service.set_host_role(GUILD, GUILD, is_manager=True)).host_role_id is None
