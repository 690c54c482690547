"""The commands of a guild's own library, for members who may manage it, wherever Discord lets them be used.

And the job that deletes previews when they are a day old.
"""

from datetime import datetime

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.content.file_formats import Format
from bot.domain.jobs import Job
from bot.services.library_drafts import EXPIRE
from bot.ui.interaction import Interaction
from bot.ui.transformers import DramaOption, PersonOption
from cogs.library import views


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class GuildLibrary(
    commands.GroupCog, group_name="library", group_description=locale_str("This server's own articles, for its members")
):
    """A guild's own articles."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot
        bot.services.jobs.on(EXPIRE, self.expire)

    async def expire(self, _job: Job, now: datetime) -> None:
        """Delete the previews that are a day old."""
        await self.bot.services.library_drafts.expire(now)

    @app_commands.command()
    @app_commands.describe(
        drama=locale_str("A drama that the article is about, if its headline does not name it"),
        person=locale_str("An actor whom the article is about, if its headline does not name them"),
    )
    async def add(
        self, interaction: Interaction, drama: DramaOption | None = None, person: PersonOption | None = None
    ) -> None:
        """Add an article to this server's library; you see it before it is stored."""
        await views.add(interaction, drama, person)

    @app_commands.command()
    @app_commands.describe(article=locale_str("Which of this server's own articles"))
    async def edit(self, interaction: Interaction, article: str) -> None:
        """Change an article of this server's library."""
        await views.edit(interaction, article)

    @app_commands.command()
    @app_commands.describe(article=locale_str("Which of this server's own articles"))
    async def remove(self, interaction: Interaction, article: str) -> None:
        """Remove an article from this server's library; you are asked once more."""
        await views.ask_removal(interaction, article)

    @edit.autocomplete("article")
    @remove.autocomplete("article")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the guild's own articles that answer to what was typed."""
        return views.own_choices(interaction, typed)

    @app_commands.command(name="import")
    @app_commands.describe(file=locale_str("A .toml or .csv file, like the ones that /library export gives"))
    async def take_in(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Import articles from a file; every fault is listed, and nothing is stored before you say so."""
        await views.take_in(interaction, file)

    @app_commands.command()
    @app_commands.rename(kind="format")
    @app_commands.describe(kind=locale_str("TOML for a text editor, CSV for a spreadsheet"))
    async def export(self, interaction: Interaction, kind: Format = Format.TOML) -> None:
        """Get this server's own articles as a file, which can be imported again."""
        await views.export(interaction, kind)

    @app_commands.command()
    async def history(self, interaction: Interaction) -> None:
        """See who changed what in this server's library, and what feeds have brought."""
        await views.show_history(interaction)
