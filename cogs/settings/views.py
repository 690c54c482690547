"""What a choice does in the settings: check, store, show the page anew."""

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import ManagersOnly
from bot.ui.actions import chosen
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.pages import submitted
from bot.ui.place import guild_channel
from bot.ui.reply import redraw, whisper
from cogs.settings import render


async def show(interaction: Interaction) -> None:
    """Show the settings to the manager."""
    settings = await interaction.client.services.settings.get(guild_channel(interaction)[0])
    await whisper(interaction, render.settings_page(settings, interaction.created_at, private_phrases(interaction)))


async def choose_language(interaction: Interaction) -> None:
    """Change the language of public messages."""
    (code,) = chosen(interaction)
    language = None if code == render.LIKE_DISCORD else Language(code)
    service = interaction.client.services.settings
    await _show_changed(
        interaction,
        await service.set_language(guild_channel(interaction)[0], language, is_manager=_manages(interaction)),
    )


async def choose_spoilers(interaction: Interaction) -> None:
    """Change how much a game may give away."""
    policy = SpoilerPolicy(chosen(interaction)[0])
    service = interaction.client.services.settings
    await _show_changed(
        interaction, await service.set_spoilers(guild_channel(interaction)[0], policy, is_manager=_manages(interaction))
    )


async def choose_zone(interaction: Interaction) -> None:
    """Change the time zone to the one that was chosen in the menu."""
    await _change_zone(interaction, chosen(interaction)[0])


async def ask_zone(interaction: Interaction) -> None:
    """Open the form for any other time zone."""
    if not _manages(interaction):
        raise ManagersOnly
    settings = await interaction.client.services.settings.get(guild_channel(interaction)[0])
    await interaction.response.send_modal(render.zone_form(settings, private_phrases(interaction)))


async def zone_filled(interaction: Interaction) -> None:
    """Change the time zone to the one that was typed."""
    await _change_zone(interaction, submitted(interaction)[render.ZONE][0])


async def _change_zone(interaction: Interaction, text: str) -> None:
    guild_id, client = guild_channel(interaction)[0], interaction.client
    settings = await client.services.settings.set_time_zone(guild_id, text, is_manager=_manages(interaction))
    await client.services.daily.reschedule(guild_id, interaction.created_at)
    client.dispatch("daily_moved", guild_id)
    await _show_changed(interaction, settings)


async def _show_changed(interaction: Interaction, settings: GuildSettings) -> None:
    await redraw(interaction, render.settings_page(settings, interaction.created_at, private_phrases(interaction)))


def _manages(interaction: Interaction) -> bool:
    return interaction.permissions.manage_guild


ROUTES = {
    render.LANGUAGE: choose_language,
    render.SPOILERS: choose_spoilers,
    render.TIME_ZONE: choose_zone,
    render.OTHER_ZONE: ask_zone,
    render.ZONE_FORM: zone_filled,
}
