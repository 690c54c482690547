"""People: the card of each actor."""

from bot.client import AdlibBot
from cogs.people.cog import People
from cogs.people.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(People())
