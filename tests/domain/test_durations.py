"""Lengths of time that members type."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.durations import parse_duration
from bot.errors import DurationInPast, DurationUnclear, UserError

UNITS = {
    "s": "seconds",
    "sec": "seconds",
    "second": "seconds",
    "seconds": "seconds",
    "초": "seconds",
    "m": "minutes",
    "min": "minutes",
    "mins": "minutes",
    "minute": "minutes",
    "minutes": "minutes",
    "분": "minutes",
    "h": "hours",
    "hr": "hours",
    "hrs": "hours",
    "hours": "hours",
    "시간": "hours",
    "d": "days",
    "days": "days",
    "일": "days",
    "w": "weeks",
    "weeks": "weeks",
    "주": "weeks",
    "주일": "weeks",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("1d 12h", timedelta(days=1, hours=12)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("90 minutes", timedelta(minutes=90)),
        ("1.5 hours", timedelta(minutes=90)),
        ("1 hour and 30 minutes", timedelta(minutes=90)),
        ("1 day, 2 hours and 5 minutes", timedelta(days=1, hours=2, minutes=5)),
        ("  2H  ", timedelta(hours=2)),
        ("2시간 30분", timedelta(minutes=150)),
        ("2시간30분", timedelta(minutes=150)),
        ("1주일", timedelta(weeks=1)),
        ("하루", None),
        ("2h -30m", timedelta(minutes=90)),
    ],
)
def test_what_members_write_is_understood(text: str, expected: timedelta | None) -> None:
    if expected is None:
        with pytest.raises(DurationUnclear):
            parse_duration(text)
    else:
        assert expected == parse_duration(text)


@pytest.mark.parametrize("text", ["", "   ", "5", "h", "soon", "5 parsecs", "1h soon", "1h and", "1,5h", "1e3h", "²h"])
def test_what_is_no_length_of_time_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(DurationUnclear) as refused:
        parse_duration(text)
    assert {"text": text} == refused.value.values


def test_a_refusal_repeats_no_more_than_the_beginning_of_what_was_typed() -> None:
    with pytest.raises(DurationUnclear) as refused:
        parse_duration("no" * 3000)
    assert refused.value.values == {"text": "no" * 20}


@pytest.mark.parametrize("text", ["0m", "0.0h", "-5m", "1h -2h", "0초"])
def test_nothing_and_the_past_are_refused(text: str) -> None:
    with pytest.raises(DurationInPast):
        parse_duration(text)


@given(
    pieces=st.lists(st.tuples(st.integers(0, 999_999), st.sampled_from(sorted(UNITS))), min_size=1, max_size=5),
    between=st.sampled_from([" ", ", ", " and ", ""]),
)
def test_a_length_of_time_survives_being_written(pieces: list[tuple[int, str]], between: str) -> None:
    expected = sum((timedelta(**{UNITS[unit]: number}) for number, unit in pieces), timedelta())
    text = between.join(f"{number}{unit}" for number, unit in pieces)
    if expected:
        assert expected == parse_duration(text)
    else:
        with pytest.raises(DurationInPast):
            parse_duration(text)


def _either_way(text: str) -> None:
    """A length of time or a refusal: nothing else may come out."""
    with suppress(UserError):
        assert parse_duration(text) > timedelta()


@given(st.text(max_size=60))
def test_junk_is_refused_and_never_crashes(text: str) -> None:
    _either_way(text)


@given(st.lists(st.sampled_from(["-", "1", "9", "999999", ".", " ", ",", "and ", *UNITS]), max_size=40).map("".join))
def test_nearly_sensible_junk_is_refused_and_never_crashes(text: str) -> None:
    _either_way(text)


@pytest.mark.parametrize("text", ["999999w" * 143, "-999999w" * 143, "999999w " * 750])
def test_more_weeks_than_a_calendar_holds_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_duration(text)
