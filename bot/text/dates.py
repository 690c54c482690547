"""Days and time zones, said in a language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.domain.texts import Language
from bot.domain.zones import city_of, offset_of


def say_day(moment: datetime, time_zone: str, language: Language) -> str:
    """Say the day of `moment` on the clocks of a time zone: "October 3, 2026", "2026년 10월 3일"."""
    return format_date(moment.astimezone(ZoneInfo(time_zone)).date(), format="long", locale=language.value)


def say_zone(time_zone: str, now: datetime, language: Language) -> str:
    """Say a time zone with its offset of that day: "Seoul (UTC+9)", "서울 (UTC+9)"."""
    city, offset = city_of(time_zone).in_language(language), offset_of(time_zone, now)
    return city if city == offset else f"{city} ({offset})"
