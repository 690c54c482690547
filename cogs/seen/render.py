"""How a member's list of dramas looks."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.library import Drama
from bot.domain.spoilers import SpoilerWish
from bot.text.catalogue import Phrases
from bot.text.names import SPOILER_WISHES
from bot.ui.actions import Action
from bot.ui.cards.menu import drama_way, menu_of
from bot.ui.cite import drama_title
from bot.ui.mentions import command_mention
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, notice

SEEN = Action("seen", int)
"""Show a page of one's own list."""

PAGE: Final = 15
"""Titles on a page; more would be scrolled past on a phone."""


def seen_page(dramas: Sequence[Drama], page: int, ids: Mapping[str, int], _: Phrases) -> Page:
    """Show a page of the list, and what it is for."""
    shown, page, pages = page_of(dramas, page, PAGE)
    if dramas:
        listed = "\n".join(f"- {drama_title(drama, _)}" for drama in shown)
    else:
        listed = _("Your list is empty. Mark a drama with {command}.", command=command_mention("seen add", ids))
    menu = menu_of([drama_way(drama, _) for drama in shown], _("About the dramas"))
    purpose = _(
        "What it is for: choose “{choice}” for spoilers in {command}, and the game asks about these alone.",
        choice=_(SPOILER_WISHES[SpoilerWish.SEEN_BY_ME]),
        command=command_mention("trivia start", ids),
    )
    count = f"\n-# {_.ngettext('One drama', '{count} dramas', len(dramas))}" if dramas else ""
    private = _("Only you see this list; it holds on every server.")
    return Page(
        card(
            f"## {_('Dramas you have seen')}{count}",
            listed,
            *menu,
            *pager(SEEN, page=page, pages=pages, _=_),
            f"-# {purpose}\n-# {private}",
        )
    )


def added(drama: Drama, _: Phrases) -> Page:
    """Say that the drama is on the list."""
    return notice(_("{drama} is on your list of dramas you have seen.", drama=drama_title(drama, _)))


def removed(drama: Drama, _: Phrases) -> Page:
    """Say that the drama is off the list."""
    return notice(_("{drama} is off your list of dramas you have seen.", drama=drama_title(drama, _)))
