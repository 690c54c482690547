"""A guild's own articles as a file: reading one, with all its faults (own_exports.py writes them)."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from bot.content.file_csv import check_columns, miss_columns, read_rows
from bot.content.file_faults import MISSING, TOO_LONG, UNSHOWN, Faults, FileFault, KeyPath
from bot.content.file_formats import Format, decoded, kind_of
from bot.content.file_toml import Shape, is_swollen, read_toml
from bot.content.folding import fold
from bot.content.search.entries import names_of, titles_of
from bot.domain.library import Library
from bot.domain.library_drafts import MOST_IMPORTED, Imported, Plan, same_article
from bot.domain.own_articles import MOST_DRAMAS, MOST_PEOPLE, Written, examined, own_number
from bot.errors import (
    N_,
    DateUnclear,
    FileNotText,
    FileOfNoKind,
    FileTooBig,
    HeadlineTooLong,
    LinkNotWeb,
    LinkTooLong,
    NoHeadline,
    PublisherTooLong,
    SummaryTooLong,
    TooManyArticles,
    UserError,
)

MOST_BYTES: Final = 2 * 1024 * 1024
COLUMNS: Final = ("id", "headline", "publisher", "date", "url", "dramas", "people", "summary")
_LISTS: Final = {"dramas": MOST_DRAMAS, "people": MOST_PEOPLE}
_NEEDED: Final = ("headline", "publisher")
_UNKNOWN: Final = N_("is not part of an article; remove it, or look for a misspelling")
TABLES: Final = "articles"
_BITS: Final = 64
_SHAPE: Final = Shape(TABLES, _UNKNOWN, N_("must be written [[articles]], with two brackets"))
_NOBODY: Final = {
    "dramas": N_("names a drama that Adlib does not know: {name}"),
    "people": N_("names an actor whom Adlib does not know: {name}"),
}
_SEVERAL: Final = N_("could mean more than one: {name}")
_SAID: Final[Mapping[type[UserError], str]] = {
    DateUnclear: N_("must be a date like 2016-08-04, 2016-08 or 2016, and not in the future"),
    LinkNotWeb: N_("must be a whole web address that starts with https:// or http://"),
    LinkTooLong: TOO_LONG,
    NoHeadline: MISSING,
    HeadlineTooLong: TOO_LONG,
    PublisherTooLong: TOO_LONG,
    SummaryTooLong: TOO_LONG,
}
"""What a refusal says beside the name of a field."""

_TWICE: Final = N_("This article stands in line {line} already.")

Entry = tuple[Mapping[str, Any], Callable[[str], int]]
"""An article as it is written, and the line of each of its fields (of the article, for "")."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """The articles of a file and the line of each, and all that is wrong with it.

    Where anything is, those are among the articles whose number and link are good, whatever else is wrong with them:
    they can be compared with what a guild has, but not imported.
    """

    imported: tuple[Imported, ...]
    lines: tuple[int, ...]
    faults: tuple[FileFault, ...] = ()


def format_of(filename: str, size: int) -> Format:
    """Return how a file of `size` bytes is written, as far as can be told without reading it.

    Raises:
        FileOfNoKind: its name ends in neither .toml nor .csv.
        FileTooBig: it is larger than one may be.
    """
    kind = kind_of(filename)
    if kind is None:
        raise FileOfNoKind
    if size > MOST_BYTES:
        raise _too_big()
    return kind


def read_articles(filename: str, content: bytes, library: Library, today: date) -> FileRead:
    """Read the articles of a file; their dramas and people are those of the `library`, by any spelling.

    It takes a while for thousands of them: not in the process that answers members.

    Raises:
        FileOfNoKind: its name ends in neither .toml nor .csv.
        FileTooBig: it has more bytes or articles than a file may have.
        FileNotText: it is no text in UTF-8.
    """
    kind, faults = format_of(filename, len(content)), Faults()
    text = decoded(content)
    if text is None:
        raise FileNotText
    if kind is Format.TOML and is_swollen(text):
        raise _too_big()
    entries = _toml_entries(text, faults) if kind is Format.TOML else _csv_entries(text, faults)
    if len(entries) > MOST_IMPORTED:
        raise _too_big()
    reader = _Reader(library, faults, today)
    found: list[tuple[Imported, int]] = []
    for entry, line_of in entries:
        imported = None if faults.full else reader.read(entry, line_of)
        if imported is not None:
            found.append((imported, line_of("")))
    return FileRead(
        tuple(imported for imported, _ in found), tuple(line for _, line in found), tuple(faults.in_order())
    )


def faults_beside(read: FileRead, plan: Plan, room: int | None = None) -> Sequence[FileFault]:
    """Return all that is wrong with a file, with what cannot stand beside the articles that the guild has.

    `room` is the limit of a library that has no room for it.
    """
    faults = Faults(read.faults)
    for clash in plan.clashes:
        line = read.lines[clash.place]
        if clash.first is None:
            faults.add(
                line, "", N_("This link is that of another article of the library: “{name}”."), name=clash.headline
            )
        else:
            faults.add(line, "", _TWICE, line=read.lines[clash.first])
    if room is not None and faults:
        faults.add(1, "", TooManyArticles.message, limit=room)
    return faults.in_order()


def _too_big() -> FileTooBig:
    return FileTooBig(megabytes=MOST_BYTES // 1024**2, articles=MOST_IMPORTED)


def _toml_entries(text: str, faults: Faults) -> Sequence[Entry]:
    tables, lines = read_toml(text, _SHAPE, faults)
    entries: list[Entry] = []
    for number, table in enumerate(tables):
        if not isinstance(table, dict):
            faults.add(lines.line_of((number,)), _SHAPE.name, _SHAPE.no_tables)
            continue
        entries.append((_given(table), _line_finder(lines.line_of, number)))
    return entries


def _line_finder(line_of: Callable[[KeyPath], int], number: int) -> Callable[[str], int]:
    return lambda field: line_of((number, field) if field else (number,))


def _csv_entries(text: str, faults: Faults) -> Sequence[Entry]:
    def fits(header: Sequence[str]) -> bool:
        check_columns(header, COLUMNS, faults, _UNKNOWN)
        missing = [name for name in _NEEDED if name not in header]
        miss_columns(missing, faults)
        return not missing

    def made_of(cells: Mapping[str, str], line: int) -> Entry:
        row: dict[str, Any] = {name: cell for name, cell in cells.items() if cell and name in COLUMNS}
        for name in _LISTS:
            if name in row:
                row[name] = [part for each in row[name].split(";") if (part := each.strip())]
        return row, lambda _field: line

    return read_rows(text, faults, MOST_IMPORTED, fits, made_of)


def _given(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table with dates as TOML has them, and numbers, as texts."""
    return {name: value.isoformat()[:10] if isinstance(value, date) else _said(value) for name, value in table.items()}


