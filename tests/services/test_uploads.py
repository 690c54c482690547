"""Files of guilds are read beside the bot: in a time, in a memory, and without keeping other guilds waiting."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.content.own_files import FileRead
from bot.content.uploads import articles_of, pack_of
from bot.domain.library import Library
from bot.errors import FileOfNoKind, FileUnreadable, PackBroken, UserError
from bot.services.uploads import Uploads
from tests.content.pack_files import GOOD

TODAY = date(2026, 11, 22)
ROWS = b"headline,publisher\nKim Se-jeong tells,P\n"


def slow(_library: bytes, seconds: float) -> float | UserError:
    """What takes long."""
    time.sleep(seconds)  # in the process beside
    return seconds


def greedy(_library: bytes) -> int | UserError:
    """What takes a gigabyte more than it may."""
    return len(bytearray(2 << 30))


@pytest.fixture
async def uploads(library: Library) -> AsyncIterator[Uploads]:
    opened = Uploads(library, patience=5.0)
    yield opened
    await opened.close()


async def test_articles_and_packs_are_read_with_their_faults_and_refusals(uploads: Uploads) -> None:
    read = await uploads.read(1, articles_of, "a.csv", ROWS, TODAY)
    assert isinstance(read, FileRead)
    assert [each.written.people for each in read.imported] == [("Kim Se-jeong",)]
    faulty = await uploads.read(1, articles_of, "a.csv", ROWS + b",P\n", TODAY)
    assert [(fault.line, fault.key) for fault in faulty.faults] == [(3, "headline")]
    with pytest.raises(FileOfNoKind):
        await uploads.read(1, articles_of, "a.png", ROWS, TODAY)
    assert (await uploads.read(1, pack_of, "a.toml", GOOD.encode())).size == 2
    with pytest.raises(PackBroken) as broken:
        await uploads.read(1, pack_of, "a.toml", b"[[moments]]\n")
    assert len(broken.value.faults) > 3
    assert broken.value.values == {"count": len(broken.value.faults)}


async def test_a_file_that_takes_too_long_or_too_much_is_refused_and_the_next_one_read(library: Library) -> None:
    uploads = Uploads(library, patience=4.0)
    with pytest.raises(FileUnreadable):
        await uploads.read(1, slow, 60.0)
    with pytest.raises(FileUnreadable):
        await uploads.read(1, greedy)
    assert await uploads.read(1, slow, 0.0) == 0.0
    await uploads.close()
    with pytest.raises(FileUnreadable):
        await uploads.read(1, slow, 0.0)


async def test_a_guild_whose_files_take_long_lets_no_other_wait(uploads: Uploads) -> None:
    first = [asyncio.create_task(uploads.read(1, slow, 1.5)) for _ in range(3)]
    await asyncio.sleep(0)
    assert await uploads.read(2, slow, 0.0) == 0.0
    assert not any(task.done() for task in first[1:])
    assert await asyncio.gather(*first) == [1.5] * 3
