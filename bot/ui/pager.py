"""Turning pages. Which page is shown stands in the buttons themselves."""

from collections.abc import Sequence
from typing import Any, TypeVar

import discord

from bot.text.catalogue import Phrases
from bot.ui.actions import Action
from bot.ui.pages import row

T = TypeVar("T")


def page_of(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Return the items of a page, which page it is (counted from 0) and how many there are.

    A page out of range becomes the nearest that exists.
    """
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 0), pages - 1)
    return items[page * size : (page + 1) * size], page, pages


def pager(action: Action, *values: int | str, page: int, pages: int, _: Phrases) -> list[discord.ui.ActionRow[Any]]:
    """Return the row that turns pages, or nothing where there is only one. `action` ends with the page."""
    if pages == 1:
        return []
    position = f"{page + 1}/{pages}"
    return [
        row(
            action.button(_("Back"), *values, page - 1, disabled=page == 0),
            action.button(f"{_('Next')} ({position})", *values, page + 1, disabled=page == pages - 1),
        )
    ]
