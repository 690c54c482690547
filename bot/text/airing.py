"""When a drama was shown and in how many parts: what stands in its file in English, said in a language.

Counts and dates vary by source, so a drama's file holds them as texts; these are the turns of phrase in them.
"""

import re
from typing import Final

from bot.errors import N_
from bot.text.catalogue import Phrases

TURNS: Final = (
    (r"(?P<first>\d[\d-]*) to (?P<last>\d[\d-]*)", N_("{first} to {last}")),
    (r"(?P<first>\d[\d-]*) and (?P<last>\d[\d-]*)", N_("{first} and {last}")),
    (r"released (?P<day>\d[\d-]*)", N_("released {day}")),
    (r"ended (?P<day>\d[\d-]*)", N_("ended {day}")),
    (r"from (?P<day>\d[\d-]*)", N_("from {day}")),
    (r"^to (?P<day>\d[\d-]*)", N_("to {day}")),
    (r"(?P<count>\d+) specials", N_("{count} specials")),
    (r"(?P<count>\d+) special\b", N_("{count} special")),
    (r"\+ special\b", N_("+ special")),
    (r"aired as (?P<count>\d+) half-hour parts", N_("aired as {count} half-hour parts")),
    (r"aired as half-hour parts", N_("aired as half-hour parts")),
    (r"\(half-hour parts\)", N_("(half-hour parts)")),
    (r"two seasons of (?P<count>\d+) by then", N_("two seasons of {count} by then")),
    (r"two seasons of (?P<count>\d+)", N_("two seasons of {count}")),
    (r"(?P<count>\d+) in all three seasons", N_("{count} in all three seasons")),
    (r"(?P<count>\d+) in three seasons", N_("{count} in three seasons")),
    (r"season (?P<number>\d+)", N_("season {number}")),
)
"""What may stand in such a text, and how it is said; what is none of these stays as it is."""


def say_airing(text: str, _: Phrases) -> str:
    """Say a count of episodes or the dates of a drama: "2021-08-27 (season 1)", "2021-08-27 (시즌 1)"."""
    for pattern, said in TURNS:
        text = re.sub(pattern, lambda match, said=said: _(said, **match.groupdict()), text)
    return text
