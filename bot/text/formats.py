"""Numbers, lengths of time and lists, said in a language."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from babel.lists import format_list
from babel.units import format_unit

from bot.domain.games import Answer
from bot.domain.moments import Origin
from bot.domain.texts import Language, Localised
from bot.text.catalogue import Phrases
from bot.text.names import ANSWERS, IDEAS

UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
"""Units with their seconds, longest first."""


def say_duration(duration: timedelta, language: Language) -> str:
    """Say a length of time in the largest unit that it is a whole number of: "90 minutes", "60일"."""
    seconds = max(round(duration.total_seconds()), 0)
    unit, length = next((unit, length) for unit, length in UNITS if seconds % length == 0)
    width = "short" if language is Language.KOREAN else "long"  # Korean has one form only, and CLDR files it as short
    return format_unit(seconds // length, f"duration-{unit}", width, locale=language.value)


def say_at_most(duration: timedelta, language: Language) -> str:
    """Say a length of time rounded up, in a unit that makes it a number to remember: "36 hours", "9 days"."""
    seconds = max(duration.total_seconds(), 1)
    length = next((length for _unit, length in UNITS if seconds >= 2 * length), 1)
    return say_duration(timedelta(seconds=ceil(seconds / length) * length), language)


def say_list(items: Sequence[str], language: Language) -> str:
    """Join items as the language does: "A, B and C"."""
    return format_list(items, locale=language.value) if items else ""


def relative(moment: datetime) -> str:
    """A time that Discord shows as a countdown in the reader's own language, without any edit."""
    return f"<t:{round(moment.timestamp())}:R>"


def say_values(values: dict[str, object], _: Phrases) -> dict[str, str]:
    """Say the values of a refusal in the reader's language."""
    return {name: say_value(value, _) for name, value in values.items()}


def say_value(value: object, _: Phrases) -> str:
    """Say what a refusal or a choice speaks of in the reader's language."""
    match value:
        case timedelta():
            return say_duration(value, _.language)
        case Answer():
            return _(ANSWERS[value])
        case Origin():
            return _(IDEAS[value])
        case Localised():
            return _.of(value)
        case _:
            return str(value)
