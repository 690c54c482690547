"""The commands of articles. They work in DMs as well: a guild only adds its own articles."""

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.domain.shelves import Wanted
from bot.ui.interaction import Interaction
from bot.ui.transformers import DramaOption, PersonOption, TopicOption
from cogs.articles import views


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Articles(commands.GroupCog, group_name="article", group_description=locale_str("Look up K-drama articles")):
    """Looking articles up."""

    @app_commands.command()
    @app_commands.describe(
        text=locale_str("A title, actor, couple or scene; English or Korean"),
        drama=locale_str("Only articles about this drama"),
        person=locale_str("Only articles about this actor"),
        topic=locale_str("Only articles about this, like kisses or interviews"),
    )
    async def search(
        self,
        interaction: Interaction,
        text: str = "",
        drama: DramaOption | None = None,
        person: PersonOption | None = None,
        topic: TopicOption | None = None,
    ) -> None:
        """Find an article in the library."""
        narrowed = (drama.id if drama else None, person.name if person else None, topic)
        await views.show_found(interaction, Wanted(text, *narrowed))

    @search.autocomplete("text")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the articles that answer to what was typed."""
        return await views.article_choices(interaction, typed)

    @app_commands.command()
    async def random(self, interaction: Interaction) -> None:
        """Read any article of the library."""
        await views.show_random(interaction)

    @app_commands.command()
    async def latest(self, interaction: Interaction) -> None:
        """See the newest articles of the library."""
        await views.show_latest(interaction)
