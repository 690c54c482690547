"""What a choice does in the settings: check, store, show the page anew."""

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import ManagersOnly
from bot.ui.actions import chosen
from bot.ui.interaction import Interaction, is_manager, private_phrases
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
        await service.set_language(guild_channel(interaction)[0], language, is_manager=is_manager(interaction)),
    )


async def choose_spoilers(interaction: Interaction) -> None:
    """Change how much a game may give away."""
    policy = SpoilerPolicy(chosen(interaction)[0])
    service = interaction.client.services.settings
    await _show_changed(
        interaction,
        await service.set_spoilers(guild_channel(interaction)[0], policy, is_manager=is_manager(interaction)),
    )


async def choose_zone(interaction: Interaction) -> None:
    """Change the time zone to the one that was chosen in the menu."""
    await _change_zone(interaction, chosen(interaction)[0])


async def ask_zone(interaction: Interaction) -> None:
    """Open the form for any other time zone."""
    _check_manager(interaction)
    settings = await interaction.client.services.settings.get(guild_channel(interaction)[0])
    await interaction.response.send_modal(render.zone_form(settings, private_phrases(interaction)))


async def zone_filled(interaction: Interaction) -> None:
    """Change the time zone to the one that was typed."""
    await _change_zone(interaction, submitted(interaction)[render.ZONE][0])


async def show_again(interaction: Interaction) -> None:
    """Go back from the settings of ships to the others."""
    _check_manager(interaction)
    await _show_changed(interaction, await interaction.client.services.settings.get(guild_channel(interaction)[0]))


async def show_ships(interaction: Interaction) -> None:
    """Show the settings of ships."""
    _check_manager(interaction)
    await _show_ships(interaction, await interaction.client.services.settings.get(guild_channel(interaction)[0]))


async def choose_host_role(interaction: Interaction) -> None:
    """Leave polls and brackets to the members with a role."""
    await _set_host_role(interaction, int(chosen(interaction)[0]))


async def let_everybody(interaction: Interaction) -> None:
    """Let everybody start polls and brackets."""
    await _set_host_role(interaction, None)


async def switch_actors(interaction: Interaction, on: int) -> None:
    """Let actors be shipped, or not."""
    guild_id, service = guild_channel(interaction)[0], interaction.client.services.settings
    await _show_ships(interaction, await service.set_actors(guild_id, bool(on), is_manager=is_manager(interaction)))


async def switch_leavers(interaction: Interaction, on: int) -> None:
    """Drop the votes of members who have left, or not."""
    guild_id, service = guild_channel(interaction)[0], interaction.client.services.settings
    await _show_ships(
        interaction, await service.set_drop_leavers(guild_id, bool(on), is_manager=is_manager(interaction))
    )


async def show_blocked(interaction: Interaction, page: int) -> None:
    """Show a page of the block list."""
    _check_manager(interaction)
    await _show_blocked(interaction, page)


async def ask_name(interaction: Interaction) -> None:
    """Open the form for a name to block."""
    _check_manager(interaction)
    await interaction.response.send_modal(render.block_form(private_phrases(interaction)))


async def name_filled(interaction: Interaction) -> None:
    """Block the name that was typed, and show the page of the list that it stands on."""
    guild_id, couples = guild_channel(interaction)[0], interaction.client.services.couples
    name = await couples.block(
        guild_id, submitted(interaction)[render.NAME][0], is_manager=is_manager(interaction), now=interaction.created_at
    )
    names = await couples.blocked(guild_id)
    await _show_blocked(interaction, names.index(name) // render.PAGE if name in names else 0)


async def unblock(interaction: Interaction, page: int) -> None:
    """Take the chosen name off the block list."""
    guild_id, couples = guild_channel(interaction)[0], interaction.client.services.couples
    await couples.unblock(guild_id, chosen(interaction)[0], is_manager=is_manager(interaction))
    await _show_blocked(interaction, page)


async def _set_host_role(interaction: Interaction, role_id: int | None) -> None:
    guild_id, service = guild_channel(interaction)[0], interaction.client.services.settings
    await _show_ships(interaction, await service.set_host_role(guild_id, role_id, is_manager=is_manager(interaction)))


async def _show_ships(interaction: Interaction, settings: GuildSettings) -> None:
    blocked = await interaction.client.services.couples.blocked(settings.guild_id)
    await redraw(interaction, render.ships_page(settings, blocked, private_phrases(interaction)))


async def _show_blocked(interaction: Interaction, page: int) -> None:
    names = await interaction.client.services.couples.blocked(guild_channel(interaction)[0])
    await redraw(interaction, render.blocked_page(names, page, private_phrases(interaction)))


async def _change_zone(interaction: Interaction, text: str) -> None:
    guild_id, client = guild_channel(interaction)[0], interaction.client
    settings = await client.services.settings.set_time_zone(guild_id, text, is_manager=is_manager(interaction))
    await client.services.daily.reschedule(guild_id, interaction.created_at)
    client.dispatch("daily_moved", guild_id)
    await _show_changed(interaction, settings)


async def _show_changed(interaction: Interaction, settings: GuildSettings) -> None:
    await redraw(interaction, render.settings_page(settings, interaction.created_at, private_phrases(interaction)))


def _check_manager(interaction: Interaction) -> None:
    if not is_manager(interaction):
        raise ManagersOnly


ROUTES = {
    render.LANGUAGE: choose_language,
    render.SPOILERS: choose_spoilers,
    render.TIME_ZONE: choose_zone,
    render.OTHER_ZONE: ask_zone,
    render.ZONE_FORM: zone_filled,
    render.OVERVIEW: show_again,
    render.SHIPS: show_ships,
    render.HOST_ROLE: choose_host_role,
    render.ALL_HOSTS: let_everybody,
    render.ACTORS: switch_actors,
    render.LEAVERS: switch_leavers,
    render.BLOCKED: show_blocked,
    render.BLOCK: ask_name,
    render.BLOCK_FORM: name_filled,
    render.UNBLOCK: unblock,
}
