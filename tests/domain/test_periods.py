"""When the periods of a leaderboard begin, on clocks that turn forward, back, and by half hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, strategies as st

from bot.domain.periods import Period, first_day, first_instant, start_of

SEOUL = ZoneInfo("Asia/Seoul")
TURNING = [ZoneInfo(name) for name in sorted(available_timezones() - {"Factory", "localtime", "posixrules"})]
CALENDAR = (Period.TODAY, Period.WEEK, Period.MONTH)
SECOND = timedelta(seconds=1)

zones = st.sampled_from(TURNING)
walls = st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2037-12-31"))
instants = walls.map(lambda naive: naive.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.TODAY, "2026-11-18 15:00"),  # a Thursday in Seoul, nine hours ahead
        (Period.WEEK, "2026-11-15 15:00"),
        (Period.MONTH, "2026-10-31 15:00"),
    ],
)
def test_days_weeks_and_months_are_those_of_the_guild_and_not_of_utc(period: Period, expected: str) -> None:
    assert start_of(period, at("2026-11-19 03:30"), SEOUL, None) == at(expected)


def test_at_midnight_a_new_day_begins_and_not_before() -> None:
    assert start_of(Period.TODAY, at("2026-11-18 15:00"), SEOUL, None) == at("2026-11-18 15:00")
    assert start_of(Period.TODAY, at("2026-11-18 14:59:59.999"), SEOUL, None) == at("2026-11-17 15:00")


def test_a_season_begins_where_the_last_one_ended_and_everything_at_no_time() -> None:
    began = at("2026-10-03 12:00")
    assert start_of(Period.SEASON, at("2026-11-19"), SEOUL, began) == began
    assert start_of(Period.SEASON, at("2026-11-19"), SEOUL, None) is None
    assert start_of(Period.ALL, at("2026-11-19"), SEOUL, began) is None


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04 03:00"),  # 00:00 does not exist: the day begins at 01:00
        ("America/Havana", date(2026, 11, 1), "2026-11-01 04:00"),  # 00:00 exists twice: the first one
        ("America/Toronto", date(1919, 3, 31), "1919-03-31 04:30"),  # 23:30 is followed by 00:30 of the next day
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30 10:00"),  # this day never was: what follows begins it
        ("Pacific/Kiritimati", date(1995, 1, 1), "1994-12-31 10:00"),
        ("Asia/Kolkata", date(2026, 11, 19), "2026-11-18 18:30"),
        ("Asia/Kathmandu", date(2026, 11, 19), "2026-11-18 18:15"),
        ("Australia/Lord_Howe", date(2026, 10, 4), "2026-10-03 13:30"),
        ("Etc/GMT+12", date(2026, 11, 19), "2026-11-19 12:00"),
    ],
)
def test_a_day_begins_at_its_first_instant_however_the_clocks_turn(name: str, day: date, expected: str) -> None:
    assert first_instant(datetime.combine(day, time()), ZoneInfo(name)) == at(expected)


@given(now=instants, zone=zones, period=st.sampled_from(CALENDAR))
def test_now_lies_in_its_own_period(now: datetime, zone: ZoneInfo, period: Period) -> None:
    start = start_of(period, now, zone, None)
    assert start is not None
    assert start.tzinfo is UTC
    assert start <= now
    assert now - start < {Period.TODAY: timedelta(days=3), Period.WEEK: timedelta(days=9)}.get(
        period, timedelta(days=33)
    )


@given(now=instants, zone=zones, period=st.sampled_from(CALENDAR))
def test_just_before_a_period_the_clocks_show_an_earlier_day(now: datetime, zone: ZoneInfo, period: Period) -> None:
    start, day = start_of(period, now, zone, None), first_day(period, now, zone)
    assert start is not None
    assert wall(start, zone).date() >= day
    assert wall(start - SECOND, zone).date() < day


@given(now=instants, later=st.timedeltas(timedelta(), timedelta(days=40)), zone=zones, period=st.sampled_from(CALENDAR))
def test_a_period_never_begins_earlier_than_one_before_it_on_clocks_that_do_not_turn_back_a_day(
    now: datetime, later: timedelta, zone: ZoneInfo, period: Period
) -> None:
    first, second = (start_of(period, moment, zone, None) for moment in (now, now + later))
    assert first is not None
    assert second is not None
    if first_day(period, now, zone) <= first_day(period, now + later, zone):
        assert first <= second


@given(now=instants, zone=zones)
def test_a_week_begins_on_a_monday_and_a_month_on_its_first(now: datetime, zone: ZoneInfo) -> None:
    today = wall(now, zone).date()
    assert first_day(Period.TODAY, now, zone) == today
    week, month = first_day(Period.WEEK, now, zone), first_day(Period.MONTH, now, zone)
    assert (week.weekday(), (today - week).days in range(7)) == (0, True)
    assert (month.day, (month.year, month.month)) == (1, (today.year, today.month))


@given(
    moment=walls.map(lambda naive: naive.replace(microsecond=0)),
    zone=zones,
)
def test_the_first_instant_of_a_time_shows_it_or_the_turn_that_skipped_it(moment: datetime, zone: ZoneInfo) -> None:
    found = first_instant(moment, zone)
    assert wall(found, zone) >= moment
    assert wall(found - SECOND, zone) < moment
    if wall(found, zone) > moment:  # skipped: the clocks were turned at that very instant
        assert wall(found, zone) - wall(found - SECOND, zone) > SECOND
