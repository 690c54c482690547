import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Angle, Answer, Guess, Question, Wish
from bot.domain.polls import Option, Poll
from bot.domain.texts import Language, Localised
from bot.storage import ballots, games, guesses, polls, rounds
from bot.storage.columns import DELETE, FORGET, Milliseconds
from bot.storage.database import Database
from bot.storage.members import count_member_rows, member_columns, remove_member
from bot.storage.schema import metadata

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALICE, BORA = 901000000000000001, 901000000000000002
COUPLES = (Option(Localised("Alpha ♥ Beta")), Option(Localised("Gamma ♥ Delta")))
NO_MEMBERS = {
    *("guild_id", "channel_id", "message_id", "request_id", "application_id"),  # of Discord
    *("host_role_id", "voter_role_id", "daily_channel_id"),
    *("game_id", "round_id", "poll_id", "bracket_id", "moment_id", "couple_id", "drama_id", "article_id"),
    *("own_article_id", "feed_id", "mention_role_id"),
}
"""Ids of things that are no members."""


async def add_poll(database: Database, request_id: int, creator_id: int, *votes: tuple[int, int]) -> Poll:
    """A poll of two couples with `votes`, each a member and her option."""

    async def work(connection: AsyncConnection) -> Poll:
        poll = await polls.add_poll(
            connection,
            guild_id=1,
            channel_id=2,
            creator_id=creator_id,
            request_id=request_id,
            language=Language.ENGLISH,
            opened_at=NOON,
            closes_at=NOON + timedelta(days=1),
            options=COUPLES,
        )
        after = {(poll.id, user_id): frozenset({option}) for user_id, option in votes}
        await ballots.change_ballots(connection, dict.fromkeys(after, frozenset[int]()), after)
        cast = Counter(option for _, option in votes)
        await ballots.move_tally(connection, poll.id, cast, voters=len(votes), changes=len(votes))
        return poll

    return await database.write(work)


async def add_game(database: Database, request_id: int, starter_id: int, *guessers: int) -> int:
    """A game of one round, with a guess of each of `guessers`; return the id of the round."""

    async def work(connection: AsyncConnection) -> int:
        game = await games.add_game(
            connection,
            guild_id=1,
            channel_id=request_id,
            starter_id=starter_id,
            request_id=request_id,
            language=Language.ENGLISH,
            wish=Wish(),
            now=NOON,
            questions=[Question("a-kiss", 0, Angle.SCRIPT, tuple(Answer), Answer.AD_LIB)],
        )
        [round_] = await rounds.list_rounds(connection, game.id)
        await guesses.add_guesses(connection, [(round_, Guess(user_id, Answer.AD_LIB, NOON)) for user_id in guessers])
        return round_.id

    return await database.write(work)


WITH_GAMES_AND_POLLS = {"game", "guess", "poll", "ballot"}


async def stand_in_the_other_tables(database: Database, user_id: int, round_id: int) -> None:
    """Put the member's id into every other column that can hold one."""

    async def work(connection: AsyncConnection) -> None:
        rows = Counter[str]()
        for table, column in member_columns():
            if table.name not in WITH_GAMES_AND_POLLS:
                number = user_id % 100 + 100 * rows[table.name]  # a table may name a member twice: two rows
                rows[table.name] += 1
                row = {each.name: value_for(each, number, round_id) for each in table.columns if not each.nullable}
                await connection.execute(insert(table).values({**row, column.name: user_id}))

    await database.write(work)


def value_for(column: Column[Any], number: int, round_id: int) -> object:
    if column.name == "round_id":
        return round_id
    if isinstance(column.type, Milliseconds):
        return NOON
    return str(number) if isinstance(column.type, Text) else number


async def fill(database: Database) -> tuple[Poll, Poll]:
    """Put Alice everywhere a member can stand, Bora beside her; return an open and a closed poll."""
    round_id = await add_game(database, 1, ALICE, ALICE, BORA)
    await add_game(database, 2, BORA, BORA)
    open_poll = await add_poll(database, 1, ALICE, (ALICE, 0), (BORA, 0))
    closed_poll = await add_poll(database, 2, BORA, (ALICE, 1), (BORA, 0))
    await database.write(lambda connection: polls.close_poll(connection, closed_poll.id, NOON))
    for user_id in (ALICE, BORA):
        await stand_in_the_other_tables(database, user_id, round_id)
    return open_poll, closed_poll


