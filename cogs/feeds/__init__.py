"""Feeds: news of other websites in the guild's channels."""

from bot.client import AdlibBot
from cogs.feeds.cog import Feeds
from cogs.feeds.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Feeds(bot))
