"""The command for help."""

from discord import app_commands
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.help import views


class Help(commands.Cog):
    """What a member can do here."""

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """See what you can do with Adlib here."""
        await views.show(interaction)
