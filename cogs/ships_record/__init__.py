"""The record of couples: who has won most, and the card of a couple."""

from bot.client import AdlibBot
from bot.ui.groups import join
from cogs.ships_record.cog import Record
from cogs.ships_record.views import ROUTES


async def setup(bot: AdlibBot) -> None:
    """Load the feature; its commands stand beside those of ships."""
    bot.router.add(ROUTES)
    join(bot, "ship", *Record().commands)
