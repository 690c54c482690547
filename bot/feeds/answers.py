"""What goes to the process that reads, and what comes back from it: as JSON, and looked at before it is believed.

That process reads what strangers wrote, with old code. Whatever it was made to say, only what is here comes of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.domain.feeds import Item
from bot.feeds.entries import (
    LONGEST_HEADLINE,
    LONGEST_KEY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ITEMS,
    sensible,
    web_link,
)

LONGEST: Final = 4 << 20
"""Bytes that come back at most: of 200 entries as long as may be there are two megabytes."""
MOST_FEEDS: Final = 3
"""That a page may name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a website sent: as it came, packed or not, of `limit` bytes at most; `cut` where there would be more.

    `kind` is its Content-Type, `packing` its Content-Encoding.
    """

    url: str
    kind: str
    packing: str
    body: bytes
    limit: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """A feed: its title and entries, in its order."""

    title: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Page:
    """A web page and the addresses of the feeds it names."""

    feeds: Sequence[str]


class Fault(StrEnum):
    """Why there is neither."""

    TOO_BIG = "too big"
    BROKEN = "broken"
    NO_FEED = "no feed"


Understood = Contents | Page | Fault


def written(understood: Understood) -> bytes:
    """Return it as it comes back."""
    match understood:
        case Contents(title, items):
            said: object = {"title": title, "items": [_row(item) for item in items]}
        case Page(feeds):
            said = {"feeds": [*feeds]}
        case Fault():
            said = {"fault": understood}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def believed(answer: bytes) -> Understood:
    """Return what came back.

    Raises:
        ValueError: it is nothing that `written` writes of what may be.
    """
    try:
        said: Any = json.loads(answer)
    except RecursionError as fault:
        raise ValueError("It is nested too deep.") from fault
    match said:
        case {"title": title, "items": list(rows)} if len(rows) <= MOST_ITEMS:
            return Contents(_text(title, LONGEST_TITLE), tuple(_item(row) for row in rows))
        case {"feeds": list(feeds)} if 0 < len(feeds) <= MOST_FEEDS:
            return Page(tuple(_link(feed) for feed in feeds))
        case {"fault": str(fault)}:
            return Fault(fault)
        case _:
            raise ValueError("It is no answer.")


def _row(item: Item) -> Sequence[str | None]:
    at = item.published_at.isoformat() if item.published_at else None
    return item.key, item.headline, item.url, at, item.publisher, item.text


def _item(row: Any) -> Item:
    key, headline, url, at, publisher, text = row if isinstance(row, list) and len(row) == 6 else [None] * 6
    return Item(
        key=_text(key, LONGEST_KEY),
        headline=_text(headline, LONGEST_HEADLINE),
        url=None if url is None else _link(url),
        published_at=None if at is None else _time(at),
        publisher=None if publisher is None else _text(publisher, LONGEST_TITLE),
        text=_text(text, LONGEST_TEXT),
    )


def _text(said: Any, longest: int) -> str:
    if not isinstance(said, str) or len(said) > longest:
        raise ValueError("It is no text of that length.")
    return said


def _link(said: Any) -> str:
    link = web_link(said) if isinstance(said, str) else None
    if link is None:
        raise ValueError("It is no link.")
    return link


def _time(said: Any) -> datetime:
    at = sensible(datetime.fromisoformat(said)) if isinstance(said, str) else None
    if at is None:
        raise ValueError("It is no time.")
    return at
