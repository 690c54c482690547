"""Articles: what was really said about a scene."""

from bot.client import AdlibBot
from cogs.articles.cog import Articles
from cogs.articles.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Articles())
