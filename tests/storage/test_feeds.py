from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.feed_health import Health
from bot.domain.feeds import Entry, Fate, Feed, FeedState, Filter, Owed, Rhythm, Telling
from bot.domain.texts import Language
from bot.errors import FeedUnreadable, SiteRefused
from bot.storage import feed_items, feeds, jobs
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GUILD = 845001112223334445


async def add(database: Database, guild_id: int = GUILD, *, now: datetime = NOON, **changes: Any) -> Feed:
    """Store a feed; a followed one unless it is said otherwise."""
    made = await database.write(
        lambda connection: feeds.add_feed(
            connection,
            guild_id=guild_id,
            channel_id=7,
            url="https://news.example/feed",
            title="뉴스",
            language=Language.KOREAN,
            wanted=Filter(("goblin",), ("Gong Yoo",), ("도깨비",), ("recap",)),
            rhythm=Rhythm.AT_ONCE,
            hour=9,
            role_id=None,
            adder_id=5,
            now=now,
        )
    )
    changed = replace(made, **{"state": FeedState.FOLLOWED, **changes})
    await database.write(lambda connection: feeds.save_feed(connection, changed))
    return changed


async def get(database: Database, feed_id: int, guild_id: int | None = None) -> Feed | None:
    return await database.read(lambda connection: feeds.find_feed(connection, feed_id, guild_id))


def entry(key: str, fate: Fate = Fate.POST, **changes: Any) -> Entry:
    return Entry(key, fate, f"Headline {key}", NOON, url=f"https://news.example/{key}", because=("도깨비",), **changes)


async def store(database: Database, feed_id: int, *entries: Entry, now: datetime = NOON) -> None:
    await database.write(lambda connection: feed_items.add_items(connection, feed_id, entries, now))


async def found(database: Database, feed_id: int, *keys: str) -> dict[str, Entry]:
    return dict(await database.read(lambda connection: feed_items.find_items(connection, feed_id, keys)))


async def test_a_feed_is_stored_with_all_that_is_known_of_it(database: Database) -> None:
    feed = await add(
        database,
        health=Health(3, NOON, NOON + HOUR),
        fault=SiteRefused(status=503),
        owed=Owed(Telling.WARNED, 4),
        etag='"x"',
        modified="yesterday",
        checked_at=NOON,
        role_id=99,
        rhythm=Rhythm.WEEKLY,
        hour=23,
    )
    stored = await get(database, feed.id)
    assert stored is not None
    assert (type(stored.fault), stored.fault and stored.fault.values) == (SiteRefused, {"status": 503})
    assert replace(stored, fault=None) == replace(feed, fault=None)


async def test_a_fault_of_a_version_that_called_it_otherwise_is_one_without_a_name(database: Database) -> None:
    class Unheard(FeedUnreadable):
        """Known to nobody else."""

    feed = await add(database, fault=Unheard())
    stored = await get(database, feed.id)
    assert stored is not None
    assert type(stored.fault) is FeedUnreadable


async def test_a_feed_of_another_guild_is_not_there(database: Database) -> None:
    feed = await add(database)
    assert await get(database, feed.id, GUILD) == feed
    assert await get(database, feed.id, GUILD + 1) is None
    assert await database.read(lambda connection: feeds.list_feeds(connection, GUILD + 1)) == []


async def test_drafts_are_listed_nowhere_and_removed_when_they_are_old(database: Database) -> None:
    draft = await add(database, state=FeedState.DRAFT)
    feed = await add(database)
    assert await database.read(lambda connection: feeds.list_feeds(connection, GUILD)) == [feed]
    await database.write(lambda connection: feeds.remove_drafts(connection, NOON))
    assert await get(database, draft.id) == draft
    await database.write(lambda connection: feeds.remove_drafts(connection, NOON + HOUR))
    assert await get(database, draft.id) is None
    assert await get(database, feed.id) == feed


async def test_the_number_of_a_removed_feed_does_not_come_back_and_numbers_follow_the_clock(
    database: Database,
) -> None:
    first, second = await add(database), await add(database)
    assert second.id > first.id
    await database.write(lambda connection: feeds.remove_feed(connection, second.id))
    third = await add(database, now=NOON + timedelta(seconds=1))
    assert third.id > second.id
    assert len(f"f{third.id}.999999.9") <= 25


async def test_no_number_of_what_is_posted_comes_twice(database: Database) -> None:
    feed = await add(database)
    numbers = [await database.write(lambda connection: feeds.next_number(connection, feed.id)) for _again in range(3)]
    assert numbers == [1, 2, 3]
    await database.write(lambda connection: feeds.save_feed(connection, feed))
    assert await database.write(lambda connection: feeds.next_number(connection, feed.id)) == 4


async def test_an_entry_is_stored_once_as_it_was_first_seen(database: Database) -> None:
    feed = await add(database)
    await store(database, feed.id, entry("1"), entry("1", Fate.OLD), entry("2", Fate.KNOWN, published_at=NOON))
    await store(database, feed.id, entry("2", Fate.POST))
    assert await found(database, feed.id, "1", "2", "3") == {
        "1": entry("1"),
        "2": entry("2", Fate.KNOWN, published_at=NOON),
    }


async def test_nothing_is_stored_of_no_entries(database: Database) -> None:
    feed = await add(database)
    await store(database, feed.id)
    assert await found(database, feed.id) == {}


async def test_links_are_known_of_what_was_posted_there_before_or_left_out(database: Database) -> None:
    feed, other = await add(database), await add(database)
    fates = dict(zip("12345", (Fate.POST, Fate.KNOWN, Fate.LEFT_OUT, Fate.UNMATCHED, Fate.OLD), strict=True))
    await store(database, feed.id, *(entry(key, fate) for key, fate in fates.items()))
    links = [f"news.example/{key}" for key in "123456"]
    known = await database.read(lambda connection: feed_items.known_links(connection, [feed.id], links))
    assert known == {"news.example/1", "news.example/2", "news.example/3"}
    assert await database.read(lambda connection: feed_items.known_links(connection, [other.id], links)) == frozenset()


