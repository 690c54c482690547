"""The commands of feeds, and what the jobs do with them. Discord says who may use the commands; buttons check again."""

from datetime import datetime
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.feeds import DIGEST_HOUR, Rhythm
from bot.domain.jobs import Job
from bot.errors import FeedUnreadable
from bot.services.feed_previews import FeedWish
from bot.services.feed_steps import CHECK, DIGEST, POST
from bot.text.names import RHYTHMS
from bot.ui import feed_messages
from bot.ui.feed_options import FeedOption
from bot.ui.interaction import Interaction, restricting
from bot.ui.place import guild_channel
from bot.ui.transformers import ChannelOption, DramaOption, PersonOption, choices
from cogs.feeds import views

READ_AT_ONCE: Final = 4
"""Feeds that are read at a time: websites that do not answer hold up these alone, never a game or a poll."""
Words = app_commands.Range[str, 1, 300]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Feeds(commands.GroupCog, group_name="feed", group_description=locale_str("News of websites in your channels")):
    """The feeds of a guild."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot
        bot.services.jobs.on(CHECK, self.check, self.check_failed, READ_AT_ONCE)
        bot.services.jobs.on(DIGEST, self.gather, self.gather_failed)
        bot.services.jobs.on(POST, self.post, self.post_at_last)

    async def cog_load(self) -> None:
        """Arrange what should have been arranged."""
        await self.bot.services.feed_checks.arrange_missing(discord.utils.utcnow())

    @app_commands.command()
    @app_commands.describe(
        url=locale_str("The address of the feed (RSS, Atom or JSON Feed)"),
        channel=locale_str("Where; this channel if you leave it out"),
        drama=locale_str("Only news that names this drama"),
        person=locale_str("Only news that names this person"),
        words=locale_str("Words it must contain, with commas between; -word leaves an entry out"),
        rhythm=locale_str("When to post; at once if you leave it out"),
        hour=locale_str("The hour of a digest in this server's time zone; 9 if you leave it out"),
        role=locale_str("Who is mentioned in every post; nobody if you leave it out"),
    )
    @app_commands.choices(rhythm=choices(RHYTHMS))
    async def add(
        self,
        interaction: Interaction,
        url: app_commands.Range[str, 1, 600],
        channel: ChannelOption | None = None,
        drama: DramaOption | None = None,
        person: PersonOption | None = None,
        words: Words | None = None,
        rhythm: Rhythm = Rhythm.AT_ONCE,
        hour: app_commands.Range[int, 0, 23] = DIGEST_HOUR,
        role: discord.Role | None = None,
    ) -> None:
        """Look at a news feed, see what would be posted of it and why not, then follow it."""
        wanted, role_id = views.wanted(drama, person, words), restricting(interaction, role)
        place = channel or guild_channel(interaction)[1]
        await views.add(interaction, FeedWish(url, place, wanted, rhythm, hour, role_id))

    @app_commands.command(name="list")
    async def show_list(self, interaction: Interaction) -> None:
        """See this server's feeds, how they do, and change them."""
        await views.show_list(interaction)

    @app_commands.command(name="filter")
    @app_commands.describe(
        feed=locale_str("Which feed"),
        drama=locale_str("Also news that names this drama"),
        person=locale_str("Also news that names this person"),
        words=locale_str("Words it must contain, with commas between; -word leaves an entry out"),
    )
    async def filter_feed(
        self,
        interaction: Interaction,
        feed: FeedOption,
        drama: DramaOption | None = None,
        person: PersonOption | None = None,
        words: Words | None = None,
    ) -> None:
        """Add to what a feed takes, or leaves out; its page takes filters away again."""
        await views.add_filters(interaction, feed.id, views.wanted(drama, person, words))

    @app_commands.command()
    @app_commands.describe(feed=locale_str("Which feed"))
    async def preview(self, interaction: Interaction, feed: FeedOption) -> None:
        """See what of a feed would be posted, and why not."""
        await views.preview(interaction, feed.id)

    @app_commands.command()
    @app_commands.describe(feed=locale_str("Which feed"))
    async def pause(self, interaction: Interaction, feed: FeedOption) -> None:
        """Stop a feed for a while."""
        await views.pause_named(interaction, feed.id)

    @app_commands.command()
    @app_commands.describe(feed=locale_str("Which feed"))
    async def resume(self, interaction: Interaction, feed: FeedOption) -> None:
        """Go on with a feed that is paused or was given up."""
        await views.resume_named(interaction, feed.id)

    @app_commands.command()
    @app_commands.describe(feed=locale_str("Which feed"))
    async def remove(self, interaction: Interaction, feed: FeedOption) -> None:
        """Stop following a feed."""
        await views.remove_named(interaction, feed.id)

    async def check(self, job: Job, now: datetime) -> None:
        """Look at a feed."""
        await self.bot.services.feed_checks.check(job.subject, now)

    async def check_failed(self, job: Job, now: datetime) -> None:
        """Count a look that failed again and again as one more failure of the feed; there is a next one."""
        await self.bot.services.feed_checks.fail(job.subject, FeedUnreadable(), now)

    async def gather(self, job: Job, now: datetime) -> None:
        """Gather a digest."""
        await self.bot.services.feed_checks.gather(job.subject, now)

    async def gather_failed(self, job: Job, now: datetime) -> None:
        """Leave a digest to the next one that could not be gathered again and again."""
        await self.bot.services.feed_checks.arrange_again(job.subject, now)

    async def post(self, job: Job, now: datetime) -> None:
        """Post what a channel is owed."""
        await feed_messages.post_owed(self.bot, job.subject)

    async def post_at_last(self, job: Job, now: datetime) -> None:
        """Pause a feed whose channel Adlib may not write to for some twenty minutes."""
        await feed_messages.post_at_last(self.bot, job.subject)

    @commands.Cog.listener()
    async def on_daily_moved(self, guild_id: int) -> None:
        """Move digests to their hours in a new time zone: the event `daily_moved`, sent where that changes."""
        await self.bot.services.feeds.reschedule(guild_id, discord.utils.utcnow())
