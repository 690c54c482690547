"""Commands of one feature in the group of another."""

from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from bot.ui.groups import join
from bot.ui.interaction import Client


class Party(commands.GroupCog, group_name="party"):
    """The feature that makes the group."""

    @app_commands.command()
    async def begin(self, interaction: discord.Interaction[Any]) -> None:
        """Begin."""


class Games(app_commands.Group):
    """The feature whose commands join one by one."""

    @app_commands.command()
    @app_commands.describe(name="Which game")
    async def play(self, interaction: discord.Interaction[Any], name: str) -> None:
        """Play a game."""

    @play.autocomplete("name")
    async def suggest(self, _interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Offer what was typed."""
        return [app_commands.Choice(name=typed, value=typed)]


class Songs(app_commands.Group):
    """The feature that joins as a group."""

    @app_commands.command()
    async def sing(self, interaction: discord.Interaction[Any]) -> None:
        """Sing a song."""


async def party() -> Client:
    bot = Client(command_prefix="!", intents=discord.Intents.none())
    await bot.add_cog(Party())
    return bot


async def test_commands_join_beside_those_of_the_feature_that_made_the_group() -> None:
    bot, games = await party(), Games()
    join(bot, "party", *games.commands, Songs())
    assert [command.qualified_name for command in bot.tree.walk_commands()] == [
        *("party", "party begin", "party play", "party songs", "party songs sing")
    ]
    assert [command.name for command in bot.tree.get_commands()] == ["party"]


async def test_a_command_that_joined_keeps_its_feature_its_options_and_its_texts() -> None:
    bot, games = await party(), Games()
    before = games.commands[0].to_dict(bot.tree)
    join(bot, "party", *games.commands)
    group = bot.tree.get_command("party")
    assert isinstance(group, app_commands.Group)
    play = group.get_command("play")
    assert isinstance(play, app_commands.Command)
    assert play.binding is games
    assert play.to_dict(bot.tree) == before
    assert before["options"][0]["autocomplete"]


async def test_each_bot_has_commands_of_its_own() -> None:
    first, second = await party(), await party()
    for bot in (first, second):
        join(bot, "party", *Games().commands)
    joined = [list(bot.tree.walk_commands())[-1] for bot in (first, second)]
    assert joined[0] is not joined[1]
    assert [command.parent for command in joined] == [bot.tree.get_command("party") for bot in (first, second)]


@pytest.mark.parametrize("name", ["ship", "alone"])
async def test_nothing_joins_what_is_no_group(name: str) -> None:
    bot = await party()

    @app_commands.command()
    async def alone(_interaction: discord.Interaction[Any]) -> None:
        """Stand alone."""

    bot.tree.add_command(alone)
    with pytest.raises(LookupError, match=f"/{name}"):
        join(bot, name, *Games().commands)


async def test_a_name_joins_once() -> None:
    bot = await party()
    join(bot, "party", *Games().commands)
    with pytest.raises(app_commands.CommandAlreadyRegistered):
        join(bot, "party", *Games().commands)
