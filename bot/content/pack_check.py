"""What must hold of the moments of a pack, and what is filled in where a writer has left it out."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from bot.content.documents import Names, Paragraph, Phrase, Sentence
from bot.content.file_faults import MISSING, Faults, KeyPath
from bot.content.folding import fold
from bot.content.pack_documents import PACK_MOMENT, PackMoment, PackPart
from bot.content.pack_faults import said_by
from bot.domain.library import Drama, Library
from bot.domain.moments import Origin, Verdict
from bot.domain.texts import Localised
from bot.errors import N_

MOST_VALUES: Final = 200
"""In one moment; a whole one has about forty."""

_JOINT: Final = re.compile(r"\s+[-–]\s+|:\s+")
"""Between the halves of a title."""

Content = dict[str, Any]
"""A moment as it is stored: a file would hold the same, with everything said that may be left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a moment stands in its file: the line of a key, and what the file calls the key."""

    line_of: Callable[[KeyPath], int]
    name_of: Callable[[KeyPath], str]


class CatalogueTitles:
    """Finds a drama of the catalogue by its id or any of its titles, folded."""

    def __init__(self, shipped: Library) -> None:
        self._dramas = shipped.dramas
        self._named: defaultdict[str, dict[str, Drama]] = defaultdict(dict)
        self._halves: defaultdict[str, dict[str, Drama]] = defaultdict(dict)
        self._folded: dict[str, str] = {}
        for drama in shipped.dramas.values():
            for title in (*drama.title.all, *drama.other_titles):
                self._named[fold(title)][drama.id] = drama
                for half in _JOINT.split(title):
                    self._halves[fold(half)][drama.id] = drama

    def fold(self, title: str) -> str:
        """Return `title` folded; one that is all signs stays as it is."""
        if title not in self._folded:
            self._folded[title] = fold(title) or title
        return self._folded[title]

    def find(self, title: Localised, year: int | None) -> list[Drama]:
        """The dramas that are called so, in either language.

        One of that `year` is also found by half of its title, as fans call it: 도깨비 is "쓸쓸하고 찬란하神 - 도깨비".
        """
        if title.en in self._dramas:
            return [self._dramas[title.en]]
        folded = [self.fold(text) for text in title.all]
        found = {key: drama for text in folded for key, drama in self._named.get(text, {}).items()}
        if not found:
            halves = [drama for text in folded for drama in self._halves.get(text, {}).values()]
            found = {drama.id: drama for drama in halves if year in (None, drama.year)}
        return list(found.values())


def check_moments(entries: Iterable[tuple[Any, Place]], titles: CatalogueTitles, faults: Faults) -> list[Content]:
    """Return the moments as they are to be stored; note everything that is wrong with any of them."""
    checker = _Checker(titles, faults)
    checked: list[Content] = []
    for raw, place in entries:
        if faults.full:
            break
        content = checker.check(raw, place)
        if content is not None:
            checked.append(content)
    return checked


def fingerprint(*said: object) -> str:
    """Return ten letters and digits that stand for what is said."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:10]


def moment_key(content: Mapping[str, Any], folded_title: str) -> str:
    """Return what tells a moment from all others of its pack. A translation that is added or mended does not change it.

    `folded_title` is the title of its drama, folded.
    """
    parts = [[part["planned"], in_first(part["asked"])] for part in content["parts"]]
    return fingerprint(folded_title, in_first(content["scene"]), parts)


def verdict_of(planned: Iterable[bool]) -> Verdict:
    """Return what the parts of a moment make of the whole."""
    found = set(planned)
    return Verdict.PARTLY if len(found) == 2 else Verdict.SCRIPTED if True in found else Verdict.IMPROVISED


def in_first(text: str | Mapping[str, str]) -> str:
    """Return a text of stored content in its first language."""
    return text if isinstance(text, str) else text["en"]


