"""The shape of a moment in a pack, as a guild writes it: forgiving where content of Adlib itself is not.

A text is a string for both languages or a table of `en` and `ko`, of which one may be missing. The guide for writers is
docs/writing-packs.md.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    TypeAdapter,
    ValidationError as Invalid,
    with_config,
)
from pydantic_core import PydanticCustomError

from bot.content.documents import EXACT, Names, Paragraph, PartialDate, Phrase, Sentence
from bot.domain.moments import Confidence, Evidence, Kind, Origin, Verdict
from bot.domain.spoilers import SpoilerLevel

MOST_PARTS: Final = 6
LONGEST_ADDRESS: Final = 512

_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
"""Control characters, marks that turn the direction of a text, letters that show nothing."""
_DATE = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})(?:\s*[-./]\s*(\d{1,2}))?\.?")
"""Also as spreadsheets and Korean writers have it: 2022. 4. 6., 2022/04/06."""


def _clean(value: Any, **where: str) -> Any:
    """Return a text on one line; `where` says in which language, for whoever tells of the fault."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    if _UNSHOWN.search(line):
        raise PydanticCustomError("unshown", "holds an invisible character", {**where})
    return line


def _one_line(value: Any) -> Any:
    return _clean(value)


def _by_language(value: Any) -> Any:
    table: Any = {"en": value} if isinstance(value, str) else value
    if not isinstance(table, dict):
        return value
    texts = {language: _clean(text, language=language) for language, text in table.items()}
    return {"en": texts.pop("ko"), **texts} if "ko" in texts and "en" not in texts else texts


def _by_title(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _noun_phrase(phrase: Phrase) -> Phrase:
    for language, text in (("en", phrase.en), ("ko", phrase.ko or "")):
        if text.endswith(("?", ".")):
            raise PydanticCustomError("sentence", "is a sentence", {"language": language})
    return phrase


def _one_name(name: str) -> str:
    if ";" in name:
        raise PydanticCustomError("semicolon", "holds a semicolon")
    return name


def _date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    return "-".join(digits.zfill(2) for digits in match.groups() if digits) if match else _clean(value)


_ADDRESS = TypeAdapter(AnyHttpUrl)


def _address(text: str) -> str:
    """Return the address so that it may stand in a link between parentheses."""
    try:
        address = str(_ADDRESS.validate_python(text)).replace("(", "%28").replace(")", "%29")
    except Invalid as error:
        raise PydanticCustomError("web_address", "is no web address") from error
    if len(address) > LONGEST_ADDRESS:
        raise PydanticCustomError("string_too_long", "is too long", {"max_length": LONGEST_ADDRESS})
    return address


Title = Annotated[Names, BeforeValidator(_by_language)]
PartPhrase = Annotated[Phrase, BeforeValidator(_by_language), AfterValidator(_noun_phrase)]
ShortText = Annotated[Phrase, BeforeValidator(_by_language)]
Text = Annotated[Sentence, BeforeValidator(_by_language)]
LongText = Annotated[Paragraph, BeforeValidator(_by_language)]
Name = Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(_one_line), AfterValidator(_one_name)]
Headline = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_one_line)]
Date = Annotated[PartialDate, BeforeValidator(_date)]
Address = Annotated[str, BeforeValidator(_one_line), AfterValidator(_address)]


@with_config(EXACT)
@dataclass
class PackPart:
    """`[[moments.parts]]`"""

    planned: StrictBool
    asked: PartPhrase


@with_config(EXACT)
@dataclass
class PackSource:
    """`source`; text alone is the title."""

    title: Headline
    publisher: Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(_one_line)] | None = None
    date: Date | None = None
    url: Address | None = None


@with_config(EXACT)
@dataclass
class PackMoment:
    """`[[moments]]`. Either `parts`, or one part with `scripted` and `asked`."""

    drama: Title
    scene: Text
    reveal: LongText
    source: Annotated[PackSource, BeforeValidator(_by_title)]
    year: Annotated[StrictInt, Field(ge=1960, le=2100)] | None = None
    episode: Annotated[StrictInt, Field(ge=1, le=200)] | None = None
    kind: Kind = Kind.OTHER
    spoilers: SpoilerLevel = SpoilerLevel.MILD
    scripted: StrictBool | None = None
    asked: PartPhrase | None = None
    parts: Annotated[list[PackPart], Field(min_length=1, max_length=MOST_PARTS)] | None = None
    verdict: Verdict | None = None
    origin: Origin | None = None
    evidence: Evidence = Evidence.STATED
    confidence: Confidence = Confidence.MEDIUM
    performers: Annotated[list[Name], Field(max_length=12)] | None = None
    idea_by: Name | None = None
    credit: ShortText | None = None
    how_known: Text | None = None


PACK_MOMENT = TypeAdapter(PackMoment)
