"""How looking articles up looks: what was found, what may have been meant, the form for a search."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import discord

from bot.domain.library import Article, Library
from bot.domain.shelves import Wanted
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import shorten
from bot.errors import NothingFound
from bot.services.articles import Found, Meant
from bot.text.catalogue import Phrases
from bot.ui.actions import BUTTON_TEXT, Action
from bot.ui.cards.article import article_list
from bot.ui.cards.here import EVERYWHERE, Here
from bot.ui.cards.menu import doubt_about, headline_label, meant_page
from bot.ui.pager import pager
from bot.ui.pages import Form, Page, notice, plain
from bot.ui.transformers import CHOICE_LIMIT

RESULTS = Action("results", str, int)
"""Show a page of what answers to a search, as the service keeps it."""
LATEST = Action("latest", int)
"""Show a page of all articles, the newest first."""
FORM = Action("search-form")
"""Hand in the form for a search."""

QUERY_LIMIT: Final = 60
"""Characters of a query that are kept while pages are turned."""


def results(found: Found, wanted: Wanted, page: int, library: Library, _: Phrases, here: Here = EVERYWHERE) -> Page:
    """Show a page of what was found, each with a button that opens its card; or what may have been meant."""
    asked = _asked(wanted, library, _)
    if not found.articles:
        return _nothing(found.meant, wanted, asked, _)
    number = len(found.articles)
    count = _.ngettext("One article matches “{query}”", "{count} articles match “{query}”", number, query=asked)
    turning = partial(_turning, wanted.for_button(QUERY_LIMIT), _)
    return article_list(f"### {count}", found.articles, page, library, _, turning, here)


def latest(articles: Sequence[Article], page: int, library: Library, _: Phrases, here: Here) -> Page:
    """Show a page of all articles, the newest first."""
    count = _.ngettext("{count} article", "{count} articles", len(articles))
    heading = f"## {_('Newest articles')}\n-# {count}"

    def turning(page: int, pages: int) -> list[discord.ui.ActionRow[Any]]:
        return pager(LATEST, page=page, pages=pages, _=_)

    return article_list(heading, articles, page, library, _, turning, here)


def offer(article: Article, library: Library, policy: SpoilerPolicy, _: Phrases) -> str:
    """Return how an article is called where one is chosen: its headline, and what to think of it."""
    label, doubt = headline_label(article, library, policy, _), doubt_about(article, _)
    return f"{shorten(label, CHOICE_LIMIT - len(doubt) - len(' ()'))} ({doubt})" if doubt else label


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


def _nothing(meant: Sequence[Meant], wanted: Wanted, asked: str, _: Phrases) -> Page:
    """Say that nothing answers, and offer to look for what may have been meant, under the same filters."""
    if not meant:
        return notice(_(NothingFound.message, query=asked))
    likely = [(shorten(_.of(one.label), BUTTON_TEXT), replace(wanted, text=one.text)) for one in meant]
    ways = [RESULTS.button(label, another.for_button(QUERY_LIMIT), 0) for label, another in likely]
    return meant_page(_("Nothing in the library matches “{query}”.", query=asked), ways, _)


def _asked(wanted: Wanted, library: Library, _: Phrases) -> str:
    """Say what is wanted in the reader's language."""
    drama, person = library.dramas.get(wanted.drama or ""), library.people.get(wanted.person or "")
    parts = (
        wanted.text[:QUERY_LIMIT],
        _.of(drama.title) if drama else "",
        _.of(person.names) if person else "",
        _(wanted.topic) if wanted.topic else "",
    )
    return plain(", ".join(filter(None, parts)))


def _turning(kept: str, _: Phrases, page: int, pages: int) -> list[discord.ui.ActionRow[Any]]:
    return pager(RESULTS, kept, page=page, pages=pages, _=_)
