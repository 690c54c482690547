"""The client as the screen sees it, and the alias for interactions with it."""

from typing import Any

import discord
from discord.ext import commands

from bot.domain.texts import Language
from bot.services.services import Services
from bot.text.catalogue import Catalogue, Phrases
from bot.ui.settle import Settler


class Client(commands.Bot):
    """A bot with Adlib's services. `bot.client.AdlibBot` fills it in."""

    services: Services
    catalogue: Catalogue
    settler: Settler

    async def press(self, interaction: "discord.Interaction[Any]", custom_id: str) -> None:
        """Answer the press of a button or menu, or a form."""
        raise TypeError("Only AdlibBot answers presses.")


Interaction = discord.Interaction[Client]


def language_of(locale: discord.Locale | None) -> Language:
    """The language for a Discord locale: Korean for Korean, English for all others."""
    return Language.KOREAN if locale is discord.Locale.korean else Language.ENGLISH


def private_phrases(interaction: Interaction) -> Phrases:
    """Return the phrases for what only the member sees: her own Discord language."""
    return interaction.client.catalogue[language_of(interaction.locale)]


def guild_locale(interaction: Interaction) -> Language:
    """The language that the guild has set on Discord; in a DM the member's."""
    return language_of(interaction.guild_locale or interaction.locale)
