"""What a website's answer is: a feed of one kind or another, a page that names feeds, or nothing of use.

All of this runs in a process of its own (bot/beside/), which is given so much time and memory and no more.
"""

import io
import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import struct_time
from typing import Any, Final

from bot.domain.feeds import Item
from bot.feeds import entries
from bot.feeds.answers import Answer, Contents, Fault, Page, Understood, written
from bot.feeds.charset import decoded
from bot.feeds.discover import feeds_of
from bot.feeds.json_feed import json_feed
from bot.feeds.plain import one_line, without_markup
from bot.feeds.unpack import NotPacked, unpacked

ROOTS: Final = frozenset({"rss", "rdf", "feed", "channel"})
"""What the outermost element of a feed is called, whatever stands before the colon."""
SEOUL: Final = timedelta(hours=9)
"""What feedparser does not know "KST" to be."""
_NO_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_BEGIN: Final = re.compile(r"<\?xml\s|<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>]", re.IGNORECASE)
_ROOT: Final = re.compile(r"<((?:[\w.-]+:)?(?:rss|rdf|feed|channel))[\s>]", re.IGNORECASE)
_CLOSE: Final = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_ELEMENT: Final = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def read(answer: Answer) -> bytes:
    """Return what the answer is, as it goes back to the bot."""
    return written(understand(answer))


def understand(answer: Answer) -> Understood:
    """Return what the answer is."""
    try:
        body, more = unpacked(answer.body, answer.packing, answer.limit)
    except NotPacked:
        return Fault.BROKEN
    text = decoded(body, answer.kind).lstrip("\ufeff\0 \t\r\n")
    root = root_of(text)
    if root == "html" or ("html" in answer.kind.lower() and root not in ROOTS and not text.startswith("{")):
        feeds = feeds_of(text, answer.url)
        return Page(feeds) if feeds else Fault.NO_FEED
    if answer.cut or more:
        return Fault.TOO_BIG
    if text.startswith("{"):
        return json_feed(text, answer.url)
    if root not in ROOTS:
        begins = _BEGIN.search(text[:4000])  # behind what a faulty page writes first
        if not begins or root_of(text[begins.start() :]) not in ROOTS:
            return Fault.NO_FEED
        text = text[begins.start() :]
    return xml_feed(text, answer.url)


def root_of(text: str) -> str:
    """Return the name of the outermost element in small letters; "" where the text does not begin with one."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith("<?", at):
            end = text.find("?>", at) + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at) + 3
        elif text[at : at + 9].lower() == "<!doctype":
            if text[at + 9 : at + 20].strip().lower().startswith("html"):
                return "html"
            inner, close = text.find("[", at), text.find(">", at)
            end = text.find("]>", at) + 2 if -1 < inner < close else close + 1
        else:
            name = _ELEMENT.match(text, at)
            return name[2].lower() if name else ""
        if end <= at:
            return ""
        at = end


def xml_feed(text: str, url: str) -> Understood:
    """Read RSS, RDF or Atom. An entry that cannot be read is left out."""
    import feedparser  # here, so that only the process that reads ever holds it

    # Always a stream: what is a text might be taken for an address or a path, and opened.
    parsed: Any = feedparser.parse(
        io.BytesIO(_NO_XML.sub("", shortened(text)).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,  # and
        sanitize_html=False,  # both slow, and for HTML that is shown; here the tags are taken away
    )
    atom = str(parsed.version).startswith("atom")
    title = one_line(_title(parsed.feed, atom), entries.LONGEST_TITLE)
    given = parsed.entries[: entries.MOST_ITEMS]
    room = entries.room_for_one(len(given))
    found = [entry for entry in (_item(entry, title, atom, url, room) for entry in given) if entry]
    if not found and (parsed.entries or parsed.bozo or not parsed.version):
        return Fault.BROKEN
    return Contents(title, tuple(found))


def shortened(text: str) -> str:
    """Return a feed without what comes after as many entries as are taken: feedparser reads 3,000 of them a second."""
    root = _ROOT.search(text)
    last = next(islice(_CLOSE.finditer(text), entries.MOST_ITEMS, None), None)
    if not root or not last:
        return text
    return text[: last.end()] + ("</channel>" if root[1].lower() == "rss" else "") + f"</{root[1]}>"


def _item(entry: Any, feed_title: str, atom: bool, url: str, room: int) -> Item | None:
    source = entry.get("source") or {}
    author = (entry.get("author_detail") or {}).get("href") or ""
    tags = [tag.get("label") or tag.get("term") or "" for tag in entry.get("tags") or ()]
    return entries.item(
        key=str(entry.get("id") or ""),
        title=_title(entry, atom),
        link=_link(entry),
        text=(entry.get("summary") or "", *(part.get("value") or "" for part in entry.get("content") or ()), *tags),
        at=_time(entry),
        publisher=without_markup(str(source.get("title") or entry.get("publisher") or feed_title or _site(author))),
        base=url,
        room=room,
    )


def _title(said: Any, atom: bool) -> str:
    title = str(said.get("title") or "")
    kind = (said.get("title_detail") or {}).get("type")
    # Only Atom says whether a title is HTML; elsewhere it is meant so more often than not.
    return title if atom and kind == "text/plain" else without_markup(title)


def _link(entry: Any) -> str:
    link = entry.get("link") or ""
    if not link and str(entry.get("id") or "").startswith(("http://", "https://")):
        return str(entry.id)
    return str(link)


def _site(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].removeprefix("www.")


def _time(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        said = dict.get(entry, name)  # feedparser's own way warns where one stands in for another
        if isinstance(said, struct_time):
            date = str(dict.get(entry, name.removesuffix("_parsed")) or "")
            ahead = SEOUL if date.rstrip().endswith("KST") else timedelta()
            try:
                return entries.sensible(datetime(*said[:5], min(said[5], 59), tzinfo=UTC) - ahead)
            except (ValueError, OverflowError):
                continue
    return None
