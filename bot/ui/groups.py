"""Commands that several features bring to one group, like everything behind /ship."""

from typing import Any

from discord import app_commands

from bot.ui.interaction import Client


def join(bot: Client, name: str, *commands: app_commands.Command[Any, ..., Any] | app_commands.Group) -> None:
    """Set commands beside those of the group `name`, which another feature has made.

    A command keeps what it is bound to, so `join(bot, "ship", *Record().commands)` moves the commands of an
    `app_commands.Group`; a whole group joins as it is. Discord asks who may use a command at the outermost group only:
    what holds there (guilds only) holds for all that join.

    Raises:
        LookupError: no feature has made a group of that name so far; features load by the alphabet.
        CommandAlreadyRegistered: the group has a command of that name.
    """
    group = bot.tree.get_command(name)
    if not isinstance(group, app_commands.Group):
        raise LookupError(f"No feature has made the group /{name} yet, so nothing can join it.")
    for command in commands:
        group.add_command(command)
