"""What all pictures have round them: the heading, a line, the footer."""

from typing import Final

from bot.pictures.canvas import MARGIN, SMALLEST, WIDE, Canvas
from bot.pictures.fonts import Type
from bot.pictures.lines import clipped, width, wrapped
from bot.pictures.palette import ACCENT, INK, MUTED

HEADING: Final = Type(46, 700)
ROOM: Final = WIDE - 2 * MARGIN
LEADING: Final = 58
"""From line to line of the heading."""
TOP: Final = 26
BELOW: Final = 26
"""Between the heading and what follows."""
STEP: Final = 44
END: Final = 32


class Frame:
    """The heading and the footer in at most `lines` lines, `aside` beside the heading, letters of `size` in both.

    `height` is what they take with the space around them.
    """

    def __init__(self, heading: str, footer: str, *, lines: int = 2, size: int = SMALLEST, aside: str = "") -> None:
        self._small = Type(size)
        self._aside = clipped(aside, self._small, ROOM / 2)
        beside = width(self._aside, self._small) + 24 if self._aside else 0
        self._heading = wrapped(heading, HEADING, ROOM - beside, lines)
        self._footer = wrapped(footer, self._small, ROOM, lines)
        self._top = TOP + LEADING * len(self._heading) + BELOW
        self._bottom = END + (STEP * len(self._footer) + 10 if self._footer else 0)
        self.height = self._top + self._bottom

    def begin(self, height: int) -> tuple[Canvas, int]:
        """Return a card with heading and footer, `height` of it free between them, and where that begins."""
        canvas = Canvas(self.height + height)
        for number, line in enumerate(self._heading):
            canvas.text(MARGIN, TOP + LEADING * number + 46, line, HEADING, INK)
        canvas.text(WIDE - MARGIN, TOP + 46, self._aside, self._small, MUTED, "right")
        canvas.plate(MARGIN, self._top - 14, MARGIN + 72, self._top - 10, ACCENT)
        for number, line in enumerate(self._footer):
            canvas.text(MARGIN, self._top + height + 10 + STEP * number + 36, line, self._small, MUTED)
        return canvas, self._top
