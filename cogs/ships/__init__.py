"""Ships: votes on couples."""

from bot.client import AdlibBot
from cogs.ships.cog import Ships
from cogs.ships.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Ships(bot))
