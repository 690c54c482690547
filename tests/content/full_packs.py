"""Packs all of whose texts are as long as docs/writing-packs.md lets them be."""

import json
from collections.abc import Mapping
from itertools import cycle, islice, product
from typing import Any, Final

from bot.content.pack_library import pack_library
from bot.content.packs import read_pack
from bot.domain.library import Library
from tests.content.shipped import shipped_library

FILLINGS: Final = {"plain": "가나다라", "marks": "*_|<", "backticks and links": "`[]("}
"""What the texts are filled with: letters, or marks that format where nobody escapes them."""
PACK_ID: Final = 10**18
_SPOILERS: Final = ("none", "mild", "major")
_ORIGINS: Final = ("performers", "director_on_set", "accident")


def full_pack(filling: str) -> bytes:
    """A TOML file with a scripted, an improvised and two partly scripted scenes of each level of spoilers.

    Every scene is of a drama of its own.
    """
    made: list[str] = []
    shapes: tuple[tuple[bool, ...], ...] = ((True,), (False,), (True, False), (False, True) * 3)
    for number, (spoilers, planned) in enumerate(product(_SPOILERS, shapes)):
        made.append(f"[[moments]]\n{_toml(_scene(number, spoilers, planned, FILLINGS[filling]))}")
        made += [
            f"[[moments.parts]]\n{_toml({'planned': each, 'asked': _both('P', f'{number}{part}', 120, filling)})}"
            for part, each in enumerate(planned)
        ]
    return "\n".join(made).encode()


def full_library(filling: str) -> Library:
    """The library of such a pack."""
    read = read_pack("full.toml", full_pack(filling), shipped_library())
    return pack_library(PACK_ID, read.stored, shipped_library())


def _scene(number: int, spoilers: str, planned: tuple[bool, ...], marks: str) -> Mapping[str, Any]:
    adlib: dict[str, Any] = {}
    if not all(planned):
        origin = _ORIGINS[number % 3]
        adlib = {"origin": origin, "credit": _both("C", number, 120, marks)}
        if origin == "performers":
            adlib["idea_by"] = _filled(f"A0n{number}", 80, marks)
    return {
        "drama": _both("D", number, 80, marks),
        "year": 2000 + number,
        "episode": 200,
        "kind": "gesture",
        "spoilers": spoilers,
        "scene": _both("S", number, 400, marks),
        "reveal": _both("R", number, 900, marks),
        "how_known": _both("H", number, 400, marks),
        "performers": [_filled(f"A{actor}n{number}", 80, marks) for actor in range(12)],
        "source": {
            "title": _filled(f"T{number}", 200, marks),
            "publisher": _filled(f"U{number}", 80, marks),
            "date": "2022-04-06",
            "url": f"https://example.com/{number:02}".ljust(512, "x"),
        },
        **adlib,
    }


def _both(letter: str, number: int | str, length: int, filling: str) -> dict[str, str]:
    marks = FILLINGS.get(filling, filling)
    return {language: _filled(f"{letter}{language}{number}", length, marks) for language in ("en", "ko")}


def _filled(begin: str, length: int, marks: str) -> str:
    return begin + "".join(islice(cycle(marks), length - len(begin)))


def _toml(values: Mapping[str, Any]) -> str:
    return "\n".join(f"{key} = {_value(value)}" for key, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        entries: dict[str, Any] = value
        return "{" + ", ".join(f"{key} = {_value(entry)}" for key, entry in entries.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
