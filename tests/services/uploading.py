"""Files that are read on the spot, where a test is not about the processes that read them (see test_uploads.py)."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from bot.content.uploads import packed
from bot.domain.library import Library
from bot.errors import UserError

Parts = TypeVarTuple("Parts")
Result = TypeVar("Result")


class OnTheSpot:
    """Reads in this process, at once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._packed: bytes | None = None

    async def read(self, guild_id: int, work: Callable[[bytes, *Parts], Result | UserError], *parts: *Parts) -> Result:
        """Return what `work` makes of a file; raise what it refuses."""
        self._packed = self._packed or packed(self._library)
        outcome = work(self._packed, *parts)
        if isinstance(outcome, UserError):
            raise outcome
        return outcome
