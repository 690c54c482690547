"""What the entries of the library are called, in both scripts, and what else they are found by."""

from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Final
from unicodedata import normalize

from bot.content.folding import fold
from bot.content.search.index import Index
from bot.content.search.kept import kept
from bot.content.search.shelves import Entry
from bot.domain.library import Article, Couple, Drama, Library, Person
from bot.domain.texts import Localised

FOUNDING: Final = 10**8
"""How far founding articles come before others: further than any date."""
SHORTEST_ENGLISH: Final = 3
SHORTEST_KOREAN: Final = 2
"""Words of a title that has a short form."""
LAST_LATIN: Final = "\u024f"
_VULGAR: Final = ("보지", "자지", "시발", "씨발", "병신", "지랄", "존나", "좆", "씹", "섹스", "새끼", "창녀", "강간")
"""What no short form is made with: nobody calls 보스를 지켜라 so, and who types it means something else."""
FULL_NAME: Final = 3
"""Syllables of a name in Hangul that is a family name and a given name."""


@kept
def article_index(library: Library) -> Index:
    """Index every article of the library; the founding ones come first among equals, then the newest."""
    return Index(article_entry(article, library) for article in founding_and_newest(library.articles.values()))


@kept
def names_in_articles(library: Library) -> Mapping[str, str]:
    """Return the names of what any article is about, by themselves folded; the short forms that fans make left out."""
    entries = (article_entry(article, library) for article in library.articles.values())
    short_forms = {_short_form(title) for drama in library.dramas.values() for title in titles_of(drama)}
    return {fold(name): name for entry in entries for name in entry.about if name not in short_forms}


@kept
def couple_index(library: Library) -> Index:
    """Index every couple by its names and fan name, its drama and actors; those of newer dramas come first."""
    return Index(couple_entry(couple, library) for couple in library.couples_of(newest_dramas(library)))


@kept
def drama_index(library: Library) -> Index:
    """Index every drama by its titles, and by who is in it; the newest come first."""
    return Index(drama_entry(drama, library) for drama in newest_dramas(library))


@kept
def title_index(library: Library) -> Index:
    """Index every drama by its titles alone; the newest come first."""
    return Index(Entry(drama.id, _titles_and_short_forms(drama), order=-drama.year) for drama in newest_dramas(library))


@kept
def person_index(library: Library) -> Index:
    """Index every person by the name in all spellings, and by dramas and characters; who is in most comes first."""
    played: dict[str, list[tuple[Drama, Localised | None]]] = {name: [] for name in library.people}
    for drama in newest_dramas(library):
        for role in drama.cast:
            played.setdefault(role.actor, []).append((drama, role.character))
    entries = (_person_entry(person, played[person.name]) for person in library.people.values())
    return Index(sorted(entries, key=lambda entry: entry.order))


@kept
def name_index(library: Library) -> Index:
    """Index every person by the name alone, in all spellings."""
    return Index(Entry(person.name, names_of(person)) for person in library.people.values())


def article_entry(article: Article, library: Library) -> Entry:
    """Return how an article is found. What it names and `library` does not hold is passed over."""
    dramas = [library.dramas[drama_id] for drama_id in article.dramas if drama_id in library.dramas]
    about = [title for drama in dramas for title in _titles_and_short_forms(drama)]
    for name in article.people:
        person = library.people.get(name) or Person(name)
        about += [*names_of(person), *_given_name(person)]
    about += [name for couple in library.couples_of(dramas) for name in _called(couple)]
    for drama in dramas:
        about += [name for role in drama.cast if role.actor in article.people for name in _character(role.character)]
    words = [article.publisher, *article.topics, *(article.date or "").split("-")[:1]]
    for text in (article.summary, *article.facts):
        words += text.all if text else ()

    return Entry(article.id, article.headline.all, tuple(words), _each_once(about), _place(article))


def couple_entry(couple: Couple, library: Library) -> Entry:
    """Return how a couple is found."""
    drama = library.dramas[couple.drama_id]
    about = [*_titles_and_short_forms(drama)]
    for role in drama.cast:
        if role.character in (couple.first, couple.second):
            person = library.people[role.actor]
            about += [*names_of(person), *_given_name(person)]
    return Entry(couple.id, _called(couple), (str(drama.year),), _each_once(about), -drama.year)


def drama_entry(drama: Drama, library: Library) -> Entry:
    """Return how a drama is found."""
    about = [name for couple in drama.couples for name in _called(couple)]
    for role in drama.cast:
        about += [*names_of(library.people[role.actor]), *_character(role.character)]
    words = (str(drama.year), *([drama.network] if drama.network else ()))
    return Entry(drama.id, _titles_and_short_forms(drama), words, _each_once(about), -drama.year)


def _person_entry(person: Person, played: Sequence[tuple[Drama, Localised | None]]) -> Entry:
    about = [*_given_name(person)]
    for drama, character in played:
        about += [*_titles_and_short_forms(drama), *_character(character)]
    return Entry(person.name, names_of(person), (), _each_once(about), -len(played))


def titles_of(drama: Drama) -> tuple[str, ...]:
    """Return all titles of a drama, the English one first."""
    return (*drama.title.all, *drama.other_titles)


def names_of(person: Person) -> tuple[str, ...]:
    """Return all spellings of a person's name, the credited one first."""
    return (*person.names.all, *person.also)


def newest_dramas(library: Library) -> Sequence[Drama]:
    """Return all dramas, the newest first."""
    return sorted(library.dramas.values(), key=lambda drama: -drama.year)


def founding_and_newest(articles: Iterable[Article]) -> Sequence[Article]:
    """Return the founding articles, then the others, the newest first in both."""
    return sorted(articles, key=_place)


def _place(article: Article) -> int:
    """Lower, the earlier an article comes: founding ones before others, the newest before older ones."""
    return -int((article.date or "").replace("-", "").ljust(8, "0")) - FOUNDING * article.founding


def _titles_and_short_forms(drama: Drama) -> tuple[str, ...]:
    titles = titles_of(drama)
    return (*titles, *filter(None, map(_short_form, titles)))


def _short_form(title: str) -> str:
    """What fans make of a title: its first letters ("DOTS"), in Hangul its first syllables ("사불"); "" of one word."""
    words = [word for word in normalize("NFC", title).replace("-", " ").split() if word[0].isalnum()]
    least = SHORTEST_KOREAN if title[0] > LAST_LATIN else SHORTEST_ENGLISH
    form = "".join(word[0] for word in words) if len(words) >= least else ""
    return "" if any(word in form for word in _VULGAR) else form


def _called(couple: Couple) -> tuple[str, ...]:
    fan_name = couple.fan_name.all if couple.fan_name else ()
    return (*couple.name.all, *fan_name, *_character(couple.first), *_character(couple.second))


def _character(name: Localised | None) -> Sequence[str]:
    """A character by each of the names it goes by: "Lee Yul / Won-deuk"."""
    if name is None:
        return ()
    return [part.strip() for form in name.all for part in (form, *form.split("/")[1:], *form.split("/")[:-1])]


def _given_name(person: Person) -> Sequence[str]:
    """What friends call a person: "세정" for 김세정."""
    return [person.ko[1:]] if person.ko and len(person.ko) == FULL_NAME else []


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(intern, dict.fromkeys(filter(None, names))))