async def places_of(database: Database, user_id: int) -> Sequence[str]:
    """Every column of every table in which the member's id stands, as a number or inside a text."""

    async def work(connection: AsyncConnection) -> Sequence[str]:
        found: set[str] = set()
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if str(user_id) in str(value)}
        return sorted(found)

    return await database.read(work)


async def tally(database: Database, poll: Poll) -> tuple[int, ...]:
    found = await database.read(lambda connection: polls.find_poll(connection, poll.id))
    assert found is not None
    return found.tally


async def remove(database: Database, user_id: int) -> Sequence[int]:
    return (await database.write(lambda connection: remove_member(connection, user_id))).polls


def test_every_id_that_could_be_a_members_says_what_a_deletion_does_to_it() -> None:
    ids: list[Column[int]] = [
        column for table in metadata.sorted_tables for column in table.columns if column.name.endswith("_id")
    ]
    unknown = [f"{column.table.name}.{column.name}" for column in ids if column.name not in NO_MEMBERS]
    assert unknown == [f"{table.name}.{column.name}" for table, column in member_columns()]
    assert all(column.info["member"] in {DELETE, FORGET} for _, column in member_columns())


async def test_after_a_deletion_the_members_id_stands_nowhere(database: Database) -> None:
    await fill(database)
    assert await places_of(database, ALICE) == sorted(
        f"{table.name}.{column.name}" for table, column in member_columns()
    )
    await remove(database, ALICE)
    assert await places_of(database, ALICE) == []


async def test_a_deletion_leaves_other_members_alone(database: Database) -> None:
    await fill(database)
    before = await places_of(database, BORA)
    await remove(database, ALICE)
    assert await places_of(database, BORA) == before


async def test_every_row_of_a_member_is_counted_until_it_is_deleted(database: Database) -> None:
    await fill(database)
    assert await database.read(lambda connection: count_member_rows(connection, ALICE)) == 18
    await remove(database, ALICE)
    assert await database.read(lambda connection: count_member_rows(connection, ALICE)) == 0


async def test_a_deletion_takes_the_vote_out_of_open_polls_and_names_them(database: Database) -> None:
    open_poll, _ = await fill(database)
    assert await remove(database, ALICE) == [open_poll.id]
    assert await tally(database, open_poll) == (1, 0)


async def test_a_deletion_leaves_the_results_of_closed_polls_as_they_were_announced(database: Database) -> None:
    _, closed_poll = await fill(database)
    await remove(database, ALICE)
    assert await tally(database, closed_poll) == (1, 1)


async def test_a_game_and_a_poll_outlive_the_member_who_started_them(database: Database) -> None:
    open_poll, _ = await fill(database)
    await remove(database, ALICE)
    found = await database.read(lambda connection: polls.find_poll(connection, open_poll.id))
    running = await database.read(lambda connection: games.find_running_game(connection, 1))
    assert found is not None
    assert running is not None
    assert (found.creator_id, running.starter_id) == (None, None)


async def test_a_second_deletion_changes_nothing(database: Database) -> None:
    open_poll, _ = await fill(database)
    await remove(database, ALICE)
    assert await remove(database, ALICE) == []
    assert await tally(database, open_poll) == (1, 0)


async def test_a_vote_that_is_being_changed_leaves_the_right_tally_when_the_member_is_deleted(
    database: Database,
) -> None:
    poll = await add_poll(database, 1, BORA, (ALICE, 0))
    changed, finish = asyncio.Event(), asyncio.Event()

    async def change(connection: AsyncConnection) -> None:
        await polls.find_polls(connection, [poll.id], lock=True)
        key = (poll.id, ALICE)
        await ballots.change_ballots(connection, {key: frozenset({0})}, {key: frozenset({1})})
        await ballots.move_tally(connection, poll.id, Counter({0: -1, 1: 1}))
        changed.set()
        await finish.wait()

    changing = asyncio.create_task(database.write(change))
    await changed.wait()
    removing = asyncio.create_task(remove(database, ALICE))
    await asyncio.wait({removing}, timeout=0.2)  # it cannot end before the vote has
    finish.set()
    await asyncio.gather(changing, removing)
    assert await places_of(database, ALICE) == []
    assert await tally(database, poll) == (0, 0)
