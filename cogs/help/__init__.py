"""Help: what a member can do here."""

from bot.client import AdlibBot
from cogs.help.cog import Help


async def setup(bot: AdlibBot) -> None:
    """Load the feature."""
    await bot.add_cog(Help(bot))
