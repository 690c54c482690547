"""How articles look: a list of what was found, a card, the form for a search."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import discord

from bot.domain.library import Article, Library
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.ui.actions import Action
from bot.ui.cite import drama_title
from bot.ui.pager import page_of, pager
from bot.ui.pages import Form, Page, card, link, plain, row, veil
from bot.ui.ways import PLAY, READ, SHIP

RESULTS = Action("results", str, int)
"""Show a page of what answers to a query."""
SHARE = Action("share", str)
"""Show the card of an article to the channel."""
FORM = Action("search-form")
"""Hand in the form for a search."""

PAGE: Final = 5
QUERY_LIMIT: Final = 60
"""Characters of a query that are kept while pages are turned."""
GAME: Final = 5
"""Rounds of a game about an article, at most."""


def results(found: Sequence[Article], query: str, page: int, library: Library, _: Phrases) -> Page:
    """Show a page of what was found, each with a button that opens its card."""
    shown, page, pages = page_of(found, page, PAGE)
    asked = plain(query[:QUERY_LIMIT])
    count = _.ngettext("One article matches “{query}”", "{count} articles match “{query}”", len(found), query=asked)
    kept = query.replace(":", " ").replace("%", " ")[:QUERY_LIMIT]
    entries = [_entry(number, article, library, _) for number, article in enumerate(shown, page * PAGE + 1)]
    return Page(card(f"### {count}", *entries, *pager(RESULTS, kept, page=page, pages=pages, _=_)))


def article_card(article: Article, library: Library, _: Phrases, *, public: bool = False) -> Page:
    """Show an article: citation, our summary, facts, what fans say, a caution, and the ways on.

    In `public`, what a moment of it would spoil stands behind the veil.
    """
    spoils = any(moment.spoilers is not SpoilerLevel.NONE for moment in library.moments_citing(article))

    def fence(text: str) -> str:
        return veil(text) if public and spoils else text

    told = [_.of(article.summary), *(f"- {_.of(fact)}" for fact in article.facts)]
    texts = [_heading(article, library, _, fence, fenced=public and spoils), fence("\n".join(told))]
    if article.fans_say:
        said = "\n".join(f"- {_.of(text)}" for text in article.fans_say)
        texts.append(f"**{_('Fans say, which is not a fact')}**\n{fence(said)}")
    if article.caution:
        texts.append(f"**{_('Caution')}:** {fence(_.of(article.caution))}")
    if article.people:
        names = ", ".join(plain(_.of(library.people[name].names)) for name in article.people)
        texts.append(f"-# {_('People')}: {names}")
    return Page(card(*texts, row(*_ways(article, library, _, public=public))))


def search_form(_: Phrases) -> Form:
    """Return the form with one line to search for."""
    form = Form(_("Search articles"), FORM)
    form.add_item(
        discord.ui.Label[Any](
            text=_("What do you remember?"),
            description=_("A title, an actor, a couple, a scene. English or Korean; typos are forgiven."),
            component=discord.ui.TextInput[Any](custom_id="query", max_length=QUERY_LIMIT),
        )
    )
    return form


def _heading(article: Article, library: Library, _: Phrases, fence: Callable[[str], str], *, fenced: bool) -> str:
    lines = [f"## {fence(plain(_.of(article.headline)))}"]
    rendered = _("our rendering of the headline") if _.language in article.headline_rendered else None
    note = _.of(article.note) if article.note else None
    if fenced:
        lines.append(f"-# {_('May spoil, tap to see')}")
    lines.append("-# " + " · ".join(filter(None, (plain(article.publisher), article.date, note, rendered))))
    if article.shown_source:
        lines.append(f"-# {_('It credits')}: {plain(article.shown_source)}")
    dramas = [drama_title(drama, _) for drama in library.dramas_of(article)]
    if dramas:
        lines.append("**" + ", ".join(dramas) + "**")
    return "\n".join(lines)


def _entry(number: int, article: Article, library: Library, _: Phrases) -> discord.ui.Item[Any]:
    dramas = [_.of(drama.title) for drama in library.dramas_of(article)]
    place = " · ".join(filter(None, (article.publisher, article.date, ", ".join(dramas))))
    text = f"**{number}. {plain(_.of(article.headline))}**\n-# {plain(place)}"
    return discord.ui.Section[Any](text, accessory=READ.button(_("Open {number}", number=number), article.id))


def _ways(article: Article, library: Library, _: Phrases, *, public: bool) -> list[Any]:
    ways: list[Any] = []
    if any(moment.game_ready for moment in library.moments_of(article)):
        ways.append(PLAY.button(_("Play this"), article.id, GAME, style=discord.ButtonStyle.primary))
    if library.couples_of(library.dramas_of(article)):
        ways.append(SHIP.button(_("Vote"), article.id))
    if not public:
        ways.append(SHARE.button(_("Show everyone"), article.id))
    if article.link:
        ways.append(link(_("Read it at {publisher}", publisher=shorten(article.publisher, 50)), article.link))
    return ways
