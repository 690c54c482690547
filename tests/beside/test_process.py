"""The bot's end of a process beside the loop: when it begins, what it believes, how it leaves."""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from subprocess import Popen
from typing import Any

import pytest

from bot.beside import process
from bot.beside.frames import HEAD, Frame, heard, written
from bot.beside.process import Beside, NotBegun, NotDone
from tests.beside import work


@asynccontextmanager
async def beside(patience: float = 20, **options: Any) -> AsyncGenerator[Beside]:
    """Yield one, and close it."""
    made = Beside("test", patience, **options)
    try:
        yield made
    finally:
        await made.close()


async def test_an_object_that_runs_something_where_it_is_read_is_not_read_where_bytes_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sprung: list[object] = []

    def spring(name: str, value: str) -> None:
        sprung.append((name, value))

    monkeypatch.setattr(os, "putenv", spring)
    async with beside() as opened:
        with pytest.raises(NotDone, match="not asked for"):
            await opened.bytes_of(work.trapped)
        assert sprung == []
        assert await opened.bytes_of(work.repeated, b"a", 3) == b"aaa"


async def test_an_answer_that_is_too_long_ends_the_process_and_the_next_one_is_done() -> None:
    async with beside(longest=1000) as opened:
        assert len(await opened.bytes_of(work.repeated, b"a", 1000)) == 1000
        with pytest.raises(NotDone, match="may not"):
            await opened.bytes_of(work.repeated, b"a", 50_000_000)
        assert await opened.done(work.repeated, b"a", 5) == b"aaaaa"


async def test_what_the_work_prints_is_no_answer() -> None:
    async with beside() as opened:
        assert await opened.done(work.printing) == "the answer"
        assert await opened.done(work.printing) == "the answer"


async def test_an_object_that_cannot_be_read_is_a_result_that_is_not_there() -> None:
    async with beside() as opened:
        with pytest.raises(NotDone, match="cannot be read"):
            await opened.done(work.reads_badly)
        assert await opened.bytes_of(work.repeated, b"a", 1) == b"a"


async def test_the_time_that_starting_takes_does_not_count_as_the_works() -> None:
    async with beside(0.5, loads=("tests.beside.slow", "tests.beside.work")) as opened:
        assert await opened.done(work.parents_view) == ["tests.beside.slow", "tests.beside.work"]


async def test_a_process_that_does_not_start_has_not_begun_the_work() -> None:
    async with beside(loads=("tests.beside.nowhere",)) as opened:
        with pytest.raises(NotBegun):
            await opened.done(work.parents_view)


async def test_a_process_that_takes_too_long_to_start_has_not_begun_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "START", 0.05)
    async with beside(loads=("tests.beside.slow",)) as opened:
        with pytest.raises(NotBegun, match="too long"):
            await opened.done(work.parents_view)


async def test_closing_while_the_process_starts_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    starting, go_on, made = threading.Event(), threading.Event(), list[Any]()

    def slowly(*said: Any, **options: Any) -> Popen[bytes]:
        made.append(Popen(*said, **options))
        starting.set()
        go_on.wait()
        return made[0]

    monkeypatch.setattr(process, "Popen", slowly)
    opened = Beside("test", 20)
    waiting = asyncio.create_task(opened.done(work.waiting, 15.0))
    await asyncio.to_thread(starting.wait)
    closing = asyncio.create_task(opened.close())
    await asyncio.sleep(0)
    go_on.set()
    async with asyncio.timeout(3):
        await closing
        with pytest.raises(NotBegun):
            await waiting
    assert made[0].returncode is not None


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (b"", EOFError),
        (b"\2\0\0", EOFError),
        (written(Frame.BYTES, b"abc")[:-1], EOFError),
        (HEAD.pack(99, 0), ValueError),
        (HEAD.pack(Frame.BYTES, 11), ValueError),
        (HEAD.pack(Frame.OBJECT, 2**32 - 1), ValueError),
    ],
)
def test_what_is_no_frame_is_not_read(tmp_path: Any, said: bytes, fault: type[Exception]) -> None:
    (tmp_path / "pipe").write_bytes(said)
    with (tmp_path / "pipe").open("rb") as pipe, pytest.raises(fault):
        heard(pipe, 10)


@pytest.mark.parametrize("body", [b"", b"0123456789"])
def test_a_frame_is_read_as_it_was_written(tmp_path: Any, body: bytes) -> None:
    (tmp_path / "pipe").write_bytes(written(Frame.FAULT, body) + b"more")
    with (tmp_path / "pipe").open("rb") as pipe:
        assert heard(pipe, 10) == (Frame.FAULT, body)
