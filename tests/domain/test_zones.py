"""Time zones that managers type, and how they are said."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, strategies as st

from bot.domain.texts import Localised
from bot.domain.zones import COMMON, city_of, find_zone, offset_of
from bot.errors import NoSuchZone

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
NAMES = sorted(available_timezones() - {"Factory", "localtime", "posixrules"})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("europe/london", "Europe/London"),
        ("AMERICA/NEW_YORK", "America/New_York"),
        ("seoul", "Asia/Seoul"),
        ("  New   York ", "America/New_York"),
        ("서울", "Asia/Seoul"),
        ("멕시코시티", "America/Mexico_City"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("KST", "Asia/Seoul"),
        ("jst", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("UTC+9", "Etc/GMT-9"),
        ("gmt+09:00", "Etc/GMT-9"),
        ("UTC-3", "Etc/GMT+3"),
        ("Etc/GMT+3", "Etc/GMT+3"),
    ],
)
def test_what_managers_write_is_understood(typed: str, expected: str) -> None:
    assert find_zone(typed) == expected


def test_every_zone_is_found_by_its_name_in_any_capitals_and_shows_the_same_time() -> None:
    for name in NAMES:
        for typed in (name, name.lower(), name.upper()):
            found = ZoneInfo(find_zone(typed))
            assert WINTER.astimezone(found).utcoffset() == WINTER.astimezone(ZoneInfo(name)).utcoffset(), name


@pytest.mark.parametrize("text", ["", "  ", "Atlantis", "UTC+15", "UTC+5:30", "localtime", "Factory", "/", "../etc"])
def test_what_is_no_time_zone_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(NoSuchZone) as refused:
        find_zone(text)
    assert refused.value.values == {"text": text.strip()}


def test_a_city_of_two_zones_is_taken_only_where_their_clocks_show_the_same() -> None:
    assert find_zone("nicosia") in {"Asia/Nicosia", "Europe/Nicosia"}
    assert find_zone("buenos aires") in {"America/Buenos_Aires", "America/Argentina/Buenos_Aires"}
    with pytest.raises(NoSuchZone):
        find_zone("West")  # of Australia, and of Brazil


def test_a_refusal_repeats_no_more_than_the_beginning_of_what_was_typed() -> None:
    with pytest.raises(NoSuchZone) as refused:
        find_zone("x" * 4000)
    assert refused.value.values == {"text": "x" * 40}


@given(st.text(max_size=60) | st.from_regex(re.compile(r"(utc|gmt|etc/)[-+/:0-9a-z]{0,8}"), fullmatch=True))
def test_junk_is_refused_or_is_a_zone_and_never_crashes(text: str) -> None:
    with suppress(NoSuchZone):
        assert find_zone(text) in NAMES


def test_the_offered_zones_leave_room_for_one_more_in_a_menu_and_begin_with_seoul() -> None:
    assert len(COMMON) <= 24
    assert next(iter(COMMON)) == "Asia/Seoul"
    assert set(COMMON) <= set(NAMES)
    for city in COMMON.values():
        assert find_zone(city.en) == find_zone(city.ko or "")


@pytest.mark.parametrize(
    ("name", "winter", "summer"),
    [
        ("Asia/Seoul", "UTC+9", "UTC+9"),
        ("America/New_York", "UTC-5", "UTC-4"),
        ("Asia/Kolkata", "UTC+5:30", "UTC+5:30"),
        ("America/St_Johns", "UTC-3:30", "UTC-2:30"),
        ("Europe/London", "UTC", "UTC+1"),
        ("Etc/GMT-9", "UTC+9", "UTC+9"),
    ],
)
def test_an_offset_is_the_one_of_the_day(name: str, winter: str, summer: str) -> None:
    assert (offset_of(name, WINTER), offset_of(name, SUMMER)) == (winter, summer)


def test_a_zone_is_called_by_its_city_or_its_offset() -> None:
    assert city_of("Asia/Seoul") == Localised("Seoul", "서울")
    assert city_of("America/Argentina/Buenos_Aires") == Localised("Buenos Aires")
    assert city_of("UTC") == Localised("UTC")
    assert city_of("Etc/GMT-9") == Localised("UTC+9")
