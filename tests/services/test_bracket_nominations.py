"""Nominating couples for a bracket: who may, how often, how they become the couples that stand."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.bracket import EACH, Bracket, Phase, Seeding
from bot.domain.guilds import GuildSettings
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.polls import Option
from bot.errors import (
    ActorsNotShipped,
    AlreadyNominated,
    NameBlocked,
    NameNotPlain,
    NominationsUsed,
    NoSuchBracket,
    NoSuchCouple,
    NoSuchEntrant,
    NotNominated,
    NotPossibleNow,
    NotYourBracket,
    TooManyNominees,
    VotersOnly,
)
from bot.services.privacy import PrivacyService
from bot.storage import guilds
from bot.storage.database import Database
from tests.services.brackets import COUPLES, CREATOR, DAY, HOUR, STRANGER, Process, nominate, process_on, start, wish
from tests.services.play import ALICE, BORA, CHAN, GUILD, NOON
from tests.storage.engines import ENGINES

NOBODY: frozenset[int] = frozenset()
ROLE = 777


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


def told(bracket: Bracket) -> Sequence[tuple[str, int]]:
    """The nominated couples with their nominations, in order."""
    return [(entrant.option.label.en, entrant.nominations) for entrant in bracket.nominees]


async def mine(process: Process, bracket: Bracket, user_id: int) -> Sequence[str]:
    _, entrants = await process.nominations.mine(bracket.id, user_id)
    return [entrant.option.label.en for entrant in entrants]


async def test_couples_are_nominated_by_key_by_name_or_typed_and_stand_in_order(
    process: Process, library: Library
) -> None:
    bracket, couple = await start(process), next(iter(library.couples.values()))
    after, option = await process.nominations.nominate(bracket.id, ALICE, couple.id, roles=NOBODY, now=NOON)
    assert option == Option(couple.name, couple.id)
    assert told(after) == [(couple.name.en, 1)]
    await nominate(process, bracket, ALICE, COUPLES[0])
    await nominate(process, bracket, BORA, couple.name.ko or couple.name.en)
    after = await nominate(process, bracket, CHAN, COUPLES[0].upper())
    assert told(after) == [(couple.name.en, 2), (COUPLES[0], 2)]
    after = await nominate(process, bracket, BORA, COUPLES[0])
    assert told(after) == [(COUPLES[0], 3), (couple.name.en, 2)]
    assert await process.brackets.find(bracket.id) == after


async def test_a_couple_that_stands_is_told_as_it_was_first_written(process: Process) -> None:
    bracket = await start(process)
    await nominate(process, bracket, ALICE, COUPLES[0])
    _, option = await process.nominations.nominate(bracket.id, BORA, COUPLES[0].lower(), roles=NOBODY, now=NOON)
    assert option.label.en == COUPLES[0]


async def test_a_nominated_couple_is_supported_by_its_number(process: Process) -> None:
    bracket = await nominate(process, await start(process), ALICE, COUPLES[0])
    after = await process.nominations.support(bracket.id, BORA, 1, roles=NOBODY, now=NOON)
    assert told(after) == [(COUPLES[0], 2)]
    assert await mine(process, bracket, BORA) == [COUPLES[0]]
    for number in (2, 404):
        with pytest.raises(NoSuchEntrant):
            await process.nominations.support(bracket.id, BORA, number, roles=NOBODY, now=NOON)
    with pytest.raises(AlreadyNominated):
        await process.nominations.support(bracket.id, BORA, 1, roles=NOBODY, now=NOON)
    with pytest.raises(NoSuchBracket):
        await process.nominations.support(404, BORA, 1, roles=NOBODY, now=NOON)


@pytest.mark.parametrize(("text", "refusal"), [("<@1> ♥ x", NameNotPlain), ("nobody", NoSuchCouple)])
async def test_what_is_no_couple_is_refused(process: Process, text: str, refusal: type[Exception]) -> None:
    bracket = await start(process)
    with pytest.raises(refusal):
        await nominate(process, bracket, ALICE, text)
    assert await process.brackets.find(bracket.id) == bracket


async def test_actors_are_nominated_only_where_the_guild_ships_them(process: Process, database: Database) -> None:
    bracket = await start(process)
    with pytest.raises(ActorsNotShipped):
        await nominate(process, bracket, ALICE, "Gong Yoo ♥ Ben")
    chosen = GuildSettings(GUILD, actors=True)
    await database.write(lambda connection: guilds.save_settings(connection, chosen))
    assert told(await nominate(process, bracket, ALICE, "Gong Yoo ♥ Ben")) == [("Gong Yoo ♥ Ben", 1)]


async def test_a_blocked_name_is_neither_nominated_nor_supported(process: Process) -> None:
    bracket = await nominate(process, await start(process), ALICE, COUPLES[0])
    await process.couples.block(GUILD, "Ben", is_manager=True, now=NOON)
    with pytest.raises(NameBlocked):
        await nominate(process, bracket, BORA, "Ben ♥ Zoe")
    with pytest.raises(NameBlocked):
        await process.nominations.support(bracket.id, BORA, 1, roles=NOBODY, now=NOON)
    assert await process.brackets.find(bracket.id) == bracket


async def test_a_member_has_three_nominations_and_none_twice(process: Process) -> None:
    bracket = await start(process)
    for text in COUPLES[:EACH]:
        await nominate(process, bracket, ALICE, text)
    with pytest.raises(NominationsUsed):
        await nominate(process, bracket, ALICE, COUPLES[3])
    with pytest.raises(AlreadyNominated):
        await nominate(process, bracket, ALICE, COUPLES[0])
    assert await mine(process, bracket, ALICE) == list(COUPLES[:EACH])
    assert await mine(process, bracket, BORA) == []


async def test_a_nomination_that_is_taken_back_is_free_for_another_couple(process: Process) -> None:
    bracket = await start(process)
    for text in COUPLES[:EACH]:
        await nominate(process, bracket, ALICE, text)
    await nominate(process, bracket, BORA, COUPLES[1])
    after = await process.nominations.take_back(bracket.id, ALICE, 2, NOON)
    assert told(after) == [(COUPLES[0], 1), (COUPLES[1], 1), (COUPLES[2], 1)]
    after = await nominate(process, bracket, ALICE, COUPLES[3])
    assert await mine(process, bracket, ALICE) == [COUPLES[0], COUPLES[2], COUPLES[3]]
    with pytest.raises(NotNominated):
        await process.nominations.take_back(bracket.id, ALICE, 2, NOON)
    with pytest.raises(NoSuchBracket):
        await process.nominations.take_back(404, ALICE, 2, NOON)


async def test_a_couple_that_nobody_supports_any_more_goes_and_its_number_stands_for_no_other_one(
    process: Process,
) -> None:
    bracket = await nominate(process, await start(process), ALICE, COUPLES[0])
    assert told(await process.nominations.take_back(bracket.id, ALICE, 1, NOON)) == []
    after = await nominate(process, bracket, ALICE, COUPLES[1])
    assert [(entrant.number, entrant.option.label.en) for entrant in after.entrants] == [(2, COUPLES[1])]
    with pytest.raises(NoSuchEntrant):
        await process.nominations.support(bracket.id, BORA, 1, roles=NOBODY, now=NOON)
    assert told(await nominate(process, bracket, BORA, COUPLES[0])) == [(COUPLES[1], 1), (COUPLES[0], 1)]


async def test_where_a_role_takes_part_only_its_members_nominate_and_support(process: Process) -> None:
    bracket = await start(process, wish(voter_role_id=ROLE))
    with pytest.raises(VotersOnly):
        await process.nominations.nominate(bracket.id, ALICE, COUPLES[0], roles=NOBODY, now=NOON)
    has = frozenset({ROLE})
    await process.nominations.nominate(bracket.id, ALICE, COUPLES[0], roles=has, now=NOON)
    with pytest.raises(VotersOnly):
        await process.nominations.support(bracket.id, BORA, 1, roles=NOBODY, now=NOON)
    assert told(await process.nominations.support(bracket.id, BORA, 1, roles=has, now=NOON)) == [(COUPLES[0], 2)]


async def test_a_couple_that_is_taken_out_stays_out_and_gives_its_nominations_back(process: Process) -> None:
    bracket = await start(process)
    for text in COUPLES[:EACH]:
        await nominate(process, bracket, ALICE, text)
    prune = process.nominations.prune
    with pytest.raises(NotYourBracket):
        await prune(bracket.id, 1, STRANGER, is_manager=False, now=NOON)
    after = await prune(bracket.id, 1, CREATOR, is_manager=False, now=NOON)
    assert told(after) == [(COUPLES[1], 1), (COUPLES[2], 1)]
    assert await mine(process, bracket, ALICE) == [COUPLES[1], COUPLES[2]]
    for number in (1, 404):
        with pytest.raises(NoSuchEntrant):
            await prune(bracket.id, number, STRANGER, is_manager=True, now=NOON)
    with pytest.raises(NoSuchEntrant):
        await nominate(process, bracket, BORA, COUPLES[0])
    after = await nominate(process, bracket, ALICE, COUPLES[3])
    assert [entrant.number for entrant in after.nominees] == [2, 3, 4]


async def test_after_the_time_nothing_is_nominated_or_taken_back_though_the_bracket_has_not_begun_yet(
    process: Process,
) -> None:
    bracket, late = await nominate(process, await start(process), ALICE, COUPLES[0]), NOON + DAY + timedelta(seconds=1)
    with pytest.raises(NotPossibleNow):
        await nominate(process, bracket, BORA, COUPLES[1], now=late)
    with pytest.raises(NotPossibleNow):
        await process.nominations.support(bracket.id, BORA, 1, roles=NOBODY, now=late)
    with pytest.raises(NotPossibleNow):
        await process.nominations.take_back(bracket.id, ALICE, 1, late)
    assert told(await nominate(process, bracket, BORA, COUPLES[1], now=NOON + DAY)) == [
        (COUPLES[0], 1),
        (COUPLES[1], 1),
    ]


async def test_at_their_end_the_most_nominated_couples_stand_and_who_nominated_them_is_forgotten(
    process: Process,
) -> None:
    bracket = await start(process, wish(size=4))
    for user_id, numbers in ((ALICE, (0, 1, 2)), (BORA, (2, 3, 4)), (CHAN, (2, 4, 5))):
        for number in numbers:
            await nominate(process, bracket, user_id, COUPLES[number])
    assert await process.brackets.step(bracket.id, NOON + DAY) == await process.brackets.get(bracket.id)
    assert (await process.brackets.get(bracket.id)).phase is Phase.NOMINATING
    begun = await process.brackets.step(bracket.id, NOON + DAY + IN_FLIGHT)
    assert begun is not None
    assert [entrant.option.label.en for entrant in begun.standing] == [COUPLES[2], COUPLES[4], COUPLES[0], COUPLES[1]]
    assert [entrant.nominations for entrant in begun.standing] == [3, 2, 1, 1]
    assert await mine(process, bracket, BORA) == []
    with pytest.raises(NotPossibleNow):
        await nominate(process, bracket, STRANGER, COUPLES[3])
    with pytest.raises(NotPossibleNow):
        await process.nominations.prune(bracket.id, 1, CREATOR, is_manager=False, now=NOON)


async def test_less_than_four_are_filled_up_with_main_couples_but_not_with_one_that_was_taken_out(
    process: Process, database: Database, library: Library
) -> None:
    catalogue = await start(process, wish(size=4, nominations=None), channel_id=2, request_id=2)
    would_be_drawn = [entrant.option.couple_id or "" for entrant in catalogue.standing]
    same_dice = process_on(database, library, couples=process.couples)
    bracket = await start(same_dice)
    await nominate(same_dice, bracket, ALICE, would_be_drawn[1])
    await nominate(same_dice, bracket, BORA, COUPLES[0])
    await same_dice.nominations.prune(bracket.id, 1, CREATOR, is_manager=False, now=NOON)
    begun = await same_dice.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON + HOUR)
    first, *drawn = [entrant.option for entrant in begun.standing]
    assert first.label.en == COUPLES[0]
    assert [option.couple_id for option in drawn] == [would_be_drawn[0], *would_be_drawn[2:]]
    assert {library.couples[option.couple_id or ""].kind for option in drawn} == {"main"}


async def test_random_seeds_are_those_of_the_dice_and_not_of_the_nominations(
    database: Database, library: Library, process: Process
) -> None:
    seen: list[list[str]] = []
    for number, dice in enumerate((3, 3, 4), 1):
        other = process_on(database, library, seed=dice, couples=process.couples)
        bracket = await start(other, wish(seeding=Seeding.RANDOM), channel_id=number, request_id=number)
        for place, text in enumerate(COUPLES):
            await nominate(other, bracket, ALICE + place, text)
        begun = await other.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON)
        seen.append([entrant.option.label.en for entrant in begun.standing])
    assert seen[0] == seen[1] != seen[2]
    assert sorted(seen[2]) == sorted(COUPLES)


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_a_member_who_deletes_her_data_takes_her_nominations_with_her(
    process: Process, database: Database
) -> None:
    bracket = await start(process)
    for text in COUPLES[:2]:
        await nominate(process, bracket, ALICE, text)
    await nominate(process, bracket, BORA, COUPLES[1])
    await PrivacyService(database).delete(ALICE)
    assert await mine(process, bracket, ALICE) == []
    assert told(await process.brackets.get(bracket.id)) == [(COUPLES[1], 1)]
    await PrivacyService(database).delete(CREATOR)
    with pytest.raises(NotYourBracket):
        await process.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON)
    assert (await process.brackets.begin(bracket.id, STRANGER, is_manager=True, now=NOON)).creator_id is None


async def test_sixty_four_couples_are_nominated_and_no_more(process: Process) -> None:
    bracket = await start(process)
    for number in range(64):
        await nominate(process, bracket, 1 + number // EACH, f"Ada{number} ♥ Ben{number}")
    with pytest.raises(TooManyNominees):
        await nominate(process, bracket, STRANGER, "One ♥ More")
    await process.nominations.support(bracket.id, STRANGER, 64, roles=NOBODY, now=NOON)
