"""When daily questions come, on clocks that turn forward, back, and over whole days; and what they are worth."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, strategies as st

from bot.domain.daily import last_slot, next_slot, slot_on
from bot.domain.games import Angle, Answer, Guess, Mode, Question, Round, RoundState, Run, Scored
from bot.domain.questions import ANGLES
from bot.domain.trivia import MOST_STREAK_BONUS, bonus, score

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
ZONES = [ZoneInfo(name) for name in sorted(available_timezones() - {"Factory", "localtime", "posixrules"})]
KISS = Question("coffee-prince-kiss", 0, Angle.SCRIPT, tuple(Answer), Answer.AD_LIB)
CLOSES = datetime(2026, 5, 2, 10, 59, tzinfo=UTC)

zones = st.sampled_from(ZONES)
hours = st.integers(0, 23)
naive = st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2037-12-31"))
instants = naive.map(lambda wall: wall.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(instants, hours, zones)
@example(at("2011-12-30 10:30"), 20, ZoneInfo("Pacific/Apia"))  # half an hour after a day that never was
@example(at("1994-12-31 09:59"), 0, ZoneInfo("Pacific/Enderbury"))
@example(at("2026-03-29 00:59"), 2, ZoneInfo("Antarctica/Troll"))  # two hours are left out
@example(at("2026-11-01 06:30"), 1, ZoneInfo("America/New_York"))  # the second 01:30 of that night
def test_every_instant_lies_between_its_last_slot_and_its_next(now: datetime, hour: int, zone: ZoneInfo) -> None:
    last, following = last_slot(now, hour, zone), next_slot(now, hour, zone)
    assert last.at <= now < following.at
    assert following.day - last.day == DAY


@given(instants, hours, zones)
def test_a_slot_is_the_last_from_its_own_instant_until_the_next_one(now: datetime, hour: int, zone: ZoneInfo) -> None:
    following = next_slot(now, hour, zone)
    after = next_slot(following.at, hour, zone)
    assert next_slot(following.at - TICK, hour, zone) == following
    assert last_slot(following.at, hour, zone) == following
    assert last_slot(after.at - TICK, hour, zone) == following


@given(st.dates(date(1971, 1, 2), date(2037, 12, 30)), hours, zones)
@example(date(2011, 12, 30), 20, ZoneInfo("Pacific/Apia"))
@example(date(1993, 8, 21), 12, ZoneInfo("Pacific/Kwajalein"))
def test_every_day_has_one_slot_and_later_days_have_later_ones(day: date, hour: int, zone: ZoneInfo) -> None:
    slots = [slot_on(day + DAY * days, hour, zone) for days in (-1, 0, 1)]
    assert all(earlier.at < later.at for earlier, later in pairwise(slots))
    assert [last_slot(slot.at, hour, zone) for slot in slots] == slots


@given(instants, hours, zones)
def test_the_clocks_show_the_hour_at_a_slot_or_have_just_been_turned_over_it(
    now: datetime, hour: int, zone: ZoneInfo
) -> None:
    slot = next_slot(now, hour, zone)
    shown = slot.at.astimezone(zone)
    before = (slot.at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(slot.day, datetime.min.time()).replace(hour=hour)
    assert before < wanted <= shown.replace(tzinfo=None)
    if shown.replace(tzinfo=None) != wanted:
        assert shown.utcoffset() != (slot.at - timedelta(seconds=1)).astimezone(zone).utcoffset()


@pytest.mark.parametrize(
    ("zone", "hour", "day", "expected"),
    [
        ("Asia/Seoul", 20, "2026-05-01", "2026-05-01 11:00"),
        (
            "America/New_York",
            2,
            "2026-03-08",
            "2026-03-08 07:00",
        ),  # 02:00 does not exist: at 03:00, an hour after 01:00
        ("America/New_York", 1, "2026-11-01", "2026-11-01 05:00"),  # 01:00 exists twice: the first one
        ("Africa/Cairo", 0, "2026-04-24", "2026-04-23 22:00"),  # the day begins at 01:00
        ("Australia/Lord_Howe", 2, "2026-10-04", "2026-10-03 15:30"),  # half an hour is left out: at 02:30
        ("Pacific/Apia", 20, "2011-12-30", "2011-12-30 10:00"),  # the day never was: at the start of what follows
    ],
)
def test_an_hour_that_never_is_or_is_twice_gives_one_slot(zone: str, hour: int, day: str, expected: str) -> None:
    assert slot_on(date.fromisoformat(day), hour, ZoneInfo(zone)).at == at(expected)


@pytest.mark.parametrize(
    ("zone", "hour", "around", "lengths"),
    [
        ("America/New_York", 20, "2026-03-06", [24, 23, 24]),
        ("America/New_York", 20, "2026-10-30", [24, 25, 24]),
        ("America/New_York", 2, "2026-03-06", [24, 24, 23]),
        ("Asia/Seoul", 20, "2026-03-06", [24, 24, 24]),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(zone: str, hour: int, around: str, lengths: list[int]) -> None:
    first = date.fromisoformat(around)
    slots = [slot_on(first + DAY * days, hour, ZoneInfo(zone)).at for days in range(4)]
    assert [(later - earlier) / timedelta(hours=1) for earlier, later in pairwise(slots)] == lengths


@given(st.floats(-1, 2), st.integers(0, 1000))
def test_only_the_streak_of_days_adds_to_a_right_answer_however_late_it_comes(left: float, streak: int) -> None:
    assert bonus(Mode.DAILY, left, streak) == min(streak, MOST_STREAK_BONUS)


@pytest.mark.parametrize(("streak", "points"), [(0, 10), (1, 11), (4, 14), (5, 15), (6, 15), (100, 15)])
def test_a_right_answer_brings_ten_points_and_up_to_five_for_the_days_before(streak: int, points: int) -> None:
    seconds = 86_340
    opened = CLOSES - timedelta(seconds=seconds)
    asked = Round(1, 1, 1, 1, KISS, RoundState.OPEN, opened, CLOSES)
    said = [Guess(user_id, KISS.answer, when) for user_id, when in ((1, opened), (2, CLOSES))]
    said.append(Guess(3, Answer.SCRIPTED, opened))
    runs = {user_id: Run(streak=streak) for user_id in (1, 2, 3)}
    scored, _ = score(asked, said, mode=Mode.DAILY, seconds=seconds, runs=runs)
    assert sorted(scored, key=lambda entry: entry.guess.user_id) == [
        Scored(said[0], True, points, streak + 1),
        Scored(said[1], True, points, streak + 1),
        Scored(said[2], False, 0, 0),
    ]


def test_a_daily_question_asks_whether_it_was_in_the_script() -> None:
    assert ANGLES[Mode.DAILY] == (Angle.SCRIPT,)
