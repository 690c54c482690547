"""Buttons and menus that work for as long as their message exists.

A custom_id says what and about which row (`v1:vote:12:0`); everything else is in the database. One DynamicItem class
carries them all: discord.py finds it by the pattern after a restart, and the router (bot/ui/routes.py) knows who
answers. Persistent messages hold nothing but these items and links, and a view is never stopped: discord.py 2.7.1
forgets a DynamicItem class for the whole bot when a view that mixes kinds of items ends.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, Self
from urllib.parse import unquote

import discord

from bot.errors import Outdated
from bot.ui.interaction import Client, Interaction

VERSION: Final = "v1"
MOST_ID: Final = 2**63 - 1
"""What a database takes for the id of a row."""
LIMIT: Final = 100
"""Characters of a custom_id (Discord)."""
BUTTON_TEXT: Final = 80
"""Characters of a button (Discord)."""
MENU_TEXT: Final = 100
"""Characters of a name, and of what stands below it, in a menu (Discord)."""


class Action:
    """Something a member can do by pressing: its name, and how to read each value it is about (int, str, an enum)."""

    def __init__(self, name: str, *fields: Callable[[str], Any]) -> None:
        self.name = name
        self._fields = fields

    def __repr__(self) -> str:
        return f"Action({self.name!r})"

    def custom_id(self, *values: int | str) -> str:
        """Return the custom_id for this action about `values`.

        Raises:
            ValueError: the values do not fit the fields, or 100 characters.
        """
        if len(values) != len(self._fields):
            raise ValueError(f"{self.name} takes {len(self._fields)} values, not {len(values)}")
        custom_id = ":".join((VERSION, self.name, *(_escape(str(value)) for value in values)))
        if len(custom_id) > LIMIT:
            raise ValueError(f"custom_id of {self.name} is longer than {LIMIT} characters")
        return custom_id

    def parse(self, values: Sequence[str]) -> tuple[Any, ...]:
        """Return the values that stand in a custom_id.

        Raises:
            Outdated: they are not what this version writes.
        """
        try:
            parsed = tuple(field(unquote(value)) for field, value in zip(self._fields, values, strict=True))
            if any(isinstance(value, int) and not -MOST_ID <= value <= MOST_ID for value in parsed):
                raise ValueError("no id of a row")
            return parsed
        except ValueError as error:
            raise Outdated from error

    def button(
        self,
        label: str,
        *values: int | str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
    ) -> "ActionItem":
        """Return a button for this action about `values`."""
        button = discord.ui.Button[Any](label=label, style=style, disabled=disabled, custom_id=self.custom_id(*values))
        return ActionItem(button)

    def select(
        self,
        *values: int | str,
        placeholder: str,
        options: list[discord.SelectOption],
        disabled: bool = False,
        most: int = 1,
    ) -> "ActionItem":
        """Return a menu for this action about `values`; the handler finds what is chosen in `chosen(interaction)`.

        One thing is chosen in it, or, where `most` is larger, up to so many.
        """
        select = discord.ui.Select[Any](
            placeholder=placeholder,
            options=options,
            disabled=disabled,
            custom_id=self.custom_id(*values),
            max_values=most,
        )
        return ActionItem(select)

    def role_select(self, *values: int | str, placeholder: str) -> "ActionItem":
        """Return a menu of the guild's roles; the handler finds the id of the chosen one in `chosen(interaction)`.

        None is chosen beforehand: Adlib does not know whether a role that it has stored is still there.
        """
        return ActionItem(discord.ui.RoleSelect[Any](placeholder=placeholder, custom_id=self.custom_id(*values)))

    def channel_select(self, *values: int | str, placeholder: str) -> "ActionItem":
        """Return a menu of the guild's text channels; the handler finds the id in `chosen(interaction)`."""
        kinds = [discord.ChannelType.text, discord.ChannelType.news]
        select = discord.ui.ChannelSelect[Any](
            placeholder=placeholder, custom_id=self.custom_id(*values), channel_types=kinds
        )
        return ActionItem(select)


class ActionItem(
    discord.ui.DynamicItem[discord.ui.Item[Any]],
    template=rf"{VERSION}:(?P<name>[a-z][a-z-]*)(?P<values>(?::[^:]*)*)",
):
    """Any button or menu of Adlib."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Wrap the item that discord.py made from the message."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the router, which answers it whatever happens."""
        client: Client = interaction.client
        await client.press(interaction, self.custom_id)


def chosen(interaction: Interaction) -> list[str]:
    """Return the values that were chosen in the menu that was used."""
    return list((interaction.data or {}).get("values", []))


def _escape(value: str) -> str:
    return value.replace("%", "%25").replace(":", "%3A")
