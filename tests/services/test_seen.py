import asyncio
from datetime import UTC, datetime

import pytest

from bot.content.search.finders import DramaFinder
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.errors import AlreadySeen, NoSuchDrama, NotSeen
from bot.services.seen import SeenService
from bot.storage import seen
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALICE, BORA = 901000000000000001, 901000000000000002
GOBLIN, AGE, AGE_2 = "guardian-the-lonely-and-great-god", "age-of-youth", "age-of-youth-2"


@pytest.fixture(scope="module")
def finder(library: Library) -> DramaFinder:
    return DramaFinder(library)


@pytest.fixture
def service(database: Database, library: Library, finder: DramaFinder) -> SeenService:
    return SeenService(database, library, finder)


async def ids(service: SeenService, user_id: int = ALICE, language: Language = Language.ENGLISH) -> list[str]:
    return [drama.id for drama in await service.list(user_id, language)]


async def test_a_member_adds_by_id_or_title_in_either_script_and_sees_her_list_alone(service: SeenService) -> None:
    assert (await service.add(ALICE, GOBLIN, NOON)).id == GOBLIN
    assert (await service.add(ALICE, "vincenzo", NOON)).id == "vincenzo"
    assert (await service.add(ALICE, "철인왕후", NOON)).id == "mr-queen"
    assert (await service.add(BORA, GOBLIN, NOON)).id == GOBLIN
    assert sorted(await ids(service)) == sorted([GOBLIN, "vincenzo", "mr-queen"])
    assert await ids(service, BORA) == [GOBLIN]


async def test_the_list_is_in_the_order_of_the_titles_that_are_read(service: SeenService, library: Library) -> None:
    for drama_id in ("vincenzo", AGE, GOBLIN, "mr-queen"):
        await service.add(ALICE, drama_id, NOON)
    for language in Language:
        listed = await service.list(ALICE, language)
        titles = [drama.title.in_language(language).casefold() for drama in listed]
        assert titles == sorted(titles)
        assert len(titles) == 4
    assert await ids(service) != await ids(service, language=Language.KOREAN)


async def test_a_drama_is_added_once_even_by_many_clicks_in_one_instant(service: SeenService, library: Library) -> None:
    outcomes = await asyncio.gather(*(service.add(ALICE, GOBLIN, NOON) for _ in range(4)), return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadySeen)]
    assert len(refused) == 3
    assert refused[0].values["title"] == library.dramas[GOBLIN].title
    assert await ids(service) == [GOBLIN]


async def test_a_drama_is_taken_off_once(service: SeenService) -> None:
    await service.add(ALICE, GOBLIN, NOON)
    assert (await service.remove(ALICE, "Goblin")).id == GOBLIN
    assert await ids(service) == []
    with pytest.raises(NotSeen):
        await service.remove(ALICE, GOBLIN)


async def test_taking_off_by_a_part_of_a_title_means_the_one_on_the_list(service: SeenService) -> None:
    await service.add(ALICE, AGE_2, NOON)
    with pytest.raises(NoSuchDrama):
        await service.remove(BORA, "of youth")
    assert (await service.remove(ALICE, "of youth")).id == AGE_2


@pytest.mark.parametrize("text", [AGE, "Age of Youth"])
async def test_taking_off_a_drama_never_takes_off_its_sequel(service: SeenService, text: str) -> None:
    await service.add(ALICE, AGE_2, NOON)
    with pytest.raises(NotSeen):
        await service.remove(ALICE, text)
    assert await ids(service) == [AGE_2]


@pytest.mark.parametrize("text", ["", "no such drama at all", "of youth"])
async def test_what_is_no_drama_changes_nothing(service: SeenService, text: str) -> None:
    with pytest.raises(NoSuchDrama):
        await service.add(ALICE, text, NOON)
    with pytest.raises(NoSuchDrama):
        await service.remove(ALICE, text)
    assert await ids(service) == []


async def test_a_drama_that_an_update_removed_is_left_out_in_silence(service: SeenService, database: Database) -> None:
    await database.write(lambda connection: seen.mark_seen(connection, ALICE, "gone-with-an-update", NOON))
    await service.add(ALICE, GOBLIN, NOON)
    assert await ids(service) == [GOBLIN]
    assert [drama.id for drama in await service.suggest_seen(ALICE, "")] == [GOBLIN]


async def test_typing_offers_what_can_be_added_and_what_can_be_taken_off(service: SeenService) -> None:
    await service.add(ALICE, AGE_2, NOON)
    assert [drama.id for drama in await service.suggest_unseen(ALICE, "age of y")] == [AGE]
    assert [drama.id for drama in await service.suggest_seen(ALICE, "age of y")] == [AGE_2]
    assert await service.suggest_seen(BORA, "") == []


async def test_no_more_is_offered_than_a_menu_holds_however_much_is_marked(
    service: SeenService, library: Library
) -> None:
    for drama_id in library.dramas:
        await service.add(ALICE, drama_id, NOON)
    assert len(await service.suggest_seen(ALICE, "")) == 25
    assert await service.suggest_unseen(ALICE, "") == []
    assert len(await service.suggest_unseen(BORA, "")) == 25
    assert len(await service.list(ALICE)) == len(library.dramas)
