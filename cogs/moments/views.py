"""What a press does about single scenes: switch off and on, settle reports, report what is wrong."""

from discord import app_commands

from bot.errors import ManagersOnly
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.pages import Page, submitted
from bot.ui.place import guild_channel
from bot.ui.reply import redraw, whisper
from bot.ui.transformers import drama_choices
from bot.ui.ways import REPORT
from cogs.moments import render
from cogs.moments.render import Listing


def scene_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a drama whose scenes shall be seen."""
    return drama_choices(interaction.client.services.moments.suggest(typed), private_phrases(interaction))


async def browse(interaction: Interaction, text: str) -> None:
    """Show the scenes of the drama that was typed."""
    drama = interaction.client.services.moments.find_drama(text)
    await whisper(interaction, await _browsed(interaction, drama.id, 0))


async def show_off(interaction: Interaction) -> None:
    """Show what is switched off; the packs that hold it may take a while to be looked at."""
    await interaction.response.defer(ephemeral=True)
    await whisper(interaction, await _off(interaction, 0))


async def show_reports(interaction: Interaction) -> None:
    """Show the reports that wait; the packs that hold their scenes may take a while to be looked at."""
    await interaction.response.defer(ephemeral=True)
    await whisper(interaction, await _reports(interaction, 0))


async def turn_browsed(interaction: Interaction, drama_id: str, page: int) -> None:
    """Show another page of a drama's scenes."""
    _check_manager(interaction)
    await redraw(interaction, await _browsed(interaction, drama_id, page))


async def turn_off(interaction: Interaction, page: int) -> None:
    """Show another page of what is switched off."""
    _check_manager(interaction)
    await interaction.response.defer()
    await redraw(interaction, await _off(interaction, page))


async def turn_reports(interaction: Interaction, page: int) -> None:
    """Show another page of the reports."""
    _check_manager(interaction)
    await interaction.response.defer()
    await redraw(interaction, await _reports(interaction, page))


async def switch_off(interaction: Interaction, listing: Listing, moment_id: str, page: int) -> None:
    """Switch a scene off, and show the page anew."""
    await _switch(interaction, listing, moment_id, page, off=True)


async def switch_on(interaction: Interaction, listing: Listing, moment_id: str, page: int) -> None:
    """Switch a scene on again, and show the page anew."""
    await _switch(interaction, listing, moment_id, page, off=False)


async def settle(interaction: Interaction, moment_id: str, last_id: int, page: int) -> None:
    """Mark the reports that the manager has seen of a scene as settled."""
    await interaction.client.services.moments.settle(
        guild_channel(interaction)[0],
        moment_id,
        last_id,
        is_manager=interaction.permissions.manage_guild,
        now=interaction.created_at,
    )
    await redraw(interaction, await _reports(interaction, page))


async def ask(interaction: Interaction, moment_id: str) -> None:
    """Open the form for a report, unless the member's report is waiting already."""
    guild_id, _channel_id = guild_channel(interaction)
    await interaction.client.services.moments.check_report(guild_id, interaction.user.id, moment_id)
    await interaction.response.send_modal(render.report_form(moment_id, private_phrases(interaction)))


async def reported(interaction: Interaction, moment_id: str) -> None:
    """Take a report, and thank for it."""
    guild_id, _channel_id = guild_channel(interaction)
    words = submitted(interaction)["words"][0]
    service = interaction.client.services.moments
    await service.report(guild_id, interaction.user.id, moment_id, words, interaction.created_at)
    await whisper(interaction, render.thanks(private_phrases(interaction)))


async def _switch(interaction: Interaction, listing: Listing, moment_id: str, page: int, *, off: bool) -> None:
    here = await interaction.client.services.moments.switch(
        guild_channel(interaction)[0],
        moment_id,
        off=off,
        is_manager=interaction.permissions.manage_guild,
        now=interaction.created_at,
    )
    match listing:
        case Listing.BROWSE:
            await redraw(interaction, await _browsed(interaction, here.moment.drama_id, page))
        case Listing.OFF:
            await redraw(interaction, await _off(interaction, page))
        case Listing.REPORTS:
            await redraw(interaction, await _reports(interaction, page))


async def _browsed(interaction: Interaction, drama_id: str, page: int) -> Page:
    service = interaction.client.services.moments
    found = await service.browse(drama_id, guild_channel(interaction)[0])
    return render.browse_page(service.find_drama(drama_id), found, page, private_phrases(interaction))


async def _off(interaction: Interaction, page: int) -> Page:
    found = await interaction.client.services.moments.list_off(guild_channel(interaction)[0])
    return render.off_page(found, page, private_phrases(interaction))


async def _reports(interaction: Interaction, page: int) -> Page:
    found = await interaction.client.services.moments.waiting_reports(guild_channel(interaction)[0])
    return render.reports_page(found, page, private_phrases(interaction))


def _check_manager(interaction: Interaction) -> None:
    if not interaction.permissions.manage_guild:
        raise ManagersOnly


ROUTES = {
    REPORT: ask,
    render.FORM: reported,
    render.BROWSE: turn_browsed,
    render.ALL_OFF: turn_off,
    render.REPORTS: turn_reports,
    render.SWITCH_OFF: switch_off,
    render.SWITCH_ON: switch_on,
    render.SETTLE: settle,
}
