"""What commands and presses do in articles: search, turn pages, open what a card or menu leads to.

Menus of cards hold articles, dramas, people and couples together: they are answered here, where most of them begin.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

from discord import app_commands

from bot.domain.shelves import Wanted
from bot.errors import UserError
from bot.ui.cards import show
from bot.ui.cards.actions import SHARE_ARTICLE, SHELF, SHELF_PAGE
from bot.ui.cards.here import here_of
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.pages import submitted
from bot.ui.place import guild_of
from bot.ui.reply import redraw, whisper
from bot.ui.topics import find_topic
from bot.ui.transformers import choice
from bot.ui.ways import OPEN, READ, SEARCH
from cogs.articles import render


async def article_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for an article that is being typed, of what the other options leave."""
    _, articles = private_phrases(interaction), interaction.client.services.articles
    found = articles.suggest(typed, guild_of(interaction), wanted=_filters(interaction))
    policy = (await here_of(interaction)).policy
    return [choice(render.offer(article, articles.library, policy, _), article.id) for article in found]


async def show_found(interaction: Interaction, wanted: Wanted) -> None:
    """Show the one article that was found, or the list to choose from; only the member sees it."""
    articles = interaction.client.services.articles
    found = articles.search(wanted, guild_of(interaction))
    if len(found.articles) == 1:
        await show.show_article(interaction, found.articles[0])
    else:
        here, _ = await here_of(interaction), private_phrases(interaction)
        await whisper(interaction, render.results(found, wanted, 0, articles.library, _, here))


async def turn_results(interaction: Interaction, kept: str, page: int) -> None:
    """Show another page of what was found."""
    articles = interaction.client.services.articles
    wanted = articles.from_button(kept)
    found = articles.search(wanted, guild_of(interaction))
    here, _ = await here_of(interaction), private_phrases(interaction)
    await redraw(interaction, render.results(found, wanted, page, articles.library, _, here))


async def show_random(interaction: Interaction) -> None:
    """Show any article to the member."""
    await show.show_article(interaction, interaction.client.services.articles.random(guild_of(interaction)))


async def show_latest(interaction: Interaction) -> None:
    """Show the newest articles to the member."""
    await whisper(interaction, await _latest(interaction, 0))


async def turn_latest(interaction: Interaction, page: int) -> None:
    """Show another page of the newest articles."""
    await redraw(interaction, await _latest(interaction, page))


async def ask(interaction: Interaction) -> None:
    """Open the form for a search."""
    await interaction.response.send_modal(render.search_form(private_phrases(interaction)))


async def asked(interaction: Interaction) -> None:
    """Search for what was entered in the form."""
    await show_found(interaction, Wanted(submitted(interaction)["query"][0]))


async def _latest(interaction: Interaction, page: int) -> render.Page:
    articles = interaction.client.services.articles
    found = articles.latest(guild_of(interaction))
    here = await here_of(interaction)
    return render.latest(found, page, articles.library, private_phrases(interaction), here)


def _filters(interaction: Interaction) -> Wanted:
    """What the other options of a search that is being typed ask for, as far as they are clear yet."""
    services, _ = interaction.client.services, private_phrases(interaction)
    finders: Mapping[str, Callable[[str], str]] = {
        "drama": lambda text: services.dramas.find(text).id,
        "person": lambda text: services.people.find(text).name,
        "topic": lambda text: find_topic(text, services.articles.topics, _),
    }
    filters: dict[str, str] = {}
    for name, find in finders.items():
        with suppress(UserError):
            if text := str(getattr(interaction.namespace, name, None) or ""):
                filters[name] = find(text)
    return Wanted(**filters)


ROUTES = {
    SEARCH: ask,
    READ: show.read,
    OPEN: show.open_chosen,
    SHARE_ARTICLE: show.share_article,
    SHELF: show.show_shelf,
    SHELF_PAGE: show.turn_shelf,
    render.FORM: asked,
    render.RESULTS: turn_results,
    render.LATEST: turn_latest,
}
