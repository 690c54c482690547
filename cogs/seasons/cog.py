"""The commands of seasons. Discord's Integrations page says who may use them; the button that ends one checks again."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.seasons import views


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Seasons(commands.GroupCog, group_name="season", group_description=locale_str("Leaderboards that begin anew")):
    """Leaderboards that begin anew."""

    @app_commands.command()
    async def end(self, interaction: Interaction) -> None:
        """End the season: its winners are announced here, and the next one begins."""
        await views.ask(interaction)

    @app_commands.command()
    async def list(self, interaction: Interaction) -> None:
        """See all seasons of this server with their winners."""
        await views.show_list(interaction)
