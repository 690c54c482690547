from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.storage.database import Database
from bot.storage.guilds import get_settings, save_settings

CLUB = 845001112223334445
OTHER = 845001112223334446


async def settings_of(database: Database, guild_id: int) -> GuildSettings:
    return await database.read(lambda connection: get_settings(connection, guild_id))


async def save(database: Database, settings: GuildSettings) -> None:
    await database.write(lambda connection: save_settings(connection, settings))


async def test_a_guild_that_has_chosen_nothing_has_the_defaults(database: Database) -> None:
    assert await settings_of(database, CLUB) == GuildSettings(CLUB, language=None, spoilers=SpoilerPolicy.MILD)


async def test_what_a_guild_has_chosen_is_returned(database: Database) -> None:
    chosen = GuildSettings(CLUB, Language.KOREAN, SpoilerPolicy.ALL, "Europe/London", 77, 0)
    await save(database, chosen)
    assert await settings_of(database, CLUB) == chosen


async def test_a_second_choice_replaces_the_first(database: Database) -> None:
    await save(database, GuildSettings(CLUB, Language.KOREAN, SpoilerPolicy.ALL))
    await save(database, GuildSettings(CLUB, None, SpoilerPolicy.NONE))
    assert await settings_of(database, CLUB) == GuildSettings(CLUB, None, SpoilerPolicy.NONE)


async def test_a_choice_concerns_its_own_guild_alone(database: Database) -> None:
    await save(database, GuildSettings(CLUB, Language.KOREAN, SpoilerPolicy.ALL))
    assert await settings_of(database, OTHER) == GuildSettings(OTHER)
