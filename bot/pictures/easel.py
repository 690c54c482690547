"""Drawing beside the event loop: setting a picture takes a tenth of a second of Python and FreeType.

The process that draws (bot/beside/) comes with the first picture and holds PIL and fonts only.
"""

from collections.abc import Callable
from typing import Final, Self, TypeVarTuple

from bot.beside.process import REST, Beside, NotDone

Parts = TypeVarTuple("Parts")

PATIENCE: Final = 20.0
"""Seconds after which a picture that is still not drawn is given up."""


class NotDrawn(Exception):
    """There is no picture: the drawing failed, took too long, or the easel is closed. Words have to do."""


class Easel:
    """Draws one picture after the other; leave it with `close`, or use it as an async context manager."""

    def __init__(self, patience: float = PATIENCE, rest: float = REST) -> None:
        self._beside = Beside("easel", patience, rest)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def drawn(self, draw: Callable[[*Parts], bytes], *parts: *Parts) -> bytes:
        """Return what `draw`, a function of a module, makes of `parts`; the loop goes on meanwhile.

        Raises:
            NotDrawn: it raised, took too long, or the easel is closed.
        """
        try:
            return await self._beside.done(draw, *parts)
        except NotDone as fault:
            raise NotDrawn(str(fault)) from fault

    async def close(self) -> None:
        """End the process at once; pictures that are still to be drawn raise NotDrawn. May be called twice."""
        await self._beside.close()
