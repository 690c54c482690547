"""The commands for single scenes. Discord's Integrations page says who may use them; their buttons check again."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.moments import views


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Moments(commands.GroupCog, group_name="moments", group_description=locale_str("The scenes that games ask about")):
    """Single scenes, switched off and on, and what members report about them."""

    @app_commands.command()
    @app_commands.describe(drama=locale_str("A drama's title; English or Korean"))
    async def browse(self, interaction: Interaction, drama: str) -> None:
        """See a drama's scenes, and switch single ones off for this server."""
        await views.browse(interaction, drama)

    @browse.autocomplete("drama")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the dramas that have scenes."""
        return views.scene_choices(interaction, typed)

    @app_commands.command()
    async def off(self, interaction: Interaction) -> None:
        """See every scene that is switched off on this server."""
        await views.show_off(interaction)

    @app_commands.command()
    async def reports(self, interaction: Interaction) -> None:
        """Read what members have reported as wrong."""
        await views.show_reports(interaction)
