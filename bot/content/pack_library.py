"""What is stored of a pack, as a library of its own: the rules and pages work on it as on the one that is shipped."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.content.folding import fold
from bot.content.pack_check import CatalogueTitles, Content, fingerprint, in_first, moment_key, verdict_of
from bot.domain.library import Article, Drama, Library, Person, Role
from bot.domain.moments import Aired, Confidence, Evidence, Kind, Moment, Origin, Part
from bot.domain.packs import OWN
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised

DIGITS = 19
"""A number of so many digits may be more than a database takes for the id of a row."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a pack holds, counted: its scenes, its questions by their answer, its dramas by who knows them."""

    scenes: int
    scripted: int
    ad_lib: int
    kinds: Mapping[Kind, int]
    spoilers: Mapping[SpoilerLevel, int]
    known_dramas: tuple[Localised, ...]
    own_dramas: tuple[Localised, ...]


def pack_library(pack_id: int, stored: str, shipped: Library) -> Library:
    """Return the library of a pack. It takes a moment for thousands of scenes: call it in a thread of its own."""
    return _Builder(f"{OWN}{pack_id}", shipped).build(json.loads(stored))


def pack_id_of(entry_id: str) -> int | None:
    """Return the number of the pack that the entry stands in, or None where it is of the library."""
    number = entry_id.removeprefix(OWN).split("/", 1)[0]
    is_number = number.isascii() and number.isdecimal() and len(number) < DIGITS
    return int(number) if entry_id.startswith(OWN) and is_number else None


def survey(library: Library) -> Survey:
    """Count what the library of a pack holds."""
    moments = library.moments.values()
    answers = Counter(part.planned for moment in moments for part in moment.parts)
    kinds, spoilers = Counter(moment.kind for moment in moments), Counter(moment.spoilers for moment in moments)
    dramas = sorted(library.dramas.values(), key=lambda drama: drama.title.en)
    return Survey(
        scenes=len(library.moments),
        scripted=answers[True],
        ad_lib=answers[False],
        kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
        spoilers={level: spoilers[level] for level in SpoilerLevel if spoilers[level]},
        known_dramas=tuple(drama.title for drama in dramas if not drama.id.startswith(OWN)),
        own_dramas=tuple(drama.title for drama in dramas if drama.id.startswith(OWN)),
    )


class _Builder:
    def __init__(self, prefix: str, shipped: Library) -> None:
        self._prefix = prefix
        self._shipped = shipped
        self._titles = CatalogueTitles(shipped)
        self._names = _names_of(shipped.people.values())
        self._homes: dict[tuple[str, str | None, int], str] = {}
        self._dramas: dict[str, Drama] = {}
        self._moments: defaultdict[str, list[Moment]] = defaultdict(list)
        self._articles: dict[str, Article] = {}

    def build(self, contents: Iterable[Content]) -> Library:
        for content in contents:
            home = self._home(content)
            moment = self._moment(content, home, self._article(content["source"], home))
            self._moments[home].append(moment)
        dramas = {drama.id: self._with_moments(drama) for drama in self._dramas.values()}
        names = {role.actor for drama in dramas.values() for role in drama.cast}
        people = {name: self._shipped.people.get(name) or Person(name) for name in names}
        return Library(dramas, self._articles, people)

    def _home(self, content: Content) -> str:
        """The id of the drama of the library that is called so and of that year, or of one of the pack's own."""
        title = _text(content["drama"])
        key = (title.en, title.ko, content["year"])
        if key not in self._homes:
            known = [drama for drama in self._titles.find(title, content["year"]) if drama.year == content["year"]]
            drama = known[0] if known else self._own_drama(title, content["year"])
            self._dramas[drama.id] = drama
            self._homes[key] = drama.id
        return self._homes[key]

    def _own_drama(self, title: Localised, year: int) -> Drama:
        drama_id = f"{self._prefix}/d-{fingerprint(self._titles.fold(title.en))}"
        before = self._dramas.get(drama_id)
        if before is not None and (before.title.ko is not None or title.ko is None):
            return before
        return Drama(drama_id, title, year, cast=(), couples=(), moments=())

    def _article(self, source: Mapping[str, str], home: str) -> Article:
        article_id = f"{self._prefix}/s-{fingerprint(sorted(source.items()))}"
        article = self._articles.get(article_id)
        if article is None:
            article = Article(
                id=article_id,
                headline=Localised(source["title"]),
                summary=Localised(source["title"]),
                publisher=source.get("publisher", ""),
                date=source.get("date"),
                url=source.get("url"),
            )
        if home not in article.dramas:
            article = replace(article, dramas=(*article.dramas, home))
        self._articles[article_id] = article
        return article

    def _moment(self, content: Content, home: str, article: Article) -> Moment:
        parts = tuple(Part(part["planned"], _text(part["asked"])) for part in content["parts"])
        return Moment(
            id=f"{self._prefix}/{moment_key(content, self._titles.fold(in_first(content['drama'])))}",
            drama_id=home,
            kind=Kind(content["kind"]),
            verdict=verdict_of(part.planned for part in parts),
            origin=Origin(content["origin"]),
            evidence=Evidence(content["evidence"]),
            confidence=Confidence(content["confidence"]),
            aired=Aired.UNKNOWN,
            spoilers=SpoilerLevel(content["spoilers"]),
            performers=tuple(dict.fromkeys(map(self._name, content.get("performers", ())))),
            sources=(article.id,),
            scene=_text(content["scene"]),
            reveal=_text(content["reveal"]),
            how_known=_text(content["how_known"]),
            parts=parts,
            credit=_text(content["credit"]) if "credit" in content else None,
            idea_by=self._name(content["idea_by"]) if "idea_by" in content else None,
            episode=content.get("episode"),
        )

    def _name(self, typed: str) -> str:
        """The name under which the library knows the actor, or as it was typed."""
        return self._names.get(fold(typed), typed)

    def _with_moments(self, drama: Drama) -> Drama:
        """The drama with the pack's moments and no others, its cast with everybody who plays in them."""
        moments = tuple(self._moments[drama.id])
        known = {role.actor for role in drama.cast}
        others = dict.fromkeys(name for moment in moments for name in moment.performers if name not in known)
        return replace(drama, cast=(*drama.cast, *map(Role, others)), couples=(), moments=moments)


def _names_of(people: Iterable[Person]) -> dict[str, str]:
    """Every spelling, folded, that means one person only."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for person in people:
        for spelling in (*person.names.all, *person.also):
            meant[fold(spelling)].add(person.name)
    return {spelling: names.pop() for spelling, names in meant.items() if len(names) == 1}


def _text(said: Any) -> Localised:
    return Localised(said) if isinstance(said, str) else Localised(said["en"], said["ko"])
