"""The commands of brackets, and the course of a bracket as the jobs call for it."""

from datetime import datetime, timedelta
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.bracket import BracketWish, Seeding
from bot.domain.jobs import Job
from bot.domain.polls import Secrecy
from bot.services.brackets import STEP
from bot.text.names import SECRECIES
from bot.ui.bracket_messages import drop_leavers_in_time, show, touch
from bot.ui.interaction import Interaction, restricting
from bot.ui.ship_options import CoupleText
from bot.ui.transformers import Duration, choices
from cogs.ships_bracket import render, views

A_DAY: Final = timedelta(days=1)


class Brackets(commands.Cog):
    """What brackets are told by others."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_bracket_changed(self, bracket_id: int) -> None:
        """Draw the card of a bracket anew that has lost nominations, or who started it, without a press."""
        await touch(self.bot, bracket_id)


class BracketCommands(
    app_commands.Group, name="bracket", description=locale_str("The couples' world cup: vote until one couple is left")
):
    """Brackets."""

    def __init__(self, bot: AdlibBot) -> None:
        super().__init__()
        self.bot = bot
        bot.services.jobs.on(STEP, self.play, self.give_up)

    @app_commands.command()
    @app_commands.describe(
        name=locale_str("What it is called, like “Couples of 2026”"),
        size=locale_str("How many couples stand at most; 16 if you leave it out"),
        couples=locale_str("Where the couples come from; members nominate them if you leave it out"),
        nominations=locale_str("How long members nominate, if they do, like 2h or 2d; a day if you leave it out"),
        matchup=locale_str("How long each matchup is open, like 30m or 2d; a day if you leave it out"),
        seeding=locale_str(
            "Seeds of nominated couples: by nominations if you leave it out; drawn ones get theirs at random"
        ),
        votes=locale_str("Who may know what; anonymous if you leave it out"),
        voters=locale_str("Only members with this role nominate and vote"),
    )
    @app_commands.choices(couples=choices(render.SOURCES), seeding=choices(render.SEEDINGS), votes=choices(SECRECIES))
    async def start(
        self,
        interaction: Interaction,
        name: app_commands.Range[str, 1, 60],
        size: render.Size = 16,
        couples: render.Source = render.Source.MEMBERS,
        nominations: Duration = A_DAY,
        matchup: Duration = A_DAY,
        seeding: Seeding = Seeding.NOMINATIONS,
        votes: Secrecy = Secrecy.ANONYMOUS,
        voters: discord.Role | None = None,
    ) -> None:
        """Start a bracket: couples meet two by two, until one is the champion."""
        open_for = nominations if couples is render.Source.MEMBERS else None
        role_id = restricting(interaction, voters)
        await views.start(interaction, BracketWish(name, size, open_for, matchup, seeding, votes, role_id))

    @app_commands.command()
    @app_commands.describe(couple=locale_str("A couple: choose one, or type two names"))
    async def nominate(self, interaction: Interaction, couple: CoupleText) -> None:
        """Nominate a couple for the bracket, or support one that is nominated."""
        await views.nominate_here(interaction, couple)

    @app_commands.command()
    @app_commands.describe(bracket=locale_str("Which one; the one in this channel if you leave it out"))
    async def show(self, interaction: Interaction, bracket: str | None = None) -> None:
        """See how a bracket stands, what comes next, and what you may do."""
        await views.show_named(interaction, bracket)

    @show.autocomplete("bracket")
    async def suggest_brackets(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the brackets of the server that answer to what was typed."""
        return await views.bracket_choices(interaction, typed)

    @app_commands.command(name="list")
    async def show_list(self, interaction: Interaction) -> None:
        """See the brackets of this server and their champions."""
        await views.show_history(interaction)

    async def play(self, job: Job, now: datetime) -> None:
        """Do what is due in a bracket, and show all that it owes its channel."""
        if not await drop_leavers_in_time(self.bot, job.subject, now):
            return await self.bot.services.jobs.again(job, now)
        await self.bot.services.brackets.step(job.subject, now)
        return await show(self.bot, job.subject)

    async def give_up(self, job: Job, now: datetime) -> None:
        """Pause a bracket that could not be shown again and again; “Go on” tries once more."""
        await self.bot.services.brackets.stuck(job.subject, now)
