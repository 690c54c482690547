"""What tests of cards share: the shipped library, and what stands on a page."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import discord

from bot.app import DATA
from bot.domain.library import Article, Couple, Person
from bot.domain.people import careers
from bot.domain.records import Record, Score
from bot.domain.shelves import newest_first
from bot.services.records import CoupleCard
from bot.text.catalogue import Phrases, load_catalogue
from bot.ui.cards.couple import couple_card
from bot.ui.cards.person import person_card
from bot.ui.pages import Page
from tests.cogs.world import shipped_library

CATALOGUE = load_catalogue(DATA / "locales")
LIBRARY = shipped_library()
CAREERS = careers(LIBRARY)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOTH = (False, True)


def texts(page: Page) -> str:
    return "\n".join(child.content for child in page.walk_children() if isinstance(child, discord.ui.TextDisplay))


def parts(page: Page) -> Iterator[dict[str, Any]]:
    """Every button and menu of a page, as Discord gets it."""
    waiting: list[Any] = list(page.to_components())
    while waiting:
        part = waiting.pop(0)
        waiting += [*part.get("components", []), *filter(None, [part.get("accessory")])]
        if "custom_id" in part:
            yield part


def chosen(page: Page) -> list[str]:
    """What the menus of a page lead to."""
    return [option["value"] for part in parts(page) for option in part.get("options", ())]


def labels(page: Page) -> list[str]:
    return [part["label"] for part in parts(page) if "label" in part]


def written_of(name: str) -> list[Article]:
    return [*newest_first(article for article in LIBRARY.articles.values() if name in article.people)]


def person_page(person: Person, phrases: Phrases, *, public: bool = False) -> Page:
    return person_card(person, CAREERS[person.name], LIBRARY, written_of(person.name), phrases, public=public)


def couple_page(couple: Couple, phrases: Phrases, *, public: bool = False) -> Page:
    found = CoupleCard(Record(Score(couple.id, couple.name)), couple, LIBRARY.dramas[couple.drama_id])
    return couple_card(found, None, 999, LIBRARY, phrases, public=public)


def leads_nowhere(values: Sequence[str]) -> list[str]:
    known = {"drama": LIBRARY.dramas, "person": LIBRARY.people, "couple": LIBRARY.couples, "article": LIBRARY.articles}
    return [value for value in values if value.partition(":")[2] not in known[value.partition(":")[0]]]
