"""The commands of privacy. They work in DMs as well, also after the member has left a guild."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.privacy import views


class Privacy(commands.GroupCog, group_name="privacy", group_description=locale_str("Your own data")):
    """A member's own data."""

    @app_commands.command()
    async def delete(self, interaction: Interaction) -> None:
        """Delete everything that Adlib has stored about you."""
        await views.ask(interaction)

    @app_commands.command()
    async def hide(self, interaction: Interaction) -> None:
        """Leave you out of the leaderboards of all servers."""
        await views.hide(interaction)

    @app_commands.command()
    async def show(self, interaction: Interaction) -> None:
        """Let you stand on leaderboards again."""
        await views.show(interaction)
