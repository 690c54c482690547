"""How articles look: a card, and lists of them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import discord

from bot.domain.library import Article, Couple, Library
from bot.domain.people import players
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.ui.cards.actions import SHARE_ARTICLE
from bot.ui.cards.here import EVERYWHERE, Here
from bot.ui.cards.lines import character_hint
from bot.ui.cards.menu import Way, couple_way, doubt_about, drama_way, menu_of, person_way
from bot.ui.cite import drama_title
from bot.ui.pager import page_of
from bot.ui.pages import Page, card, link, plain, row, veil
from bot.ui.ways import PLAY, PLAY_DRAMA, READ, SHIP, SHIP_DRAMA

LIST_PAGE: Final = 5
"""Articles on a page; each takes three of the 40 components of a message (Discord)."""
ENTRY: Final = 160
"""Characters of each of its two lines, of which a guild's own may be longer; marks in them may take two."""
GAME: Final = 5
"""Rounds of a game that a card starts, at most."""

Turning = Callable[[int, int], list[discord.ui.ActionRow[Any]]]
"""Returns the row that turns pages, from the page and how many there are."""


def article_card(
    article: Article,
    library: Library,
    _: Phrases,
    *,
    public: bool = False,
    added: datetime | None = None,
    here: Here = EVERYWHERE,
) -> Page:
    """Show an article: citation, our summary, facts, what fans say, a caution, and the ways on.

    In `public` whatever spoils stands behind the veil, else what the policy does not allow; of headlines that only
    which gives away what matters most. `added` is when a guild added it to its own library; one of those brings no
    facts of ours.
    """
    level = library.level_of(article)
    fenced = level is not SpoilerLevel.NONE if public else not here.policy.allows(level)
    headline_level = library.headline_level(article)
    bare = headline_level is SpoilerLevel.NONE if public else here.policy.bares(headline_level)

    def fence(text: str) -> str:
        return veil(text) if fenced else text

    own = article.id not in library.articles
    summary = _.of(article.summary) if article.summary else ""
    told = [fence(plain(summary) if own else summary)] if summary else []
    told += [f"- {fence(_.of(fact))}" for fact in article.facts]  # each by itself: no veil goes over a list
    texts = [_heading(article, library, _, bare=bare, fenced=fenced), *(["\n".join(told)] if told else [])]
    if article.fans_say:
        said = "\n".join(f"- {fence(_.of(text))}" for text in article.fans_say)
        texts.append(f"**{_('What fans say (not a fact)')}**\n{said}")
    if article.caution:
        texts.append(f"**{_('Caution')}:** {fence(_.of(article.caution))}")
    people = library.people_of(article)
    if people:
        texts.append(f"-# {_('People')}: {', '.join(plain(_.of(person.names)) for person in people)}")
    if added is not None:
        day = discord.utils.format_dt(added, "D")
        texts.append(f"-# {_('Added by this server on {day}. Adlib has not checked it.', day=day)}")
    couples = here.wanted(article_couples(article, library))
    shipped = [couple_way(couple, library.dramas[couple.drama_id], _) for couple in couples]
    menu = menu_of([*_named(article, library, _), *shipped], _("Dramas, people, couples"))
    ways = _ways(article, library, _, public=public, here=here)
    return Page(card(*texts, *menu, *([row(*ways)] if ways else [])))


def article_couples(article: Article, library: Library) -> Sequence[Couple]:
    """Return the couples of the dramas that an article is about; where it names people, those whom they play."""
    couples = library.couples_of(library.dramas_of(article))
    if not article.people:
        return couples
    named = {*article.people}
    played = {couple.id: players(couple, library.dramas[couple.drama_id]) for couple in couples}
    return [couple for couple in couples if any(named & {*actors} for _half, actors in played[couple.id])]


