"""The commands of the record of couples. They join the group of ships, which works in guilds only."""

from discord import app_commands
from discord.app_commands import locale_str

from bot.ui.interaction import Interaction
from cogs.ships_record import views


class Record(app_commands.Group):
    """What couples have won."""

    @app_commands.command()
    async def leaderboard(self, interaction: Interaction) -> None:
        """Show the channel which couples have won most on this server."""
        await views.show_board(interaction)

    @app_commands.command()
    @app_commands.describe(couple=locale_str("A couple: choose one, or type its name"))
    async def card(self, interaction: Interaction, couple: str) -> None:
        """Look a couple up: its drama, its fan name, what it has won here."""
        await views.show_card(interaction, couple)

    @card.autocomplete("couple")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the couples that answer to what was typed."""
        return await views.couple_choices(interaction, typed)
