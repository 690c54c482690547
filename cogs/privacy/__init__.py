"""Privacy: a member's own data."""

from bot.client import AdlibBot
from cogs.privacy.cog import Privacy
from cogs.privacy.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Privacy())
