"""What the commands of the daily question do: set it up, end it, show it."""

from bot.ui import channels
from bot.ui.interaction import Interaction, guild_locale, private_phrases
from bot.ui.pages import notice
from bot.ui.place import guild_channel, postable_channel
from bot.ui.reply import whisper
from cogs.daily import render


async def start(interaction: Interaction, hour: int, channel_id: int | None) -> None:
    """Set the daily question up once its channel has been told: where Adlib may not write, nothing is changed."""
    guild_id, here = guild_channel(interaction)
    if channel_id in (None, here):
        postable_channel(interaction)
    client, place, locale = interaction.client, channel_id or here, guild_locale(interaction)
    await interaction.response.defer(ephemeral=True)  # the channel is told first, and may make Adlib wait
    planned = await client.services.daily.plan(guild_id, place, hour, interaction.created_at)
    _ = client.catalogue[await client.services.settings.public_language(guild_id, locale)]
    await channels.post(client, place, render.announced(planned, _), nonce=f"d-{interaction.id}")
    daily = await client.services.daily.start(guild_id, place, hour, locale, interaction.created_at)
    client.dispatch("daily_moved", guild_id)
    await whisper(interaction, render.shown(daily, private_phrases(interaction)))


async def stop(interaction: Interaction) -> None:
    """End the daily question."""
    _ = private_phrases(interaction)
    await interaction.client.services.daily.stop(guild_channel(interaction)[0])
    await whisper(interaction, notice(_("No more daily questions. One that is open closes at its time.")))


async def show(interaction: Interaction) -> None:
    """Show how the daily question is set up."""
    daily = await interaction.client.services.daily.get(guild_channel(interaction)[0], interaction.created_at)
    await whisper(interaction, render.shown(daily, private_phrases(interaction)))
