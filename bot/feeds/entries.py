"""What feeds of all kinds make of an entry: the same checks for each of them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote, urljoin

from bot.domain.feeds import Item
from bot.domain.links import checked_link
from bot.errors import LinkNotWeb, LinkTooLong
from bot.feeds.plain import LONGEST_SOURCE, one_line, text_of

MOST_ITEMS: Final = 200
LONGEST_HEADLINE: Final = 300
LONGEST_TEXT: Final = 2_000
LONGEST_TITLE: Final = 100
"""Of a feed's or publisher's name."""
LONGEST_KEY: Final = 200
MOST_TEXT: Final = 1_000_000
"""Characters of all texts of a feed together that are looked at, by its entries in equal parts."""
YEARS: Final = range(1980, 2200)
"""Others are what a clock shows that was never set."""
_UNSAFE: Final = re.compile(r"[\s<>\"\\^`{|}*~()\[\]\x7f-\xa0]")
"""What no stored address holds, and what Discord takes for formatting."""


def room_for_one(entries: int) -> int:
    """Return how many characters of the text of one of so many entries are looked at."""
    return min(LONGEST_SOURCE, MOST_TEXT // max(entries, 1))


def item(
    *, key: str, title: str, link: str, text: Iterable[str], at: datetime | None, publisher: str, base: str, room: int
) -> Item | None:
    """Return the entry, or None where it says nothing.

    `title` is plain, `text` is HTML of which `room` characters are looked at, `link` may be relative.
    """
    read = one_line(text_of(text, room), LONGEST_TEXT)
    headline = one_line(title, LONGEST_HEADLINE) or one_line(read, LONGEST_HEADLINE // 2)
    if not headline:
        return None
    url = web_link(_joined(base, link)) if link.strip() else None
    own = key.strip() or url or _hashed(f"{headline}\n{at.isoformat() if at else ''}")
    return Item(
        key=own if len(own) <= LONGEST_KEY and own.isprintable() else _hashed(own),
        headline=headline,
        url=url,
        published_at=at,
        publisher=one_line(publisher, LONGEST_TITLE) or None,
        text=read,
    )


def web_link(text: str) -> str | None:
    """Return an address as it may be stored and shown, blanks and brackets in it written in their numbers."""
    link = _UNSAFE.sub(lambda mark: quote(mark[0], safe=""), text.strip())
    try:
        return checked_link(link)
    except (LinkNotWeb, LinkTooLong):
        return None


def sensible(at: datetime) -> datetime | None:
    """Return the time in UTC, or None where no entry can be of that time."""
    try:
        time = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
    return time if time.year in YEARS else None


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, "".join(link.split("\n")).strip())
    except ValueError:
        return ""


def _hashed(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
