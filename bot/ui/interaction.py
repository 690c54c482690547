"""The client as the screen sees it, and the alias for interactions with it."""

from typing import Any

import discord
from discord.ext import commands

from bot.domain.texts import Language
from bot.pictures.easel import Easel
from bot.services.services import Services
from bot.text.catalogue import Catalogue, Phrases
from bot.ui.settle import Settler


class Client(commands.Bot):
    """A bot with Adlib's services. `bot.client.AdlibBot` fills it in."""

    services: Services
    catalogue: Catalogue
    settler: Settler
    easel: Easel

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


def role_ids(interaction: Interaction) -> frozenset[int]:
    """The ids of the roles of the member who acts, as the interaction brings them; none in a DM.

    discord.py's own `roles` looks them up in its cache of guilds, which is empty without the guilds intent.
    """
    if not isinstance(interaction.user, discord.Member):
        return frozenset()
    return frozenset(interaction.user._roles)  # pyright: ignore[reportPrivateUsage]


def is_manager(interaction: Interaction) -> bool:
    """Tell whether the member may manage the guild."""
    return interaction.permissions.manage_guild


def restricting(interaction: Interaction, role: discord.Role | None) -> int | None:
    """Return the id of a role that something is kept to; @everyone, whose id is the guild's, keeps nobody out."""
    return role.id if role is not None and role.id != interaction.guild_id else None


def guild_locale(interaction: Interaction) -> Language:
    """The language that the guild has set on Discord; in a DM the member's."""
    return language_of(interaction.guild_locale or interaction.locale)
