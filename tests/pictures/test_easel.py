"""Drawing beside the event loop."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.pictures.easel import Easel, NotDrawn
from bot.pictures.poll import Bar, poll_picture
from tests.pictures import drawings
from tests.pictures.couples import couples

BARS = [
    Bar(chr(65 + place), pair[0], 20 - place, 0.05, place == 0, pair[1]) for place, pair in enumerate(couples()[:20])
]
PICTURES = 20
CPU_OF_ONE = 0.005
"""Seconds of the bot's own time that a picture may take; measured 0.0006, and 0.08 in a thread."""
CPU_AT_ONCE = 0.008
"""Seconds of it without a pause; measured 0.001, and 0.008 to 0.020 in a thread; tracing makes both four times that."""


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """Keep the collector still, which has all other tests to look through."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
async def easel() -> AsyncIterator[Easel]:
    """An easel on which nothing has been drawn."""
    async with Easel() as opened:
        yield opened


async def gone(process: int) -> None:
    """Wait until a process has ended."""
    for _ in range(100_000):
        if not alive(process):
            return
        await asyncio.sleep(0)
    pytest.fail("It is still there.")


def alive(process: int) -> bool:
    """Tell whether a process runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_picture_is_the_one_that_drawing_it_here_gives(easel: Easel) -> None:
    assert await easel.drawn(poll_picture, "Best?", BARS, "x") == poll_picture("Best?", BARS, "x")


async def test_all_pictures_come_from_one_other_process(easel: Easel) -> None:
    seen = await asyncio.gather(*(easel.drawn(drawings.process_id) for _ in range(5)))
    assert len(set(seen)) == 1
    assert int(seen[0]) != os.getpid()


async def test_a_picture_larger_than_a_pipe_comes_whole(easel: Easel) -> None:
    assert await easel.drawn(drawings.repeated, "가", 300_000) == "가".encode() * 300_000
    assert await easel.drawn(drawings.repeated, "나" * 300_000, 1) == ("나" * 300_000).encode()


@pytest.mark.usefixtures("no_collecting")
async def test_twenty_pictures_hold_up_the_loop_for_a_moment_at_most(easel: Easel) -> None:
    await easel.drawn(poll_picture, "Best?", BARS, "x")
    before = time.process_time()
    for _ in range(PICTURES):
        await easel.drawn(poll_picture, "Best?", BARS[:5], "x")
    of_one = (time.process_time() - before) / PICTURES

    gaps, turns = [0.0], [0.0]

    async def tick() -> None:
        last, used = time.perf_counter(), time.process_time()
        while True:
            await asyncio.sleep(0.001)
            now, spent = time.perf_counter(), time.process_time()
            gaps.append(now - last - 0.001)
            turns.append(spent - used)
            last, used = now, spent

    ticking = asyncio.create_task(tick())
    for _ in range(PICTURES):
        await easel.drawn(poll_picture, "Best?", BARS, "x")
    ticking.cancel()
    said = {"longest gap": max(gaps), "longest turn": max(turns), "time of one": of_one}
    print("; ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in said.items()))  # noqa: T201
    # A gap is also what the machine does besides; what this process computes meanwhile is the easel's doing alone.
    slower = 4 if "coverage" in sys.modules else 1
    assert of_one < CPU_OF_ONE * slower
    assert max(turns) < CPU_AT_ONCE * slower


async def test_a_drawing_that_fails_says_why_and_the_next_one_is_drawn(easel: Easel) -> None:
    with pytest.raises(NotDrawn, match="ValueError: out of ink"):
        await easel.drawn(drawings.faulty, "out of ink")
    assert await easel.drawn(drawings.process_id)


async def test_a_process_that_was_killed_between_pictures_is_replaced_unseen(easel: Easel) -> None:
    first = int(await easel.drawn(drawings.process_id))
    os.kill(first, signal.SIGKILL)
    assert int(await easel.drawn(drawings.process_id)) != first


async def test_a_drawing_that_takes_the_process_down_twice_is_given_up(easel: Easel) -> None:
    with pytest.raises(NotDrawn):
        await easel.drawn(drawings.fatal)
    assert await easel.drawn(drawings.process_id)


async def test_a_drawing_that_does_not_end_is_given_up() -> None:
    async with Easel(patience=0.05) as hasty:
        with pytest.raises(NotDrawn):
            await hasty.drawn(drawings.endless)


async def test_a_cancelled_caller_leaves_the_answers_of_others_in_order(easel: Easel) -> None:
    await easel.drawn(drawings.process_id)
    waiting = asyncio.create_task(easel.drawn(drawings.repeated, "a", 500_000))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await easel.drawn(drawings.repeated, "b", 3) == b"bbb"


async def test_the_process_goes_when_no_picture_follows_and_comes_with_the_next() -> None:
    async with Easel(rest=0) as easel:
        first = int(await easel.drawn(drawings.process_id))
        await gone(first)
        assert int(await easel.drawn(drawings.process_id)) != first


async def test_closing_ends_the_process_at_once_even_while_it_draws() -> None:
    easel = Easel()
    process = int(await easel.drawn(drawings.process_id))
    waiting = asyncio.create_task(easel.drawn(drawings.endless))
    await asyncio.sleep(0)
    started = time.perf_counter()
    await easel.close()
    assert time.perf_counter() - started < 3
    assert not alive(process)
    with pytest.raises(NotDrawn):
        await waiting
    await easel.close()
    with pytest.raises(NotDrawn):
        await easel.drawn(drawings.process_id)


async def test_an_easel_that_nobody_drew_on_starts_and_leaves_nothing() -> None:
    async with Easel() as unused:
        assert unused is not None
    assert alive(os.getpid())


def test_the_process_ends_also_when_the_bot_is_killed() -> None:
    script = (
        "import asyncio, sys\n"
        "from bot.pictures.easel import Easel\n"
        "from tests.pictures import drawings\n"
        "async def main():\n"
        "    print((await Easel().drawn(drawings.process_id)).decode(), flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    # Both write their faults into one pipe, which ends when the last of them has ended.
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as bot:
        assert bot.stdout
        assert int(bot.stdout.readline()) != bot.pid
        bot.kill()
        bot.communicate(timeout=10)


def test_the_process_holds_neither_the_bot_nor_discord() -> None:
    script = "import sys, bot.beside.__main__, bot.pictures.poll, bot.pictures.bracket, bot.pictures.champion\n"
    script += "print({'discord', 'sqlalchemy', 'asyncio', 'bot.app', 'bot.domain'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
