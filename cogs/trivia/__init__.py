"""Trivia: was it scripted?"""

from bot.client import AdlibBot
from cogs.trivia.cog import Trivia
from cogs.trivia.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    bot.router.add(ROUTES)
    await bot.add_cog(Trivia(bot))
