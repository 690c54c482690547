"""The commands of trivia, and the course of a game as the jobs call for it."""

from datetime import datetime

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.games import Asked, Mode, RoundState, Wish
from bot.domain.jobs import Job
from bot.domain.moments import Kind
from bot.domain.periods import Period
from bot.domain.spoilers import SpoilerWish
from bot.services.rounds import ASK, CLOSE, FINISH
from bot.text.names import KINDS, MODES_OFFERED, SPOILER_WISHES
from bot.ui import channels, rounds
from bot.ui.boards import PERIODS, show_board, show_stats
from bot.ui.interaction import Interaction
from bot.ui.pages import Page
from bot.ui.transformers import DramaOption, PackOption, choices
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
        mode=locale_str("What is asked and how it scores; classic if you leave it out"),
        drama=locale_str("Only scenes of this drama"),
        kind=locale_str("Only scenes of this kind"),
        seconds=locale_str("How long each question stays open; 20 if you leave it out"),
        spoilers=locale_str("How much a question may give away; never more than this server allows"),
        pack=locale_str("A collection of scenes; everything if you leave it out"),
    )
    @app_commands.choices(mode=choices(MODES_OFFERED), kind=choices(KINDS), spoilers=choices(SPOILER_WISHES))
    async def start(
        self,
        interaction: Interaction,
        rounds: app_commands.Range[int, 1, 20] = 5,
        mode: Mode = Mode.CLASSIC,
        drama: DramaOption | None = None,
        kind: Kind | None = None,
        seconds: app_commands.Range[int, 10, 120] = 20,
        spoilers: SpoilerWish | None = None,
        pack: PackOption | None = None,
    ) -> None:
        """Start a game in this channel: was it scripted?"""
        await views.start_game(
            interaction, Wish(rounds, seconds, mode, spoilers, drama.id if drama else None, kind, pack)
        )

    @app_commands.command()
    async def stop(self, interaction: Interaction) -> None:
        """Stop the game in this channel; the scores are kept."""
        await views.stop_game(interaction)

    @app_commands.command()
    @app_commands.describe(
        period=locale_str("Which days count; this season if you leave it out"),
        season=locale_str("The number of an earlier season"),
    )
    @app_commands.choices(period=choices(PERIODS))
    async def leaderboard(
        self,
        interaction: Interaction,
        period: Period = Period.SEASON,
        season: app_commands.Range[int, 1] | None = None,
    ) -> None:
        """Show who has the most points on this server."""
        await show_board(interaction, period, season)

    @app_commands.command()
    @app_commands.describe(member=locale_str("Whose; your own if you leave it out"))
    async def stats(self, interaction: Interaction, member: discord.User | None = None) -> None:
        """See points, streaks and speed: yours, or another member's."""
        await show_stats(interaction, member.id if member else interaction.user.id)

    @app_commands.command()
    async def rules(self, interaction: Interaction) -> None:
        """Read how a game goes and how it scores."""
        await views.show_rules(interaction)

    @commands.Cog.listener()
    async def on_daily_moved(self, guild_id: int) -> None:
        """Draw daily questions anew that close at another time now."""
        for round_id in await self.bot.services.daily.open_rounds(guild_id):
            views.touch(self.bot, round_id)

    async def ask(self, job: Job, now: datetime) -> None:
        """Show a question, and let its time run from when it stands in the channel."""
        asked = await self.bot.services.rounds.ask(job.subject, now, late=now - job.due_at)
        if asked is None:
            return
        page = await self._page(asked, now)
        try:
            message_id = await channels.post(self.bot, asked.game.channel_id, page, nonce=f"ask-{asked.round.id}")
        except discord.HTTPException as error:
            await self._lost(asked.game.id, error, now)
        else:
            await self.bot.services.rounds.shown(asked, message_id, discord.utils.snowflake_time(message_id))

    async def reveal(self, job: Job, now: datetime) -> None:
        """Close a round and turn its question into the reveal; where it was deleted, post the reveal anew."""
        revealed = await self.bot.services.rounds.close(job.subject, now)
        if revealed is None or revealed.round.message_id is None:
            return
        game, round_ = revealed.game, revealed.round
        library = await self.bot.services.packs.library_of(round_.question.moment_id)

        async def show() -> None:
            page = rounds.closed(revealed, library, self.bot.catalogue[game.language])
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
        told = recap.story.question.moment_id if recap.story else ""
        library = await self.bot.services.packs.library_of(told)
        page = render.recap(recap, library, self.bot.catalogue[recap.game.language])
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

    async def _page(self, asked: Asked, now: datetime) -> Page:
        """What is to be shown of a round: its question; or its reveal, where it was closed on its way here."""
        library = await self.bot.services.packs.library_of(asked.round.question.moment_id)
        phrases = self.bot.catalogue[asked.game.language]
        if asked.round.state is RoundState.CLOSED:
            revealed = await self.bot.services.rounds.close(asked.round.id, now)
            if revealed is not None:
                return rounds.closed(revealed, library, phrases)
        return rounds.question(asked, library, phrases)

    async def _lost(self, game_id: int, error: discord.HTTPException, now: datetime) -> None:
        """End a game whose channel is gone; all else is tried again for a while: a permission may come back."""
        if not isinstance(error, discord.NotFound):
            raise error
        await self.bot.services.rounds.abandon(game_id, now)
