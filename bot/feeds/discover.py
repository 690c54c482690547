"""The feeds that a web page names."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from bot.feeds.answers import MOST_FEEDS
from bot.feeds.entries import web_link

READ: Final = 200_000
"""Characters of a page that are looked at; its head is at the beginning."""
KINDS: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)


class _Head(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._base = url
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}
        href = said.get("href", "").strip()
        if tag == "base" and href:
            self._base = _joined(self._base, href)
        if tag == "link" and "alternate" in said.get("rel", "").lower().split():
            kind = said.get("type", "").partition(";")[0].strip().lower()
            if href and kind in KINDS:
                self.found.append(_joined(self._base, href))


def feeds_of(page: str, url: str) -> Sequence[str]:
    """Return the addresses of the first feeds that the page at `url` names, fit to be stored and shown."""
    head = _Head(url)
    head.feed(page[:READ])
    links = dict.fromkeys(shown for link in head.found if (shown := web_link(link)))
    return tuple(links)[:MOST_FEEDS]


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""
