"""A guild's own packs: from a file to what is stored, and from that to a library that games play on.

What is stored is JSON: a list of moments as a file would hold them, with everything said that a file may leave out. So
an export is what is stored, and uploads again to the same.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.content.file_faults import Faults, KeyPath
from bot.content.file_formats import Format, decoded, kind_of
from bot.content.file_toml import is_swollen
from bot.content.pack_check import CatalogueTitles, Content, Place, check_moments
from bot.content.pack_csv import Row, read_csv, write_csv
from bot.content.pack_toml import read_toml, write_toml
from bot.domain.library import Article, Library
from bot.domain.moments import Evidence, Moment, Verdict
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised
from bot.errors import PackBroken, PackNotText, PackOfNoKind, PackTooBig

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_MOMENTS: Final = 5_000
_WRITTEN_OUT: Final = 400
"""Bytes by which a moment in a file is longer than what is stored of it, at most."""


@dataclass(frozen=True, slots=True)
class PackContent:
    """What a file holds: how many moments, and the JSON that is stored of them."""

    size: int
    stored: str


def format_of(filename: str, size: int) -> Format:
    """Return how a file of `size` bytes is written, as far as can be told without reading it.

    Raises:
        PackOfNoKind: its name ends in neither .toml nor .csv.
        PackTooBig: it is larger than a pack may be.
    """
    kind = kind_of(filename)
    if kind is None:
        raise PackOfNoKind
    if size > MOST_BYTES:
        raise _too_big()
    return kind


def read_pack(filename: str, content: bytes, shipped: Library) -> PackContent:
    """Read the file of a pack. It takes a second for thousands of moments: call it in a thread of its own.

    Raises:
        PackOfNoKind: its name ends in neither .toml nor .csv.
        PackTooBig: it has more bytes or moments than a pack may have.
        PackNotText: it is no text in UTF-8.
        PackBroken: it has faults.
    """
    kind, faults = format_of(filename, len(content)), Faults()
    text = _decoded(content)
    if kind is Format.TOML and is_swollen(text):
        raise _too_big()
    entries = _toml_entries(text, faults) if kind is Format.TOML else _csv_entries(text, faults)
    if len(entries) > MOST_MOMENTS:
        raise _too_big()
    moments = check_moments(entries, CatalogueTitles(shipped), faults)
    faults.check(PackBroken)
    # One after the other: a thread that writes megabytes in one go would keep the whole process waiting.
    stored = f"[{','.join(json.dumps(moment, ensure_ascii=False, separators=(',', ':')) for moment in moments)}]"
    if len(stored.encode()) + _WRITTEN_OUT * len(moments) > MOST_BYTES and _outgrows(stored):
        raise _too_big()
    return PackContent(len(moments), stored)


def write_pack(stored: str, kind: Format) -> str:
    """Return what is stored of a pack as a file, which uploads again to the same."""
    moments: list[Content] = json.loads(stored)
    return write_toml(moments) if kind is Format.TOML else write_csv(moments)


def write_example(library: Library, kind: Format, head: Sequence[str]) -> str:
    """Return a file to fill in: two moments of the library, the first one partly in the script.

    `head` stands above them as comments, where the format knows any.
    """
    partly = [moment for moment in _exemplary(library) if moment.verdict is Verdict.PARTLY]
    scripted = [moment for moment in _exemplary(library) if moment.verdict is Verdict.SCRIPTED]
    moments = [_as_written(moment, library) for moment in (*partly[:1], *scripted[:1])]
    return write_toml(moments, head) if kind is Format.TOML else write_csv(moments)


def _too_big() -> PackTooBig:
    return PackTooBig(megabytes=MOST_BYTES // 1024**2, moments=MOST_MOMENTS)


def _outgrows(stored: str) -> bool:
    """Tell whether an export could not be uploaded again."""
    return any(len(write_pack(stored, kind).encode()) > MOST_BYTES for kind in Format)


def _decoded(content: bytes) -> str:
    text = decoded(content)
    if text is None:
        raise PackNotText
    return text


def _toml_entries(text: str, faults: Faults) -> list[tuple[Any, Place]]:
    moments, lines = read_toml(text, faults)

    def place(number: int) -> Place:
        return Place(lambda path: lines.line_of((number, *path)), _key)

    return [(moment, place(number)) for number, moment in enumerate(moments)]


def _csv_entries(text: str, faults: Faults) -> list[tuple[Any, Place]]:
    rows = read_csv(text, faults, MOST_MOMENTS)

    def place(row: Row) -> Place:
        return Place(lambda _path: row.line, row.column_of)

    return [(row.values, place(row)) for row in rows]


def _key(path: KeyPath) -> str:
    steps = path[:-1] if path[-1:] == ("en",) else path
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _exemplary(library: Library) -> Iterator[Moment]:
    """Moments that stand on one article with an address and say whose idea it was, if anybody's."""
    for moment in library.moments.values():
        linked = len(moment.sources) == 1 and library.articles[moment.sources[0]].link is not None
        whose = moment.idea_by is not None or moment.verdict is Verdict.SCRIPTED
        mild = moment.spoilers is not SpoilerLevel.MAJOR and moment.evidence is Evidence.STATED
        if linked and whose and mild and moment.game_ready:
            yield moment


def _as_written(moment: Moment, library: Library) -> Content:
    drama, source = library.drama_of(moment), library.articles[moment.sources[0]]
    content: Content = {
        "drama": _said(drama.title),
        "year": drama.year,
        "episode": moment.episode,
        "kind": moment.kind.value,
        "spoilers": moment.spoilers.value,
        "origin": moment.origin.value,
        "performers": list(moment.performers),
        "idea_by": moment.idea_by,
        "scene": _said(moment.scene),
        "reveal": _said(moment.reveal),
        "credit": moment.credit and _said(moment.credit),
        "how_known": _said(moment.how_known),
        "source": _source(source),
        "parts": [{"planned": part.planned, "asked": _said(part.asked)} for part in moment.parts],
    }
    return {key: value for key, value in content.items() if value is not None}


def _source(article: Article) -> dict[str, str]:
    source = {"title": article.headline.en, "publisher": article.publisher, "date": article.date, "url": article.url}
    return {key: value for key, value in source.items() if value is not None}


def _said(text: Localised) -> str | dict[str, str]:
    return text.en if text.ko is None else {"en": text.en, "ko": text.ko}
