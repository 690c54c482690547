"""The judged query sets of the search: what fans type, and what must then be offered first."""

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SETS: Final = ("queries.toml", "queries_second.toml")
"""The engine was tuned on the first; the second was written afterwards by somebody else."""

_CLASS = re.compile(r"^#   (\S.*?) +(\d+)  ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Query:
    """What a fan typed in one `place`; one of `wants` belongs among the first three, and `why` names the difficulty."""

    typed: str
    place: str
    wants: tuple[str, ...] = ()
    why: str = ""


@functools.cache
def judged(queries: str) -> Sequence[Query]:
    """The queries of a set that mean an entry of the shipped library."""
    tables = _tables(queries, "queries")
    return [Query(entry["typed"], entry["in"], tuple(entry["wants"]), entry["why"]) for entry in tables]


@functools.cache
def meaning_nothing(queries: str) -> Sequence[Query]:
    """The queries of a set that mean nothing in the shipped library."""
    return [Query(entry["typed"], entry["in"]) for entry in _tables(queries, "nothing")]


@functools.cache
def classes(queries: str) -> Mapping[str, int]:
    """The classes of difficulty that the comment at the top of a set lists, each with how many queries it counts."""
    return {name: int(count) for name, count in _CLASS.findall(_text(queries))}


def _tables(queries: str, name: str) -> Sequence[dict[str, Any]]:
    return tomllib.loads(_text(queries))[name]


def _text(queries: str) -> str:
    return Path(__file__).with_name(queries).read_text(encoding="utf-8")
