"""Looking at a picture: what its pixels say, and how large its letters are on a phone."""

from io import BytesIO

from PIL import Image, ImageColor

from bot.pictures.canvas import MARGIN
from bot.pictures.palette import CARD

BYTES = 200_000
PHONE = (330, 430)
"""Points that Discord gives a picture on a phone of 390 points."""


def opened(png: bytes) -> Image.Image:
    """Return the picture, decoded in full; fail where it is no small PNG."""
    assert png.startswith(b"\x89PNG")
    assert len(png) < BYTES
    with Image.open(BytesIO(png)) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    """Return a colour of the palette as a pixel has it."""
    return ImageColor.getrgb(colour)


def points(picture: Image.Image, pixels: int) -> float:
    """Return how many points letters of so many pixels have on a phone."""
    return pixels * min(PHONE[0] / picture.width, PHONE[1] / picture.height)


def ring_is_empty(picture: Image.Image, wide: int = MARGIN // 2) -> bool:
    """Tell whether nothing is drawn near the edges, so that nothing runs over them either."""
    inner = (wide, wide // 2, picture.width - wide, picture.height - wide // 2)
    hollow = picture.copy()
    hollow.paste(CARD, inner)
    return hollow.getcolors() == [(picture.width * picture.height, rgb(CARD))]
