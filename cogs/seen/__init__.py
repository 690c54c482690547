"""Seen: the dramas that a member has seen, so that games can keep to them."""

from bot.client import AdlibBot
from cogs.seen.cog import Seen
from cogs.seen.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Seen())
