"""The ways to answer an interaction, whether or not it has been acknowledged before."""

import discord

from bot.ui.interaction import Interaction
from bot.ui.pages import Page


async def whisper(interaction: Interaction, page: Page) -> None:
    """Answer so that only the member sees it."""
    if interaction.response.is_done():
        await interaction.followup.send(view=page, ephemeral=True)
    else:
        await interaction.response.send_message(view=page, ephemeral=True)


async def announce(interaction: Interaction, page: Page, *files: discord.File) -> int:
    """Answer so that the whole channel sees it; return the id of the message."""
    if interaction.response.is_done():
        return (await interaction.followup.send(view=page, files=files, wait=True)).id
    response = await interaction.response.send_message(view=page, files=files)
    if response.message_id is None:
        return (await interaction.original_response()).id
    return response.message_id


async def redraw(interaction: Interaction, page: Page) -> None:
    """Answer a press by changing the message it stands in: one call, the member sees the change."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=page)
    elif interaction.message is None:
        await whisper(interaction, page)
    else:
        await interaction.response.edit_message(view=page)
