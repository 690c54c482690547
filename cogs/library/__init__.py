"""The guild's own library: articles that its managers add."""

from bot.client import AdlibBot
from cogs.library.cog import GuildLibrary
from cogs.library.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(GuildLibrary(bot))