def _said(value: object) -> object:
    """A whole number as text; one that is none of the calendar stays what it is."""
    return str(value) if type(value) is int and value.bit_length() < _BITS else value


class _Reader:
    """Reads the articles of one file, one after the other."""

    def __init__(self, library: Library, faults: Faults, today: date) -> None:
        self._faults = faults
        self._today = today
        self._known = {
            "dramas": _folded({key: (key, *titles_of(drama)) for key, drama in library.dramas.items()}),
            "people": _folded({name: names_of(person) for name, person in library.people.items()}),
        }
        self._lines: dict[object, int] = {}
        self._line_of: Callable[[str], int] = lambda _field: 1
        self._bad: set[str] = set()
        """The fields of this article with which anything is wrong."""

    def read(self, entry: Mapping[str, Any], line_of: Callable[[str], int]) -> Imported | None:
        """Return the article, and note all that is wrong with it; None where its number or link is wrong."""
        self._line_of, self._bad = line_of, set()
        for field in entry.keys() - set(COLUMNS):
            self._wrong(field, _UNKNOWN)
        texts = {field: self._text(entry, field) for field in COLUMNS if field not in _LISTS}
        raw = Written(texts["headline"], texts["publisher"], texts["date"], texts["url"], texts["summary"])
        dramas, people = self._names(entry, "dramas"), self._names(entry, "people")
        clean, refusals = examined(replace(raw, dramas=dramas, people=people), self._today)
        for field, refusal in refusals.items():
            if field not in self._bad:
                self._wrong(field, _SAID.get(type(refusal), refusal.message), **refusal.values)
        number = own_number(texts["id"])
        if texts["id"] and number is None:
            self._wrong("id", N_("is none that an export has given; remove it for a new article"))
        return None if self._bad & {"id", "url"} else self._once(Imported(clean, number))

    def _once(self, imported: Imported) -> Imported | None:
        """See that a file speaks of an article once."""
        line, written = self._line_of(""), imported.written
        keys: list[object] = [] if imported.number is None else [imported.number]
        if written.url or (written.headline and written.publisher):
            keys.append(same_article(written))
        firsts = [self._lines[key] for key in keys if key in self._lines]
        if firsts:
            self._wrong("", _TWICE, line=min(firsts))
            return None
        self._lines |= dict.fromkeys(keys, line)
        return imported

    def _text(self, entry: Mapping[str, Any], field: str) -> str:
        value = entry.get(field, "")
        if not isinstance(value, str):
            self._wrong(field, N_("must be text in quotes"))
            return ""
        text = " ".join(value.split())
        if any(unicodedata.category(mark) == "Cc" for mark in text):
            self._wrong(field, UNSHOWN)
        return text

    def _names(self, entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
        value = entry.get(field, [])
        names: Sequence[Any] = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._wrong(field, N_("must be a list, like [“…”, “…”]"))
            return ()
        found: list[str] = []
        for name in names:
            known = self._known[field].get(fold(name) or name, set())
            if len(known) == 1:
                found += known
            else:
                self._wrong(field, _SEVERAL if known else _NOBODY[field], name=name)
        if len(set(found)) > _LISTS[field]:
            self._wrong(field, N_("has too many entries: {limit} at most"), limit=_LISTS[field])
        return tuple(dict.fromkeys(found))

    def _wrong(self, field: str, message: str, /, **values: object) -> None:
        self._bad.add(field)
        self._faults.add(self._line_of(field), field, message, **values)


def _folded(called: Mapping[str, Iterable[str]]) -> Mapping[str, set[str]]:
    """Return who is called so, by every name, folded."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, names in called.items():
        for name in names:
            found[fold(name) or name].add(key)
    return found
