"""The commands for what a member has seen. They work in DMs as well: the list is hers, not a guild's."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui.interaction import Interaction
from cogs.seen import views


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Seen(commands.GroupCog, group_name="seen", group_description=locale_str("The dramas you have seen")):
    """A member's own list of dramas."""

    @app_commands.command()
    @app_commands.describe(drama=locale_str("A drama's title; English or Korean"))
    async def add(self, interaction: Interaction, drama: str) -> None:
        """Mark a drama as seen, so that a game may keep to what you know."""
        await views.add(interaction, drama)

    @add.autocomplete("drama")
    async def suggest_unseen(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the dramas that are not on the list."""
        return await views.unseen_choices(interaction, typed)

    @app_commands.command()
    @app_commands.describe(drama=locale_str("A drama on your list"))
    async def remove(self, interaction: Interaction, drama: str) -> None:
        """Take a drama off your list of what you have seen."""
        await views.remove(interaction, drama)

    @remove.autocomplete("drama")
    async def suggest_seen(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the dramas on the list."""
        return await views.seen_choices(interaction, typed)

    @app_commands.command()
    async def list(self, interaction: Interaction) -> None:
        """See which dramas you have marked as seen."""
        await views.show(interaction)
