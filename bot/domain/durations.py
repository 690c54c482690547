"""Lengths of time that members type: "30m", "2h", "1d 12h", "90 minutes", "2시간 30분"."""

import re
from datetime import timedelta
from typing import Final

from bot.errors import DurationInPast, DurationUnclear

_UNITS: Final = {
    "seconds": ("s", "sec", "secs", "second", "seconds", "초"),
    "minutes": ("m", "min", "mins", "minute", "minutes", "분"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "시간"),
    "days": ("d", "day", "days", "일"),
    "weeks": ("w", "wk", "week", "weeks", "주", "주일"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_PIECE = re.compile(r"(-?\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+|[가-힣]+)\s*,?\s*(?:and\s+)?")


def parse_duration(text: str) -> timedelta:
    """Return the length of time that `text` says.

    Raises:
        DurationUnclear: it is not a number with a unit, or several of them.
        DurationInPast: it is zero or negative.
    """
    rest = text.strip().casefold()
    total = timedelta()
    position = 0
    while match := _PIECE.match(rest, position):
        unit = _UNIT_OF.get(match[2])
        if unit is None:
            raise DurationUnclear(text=text[:40])
        try:
            total += timedelta(**{unit: float(match[1])})
        except OverflowError as error:  # more than a calendar holds
            raise DurationUnclear(text=text[:40]) from error
        position = match.end()
    if not rest or position != len(rest):
        raise DurationUnclear(text=text[:40])
    if total <= timedelta():
        raise DurationInPast
    return total
