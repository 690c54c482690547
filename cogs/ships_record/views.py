"""What commands and presses do in the record of couples: show boards and cards, turn pages."""

from discord import app_commands

from bot.text.catalogue import Phrases
from bot.ui.interaction import Interaction, guild_locale, private_phrases
from bot.ui.place import guild_channel
from bot.ui.reply import announce, redraw, whisper
from bot.ui.transformers import choice
from cogs.ships_record import render


async def couple_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a couple that is being typed."""
    _ = private_phrases(interaction)
    offers = await interaction.client.services.records.suggest(interaction.guild_id or 0, typed)
    return [choice(render.offer(found, _), found.text) for found in offers]


async def show_board(interaction: Interaction) -> None:
    """Show the leaderboard of couples to the channel."""
    guild_id, _channel_id = guild_channel(interaction)
    board = await interaction.client.services.records.leaderboard(guild_id, 0)
    await announce(interaction, render.leaderboard(board, await _public(interaction)))


async def turn_board(interaction: Interaction, page: int) -> None:
    """Show another page of the leaderboard."""
    guild_id, _channel_id = guild_channel(interaction)
    board = await interaction.client.services.records.leaderboard(guild_id, page)
    await redraw(interaction, render.leaderboard(board, await _public(interaction)))


async def show_card(interaction: Interaction, text: str) -> None:
    """Show the card of a couple to the member alone.

    Raises:
        NoSuchCouple: `text` is no couple that is known here.
    """
    guild_id, _channel_id = guild_channel(interaction)
    records = interaction.client.services.records
    found = await records.card(guild_id, text)
    await whisper(interaction, render.couple_card(found, guild_id, records.library, private_phrases(interaction)))


async def share_card(interaction: Interaction, text: str) -> None:
    """Show the card of a couple to the channel."""
    guild_id, _channel_id = guild_channel(interaction)
    records = interaction.client.services.records
    found, _ = await records.card(guild_id, text), await _public(interaction)
    await announce(interaction, render.couple_card(found, guild_id, records.library, _, public=True))


async def _public(interaction: Interaction) -> Phrases:
    guild_id, _channel_id = guild_channel(interaction)
    client = interaction.client
    return client.catalogue[await client.services.settings.public_language(guild_id, guild_locale(interaction))]


ROUTES = {
    render.COUPLES: turn_board,
    render.SHARE: share_card,
}
