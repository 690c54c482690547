"""Whatever a feed holds, what is shown of it is something Discord takes, in both languages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feed_health import Health
from bot.domain.feeds import (
    MOST_AT_ONCE,
    MOST_FEEDS,
    MOST_FILTERS,
    Entry,
    Fate,
    Feed,
    FeedState,
    Filter,
    Item,
    Judged,
    Rhythm,
    Sighted,
    Telling,
)
from bot.domain.library import Drama, Person
from bot.domain.texts import Language
from bot.errors import AddressUnknown, ChannelRefused, FeedGone, PageNamesFeeds, SiteRefused
from bot.services.feed_previews import Line, Preview
from bot.services.feeds import Followed
from bot.text.catalogue import Phrases
from bot.ui import feed_previews
from bot.ui.feed_posts import MOST_MESSAGES, entries_page, linked, portions, telling_page
from bot.ui.pages import Page
from cogs.feeds import render
from tests.cogs.points import faults
from tests.cogs.world import shipped_library
from tests.services.newsroom import PHRASES

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LIBRARY = shipped_library()
LONGEST_TITLES = tuple(sorted(LIBRARY.dramas, key=lambda name: -len(LIBRARY.dramas[name].title.en)))[:MOST_FILTERS]
MARKS = "[*_~`|>#(" * 40
FEED = Feed(
    id=2**62,
    guild_id=1,
    channel_id=2**62,
    url="https://news.example/" + "x" * 480,
    title=MARKS[:100],
    language=Language.ENGLISH,
    state=FeedState.FOLLOWED,
    filter=Filter(LONGEST_TITLES[:5], tuple(LIBRARY.people)[:4], ("*" + "w" * 49, "도깨비"), ("x" * 50,) * 4),
    rhythm=Rhythm.WEEKLY,
    hour=9,
    added_at=NOW,
    health=Health(9, NOW, NOW),
    role_id=2**62,
    checked_at=NOW,
    fault=AddressUnknown(host="h" * 500),
)


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return PHRASES[request.param]


def naming(names: Sequence[str]) -> Sequence[Drama | Person | str]:
    return [LIBRARY.dramas.get(name) or LIBRARY.people.get(name) or name for name in names]


def entries(count: int, headline: str, url: str) -> list[Entry]:
    return [
        Entry(
            key=str(number),
            fate=Fate.POST,
            headline=headline,
            seen_at=NOW - timedelta(minutes=number),
            url=url,
            publisher=MARKS[:80],
            because=LONGEST_TITLES,
            article_id=10**15 + number,
        )
        for number in range(count)
    ]


HEADLINES = {"short": ("A headline", "https://n.example/1"), "longest": (MARKS[:300], "https://n.example/" + "(" * 494)}


@pytest.mark.parametrize("kind", HEADLINES)
def test_every_message_of_a_batch_fits_and_the_rest_is_counted(kind: str, phrases: Phrases) -> None:
    batch = entries(30, *HEADLINES[kind])
    parts, rest = portions(batch, FEED, naming, phrases)
    assert [entry for part in parts for entry in part] + list(rest) == batch
    assert 1 <= len(parts) <= MOST_MESSAGES
    assert all(1 <= len(part) <= MOST_AT_ONCE for part in parts)
    assert (kind == "longest") == bool(rest)
    for number, part in enumerate(parts):
        page = entries_page(part, FEED, naming, {}, phrases, first=number == 0, left_out=1_000)
        assert faults(page) == []


def test_a_batch_that_was_cut_short_is_parted_as_before(phrases: Phrases) -> None:
    batch = entries(14, *HEADLINES["longest"])
    parts, _ = portions(batch, FEED, naming, phrases)
    marked = [replace(entry, posted_at=NOW) for entry in parts[0]] + [*batch[len(parts[0]) :]]
    again, _ = portions(marked, FEED, naming, phrases)
    assert [[entry.key for entry in part] for part in again] == [[entry.key for entry in part] for part in parts]


@pytest.mark.parametrize("telling", list(Telling))
@pytest.mark.parametrize(
    "fault",
    [None, FeedGone(), SiteRefused(status=503), PageNamesFeeds(feeds="https://n.example/" * 90), ChannelRefused()],
)
def test_the_channel_can_be_told_whatever_is_wrong(telling: Telling, fault: object, phrases: Phrases) -> None:
    told = replace(FEED, fault=fault)
    assert faults(telling_page(told, telling, "Asia/Seoul", {"feed": 5}, phrases)) == []


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_the_channel_is_told_what_will_come(rhythm: Rhythm, phrases: Phrases) -> None:
    page = telling_page(
        replace(FEED, rhythm=rhythm), Telling.FOLLOWED, "America/Argentina/Buenos_Aires", {"feed": 5}, phrases
    )
    assert faults(page) == []


@pytest.mark.parametrize("state", list(FeedState))
@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_the_page_of_a_feed_with_all_its_filters_fits(state: FeedState, rhythm: Rhythm, phrases: Phrases) -> None:
    feed = replace(FEED, state=state, rhythm=rhythm)
    assert len(feed.filter) == MOST_FILTERS
    page = render.feed_page(Followed(feed, NOW), "America/Argentina/Buenos_Aires", naming, phrases, "A note.")
    assert faults(page) == []


def test_the_list_of_as_many_feeds_as_a_guild_may_have_fits_on_its_pages(phrases: Phrases) -> None:
    followed = [Followed(replace(FEED, id=number), None) for number in range(1, MOST_FEEDS + 1)]
    for number in range(-1, 6):
        page = render.feed_list(followed, number, "Asia/Seoul", naming, phrases)
        assert faults(page) == []
    assert faults(render.feed_list((), 0, "Asia/Seoul", naming, phrases)) == []


def preview(state: FeedState) -> Preview:
    """A preview that holds every fate with the longest names."""
    item = Item("1", MARKS[:300], FEED.url, NOW)
    lines = [
        Line(Judged(Sighted(item), fate, LONGEST_TITLES if fate in (Fate.POST, Fate.EXCLUDED) else ()), stored)
        for fate in (Fate.POST, Fate.KNOWN, Fate.REPEATED, Fate.OLD, Fate.UNMATCHED, Fate.EXCLUDED, Fate.UNLINKED)
        for stored in (None, Entry("1", Fate.POST, "", NOW, posted_at=NOW), Entry("1", Fate.OLD, "", NOW))
    ]
    posted = [line for line in lines if line.judged.fate is Fate.POST] * 2
    return Preview(replace(FEED, state=state), [*posted, *lines])


@pytest.mark.parametrize("state", list(FeedState))
def test_every_page_of_a_preview_fits(state: FeedState, phrases: Phrases) -> None:
    shown = preview(state)
    for number in range(len(shown.lines) // feed_previews.LINES + 2):
        assert faults(feed_previews.preview_page(shown, number, naming, phrases)) == []
    assert faults(feed_previews.preview_page(Preview(shown.feed, ()), 0, naming, phrases)) == []


def test_what_asks_for_removal_and_tells_of_it_fits(phrases: Phrases) -> None:
    pages: list[Page] = [render.removal_question(FEED, phrases), render.removed(FEED, phrases)]
    assert [faults(page) for page in pages] == [[], []]


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Goblin [Review] (2016)", r"[Goblin (Review) (2016)](https://n.example/a_%28b%29)"),
        ("Look: https://x.example/y", r"[Look: x.example/y](https://n.example/a_%28b%29)"),
        ("a](https://evil.example)", r"[a)(evil.example)](https://n.example/a_%28b%29)"),
    ],
)
def test_a_headline_can_neither_end_its_link_nor_be_one(headline: str, shown: str) -> None:
    assert linked(headline, "https://n.example/a_(b)").replace("\\", "") == shown


def test_filters_that_are_taken_away_are_read_from_the_menu_and_nothing_else_is() -> None:
    assert render.parse_dropped(["dramas:goblin", "words:a: b", "nothing:x", ""]) == Filter(("goblin",), (), ("a: b",))
