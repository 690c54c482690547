"""Seasons: leaderboards that begin anew."""

from bot.client import AdlibBot
from cogs.seasons.cog import Seasons
from cogs.seasons.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Seasons())
