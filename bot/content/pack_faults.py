"""What is wrong in the file of a pack: at which line, at which key, and what to write instead.

Unlike the faults of data/ (bot/content/faults.py) these are read by members, so that every sentence is translated where
it is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.texts import shorten
from bot.errors import N_, PackBroken

MOST_FAULTS: Final = 20_000
"""So many are kept; whoever has more mends these first."""
QUOTED: Final = 60
"""Characters of what stands in a file that a fault repeats."""

MISSING: Final = N_("is missing; add it")
UNKNOWN: Final = N_("is not part of a pack; remove it, or look for a misspelling")
NO_TABLE: Final = N_("must be text, or have its texts by language (en, ko)")
WRONG: Final = N_("is wrong: {reason}")

_SENTENCES: Final = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN,
    "unexpected_keyword_argument": UNKNOWN,
    "string_type": N_("must be text in quotes"),
    "int_type": N_("must be a whole number without quotes"),
    "bool_type": N_("must be true or false, without quotes"),
    "list_type": N_("must be a list, like [“…”, “…”]"),
    "dataclass_type": NO_TABLE,
    "string_too_short": N_("is empty; write something or remove the line"),
    "string_too_long": N_("is too long: at most {limit} characters"),
    "string_pattern_mismatch": N_("must be a date like 2016-08-04, 2016-08 or 2016"),
    "too_long": N_("has too many entries: {limit} at most"),
    "too_short": N_("is an empty list; name at least one"),
    "greater_than_equal": N_("is too small: {limit} or more"),
    "less_than_equal": N_("is too large: {limit} or less"),
    "enum": N_("must be one of {limit}"),
    "web_address": N_("must be a whole web address that starts with https:// or http://"),
    "unshown": N_("holds a character that nobody can see; write it again by hand"),
    "semicolon": N_("holds a semicolon; write one name only"),
    "sentence": N_("must be a noun phrase, without a full stop or question mark"),
}
_LIMITS: Final = ("max_length", "ge", "le", "expected")

Step = str | int
KeyPath = tuple[Step, ...]
"""A key in a moment, from the outside in; the entries of a list are counted from 0."""


@dataclass(frozen=True, slots=True)
class PackFault:
    """One fault: its line, the key or column (empty where it is the whole line), and a sentence with its values."""

    line: int
    key: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])


class Faults:
    """Gathers the faults of a file, as many as anybody will read."""

    def __init__(self) -> None:
        self._found: list[PackFault] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def full(self) -> bool:
        """Whether any more would be dropped."""
        return len(self._found) >= MOST_FAULTS

    def add(self, line: int, key: str, message: str, /, **values: object) -> None:
        """Add a fault; what it repeats from the file is shortened."""
        if not self.full:
            quoted = {name: shorten(str(value), QUOTED * 2) for name, value in values.items()}
            self._found.append(PackFault(line, shorten(key, QUOTED), message, quoted))

    def in_order(self) -> Sequence[PackFault]:
        """All faults, in the order of their lines."""
        return sorted(self._found, key=lambda fault: fault.line)

    def check(self) -> None:
        """Go on only where there is no fault.

        Raises:
            PackBroken: with all of them.
        """
        if self._found:
            refusal = PackBroken(self.in_order())
            raise refusal


def said_by(error: ValidationError) -> Iterator[tuple[KeyPath, str, Mapping[str, str]]]:
    """Turn what pydantic says of a moment into paths, sentences and their values."""
    for entry in error.errors(include_url=False, include_input=False):
        language = entry.get("ctx", {}).get("language")
        yield entry["loc"] + ((language,) if language else ()), *_sentence(entry)


def _sentence(entry: ErrorDetails) -> tuple[str, Mapping[str, str]]:
    message = _SENTENCES.get(entry["type"])
    if message is None:
        return WRONG, {"reason": entry["msg"]}
    context: Mapping[str, Any] = entry.get("ctx", {})
    limit = next((str(context[name]) for name in _LIMITS if name in context), "")
    return message, {"limit": limit.replace("'", "").replace(" or ", ", ")} if "{limit}" in message else {}
