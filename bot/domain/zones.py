"""Time zones: those that a guild is offered, and what a manager may type for any other one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.texts import Localised
from bot.errors import NoSuchZone

COMMON: Final[Mapping[str, Localised]] = MappingProxyType(
    {
        "Asia/Seoul": Localised("Seoul", "서울"),
        "Pacific/Auckland": Localised("Auckland", "오클랜드"),
        "Australia/Sydney": Localised("Sydney", "시드니"),
        "Asia/Tokyo": Localised("Tokyo", "도쿄"),
        "Asia/Taipei": Localised("Taipei", "타이베이"),
        "Asia/Hong_Kong": Localised("Hong Kong", "홍콩"),
        "Asia/Manila": Localised("Manila", "마닐라"),
        "Asia/Singapore": Localised("Singapore", "싱가포르"),
        "Asia/Bangkok": Localised("Bangkok", "방콕"),
        "Asia/Ho_Chi_Minh": Localised("Ho Chi Minh City", "호찌민"),
        "Asia/Jakarta": Localised("Jakarta", "자카르타"),
        "Asia/Kolkata": Localised("Kolkata", "콜카타"),
        "Asia/Dubai": Localised("Dubai", "두바이"),
        "Europe/Istanbul": Localised("Istanbul", "이스탄불"),
        "Europe/Berlin": Localised("Berlin", "베를린"),
        "Europe/Paris": Localised("Paris", "파리"),
        "Africa/Lagos": Localised("Lagos", "라고스"),
        "Europe/London": Localised("London", "런던"),
        "America/Sao_Paulo": Localised("São Paulo", "상파울루"),
        "America/New_York": Localised("New York", "뉴욕"),
        "America/Chicago": Localised("Chicago", "시카고"),
        "America/Mexico_City": Localised("Mexico City", "멕시코시티"),
        "America/Denver": Localised("Denver", "덴버"),
        "America/Los_Angeles": Localised("Los Angeles", "로스앤젤레스"),
    }
)
"""By IANA name, Seoul first and then as the sun goes; a menu holds one more (Discord: 25)."""

_SAID: Final = {"kst": "Asia/Seoul", "한국": "Asia/Seoul", "jst": "Asia/Tokyo", "일본": "Asia/Tokyo"}
_NO_PLACES: Final = {"Factory", "localtime", "posixrules"}
"""Names that stand among the zones of some systems and mean something else on each."""
_OFFSET: Final = re.compile(r"(?:utc|gmt)([+-])0?([0-9]|1[0-4])(?::?00)?")
_REPEATED: Final = 40
"""Characters of what was typed that a refusal repeats."""
_SAMPLES: Final = [datetime(year, month, 1, tzinfo=UTC) for year in range(2000, 2038) for month in range(1, 13)]


def find_zone(text: str) -> str:
    """Return the IANA name that `text` stands for.

    It may be that name, a city ("seoul", "서울", "new york"), an offset of whole hours ("UTC+9"), KST or JST; capitals
    do not matter. The first call reads the list of zones from the disk.

    Raises:
        NoSuchZone: it is none of them, or a city of several zones.
    """
    typed = _fold(text)
    if offset := _OFFSET.fullmatch(typed):
        sign, hours = offset.groups()
        typed = f"etc/gmt{'-' if sign == '+' else '+'}{hours}"  # IANA counts these hours towards the west
    names, cities = _zones()
    found = names.get(typed) or _one_of(cities.get(typed, ()))
    if found is None:
        raise NoSuchZone(text=text.strip()[:_REPEATED])
    return found


def city_of(name: str) -> Localised:
    """Return the city that a zone is named for; the offset where it is named for that (Etc/GMT-9 is "UTC+9")."""
    if name.startswith("Etc/GMT"):
        return Localised(offset_of(name, _SAMPLES[0]))
    return COMMON.get(name) or Localised(name.rpartition("/")[2].replace("_", " "))


def offset_of(name: str, now: datetime) -> str:
    """Say how far the clocks of a zone are from UTC at `now`: "UTC+9", "UTC-3:30", "UTC"."""
    minutes = round((now.astimezone(ZoneInfo(name)).utcoffset() or timedelta()) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    if minutes == 0:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


@cache
def _zones() -> tuple[Mapping[str, str], Mapping[str, Sequence[str]]]:
    """The zones by what may be typed: a name that is sure, and a city that may be one of several."""
    everything = sorted(available_timezones() - _NO_PLACES)
    cities: dict[str, list[str]] = defaultdict(list)
    for name in everything:
        if "/" in name and not name.startswith("Etc/"):  # "gmt+9" is no city, and would be the wrong way round
            cities[_fold(name.rpartition("/")[2])].append(name)
    common = {_fold(form): name for name, city in COMMON.items() for form in city.all}
    return {_fold(name): name for name in everything} | common | _SAID, cities


def _one_of(names: Iterable[str]) -> str | None:
    """The zone that `names` are, where the clocks of all of them show the same."""
    shown = {tuple(moment.astimezone(ZoneInfo(name)).utcoffset() for moment in _SAMPLES): name for name in names}
    return next(iter(shown.values())) if len(shown) == 1 else None


def _fold(text: str) -> str:
    return "_".join(text.replace("_", " ").casefold().split())
