"""Dramas: the card of each."""

from bot.client import AdlibBot
from cogs.dramas.cog import Dramas
from cogs.dramas.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Dramas())
