"""How much it takes until a title or a name counts as named in a text."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from bot.content.everyday import EVERYDAY, NAMESAKES, PHRASES, UNMISTAKABLE
from bot.content.search.entries import names_of
from bot.domain.library import Person

WORD: Final = re.compile(r"[^\W_]+(?:(?<=[A-Za-z])['’](?=[A-Za-z])[^\W_]+)*")
HANGUL: Final = re.compile("[가-힣]")


class Grade(IntEnum):
    """How much it takes until a title or name counts."""

    EVERYDAY = 1
    """Quotation marks around it."""
    WEAK = 2
    """The same, or someone of the drama beside it."""
    CAPITALS = 3
    """Capital letters."""
    SURE = 4


def title_grade(title: str) -> Grade:
    """Return what a title takes until it counts."""
    key, words = letters_of(title), WORD.findall(title)
    if key in EVERYDAY:
        return Grade.EVERYDAY
    if key in PHRASES:
        return Grade.WEAK
    if HANGUL.search(key):
        return Grade.SURE if len(key) > 3 or key in UNMISTAKABLE else Grade.WEAK
    if len(words) == 1:
        return Grade.CAPITALS if key in UNMISTAKABLE else Grade.WEAK
    return Grade.SURE if len(words) > 3 else Grade.CAPITALS


def spellings(person: Person) -> Iterator[tuple[str, Grade]]:
    """Every spelling of a name; a given name, or a stage name of one word, tells little by itself."""
    for name in names_of(person):
        key = letters_of(name)
        if HANGUL.search(key):
            yield name, Grade.SURE if len(key) > 2 and key not in NAMESAKES else Grade.WEAK
        elif " " not in name:
            yield name, Grade.SURE if name.isupper() and name == person.name else Grade.WEAK
        else:
            grade = Grade.WEAK if key in NAMESAKES else Grade.SURE
            yield name, grade
            family, given = name.split(" ", 1)
            if "-" in given:
                yield f"{given} {family}", grade


def letters_of(text: str) -> str:
    """Return what two spellings have in common, the syllables of Hangul whole."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return "".join(mark for mark in unicodedata.normalize("NFC", bare).casefold() if mark.isalnum())
