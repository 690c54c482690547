"""Ballots as they are stored, looked up, dropped and forgotten."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.polls import Option, Poll, Secrecy
from bot.domain.texts import Language, Localised
from bot.storage import ballots, polls
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLOSES = NOON + timedelta(hours=2)
ALICE, BORA, CHAN = 901000000000000001, 901000000000000002, 901000000000000003
COUPLES = 20
NOTHING = frozenset[int]()
Cast = Mapping[int, frozenset[int]]
"""Members with what they chose."""


async def add(database: Database, secrecy: Secrecy = Secrecy.ANONYMOUS) -> Poll:
    return await database.write(
        lambda connection: polls.add_poll(
            connection,
            guild_id=1,
            channel_id=2,
            creator_id=3,
            request_id=None,
            language=Language.ENGLISH,
            opened_at=NOON,
            closes_at=CLOSES,
            options=[Option(Localised(f"Couple {number}")) for number in range(COUPLES)],
            secrecy=secrecy,
            choices=COUPLES - 1,
        )
    )


async def change(database: Database, poll: Poll, before: Cast, after: Cast) -> None:
    was = {(poll.id, user_id): before.get(user_id, NOTHING) for user_id in after}
    becomes = {(poll.id, user_id): chosen for user_id, chosen in after.items()}
    await database.write(lambda connection: ballots.change_ballots(connection, was, becomes))


async def cast(database: Database, poll: Poll, votes: Cast) -> None:
    """Store ballots with their tally."""
    await change(database, poll, {}, votes)
    tally = Counter(option for chosen in votes.values() for option in chosen)
    await database.write(lambda connection: ballots.move_tally(connection, poll.id, tally, voters=len(votes)))


async def stored(database: Database, poll: Poll) -> Cast:
    listed = await database.read(lambda connection: ballots.list_voters(connection, poll.id, 0, 9_999))
    return {user_id: frozenset(chosen) for user_id, chosen in listed}


async def find(database: Database, poll: Poll) -> Poll:
    found = await database.read(lambda connection: polls.find_poll(connection, poll.id))
    assert found is not None
    return found


async def forget(database: Database, poll: Poll, limit: int, above: int) -> int | None:
    return await database.write(lambda connection: ballots.forget_ballots(connection, poll.id, limit, above))


async def test_ballots_are_found_by_poll_and_member_and_empty_for_who_has_not_voted(database: Database) -> None:
    first, second = await add(database), await add(database)
    await cast(database, first, {ALICE: frozenset({0, 7}), BORA: frozenset({2})})
    await cast(database, second, {ALICE: frozenset({19})})
    keys = [(first.id, ALICE), (second.id, ALICE), (second.id, BORA), (404, ALICE)]
    assert await database.read(lambda connection: ballots.find_ballots(connection, keys)) == {
        (first.id, ALICE): {0, 7},
        (second.id, ALICE): {19},
        (second.id, BORA): NOTHING,
        (404, ALICE): NOTHING,
    }
    assert await database.read(lambda connection: ballots.find_ballots(connection, [])) == {}


async def test_a_changed_ballot_is_stored_as_it_is_now_and_no_other_is_touched(database: Database) -> None:
    poll, other = await add(database), await add(database)
    before = {ALICE: frozenset({0, 1}), BORA: frozenset({1}), CHAN: frozenset({5})}
    for each in (poll, other):
        await change(database, each, {}, before)
    after = {ALICE: frozenset({1, 2, 3}), BORA: NOTHING}
    await change(database, poll, before, after)
    assert await stored(database, poll) == {ALICE: {1, 2, 3}, CHAN: {5}}
    assert await stored(database, other) == before


async def test_the_same_choice_of_a_member_is_never_stored_twice(database: Database) -> None:
    poll = await add(database)
    await change(database, poll, {}, {ALICE: frozenset({0})})
    with pytest.raises(IntegrityError):
        await change(database, poll, {}, {ALICE: frozenset({0, 1})})
    assert await stored(database, poll) == {ALICE: {0}}


async def test_five_hundred_members_fill_and_empty_the_largest_ballots_in_one_instant(database: Database) -> None:
    poll = await add(database)
    full = {ALICE + number: frozenset(range(COUPLES - 1)) for number in range(500)}
    await change(database, poll, {}, full)
    keys = [(poll.id, user_id) for user_id in full]
    found = await database.read(lambda connection: ballots.find_ballots(connection, keys))
    assert found == {(poll.id, user_id): chosen for user_id, chosen in full.items()}
    await change(database, poll, full, dict.fromkeys(full, NOTHING))
    assert await stored(database, poll) == {}


async def test_a_ballot_needs_its_poll(database: Database) -> None:
    before, after = {(404, ALICE): NOTHING}, {(404, ALICE): frozenset({0})}
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: ballots.change_ballots(connection, before, after))


async def test_moving_the_tally_changes_the_named_options_the_voters_and_the_version(database: Database) -> None:
    poll, other = await add(database), await add(database)
    await database.write(
        lambda connection: ballots.move_tally(connection, poll.id, Counter({0: 3, 2: 1}), voters=3, changes=4)
    )
    await database.write(
        lambda connection: ballots.move_tally(connection, poll.id, Counter({0: -1, 1: 0, 2: 1}), voters=-1)
    )
    moved = await find(database, poll)
    assert (moved.tally[:4], moved.version, moved.voters, moved.votes) == ((2, 0, 2, 0), 5, 2, 4)
    assert await find(database, other) == other


async def test_voters_are_listed_a_page_at_a_time_in_the_order_of_their_ids_with_all_they_chose(
    database: Database,
) -> None:
    poll, other = await add(database), await add(database)
    votes = {ALICE + number: frozenset({number % 5, 7}) for number in reversed(range(5))}
    await cast(database, poll, votes)
    await cast(database, other, {ALICE: frozenset({9})})
    pages = [
        await database.read(lambda connection, at=at: ballots.list_voters(connection, poll.id, at, 2))
        for at in (0, 2, 4, 6)
    ]
    assert [[user_id for user_id, _ in page] for page in pages] == [
        [ALICE, ALICE + 1],
        [ALICE + 2, ALICE + 3],
        [ALICE + 4],
        [],
    ]
    assert pages[0] == [(ALICE, (0, 7)), (ALICE + 1, (1, 7))]


async def test_voters_who_left_go_with_all_their_votes_and_are_counted_as_dropped(database: Database) -> None:
    poll, other = await add(database), await add(database)
    votes = {ALICE: frozenset({0, 1}), BORA: frozenset({1, 2, 3}), CHAN: frozenset({1})}
    for each in (poll, other):
        await cast(database, each, votes)
    await database.write(lambda connection: ballots.check_voters(connection, poll.id, [ALICE], [BORA, 404]))
    left = await find(database, poll)
    assert (left.tally[:4], left.voters, left.dropped) == ((1, 2, 0, 0), 2, 1)
    assert await stored(database, poll) == {ALICE: {0, 1}, CHAN: {1}}
    assert (await find(database, other)).tally == (1, 3, 1, 1, *[0] * (COUPLES - 4))


async def test_a_voter_is_asked_about_once(database: Database) -> None:
    poll, other = await add(database), await add(database)
    for each in (poll, other):
        await cast(database, each, {ALICE: frozenset({0, 1}), BORA: frozenset({1}), CHAN: frozenset({2})})

    async def unchecked(limit: int) -> list[int]:
        return list(await database.read(lambda connection: ballots.unchecked_voters(connection, poll.id, limit)))

    assert await unchecked(2) == [ALICE, BORA]
    await database.write(lambda connection: ballots.check_voters(connection, poll.id, [ALICE], [BORA]))
    assert await unchecked(2) == [CHAN]
    await database.write(lambda connection: ballots.check_voters(connection, poll.id, [CHAN], []))
    assert await unchecked(2) == []
    assert len(await database.read(lambda connection: ballots.unchecked_voters(connection, other.id, 9))) == 3


async def test_the_ballots_of_a_closed_secret_poll_are_forgotten_some_at_a_time(database: Database) -> None:
    for secrecy in (Secrecy.ANONYMOUS, Secrecy.HIDDEN):
        poll, other = await add(database, secrecy), await add(database, secrecy)
        votes = {ALICE + number: frozenset({number % 3, 5}) for number in range(25)}
        for each in (poll, other):
            await cast(database, each, votes)
            await database.write(lambda connection, each=each: polls.close_poll(connection, each.id, CLOSES))
        assert await forget(database, poll, 19, 0) == ALICE + 9  # two votes each: the tenth member's second goes too
        assert set(await stored(database, poll)) == set(range(ALICE + 10, ALICE + 25))
        assert await forget(database, poll, 19, ALICE + 9) == ALICE + 19
        assert await forget(database, poll, 19, ALICE + 19) == ALICE + 24
        assert await forget(database, poll, 19, ALICE + 24) is None
        assert (await find(database, poll)).tally == (await find(database, other)).tally
        assert await stored(database, poll) == {}
        assert await stored(database, other) == votes


async def test_the_ballots_of_an_open_poll_and_of_a_public_one_are_kept(database: Database) -> None:
    still_open, public = await add(database), await add(database, Secrecy.PUBLIC)
    votes = {ALICE: frozenset({0, 1}), BORA: frozenset({1})}
    for each in (still_open, public):
        await cast(database, each, votes)
    await database.write(lambda connection: polls.close_poll(connection, public.id, CLOSES))
    for each in (still_open, public):
        assert await forget(database, each, 99, 0) is None
        assert await stored(database, each) == votes
