"""The commands of the daily question, and its hour as the jobs call for it. Discord says who may use them."""

from datetime import datetime

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.daily import HOUR
from bot.domain.jobs import Job
from bot.services.daily import DAILY
from bot.ui.interaction import Interaction
from bot.ui.transformers import ChannelOption
from cogs.daily import views


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DailyQuestion(
    commands.GroupCog, name="Daily", group_name="daily", group_description=locale_str("One question a day, by itself")
):
    """One question a day."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot
        bot.services.jobs.on(DAILY, self.ask, self.give_up)

    @app_commands.command()
    @app_commands.describe(
        hour=locale_str("The hour in this server's time zone; 20 if you leave it out"),
        channel=locale_str("Where; this channel if you leave it out"),
    )
    async def start(
        self,
        interaction: Interaction,
        hour: app_commands.Range[int, 0, 23] = HOUR,
        channel: ChannelOption | None = None,
    ) -> None:
        """Have a question asked every day at the same hour."""
        await views.start(interaction, hour, channel)

    @app_commands.command()
    async def stop(self, interaction: Interaction) -> None:
        """Ask no more questions by itself; an open one closes at its time."""
        await views.stop(interaction)

    @app_commands.command()
    async def show(self, interaction: Interaction) -> None:
        """See where and when the daily question comes."""
        await views.show(interaction)

    async def ask(self, job: Job, now: datetime) -> None:
        """Ask the question of the hour that has come; it is shown and closed like any other."""
        await self.bot.services.daily.ask(job.subject, now)

    async def give_up(self, job: Job, now: datetime) -> None:
        """Leave out a day whose question could not be stored again and again; the next day has one."""
        await self.bot.services.daily.reschedule(job.subject, now)
