"""The command of dramas. It works in DMs as well: nothing of a guild is needed."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from bot.ui.transformers import suggest_dramas
from cogs.dramas import views


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Dramas(commands.GroupCog, group_name="drama", group_description=locale_str("Look up K-dramas")):
    """Looking dramas up."""

    @app_commands.command()
    @app_commands.describe(name=locale_str("A drama's title; English or Korean"))
    async def card(self, interaction: Interaction, name: str) -> None:
        """Look a drama up: its cast and couples, its scenes and articles."""
        await views.show_card(interaction, name)

    @card.autocomplete("name")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the dramas that answer to what was typed."""
        return suggest_dramas(interaction, typed)
