"""Packs: a guild's own moments."""

from bot.client import AdlibBot
from cogs.packs.cog import Packs
from cogs.packs.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Packs())
