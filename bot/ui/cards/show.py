"""What presses do that lead to cards: show one to the member, or to the whole channel; turn the pages of its lists.

Cards work everywhere, in DMs and where only the member has installed Adlib; what belongs to a guild is added there.
"""

from bot.domain.library import Article, Drama, Person
from bot.domain.spoilers import SpoilerPolicy
from bot.text.catalogue import Phrases
from bot.ui.actions import chosen
from bot.ui.cards.actions import SHELF_PAGE, CardList
from bot.ui.cards.article import Turning, article_card, article_list
from bot.ui.cards.couple import couple_card
from bot.ui.cards.drama import cast_page, drama_card
from bot.ui.cards.here import Here, here_of
from bot.ui.cards.menu import Kind, parse_way
from bot.ui.cards.person import person_card, scenes_page
from bot.ui.cite import drama_title, in_both_scripts
from bot.ui.interaction import Interaction, guild_locale, private_phrases
from bot.ui.pager import pager
from bot.ui.pages import Page
from bot.ui.place import guild_of
from bot.ui.reply import announce, redraw, whisper


async def read(interaction: Interaction, article_id: str) -> None:
    """Show the card of an article to the member.

    Raises:
        Outdated: there is no such article here (any more).
    """
    article = await interaction.client.services.articles.find(article_id, guild_of(interaction))
    await show_article(interaction, article)


async def show_article(interaction: Interaction, article: Article) -> None:
    """Show the card of an article to the member."""
    await whisper(interaction, await _article(interaction, article, private_phrases(interaction)))


async def share_article(interaction: Interaction, article_id: str) -> None:
    """Show the card of an article to the whole channel, spoilers behind the veil."""
    article = await interaction.client.services.articles.find(article_id, guild_of(interaction))
    await announce(interaction, await _article(interaction, article, await public_phrases(interaction), public=True))


async def open_drama(interaction: Interaction, drama_id: str) -> None:
    """Show the card of the drama with this id to the member.

    Raises:
        Outdated: the catalogue does not hold it (any more).
    """
    await show_drama(interaction, interaction.client.services.dramas.get(drama_id))


async def show_drama(interaction: Interaction, drama: Drama) -> None:
    """Show the card of a drama to the member."""
    await whisper(interaction, await _drama(interaction, drama, private_phrases(interaction)))


async def share_drama(interaction: Interaction, drama_id: str) -> None:
    """Show the card of a drama to the channel."""
    drama = interaction.client.services.dramas.get(drama_id)
    await announce(interaction, await _drama(interaction, drama, await public_phrases(interaction), public=True))


async def open_person(interaction: Interaction, name: str) -> None:
    """Show the card of the person of that credited name to the member.

    Raises:
        Outdated: the library does not hold them (any more).
    """
    await show_person(interaction, interaction.client.services.people.get(name))


async def show_person(interaction: Interaction, person: Person) -> None:
    """Show the card of a person to the member."""
    await whisper(interaction, await _person(interaction, person, private_phrases(interaction)))


async def share_person(interaction: Interaction, name: str) -> None:
    """Show the card of a person to the channel."""
    person = interaction.client.services.people.get(name)
    await announce(interaction, await _person(interaction, person, await public_phrases(interaction), public=True))


async def show_couple(interaction: Interaction, text: str) -> None:
    """Show the card of a couple to the member; outside of guilds one of the catalogue, by its id.

    Raises:
        NoSuchCouple, Outdated: `text` is no couple that is known here.
        ActorsNotShipped, NameBlocked: it is not wanted here.
    """
    await whisper(interaction, await _couple(interaction, text, private_phrases(interaction)))


async def share_couple(interaction: Interaction, text: str) -> None:
    """Show the card of a couple to the channel."""
    await announce(interaction, await _couple(interaction, text, await public_phrases(interaction), public=True))


