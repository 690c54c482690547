"""The colours. Every picture is a dark card of its own, so it reads alike on Discord's dark and light.

Grounds are made of multiples of four: so Pillow finds them in the 256 colours of a file exactly (canvas.py).
"""

from typing import Final

CARD: Final = "#241c24"
TRACK: Final = "#302830"
"""The bed of a bar, and the plate of a pairing."""
BAR: Final = "#5c3c50"
ACCENT: Final = "#d6336c"
"""Adlib's own colour, as beside its messages: the bar of who leads, the way of who won."""
HAIRLINE: Final = "#907888"

INK: Final = "#ffffff"
MUTED: Final = "#ccb8c4"
ROSE: Final = "#f8a8c4"
GOLD: Final = "#f0c874"

WRITTEN: Final = (
    (INK, CARD),
    (INK, TRACK),
    (INK, BAR),
    (INK, ACCENT),
    (MUTED, CARD),
    (MUTED, TRACK),
    (ACCENT, INK),
    (ROSE, CARD),
    (GOLD, CARD),
    (MUTED, BAR),
)
"""Every colour that letters have, with every ground that they stand on."""

SHAPED: Final = ((TRACK, CARD), (BAR, CARD), (ACCENT, CARD), (HAIRLINE, CARD))
"""Colours of shapes with round edges, with their grounds."""
