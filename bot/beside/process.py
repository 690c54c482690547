"""A process beside the event loop: it comes with the first piece of work and goes when none follows.

A thread would not do. Work that computes lets the loop wait 5 ms and more for the interpreter each time, and can
neither be stopped nor kept from taking all memory; a process costs the loop nothing. It is started as a module and
not through multiprocessing, which would load the whole bot into it again: so it holds what the work imports and no
more. It ends by itself when the bot does, however that ends, as its pipe then ends.
"""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event, Timer
from typing import Any, Final, TypeVar, TypeVarTuple

from bot.beside.frames import Frame, heard

Parts = TypeVarTuple("Parts")
Result = TypeVar("Result")

ROOT: Final = Path(__file__).parent.parent.parent
REST: Final = 60.0
"""Seconds after the last work for which the process stays."""
START: Final = 15.0
"""Seconds that a process may take until it is there; work has its patience from then on."""
LONGEST: Final = 64 << 20
"""Bytes of an answer."""
SECRET: Final = frozenset({"DISCORD_TOKEN", "DATABASE_URL"})
"""What no process beside the bot is told."""
BROKEN: Final = (OSError, EOFError)
"""What reading and writing raise when the process has gone."""


class NotDone(Exception):
    """There is no result: the work failed, took too long or too much memory, or this end is closed."""


class NotBegun(NotDone):
    """The work was not begun: there is no process for it, or this end is closed."""


class Beside:
    """Does one piece of work after the other in a process of its own; leave it with `close`.

    Work that takes more than `patience` seconds is given up; waiting for other work does not count, nor does starting
    the process, which first loads the modules `loads`. `memory` is what the process may take, in megabytes, where the
    system can hold it to that; 0 is without an end. An answer of more than `longest` bytes ends the process.
    """

    def __init__(
        self,
        name: str,
        patience: float,
        rest: float = REST,
        memory: int = 0,
        *,
        longest: int = LONGEST,
        loads: Sequence[str] = (),
    ) -> None:
        self._name, self._patience, self._rest, self._memory = name, patience, rest, memory
        self._longest, self._loads = longest, loads
        # One thread speaks with the process: it may wait for it, and a cancelled caller leaves no answer half read.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._process: Popen[bytes] | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._closed = False

    async def done(self, work: Callable[[*Parts], Result], *parts: *Parts) -> Result:
        """Return what `work`, a function of a module, makes of `parts`; the loop goes on meanwhile.

        What is no bytes comes back pickled: for work that cannot be made to run what it reads. See `bytes_of`.

        Raises:
            NotDone: it raised, took too long, too much memory or too many bytes, or this end is closed.
        """
        return await self._sent(work, parts, pickled=True)

    async def bytes_of(self, work: Callable[[*Parts], bytes], *parts: *Parts) -> bytes:
        """Return what `work` makes of `parts`, where nothing but bytes may come back.

        Whatever the process was made to do by what it read, no object is built here from what it says.

        Raises:
            NotDone: as for `done`.
        """
        return await self._sent(work, parts, pickled=False)

    async def close(self) -> None:
        """End the process at once; work that is still to be done raises NotDone. May be called twice."""
        if self._closed:
            return
        self._closed = True
        if self._leaving:
            self._leaving.cancel()
        if self._process:
            self._process.kill()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._dismiss)
        self._thread.shutdown()

    async def _sent(self, work: Callable[..., object], parts: tuple[object, ...], *, pickled: bool) -> Any:
        if self._closed:
            raise self._closing()
        loop = asyncio.get_running_loop()
        if self._leaving:
            self._leaving.cancel()
        try:
            return await loop.run_in_executor(self._thread, self._ask, pickle.dumps((work, parts)), pickled)
        finally:
            if not self._closed:
                self._leaving = loop.call_later(self._rest, self._thread.submit, self._dismiss)

    def _closing(self) -> NotBegun:
        return NotBegun(f"The {self._name} is closed.")

    def _ask(self, request: bytes, pickled: bool) -> Any:
        """Have it done; once more where the process turns out to have been killed meanwhile."""
        try:
            frame, answer = self._answer(request)
        except BROKEN:
            self._dismiss()
            try:
                frame, answer = self._answer(request)
            except BROKEN as fault:
                self._dismiss()
                raise NotDone(f"The process of the {self._name} has ended.") from fault
        match frame:
            case Frame.BYTES:
                return answer
            case Frame.OBJECT if pickled:
                return self._object(answer)
            case Frame.FAULT:
                raise NotDone(answer.decode(errors="replace"))
            case _:
                self._dismiss()
                raise NotDone(f"The {self._name} said what was not asked for.")

    def _object(self, answer: bytes) -> object:
        try:
            return pickle.loads(answer)  # noqa: S301 - see `done`
        except Exception as fault:
            raise NotDone(f"What the {self._name} said cannot be read: {fault}") from fault

    def _answer(self, request: bytes) -> tuple[Frame, bytes]:
        process = self._process or self._started()
        assert process.stdin  # noqa: S101
        with self._within(self._patience, process, NotDone):
            process.stdin.write(request)
            process.stdin.flush()
            return self._heard(process)

    def _started(self) -> Popen[bytes]:
        """Start the process and wait until it is there."""
        if self._closed:
            raise self._closing()
        command = [sys.executable, "-m", "bot.beside", self._name, str(self._memory), *self._loads]
        told = {name: value for name, value in os.environ.items() if name not in SECRET}
        try:
            self._process = Popen(command, cwd=ROOT, env=told, stdin=PIPE, stdout=PIPE)  # noqa: S603 - our own module
            if self._closed:  # while it started, when there was nothing to end yet
                self._process.kill()
            with self._within(START, self._process, NotBegun):
                self._heard(self._process)
            return self._process
        except BROKEN as fault:
            self._dismiss()
            if self._closed:
                raise self._closing() from fault
            raise NotBegun(f"The process of the {self._name} does not start.") from fault

    def _heard(self, process: Popen[bytes]) -> tuple[Frame, bytes]:
        assert process.stdout  # noqa: S101
        try:
            return heard(process.stdout, self._longest)
        except ValueError as fault:
            self._dismiss()
            raise NotDone(f"The {self._name} said what it may not: {fault}") from fault

    @contextmanager
    def _within(self, seconds: float, process: Popen[bytes], late: type[NotDone]) -> Generator[None]:
        """End the process where what is done with it takes longer, and raise `late`."""
        expired = Event()

        def give_up() -> None:
            expired.set()
            process.kill()

        timer = Timer(seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        except BROKEN as fault:
            if not expired.is_set():
                raise
            self._dismiss()  # what took too long once is not begun again
            raise late(f"The {self._name} took too long.") from fault
        finally:
            timer.cancel()

    def _dismiss(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()
