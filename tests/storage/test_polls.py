from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.polls import Option, Poll, Secrecy
from bot.domain.texts import Language, Localised
from bot.storage import polls
from bot.storage.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLOSES = NOON + timedelta(hours=2)
GUILD, CHANNEL, CREATOR = 845001112223334445, 845001112223334446, 845001112223334447
OPTIONS = (
    Option(Localised("Hong-shim ♥ Won-deuk", "홍심 ♥ 원득"), "hong-shim-won-deuk"),
    Option(Localised("Alice and Bora")),
    Option(Localised("Third & last")),
)


async def add(database: Database, request_id: int | None = 1, *, guild_id: int = GUILD) -> Poll:
    return await database.write(
        lambda connection: polls.add_poll(
            connection,
            guild_id=guild_id,
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


async def test_a_new_poll_has_its_options_in_order_and_no_votes(database: Database) -> None:
    poll = await add(database)
    expected = Poll(poll.id, GUILD, CHANNEL, CREATOR, Language.KOREAN, OPTIONS, (0, 0, 0), NOON, CLOSES)
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


async def test_a_poll_keeps_what_was_asked_for_it(database: Database) -> None:
    wished = {"question": "누가 최고의 커플?", "secrecy": Secrecy.HIDDEN, "choices": 2, "voter_role_id": 99}

    async def work(connection: AsyncConnection) -> Poll:
        return await polls.add_poll(
            connection,
            guild_id=GUILD,
            channel_id=CHANNEL,
            creator_id=None,
            request_id=None,
            language=Language.ENGLISH,
            opened_at=NOON,
            closes_at=None,
            options=OPTIONS,
            question="누가 최고의 커플?",
            secrecy=Secrecy.HIDDEN,
            choices=2,
            voter_role_id=99,
        )

    poll = await database.write(work)
    assert await find(database, poll.id) == poll
    assert {name: getattr(poll, name) for name in wished} == wished
    assert (poll.creator_id, poll.closes_at, poll.closed_at, poll.paused_at) == (None, None, None, None)


async def test_polls_that_nobody_asked_for_do_not_get_in_each_others_way(database: Database) -> None:
    first, second = await add(database, None), await add(database, None)
    assert first.id != second.id


async def test_a_shown_poll_knows_its_message(database: Database) -> None:
    poll = await add(database)
    await database.write(lambda connection: polls.show_poll(connection, poll.id, CHANNEL + 1, 777))
    assert await find(database, poll.id) == replace(poll, channel_id=CHANNEL + 1, message_id=777)


async def test_a_poll_closes_only_once_and_keeps_its_first_close(database: Database) -> None:
    poll = await add(database)
    later = CLOSES + timedelta(minutes=1)
    assert await database.write(lambda connection: polls.close_poll(connection, poll.id, CLOSES))
    assert not await database.write(lambda connection: polls.close_poll(connection, poll.id, later))
    assert (await find(database, poll.id)).closed_at == CLOSES


async def test_closing_a_poll_that_is_not_stored_closes_nothing(database: Database) -> None:
    assert not await database.write(lambda connection: polls.close_poll(connection, 404, CLOSES))


async def test_a_poll_is_found_by_its_message(database: Database) -> None:
    _other, poll = await add(database, 1), await add(database, 2)
    await database.write(lambda connection: polls.show_poll(connection, poll.id, CHANNEL, 777))
    found = await database.read(lambda connection: polls.find_poll_of_message(connection, 777))
    assert found == await find(database, poll.id)
    assert await database.read(lambda connection: polls.find_poll_of_message(connection, 778)) is None


async def test_a_poll_that_moved_is_not_found_by_the_message_it_left(database: Database) -> None:
    poll = await add(database)
    for message_id in (777, 778):
        await database.write(lambda connection, at=message_id: polls.show_poll(connection, poll.id, CHANNEL, at))
    assert await database.read(lambda connection: polls.find_poll_of_message(connection, 777)) is None


async def test_the_close_ends_a_pause_and_counts_as_a_change(database: Database) -> None:
    poll = await add(database)
    await database.write(
        lambda connection: polls.time_poll(connection, poll.id, closes_at=None, paused_at=NOON + timedelta(hours=1))
    )
    paused = await find(database, poll.id)
    assert paused == replace(poll, closes_at=None, paused_at=NOON + timedelta(hours=1))
    await database.write(lambda connection: polls.close_poll(connection, poll.id, CLOSES))
    assert await find(database, poll.id) == replace(paused, paused_at=None, closed_at=CLOSES, version=1)


async def test_a_poll_begins_anew_where_it_gets_another_time(database: Database) -> None:
    poll = await add(database)
    begin, end = NOON + timedelta(hours=1), NOON + timedelta(hours=9)
    await database.write(
        lambda connection: polls.time_poll(connection, poll.id, closes_at=end, opened_at=begin, paused_at=None)
    )
    assert await find(database, poll.id) == replace(poll, opened_at=begin, closes_at=end)


async def test_a_poll_is_called_off_at_its_close_or_after_it(database: Database) -> None:
    first, second = await add(database, 1), await add(database, 2)
    await database.write(lambda connection: polls.close_poll(connection, first.id, CLOSES, void=True))
    await database.write(lambda connection: polls.close_poll(connection, second.id, CLOSES))
    assert not (await find(database, second.id)).void
    await database.write(lambda connection: polls.void_poll(connection, second.id))
    assert [(await find(database, poll.id)).void for poll in (first, second)] == [True, True]


async def test_a_guilds_polls_are_listed_newest_first_without_those_called_off(database: Database) -> None:
    made = [await add(database, number) for number in range(1, 6)]
    await add(database, 6, guild_id=GUILD + 1)
    await database.write(lambda connection: polls.close_poll(connection, made[1].id, CLOSES))
    await database.write(lambda connection: polls.close_poll(connection, made[3].id, CLOSES, void=True))

    async def listed(limit: int, *, only_open: bool) -> list[int]:
        found = await database.read(lambda connection: polls.list_polls(connection, GUILD, limit, only_open=only_open))
        return [made.index(replace(poll, closed_at=None, version=0)) for poll in found]

    assert await listed(9, only_open=False) == [4, 2, 1, 0]
    assert await listed(9, only_open=True) == [4, 2, 0]
    assert await listed(2, only_open=False) == [4, 2]
