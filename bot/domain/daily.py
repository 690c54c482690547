"""When a daily question comes: at the guild's hour, on the clocks of its time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.periods import first_instant

HOUR: Final = 20
"""When the question comes where nothing else is chosen."""
CLOSES_BEFORE: Final = timedelta(minutes=1)
"""So long before the next question the last one closes."""
SHORTEST: Final = timedelta(minutes=5)
"""A missed question that could not stay open for so long is not made up: the next one is at the door."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for a daily question: the day in the guild's zone, and the instant."""

    day: date
    at: datetime


def slot_on(day: date, hour: int, zone: ZoneInfo) -> Slot:
    """Return the slot of a day."""
    return Slot(day, first_instant(datetime.combine(day, time(hour)), zone))


def last_slot(now: datetime, hour: int, zone: ZoneInfo) -> Slot:
    """Return the newest slot that has come by `now`."""
    today = now.astimezone(zone).date()
    slots = [slot_on(today + timedelta(days=days), hour, zone) for days in (1, 0, -1, -2)]
    return next(slot for slot in slots if slot.at <= now)


def next_slot(now: datetime, hour: int, zone: ZoneInfo) -> Slot:
    """Return the first slot after `now`."""
    today = now.astimezone(zone).date()
    slots = [slot_on(today + timedelta(days=days), hour, zone) for days in (-1, 0, 1, 2)]
    return next(slot for slot in slots if slot.at > now)
