"""Feeds: how many entries of one are posted at once, when a digest comes.

Which entries are worth a post stands in bot/domain/feed_fates.py, when to look again and when to give one up in
feed_health.py, the words of filters in feed_words.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.domain.daily import next_slot
from bot.domain.feed_health import Health
from bot.domain.texts import Language, shorten
from bot.errors import UserError

MOST_FEEDS: Final = 20
"""Of a guild."""
MOST_FILTERS: Final = 15
"""Of a feed: dramas, people and words together."""
OLDEST: Final = timedelta(days=7)
"""What is older when it is first seen comes from an archive."""
MOST_AT_ONCE: Final = 10
"""Entries in one post."""
MOST_A_CHECK: Final = 2 * MOST_AT_ONCE
"""Entries that one look at a feed may bring to its channel; a feed that changes all its ids is no news."""
MOST_IN_DIGEST: Final = 30
"""Entries of one digest, newest first; the others count as left out."""
DIGEST_HOUR: Final = 9
"""When a digest comes where nothing else is chosen."""
DRAFT_KEPT: Final = timedelta(days=1)
"""So long a preview can be followed."""
TITLE_LIMIT: Final = 100
"""Characters of a feed's title that are kept."""
KEPT: Final = timedelta(days=120)
"""So long it is remembered what a feed had, after it was last in it."""


class Rhythm(StrEnum):
    """When a feed's entries are posted."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class FeedState(StrEnum):
    """`DRAFT`: previewed and not followed yet. `PAUSED` by a manager, `GIVEN_UP` after a week of failures."""

    DRAFT = "draft"
    FOLLOWED = "followed"
    PAUSED = "paused"
    GIVEN_UP = "given_up"


class Fate(StrEnum):
    """What becomes of an entry, and why."""

    POST = "post"
    KNOWN = "known"
    """It has been seen before."""
    REPEATED = "repeated"
    """Another entry has the same link."""
    OLD = "old"
    UNMATCHED = "unmatched"
    """None of the feed's filters takes it."""
    EXCLUDED = "excluded"
    """It holds a word that the feed leaves out."""
    UNLINKED = "unlinked"
    """It has no address that may be stored."""
    LEFT_OUT = "left_out"
    """There were too many at once, or it had to wait for too long."""


class Telling(StrEnum):
    """What a channel is told of its feed, besides entries."""

    WARNED = "warned"
    GIVEN_UP = "given_up"
    WELL = "well"
    """It can be read again, after the channel was told that it could not."""
    FOLLOWED = "followed"
    """Its news will come to this channel."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a feed takes: entries that name one of the dramas (ids), people (names) or words; all, where none is named.

    Entries with one of the words `without` are left out in any case.
    """

    dramas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.dramas) + len(self.people) + len(self.words) + len(self.without)

    @property
    def takes_all(self) -> bool:
        """Whether nothing has to be named."""
        return not (self.dramas or self.people or self.words)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed: its own `key` in the feed, headline, link, when it was published where it says so.

    `text` is what else the feed says of it; it is read for names and words and never stored.
    """

    key: str
    headline: str
    url: str | None
    published_at: datetime | None = None
    publisher: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sighted:
    """An item with the dramas (ids) and people (names) of the library it names, and the words of the filter in it."""

    item: Item
    dramas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """An item and what becomes of it; `because` names what it is taken for, or the words that it is left out for.

    `because` holds ids of dramas, names of people and words, as the filter has them; where the filter takes all, the
    dramas and people that the entry names. `joins` tells whether it joins the guild's library: the feed takes it and
    it names a drama or person, whether it is posted or too old for that.
    """

    sighted: Sighted
    fate: Fate
    because: tuple[str, ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is stored: what became of it, in which batch it is posted, and when it was.

    `seen_at` is when it was first seen; entries of one reading differ in it by their order. `article_id` is the number
    of the guild's own article that it became.
    """

    key: str
    fate: Fate
    headline: str
    seen_at: datetime
    url: str | None = None
    publisher: str | None = None
    because: tuple[str, ...] = ()
    published_at: datetime | None = None
    article_id: int | None = None
    batch: int | None = None
    posted_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """When it came out, as far as that is known."""
        return self.published_at or self.seen_at


@dataclass(frozen=True, slots=True)
class Owed:
    """What a channel is yet to be told of its feed; the number is its own among all that is posted for the feed."""

    telling: Telling
    number: int

    @property
    def lasts(self) -> bool:
        """Whether it is told even after the feed stood still: that its news comes, but not how reading went."""
        return self.telling is Telling.FOLLOWED


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a guild follows in a channel. `hour` is the local one at which a digest is posted."""

    id: int
    guild_id: int
    channel_id: int
    url: str
    title: str
    language: Language
    state: FeedState
    filter: Filter
    rhythm: Rhythm
    hour: int
    added_at: datetime
    health: Health = field(default_factory=Health)
    role_id: int | None = None
    etag: str | None = None
    modified: str | None = None
    checked_at: datetime | None = None
    fault: UserError | None = None
    """Why it could not be read the last time, or why nothing can be posted."""
    owed: Owed | None = None


def lasting(owed: Owed | None) -> Owed | None:
    """Return what of it a channel is still to be told after its feed stood still."""
    return owed if owed is not None and owed.lasts else None


def taken(waiting: Iterable[Entry], most: int) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Return what of `waiting` is posted, newest first, and what is left out because there are more than `most`."""
    newest_first = sorted(waiting, key=lambda entry: (entry.at, entry.seen_at), reverse=True)
    return newest_first[:most], newest_first[most:]


def dated(item: Item, now: datetime) -> Item:
    """Return the item with a date that is not to come: a feed's clock may be wrong."""
    late = item.published_at is not None and item.published_at > now
    return replace(item, published_at=now) if late else item


def titled(title: str, url: str) -> str:
    """Return what a feed is called: its own title in one line, or the name of its website where it has none."""
    return shorten(" ".join(title.split()) or urlsplit(url).hostname or url, TITLE_LIMIT)


def next_digest(rhythm: Rhythm, hour: int, zone: ZoneInfo, now: datetime) -> datetime:
    """When the next digest is due after `now`: at the hour of the guild's zone; weekly ones on Monday."""
    slot = next_slot(now, hour, zone)
    while rhythm is Rhythm.WEEKLY and slot.day.weekday() != 0:
        slot = next_slot(slot.at, hour, zone)
    return slot.at
