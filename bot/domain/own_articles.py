"""A guild's own articles: what a manager writes down of one, and what is kept of it. Never an article's text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.library import Article
from bot.domain.links import checked_link
from bot.domain.texts import Localised
from bot.errors import (
    DateUnclear,
    HeadlineTooLong,
    LinkNotWeb,
    LinkTooLong,
    NoHeadline,
    PublisherTooLong,
    SummaryTooLong,
    UserError,
)

OWN: Final = "own/"
"""Begins the id of a guild's own article, as "own/17"; no shipped one holds a slash."""
MOST_ARTICLES: Final = 5_000
"""Of a guild."""
MOST_FED: Final = 4_000
"""Of these, articles that feeds have brought: a feed that brings without an end leaves room for managers."""
HEADLINE_LIMIT: Final = 300
PUBLISHER_LIMIT: Final = 80
SUMMARY_LIMIT: Final = 900
MOST_DRAMAS: Final = 6
MOST_PEOPLE: Final = 12

_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


class Change(StrEnum):
    """What has happened to a guild's own library."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    IMPORTED = "imported"
    FED = "fed"
    """A feed brought it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written down of an article. `date` is as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""

    headline: str
    publisher: str
    date: str | None = None
    url: str | None = None
    summary: str | None = None
    dramas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnArticle:
    """A guild's own article, as it is stored. Who added it is None where a feed did, or the member asked for it."""

    id: int
    guild_id: int
    written: Written
    added_at: datetime
    adder_id: int | None = None
    edited_at: datetime | None = None
    editor_id: int | None = None
    feed_id: int | None = None

    @property
    def article(self) -> Article:
        """The article as the library knows one."""
        written = self.written
        return Article(
            id=f"{OWN}{self.id}",
            headline=Localised(written.headline),
            summary=Localised(written.summary) if written.summary else None,
            publisher=written.publisher,
            date=written.date,
            url=written.url,
            dramas=written.dramas,
            people=written.people,
        )


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """A line of the history: who did what to which article, or to how many, when."""

    kind: Change
    headline: str
    count: int
    changed_at: datetime
    user_id: int | None = None
    article_id: int | None = None


def past_of(stored: OwnArticle) -> Sequence[LibraryChange]:
    """Return what has happened to an article, the last first, as far as it tells by itself."""
    brought, headline = Change.ADDED if stored.feed_id is None else Change.FED, stored.written.headline
    lines = [LibraryChange(brought, headline, 1, stored.added_at, stored.adder_id, stored.id)]
    if stored.edited_at is not None:
        lines.insert(0, LibraryChange(Change.EDITED, headline, 1, stored.edited_at, stored.editor_id, stored.id))
    return lines


def own_number(article_id: str) -> int | None:
    """Return the number of a guild's own article, None where the id is that of a shipped one, or none at all."""
    number = article_id.removeprefix(OWN)
    mine = article_id.startswith(OWN) and number.isascii() and number.isdecimal() and len(number) < 19
    return int(number) if mine else None


def checked(written: Written, today: date) -> Written:
    """Return it with single spaces and an address that may be stored; `today` is the day where it is latest.

    Raises:
        NoHeadline: headline or publisher is empty.
        HeadlineTooLong, PublisherTooLong, SummaryTooLong: one of its texts is.
        DateUnclear: the date is none, or after `today`.
        LinkNotWeb, LinkTooLong: the address is none that may be stored.
    """
    clean, refusals = examined(written, today)
    for refusal in refusals.values():
        raise refusal
    return clean


def examined(written: Written, today: date) -> tuple[Written, Mapping[str, UserError]]:
    """Return it as `checked` does, and what is wrong with each of its fields, by name; a wrong date or address is None.

    `today` is the day where it is latest.
    """
    refusals: dict[str, UserError] = {}
    headline, publisher = _one_line(written.headline), _one_line(written.publisher)
    summary = _one_line(written.summary or "")
    for name, text, limit, too_long in (
        ("headline", headline, HEADLINE_LIMIT, HeadlineTooLong),
        ("publisher", publisher, PUBLISHER_LIMIT, PublisherTooLong),
        ("summary", summary, SUMMARY_LIMIT, SummaryTooLong),
    ):
        if len(text) > limit:
            refusals[name] = too_long(limit=limit)
        elif not text and name != "summary":
            refusals[name] = NoHeadline()
    day = link = None
    try:
        day = checked_date(written.date or "", today)
    except DateUnclear as refusal:
        refusals["date"] = refusal
    try:
        link = checked_link(written.url) if written.url and not written.url.isspace() else None
    except (LinkNotWeb, LinkTooLong) as refusal:
        refusals["url"] = refusal
    dramas = tuple(dict.fromkeys(written.dramas))[:MOST_DRAMAS]
    people = tuple(dict.fromkeys(written.people))[:MOST_PEOPLE]
    return Written(headline, publisher, day, link, summary or None, dramas, people), refusals


def latest_day(now: datetime) -> date:
    """Return the day that it is now where it is latest (UTC+14): for somebody on earth it is today."""
    return (now + timedelta(hours=14)).date()


def checked_date(text: str, today: date) -> str | None:
    """Return a date as exact as it was written; None where nothing was.

    Raises:
        DateUnclear: it is none of the calendar, or after `today`.
    """
    written = text.strip().rstrip(".").replace(".", "-").replace("/", "-").replace(" ", "")
    if not written:
        return None
    year, *rest = written.split("-")
    written = "-".join([year, *(part.zfill(2) for part in rest)])
    if not _DATE.fullmatch(written) or written > today.isoformat():
        raise DateUnclear
    if len(rest) == 2:
        try:
            date.fromisoformat(written)
        except ValueError as error:
            raise DateUnclear from error
    return written


def _one_line(text: str) -> str:
    """Return a text composed (NFC), with single spaces and without control characters, which no database takes."""
    shown = (mark for mark in text if mark.isspace() or unicodedata.category(mark) not in ("Cc", "Cs"))
    return " ".join(unicodedata.normalize("NFC", "".join(shown)).split())
