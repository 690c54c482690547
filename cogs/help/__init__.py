"""Help: what a member can do here."""

from bot.client import AdlibBot
from cogs.help.cog import Help
from cogs.help.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Help())
