"""Settings: what a guild chooses."""

from bot.client import AdlibBot
from cogs.settings.cog import GuildSettingsCog
from cogs.settings.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(GuildSettingsCog())
