"""The commands of packs. Discord's Integrations page says who may use them; their buttons check again."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.content.file_formats import Format
from bot.ui.interaction import Interaction
from cogs.packs import views


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Packs(commands.GroupCog, group_name="pack", group_description=locale_str("This server's own scenes for games")):
    """A guild's own moments."""

    @app_commands.command()
    @app_commands.describe(
        file=locale_str("A .toml or .csv file; /pack example gives you one to fill in"),
        name=locale_str("What the pack is called; the same name again replaces what is in it"),
    )
    async def upload(self, interaction: Interaction, file: discord.Attachment, name: str) -> None:
        """Upload a pack of scenes; every fault in the file is listed."""
        await views.upload(interaction, file, name)

    @app_commands.command(name="list")
    async def show_list(self, interaction: Interaction) -> None:
        """See this server's packs, look through them, switch them on or off."""
        await views.show_list(interaction)

    @app_commands.command()
    @app_commands.rename(kind="format")
    @app_commands.describe(
        name=locale_str("Which pack"), kind=locale_str("TOML for a text editor, CSV for a spreadsheet")
    )
    async def export(self, interaction: Interaction, name: str, kind: Format = Format.TOML) -> None:
        """Get a pack as a file, which can be uploaded again."""
        await views.export_named(interaction, name, kind)

    @export.autocomplete("name")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the packs that answer to what was typed."""
        return await views.pack_choices(interaction, typed)

    @app_commands.command()
    @app_commands.rename(kind="format")
    @app_commands.describe(kind=locale_str("TOML for a text editor, CSV for a spreadsheet"))
    async def example(self, interaction: Interaction, kind: Format = Format.TOML) -> None:
        """Get a small pack to fill in with your own scenes."""
        await views.send_example(interaction, kind)
