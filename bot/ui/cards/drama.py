"""How a drama looks: its facts, cast and couples, and how much there is to play and to read.

It tells no scene and no headline. Whom fans ship it does tell; who a character is besides stands behind a veil.
"""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import discord

from bot.domain.library import Couple, Drama, Library, Role
from bot.text.airing import say_airing
from bot.text.catalogue import Phrases
from bot.ui.cards.actions import SHARE_DRAMA, SHELF, SHELF_PAGE, CardList
from bot.ui.cards.article import GAME
from bot.ui.cards.here import EVERYWHERE, Here
from bot.ui.cards.lines import character_hint, character_line, say_counts, say_more
from bot.ui.cards.menu import MOST_WAYS, Way, couple_way, menu_of, person_way
from bot.ui.cite import drama_title, in_both_scripts
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, plain, row
from bot.ui.ways import MARK_SEEN, PLAY_DRAMA, SHIP_DRAMA

MOST_CAST: Final = 8
"""Roles and couples that a card lists; the others stand on a page of their own, or are counted."""
CAST_PAGE: Final = 20


def drama_card(
    drama: Drama,
    library: Library,
    articles: int,
    _: Phrases,
    *,
    public: bool = False,
    seen: bool = False,
    here: Here = EVERYWHERE,
) -> Page:
    """Show a drama: both scripts, its facts, cast, couples, how much there is of it, and the ways on.

    `articles` is how many are about it where it is shown; `seen` says that it is on the reader's list already.
    """
    couples = here.wanted(drama.couples)
    texts = [_facts(drama, _), _cast_of(drama, library, _), _couples_of(couples, _), say_counts(drama, articles, _)]
    menu = menu_of(_named(drama, couples, library, _), _("Cast and couples"))
    plays = here.plays and any(moment.game_ready for moment in drama.moments)
    ways: list[discord.ui.Item[Any]] = []
    if plays:
        ways.append(PLAY_DRAMA.button(_("Play this drama"), drama.id, GAME, style=discord.ButtonStyle.primary))
    if here.plays and couples:
        ways.append(SHIP_DRAMA.button(_("Vote"), drama.id))
    if articles:
        ways.append(SHELF.button(_("Articles"), CardList.DRAMA, drama.id))
    if not seen:
        ways.append(MARK_SEEN.button(_("I have seen it"), drama.id))
    if not public:
        ways.append(SHARE_DRAMA.button(_("Show everyone"), drama.id))
    more = [row(SHELF.button(_("All the cast"), CardList.CAST, drama.id))] if len(drama.cast) > MOST_CAST else []
    buttons = [row(*ways)] if ways else []
    return Page(card(*filter(None, texts), *menu, *buttons, *more, *_sources(drama, _)))


def cast_page(drama: Drama, page: int, library: Library, _: Phrases) -> Page:
    """Show a page of everybody in a drama, with a menu of them."""
    shown, page, pages = page_of(drama.cast, page, CAST_PAGE)
    lines = "\n".join(_role(role, library, _) for role in shown)
    menu = menu_of([_who(role, library, _) for role in shown], _("Cast"))
    turning = pager(SHELF_PAGE, CardList.CAST, drama.id, page=page, pages=pages, _=_)
    return Page(card(f"## {_('Cast')}\n**{drama_title(drama, _)}**", *filter(None, [lines]), *menu, *turning))


def _facts(drama: Drama, _: Phrases) -> str:
    lines = [f"## {drama_title(drama, _)}"]
    lines.append("-# " + " · ".join(filter(None, (str(drama.year), plain(drama.network or "")))))
    told = (
        (_("Episodes"), say_airing(drama.episodes or "", _)),
        (_("Aired"), say_airing(drama.aired or "", _)),
        (_("Also called"), ", ".join(drama.other_titles)),
    )
    lines += [f"**{name}:** {plain(fact)}" for name, fact in told if fact]
    return "\n".join(lines)


def _cast_of(drama: Drama, library: Library, _: Phrases) -> str:
    if not drama.cast:
        return ""
    lines = [f"**{_('Cast')}**", *(_role(role, library, _) for role in drama.cast[:MOST_CAST])]
    return "\n".join([*lines, *say_more(len(drama.cast), MOST_CAST, _)])


def _couples_of(couples: Sequence[Couple], _: Phrases) -> str:
    if not couples:
        return ""
    lines = [f"- {in_both_scripts(couple.name, _)}" for couple in couples[:MOST_CAST]]
    return "\n".join([f"**{_('Couples')}**", *lines, *say_more(len(couples), MOST_CAST, _)])


def _role(role: Role, library: Library, _: Phrases) -> str:
    name = in_both_scripts(library.people[role.actor].names, _)
    if role.character is None:
        return f"- {name}"
    return f"- {_('{actor} as {character}', actor=name, character=character_line(role.character, _))}"


def _who(role: Role, library: Library, _: Phrases) -> Way:
    return person_way(library.people[role.actor], _, character_hint(role.character, _))


def _named(drama: Drama, couples: Sequence[Couple], library: Library, _: Phrases) -> Sequence[Way]:
    shipped = [couple_way(couple, drama, _) for couple in couples]
    cast = [_who(role, library, _) for role in drama.cast]
    return [*cast[: MOST_WAYS - min(len(shipped), MOST_CAST)], *shipped]


def _sources(drama: Drama, _: Phrases) -> list[str]:
    """Say where the facts are from: a name, or the website of an address."""
    named = [urlsplit(source).netloc.removeprefix("www.") or source.partition(" (")[0] for source in drama.sources]
    return [f"-# {_('Sources')}: {plain(', '.join(dict.fromkeys(named)))}"] if named else []
