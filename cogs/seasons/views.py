"""What a press does in seasons: end one after a second thought, turn the list, open a board."""

from bot.domain.periods import Period
from bot.ui.boards import show_season
from bot.ui.interaction import Interaction, guild_locale, private_phrases
from bot.ui.pager import page_of
from bot.ui.pages import Page
from bot.ui.place import guild_channel
from bot.ui.reply import announce, redraw, whisper
from cogs.seasons import render


async def ask(interaction: Interaction) -> None:
    """Say what the end of the season does, and ask once more."""
    guild_id, _channel_id = guild_channel(interaction)
    board = await interaction.client.services.boards.board(guild_id, Period.SEASON, interaction.created_at)
    await whisper(interaction, render.question(board, private_phrases(interaction)))


async def end(interaction: Interaction, number: int) -> None:
    """End the season and announce its winners to the channel; of two managers, only the first one announces."""
    guild_id, _channel_id = guild_channel(interaction)
    client, now = interaction.client, interaction.created_at
    board = await client.services.boards.end_season(
        guild_id, now, is_manager=interaction.permissions.manage_guild, season=number
    )
    await redraw(interaction, render.done(board, private_phrases(interaction)))
    if board.ended == now:
        language = await client.services.settings.public_language(guild_id, guild_locale(interaction))
        await announce(interaction, render.ended(board, client.catalogue[language]))


async def keep(interaction: Interaction) -> None:
    """Let the season go on."""
    await redraw(interaction, render.kept(private_phrases(interaction)))


async def show_list(interaction: Interaction) -> None:
    """Show all seasons to the manager."""
    await whisper(interaction, await _list(interaction, 0))


async def turn_list(interaction: Interaction, page: int) -> None:
    """Show another page of the list."""
    await redraw(interaction, await _list(interaction, page))


async def open_board(interaction: Interaction, number: int) -> None:
    """Show the board of a season to the manager."""
    await show_season(interaction, number)


async def _list(interaction: Interaction, page: int) -> Page:
    guild_id, _channel_id = guild_channel(interaction)
    boards = interaction.client.services.boards
    numbers = render.newest_first(await boards.seasons(guild_id))
    shown, page, pages = page_of(numbers, page, render.SEASONS)
    found = await boards.boards_of(guild_id, shown, interaction.created_at)
    return render.listed(found, page, pages, private_phrases(interaction))


ROUTES = {render.END: end, render.KEEP: keep, render.OPEN: open_board, render.LIST: turn_list}
