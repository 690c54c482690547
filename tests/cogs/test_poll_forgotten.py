"""After the close of a secret poll: the ballots go, and their traces on the disk some minutes later."""

import sqlite3
from pathlib import Path
from struct import pack

import pytest

from tests.cogs.polls import LONG, change, open_poll, over, vote
from tests.cogs.world import World

FAILING = 1_800
"""Seconds after which a job that has failed again and again is given up."""
HOUR = 3_600
SWEPT = 310
"""Seconds after the close by which the disk is swept."""


def path_of(world: World) -> Path:
    return Path(world.database_url.removeprefix("sqlite+aiosqlite:///"))


def asked(world: World, question: str) -> int:
    """The number that the database answers with."""
    connection = sqlite3.connect(path_of(world))
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()


def is_traced(world: World, user_id: int) -> bool:
    """Whether the member's id stands anywhere in the files of the database."""
    path = path_of(world)
    return any(pack(">q", user_id) in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("restarted", [False, True])
async def test_minutes_after_the_close_no_file_of_the_database_knows_who_voted(world: World, restarted: bool) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    assert is_traced(world, world.bora.id)
    await world.env.advance_time(LONG)
    if restarted:
        await world.restart()
    await world.env.advance_time(SWEPT)
    assert not is_traced(world, world.bora.id)
    assert is_traced(world, world.alice.id), "she has opened the poll, which is no secret"
    assert asked(world, "SELECT COUNT(*) FROM job") == 0


async def test_what_cannot_be_forgotten_is_tried_again_an_hour_later_until_it_is(world: World) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))
    change(world, "CREATE TRIGGER full BEFORE DELETE ON ballot BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    await world.env.advance_time(LONG + FAILING)
    assert len(over(world)) == 1, "the result does not wait for it"
    for _hour in range(2):
        assert asked(world, "SELECT COUNT(*) FROM ballot") == 1
        assert asked(world, "SELECT COUNT(*) FROM job WHERE kind = 'ship.forget'") == 1
        await world.env.advance_time(HOUR + FAILING)
    change(world, "DROP TRIGGER full")
    await world.env.advance_time(HOUR + SWEPT)
    assert asked(world, "SELECT COUNT(*) FROM ballot") == 0
    assert not is_traced(world, world.bora.id)


async def test_a_sweep_that_fails_again_and_again_is_tried_again_an_hour_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await open_poll(world)
    await vote(world, poll, (world.bora, "A"))

    async def busy() -> None:
        raise TimeoutError("the journal is being read; trying again later")

    with monkeypatch.context() as read_by_somebody:
        read_by_somebody.setattr(world.bot.services.closing, "sweep", busy)
        await world.env.advance_time(LONG + SWEPT + FAILING)
    assert asked(world, "SELECT COUNT(*) FROM job WHERE kind = 'storage.sweep'") == 1
    await world.env.advance_time(HOUR)
    assert asked(world, "SELECT COUNT(*) FROM job") == 0
    assert not is_traced(world, world.bora.id)
