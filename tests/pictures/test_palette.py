"""The colours: what is written can be read."""

import pytest
from PIL import ImageColor

from bot.pictures.palette import ACCENT, CARD, HAIRLINE, WRITTEN
from bot.ui import pages


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [value / 255 for value in ImageColor.getrgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("letters", "ground"), WRITTEN)
def test_letters_have_the_contrast_that_wcag_asks_for(letters: str, ground: str) -> None:
    assert contrast(letters, ground) >= 4.5


@pytest.mark.parametrize("line", [HAIRLINE, ACCENT])
def test_the_ways_of_a_bracket_have_the_contrast_that_wcag_asks_of_graphics(line: str) -> None:
    assert contrast(line, CARD) >= 3


def test_the_accent_is_the_one_beside_adlibs_messages() -> None:
    assert ImageColor.getrgb(ACCENT) == pages.ACCENT.to_rgb()
