"""The commands of ship polls, and their close as the jobs call for it.

`/ship bracket` comes from cogs/ships_bracket, `/ship leaderboard` and `card` from cogs/ships_record: they join this
group, which is there first, as features load by the alphabet.
"""

from datetime import datetime, timedelta
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import AdlibBot
from bot.domain.jobs import Job
from bot.domain.polls import LONGEST_QUESTION, MOST_COUPLES, PollWish, Secrecy
from bot.services.closing import CLOSE, FORGET, SWEEP
from bot.services.ships import SHOW
from bot.text.names import SECRECIES
from bot.ui import poll_messages
from bot.ui.interaction import Interaction, restricting
from bot.ui.ship_options import CoupleText, OpenPoll, PollOption, PollTime
from bot.ui.transformers import choices
from cogs.ships import views

NAMES = {f"c{number}": f"couple-{number}" for number in range(1, MOST_COUPLES + 1)}
"""The options for couples: twenty, as Discord has no option that takes several."""
INSISTED: Final = 3
"""So often Discord is asked for who has left, where it cannot say, before the poll closes without that."""
AN_HOUR: Final = timedelta(hours=1)


@app_commands.guild_only()
class Ships(commands.GroupCog, group_name="ship", group_description=locale_str("Vote for your favourite couples")):
    """Votes on couples."""

    def __init__(self, bot: AdlibBot) -> None:
        self.bot = bot
        bot.services.jobs.on(SHOW, self.show_missing)
        bot.services.jobs.on(CLOSE, self.close_due, self.close_unseen)
        bot.services.jobs.on(FORGET, self.forget, self.later)
        bot.services.jobs.on(SWEEP, self.sweep, self.later)
        menu = app_commands.ContextMenu(name=locale_str("Close poll"), callback=views.close_by_message)
        menu.guild_only = True
        bot.tree.add_command(menu)

    @app_commands.command()
    @app_commands.rename(**NAMES)
    @app_commands.describe(
        **{name: locale_str("A couple: choose one, or type two names") for name in NAMES},
        duration=locale_str("How long to vote, like 30m, 2h or 3d, or “open”; a day if you leave it out"),
        question=locale_str("What you ask; “Which couple do you ship?” if you leave it out"),
        votes=locale_str("Who may know what; anonymous if you leave it out"),
        choices=locale_str("For how many couples each member may vote; one if you leave it out"),
        voters=locale_str("Only members with this role vote"),
    )
    @app_commands.choices(votes=choices(SECRECIES))
    async def poll(
        self,
        interaction: Interaction,
        c1: CoupleText,
        c2: CoupleText,
        duration: PollTime = views.A_DAY,
        question: app_commands.Range[str, 1, LONGEST_QUESTION] | None = None,
        votes: Secrecy = Secrecy.ANONYMOUS,
        choices: app_commands.Range[int, 1, MOST_COUPLES - 1] = 1,
        voters: discord.Role | None = None,
        c3: CoupleText | None = None,
        c4: CoupleText | None = None,
        c5: CoupleText | None = None,
        c6: CoupleText | None = None,
        c7: CoupleText | None = None,
        c8: CoupleText | None = None,
        c9: CoupleText | None = None,
        c10: CoupleText | None = None,
        c11: CoupleText | None = None,
        c12: CoupleText | None = None,
        c13: CoupleText | None = None,
        c14: CoupleText | None = None,
        c15: CoupleText | None = None,
        c16: CoupleText | None = None,
        c17: CoupleText | None = None,
        c18: CoupleText | None = None,
        c19: CoupleText | None = None,
        c20: CoupleText | None = None,
    ) -> None:
        """Let the channel vote between two to twenty couples."""
        given = (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20)
        couples = tuple(couple for couple in given if couple is not None)
        role_id = restricting(interaction, voters)
        await views.open_poll(interaction, PollWish(couples, duration, question, votes, choices, role_id))

    @app_commands.command()
    @app_commands.describe(poll=locale_str("Which poll"))
    async def close(self, interaction: Interaction, poll: OpenPoll) -> None:
        """Close a poll of yours now; managers can close any."""
        await views.close_poll(interaction, poll)

    @app_commands.command()
    @app_commands.describe(poll=locale_str("Which poll"))
    async def results(self, interaction: Interaction, poll: PollOption) -> None:
        """Post a poll here once more: its result, or the vote that is going on."""
        await views.repost(interaction, poll)

    @app_commands.command()
    @app_commands.describe(poll=locale_str("Which poll"))
    async def export(self, interaction: Interaction, poll: PollOption) -> None:
        """Get the result of a poll as a table (CSV)."""
        await views.export(interaction, poll)

    async def close_due(self, job: Job, now: datetime) -> None:
        """Close a poll at its time, or as soon as Adlib is back, and show how it ended."""
        if await poll_messages.drop_leavers(self.bot, job.subject, insist=job.attempts < INSISTED):
            await self.bot.services.closing.close(job.subject, now)
            await poll_messages.show_end(self.bot, job.subject)
        else:
            await self.bot.services.jobs.again(job, now)

    async def close_unseen(self, job: Job, now: datetime) -> None:
        """Close a poll whose close could not be shown again and again; a press on its card shows it."""
        await self.bot.services.closing.close(job.subject, now)

    async def show_missing(self, job: Job, now: datetime) -> None:
        """Show a poll that was opened, but never announced."""
        await poll_messages.show_missing(self.bot, job.subject, now)

    async def forget(self, job: Job, now: datetime) -> None:
        """Delete the ballots of a closed poll that was not public."""
        await self.bot.services.closing.forget(job.subject, now)

    async def sweep(self, job: Job, now: datetime) -> None:
        """Have deleted ballots gone from the disk."""
        await self.bot.services.closing.sweep()

    async def later(self, job: Job, now: datetime) -> None:
        """Go on with what must not be given up."""
        await self.bot.services.jobs.again(job, now + AN_HOUR)

    @commands.Cog.listener()
    async def on_poll_changed(self, poll_id: int) -> None:
        """Draw a poll anew whose tally changed without a vote: the event `poll_changed`, sent where data is deleted."""
        await views.touch(self.bot, poll_id)
