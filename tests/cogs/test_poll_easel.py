"""The process that draws results: it goes with the bot, and where it breaks the result is told in words."""

import asyncio
import os
import signal
from pathlib import Path

import discord
import pytest

from bot.pictures.easel import Easel
from bot.pictures.poll import Bar, poll_picture
from tests.cogs.polls import LONG, calls, open_poll, over, pictures, vote
from tests.cogs.world import World, answer, simulated_world, texts

TASKS = Path("/proc/self/task")


def drawing() -> list[int]:
    """The processes of this one that draw."""
    found = [child for task in TASKS.glob("*/children") for child in task.read_text(encoding="ascii").split()]
    return [int(child) for child in found if b"bot.beside\0easel" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.fixture(autouse=True)
def proc() -> None:
    if not TASKS.exists():
        pytest.skip("only Linux tells which processes a process has started")


async def closed(world: World) -> int:
    """Have a poll with a vote close; return its message."""
    poll = await open_poll(world)
    await vote(world, poll, (world.alice, "A"))
    await world.env.advance_time(LONG)
    return poll


async def test_a_bot_that_draws_nothing_starts_no_process(world: World) -> None:
    await open_poll(world)
    await world.env.advance_time(LONG)
    assert drawing() == []


async def test_the_process_comes_with_the_first_picture_and_goes_when_none_follow(world: World) -> None:
    await closed(world)
    assert len(drawing()) == 1
    await world.env.advance_time(90)
    for _ in range(1_000):
        if not drawing():
            return
        await asyncio.sleep(0.01)
    pytest.fail("It is still there.")


async def test_a_bot_that_closes_leaves_no_process_behind(tmp_path: Path) -> None:
    async with simulated_world(tmp_path) as world:
        await closed(world)
        assert len(drawing()) == 1
    assert drawing() == []


async def test_a_restart_leaves_no_process_behind(world: World) -> None:
    await closed(world)
    await world.restart()
    assert drawing() == []


async def test_a_process_that_was_killed_is_replaced_and_costs_no_picture(world: World) -> None:
    await closed(world)
    (process,) = drawing()
    os.kill(process, signal.SIGKILL)
    again = answer(await world.bora.slash(world.channel, "ship results", poll="1"))
    assert len(pictures(again)) == 1
    assert drawing() != [process]


async def test_where_nothing_can_be_drawn_the_result_is_told_in_words(world: World) -> None:
    await world.bot.easel.close()
    poll = await closed(world)
    assert pictures(world.message(poll)) == []
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert "1 (100%)" in texts(world.message(poll))
    assert len(over(world)) == 1
    again = answer(await world.bora.slash(world.channel, "ship results", poll="1"))
    assert texts(again) == texts(world.message(poll))


async def test_a_result_posted_again_is_answered_at_once_although_twenty_pictures_are_drawn_first(
    world: World,
) -> None:
    poll = await closed(world)
    bars = [Bar(letter, f"Couple {letter}", 5, 0.05, leads=False) for letter in "ABCDEFGHIJKLMNOPQRST"]
    before = [asyncio.create_task(world.bot.easel.drawn(poll_picture, "Which?", bars, "100 votes")) for _ in range(20)]
    since = len(world.env.http_requests)
    command = asyncio.create_task(world.bora.slash(world.channel, "ship results", poll="1"))
    while not calls(world, since):  # noqa: ASYNC110 - nothing tells when Discord is called
        await asyncio.sleep(0)
    assert not before[-1].done()
    (first,) = world.env.http_requests[since:]
    assert (first.json or {}).get("type") == discord.InteractionResponseType.deferred_channel_message.value
    await asyncio.gather(*before)
    copy = answer(await command)
    assert texts(copy) == texts(world.message(poll))
    assert len(pictures(copy)) == 1


async def test_a_drawing_that_takes_too_long_is_given_up_for_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = Easel(patience=0.001)
    monkeypatch.setattr(world.bot, "easel", impatient)
    try:
        poll = await closed(world)
    finally:
        await impatient.close()
    assert pictures(world.message(poll)) == []
    assert "1 (100%)" in texts(world.message(poll))
