"""Finding couples by what is typed, and telling whom a typed name names: a character or an actor."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

from bot.content.lookalikes import begins_with, catches, orders, parts_of, readings, skeleton, skeleton_words
from bot.content.search.entries import couple_index, titles_of
from bot.content.search.finders import LONGEST_QUERY
from bot.content.search.index import Entry, Index
from bot.content.search.kept import kept
from bot.domain.guilds import GuildSettings
from bot.domain.library import Couple, Drama, Library, Person
from bot.domain.polls import ACTORS, Option
from bot.domain.texts import Localised, halves, is_pair, pieces, plain_name
from bot.errors import ActorsNotShipped, NoSuchCouple

FULL_NAME: Final = 3
"""Syllables of a name that cannot go on: "Kim Go-eun", while "Gong Yoo" might be the beginning of another name."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A couple to offer: what stands for it, how it is called, the drama it is from."""

    key: str
    label: Localised
    drama: Drama


class CoupleFinder:
    """Finds couples of the catalogue, of characters and of the actors who play them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._index = couple_index(library)
        self._called = _called(library)
        self._pairs = _pairs(library)
        self._pair_index = _pair_index(library)
        self._pair_of: dict[frozenset[str], str] = {}
        for key, pair in self._pairs.items():
            self._pair_of.setdefault(frozenset(person.name for person in pair), key)
        self._characters = frozenset(skeleton(name) for label in _characters(library) for name in label.all)
        people = [(person, name) for person in library.people.values() for name in (*person.names.all, *person.also)]
        self._actors = {order: person for person, name in people for order in orders(name)}
        full_names = [(person, name) for person, name in people if _cannot_go_on(person, name)]
        self._full_names = {order: person for person, name in full_names for order in orders(name)}
        self._hangul = [skeleton(name) for person, name in full_names if name == person.ko]

    def suggest(self, query: str, settings: GuildSettings, limit: int) -> Sequence[Suggestion]:
        """Return what to offer while a member types; before she types, the main couples of newer dramas.

        Couples of characters come first; where the guild ships actors, a third of the room is left to them.
        """
        query = query[:LONGEST_QUERY]
        found = [couple.id for couple in self.search(query, limit)]
        pairs = self._pair_index.search(query, limit)
        couples = [*dict.fromkeys([*found, *(key.removeprefix(ACTORS) for key in pairs)])]
        if not settings.actors:
            return [self._suggestion(key) for key in couples[:limit]]
        pairs = pairs or [key for couple_id in couples if (key := ACTORS + couple_id) in self._pairs]
        pairs = pairs[: max(limit // 3, limit - len(couples))]
        return [self._suggestion(key) for key in (*couples[: limit - len(pairs)], *pairs)]

    def search(self, query: str, limit: int) -> Sequence[Couple]:
        """Return the couples of characters that answer to `query`, best first; to nothing, those of newer dramas."""
        if query.strip():
            return [self._library.couples[couple_id] for couple_id in self._index.search(query, limit)]
        dramas = sorted(self._library.dramas.values(), key=lambda drama: -drama.year)
        return [couple for couple in self._library.couples_of(dramas) if couple.kind == "main"][:limit]

    def option(self, text: str, settings: GuildSettings) -> Option:
        """Return the option that `text` stands for: a couple by its key or name, or two typed names.

        Who is both a character and an actor by name counts as the character.

        Raises:
            NameNotPlain: a typed name holds formatting, a mention or an invisible character.
            NameTooLong: a typed name does not fit on a button.
            NoSuchCouple: the text is neither a couple of the catalogue nor two names.
            ActorsNotShipped: it names an actor, in whatever spelling, and the guild ships characters only.
        """
        if couple := self._library.couples.get(text):
            return Option(couple.name, couple.id)
        if text in self._pairs:
            if not settings.actors:
                raise ActorsNotShipped(name=self._label(text))
            return Option(self._label(text), text)
        name = plain_name(text)
        if couple := self._by_name(name):
            return Option(couple.name, couple.id)
        if not is_pair(name) or name.startswith(ACTORS):
            raise NoSuchCouple(text=name)
        actors = {part: actor for part in (*halves(name), *pieces(name)) if (actor := self.actor(part))}
        if actors and not settings.actors:
            raise ActorsNotShipped(name=next(iter(actors.values())).names)
        key = self._pair_of.get(frozenset(actors[half].name for half in halves(name) if half in actors))
        return Option(Localised(name)) if key is None else Option(self._label(key), key)

    def actor(self, name: str) -> Person | None:
        """Return the actor whom a typed name names, None where it names a character or nobody of the library.

        A whole name is found in every spelling and order of its words; among other words ("my Kim Go-eun!") only where
        it cannot be a part of another name.
        """
        if skeleton(name) in self._characters:
            return None
        words = skeleton_words(name)
        whole = (self._actors[read] for read in sorted(readings(name)) if read in self._actors)
        within = (self._full_names[part] for part in sorted(parts_of(name)) if part in self._full_names)
        goes_on = (self._full_names[full] for full in self._hangul for word in words if begins_with(word, full))
        return next(whole, None) or next(within, None) or next(goes_on, None)

    def knows(self, name: str) -> bool:
        """Tell whether `name` is the whole name of a character or actor of the library."""
        return (read := skeleton(name)) in self._characters or read in self._actors

    def caught(self, blocked: str, option: Option) -> Localised | None:
        """Return the name in the option that a blocked name means (see `catches`), None where it means none.

        Of the catalogue's couples the fan names count too. A blocked couple means that couple only, in either order.
        """
        names = self._names(option)
        if not is_pair(blocked):
            return next((name for name in names if _catches(blocked, name)), None)
        first, second = halves(blocked)
        both = any(_catches(first, one) and _catches(second, other) for one, other in permutations(names, 2))
        return option.label if both else None

    def _names(self, option: Option) -> Sequence[Localised]:
        """The two halves of an option and all else they are known by, or may be."""
        key = option.couple_id or ""
        if key in self._pairs:
            one, other = self._pairs[key]
            return [one.names, other.names, *(Localised(name) for name in (*one.also, *other.also))]
        if couple := self._library.couples.get(key):
            return [couple.first, couple.second, *filter(None, [couple.fan_name])]
        return [Localised(name) for name in dict.fromkeys((*halves(option.label.en), *pieces(option.label.en)))]

    def _by_name(self, name: str) -> Couple | None:
        """The only couple of the catalogue that `name` calls, whatever joint, order and script it is written with."""
        found = next(filter(None, map(self._called.get, _readings_of(name))), ())
        return self._library.couples[found[0]] if len(found) == 1 else None

    def _suggestion(self, key: str) -> Suggestion:
        couple = self._library.couples[key.removeprefix(ACTORS)]
        label = self._label(key) if key in self._pairs else couple.name
        return Suggestion(key, label, self._library.dramas[couple.drama_id])

    def _label(self, key: str) -> Localised:
        one, other = self._pairs[key]
        return _joined(one.names, other.names)


def _catches(blocked: str, name: Localised) -> bool:
    return any(catches(blocked, form) for form in name.all)


def _joined(one: Localised, other: Localised) -> Localised:
    korean = f"{one.ko} ♥ {other.ko}" if one.ko and other.ko else None
    return Localised(f"{one.en} ♥ {other.en}", korean)


def _called(library: Library) -> Mapping[frozenset[str], Sequence[str]]:
    """The couples by what they are called, as their words and as their two names in any order and script."""
    found: defaultdict[frozenset[str], dict[str, None]] = defaultdict(dict)
    for couple in library.couples.values():
        for one, other in product(couple.first.all, couple.second.all):
            found[_words(f"{one} {other}")][couple.id] = None
            found[frozenset((skeleton(one), skeleton(other)))][couple.id] = None
    return {called: [*couples] for called, couples in found.items()}


def _readings_of(name: str) -> Iterator[frozenset[str]]:
    """What a typed name may call a couple: its words with and without the joint, then its two names."""
    yield _words(name)
    yield _words(" ".join(halves(name)))
    yield _words(name.replace("랑 ", " "))  # "무덕이랑 장욱" is of 무덕이 too
    if is_pair(name):
        yield from map(frozenset, product(*map(orders, halves(name))))


def _words(text: str) -> frozenset[str]:
    return frozenset(skeleton_words(text.replace("-", "")))


def _pairs(library: Library) -> Mapping[str, tuple[Person, Person]]:
    """The two actors of every couple whose cast gives both, by key; those of newer dramas first."""
    found: dict[str, tuple[Person, Person]] = {}
    for drama in sorted(library.dramas.values(), key=lambda drama: -drama.year):
        played = {role.character: library.people[role.actor] for role in reversed(drama.cast) if role.character}
        for couple in drama.couples:
            one, other = played.get(couple.first), played.get(couple.second)
            if one and other and one != other:
                found[ACTORS + couple.id] = (one, other)
    return found


@kept
def _pair_index(library: Library) -> Index:
    entries: list[Entry] = []
    for key, (one, other) in _pairs(library).items():
        couple = library.couples[key.removeprefix(ACTORS)]
        names = [*_joined(one.names, other.names).all, *one.names.all, *other.names.all, *one.also, *other.also]
        drama = library.dramas[couple.drama_id]
        entries.append(Entry(key, tuple(names), couple.name.all, about=titles_of(drama)))
    return Index(entries)


def _characters(library: Library) -> Sequence[Localised]:
    played = [role.character for drama in library.dramas.values() for role in drama.cast if role.character]
    return [*played, *(label for couple in library.couples.values() for label in (couple.first, couple.second))]


def _cannot_go_on(person: Person, name: str) -> bool:
    """Tell whether a name of the actor is a full one of three syllables, with the family name."""
    whole = len((person.ko or "").replace(" ", "")) >= FULL_NAME
    return whole and (name == person.ko or len(name.split()) > 1)
