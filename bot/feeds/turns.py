"""Who may do what when: so many at a time, so many of them for one host, and nobody waits for ever."""

from asyncio import Semaphore, timeout
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager


class NoTurn(Exception):
    """Nobody gave way in time, or too many wait already."""


class Turns:
    """Lets `in_all` through at a time, and `to_one` of them for the same host; `waiting` more may wait.

    Waiting for one host holds up no other.
    """

    def __init__(self, in_all: int, to_one: int, waiting: int) -> None:
        self._free, self._to_one = Semaphore(in_all), to_one
        self._most = in_all + waiting
        self._hosts: dict[str, tuple[Semaphore, int]] = {}
        self._here = 0

    @asynccontextmanager
    async def at(self, host: str, patience: float) -> AsyncGenerator[None]:
        """Wait for a turn at `host`, `patience` seconds at most, and keep it.

        Raises:
            NoTurn: there is none in that time.
        """
        if self._here >= self._most:
            raise NoTurn
        turn, here = self._hosts.get(host) or (Semaphore(self._to_one), 0)
        self._hosts[host] = turn, here + 1
        self._here += 1
        try:
            async with AsyncExitStack() as held:
                try:
                    async with timeout(max(patience, 0)):
                        await held.enter_async_context(turn)
                        await held.enter_async_context(self._free)
                except TimeoutError as late:
                    raise NoTurn from late
                yield
        finally:
            self._here -= 1
            turn, here = self._hosts.pop(host)
            if here > 1:
                self._hosts[host] = turn, here - 1
