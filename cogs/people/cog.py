"""The command of people. It works in DMs as well: nothing of a guild is needed."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from bot.ui.transformers import suggest_people
from cogs.people import views


class People(commands.Cog):
    """Looking people up."""

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(name=locale_str("An actor's name in whatever spelling; English or Korean"))
    async def person(self, interaction: Interaction, name: str) -> None:
        """Look an actor up: roles by year, scenes and articles."""
        await views.show_card(interaction, name)

    @person.autocomplete("name")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer whoever answers to what was typed."""
        return suggest_people(interaction, typed)
