"""What the command and presses do about people: show a card, share it."""

from typing import Final

from bot.domain.texts import shorten
from bot.errors import NoSuchPerson
from bot.ui.actions import BUTTON_TEXT
from bot.ui.cards import show
from bot.ui.cards.actions import SHARE_PERSON
from bot.ui.cards.menu import meant_page
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.pages import plain
from bot.ui.reply import whisper
from bot.ui.ways import PERSON

MOST_MEANT: Final = 5
"""Buttons in a row (Discord)."""


async def show_card(interaction: Interaction, text: str) -> None:
    """Show the card of the person whom `text` names to the member alone, or whom it may name.

    Raises:
        NoSuchPerson: it names nobody.
    """
    people = interaction.client.services.people
    try:
        person = people.find(text)
    except NoSuchPerson:
        near = people.suggest(text, MOST_MEANT) if text.strip() else ()
        if not near:
            raise
    else:
        await show.show_person(interaction, person)
        return
    _ = private_phrases(interaction)
    told = _("“{text}” alone is not the name of one actor.", text=plain(shorten(text, BUTTON_TEXT)))
    ways = [PERSON.button(shorten(_.of(one.names), BUTTON_TEXT), one.name) for one in near]
    await whisper(interaction, meant_page(told, ways, _))


ROUTES = {
    PERSON: show.open_person,
    SHARE_PERSON: show.share_person,
}
