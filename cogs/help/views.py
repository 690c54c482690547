"""What the command and its presses do in help."""

from collections.abc import Sequence

from bot.ui.interaction import Interaction, private_phrases
from bot.ui.place import guild_of
from bot.ui.reply import redraw, whisper
from cogs.help import render


async def show(interaction: Interaction) -> None:
    """Show the member what she can do here."""
    await whisper(interaction, _page(interaction, 0))


async def turn(interaction: Interaction, page: int) -> None:
    """Show another page of it."""
    await redraw(interaction, _page(interaction, page))


def _page(interaction: Interaction, page: int) -> render.Page:
    client = interaction.client
    return render.help_page(_usable(interaction), page, client.services.commands.ids, private_phrases(interaction))


def _usable(interaction: Interaction) -> Sequence[render.Command]:
    everything = interaction.client.tree.walk_commands()
    return render.usable(everything, interaction.permissions, in_guild=guild_of(interaction) is not None)


ROUTES = {render.HELP: turn}
