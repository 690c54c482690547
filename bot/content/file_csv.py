"""Files of a guild as CSV, a row an entry: reading what spreadsheets write, and writing no formula into one."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from bot.content.file_faults import MISSING, Faults
from bot.errors import N_

T = TypeVar("T")

_SIGN: Final = "[' ]*[=+\\-@＝＋－＠]"
_FORMULA = re.compile(rf"(?:^|(?<=[;\t]))(?={_SIGN})")
"""Where a formula begins: at the beginning, and where a spreadsheet that separates by other signs cuts a cell."""
_GUARDED = re.compile(rf"(?:^|(?<=[;\t]))'(?={_SIGN})")


def read_rows(
    text: str,
    faults: Faults,
    most: int,
    fits: Callable[[Sequence[str]], bool],
    made_of: Callable[[Mapping[str, str], int], T],
) -> Sequence[T]:
    """Return what is `made_of` each row (its cells by column, its line), `most` + 1 at most.

    Commas, semicolons or tabs separate. `fits` sees the names of the columns first, and notes what is wrong with them;
    False where no row can be read. What is wrong with the whole file is noted.
    """
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows: list[T] = []
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        if not fits(header):
            return rows
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if any(cell.strip() for cell in cells[len(header) :]):
                    faults.add(line, "", N_("This row has more cells than the first row has columns."))
                rows.append(made_of(dict(zip(header, map(_unguarded, cells), strict=False)), line))
            if len(rows) > most:
                break
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(reader.line_num, "", N_("This is not CSV: {reason}."), reason=error)
    else:
        if not rows:
            faults.add(1, "", N_("There is no row below the names of the columns."))
    return rows


def check_columns(header: Sequence[str], known: Collection[str], faults: Faults, unknown: str) -> None:
    """Note the columns that are none, and those that stand twice."""
    for name, times in Counter(header).items():
        if name and name not in known:
            faults.add(1, name, unknown)
        elif name and times > 1:
            faults.add(1, name, N_("stands twice in the first row"))


def miss_columns(names: Iterable[str], faults: Faults) -> None:
    """Note the columns that are missing."""
    for name in names:
        faults.add(1, name, MISSING)


def write_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return a file that holds `rows`; no cell of it is a formula."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows({column: _guarded(cell) for column, cell in row.items()} for row in rows)
    return file.getvalue()


def _guarded(cell: str) -> str:
    return _FORMULA.sub("'", cell)


def _unguarded(cell: str) -> str:
    return _GUARDED.sub("", cell.strip())
