"""Reading the files that guilds upload, in processes beside the bot, so that no answer waits for one."""

import asyncio
import logging
from collections.abc import Callable
from functools import cached_property
from typing import Final, Protocol, TypeVar, TypeVarTuple
from weakref import WeakValueDictionary

from bot.beside.process import Beside, NotDone
from bot.content.uploads import packed
from bot.domain.library import Library
from bot.errors import FileUnreadable, UserError

log = logging.getLogger(__name__)

Parts = TypeVarTuple("Parts")
Result = TypeVar("Result")

PATIENCE: Final = 30.0
"""Seconds for one file; the largest that is allowed takes a few."""
MEMORY: Final = 1_024
"""Megabytes for one file."""
AT_ONCE: Final = 2
"""Files that are read at the same time; of one guild only one is."""


class Uploading(Protocol):
    """Reads files; see `Uploads`."""

    async def read(self, guild_id: int, work: Callable[[bytes, *Parts], Result | UserError], *parts: *Parts) -> Result:
        """Return what `work` of bot/content/uploads.py makes of a file; raise what it refuses."""
        ...


class Uploads:
    """Reads files with the library at hand; leave it with `close`."""

    def __init__(self, library: Library, patience: float = PATIENCE, memory: int = MEMORY) -> None:
        self._library = library
        self._readers = [
            Beside("file reader", patience, memory=memory, loads=("bot.content.uploads",)) for _ in range(AT_ONCE)
        ]
        self._idle = [*self._readers]
        self._free = asyncio.Semaphore(AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def read(self, guild_id: int, work: Callable[[bytes, *Parts], Result | UserError], *parts: *Parts) -> Result:
        """Return what `work` of bot/content/uploads.py makes of a file, the library, packed, before its `parts`.

        Raises:
            UserError: what it refuses.
            FileUnreadable: it took too long or too much memory.
        """
        turn = self._turns.setdefault(guild_id, asyncio.Lock())
        async with turn, self._free:
            reader = self._idle.pop()
            try:
                outcome = await reader.done(work, self._packed, *parts)
            except NotDone as fault:
                log.warning("A file of guild %d could not be read: %s", guild_id, fault)
                raise FileUnreadable from fault
            finally:
                self._idle.append(reader)
        if isinstance(outcome, UserError):
            raise outcome
        return outcome

    async def close(self) -> None:
        """End the processes; files that are still being read are refused."""
        for reader in self._readers:
            await reader.close()

    @cached_property
    def _packed(self) -> bytes:
        return packed(self._library)
