"""The commands of articles. They work in DMs as well: nothing of a guild is needed."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.articles import views


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Articles(commands.GroupCog, group_name="article", group_description=locale_str("Look up K-drama articles")):
    """Looking articles up."""

    @app_commands.command()
    @app_commands.describe(text=locale_str("A title, actor, couple or scene; English or Korean"))
    async def search(self, interaction: Interaction, text: str) -> None:
        """Find an article in the library."""
        await views.show_found(interaction, text)

    @search.autocomplete("text")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the articles that answer to what was typed."""
        return views.article_choices(interaction, typed)
