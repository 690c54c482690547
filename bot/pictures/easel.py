"""Drawing beside the event loop: a process of its own, which comes with the first picture and goes when none follow.

A thread would not do. Setting a picture takes a tenth of a second of Python and FreeType, and a thread that computes
lets the loop wait 5 ms and more for the interpreter each time; a process costs it nothing. It is started as a module
and not through multiprocessing, which would load the whole bot into it again: so it holds PIL and fonts only. It ends
by itself when the bot does, however that ends, as its pipe then ends.
"""

import asyncio
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Timer
from typing import Final, Self, TypeVarTuple

Parts = TypeVarTuple("Parts")

ROOT: Final = Path(__file__).parent.parent.parent
PATIENCE: Final = 20.0
"""Seconds after which a picture that is still not drawn is given up."""
REST: Final = 60.0
"""Seconds after the last picture for which the process stays."""
BROKEN: Final = (OSError, EOFError, pickle.UnpicklingError)
"""What reading and writing raise when the process has gone."""


class NotDrawn(Exception):
    """There is no picture: the drawing failed, took too long, or the easel is closed. Words have to do."""


class Easel:
    """Draws one picture after the other; leave it with `close`, or use it as an async context manager."""

    def __init__(self, patience: float = PATIENCE, rest: float = REST) -> None:
        self._patience, self._rest = patience, rest
        # One thread speaks with the process: it may wait for it, and a cancelled caller leaves no answer half read.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="easel")
        self._process: Popen[bytes] | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def drawn(self, draw: Callable[[*Parts], bytes], *parts: *Parts) -> bytes:
        """Return what `draw`, a function of a module, makes of `parts`; the loop goes on meanwhile.

        Raises:
            NotDrawn: it raised, took too long, or the easel is closed.
        """
        if self._closed:
            raise NotDrawn("The easel is closed.")
        loop = asyncio.get_running_loop()
        if self._leaving:
            self._leaving.cancel()
        try:
            return await loop.run_in_executor(self._thread, self._ask, pickle.dumps((draw, parts)))
        finally:
            if not self._closed:
                self._leaving = loop.call_later(self._rest, self._thread.submit, self._dismiss)

    async def close(self) -> None:
        """End the process at once; pictures that are still to be drawn raise NotDrawn. May be called twice."""
        if self._closed:
            return
        self._closed = True
        if self._leaving:
            self._leaving.cancel()
        if self._process:
            self._process.kill()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._dismiss)
        self._thread.shutdown()

    def _ask(self, request: bytes) -> bytes:
        """Have it drawn; once more where the process turns out to have been killed meanwhile."""
        try:
            answer = self._answer(request)
        except BROKEN:
            self._dismiss()
            try:
                answer = self._answer(request)
            except BROKEN as fault:
                self._dismiss()
                raise NotDrawn("The process that draws has ended.") from fault
        if isinstance(answer, str):
            raise NotDrawn(answer)
        return answer

    def _answer(self, request: bytes) -> bytes | str:
        if self._closed:
            raise NotDrawn("The easel is closed.")
        if self._process is None:
            self._process = Popen([sys.executable, "-m", "bot.pictures"], cwd=ROOT, stdin=PIPE, stdout=PIPE)
        process = self._process
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        late = Timer(self._patience, process.kill)
        late.daemon = True
        late.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            return pickle.load(process.stdout)  # noqa: S301 - both ends are Adlib's own
        finally:
            late.cancel()

    def _dismiss(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()
