"""The paper: flat colours, smooth shapes, text on its baseline, and the PNG at the end."""

from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Final, Literal

from PIL import Image, ImageColor, ImageDraw

from bot.pictures.fonts import Type, loaded, runs
from bot.pictures.lines import width
from bot.pictures.palette import CARD, SHAPED, WRITTEN

WIDE: Final = 1000
"""Pixels of every picture's width. On a phone Discord shows it some 330 points wide."""
MARGIN: Final = 44
SMALLEST: Final = 34
"""The size of the smallest letters: 11 points on that phone."""
TALLEST: Final = 1300
"""Pixels of height up to which a phone shows the full width."""
SMOOTH: Final = 4
"""Shapes are drawn so many times larger and scaled down, which softens their edges."""
SHADE: Final = 12
"""How far the shades lie apart between two colours that meet at a soft edge."""

Side = Literal["left", "middle", "right"]


class Canvas:
    """A card to draw on. Heights count from the top; text stands on the baseline that is given."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDE, height), CARD)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: float, baseline: float, text: str, style: Type, colour: str, side: Side = "left") -> None:
        """Write one line; `side` says which end or the middle of it is at `x`. What no font has is left out."""
        x -= {"left": 0.0, "middle": 0.5, "right": 1.0}[side] * width(text, style)
        for face, piece in runs(text) or ():
            font = loaded(face, style)
            self._draw.text((round(x), round(baseline)), piece, colour, font, anchor="ls")
            x += font.getlength(piece)

    def line(self, points: list[tuple[int, int]], colour: str, thick: int = 2) -> None:
        """Draw lines that run along or down, their corners filled."""
        for (x, y), (next_x, next_y) in pairwise(points):
            left, right, top, bottom = min(x, next_x), max(x, next_x), min(y, next_y), max(y, next_y)
            before, after = thick // 2, (thick - 1) // 2
            self._draw.rectangle((left - before, top - before, right + after, bottom + after), colour)

    def plate(self, left: int, top: int, right: int, bottom: int, colour: str, round_by: int = 0) -> None:
        """Fill a rectangle; `right` and `bottom` are the first pixels outside it."""
        if right > left and bottom > top:
            mask = _plate(right - left, bottom - top, min(round_by, (bottom - top) // 2, (right - left) // 2))
            self._image.paste(colour, (left, top), mask)

    def disc(self, x: int, y: int, radius: int, colour: str) -> None:
        """Fill a circle."""
        self.plate(x - radius, y - radius, x + radius, y + radius, colour, radius)

    def shape(self, points: list[tuple[int, int]], x: int, y: int, colour: str) -> None:
        """Fill a polygon whose points count from (x, y)."""
        reach = max(abs(value) for point in points for value in point) + 1
        mask = Image.new("L", (2 * reach * SMOOTH, 2 * reach * SMOOTH), 0)
        ImageDraw.Draw(mask).polygon([((a + reach) * SMOOTH, (b + reach) * SMOOTH) for a, b in points], 255)
        mask = mask.resize((2 * reach, 2 * reach), Image.Resampling.BOX)
        self._image.paste(colour, (x - reach, y - reach), mask)

    def bar(self, box: tuple[int, int, int, int], share: float, bed: str, colour: str, round_by: int) -> None:
        """Fill `share` of a rounded bed from the left; its end is straight, so that it can be told where it is."""
        left, top, right, bottom = box
        mask = _plate(right - left, bottom - top, round_by)
        self._image.paste(bed, (left, top), mask)
        filled = round((right - left) * min(max(share, 0.0), 1.0))
        if filled:
            self._image.paste(colour, (left, top), mask.crop((0, 0, filled, bottom - top)))

    def png(self) -> bytes:
        """Return the picture as a file."""
        file = BytesIO()
        few = self._image.quantize(palette=_palette(), dither=Image.Dither.NONE)
        few.save(file, "PNG", compress_level=9)
        return file.getvalue()


@cache
def _palette() -> Image.Image:
    """Return the 256 colours of a file: a third of the bytes of all, and nobody sees a difference."""
    colours: dict[tuple[int, ...], None] = {}
    for pair in (*WRITTEN, *SHAPED):
        one, other = map(ImageColor.getrgb, pair)
        steps = max(abs(a - b) for a, b in zip(one, other, strict=True)) // SHADE + 1
        for step in range(steps + 1):
            shade = (round(a + (b - a) * step / steps) for a, b in zip(one, other, strict=True))
            colours[tuple(shade)] = None
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in colours for value in colour])
    return palette


@lru_cache(maxsize=64)
def _plate(wide: int, high: int, round_by: int) -> Image.Image:
    mask = Image.new("L", (wide, high), 255)
    if round_by:
        big = round_by * 2 * SMOOTH
        disc = Image.new("L", (big, big), 0)
        ImageDraw.Draw(disc).ellipse((0, 0, big - 1, big - 1), 255)
        disc = disc.resize((round_by * 2, round_by * 2), Image.Resampling.BOX)
        for x in (0, 1):
            for y in (0, 1):
                corner = disc.crop((x * round_by, y * round_by, (x + 1) * round_by, (y + 1) * round_by))
                mask.paste(corner, (x * (wide - round_by), y * (high - round_by)))
    return mask
