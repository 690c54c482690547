"""The spans of time that a leaderboard can show, and when each begins on the clocks of a guild."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_SECOND: Final = timedelta(seconds=1)


class Period(StrEnum):
    """TODAY from midnight, WEEK from Monday, MONTH from the first, SEASON from the end of the last one, ALL of it."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


def start_of(period: Period, now: datetime, zone: ZoneInfo, season_began: datetime | None) -> datetime | None:
    """Return when the period that `now` lies in began, in UTC; None where it goes back to the very beginning.

    Days, weeks and months are those of `zone`; a season began at `season_began`, the first one at no special time.
    """
    if period is Period.ALL:
        return None
    if period is Period.SEASON:
        return season_began
    return first_instant(datetime.combine(first_day(period, now, zone), time()), zone)


def first_day(period: Period, now: datetime, zone: ZoneInfo) -> date:
    """Return the day on which the TODAY, WEEK or MONTH that `now` lies in began."""
    today = now.astimezone(zone).date()
    if period is Period.WEEK:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if period is Period.MONTH else today


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant, in UTC, at which the clocks of `zone` show the naive time `wall`, or have passed it.

    Where they are turned back over it, it happens twice: the first counts. Where they are turned forward over it, it
    never happens: the instant of the turn counts.
    """
    before, after = (wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    late = wall.replace(tzinfo=UTC) - before
    if after <= before:
        return late
    early = wall.replace(tzinfo=UTC) - after  # the turn lies between; at `early` the clocks have not come to `wall`
    while late - early > _SECOND:
        middle = early + (late - early) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late
