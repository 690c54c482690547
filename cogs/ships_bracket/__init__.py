"""Brackets: the couples' world cup, behind /ship bracket."""

from bot.client import AdlibBot
from bot.ui.groups import join
from cogs.ships_bracket.cog import BracketCommands, Brackets
from cogs.ships_bracket.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    join(bot, "ship", BracketCommands(bot))
    await bot.add_cog(Brackets(bot))
