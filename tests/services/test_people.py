import pytest

from bot.content.search.finders import PersonFinder
from bot.domain.library import Library
from bot.errors import NoSuchPerson, Outdated
from bot.services.own_libraries import OwnLibraries
from bot.services.people import PersonService
from bot.storage.database import Database
from tests.services.test_articles import CLUB, HEADLINE, OTHER, add


@pytest.fixture
def own(database: Database, library: Library) -> OwnLibraries:
    return OwnLibraries(database, library)


@pytest.fixture(scope="module")
def finder(library: Library) -> PersonFinder:
    return PersonFinder(library)


@pytest.fixture
def service(library: Library, finder: PersonFinder, own: OwnLibraries) -> PersonService:
    return PersonService(library, finder, own)


@pytest.mark.parametrize("text", ["Kim Se-jeong", "kim sejeong", "김세정"])
def test_a_person_is_found_in_whatever_spelling(service: PersonService, text: str) -> None:
    assert service.find(text).name == "Kim Se-jeong"
    assert service.find(text) in service.suggest(text)


@pytest.mark.parametrize("text", ["nobody at all", "", "Kim"])
def test_who_is_nobody_or_several_is_refused(service: PersonService, text: str) -> None:
    with pytest.raises(NoSuchPerson):
        service.find(text)


def test_somebody_whom_the_library_does_not_hold_is_outdated(service: PersonService) -> None:
    assert service.get("Gong Yoo").name == "Gong Yoo"
    with pytest.raises(Outdated):
        service.get("Nobody")


def test_everybody_has_a_role_in_a_drama_of_the_catalogue(service: PersonService, library: Library) -> None:
    for person in library.people.values():
        roles = service.career(person).roles
        assert roles, person.name
        assert [played.drama.year for played in roles] == sorted((played.drama.year for played in roles), reverse=True)


def test_nearly_every_half_of_a_couple_is_played_by_somebody(service: PersonService, library: Library) -> None:
    played = {couple.id for person in library.people.values() for couple in service.career(person).couples}
    assert len(played) > 0.97 * len(library.couples)


def test_the_articles_of_everybody_are_those_that_name_them(service: PersonService, library: Library) -> None:
    for person in library.people.values():
        found = service.articles_of(person)
        assert {article.id for article in found} == {
            article.id for article in library.articles.values() if person.name in article.people
        }


async def test_a_guilds_own_articles_stand_among_them_in_that_guild_alone(
    service: PersonService, database: Database, own: OwnLibraries
) -> None:
    article, person = await add(database, own, HEADLINE), service.get("Gong Yoo")
    assert article in service.articles_of(person, CLUB)
    for elsewhere in (OTHER, None):
        assert article not in service.articles_of(person, elsewhere)
