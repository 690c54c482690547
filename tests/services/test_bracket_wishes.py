"""What a guild does not want: in the name of a bracket, in support, at the end of nominations."""

import pytest

from bot.domain.bracket import Bracket, Phase
from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.errors import ActorsNotShipped, NameBlocked
from bot.storage import guilds
from bot.storage.database import Database
from tests.services.brackets import COUPLES, CREATOR, DAY, HOUR, Process, nominate, process_on, start, wish
from tests.services.play import ALICE, BORA, CHANNEL, GUILD, NOON

NOBODY: frozenset[int] = frozenset()
OFF, ON = GuildSettings(GUILD), GuildSettings(GUILD, actors=True)


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


async def ship_actors(database: Database, settings: GuildSettings) -> None:
    await database.write(lambda connection: guilds.save_settings(connection, settings))


@pytest.mark.parametrize(
    "text",
    ["Kim Go-eun cup", "Kim Go-eun ♥ Gong Yoo", "Do Kim Go-eun and Gong Yoo date?", "김고은이 최고", "공유 x 김고은"],
)
def test_a_text_that_names_an_actor_is_refused_where_characters_are_shipped(process: Process, text: str) -> None:
    process.couples.check_text(text, ON)
    with pytest.raises(ActorsNotShipped):
        process.couples.check_text(text, OFF)


@pytest.mark.parametrize("text", ["Couples of 2026", "Love in the rain", "Team Lee Jun-ho", "Ji Eun-tak ♥ Kim Shin"])
def test_a_text_that_names_nobody_or_a_character_is_let_through(process: Process, text: str) -> None:
    process.couples.check_text(text, OFF)


def test_no_couple_of_the_catalogue_counts_as_actors(library: Library, process: Process) -> None:
    for couple in library.couples.values():
        process.couples.check_option(process.couples.option(couple.id, OFF), OFF)


async def test_a_bracket_is_not_called_what_the_guild_has_blocked_or_after_actors(
    process: Process, database: Database
) -> None:
    await process.couples.block(GUILD, "Sasaeng", is_manager=True, now=NOON)
    await process.couples.block(GUILD, "Ada ♥ Ben", is_manager=True, now=NOON)
    for name in ("Sasaeng cup", "Ben ♥ Ada"):
        with pytest.raises(NameBlocked):
            await start(process, wish(name=name))
    with pytest.raises(ActorsNotShipped):
        await start(process, wish(name="Kim Go-eun cup"))
    assert await process.brackets.find_on(CHANNEL) is None
    await ship_actors(database, ON)
    assert (await start(process, wish(name="Kim Go-eun cup"))).name == "Kim Go-eun cup"


async def of_actors(process: Process, database: Database) -> Bracket:
    """A bracket with a pair of actors, a typed actor and five couples, in a guild that has ceased to ship actors."""
    await ship_actors(database, ON)
    bracket = await start(process, wish(size=8))
    pair = next(one for one in process.couples.suggest("", ON) if one.key.startswith("actors/"))
    for place, text in enumerate([pair.key, "Gong Yoo ♥ Zoe", *COUPLES[:5]]):
        await nominate(process, bracket, 1000 + place, text)
    await ship_actors(database, OFF)
    return await process.brackets.get(bracket.id)


async def test_actors_are_not_supported_any_more_once_the_guild_has_ceased_to_ship_them(
    process: Process, database: Database
) -> None:
    bracket = await of_actors(process, database)
    for number in (1, 2):
        with pytest.raises(ActorsNotShipped):
            await process.nominations.support(bracket.id, ALICE, number, roles=NOBODY, now=NOON)
    after = await process.nominations.support(bracket.id, ALICE, 3, roles=NOBODY, now=NOON)
    assert after.nominees[0].number == 3


async def test_what_the_guild_has_ceased_to_want_since_it_was_nominated_does_not_stand(
    process: Process, database: Database
) -> None:
    bracket = await of_actors(process, database)
    await process.couples.block(GUILD, "Ben", is_manager=True, now=NOON)
    begun = await process.brackets.step(bracket.id, NOON + DAY + HOUR)
    assert begun is not None
    assert begun.phase is Phase.PLAYING
    assert [entrant.option.label.en for entrant in begun.standing] == list(COUPLES[1:5])


async def test_what_does_not_stand_is_made_up_for_from_the_catalogue(process: Process) -> None:
    bracket = await start(process)
    for text in COUPLES[:3]:
        await nominate(process, bracket, BORA, text)
    await process.couples.block(GUILD, "Ben", is_manager=True, now=NOON)
    begun = await process.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON)
    labels = [entrant.option.label.en for entrant in begun.standing]
    assert (labels[:2], len(labels)) == (list(COUPLES[1:3]), 4)
