"""The command for help."""

from discord import app_commands
from discord.ext import commands

from bot.client import AdlibBot
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.reply import whisper
from cogs.help import render


class Help(commands.Cog):
    """What a member can do here."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """See what you can do with Adlib here."""
        usable = render.usable(
            self.bot.tree.walk_commands(), interaction.permissions, in_guild=interaction.guild_id is not None
        )
        await whisper(
            interaction, render.help_page(usable, self.bot.services.commands.ids, private_phrases(interaction))
        )
