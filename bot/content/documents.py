"""The shape of a content file: what a fan writes, before it is linked into the library.

Pydantic checks these dataclasses from outside (bot/content/load.py); the domain stays free of it. The guide for
writers is docs/writing-content.md.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, ConfigDict, Field, StrictBool, StrictInt, TypeAdapter, with_config

from bot.domain.moments import Aired, Confidence, Evidence, Kind, Origin, Verdict
from bot.domain.spoilers import SpoilerLevel

EXACT = ConfigDict(extra="forbid", str_strip_whitespace=True)

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=70)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
PartialDate = Annotated[str, Field(pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Web = Annotated[AnyHttpUrl, Field(max_length=512)]
LanguageCode = Literal["en", "ko"]


@with_config(EXACT)
@dataclass
class Names:
    """A name in both scripts; it stands on buttons and in lists."""

    en: Annotated[str, Field(min_length=1, max_length=80)]
    ko: Annotated[str, Field(min_length=1, max_length=80)] | None = None


@with_config(EXACT)
@dataclass
class Phrase:
    """A part of a sentence: what a question asks about, who something came from."""

    en: Annotated[str, Field(min_length=1, max_length=120)]
    ko: Annotated[str, Field(min_length=1, max_length=120)] | None = None


@with_config(EXACT)
@dataclass
class Sentence:
    """A sentence or two: a scene, a headline, a fact."""

    en: Annotated[str, Field(min_length=1, max_length=400)]
    ko: Annotated[str, Field(min_length=1, max_length=400)] | None = None


@with_config(EXACT)
@dataclass
class Paragraph:
    """A reveal or a summary."""

    en: Annotated[str, Field(min_length=1, max_length=900)]
    ko: Annotated[str, Field(min_length=1, max_length=900)] | None = None


@with_config(EXACT)
@dataclass
class RoleDocument:
    """`[[cast]]`"""

    actor: Name
    character: Names | None = None


@with_config(EXACT)
@dataclass
class CoupleDocument:
    """`[[couples]]`"""

    id: Slug
    first: Names
    second: Names
    kind: Literal["main", "second", "rival"]
    fan_name: Names | None = None
    fan_name_source: str | None = None


@with_config(EXACT)
@dataclass
class PartDocument:
    """`[[moments.parts]]`"""

    planned: StrictBool
    asked: Phrase


@with_config(EXACT)
@dataclass
class MomentDocument:
    """`[[moments]]`"""

    id: Slug
    kind: Kind
    verdict: Verdict
    origin: Origin
    evidence: Evidence
    confidence: Confidence
    aired: Aired
    spoilers: SpoilerLevel
    performers: Annotated[list[Name], Field(min_length=1)]
    sources: Annotated[list[Slug], Field(min_length=1)]
    scene: Sentence
    reveal: Paragraph
    how_known: Sentence
    parts: Annotated[list[PartDocument], Field(min_length=1)]
    credit: Phrase | None = None
    idea_by: Name | None = None
    unclear_whose: StrictBool = False
    episode: Annotated[StrictInt, Field(ge=1, le=200)] | None = None
    not_asked_because: str | None = None


@with_config(EXACT)
@dataclass
class DramaDocument:
    """data/dramas/<id>.toml"""

    title: Names
    year: Annotated[StrictInt, Field(ge=1960, le=2100)]
    cast: list[RoleDocument] = field(default_factory=list)
    couples: list[CoupleDocument] = field(default_factory=list)
    moments: list[MomentDocument] = field(default_factory=list)
    other_titles: list[Name] = field(default_factory=list)
    network: str | None = None
    episodes: str | None = None
    aired: str | None = None
    editors_note: str | None = None
    sources: list[str] = field(default_factory=list)


@with_config(EXACT)
@dataclass
class ArticleDocument:
    """data/articles/<id>.toml"""

    headline: Sentence
    summary: Paragraph
    publisher: Name
    date: PartialDate | None = None
    url: Web | None = None
    also_at: list[Web] = field(default_factory=list)
    link_ok: StrictBool = True
    shown_source: str | None = None
    headline_rendered: list[LanguageCode] = field(default_factory=list)
    dramas: Annotated[list[Slug], Field(max_length=6)] = field(default_factory=list)
    people: Annotated[list[Name], Field(max_length=12)] = field(default_factory=list)
    topics: list[Name] = field(default_factory=list)
    facts: Annotated[list[Sentence], Field(max_length=8)] = field(default_factory=list)
    fans_say: Annotated[list[Sentence], Field(max_length=4)] = field(default_factory=list)
    note: Phrase | None = None
    caution: Paragraph | None = None
    founding: StrictBool = False


@with_config(EXACT)
@dataclass
class PersonDocument:
    """One table of data/people.toml"""

    ko: Name | None = None
    also: list[Name] = field(default_factory=list)


DRAMA = TypeAdapter(DramaDocument)
ARTICLE = TypeAdapter(ArticleDocument)
PEOPLE = TypeAdapter(dict[Name, PersonDocument])
