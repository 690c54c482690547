"""Reads data/ into the library. Every fault of every file is collected before anything is refused."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.content.documents import (
    ARTICLE,
    DRAMA,
    PEOPLE,
    ArticleDocument,
    CoupleDocument,
    DramaDocument,
    MomentDocument,
    Names,
    Paragraph,
    PersonDocument,
    Phrase,
    Sentence,
)
from bot.content.faults import ContentBroken, Fault, faults_of
from bot.content.rules import Written, check_library
from bot.domain.library import Article, Couple, Drama, Library, Person, Role
from bot.domain.moments import Moment, Part
from bot.domain.texts import Localised

T = TypeVar("T")

SLUG = re.compile(r"(?=.{1,70}$)[a-z0-9]+(-[a-z0-9]+)*")
"""What an id may look like; the name of a file is the id of its entry."""


def load_library(folder: Path) -> Library:
    """Return the library in `folder` (data/).

    Raises:
        ContentBroken: with every fault of every file.
    """
    faults: list[Fault] = []
    dramas = {path.stem: _drama(path.stem, document) for path, document in _read_all(folder, "dramas", DRAMA, faults)}
    articles = {
        path.stem: _article(path.stem, document) for path, document in _read_all(folder, "articles", ARTICLE, faults)
    }
    people_file = _read(folder / "people.toml", folder, PEOPLE, faults)
    people = {name: _person(name, document) for name, document in (people_file or {}).items()}
    written = Written(
        dramas=_stems(folder / "dramas"),
        articles=_stems(folder / "articles"),
        people=people_file is not None,
        everything=not faults,
    )
    library = Library(dramas, articles, people)
    faults.extend(_unequal_ids(dramas.values()))
    faults.extend(check_library(library, written))
    if faults:
        raise ContentBroken(faults)
    return library


def _stems(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.toml"))


def _read_all(folder: Path, child: str, adapter: TypeAdapter[T], faults: list[Fault]) -> Iterator[tuple[Path, T]]:
    paths = sorted((folder / child).glob("*.toml"))
    if not paths:
        faults.append(Fault(f"{child}/", "", f"no file here; is {folder} the data folder?"))
    for path in paths:
        if not SLUG.fullmatch(path.stem):
            name = path.relative_to(folder).as_posix()
            faults.append(Fault(name, "", "must be named with small letters, digits and single hyphens, 70 at most"))
        document = _read(path, folder, adapter, faults)
        if document is not None:
            yield path, document


def _read(path: Path, folder: Path, adapter: TypeAdapter[T], faults: list[Fault]) -> T | None:
    name = path.relative_to(folder).as_posix()
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return adapter.validate_python(content)
    except FileNotFoundError:
        faults.append(Fault(name, "", "is missing"))
    except UnicodeDecodeError:
        faults.append(Fault(name, "", "is not UTF-8 text; save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(name, "", f"is no TOML: {error}"))
    except ValidationError as error:
        faults.extend(faults_of(name, error))
    return None


def _unequal_ids(dramas: Any) -> Iterator[Fault]:
    for kind, entries in (
        ("moments", [(moment.id, drama.id) for drama in dramas for moment in drama.moments]),
        ("couples", [(couple.id, drama.id) for drama in dramas for couple in drama.couples]),
    ):
        times = Counter(entry_id for entry_id, _ in entries)
        for entry_id, drama_id in entries:
            if times[entry_id] > 1:
                yield Fault(
                    f"dramas/{drama_id}.toml", f"{kind}.id", f'"{entry_id}" stands more than once; choose another'
                )


def _localised(text: Names | Phrase | Sentence | Paragraph) -> Localised:
    return Localised(text.en, text.ko)


def _maybe(text: Names | Phrase | Sentence | Paragraph | None) -> Localised | None:
    return None if text is None else _localised(text)


def _several(texts: Sequence[Sentence]) -> tuple[Localised, ...]:
    return tuple(_localised(text) for text in texts)


def _drama(drama_id: str, document: DramaDocument) -> Drama:
    return Drama(
        id=drama_id,
        title=_localised(document.title),
        year=document.year,
        cast=tuple(Role(role.actor, _maybe(role.character)) for role in document.cast),
        couples=tuple(_couple(drama_id, couple) for couple in document.couples),
        moments=tuple(_moment(drama_id, moment) for moment in document.moments),
        other_titles=tuple(document.other_titles),
        network=document.network,
        episodes=document.episodes,
        aired=document.aired,
        sources=tuple(document.sources),
    )


def _couple(drama_id: str, document: CoupleDocument) -> Couple:
    return Couple(
        id=document.id,
        drama_id=drama_id,
        first=_localised(document.first),
        second=_localised(document.second),
        kind=document.kind,
        fan_name=_maybe(document.fan_name),
        fan_name_source=document.fan_name_source,
    )


def _moment(drama_id: str, document: MomentDocument) -> Moment:
    return Moment(
        id=document.id,
        drama_id=drama_id,
        kind=document.kind,
        verdict=document.verdict,
        origin=document.origin,
        evidence=document.evidence,
        confidence=document.confidence,
        aired=document.aired,
        spoilers=document.spoilers,
        performers=tuple(document.performers),
        sources=tuple(document.sources),
        scene=_localised(document.scene),
        reveal=_localised(document.reveal),
        how_known=_localised(document.how_known),
        parts=tuple(Part(part.planned, _localised(part.asked)) for part in document.parts),
        credit=_maybe(document.credit),
        idea_by=document.idea_by,
        unclear_whose=document.unclear_whose,
        episode=document.episode,
        not_asked_because=document.not_asked_because,
    )


def _article(article_id: str, document: ArticleDocument) -> Article:
    return Article(
        id=article_id,
        headline=_localised(document.headline),
        summary=_localised(document.summary),
        publisher=document.publisher,
        date=document.date,
        url=str(document.url) if document.url else None,
        also_at=tuple(str(url) for url in document.also_at),
        link_ok=document.link_ok,
        shown_source=document.shown_source,
        headline_rendered=tuple(document.headline_rendered),
        dramas=tuple(document.dramas),
        people=tuple(document.people),
        topics=tuple(document.topics),
        facts=_several(document.facts),
        fans_say=_several(document.fans_say),
        note=_maybe(document.note),
        caution=_maybe(document.caution),
        founding=document.founding,
    )


def _person(name: str, document: PersonDocument) -> Person:
    return Person(name, document.ko, tuple(document.also))
