"""Plain text out of what feeds write: tags, entities and what is not seen taken away.

Whatever is written, the time it takes grows with its length and no faster.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

JOINER: Final = "\u200d"
"""Holds an emoji of several together."""
LONGEST_SOURCE: Final = 20_000
"""Characters of an entry's text that are looked at."""
_HIDDEN: Final = {"Cf", "Cs", "Co", "Cn"}
_UNSEEN: Final = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
"""How that begins of which nothing is seen."""
_ENDS: Final = {
    "<!--": re.compile(r"-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_BREAK: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|td|tr|h[1-6]|blockquote|figcaption|img)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_NO_CHARACTER: Final = re.compile(r"&#[0-9]{8,};?")
"""A number that no character has, however long: Python refuses to read one of 5,000 digits."""


def without_markup(markup: str, limit: int = LONGEST_SOURCE) -> str:
    """Return the text of a piece of HTML, of whose beginning `limit` characters are looked at."""
    text = _TAG.sub("", _BREAK.sub(" ", _seen(markup[:limit])))
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def text_of(pieces: Iterable[str], limit: int = LONGEST_SOURCE) -> str:
    """Return the text of several pieces of HTML, of which `limit` characters together are looked at."""
    found: list[str] = []
    for piece in pieces:
        if limit <= 0:
            break
        found.append(without_markup(piece, limit))
        limit -= len(piece)
    return " ".join(found)


def one_line(text: str, limit: int) -> str:
    """Return the text in one line, composed, of `limit` characters at most, with nothing in it that is not seen."""
    joined = " ".join(text[: LONGEST_SOURCE * 2].split())[: limit * 4]
    line = composed = unicodedata.normalize("NFC", joined)
    if not composed.isprintable():
        marks = (" " if unicodedata.category(mark) == "Cc" else mark for mark in composed)
        line = " ".join(
            "".join(mark for mark in marks if mark == JOINER or unicodedata.category(mark) not in _HIDDEN).split()
        )
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _seen(markup: str) -> str:
    """Return it without comments, scripts and style sheets; one that has no end stays."""
    pieces: list[str] = []
    at, endless = 0, set[str]()
    for begin in _UNSEEN.finditer(markup):
        kind = (begin[1] or begin[0]).lower()
        if begin.start() < at or kind in endless:
            continue
        end = _ENDS[kind].search(markup, begin.end())
        if end is None:
            endless.add(kind)  # nor has any that comes after it
            continue
        pieces += markup[at : begin.start()], " "
        at = end.end()
    return "".join((*pieces, markup[at:]))
