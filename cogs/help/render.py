"""How help looks: the commands this member can use, ready to be tapped."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import discord
from discord import app_commands

from bot.text.catalogue import Phrases
from bot.ui.actions import Action
from bot.ui.mentions import command_mention
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card

HELP = Action("help", int)
"""Show a page of what a member can do."""

PAGE: Final = 20
"""Commands on a page: with the longest names and descriptions, under the 4,000 characters that Discord takes."""

ORDER = (
    "trivia",
    "article",
    "drama",
    "person",
    "ship",
    "seen",
    "daily",
    "season",
    "pack",
    "moments",
    "library",
    "feed",
    "settings",
    "help",
    "privacy",
)
"""Features as a newcomer would like to meet them."""

Command = app_commands.Command[Any, ..., Any]


def usable(
    everything: Iterable[Command | app_commands.Group], permissions: discord.Permissions, *, in_guild: bool
) -> Sequence[Command]:
    """Return the commands that a member with `permissions` finds in Discord's own list by default."""
    found: list[Command] = []
    for command in everything:
        root = command.root_parent or command
        wanted = root.default_permissions
        allowed = wanted is None or permissions.is_superset(wanted)
        if isinstance(command, app_commands.Command) and allowed and (in_guild or not root.guild_only):
            found.append(command)
    return sorted(found, key=lambda command: ORDER.index((command.root_parent or command).name))


def help_page(commands: Sequence[Command], page: int, ids: Mapping[str, int], _: Phrases) -> Page:
    """Show a page of the commands, each with what it does."""
    shown, page, pages = page_of(commands, page, PAGE)
    lines = [f"{command_mention(command.qualified_name, ids)}\n-# {_(command.description)}" for command in shown]
    return Page(
        card(
            f"## {_('What you can do here')}",
            "\n".join(lines),
            f"-# {_('Adlib keeps your answers and votes, never your name. /privacy delete removes them.')}",
            *pager(HELP, page=page, pages=pages, _=_),
        )
    )
