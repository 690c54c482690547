"""What commands and presses do in the record of couples: show boards and cards, turn pages."""

from discord import app_commands

from bot.ui.cards import show
from bot.ui.cards.actions import SHARE_COUPLE
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.place import guild_channel
from bot.ui.reply import announce, redraw
from bot.ui.transformers import choice
from bot.ui.ways import COUPLE
from cogs.ships_record import render


async def couple_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a couple that is being typed."""
    _ = private_phrases(interaction)
    offers = await interaction.client.services.records.suggest(interaction.guild_id or 0, typed)
    return [choice(render.offer(found, _), found.text) for found in offers]


async def show_board(interaction: Interaction) -> None:
    """Show the leaderboard of couples to the channel."""
    await announce(interaction, await _board(interaction, 0))


async def turn_board(interaction: Interaction, page: int) -> None:
    """Show another page of the leaderboard."""
    await redraw(interaction, await _board(interaction, page))


async def show_card(interaction: Interaction, text: str) -> None:
    """Show the card of a couple to the member alone.

    Raises:
        NoSuchCouple: `text` is no couple that is known here.
        GuildOnly: it comes from elsewhere than a guild.
    """
    guild_channel(interaction)
    await show.show_couple(interaction, text)


async def _board(interaction: Interaction, page: int) -> render.Page:
    guild_id, _channel_id = guild_channel(interaction)
    records = interaction.client.services.records
    board = await records.leaderboard(guild_id, page)
    return render.leaderboard(board, records.library, await show.public_phrases(interaction))


ROUTES = {
    render.COUPLES: turn_board,
    COUPLE: show.show_couple,
    SHARE_COUPLE: show.share_couple,
}
