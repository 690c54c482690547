"""Pictures in messages: a file that goes along with the page, shown in it, with words that say the same."""

import io
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.domain.texts import shorten

ALT_LIMIT: Final = 1024
"""Characters of the words that stand for a picture (Discord's API specification, MediaGalleryItemRequest)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its file name and with `alt`, what a member hears who cannot see it."""

    name: str
    png: bytes
    alt: str

    def file(self) -> discord.File:
        """Return it as a file to send; a new one for every call, as a file is read once."""
        return discord.File(io.BytesIO(self.png), filename=self.name, description=shorten(self.alt, ALT_LIMIT))

    def gallery(self) -> discord.ui.MediaGallery[Any]:
        """Return what shows it in the page that it is sent with."""
        shown = discord.MediaGalleryItem(f"attachment://{self.name}", description=shorten(self.alt, ALT_LIMIT))
        return discord.ui.MediaGallery(shown)
