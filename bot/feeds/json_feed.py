"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.domain.feeds import Item
from bot.feeds import entries
from bot.feeds.answers import Contents, Fault
from bot.feeds.plain import one_line

VERSION: Final = "jsonfeed.org/version/1"


def json_feed(text: str, url: str) -> Contents | Fault:
    """Read a JSON Feed. An entry that cannot be read is left out."""
    try:
        feed: Any = json.loads(text)
    except (ValueError, RecursionError):
        return Fault.BROKEN if VERSION in text[:1000] else Fault.NO_FEED
    if not isinstance(feed, Mapping) or VERSION not in _text(feed, "version"):
        return Fault.NO_FEED
    listed = feed.get("items")
    if not isinstance(listed, list):
        return Fault.BROKEN
    title = one_line(_text(feed, "title"), entries.LONGEST_TITLE)
    given = [entry for entry in listed[: entries.MOST_ITEMS] if isinstance(entry, Mapping)]
    room = entries.room_for_one(len(given))
    found = [entry for entry in (_item(entry, title, url, room) for entry in given) if entry]
    return Fault.BROKEN if listed and not found else Contents(title, tuple(found))


def _item(entry: Mapping[str, Any], feed_title: str, url: str, room: int) -> Item | None:
    tags = entry.get("tags")
    words = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    plain = _text(entry, "content_text").replace("&", "&amp;").replace("<", "&lt;")
    return entries.item(
        key=_text(entry, "id"),
        title=_text(entry, "title"),
        link=_text(entry, "url") or _text(entry, "external_url"),
        text=(_text(entry, "summary"), plain, _text(entry, "content_html"), *words),
        at=_time(_text(entry, "date_published") or _text(entry, "date_modified")),
        publisher=feed_title or _author(entry),
        base=url,
        room=room,
    )


def _author(entry: Mapping[str, Any]) -> str:
    authors = entry.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else entry.get("author")
    return _text(first, "name") if isinstance(first, Mapping) else ""


def _text(entry: Mapping[str, Any], name: str) -> str:
    """Return a text of the entry; numbers, which some feeds have for ids, as they are written."""
    value = entry.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _time(text: str) -> datetime | None:
    try:
        return entries.sensible(datetime.fromisoformat(text))
    except ValueError:
        return None
