"""What the command and presses do about dramas: show a card, share it."""

from typing import Final

from bot.domain.texts import shorten
from bot.errors import NoSuchDrama
from bot.ui.actions import BUTTON_TEXT
from bot.ui.cards import show
from bot.ui.cards.actions import SHARE_DRAMA
from bot.ui.cards.menu import meant_page
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.pages import plain
from bot.ui.reply import whisper
from bot.ui.ways import DRAMA

MOST_MEANT: Final = 5
"""Buttons in a row (Discord)."""


async def show_card(interaction: Interaction, text: str) -> None:
    """Show the card of the drama that `text` stands for to the member alone, or which ones it may stand for.

    Raises:
        NoSuchDrama: it stands for none.
    """
    dramas = interaction.client.services.dramas
    try:
        drama = dramas.find(text)
    except NoSuchDrama:
        near = dramas.suggest(text, MOST_MEANT) if text.strip() else ()
        if not near:
            raise
    else:
        await show.show_drama(interaction, drama)
        return
    _ = private_phrases(interaction)
    told = _("“{text}” alone is not the title of one drama.", text=plain(shorten(text, BUTTON_TEXT)))
    ways = [DRAMA.button(shorten(f"{_.of(one.title)} ({one.year})", BUTTON_TEXT), one.id) for one in near]
    await whisper(interaction, meant_page(told, ways, _))


ROUTES = {
    DRAMA: show.open_drama,
    SHARE_DRAMA: show.share_drama,
}