class _Checker:
    def __init__(self, titles: CatalogueTitles, faults: Faults) -> None:
        self._titles = titles
        self._faults = faults
        self._places: dict[str, Place] = {}
        self._own: dict[str, tuple[int, str | None, Place]] = {}

    def check(self, raw: Any, place: Place) -> Content | None:
        if not isinstance(raw, dict):
            self._faults.add(place.line_of(()), "moments", N_("must be tables, each below a line [[moments]]"))
            return None
        if _has_more_than(MOST_VALUES, raw):
            self._faults.add(place.line_of(()), "", N_("This scene is far too long; is a [[moments]] missing in it?"))
            return None
        try:
            moment = PACK_MOMENT.validate_python(raw)
        except ValidationError as error:
            for path, message, values in said_by(error):
                self._faults.add(place.line_of(path), place.name_of(path), message, **values)
            return None

        def wrong(key: str, message: str, /, **values: object) -> None:
            self._faults.add(place.line_of((key,)), place.name_of((key,)), message, **values)

        parts = _parts_of(moment, wrong)
        if not parts:
            return None
        drama = self._drama(moment, wrong, place)
        origin = _origin(moment, verdict_of(part.planned for part in parts), wrong)
        content = _content(moment, parts, origin, drama)
        key = moment_key(content, self._titles.fold(in_first(content["drama"])))
        before = self._places.setdefault(key, place)
        if before is not place:
            first = before.line_of(())
            self._faults.add(place.line_of(()), "", N_("This scene stands in line {line} already."), line=first)
        return content

    def _drama(self, moment: PackMoment, wrong: Callable[..., None], place: Place) -> Content:
        found = self._titles.find(Localised(moment.drama.en, moment.drama.ko), moment.year)
        fitting = [drama for drama in found if moment.year in (None, drama.year)]
        if len(fitting) == 1:
            return {"drama": _said(fitting[0].title), "year": fitting[0].year}
        title = moment.drama
        if found and moment.year is not None and not fitting:
            years = ", ".join(str(drama.year) for drama in found)
            wrong(
                "year", N_("is not the one that Adlib knows: {years}. For another drama, change the title"), years=years
            )
        elif fitting:
            wrong("drama", N_("could be more than one drama; add the year or the Korean title"))
        elif moment.year is None:
            wrong("year", N_("is missing: Adlib does not know this drama. Add the year, or look for a misspelling"))
        else:
            self._same_as_before(title, moment.year, wrong, place)
        return {"drama": _said(title), "year": moment.year}

    def _same_as_before(self, title: Names, year: int, wrong: Callable[..., None], place: Place) -> None:
        """See that a drama of the pack's own has one year and one Korean title."""
        folded = self._titles.fold(title.en)
        its_year, its_korean, its_place = self._own.setdefault(folded, (year, title.ko, place))
        if year != its_year:
            line = its_place.line_of(("year",))
            wrong("year", N_("is {year} for the same drama in line {line}"), year=its_year, line=line)
        if its_korean is None:
            self._own[folded] = (its_year, title.ko, place)
        elif title.ko not in (None, its_korean):
            line = its_place.line_of(("drama", "ko"))
            wrong("drama", N_("has another Korean title in line {line}"), line=line)


def _parts_of(moment: PackMoment, wrong: Callable[..., None]) -> list[PackPart]:
    """The parts, planned ones first."""
    if moment.parts is not None:
        if moment.scripted is not None or moment.asked is not None:
            wrong("parts", N_("stand beside scripted or asked; write one or the other"))
        names = [part.asked.en for part in moment.parts]
        if len(set(names)) < len(names):
            wrong("parts", N_("has the same words twice; a part is in the script or it is not"))
        return sorted(moment.parts, key=lambda part: not part.planned)
    if moment.scripted is None and moment.asked is None:
        wrong("parts", N_("is missing; say what was in the script and what was not"))
    elif moment.scripted is None:
        wrong("scripted", MISSING)
    elif moment.asked is None:
        wrong("asked", MISSING)
    else:
        return [PackPart(moment.scripted, moment.asked)]
    return []


def _origin(moment: PackMoment, verdict: Verdict, wrong: Callable[..., None]) -> Origin:
    if moment.verdict not in (None, verdict):
        wrong("verdict", N_("does not fit its parts, which make it “{verdict}”"), verdict=verdict)
    scripted = verdict is Verdict.SCRIPTED
    origin = moment.origin or (Origin.SCRIPT if scripted else Origin.PERFORMERS)
    if (origin is Origin.SCRIPT) is not scripted:
        wrong("origin", N_("must be “script” where everything was in the script, and only there"))
    if moment.idea_by is not None and (
        origin is not Origin.PERFORMERS or moment.idea_by not in (moment.performers or [moment.idea_by])
    ):
        wrong("idea_by", N_("must be one of the performers, and stands only where the origin is “performers”"))
    return origin


def _content(moment: PackMoment, parts: list[PackPart], origin: Origin, drama: Content) -> Content:
    source = moment.source
    performers = moment.performers or ([] if moment.idea_by is None else [moment.idea_by])
    content: Content = {
        **drama,
        "episode": moment.episode,
        "kind": moment.kind.value,
        "spoilers": moment.spoilers.value,
        "origin": origin.value,
        "evidence": moment.evidence.value,
        "confidence": moment.confidence.value,
        "performers": list(dict.fromkeys(performers)) or None,
        "idea_by": moment.idea_by,
        "scene": _said(moment.scene),
        "reveal": _said(moment.reveal),
        "credit": None if moment.credit is None else _said(moment.credit),
        "how_known": source.title if moment.how_known is None else _said(moment.how_known),
        "source": _given(
            {"title": source.title, "publisher": source.publisher, "date": source.date, "url": source.url}
        ),
        "parts": [{"planned": part.planned, "asked": _said(part.asked)} for part in parts],
    }
    return _given(content)


def _given(content: Content) -> Content:
    return {key: value for key, value in content.items() if value is not None}


def _said(text: Localised | Names | Phrase | Sentence | Paragraph) -> str | dict[str, str]:
    return text.en if text.ko in (None, text.en) else {"en": text.en, "ko": text.ko or ""}


def _has_more_than(most: int, value: Any) -> bool:
    waiting = [value]
    seen = 0
    while waiting:
        value = waiting.pop()
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        seen += len(inner)
        if seen > most:
            return True
        waiting.extend(inner)
    return False
