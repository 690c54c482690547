"""What a press does in articles: search, turn pages, open a card, show it to everyone."""

from discord import app_commands

from bot.ui.interaction import Interaction, guild_locale, private_phrases
from bot.ui.pages import submitted
from bot.ui.reply import announce, redraw, whisper
from bot.ui.transformers import choice
from bot.ui.ways import READ, SEARCH
from cogs.articles import render


def article_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for an article that is being typed."""
    _ = private_phrases(interaction)
    found = interaction.client.services.articles.suggest(typed)
    return [choice(_.of(article.headline), article.id) for article in found]


async def show_found(interaction: Interaction, query: str) -> None:
    """Show the one article that was found, or the list to choose from; only the member sees it."""
    articles, _ = interaction.client.services.articles, private_phrases(interaction)
    found = articles.search(query)
    if len(found) == 1:
        await whisper(interaction, render.article_card(found[0], articles.library, _))
    else:
        await whisper(interaction, render.results(found, query, 0, articles.library, _))


async def turn_results(interaction: Interaction, query: str, page: int) -> None:
    """Show another page of what was found."""
    articles = interaction.client.services.articles
    found = articles.search(query)
    await redraw(interaction, render.results(found, query, page, articles.library, private_phrases(interaction)))


async def read(interaction: Interaction, article_id: str) -> None:
    """Show the card of an article to the member."""
    articles = interaction.client.services.articles
    article = articles.get(article_id)
    await whisper(interaction, render.article_card(article, articles.library, private_phrases(interaction)))


async def share(interaction: Interaction, article_id: str) -> None:
    """Show the card of an article to the whole channel, spoilers behind the veil."""
    client = interaction.client
    articles, locale = client.services.articles, guild_locale(interaction)
    if interaction.guild_id is not None:
        locale = await client.services.settings.public_language(interaction.guild_id, locale)
    article = articles.get(article_id)
    await announce(interaction, render.article_card(article, articles.library, client.catalogue[locale], public=True))


async def ask(interaction: Interaction) -> None:
    """Open the form for a search."""
    await interaction.response.send_modal(render.search_form(private_phrases(interaction)))


async def asked(interaction: Interaction) -> None:
    """Search for what was entered in the form."""
    await show_found(interaction, submitted(interaction)["query"][0])


ROUTES = {
    SEARCH: ask,
    READ: read,
    render.FORM: asked,
    render.RESULTS: turn_results,
    render.SHARE: share,
}
