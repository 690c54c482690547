"""A database of Adlib 0.2, full of everything, becomes one of today and loses nothing that it should keep."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.domain.polls import Option, Poll, Secrecy
from bot.domain.texts import Language, Localised
from bot.storage import ballots, guilds, polls
from bot.storage.database import Database, open_database
from bot.storage.migrate import MIGRATIONS
from tests.storage.engines import Engine

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
T: Final = round(NOON.timestamp() * 1000)
ALICE, BORA, CHAN = 901000000000000001, 901000000000000002, 901000000000000003
GUILD, CHANNEL = 845001112223334445, 845001112223334446
OPEN, CLOSED, EMPTY = 41, 42, 47
"""The ids of three polls; those between were never there."""
CHOICES: Final = '["scripted", "ad_lib"]'

ROWS: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "command_sync": [{"application_id": 5, "fingerprint": "abc", "mentions": "{}"}],
    "guild": [
        {"guild_id": GUILD, "language": "ko", "spoilers": "all", "time_zone": "Europe/Berlin"},
        {"guild_id": 7, "language": None, "spoilers": "mild", "daily_channel_id": 8, "daily_hour": 21},
    ],
    "member": [{"user_id": ALICE, "hidden": 1}],
    "moment_off": [{"guild_id": GUILD, "moment_id": "a-kiss", "switched_at": T}],
    "pack": [
        {
            **{"id": 3, "guild_id": GUILD, "name": "Ours", "folded": "ours", "size": 1, "enabled": 1, "content": "{}"},
            **{"version": 2, "uploader_id": ALICE, "uploaded_at": T},
        }
    ],
    "report": [
        {"id": 4, "guild_id": GUILD, "moment_id": "a-kiss", "user_id": BORA, "words": "Wrong", "reported_at": T}
    ],
    "season": [{"guild_id": GUILD, "number": 1, "ended_at": T}],
    "seen": [{"user_id": ALICE, "drama_id": "goblin", "marked_at": T}],
    "job": [
        {"id": 11, "kind": "ship.close", "subject": OPEN, "due_at": T + 3_601_000, "epoch": 2},
        {"id": 12, "kind": "trivia.close", "subject": 31, "due_at": T, "owner": "me", "lease_until": T, "attempts": 1},
    ],
    "game": [
        {
            **{"id": 21, "guild_id": GUILD, "channel_id": CHANNEL, "starter_id": ALICE, "request_id": 1},
            **{"language": "en", "rounds": 1, "seconds": 20, "started_at": T, "mode": "bold", "wanted": 1},
        }
    ],
    "round": [
        {
            **{"id": 31, "game_id": 21, "guild_id": GUILD, "number": 1, "moment_id": "a-kiss", "part": 0},
            **{"answer": "ad_lib", "state": "open", "opened_at": T, "deadline": T + 20_000, "message_id": 9},
            **{"angle": "script", "choices": CHOICES, "skipped": 0},
        }
    ],
    "guess": [{"round_id": 31, "user_id": BORA, "guild_id": GUILD, "answer": "ad_lib", "guessed_at": T, "streak": 2}],
    "skip_vote": [{"round_id": 31, "user_id": CHAN}],
    "stake": [{"round_id": 31, "user_id": BORA, "guild_id": GUILD, "amount": 5, "placed_at": T}],
    "poll": [
        {
            **{"id": OPEN, "guild_id": GUILD, "channel_id": CHANNEL, "message_id": 77, "creator_id": ALICE},
            **{"request_id": 2, "language": "ko", "version": 9, "opened_at": T, "closes_at": T + 3_600_000},
        },
        {
            **{"id": CLOSED, "guild_id": GUILD, "channel_id": CHANNEL, "message_id": None, "creator_id": None},
            **{"request_id": 3, "language": "en", "version": 4, "opened_at": T, "closes_at": T + 1, "closed_at": T + 2},
        },
        {
            **{"id": EMPTY, "guild_id": 7, "channel_id": 8, "message_id": 78, "creator_id": BORA},
            **{"request_id": 4, "language": "en", "version": 0, "opened_at": T, "closes_at": T + 1, "closed_at": T + 2},
        },
    ],
    "poll_option": [
        {"poll_id": poll, "number": number, "couple_id": couple, "label_en": en, "label_ko": ko, "votes": votes}
        for poll, number, couple, en, ko, votes in (
            (OPEN, 0, "hong-shim-won-deuk", "Hong-shim ♥ Won-deuk", "홍심 ♥ 원득", 2),
            (OPEN, 1, None, "Alice & Bora", None, 1),
            (CLOSED, 0, None, 'It\'s :a; 100% "plain"', None, 3),
            (CLOSED, 1, None, "알파 ♥ 베타", None, 1),
            (EMPTY, 0, None, "One ♥ Two", None, 0),
            (EMPTY, 1, None, "Three ♥ Four", None, 0),
        )
    ],
    "ballot": [
        {"poll_id": poll, "user_id": user_id, "option": option, "voted_at": T + 5}
        for poll, user_id, option in (
            *((OPEN, ALICE, 0), (OPEN, BORA, 0), (OPEN, CHAN, 1)),
            *((CLOSED, ALICE, 0), (CLOSED, BORA, 1)),
        )
    ],
}
POLLS: Final = {"poll", "poll_option", "ballot"}


def to_0002(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    config.attributes["connection"] = connection
    command.upgrade(config, "0002")


def fill(connection: Connection) -> None:
    for table, rows in ROWS.items():
        for row in rows:
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"), dict(row))
        if connection.dialect.name == "postgresql" and "id" in rows[0]:  # as if the server had numbered them
            highest = max(row["id"] for row in rows)
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest})"))


@pytest_asyncio.fixture
async def old(engine: Engine) -> AsyncGenerator[str]:
    """The address of a database of Adlib 0.2."""
    async with engine.fresh(migrated=False) as made:
        writer = create_async_engine(made)
        async with writer.begin() as connection:
            await connection.run_sync(to_0002)
            await connection.run_sync(fill)
        await writer.dispose()
        yield made


@pytest_asyncio.fixture
async def upgraded(old: str) -> AsyncGenerator[Database]:
    async with open_database(old) as database:
        yield database


async def rows(database: Database, table: str) -> Sequence[Mapping[str, Any]]:
    async def work(connection: AsyncConnection) -> Sequence[Mapping[str, Any]]:
        return [dict(row) for row in (await connection.execute(text(f"SELECT * FROM {table}"))).mappings()]

    return await database.read(work)


async def find(database: Database, poll_id: int) -> Poll:
    found = await database.read(lambda connection: polls.find_poll(connection, poll_id))
    assert found is not None
    return found


async def add_poll(database: Database, request_id: int = 99) -> Poll:
    return await database.write(
        lambda connection: polls.add_poll(
            connection,
            guild_id=GUILD,
            channel_id=CHANNEL,
            creator_id=ALICE,
            request_id=request_id,
            language=Language.ENGLISH,
            opened_at=NOON,
            closes_at=None,
            options=[Option(Localised("A ♥ B")), Option(Localised("C ♥ D"))],
        )
    )


async def test_every_row_of_every_other_table_is_as_it_was(upgraded: Database) -> None:
    for table in ROWS.keys() - POLLS:
        kept = await rows(upgraded, table)
        assert len(kept) == len(ROWS[table]), table
        for row in ROWS[table]:
            assert any(row.items() <= each.items() for each in kept), table


async def test_polls_become_anonymous_ones_of_one_choice_and_keep_their_couples_and_results(
    upgraded: Database,
) -> None:
    assert await find(upgraded, OPEN) == Poll(
        OPEN,
        GUILD,
        CHANNEL,
        ALICE,
        Language.KOREAN,
        (
            Option(Localised("Hong-shim ♥ Won-deuk", "홍심 ♥ 원득"), "hong-shim-won-deuk"),
            Option(Localised("Alice & Bora")),
        ),
        (2, 1),
        NOON,
        NOON + timedelta(hours=1),
        secrecy=Secrecy.ANONYMOUS,
        choices=1,
        voters=3,
        version=9,
        message_id=77,
    )
    closed, empty = await find(upgraded, CLOSED), await find(upgraded, EMPTY)
    assert (closed.tally, closed.voters, closed.version, closed.creator_id) == ((3, 1), 4, 4, None)
    assert closed.closed_at == NOON + timedelta(milliseconds=2)
    assert closed.options[0].label == Localised('It\'s :a; 100% "plain"')
    assert (empty.tally, empty.voters, empty.message_id) == ((0, 0), 0, 78)


async def test_couples_get_the_keys_that_new_polls_would_give_them(upgraded: Database) -> None:
    stored = {(row["poll_id"], row["number"]): row["couple_key"] for row in await rows(upgraded, "poll_option")}
    for poll_id in (OPEN, CLOSED, EMPTY):
        found = await find(upgraded, poll_id)
        assert [stored[poll_id, number] for number in range(2)] == [option.key for option in found.options]


async def test_votes_of_open_polls_can_be_changed_and_those_of_closed_ones_are_told_to_nobody(
    upgraded: Database,
) -> None:
    kept = await upgraded.read(lambda connection: ballots.list_voters(connection, OPEN, 0, 9))
    assert kept == [(ALICE, (0,)), (BORA, (0,)), (CHAN, (1,))]
    assert {row["checked"] for row in await rows(upgraded, "ballot")} == {0}
    assert await upgraded.read(lambda connection: ballots.list_voters(connection, CLOSED, 0, 9)) == []


async def test_settings_stay_and_the_new_ones_are_off(upgraded: Database) -> None:
    settings = await upgraded.read(lambda connection: guilds.get_settings(connection, GUILD))
    assert (settings.language, settings.time_zone) == (Language.KOREAN, "Europe/Berlin")
    assert (settings.host_role_id, settings.actors, settings.drop_leavers) == (None, False, False)


async def test_new_polls_are_numbered_on_from_the_old_ones(upgraded: Database) -> None:
    made = [await add_poll(upgraded, request_id) for request_id in (99, 100)]
    assert [poll.id for poll in made] == [EMPTY + 1, EMPTY + 2]


async def test_the_first_poll_after_an_upgrade_without_polls_has_the_first_number(engine: Engine) -> None:
    async with engine.fresh(migrated=False) as made:
        writer = create_async_engine(made)
        async with writer.begin() as connection:
            await connection.run_sync(to_0002)
        await writer.dispose()
        async with open_database(made) as database:
            assert (await add_poll(database)).id == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ballot (poll_id, user_id, option) VALUES (404, 1, 0)",
        "INSERT INTO poll_option (poll_id, number, couple_key, label_en) VALUES (404, 0, 'x', 'x')",
        f"INSERT INTO ballot (poll_id, user_id, option) VALUES ({OPEN}, {ALICE}, 0)",
        f"UPDATE poll SET request_id = 2 WHERE id = {CLOSED}",
    ],
)
async def test_what_may_not_be_stored_is_still_refused(upgraded: Database, statement: str) -> None:
    with pytest.raises(IntegrityError):
        await upgraded.write(lambda connection: connection.execute(text(statement)))


async def test_a_poll_that_goes_takes_its_options_and_ballots_with_it(upgraded: Database) -> None:
    await upgraded.write(lambda connection: connection.execute(text(f"DELETE FROM poll WHERE id = {OPEN}")))
    left = [row["poll_id"] for table in ("poll_option", "ballot") for row in await rows(upgraded, table)]
    assert sorted(left) == [CLOSED, CLOSED, EMPTY, EMPTY]


async def test_nothing_of_the_move_is_left_lying_about(upgraded: Database) -> None:
    names = await upgraded.read(lambda connection: connection.run_sync(lambda each: inspect(each).get_table_names()))
    assert [name for name in names if name.startswith(("old_", "_alembic"))] == []


async def test_the_upgraded_tables_are_those_of_a_fresh_database(upgraded: Database, database: Database) -> None:
    def described(connection: Connection) -> Any:
        inspector = inspect(connection)
        return {
            table: (
                sorted(str(column["name"]) for column in inspector.get_columns(table)),
                sorted(str(index["name"]) for index in inspector.get_indexes(table)),
                sorted(map(str, inspector.get_foreign_keys(table))),
                inspector.get_pk_constraint(table),
            )
            for table in inspector.get_table_names()
        }

    of_both = [await each.read(lambda connection: connection.run_sync(described)) for each in (upgraded, database)]
    assert of_both[0] == of_both[1]
