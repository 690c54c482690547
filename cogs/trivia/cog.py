"""The commands of trivia, and the course of a game as the jobs call for it."""

from datetime import datetime

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.jobs import Job
from bot.services.rounds import ASK, CLOSE, FINISH
from bot.ui import channels
from bot.ui.interaction import Interaction
from bot.ui.reply import announce
from cogs.trivia import render, views


@app_commands.guild_only()
class Trivia(
    commands.GroupCog, group_name="trivia", group_description=locale_str("Was it in the script, or an ad-lib?")
):
    """Was it scripted?"""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot
        bot.services.jobs.on(ASK, self.ask, self.give_up)
        bot.services.jobs.on(CLOSE, self.reveal, self.give_up)
        bot.services.jobs.on(FINISH, self.recap, self.give_up_recap)

    @app_commands.command()
    @app_commands.describe(
        rounds=locale_str("How many questions; 5 if you leave it out"),
        seconds=locale_str("How long each question stays open; 20 if you leave it out"),
    )
    async def start(
        self,
        interaction: Interaction,
        rounds: app_commands.Range[int, 1, 20] = 5,
        seconds: app_commands.Range[int, 10, 120] = 20,
    ) -> None:
        """Start a game in this channel: was it scripted?"""
        await views.start_game(interaction, rounds=rounds, seconds=seconds)

    @app_commands.command()
    async def stop(self, interaction: Interaction) -> None:
        """Stop the game in this channel; the scores are kept."""
        await views.stop_game(interaction)

    @app_commands.command()
    async def leaderboard(self, interaction: Interaction) -> None:
        """Show who has the most points on this server."""
        await announce(interaction, await views.board(interaction, 0))

    async def ask(self, job: Job, now: datetime) -> None:
        """Show a question, and let its time run from when it stands in the channel."""
        asked = await self.bot.services.rounds.ask(job.subject, now, late=now - job.due_at)
        if asked is None:
            return
        page = render.question(asked, self.bot.services.trivia.library, self.bot.catalogue[asked.game.language])
        try:
            message = await channels.post(self.bot, asked.game.channel_id, page, nonce=f"ask-{asked.round.id}")
        except discord.HTTPException as error:
            await self._lost(asked.game.id, error, now)
        else:
            await self.bot.services.rounds.shown(asked, message.id, message.created_at)

    async def reveal(self, job: Job, now: datetime) -> None:
        """Close a round and turn its question into the reveal; where it was deleted, post the reveal anew."""
        revealed = await self.bot.services.rounds.close(job.subject, now)
        if revealed is None or revealed.round.message_id is None:
            return
        game, round_ = revealed.game, revealed.round

        async def show() -> None:
            page = render.reveal(revealed, self.bot.services.trivia.library, self.bot.catalogue[game.language])
            nonce = f"reveal-{round_.id}"
            await channels.edit_or_post(self.bot, game.channel_id, round_.message_id, page, nonce)

        try:
            await self.bot.settler.draw(("round", round_.id), show)
        except discord.HTTPException as error:
            await self._lost(game.id, error, now)

    async def recap(self, job: Job, now: datetime) -> None:
        """End a game with its standings."""
        recap = await self.bot.services.rounds.finish(job.subject, now)
        if recap is None:
            return
        page = render.recap(recap, self.bot.catalogue[recap.game.language])
        try:
            await channels.post(self.bot, recap.game.channel_id, page, nonce=f"recap-{recap.game.id}")
        except discord.HTTPException as error:
            await self._lost(recap.game.id, error, now)

    async def give_up(self, job: Job, now: datetime) -> None:
        """End a game one of whose steps has failed again and again."""
        await self.bot.services.rounds.abandon_round(job.subject, now)

    async def give_up_recap(self, job: Job, now: datetime) -> None:
        """End a game whose recap has failed again and again."""
        await self.bot.services.rounds.abandon(job.subject, now)

    async def _lost(self, game_id: int, error: discord.HTTPException, now: datetime) -> None:
        if not channels.is_final(error):
            raise error
        await self.bot.services.rounds.abandon(game_id, now)
