"""Late edits: a count in a message may lag behind, so it is set right by one edit after a burst, never by a storm."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Final
from weakref import WeakValueDictionary

import discord

log = logging.getLogger(__name__)

QUIET: Final = 1.5
"""Seconds between a change and the edit that shows it; changes in between ride along."""

Edit = Callable[[], Awaitable[None]]


class Settler:
    """Keeps the edits of one message in order, and runs at most one late edit at a time for each key.

    What is lost in a crash is drawn anew by the next change or by the close; nothing depends on late edits.
    """

    def __init__(self) -> None:
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._again: set[Hashable] = set()
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    async def draw(self, key: Hashable, edit: Edit) -> None:
        """Run `edit` when no other edit for `key` is under way.

        An edit looks at what is stored when it is called, so that the last one to be drawn shows the newest state.
        """
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            await edit()

    def touch(self, key: Hashable, edit: Edit) -> None:
        """Have `edit` drawn soon; while one for `key` is waiting or running, only remember to run it once more."""
        if key in self._tasks:
            self._again.add(key)
            return
        self._tasks[key] = asyncio.create_task(self._run(key, edit))

    async def _run(self, key: Hashable, edit: Edit) -> None:
        try:
            while True:
                await asyncio.sleep(QUIET)
                self._again.discard(key)
                await self.draw(key, edit)
                if key not in self._again:
                    return
        except discord.DiscordException as error:
            log.info("A late edit of %s was refused: %s", key, error)
        except Exception:
            log.exception("A late edit of %s failed", key)
        finally:
            self._tasks.pop(key, None)
            self._again.discard(key)

    async def idle(self) -> None:
        """Wait until no late edit is waiting or running."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def close(self) -> None:
        """Give up the edits that are waiting."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
