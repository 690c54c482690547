"""Late edits: a count in a message may lag behind, so it is set right by one edit after a burst, never by a storm."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

import discord

log = logging.getLogger(__name__)

QUIET: Final = 1.5
"""Seconds between a change and the edit that shows it; changes in between ride along."""


class Settler:
    """Runs at most one edit at a time for each key, and one more if something changed meanwhile.

    What is lost in a crash is drawn anew by the next change or by the close; nothing depends on these edits.
    """

    def __init__(self) -> None:
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._again: set[Hashable] = set()

    def touch(self, key: Hashable, edit: Callable[[], Awaitable[None]]) -> None:
        """Have `edit` run soon; while one for `key` is waiting or running, only remember to run it once more."""
        if key in self._tasks:
            self._again.add(key)
            return
        self._tasks[key] = asyncio.create_task(self._run(key, edit))

    async def _run(self, key: Hashable, edit: Callable[[], Awaitable[None]]) -> None:
        try:
            while True:
                await asyncio.sleep(QUIET)
                self._again.discard(key)
                await edit()
                if key not in self._again:
                    return
        except discord.HTTPException as error:
            log.info("A late edit of %s was refused (%d)", key, error.code)
        except Exception:
            log.exception("A late edit of %s failed", key)
        finally:
            self._tasks.pop(key, None)
            self._again.discard(key)

    async def close(self) -> None:
        """Give up the edits that are waiting."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
