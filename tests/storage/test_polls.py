from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.polls import Option, Poll
from bot.domain.texts import Language, Localised
from bot.storage import polls
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLOSES = NOON + timedelta(hours=2)
GUILD, CHANNEL, CREATOR = 845001112223334445, 845001112223334446, 845001112223334447
ALICE, BORA = 901000000000000001, 901000000000000002
OPTIONS = (
    Option(Localised("Hong-shim ♥ Won-deuk", "홍심 ♥ 원득"), "hong-shim-won-deuk"),
    Option(Localised("Alice and Bora")),
    Option(Localised("Third & last")),
)


async def add(database: Database, request_id: int = 1) -> Poll:
    return await database.write(
        lambda connection: polls.add_poll(
            connection,
            guild_id=GUILD,
            channel_id=CHANNEL,
            creator_id=CREATOR,
            request_id=request_id,
            language=Language.KOREAN,
            opened_at=NOON,
            closes_at=CLOSES,
            options=OPTIONS,
        )
    )


async def find(database: Database, poll_id: int) -> Poll:
    found = await database.read(lambda connection: polls.find_poll(connection, poll_id))
    assert found is not None
    return found


async def cast(database: Database, poll: Poll, user_id: int, option: int) -> None:
    await database.write(lambda connection: polls.save_ballot(connection, poll.id, user_id, option, NOON))


async def test_a_new_poll_has_its_options_in_order_and_no_votes(database: Database) -> None:
    poll = await add(database)
    expected = Poll(
        poll.id, GUILD, CHANNEL, CREATOR, Language.KOREAN, OPTIONS, tally=(0, 0, 0), closes_at=CLOSES, version=0
    )
    assert poll == expected
    assert await find(database, poll.id) == expected


async def test_a_poll_that_is_not_stored_is_not_found(database: Database) -> None:
    assert await database.read(lambda connection: polls.find_poll(connection, 404)) is None


async def test_polls_are_found_together_and_unknown_ones_are_left_out(database: Database) -> None:
    first, second = await add(database, 1), await add(database, 2)
    ids = [second.id, 404, first.id]
    assert await database.read(lambda connection: polls.find_polls(connection, ids)) == {
        first.id: first,
        second.id: second,
    }
    assert await database.write(lambda connection: polls.find_polls(connection, [second.id], lock=True)) == {
        second.id: second
    }


async def test_a_request_makes_only_one_poll(database: Database) -> None:
    await add(database, 1)
    with pytest.raises(IntegrityError):
        await add(database, 1)


async def test_a_second_ballot_of_a_member_replaces_her_first(database: Database) -> None:
    poll, other = await add(database, 1), await add(database, 2)
    await cast(database, poll, ALICE, 0)
    await cast(database, poll, ALICE, 2)
    await cast(database, other, BORA, 1)
    keys = [(poll.id, ALICE), (poll.id, BORA), (other.id, BORA)]
    found = await database.read(lambda connection: polls.find_ballots(connection, keys))
    assert found == {(poll.id, ALICE): 2, (other.id, BORA): 1}


async def test_moving_the_tally_changes_the_named_options_and_the_version(database: Database) -> None:
    poll, other = await add(database, 1), await add(database, 2)
    await database.write(lambda connection: polls.move_tally(connection, poll.id, Counter({0: 3, 2: 1}), 4))
    await database.write(lambda connection: polls.move_tally(connection, poll.id, Counter({0: -1, 1: 0, 2: 1}), 1))
    moved = await find(database, poll.id)
    assert (moved.tally, moved.version, moved.votes) == ((2, 0, 2), 5, 4)
    assert await find(database, other.id) == other


async def test_a_shown_poll_knows_its_message(database: Database) -> None:
    poll = await add(database)
    await database.write(lambda connection: polls.show_poll(connection, poll.id, 777))
    assert (await find(database, poll.id)).message_id == 777


async def test_a_poll_closes_only_once_and_keeps_its_first_close(database: Database) -> None:
    poll = await add(database)
    later = CLOSES + timedelta(minutes=1)
    assert await database.write(lambda connection: polls.close_poll(connection, poll.id, CLOSES))
    assert not await database.write(lambda connection: polls.close_poll(connection, poll.id, later))
    assert (await find(database, poll.id)).closed_at == CLOSES


async def test_closing_a_poll_that_is_not_stored_closes_nothing(database: Database) -> None:
    assert not await database.write(lambda connection: polls.close_poll(connection, 404, CLOSES))


async def test_a_ballot_needs_its_poll(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: polls.save_ballot(connection, 404, ALICE, 0, NOON))
