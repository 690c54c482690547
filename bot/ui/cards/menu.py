"""The menu that opens cards: whatever a page names in it is a press away."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import discord

from bot.domain.library import Article, Couple, Drama, Library, Person
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import shorten
from bot.errors import Outdated
from bot.text.catalogue import Phrases
from bot.ui.actions import MENU_TEXT
from bot.ui.pages import Page, card, row
from bot.ui.ways import OPEN

MOST_WAYS: Final = 25
"""Options of a menu (Discord)."""


class Kind(StrEnum):
    """What has a card."""

    ARTICLE = "article"
    DRAMA = "drama"
    PERSON = "person"
    COUPLE = "couple"


@dataclass(frozen=True, slots=True)
class Way:
    """A card to open: of which kind, by which id (a person's: the credited name), and how the menu calls it."""

    kind: Kind
    key: str
    label: str
    hint: str = ""

    @property
    def value(self) -> str:
        """What stands for it in the menu."""
        return f"{self.kind}:{self.key}"


def menu_of(entries: Iterable[Way], placeholder: str) -> list[discord.ui.ActionRow[Any]]:
    """Return a menu that opens the card of each entry, of the first 25; none twice. Nothing where none can be opened.

    A message holds one such menu.
    """
    named = {way.value: way for way in entries if way.key and len(way.value) <= MENU_TEXT}
    if not named:
        return []
    options = [
        discord.SelectOption(
            label=shorten(way.label, MENU_TEXT), value=value, description=shorten(way.hint, MENU_TEXT) or None
        )
        for value, way in [*named.items()][:MOST_WAYS]
    ]
    return [row(OPEN.select(placeholder=placeholder, options=options))]


def meant_page(told: str, ways: Iterable[discord.ui.Item[Any]], _: Phrases) -> Page:
    """Say what was not found, and offer up to five things that may have been meant."""
    return Page(card(f"{told}\n**{_('Did you mean …?')}**", row(*ways)))


def parse_way(value: str) -> tuple[Kind, str]:
    """Return which card a value of the menu stands for.

    Raises:
        Outdated: for none that this version knows.
    """
    kind, _, key = value.partition(":")
    if kind not in set(Kind) or not key:
        raise Outdated
    return Kind(kind), key


def article_way(article: Article, library: Library, policy: SpoilerPolicy, _: Phrases) -> Way:
    """Return the way to an article, with publisher, date and what to think of its headline beside it."""
    hint = " · ".join(filter(None, (doubt_about(article, _), article.publisher, article.date)))
    return Way(Kind.ARTICLE, article.id, headline_label(article, library, policy, _), hint)


def headline_label(article: Article, library: Library, policy: SpoilerPolicy, _: Phrases) -> str:
    """Return what an article is called where nothing can be veiled: its headline, unless that gives too much away."""
    if policy.bares(library.headline_level(article)):
        return _.of(article.headline)
    drama = library.drama_of(library.moments_citing(article)[0])
    return _("{drama}: behind the scenes", drama=_.of(drama.title))


def doubt_about(article: Article, _: Phrases) -> str:
    """Say what to think of a headline wherever it stands without its card; "" where there is nothing to say."""
    if article.fans_say:
        return _("speculation, not fact")
    return _("the headline says more than is known") if article.caution else ""


def drama_way(drama: Drama, _: Phrases, hint: str | None = None) -> Way:
    """Return the way to a drama, with year and network beside it, or with `hint`."""
    facts = " · ".join(filter(None, (drama.title.beside(_.language), str(drama.year), drama.network)))
    return Way(Kind.DRAMA, drama.id, _.of(drama.title), facts if hint is None else hint)


def person_way(person: Person, _: Phrases, hint: str = "") -> Way:
    """Return the way to a person."""
    return Way(Kind.PERSON, person.name, _.of(person.names), hint or person.names.beside(_.language) or "")


def couple_way(couple: Couple, drama: Drama, _: Phrases) -> Way:
    """Return the way to a couple of the catalogue, with its drama beside it."""
    return Way(Kind.COUPLE, couple.id, _.of(couple.name), _.of(drama.title))
