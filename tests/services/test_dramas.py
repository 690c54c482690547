import pytest

from bot.content.search.finders import DramaFinder
from bot.domain.library import Library
from bot.errors import NoSuchDrama, Outdated
from bot.services.dramas import DramaService
from bot.services.own_libraries import OwnLibraries
from bot.storage.database import Database
from tests.services.test_articles import CLUB, GOBLIN, HEADLINE, OTHER, add


@pytest.fixture
def own(database: Database, library: Library) -> OwnLibraries:
    return OwnLibraries(database, library)


@pytest.fixture(scope="module")
def finder(library: Library) -> DramaFinder:
    return DramaFinder(library)


@pytest.fixture
def service(library: Library, finder: DramaFinder, own: OwnLibraries) -> DramaService:
    return DramaService(library, finder, own)


@pytest.mark.parametrize("text", [GOBLIN, "도깨비", "Guardian - The Lonely and Great God"])
def test_a_drama_is_found_by_its_id_and_its_titles(service: DramaService, text: str) -> None:
    assert service.find(text).id == GOBLIN


def test_what_is_no_drama_is_refused(service: DramaService) -> None:
    with pytest.raises(NoSuchDrama):
        service.find("nothing of the kind")


def test_before_anything_is_typed_the_newest_are_offered(service: DramaService) -> None:
    years = [drama.year for drama in service.suggest("")]
    assert len(years) == 25
    assert years == sorted(years, reverse=True)


def test_a_drama_that_the_catalogue_does_not_hold_is_outdated(service: DramaService) -> None:
    assert service.get(GOBLIN).id == GOBLIN
    with pytest.raises(Outdated):
        service.get("a-drama-of-last-year")


def test_the_articles_of_every_drama_are_those_that_name_it(service: DramaService, library: Library) -> None:
    for drama_id in library.dramas:
        found = service.articles_of(drama_id)
        assert {article.id for article in found} == {
            article.id for article in library.articles.values() if drama_id in article.dramas
        }
        assert [article.date or "" for article in found] == sorted((entry.date or "" for entry in found), reverse=True)


async def test_a_guilds_own_articles_stand_among_them_in_that_guild_alone(
    service: DramaService, database: Database, own: OwnLibraries
) -> None:
    article = await add(database, own, HEADLINE)
    assert service.articles_of(GOBLIN, CLUB)[0] == article
    assert article not in service.articles_of("queen-of-tears", CLUB)
    for elsewhere in (OTHER, None):
        assert article not in service.articles_of(GOBLIN, elsewhere)
