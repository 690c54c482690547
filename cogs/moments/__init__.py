"""Moments: what managers do about single scenes, and how members report what is wrong."""

from bot.client import AdlibBot
from cogs.moments.cog import Moments
from cogs.moments.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Moments())
