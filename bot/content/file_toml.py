"""Files of a guild as TOML, one [[table]] an entry: reading one with the line of every key, and writing one."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.content.file_faults import MISSING, Faults, KeyPath, Step
from bot.errors import N_

_AT = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
# No two parts of these may take the same blank or sign: a line of 20,000 of them would take hours.
_HEADER = re.compile(r"\s*+(?P<brackets>\[\[?+)\s*+(?P<key>[^\[\]\s][^\[\]]*+)\]")
_STEP = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_KEY = re.compile(rf"""\s*+(?P<key>{_STEP}(?:\s*+\.\s*+{_STEP})*+)\s*+=""")
_QUOTES = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*+"?|'[^']*+'?|\#.*+""")
_ENDLESS = re.compile("[0-9][0-9_]{4000}")
"""A number that no file means, and that Python refuses to read."""
_DEEP = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}(?=["'\w-])""")
"""No key of such a file has so many steps, and the parser would take hours over thousands of them."""
_LONGEST_LINE: Final = 20_000
_MOST_MARKS: Final = {"[": 200_000, "{": 100_000, "=": 500_000}
"""More of them than any 5,000 entries need; the parser would take a gigabyte for a file that holds nothing else."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file holds: tables called `name`. What is said of other keys, and where they are written otherwise."""

    name: str
    unknown: str
    no_tables: str


class TomlLines:
    """Finds the line of a key, once it is known that there is something to say about one."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._lines: dict[KeyPath, int] | None = None

    def line_of(self, path: KeyPath) -> int:
        """Return the line of `path`, counted from the entries on, or of what it stands in."""
        if self._lines is None:
            self._lines = _lines(self._text, self._name)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def is_swollen(text: str) -> bool:
    """Tell whether a file has so many tables and keys that it is not worth reading."""
    return swelling(text) > 1


def swelling(text: str) -> float:
    """Return how much a text adds to that; more than 1 is too much."""
    return max(text.count(mark) / most for mark, most in _MOST_MARKS.items())


def read_toml(text: str, shape: Shape, faults: Faults) -> tuple[Sequence[Any], TomlLines]:
    """Return the entries as they are written, and who knows their lines; note what is wrong with the whole file."""
    lines = TomlLines(text, shape.name)
    document = _parsed(text, faults)
    for key in document.keys() - {shape.name}:
        faults.add(lines.line_of((key,)), key, shape.unknown)
    entries = document.get(shape.name, [])
    if not isinstance(entries, list):
        faults.add(lines.line_of((shape.name,)), shape.name, shape.no_tables)
        return [], lines
    if not entries and not faults:
        faults.add(1, f"[[{shape.name}]]", MISSING)
    return entries, lines


def write_toml(name: str, entries: Iterable[Mapping[str, Any]], head: Sequence[str] = ()) -> str:
    """Return a file that holds `entries` as [[name]], with the lines of `head` as comments above them."""
    comments = "".join(f"# {line}\n" for line in head)
    blocks = ["\n".join([*_table(name, entry), ""]) for entry in entries]
    return "\n".join([comments, *blocks] if head else blocks)


def _table(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `[[name]]`, texts by language as in scene.en and scene.ko, tables of a list below it."""
    yield f"[[{name}]]"
    inner: list[str] = []
    for key, value in table.items():
        if isinstance(value, dict):
            yield from (f"{key}.{step} = {_value(part)}" for step, part in value.items())
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            inner += [line for part in value for line in ("", *_table(f"{name}.{key}", part))]
        else:
            yield f"{key} = {_value(value)}"
    yield from inner


def _value(value: Any) -> str:
    """A text, number, truth or list of texts: TOML writes them as JSON does, but for one control character (DEL)."""
    written = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return written.replace(".", "\\u002e") if written.count(".") >= 16 and _DEEP.search(written) else written


def _parsed(text: str, faults: Faults) -> dict[str, Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            faults.add(number, "", N_("This line is too long; give every key a line of its own."))
        elif line.count(".") >= 16 and _DEEP.search(line):
            faults.add(number, "", N_("This line has too many words joined by dots; put spaces between them."))
    if faults:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at["line"]) if at and at["line"] else text.count("\n") + 1
        reason = _AT.sub("", str(error))
        faults.add(line, "", N_("This is not TOML: {reason}."), reason=reason)
    except ValueError:
        found = _ENDLESS.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        faults.add(line, "", N_("This number is too long; write it in quotes if it is a text."))
    except RecursionError:
        faults.add(1, "", N_("This file has brackets within brackets, far too many."))
    return {}


def _lines(text: str, name: str) -> dict[KeyPath, int]:
    """Return the line of every header and key; those of an entry begin with its number."""
    found: dict[KeyPath, int] = {}
    times: Counter[KeyPath] = Counter()
    prefix: KeyPath = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not quote:
            if header := _HEADER.match(line):
                path = _steps(header["key"])
                prefix = _numbered(path, times, name, opened=len(header["brackets"]) == 2)
                for length in range(1, len(prefix) + 1):
                    found.setdefault(prefix[:length], number)
            elif key := _KEY.match(line):
                path = (*prefix, *_steps(key["key"]))
                for length in range(len(prefix) + 1, len(path) + 1):
                    found.setdefault(path[:length], number)
        quote = _open_quote(line, quote)
    return found


def _numbered(path: KeyPath, times: Counter[KeyPath], name: str, *, opened: bool) -> KeyPath:
    """Return the path of a header with the number of every table of a list in it; `[[…]]` has `opened` a new one."""
    numbered: KeyPath = ()
    for length, step in enumerate(path, 1):
        numbered = (*numbered, step)
        if opened and length == len(path):
            times[numbered] += 1
        if times[numbered]:
            numbered = (*numbered, times[numbered] - 1)
    return numbered[1:] if len(numbered) > 1 and path[0] == name else numbered


def _steps(key: str) -> tuple[Step, ...]:
    return tuple(step.strip().strip("\"'") for step in key.split("."))


def _open_quote(line: str, quote: str) -> str:
    """Return the triple quote that is still open at the end of `line`, if any."""
    place = 0
    while True:
        if quote:
            end = line.find(quote, place)
            if end < 0:
                return quote
            place = end + 3
            for _ in range(2):  # a text may end with two quotation marks of its own
                place += line[place : place + 1] == quote[0]
            quote = ""
        match = _QUOTES.search(line, place)
        if match is None:
            return ""
        place = match.end()
        quote = match[0] if match[0] in ('"""', "'''") else ""
