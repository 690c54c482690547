"""What a vote asks of the database goes along keys, so that it costs the same however many have voted."""

import asyncio
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine as SqlEngine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.polls import Poll, Secrecy
from tests.services.play import ALICE
from tests.services.voting import Booth, open_poll
from tests.storage.engines import ENGINES

VOTERS: Final = 50_000
OTHER_POLLS: Final = 3_000
ENDS: Final = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|PRAGMA)")

Statement = tuple[str, Any]


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


async def crowded(booth: Booth) -> Poll:
    """A poll in which very many have voted, beside very many polls."""
    poll = await open_poll(booth, Secrecy.PUBLIC, choices=2)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})"
    rows = {
        f"ballot (poll_id, user_id, option) SELECT {poll.id}, {ALICE} + i, i % 3": VOTERS,
        f"poll (id, guild_id, channel_id, language, opened_at) SELECT {poll.id} + i, i, i, 'en', 0": OTHER_POLLS,
        f"poll_option (poll_id, number, label_en) SELECT {poll.id} + (i + 2) / 3, i % 3, 'A and B'": 3 * OTHER_POLLS,
    }

    async def work(connection: AsyncConnection) -> None:
        for selected, most in rows.items():
            await connection.execute(text(f"{numbers.format(most=most)} INSERT INTO {selected} FROM n"))
        await connection.execute(text("ANALYZE"))

    await booth.database.write(work)
    return poll


@contextmanager
def listening() -> Generator[list[Statement]]:
    """Gather what is asked of the database."""
    heard: list[Statement] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if not ENDS.match(statement):
            heard.append((statement, parameters))

    event.listen(SqlEngine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(SqlEngine, "before_cursor_execute", hear)


async def scans(booth: Booth, statement: Statement) -> list[str]:
    """The lines of the plan in which a table of polls is read from end to end."""
    asked, given = statement
    if isinstance(given, list):  # the same for many rows
        given = given[0]

    async def work(connection: AsyncConnection) -> list[str]:
        if connection.dialect.name == "sqlite":
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", given)).all()
            tables = r"SCAN (poll|poll_option|ballot|matchup|bracket|entrant)\b"
        else:
            plan = (await connection.exec_driver_sql(f"EXPLAIN {asked}", given)).all()
            tables = r"Seq Scan on (poll|poll_option|ballot)\b"
        assert plan or asked.startswith("INSERT")  # which has nothing to look up
        return [line for row in plan if re.search(tables, line := str(row[-1]))]

    return await booth.database.write(work)


async def test_votes_changes_and_looks_read_no_table_from_end_to_end(booth: Booth) -> None:
    second, poll = await open_poll(booth, choices=2), await crowded(booth)
    with listening() as heard:
        for count in (1, 20):  # alone, and many in one instant
            pairs = [(each, ALICE - number) for number in range(count) for each in (poll, second)]
            await asyncio.gather(*(booth.vote(each, user_id, 0) for each, user_id in pairs))
            await asyncio.gather(*(booth.choose(each, user_id, 1, 2) for each, user_id in pairs))
            await asyncio.gather(*(booth.choose(each, user_id) for each, user_id in pairs))
        await booth.ships.ballot(poll.id, ALICE, guild_id=poll.guild_id)
        await booth.ships.of_message(777)
    assert {statement.split()[0] for statement, _ in heard} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert len({table for statement, _ in heard for table in re.findall(r"\bpoll_option|\bballot", statement)}) == 2
    found = {statement: lines for statement, given in heard if (lines := await scans(booth, (statement, given)))}
    assert found == {}


async def test_a_vote_asks_the_same_few_things_of_an_empty_poll_and_of_a_crowded_one(booth: Booth) -> None:
    empty, full = await open_poll(booth), await crowded(booth)
    asked: list[list[str]] = []
    for poll in (empty, full):
        with listening() as heard:
            await booth.vote(poll, ALICE, 0)
        asked.append([statement for statement, _ in heard])
    assert asked[0] == asked[1]
    assert len(asked[0]) <= 10


async def test_the_close_and_each_step_of_the_forgetting_read_no_table_from_end_to_end(booth: Booth) -> None:
    secret = await open_poll(booth)
    await booth.vote(secret, ALICE, 0)
    poll = await crowded(booth)
    with listening() as heard:
        await booth.close(poll)
        await booth.close(secret)
        await booth.forget(secret)
        await booth.ships.voters(poll.id, 0, guild_id=poll.guild_id)
    deleted = [statement for statement, _ in heard if statement.startswith("DELETE FROM ballot")]
    assert len(deleted) == 1
    kept = [(asked, given) for asked, given in heard if not asked.startswith("VACUUM")]
    assert {asked: lines for asked, given in kept if (lines := await scans(booth, (asked, given)))} == {}


async def test_a_plan_that_reads_a_whole_table_is_noticed(booth: Booth) -> None:
    await crowded(booth)
    assert await scans(booth, ("SELECT count(*) FROM ballot WHERE option = 7", ()))