async def open_chosen(interaction: Interaction) -> None:
    """Show the card of what was chosen in a menu to the member."""
    kind, key = parse_way(chosen(interaction)[0])
    show = {Kind.ARTICLE: read, Kind.DRAMA: open_drama, Kind.PERSON: open_person, Kind.COUPLE: show_couple}[kind]
    await show(interaction, key)


async def show_shelf(interaction: Interaction, shelf: CardList, key: str) -> None:
    """Show a list of a card to the member."""
    await whisper(interaction, await _shelf(interaction, shelf, key, 0))


async def turn_shelf(interaction: Interaction, shelf: CardList, key: str, page: int) -> None:
    """Show another page of it in its place."""
    await redraw(interaction, await _shelf(interaction, shelf, key, page))


async def public_phrases(interaction: Interaction) -> Phrases:
    """Return the phrases for what the whole channel sees: the guild's language, or the member's where there is none."""
    client, guild_id, locale = interaction.client, guild_of(interaction), guild_locale(interaction)
    if guild_id is not None:
        locale = await client.services.settings.public_language(guild_id, locale)
    return client.catalogue[locale]


async def _article(interaction: Interaction, article: Article, _: Phrases, *, public: bool = False) -> Page:
    articles = interaction.client.services.articles
    added = await articles.added_at(article, guild_of(interaction))
    here = await here_of(interaction, articles.library.couples_of(articles.library.dramas_of(article)))
    return article_card(article, articles.library, _, public=public, added=added, here=here)


async def _drama(interaction: Interaction, drama: Drama, _: Phrases, *, public: bool = False) -> Page:
    services, here = interaction.client.services, await here_of(interaction, drama.couples)
    count = len(services.dramas.articles_of(drama.id, guild_of(interaction)))
    seen = not public and drama in await services.seen.list(interaction.user.id)
    return drama_card(drama, services.dramas.library, count, _, public=public, seen=seen, here=here)


async def _person(interaction: Interaction, person: Person, _: Phrases, *, public: bool = False) -> Page:
    people = interaction.client.services.people
    career, articles = people.career(person), people.articles_of(person, guild_of(interaction))
    here = await here_of(interaction, career.couples)
    return person_card(person, career, people.library, articles, _, public=public, here=here)


async def _couple(interaction: Interaction, text: str, _: Phrases, *, public: bool = False) -> Page:
    services, guild_id = interaction.client.services, guild_of(interaction)
    found = services.records.plain_card(text) if guild_id is None else await services.records.card(guild_id, text)
    count = len(services.dramas.articles_of(found.drama.id, guild_id)) if found.drama else 0
    here = Here(plays=guild_id is not None)
    return couple_card(found, guild_id, count, services.records.library, _, public=public, here=here)


async def _shelf(interaction: Interaction, shelf: CardList, key: str, page: int) -> Page:
    services, guild_id, _ = interaction.client.services, guild_of(interaction), private_phrases(interaction)
    library, turning, here = services.articles.library, _turning(shelf, key, _), await here_of(interaction)
    match shelf:
        case CardList.CAST:
            return cast_page(services.dramas.get(key), page, library, _)
        case CardList.DRAMA:
            drama = services.dramas.get(key)
            heading = f"## {_('Articles')}\n**{drama_title(drama, _)}**"
            return article_list(heading, services.dramas.articles_of(key, guild_id), page, library, _, turning, here)
        case CardList.PERSON:
            person = services.people.get(key)
            heading = f"## {_('Articles')}\n**{in_both_scripts(person.names, _)}**"
            articles = services.people.articles_of(person, guild_id)
            return article_list(heading, articles, page, library, _, turning, here)
        case CardList.SCENES:
            person = services.people.get(key)
            policy = here.policy if here.plays else SpoilerPolicy.ALL  # each stands behind a veil that names its level
            return scenes_page(person, services.people.career(person).moments, page, library, policy, _)


def _turning(shelf: CardList, key: str, _: Phrases) -> Turning:
    return lambda page, pages: pager(SHELF_PAGE, shelf, key, page=page, pages=pages, _=_)
