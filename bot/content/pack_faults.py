"""What is wrong with the moments of a pack, in the words of whoever wrote them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.file_faults import MISSING, TOO_LONG, UNSHOWN, KeyPath
from bot.errors import N_

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
    "string_too_long": TOO_LONG,
    "string_pattern_mismatch": N_("must be a date like 2016-08-04, 2016-08 or 2016"),
    "too_long": N_("has too many entries: {limit} at most"),
    "too_short": N_("is an empty list; name at least one"),
    "greater_than_equal": N_("is too small: {limit} or more"),
    "less_than_equal": N_("is too large: {limit} or less"),
    "enum": N_("must be one of {limit}"),
    "web_address": N_("must be a whole web address that starts with https:// or http://"),
    "unshown": UNSHOWN,
    "semicolon": N_("holds a semicolon; write one name only"),
    "sentence": N_("must be a noun phrase, without a full stop or question mark"),
}
_LIMITS: Final = ("max_length", "ge", "le", "expected")


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
