"""People of the library: actors, what they played and what is written about them."""

from collections.abc import Sequence

from bot.content.search.finders import PersonFinder
from bot.domain.library import Article, Library, Person
from bot.domain.people import Career, careers
from bot.domain.shelves import newest_first
from bot.errors import Outdated
from bot.services.own_libraries import OwnLibraries


class PersonService:
    """Finds people and what they have done. Everything is in memory, so nothing here waits."""

    def __init__(self, library: Library, finder: PersonFinder, own: OwnLibraries) -> None:
        self.library = library
        self._finder = finder
        self._own = own
        self._careers = careers(library)

    def suggest(self, typed: str, limit: int = 25) -> Sequence[Person]:
        """Return whom to offer while a member types."""
        return self._finder.suggest(typed, limit)

    def find(self, text: str) -> Person:
        """Return the person whom `text` names in whatever spelling, or the only one who answers to it.

        Raises:
            NoSuchPerson: nobody answers to it, or several do.
        """
        return self._finder.find(text)

    def get(self, name: str) -> Person:
        """Return the person of that credited name.

        Raises:
            Outdated: the library does not hold them (any more).
        """
        person = self.library.people.get(name)
        if person is None:
            raise Outdated
        return person

    def career(self, person: Person) -> Career:
        """Return what they have played, and in which couples and scenes."""
        return self._careers[person.name]

    def articles_of(self, person: Person, guild_id: int | None = None) -> Sequence[Article]:
        """Return the articles about them, the guild's own among them, the newest first."""
        own = [article for article in self._own.of(guild_id).articles.values() if person.name in article.people]
        return newest_first([*own, *self.career(person).articles])
