"""Daily: one question a day, at the server's hour."""

from bot.client import AdlibBot
from cogs.daily.cog import DailyQuestion


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    await bot.add_cog(DailyQuestion(bot))
