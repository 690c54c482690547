"""Packs as CSV: a moment a row, for whoever writes in a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.content.file_csv import check_columns, miss_columns, read_rows, write_rows
from bot.content.file_faults import Faults, KeyPath
from bot.content.pack_documents import MOST_PARTS
from bot.content.pack_faults import UNKNOWN

_TEXTS: Final = ("drama", "scene", "reveal", "credit", "how_known")
_NUMBERS: Final = ("year", "episode")
_WORDS: Final = ("kind", "spoilers", "origin", "evidence", "confidence")
_NEEDED: Final = ("drama", "scene", "reveal", "source")
_SOURCE: Final = {"source": "title", "publisher": "publisher", "date": "date", "url": "url"}
_PARTS: Final = {
    name: planned
    for number in range(1, MOST_PARTS + 1)
    for planned, word in ((True, "planned_part"), (False, "unplanned_part"))
    for name in (word if number == 1 else f"{word}_{number}",)
}
"""The columns of parts, and whether what they hold was planned."""
COLUMNS: Final = (
    *("drama", "drama_ko", "year", "episode", "kind", "spoilers", "scene", "scene_ko"),
    *(column for name in _PARTS for column in (name, f"{name}_ko")),
    *("origin", "performers", "credit", "credit_ko", "idea_by", "reveal", "reveal_ko", "how_known", "how_known_ko"),
    *("source", "publisher", "date", "url", "evidence", "confidence"),
)
_ALWAYS: Final = (
    frozenset(COLUMNS)
    - {column for name in _PARTS if name[-1].isdigit() for column in (name, f"{name}_ko")}
    - {"evidence", "confidence"}
)
"""The columns that every file gets; the others only where something stands in them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A moment as it is written, its line, and the column that each of its parts came from."""

    values: dict[str, Any]
    line: int
    parts: tuple[str, ...]

    def column_of(self, path: KeyPath) -> str:
        """Return the column that holds `path`."""
        names = [step for step in path if isinstance(step, str)]
        match names:
            case ["source", *rest]:
                return next((column for column, key in _SOURCE.items() if rest == [key]), "source")
            case ["parts", *rest]:
                number = path[1] if len(path) > 1 and isinstance(path[1], int) else -1
                name = self.parts[number] if 0 <= number < len(self.parts) else "planned_part"
                return f"{name}_ko" if rest[-1:] == ["ko"] else name
            case [name, "ko"]:
                return f"{name}_ko"
            case [name, *_]:
                return name
            case _:
                return ""


def read_csv(text: str, faults: Faults, most: int) -> Sequence[Row]:
    """Return the moments as they are written, `most` + 1 at most; note what is wrong with the whole file."""
    return read_rows(text, faults, most, lambda header: _fits(header, faults), _row)


def write_csv(moments: Sequence[Mapping[str, Any]]) -> str:
    """Return a file that holds `moments`; no cell of it is a formula."""
    rows = [_cells(moment) for moment in moments]
    used = _ALWAYS.union(*rows)
    return write_rows([column for column in COLUMNS if column in used], rows)


def _fits(header: Sequence[str], faults: Faults) -> bool:
    """Note what is wrong with the names of the columns; False where no row could be read."""
    check_columns(header, COLUMNS, faults, UNKNOWN)
    present = {name.removesuffix("_ko") for name in header}
    missing = [name for name in _NEEDED if name not in present]
    if not present & _PARTS.keys():
        missing.append("planned_part, unplanned_part")
    miss_columns(missing, faults)
    return not missing


def _row(cells: Mapping[str, str], line: int) -> Row:
    written = {name: cell for name, cell in cells.items() if cell}
    values: dict[str, Any] = {name: text for name in _TEXTS if (text := _text(written, name)) is not None}
    for name in _NUMBERS:
        if name in written:
            cell = written[name]
            values[name] = int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 9 else cell
    values |= {name: written[name].casefold() for name in _WORDS if name in written}
    names = [name.strip() for name in written.get("performers", "").split(";")]
    if any(names):
        values["performers"] = [name for name in names if name]
    if "idea_by" in written:
        values["idea_by"] = written["idea_by"]
    values["source"] = {key: written[column] for column, key in _SOURCE.items() if column in written}
    parts = {name: text for name in _PARTS if (text := _text(written, name)) is not None}
    if parts:
        values["parts"] = [{"planned": _PARTS[name], "asked": text} for name, text in parts.items()]
    return Row(values, line, tuple(parts))


def _text(written: Mapping[str, str], name: str) -> dict[str, str] | None:
    text = {"en": written.get(name), "ko": written.get(f"{name}_ko")}
    return {language: words for language, words in text.items() if words} or None


def _cells(moment: Mapping[str, Any]) -> dict[str, str]:
    cells = {name: str(moment[name]) for name in (*_NUMBERS, *_WORDS, "idea_by") if name in moment}
    for name in _TEXTS:
        cells |= _two_cells(name, moment.get(name))
    numbers = {planned: iter([name for name, its in _PARTS.items() if its is planned]) for planned in (True, False)}
    for part in moment["parts"]:
        cells |= _two_cells(next(numbers[part["planned"]]), part["asked"])
    cells |= {column: moment["source"][key] for column, key in _SOURCE.items() if key in moment["source"]}
    if "performers" in moment:
        cells["performers"] = ";".join(moment["performers"])
    return cells


def _two_cells(name: str, text: str | Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    if isinstance(text, str):
        yield name, text
    elif text is not None:
        yield name, text["en"]
        yield f"{name}_ko", text["ko"]
