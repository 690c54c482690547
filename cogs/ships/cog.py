"""The commands of ships, and the close of a poll as the jobs call for it."""

from datetime import datetime

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.jobs import Job
from bot.services.ships import CLOSE
from bot.ui import channels
from bot.ui.interaction import Interaction
from bot.ui.transformers import Duration
from cogs.ships import views


@app_commands.guild_only()
class Ships(commands.GroupCog, group_name="ship", group_description=locale_str("Vote for your favourite couples")):
    """Votes on couples."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot
        bot.services.jobs.on(CLOSE, self.close_poll)

    @app_commands.command()
    @app_commands.rename(first="couple-1", second="couple-2", third="couple-3", fourth="couple-4", fifth="couple-5")
    @app_commands.describe(
        first=locale_str("A couple: choose one, or type two names"),
        second=locale_str("Another couple"),
        duration=locale_str("How long to vote, like 30m, 2h or 3d; a day if you leave it out"),
        third=locale_str("A third couple"),
        fourth=locale_str("A fourth couple"),
        fifth=locale_str("A fifth couple"),
    )
    async def poll(
        self,
        interaction: Interaction,
        first: str,
        second: str,
        duration: Duration = views.A_DAY,
        third: str | None = None,
        fourth: str | None = None,
        fifth: str | None = None,
    ) -> None:
        """Let the channel vote between two to five couples."""
        couples = [couple for couple in (first, second, third, fourth, fifth) if couple is not None]
        await views.open_poll(interaction, couples, duration)

    @poll.autocomplete("first")
    @poll.autocomplete("second")
    @poll.autocomplete("third")
    @poll.autocomplete("fourth")
    @poll.autocomplete("fifth")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the couples that answer to what was typed."""
        return views.couple_choices(interaction, typed)

    async def close_poll(self, job: Job, now: datetime) -> None:
        """Close a poll at its time, or as soon as Adlib is back, and show how it ended."""
        await self.bot.services.ships.close(job.subject, now)
        try:
            await self.bot.settler.draw(("poll", job.subject), lambda: views.draw_poll(self.bot, job.subject))
        except discord.HTTPException as error:
            if not channels.is_final(error):
                raise

    @commands.Cog.listener()
    async def on_poll_changed(self, poll_id: int) -> None:
        """Draw a poll anew whose tally changed without a vote."""
        views.settle(self.bot, poll_id)
