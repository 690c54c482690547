"""Base classes of what is shown: a page in a message, a form over it."""

import re
import unicodedata
from typing import Any, Final

import discord

from bot.ui.actions import Action, ActionItem
from bot.ui.interaction import Interaction

JOINER: Final = "\u200d"
"""Joins emoji; every other mark of its kind is invisible or turns the direction of what follows."""
ACCENT: Final = discord.Colour(0xD6336C)
LINK_TO_BRACKET: Final = re.compile(r"(https?://[^\s<]+)<")
ESCAPED_BAR: Final = "\\|"
FORM_LIFE: Final = 15 * 60.0
"""Seconds for which discord.py keeps a form that was opened; its answer needs nothing that was kept."""


class Page(discord.ui.LayoutView):
    """A message of Adlib: never times out, never stopped; make a new one for every send and edit."""

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        # discord.py 2.7.1 forgets ActionItem for the whole bot when a view that mixes it with others ends.
        if any(item.is_dispatchable() and not isinstance(item, ActionItem) for item in self.walk_children()):
            raise TypeError("A page holds nothing that can be pressed but actions and links.")


class Form(discord.ui.Modal):
    """A form whose answer goes to the handler of `action`, as a press does; `submitted` reads it there."""

    def __init__(self, title: str, action: Action, *values: int | str) -> None:
        super().__init__(title=title[:45], timeout=FORM_LIFE, custom_id=action.custom_id(*values))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Leave the answer to the client, which also gets the answers to forms opened before a restart."""


def submitted(interaction: Interaction) -> dict[str, list[str]]:
    """Return what was entered in a form, by the custom_id of the field; a text is a list of one."""
    entered: dict[str, list[str]] = {}

    def read(component: Any) -> None:
        if "custom_id" in component:
            values = component.get("values")
            entered[component["custom_id"]] = [component.get("value") or ""] if values is None else list(values)
        for child in [*component.get("components", []), *filter(None, [component.get("component")])]:
            read(child)

    for component in (interaction.data or {}).get("components", []):
        read(component)
    return entered


def card(*items: discord.ui.Item[Any] | str, spoiler: bool = False) -> discord.ui.Container[Any]:
    """Return a framed block; a string becomes a text."""
    shown = [discord.ui.TextDisplay[Any](item) if isinstance(item, str) else item for item in items]
    return discord.ui.Container(*shown, accent_colour=ACCENT, spoiler=spoiler)


def row(*items: discord.ui.Item[Any]) -> discord.ui.ActionRow[Any]:
    """Return buttons beside each other (five at most), or one menu."""
    return discord.ui.ActionRow(*items)


def notice(text: str) -> Page:
    """Return a page of one sentence."""
    return Page(discord.ui.TextDisplay[Any](text))


def link(label: str, url: str) -> discord.ui.Button[Any]:
    """Return a button that opens an address."""
    return discord.ui.Button(style=discord.ButtonStyle.link, label=label, url=url)


def plain(text: str) -> str:
    """Return text that a member or an article wrote, so that no mark in it formats or mentions."""
    shown = "".join(mark for mark in text if unicodedata.category(mark) != "Cf" or mark == JOINER)
    shown = LINK_TO_BRACKET.sub(r"\1 <", shown)  # else the link would swallow the backslash that follows
    return discord.utils.escape_mentions(discord.utils.escape_markdown(shown)).replace("<", "\\<")


def veil(text: str) -> str:
    """Return text behind a spoiler that opens at a tap."""
    return f"||{text.replace(ESCAPED_BAR, '').replace('|', '')}||"
