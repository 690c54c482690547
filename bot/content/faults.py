"""What is wrong in a content file, in words that tell a fan what to write instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from bot.errors import ConfigurationError

_ADVICE: Final = {
    "missing": "is missing; add it",
    "extra_forbidden": "is no key of this file; remove it, or look for a misspelling",
    "unexpected_keyword_argument": "is no key of this file; remove it, or look for a misspelling",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number without quotes",
    "int_parsing": "must be a whole number without quotes",
    "bool_type": "must be true or false, without quotes",
    "bool_parsing": "must be true or false, without quotes",
    "list_type": 'must be a list: ["…", "…"]',
    "dataclass_type": 'must have its texts by language: {key}.en = "…", {key}.ko = "…"',
    "string_too_short": "is empty; write something or remove the line",
    "url_parsing": "must be a whole web address that starts with https:// or http://",
    "url_scheme": "must be a web address that starts with https:// or http://",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: the file, the key in it, and what to write instead."""

    file: str
    key: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key} {self.advice}" if self.key else f"{self.file}: {self.advice}"


class ContentBroken(ConfigurationError):
    """The content has faults; `faults` holds all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        more = "" if len(faults) == 1 else f" ({len(faults) - 1} more; python -m bot check-content lists them all)"
        super().__init__(f"The content in data/ has a fault: {self.faults[0]}{more}")


def faults_of(file: str, error: ValidationError) -> Iterator[Fault]:
    """Turn what pydantic says into faults."""
    for entry in error.errors(include_url=False):
        place = [str(step) for step in entry["loc"]]
        key = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in entry["loc"]).lstrip(".")
        limits = entry.get("ctx", {})
        match entry["type"]:
            case "enum" | "literal_error":
                advice = f"must be one of {limits['expected']}"
            case "string_too_long":
                advice = f"is too long: at most {limits['max_length']} characters"
            case "string_pattern_mismatch" if place[-1] == "date":
                advice = 'must be a date like "2016-08-04", "2016-08" or "2016"'
            case "string_pattern_mismatch":
                advice = "must be made of small letters, digits and single hyphens"
            case "too_long":
                advice = f"is too long a list: {limits['max_length']} at most"
            case "too_short":
                advice = "is an empty list; name at least one"
            case "greater_than_equal" | "less_than_equal":
                advice = f"is out of range: {entry['msg'].removeprefix('Input should be ')}"
            case kind:
                advice = _ADVICE.get(kind, f"is wrong: {entry['msg']}").replace("{key}", place[-1] if place else "")
        yield Fault(file, key, advice)
