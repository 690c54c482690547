"""Games on packs of thousands of scenes start while everybody else is answered."""

import asyncio
import gc
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import perf_counter

import pytest

from bot.content.packs import MOST_MOMENTS
from bot.domain.games import Mode, Wish
from bot.domain.moments import Verdict
from bot.services.packs import Uploaded
from bot.storage.database import Database
from tests.content.pack_files import big_pack
from tests.services.play import GUILD, NOON, STARTER, Process, rounds_of, start

LONGEST_STALL, LONGEST_START = 0.25, 6.0


@asynccontextmanager
async def stalls() -> AsyncGenerator[list[float]]:
    """How long the event loop stood still, again and again, while the block ran."""
    found: list[float] = []
    done = asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            begun = perf_counter()
            await asyncio.sleep(0.001)
            found.append(perf_counter() - begun)

    gc.collect()
    gc.freeze()  # as the bot does when it has started
    watching = asyncio.create_task(watch())
    try:
        yield found
    finally:
        done.set()
        await watching
        gc.unfreeze()


@pytest.mark.parametrize("mode", [Mode.MIXED, Mode.EXPERT, Mode.CLASSIC])
async def test_a_game_on_five_thousand_scenes_that_are_partly_scripted_starts_soon_and_holds_up_nobody(
    process: Process, database: Database, mode: Mode
) -> None:
    uploaded = await process.packs.upload(GUILD, STARTER, "big.toml", "Big", big_pack(MOST_MOMENTS), NOON)
    assert isinstance(uploaded, Uploaded)
    opened = await process.packs.open(GUILD, uploaded.pack.id)
    assert {moment.verdict for moment in opened.library.moments.values()} == {Verdict.PARTLY}
    await process.packs.switch(GUILD, uploaded.pack.id, True)
    async with stalls() as stood_still:
        begun = perf_counter()
        game = await start(process, Wish(10, mode=mode, pack=str(uploaded.pack.id)))
        took = perf_counter() - begun
    assert game.rounds == 10
    assert max(Counter(round_.question.moment_id for round_ in await rounds_of(database, game)).values()) == 1
    assert len(stood_still) > 3
    assert max(stood_still) < LONGEST_STALL
    assert took < LONGEST_START
