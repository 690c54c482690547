"""Which entries of a feed are posted, how many at once, and when a digest comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, strategies as st

from bot.domain.feed_fates import judge
from bot.domain.feeds import (
    OLDEST,
    Entry,
    Fate,
    Filter,
    Item,
    Judged,
    Rhythm,
    Sighted,
    dated,
    next_digest,
    taken,
    titled,
)
from bot.domain.links import link_key

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")
ZONES = [ZoneInfo(name) for name in sorted(available_timezones() - {"Factory", "localtime", "posixrules"})]
DRAMAS, PEOPLE, WORDS = ("goblin", "signal", "vincenzo"), ("Gong Yoo", "Song Joong-ki"), ("wedding", "재방송")
EVERYTHING = Filter()


def entry(key: str = "1", url: str | None = "https://news.example/1", **changes: object) -> Sighted:
    """An entry that names what is given."""
    item_changes = {name: changes.pop(name) for name in ("published_at",) if name in changes}
    return replace(Sighted(replace(Item(key, f"Headline {key}", url), **item_changes)), **changes)


def fates(judged: list[Judged] | tuple[Judged, ...]) -> list[Fate]:
    return [one.fate for one in judged]


def judged(*entries: Sighted, wanted: Filter = EVERYTHING, known: tuple[str, ...] = (), links: tuple[str, ...] = ()):
    return list(judge(entries, wanted, known, links, NOW))


def some(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True).map(tuple)


filters = st.builds(Filter, some(DRAMAS), some(PEOPLE), some(WORDS), some(("recap",)))
dates = st.none() | st.integers(-20, 20).map(lambda days: NOW + timedelta(days=days))
links = st.none() | st.integers(1, 6).map(lambda number: f"https://news.example/{number}")
items = st.builds(Item, st.integers(1, 8).map(str), st.just("Headline"), links, dates)
sightings = st.lists(st.builds(Sighted, items, some(DRAMAS), some(PEOPLE), some(WORDS), some(("recap",))), max_size=12)


@given(sightings, filters, st.frozensets(st.integers(1, 8).map(str)))
def test_of_every_reading_an_id_and_a_link_are_posted_at_most_once_and_nothing_known_again(
    seen: list[Sighted], wanted: Filter, known: frozenset[str]
) -> None:
    found = judge(seen, wanted, known, (), NOW)
    assert [one.sighted for one in found] == seen
    posted = [one.sighted.item for one in found if one.fate is Fate.POST]
    assert len({item.key for item in posted}) == len(posted)
    assert len({link_key(item.url or "") for item in posted}) == len(posted)
    assert known.isdisjoint(item.key for item in posted)


@given(sightings, filters)
def test_what_is_posted_is_linked_new_enough_and_named_by_the_filter(seen: list[Sighted], wanted: Filter) -> None:
    for one in judge(seen, wanted, (), (), NOW):
        if one.fate is Fate.POST:
            item = one.sighted.item
            assert item.url is not None
            assert item.published_at is None or item.published_at >= NOW - OLDEST
            assert {*wanted.without}.isdisjoint(one.sighted.without)
            assert wanted.takes_all or one.because
            allowed = {*wanted.dramas, *wanted.people, *wanted.words}
            assert wanted.takes_all or {*one.because} <= allowed


@given(sightings, filters)
def test_a_second_reading_of_the_same_feed_posts_nothing(seen: list[Sighted], wanted: Filter) -> None:
    first = judge(seen, wanted, (), (), NOW)
    keys = {one.sighted.item.key for one in first}
    assert {one.fate for one in judge(seen, wanted, keys, (), NOW)} <= {Fate.KNOWN}


@given(sightings, filters)
def test_ids_that_all_change_while_the_links_stay_post_nothing_again(seen: list[Sighted], wanted: Filter) -> None:
    first = judge(seen, wanted, (), (), NOW)
    posted = {link_key(one.sighted.item.url or "") for one in first if one.fate is Fate.POST}
    renamed = [replace(one, item=replace(one.item, key=f"new {place}")) for place, one in enumerate(seen)]
    again = judge(renamed, wanted, {one.item.key for one in seen}, posted, NOW)
    assert not [one for one in again if one.fate is Fate.POST and link_key(one.sighted.item.url or "") in posted]


def test_a_filter_takes_what_names_any_of_its_dramas_people_or_words() -> None:
    wanted = Filter(("goblin",), ("Gong Yoo",), ("wedding",))
    by_drama = entry("1", "https://a.example/1", dramas=("signal", "goblin"))
    by_person = entry("2", "https://a.example/2", people=("Gong Yoo",))
    by_word = entry("3", "https://a.example/3", words=("wedding",))
    nothing = entry("4", "https://a.example/4", dramas=("signal",))
    found = judged(by_drama, by_person, by_word, nothing, wanted=wanted)
    assert fates(found) == [Fate.POST, Fate.POST, Fate.POST, Fate.UNMATCHED]
    assert [one.because for one in found] == [("goblin",), ("Gong Yoo",), ("wedding",), ()]


def test_without_a_filter_everything_is_taken_and_says_what_it_names() -> None:
    (named, nameless) = judged(
        entry("1", "https://a.example/1", dramas=("goblin",), people=("Gong Yoo",)), entry("2", "https://a.example/2")
    )
    assert (named.fate, named.because) == (Fate.POST, ("goblin", "Gong Yoo"))
    assert (nameless.fate, nameless.because) == (Fate.POST, ())


def test_a_word_that_is_left_out_goes_before_everything_that_is_wanted() -> None:
    (found,) = judged(entry(dramas=("goblin",), without=("recap",)), wanted=Filter(("goblin",), without=("recap",)))
    assert (found.fate, found.because) == (Fate.EXCLUDED, ("recap",))


@pytest.mark.parametrize(
    ("age", "fate"),
    [(OLDEST, Fate.POST), (OLDEST + timedelta(seconds=1), Fate.OLD), (timedelta(days=-400), Fate.POST)],
)
def test_what_is_older_than_a_week_when_it_is_first_seen_is_not_posted(age: timedelta, fate: Fate) -> None:
    assert fates(judged(entry(published_at=NOW - age))) == [fate]


def test_an_entry_without_a_date_is_new() -> None:
    assert fates(judged(entry())) == [Fate.POST]


def test_an_entry_without_a_link_is_not_posted() -> None:
    assert fates(judged(entry(url=None))) == [Fate.UNLINKED]


def test_a_link_counts_as_the_same_whatever_it_is_tracked_with() -> None:
    tracked = entry("2", "http://www.news.example/1/?utm_source=feed#top")
    assert fates(judged(entry("1"), tracked)) == [Fate.POST, Fate.REPEATED]


def test_an_entry_that_was_not_taken_does_not_stand_in_the_way_of_the_corrected_one() -> None:
    corrected = entry("2", dramas=("goblin",))
    assert fates(judged(entry("1"), corrected, wanted=Filter(("goblin",)))) == [Fate.UNMATCHED, Fate.POST]


@given(sightings, filters, st.frozensets(st.integers(1, 6).map(lambda number: f"news.example/{number}")))
def test_what_joins_is_taken_and_names_somebody_and_no_old_link_joins_twice(
    seen: list[Sighted], wanted: Filter, old: frozenset[str]
) -> None:
    found = judge(seen, wanted, (), (), NOW, old)
    for one in found:
        names = bool(one.sighted.dramas or one.sighted.people)
        assert one.joins == (one.fate in (Fate.POST, Fate.OLD) and names)
    aged = [link_key(one.sighted.item.url or "") for one in found if one.fate is Fate.OLD]
    assert len({*aged}) == len(aged)
    assert old.isdisjoint(aged)


def test_an_old_entry_of_an_old_link_is_repeated_and_a_new_one_of_it_is_news() -> None:
    aged = entry("1", published_at=NOW - 2 * OLDEST)
    fresh = entry("2", dramas=("goblin",))
    found = judge([aged, fresh], EVERYTHING, (), (), NOW, ["news.example/1"])
    assert [(one.fate, one.joins) for one in found] == [(Fate.REPEATED, False), (Fate.POST, True)]


def test_a_date_to_come_becomes_now_and_any_other_stays() -> None:
    item = Item("1", "Headline", None, NOW + timedelta(days=3_000))
    assert dated(item, NOW).published_at == NOW
    assert dated(replace(item, published_at=NOW), NOW).published_at == NOW
    assert dated(replace(item, published_at=None), NOW).published_at is None
    assert dated(replace(item, published_at=NOW - timedelta(days=1)), NOW).published_at == NOW - timedelta(days=1)


@given(st.lists(st.tuples(st.integers(0, 50), dates), max_size=40), st.integers(0, 30))
def test_the_newest_are_posted_and_all_others_left_out(ages: list[tuple[int, datetime | None]], most: int) -> None:
    waiting = [
        Entry(str(place), Fate.POST, "", NOW - timedelta(hours=hours), published_at=date)
        for place, (hours, date) in enumerate(ages)
    ]
    chosen, left_out = taken(waiting, most)
    assert len(chosen) == min(most, len(waiting))
    assert sorted(one.key for one in (*chosen, *left_out)) == sorted(one.key for one in waiting)
    assert [one.at for one in (*chosen, *left_out)] == sorted((one.at for one in waiting), reverse=True)


@given(
    st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2037-12-20")).map(
        lambda wall: wall.replace(tzinfo=UTC)
    ),
    st.integers(0, 23),
    st.sampled_from(ZONES),
)
@example(datetime(2011, 12, 27, tzinfo=UTC), 9, ZoneInfo("Pacific/Apia"))
def test_digests_come_after_now_the_daily_within_two_days_and_the_weekly_on_a_monday(
    now: datetime, hour: int, zone: ZoneInfo
) -> None:
    daily = next_digest(Rhythm.DAILY, hour, zone, now)
    weekly = next_digest(Rhythm.WEEKLY, hour, zone, now)
    assert now < daily <= now + timedelta(days=2, hours=2)
    assert daily <= weekly <= now + timedelta(days=8, hours=2)
    after = next_digest(Rhythm.WEEKLY, hour, zone, weekly)
    assert timedelta(days=5, hours=21) < after - weekly < timedelta(days=8)


def test_a_digest_keeps_its_local_hour_when_the_clocks_change() -> None:
    new_york = ZoneInfo("America/New_York")
    before = next_digest(Rhythm.DAILY, 9, new_york, datetime(2026, 10, 31, 12, tzinfo=UTC))
    after = next_digest(Rhythm.DAILY, 9, new_york, before)
    assert [moment.astimezone(new_york).hour for moment in (before, after)] == [9, 9]
    assert after - before == timedelta(hours=25)


def test_a_weekly_digest_comes_on_the_guilds_own_monday() -> None:
    monday_there = next_digest(Rhythm.WEEKLY, 6, SEOUL, datetime(2026, 5, 2, 12, tzinfo=UTC))
    assert monday_there == datetime(2026, 5, 3, 21, tzinfo=UTC)
    assert next_digest(Rhythm.WEEKLY, 6, SEOUL, monday_there) == monday_there + timedelta(days=7)


def test_a_feed_without_a_title_is_called_like_its_website() -> None:
    assert titled("  K-drama \n news ", "https://news.example/feed") == "K-drama news"
    assert titled(" ", "https://news.example/feed") == "news.example"
    assert len(titled("x" * 400, "https://news.example/feed")) == 100
