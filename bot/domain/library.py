"""The library: dramas, people, couples, moments and articles, linked both ways."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.moments import Moment
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised


@dataclass(frozen=True, slots=True)
class Person:
    """An actor: the name as credited in English, in Hangul where known, and what else fans type for it."""

    name: str
    ko: str | None = None
    also: tuple[str, ...] = ()

    @property
    def names(self) -> Localised:
        """The name in both scripts."""
        return Localised(self.name, self.ko)


@dataclass(frozen=True, slots=True)
class Role:
    """Who plays whom; `character` is None where it was not verified."""

    actor: str
    character: Localised | None = None


@dataclass(frozen=True, slots=True)
class Couple:
    """Two characters of the drama `drama_id` whom fans ship; a fan name only where a source uses it."""

    id: str
    drama_id: str
    first: Localised
    second: Localised
    kind: str
    fan_name: Localised | None = None
    fan_name_source: str | None = None

    @property
    def name(self) -> Localised:
        """Both names, joined, in both scripts."""
        korean = f"{self.first.ko} ♥ {self.second.ko}" if self.first.ko and self.second.ko else None
        return Localised(f"{self.first.en} ♥ {self.second.en}", korean)


@dataclass(frozen=True, slots=True)
class Drama:
    """A drama: its facts, cast, couples and moments.

    `episodes` and `aired` are texts, as counts and dates vary by source.
    """

    id: str
    title: Localised
    year: int
    cast: tuple[Role, ...]
    couples: tuple[Couple, ...]
    moments: tuple[Moment, ...]
    other_titles: tuple[str, ...] = ()
    network: str | None = None
    episodes: str | None = None
    aired: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article: citation and our own summary, never its text.

    `headline_rendered` names the languages in which the headline is our rendering rather than the publisher's words.
    `date` is as exact as the source shows it: YYYY, YYYY-MM or YYYY-MM-DD. `link_ok` False means: cite, do not link
    (a mirror or a copy). `summary` is None for a guild's own article that came without one. `note` says what kind of
    text it is where it is no ordinary article. `fans_say` is never to be shown as fact.
    """

    id: str
    headline: Localised
    summary: Localised | None
    publisher: str
    date: str | None = None
    url: str | None = None
    also_at: tuple[str, ...] = ()
    link_ok: bool = True
    shown_source: str | None = None
    headline_rendered: tuple[str, ...] = ()
    dramas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[Localised, ...] = ()
    fans_say: tuple[Localised, ...] = ()
    note: Localised | None = None
    caution: Localised | None = None
    founding: bool = False

    @property
    def link(self) -> str | None:
        """The address to send a reader to, or None where the article is only cited."""
        return self.url if self.link_ok else None


@dataclass(frozen=True)
class Library:
    """All content, by id. What one entry says of another is looked up here, so that it is written only once."""

    dramas: Mapping[str, Drama]
    articles: Mapping[str, Article]
    people: Mapping[str, Person]
    couples: Mapping[str, Couple] = field(init=False)
    moments: Mapping[str, Moment] = field(init=False)

    def __post_init__(self) -> None:
        couples = {couple.id: couple for drama in self.dramas.values() for couple in drama.couples}
        moments = {moment.id: moment for drama in self.dramas.values() for moment in drama.moments}
        object.__setattr__(self, "couples", couples)
        object.__setattr__(self, "moments", moments)

    @cached_property
    def _moments_of_article(self) -> Mapping[str, tuple[Moment, ...]]:
        found: defaultdict[str, list[Moment]] = defaultdict(list)
        for moment in self.moments.values():
            for article_id in moment.sources:
                found[article_id].append(moment)
        return {article_id: tuple(moments) for article_id, moments in found.items()}

    def moments_citing(self, article: Article) -> tuple[Moment, ...]:
        """The moments that `article` is a source of."""
        return self._moments_of_article.get(article.id, ())

    def level_of(self, article: Article) -> SpoilerLevel:
        """How much `article` gives away: as much as that moment which gives away most of those it is a source of."""
        levels = {moment.spoilers for moment in self.moments_citing(article)}
        return max(levels, key=[*SpoilerLevel].index, default=SpoilerLevel.NONE)

    def headline_level(self, article: Article) -> SpoilerLevel:
        """How much its headline alone gives away: one over scenes of several dramas tells of none what happens."""
        return SpoilerLevel.NONE if len(article.dramas) > 1 else self.level_of(article)

    def moments_of(self, article: Article) -> tuple[Moment, ...]:
        """The moments that cite `article`, then the other moments of its dramas."""
        own = self.moments_citing(article)
        others = (moment for drama in self.dramas_of(article) for moment in drama.moments if moment not in own)
        return (*own, *others)

    def dramas_of(self, article: Article) -> tuple[Drama, ...]:
        """The dramas that `article` is about; one that the library no longer holds is left out."""
        return tuple(self.dramas[drama_id] for drama_id in article.dramas if drama_id in self.dramas)

    def people_of(self, article: Article) -> tuple[Person, ...]:
        """The people whom `article` is about, as far as the library holds them."""
        return tuple(self.people[name] for name in article.people if name in self.people)

    def couples_of(self, dramas: Iterable[Drama]) -> tuple[Couple, ...]:
        """The couples of `dramas`, in their order."""
        return tuple(couple for drama in dramas for couple in drama.couples)

    def drama_of(self, moment: Moment) -> Drama:
        """The drama that `moment` is a scene of."""
        return self.dramas[moment.drama_id]