def article_list(
    heading: str,
    articles: Sequence[Article],
    page: int,
    library: Library,
    _: Phrases,
    turning: Turning,
    here: Here = EVERYWHERE,
) -> Page:
    """Show a page of articles, each with a button that opens its card, and a menu of what they are about."""
    shown, page, pages = page_of(articles, page, LIST_PAGE)
    numbered = enumerate(shown, page * LIST_PAGE + 1)
    entries = [_entry(number, article, library, here.policy, _) for number, article in numbered]
    named = [way for article in shown for way in _named(article, library, _)]
    return Page(card(heading, *entries, *menu_of(named, _("Dramas and people")), *turning(page, pages)))


def _heading(article: Article, library: Library, _: Phrases, *, bare: bool, fenced: bool) -> str:
    headline = plain(_.of(article.headline))
    lines = [f"## {headline if bare else veil(headline)}"]
    rendered = _("headline translated by Adlib") if _.language in article.headline_rendered else None
    note = _.of(article.note) if article.note else None
    if fenced:
        lines.append(f"-# {_('May spoil, tap to see')}")
    lines.append("-# " + " · ".join(filter(None, (plain(article.publisher), article.date, note, rendered))))
    if article.shown_source:
        lines.append(f"-# {_('Its source')}: {plain(article.shown_source)}")
    dramas = [drama_title(drama, _) for drama in library.dramas_of(article)]
    if dramas:
        lines.append("**" + ", ".join(dramas) + "**")
    return "\n".join(lines)


def _entry(number: int, article: Article, library: Library, policy: SpoilerPolicy, _: Phrases) -> discord.ui.Item[Any]:
    dramas = [_.of(drama.title) for drama in library.dramas_of(article)]
    place = " · ".join(filter(None, (article.publisher, article.date, ", ".join(dramas))))
    headline = plain(shorten(_.of(article.headline), ENTRY))
    if policy.bares(library.headline_level(article)):
        text = f"**{number}. {headline}**\n-# {plain(shorten(place, ENTRY))}"
    else:
        text = f"**{number}.** {veil(headline)}\n-# {_('May spoil, tap to see')}\n-# {plain(shorten(place, ENTRY))}"
    if doubt := doubt_about(article, _):
        text += f"\n-# {doubt}"
    if article.id not in library.articles:
        text += f"\n-# {_('from the library of this server')}"
    return discord.ui.Section[Any](text, accessory=READ.button(_("Open {number}", number=number), article.id))


def _named(article: Article, library: Library, _: Phrases) -> list[Way]:
    """The dramas and people of an article; beside a person stands whom they play in one of the dramas."""
    dramas = library.dramas_of(article)
    played = {role.actor: role.character for drama in dramas for role in reversed(drama.cast) if role.character}
    people = library.people_of(article)
    who = [person_way(person, _, character_hint(played.get(person.name), _)) for person in people]
    return [*(drama_way(drama, _) for drama in dramas), *who]


def _ways(article: Article, library: Library, _: Phrases, *, public: bool, here: Here) -> list[Any]:
    ways: list[Any] = [*_plays(article, library, _, here)] if here.plays else []
    if not public:
        ways.append(SHARE_ARTICLE.button(_("Show everyone"), article.id))
    if article.link:
        ways.append(link(_("Read it at {publisher}", publisher=shorten(article.publisher, 50)), article.link))
    return ways


def _plays(article: Article, library: Library, _: Phrases, here: Here) -> Iterator[discord.ui.Item[Any]]:
    """The ways to a game and to a poll; of a guild's own article, about one of its dramas."""
    dramas = library.dramas_of(article)
    own = article.id not in library.articles
    played = next((drama for drama in dramas if any(moment.game_ready for moment in drama.moments)), None)
    if own and played is not None:
        yield PLAY_DRAMA.button(_("Play this"), played.id, GAME, style=discord.ButtonStyle.primary)
    elif not own and any(moment.game_ready for moment in library.moments_of(article)):
        yield PLAY.button(_("Play this"), article.id, GAME, style=discord.ButtonStyle.primary)
    couples = here.wanted(library.couples_of(dramas))
    if couples:
        yield SHIP_DRAMA.button(_("Vote"), couples[0].drama_id) if own else SHIP.button(_("Vote"), article.id)