async def test_links_of_entries_that_were_too_old_are_known_by_themselves(database: Database) -> None:
    feed, other = await add(database), await add(database)
    await store(database, feed.id, entry("1", Fate.OLD), entry("2"), entry("3", Fate.KNOWN))
    links = [f"news.example/{key}" for key in "123"]
    known = await database.read(lambda connection: feed_items.old_links(connection, {feed.id, other.id}, links))
    assert known == {"news.example/1"}
    assert await database.read(lambda connection: feed_items.old_links(connection, {other.id}, links)) == frozenset()


async def test_entries_are_forgotten_by_when_they_were_last_seen(database: Database) -> None:
    feed, other = await add(database), await add(database)
    for feed_id in (feed.id, other.id):
        await store(database, feed_id, entry("1"), entry("2"))
    await database.write(lambda connection: feed_items.see_again(connection, feed.id, ["2", "3"], NOON + DAY))
    await database.write(lambda connection: feed_items.forget_items(connection, feed.id, NOON + HOUR))
    assert [*await found(database, feed.id, "1", "2")] == ["2"]
    assert [*await found(database, other.id, "1", "2")] == ["1", "2"]


async def test_what_waits_goes_into_a_batch_and_what_is_posted_out_of_it(database: Database) -> None:
    feed = await add(database)
    await store(database, feed.id, *(entry(key) for key in "123"), entry("4", Fate.OLD))

    async def keys(of: Any) -> set[str]:
        return {one.key for one in await database.read(lambda connection: of(connection, feed.id))}

    assert (await keys(feed_items.list_waiting), await keys(feed_items.list_unposted)) == ({*"123"}, set())
    for chosen, fate in (("12", Fate.POST), ("3", Fate.LEFT_OUT)):
        await database.write(
            lambda connection, chosen=chosen, fate=fate: feed_items.put_in_batch(
                connection, feed.id, [*chosen], 8, fate
            )
        )
    assert (await keys(feed_items.list_waiting), await keys(feed_items.list_unposted)) == (set(), {*"123"})
    await database.write(lambda connection: feed_items.note_posted(connection, feed.id, ["1"], NOON))
    assert await keys(feed_items.list_unposted) == {*"123"}
    await database.write(lambda connection: feed_items.note_posted(connection, feed.id, ["1", "2"], NOON + HOUR))
    assert await keys(feed_items.list_unposted) == set()
    posted = await found(database, feed.id, "1", "2", "3")
    assert [posted[key].posted_at for key in "123"] == [NOON, NOON + HOUR, None]
    newest = await database.read(lambda connection: feed_items.last_posted(connection, [feed.id, 1]))
    assert dict(newest) == {feed.id: NOON + HOUR}


async def test_what_stands_in_the_channel_is_not_left_out_any_more(database: Database) -> None:
    feed = await add(database)
    await store(database, feed.id, entry("1"))
    await database.write(lambda connection: feed_items.note_posted(connection, feed.id, ["1"], NOON))
    await database.write(lambda connection: feed_items.put_in_batch(connection, feed.id, ["1"], None, Fate.LEFT_OUT))
    assert (await found(database, feed.id, "1"))["1"].fate is Fate.POST


async def test_what_was_seen_in_a_feed_goes_with_it(database: Database) -> None:
    feed = await add(database)
    await store(database, feed.id, entry("1"))
    await database.write(lambda connection: feeds.remove_feed(connection, feed.id))
    assert await found(database, feed.id, "1") == {}


@pytest.mark.parametrize(
    ("rhythm", "check", "digest", "missing"),
    [
        (Rhythm.AT_ONCE, HOUR, None, False),
        (Rhythm.AT_ONCE, None, None, True),
        (Rhythm.AT_ONCE, 9 * DAY, None, True),
        (Rhythm.DAILY, HOUR, DAY, False),
        (Rhythm.DAILY, HOUR, None, True),
        (Rhythm.WEEKLY, HOUR, 9 * DAY, True),
    ],
)
async def test_a_feed_that_nobody_will_look_at_is_found(
    database: Database, rhythm: Rhythm, check: timedelta | None, digest: timedelta | None, missing: bool
) -> None:
    feed = await add(database, rhythm=rhythm)
    await add(database, state=FeedState.PAUSED)
    for kind, length in (("check", check), ("digest", digest)):
        if length is not None:
            await database.write(
                lambda connection, kind=kind, length=length: jobs.add_job(connection, kind, feed.id, NOON + length)
            )
    unarranged = await database.read(
        lambda connection: feeds.list_unarranged(connection, "check", NOON + DAY, "digest", NOON + 8 * DAY)
    )
    assert unarranged == ([feed] if missing else [])


async def test_jobs_are_claimed_by_kind_and_without_kinds(database: Database) -> None:
    for subject, kind in enumerate(("feed", "feed", "game")):
        await database.write(
            lambda connection, subject=subject, kind=kind: jobs.add_job(connection, kind, subject, NOON)
        )
    others = await database.write(lambda connection: jobs.claim_jobs(connection, "me", NOON, without={"feed": 1}))
    assert [job.kind for job in others] == ["game"]
    one = await database.write(lambda connection: jobs.claim_jobs(connection, "me", NOON, 1, kind="feed"))
    assert [job.subject for job in one] == [0]
    assert await database.read(jobs.next_due) == NOON
    due = await database.read(lambda connection: jobs.next_due(connection, ["feed"]))
    assert due is not None
    assert due > NOON
