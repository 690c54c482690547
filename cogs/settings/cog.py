"""The command for the settings of a guild. Discord's Integrations page says who may use it; its menus check again."""

from discord import app_commands
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.settings import views


class GuildSettingsCog(commands.Cog, name="Settings"):
    """The settings of a guild."""

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """See and change how Adlib behaves on this server."""
        await views.show(interaction)
