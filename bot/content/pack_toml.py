"""Packs as TOML: reading one with the line of every key, and writing one."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.content.pack_faults import MISSING, UNKNOWN, Faults, KeyPath, Step
from bot.errors import N_

MOMENTS: Final = "moments"

_AT = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_HEADER = re.compile(r"\s*(?P<brackets>\[\[?)\s*(?P<key>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?P<key>(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=""")
_QUOTES = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*"|'[^']*'|\#.*""")
_DEEP = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}(?=["'\w-])""")
"""No key of a pack has so many steps, and the parser would take hours over thousands of them."""
_LONGEST_LINE: Final = 20_000
_MOST_MARKS: Final = {"[": 200_000, "{": 100_000, "=": 500_000}
"""More of them than any 5,000 moments need; the parser would take a gigabyte for a file that holds nothing else."""


class TomlLines:
    """Finds the line of a key, once it is known that there is something to say about one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[KeyPath, int] | None = None

    def line_of(self, path: KeyPath) -> int:
        """Return the line of `path`, counted from the moments on, or of what it stands in."""
        if self._lines is None:
            self._lines = _lines(self._text)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def is_swollen(text: str) -> bool:
    """Tell whether a file has so many tables and keys that it is not worth reading."""
    return any(text.count(mark) > most for mark, most in _MOST_MARKS.items())


def read_toml(text: str, faults: Faults) -> tuple[Sequence[Any], TomlLines]:
    """Return the moments as they are written, and who knows their lines; note what is wrong with the whole file."""
    lines = TomlLines(text)
    document = _parsed(text, faults)
    for key in document.keys() - {MOMENTS}:
        faults.add(lines.line_of((key,)), key, UNKNOWN)
    moments = document.get(MOMENTS, [])
    if not isinstance(moments, list):
        faults.add(lines.line_of((MOMENTS,)), MOMENTS, N_("must be written [[moments]], with two brackets"))
        return [], lines
    if not moments and not faults:
        faults.add(1, f"[[{MOMENTS}]]", MISSING)
    return moments, lines


def write_toml(moments: Iterable[Mapping[str, Any]], head: Sequence[str] = ()) -> str:
    """Return a file that holds `moments`, with the lines of `head` as comments above them."""
    comments = "".join(f"# {line}\n" for line in head)
    blocks = ["\n".join(_table(MOMENTS, moment)) for moment in moments]
    return "\n".join([comments, *blocks] if head else blocks)


def _table(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `[[name]]`, texts by language as in scene.en and scene.ko, tables of a list below it."""
    yield f"[[{name}]]"
    inner: list[str] = []
    for key, value in table.items():
        if isinstance(value, dict):
            yield from (f"{key}.{step} = {_value(part)}" for step, part in value.items())
        elif isinstance(value, list) and isinstance(value[0], dict):
            inner += [line for part in value for line in ("", *_table(f"{name}.{key}", part))]
        else:
            yield f"{key} = {_value(value)}"
    yield from inner
    if name == MOMENTS:
        yield ""


def _value(value: Any) -> str:
    """A text, number, truth or list of texts: TOML writes them as JSON does, but for one control character (DEL)."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


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
    except RecursionError:
        faults.add(1, "", N_("This file has brackets within brackets, far too many."))
    return {}


def _lines(text: str) -> dict[KeyPath, int]:
    """Return the line of every header and key; those of a moment begin with its number."""
    found: dict[KeyPath, int] = {}
    times: Counter[KeyPath] = Counter()
    prefix: KeyPath = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not quote:
            if header := _HEADER.match(line):
                path = _steps(header["key"])
                prefix = _numbered(path, times, opened=len(header["brackets"]) == 2)
                for length in range(1, len(prefix) + 1):
                    found.setdefault(prefix[:length], number)
            elif key := _KEY.match(line):
                path = (*prefix, *_steps(key["key"]))
                for length in range(len(prefix) + 1, len(path) + 1):
                    found.setdefault(path[:length], number)
        quote = _open_quote(line, quote)
    return found


def _numbered(path: KeyPath, times: Counter[KeyPath], *, opened: bool) -> KeyPath:
    """Return the path of a header with the number of every table of a list in it; `[[…]]` has `opened` a new one."""
    numbered: KeyPath = ()
    for length, step in enumerate(path, 1):
        numbered = (*numbered, step)
        if opened and length == len(path):
            times[numbered] += 1
        if times[numbered]:
            numbered = (*numbered, times[numbered] - 1)
    return numbered[1:] if len(numbered) > 1 and path[0] == MOMENTS else numbered


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
            place, quote = end + 3, ""
        match = _QUOTES.search(line, place)
        if match is None:
            return ""
        place = match.end()
        quote = match[0] if match[0] in ('"""', "'''") else ""
