"""What a press does in seen, and what its commands do: mark a drama, take it off, turn the pages of the list."""

from discord import app_commands

from bot.ui.interaction import Interaction, private_phrases
from bot.ui.reply import redraw, whisper
from bot.ui.transformers import drama_choices
from bot.ui.ways import MARK_SEEN
from cogs.seen import render


async def unseen_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a drama to mark."""
    found = await interaction.client.services.seen.suggest_unseen(interaction.user.id, typed)
    return drama_choices(found, private_phrases(interaction))


async def seen_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a drama to take off the list."""
    found = await interaction.client.services.seen.suggest_seen(interaction.user.id, typed)
    return drama_choices(found, private_phrases(interaction))


async def add(interaction: Interaction, text: str) -> None:
    """Mark a drama as seen."""
    drama = await interaction.client.services.seen.add(interaction.user.id, text, interaction.created_at)
    await whisper(interaction, render.added(drama, private_phrases(interaction)))


async def mark(interaction: Interaction, drama_id: str) -> None:
    """Mark a drama as seen from a button."""
    await add(interaction, interaction.client.services.dramas.get(drama_id).id)


async def remove(interaction: Interaction, text: str) -> None:
    """Take a drama off the member's list."""
    drama = await interaction.client.services.seen.remove(interaction.user.id, text)
    await whisper(interaction, render.removed(drama, private_phrases(interaction)))


async def show(interaction: Interaction) -> None:
    """Show the member her list."""
    await whisper(interaction, await _page(interaction, 0))


async def turn(interaction: Interaction, page: int) -> None:
    """Show another page of the list."""
    await redraw(interaction, await _page(interaction, page))


async def _page(interaction: Interaction, page: int) -> render.Page:
    services, _ = interaction.client.services, private_phrases(interaction)
    dramas = await services.seen.list(interaction.user.id, _.language)
    return render.seen_page(dramas, page, services.commands.ids, _)


ROUTES = {
    render.SEEN: turn,
    MARK_SEEN: mark,
}
