"""What a press does in packs: look through one, switch it, get it as a file, remove it after a second word."""

from typing import Final

import discord
from discord import app_commands

from bot.content.file_formats import Format
from bot.content.folding import fold
from bot.errors import ManagersOnly
from bot.services.packs import PackService, Refused, Uploaded
from bot.text.catalogue import Phrases
from bot.ui.files import file_page, hand_over, tell_faults
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.place import guild_channel
from bot.ui.reply import redraw, whisper
from cogs.packs import render

OFFERED: Final = 25
"""Choices that autocomplete may offer (Discord)."""


async def pack_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a pack that is being typed."""
    packs = await interaction.client.services.packs.list(guild_channel(interaction)[0])
    found = [pack.name for pack in packs if fold(typed) in fold(pack.name)]
    return [app_commands.Choice(name=name, value=name) for name in found[:OFFERED]]


async def upload(interaction: Interaction, file: discord.Attachment, name: str) -> None:
    """Store the file as a pack and show it, or list everything that is wrong with it."""
    service, guild_id = _packs(interaction), guild_channel(interaction)[0]
    service.admit(file.filename, file.size, name)
    await interaction.response.defer(ephemeral=True, thinking=True)
    content = await file.read()
    outcome = await service.upload(guild_id, interaction.user.id, file.filename, name, content, interaction.created_at)
    _ = private_phrases(interaction)
    match outcome:
        case Uploaded(pack):
            opened = await service.open(guild_id, pack.id)
            await whisper(interaction, render.pack_page(opened, _, _uploaded(outcome, _)))
        case Refused(faults):
            await tell_faults(interaction, faults, _)


async def show_list(interaction: Interaction) -> None:
    """Show the guild's packs."""
    packs = await _packs(interaction).list(guild_channel(interaction)[0])
    await whisper(interaction, render.pack_list(packs, 0, private_phrases(interaction)))


async def export_named(interaction: Interaction, name: str, kind: Format) -> None:
    """Send a pack as a file."""
    pack = await _packs(interaction).find(guild_channel(interaction)[0], name)
    await _export(interaction, pack.id, kind)


async def send_example(interaction: Interaction, kind: Format) -> None:
    """Send a small pack to fill in."""
    _ = private_phrases(interaction)
    filename, content = _packs(interaction).example(kind, render.example_head(_))
    text = _("Two scenes to show how it is written. Put your own in their place, then use /pack upload.")
    await hand_over(interaction, file_page(text, filename), filename, content)


async def turn_list(interaction: Interaction, page: int) -> None:
    """Show another page of the guild's packs."""
    packs = await _packs(interaction).list(_managed_guild(interaction))
    await redraw(interaction, render.pack_list(packs, page, private_phrases(interaction)))


async def show(interaction: Interaction, pack_id: int) -> None:
    """Show a pack, counted."""
    opened = await _packs(interaction).open(_managed_guild(interaction), pack_id)
    await redraw(interaction, render.pack_page(opened, private_phrases(interaction)))


async def show_scene(interaction: Interaction, pack_id: int, number: int) -> None:
    """Show a scene of a pack."""
    opened = await _packs(interaction).open(_managed_guild(interaction), pack_id)
    await redraw(interaction, render.scene_page(opened, number, private_phrases(interaction)))


async def switch(interaction: Interaction, pack_id: int, enabled: int) -> None:
    """Let games choose a pack, or not."""
    service, guild_id = _packs(interaction), _managed_guild(interaction)
    await service.switch(guild_id, pack_id, bool(enabled))
    opened, _ = await service.open(guild_id, pack_id), private_phrases(interaction)
    note = (
        _("Switched on: /trivia start can choose it now.")
        if enabled
        else _("Switched off: no game can choose it any more.")
    )
    await redraw(interaction, render.pack_page(opened, _, note))


async def export(interaction: Interaction, pack_id: int, kind: Format) -> None:
    """Send a pack as a file."""
    _managed_guild(interaction)
    await _export(interaction, pack_id, kind)


async def ask_removal(interaction: Interaction, pack_id: int) -> None:
    """Ask once more."""
    pack = await _packs(interaction).get(_managed_guild(interaction), pack_id)
    await redraw(interaction, render.removal_question(pack, private_phrases(interaction)))


async def remove(interaction: Interaction, pack_id: int) -> None:
    """Remove a pack."""
    pack = await _packs(interaction).remove(_managed_guild(interaction), pack_id)
    await redraw(interaction, render.removed(pack, private_phrases(interaction)))


def _packs(interaction: Interaction) -> PackService:
    return interaction.client.services.packs


def _managed_guild(interaction: Interaction) -> int:
    if not interaction.permissions.manage_guild:
        raise ManagersOnly
    return guild_channel(interaction)[0]


def _uploaded(outcome: Uploaded, _: Phrases) -> str:
    if not outcome.replaced:
        return _("Stored, and still switched off. Look through it, then switch it on.")
    if outcome.pack.enabled:
        return _("Replaced what was in it; it is still switched on.")
    return _("Replaced what was in it; it is still switched off.")


async def _export(interaction: Interaction, pack_id: int, kind: Format) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    filename, content = await _packs(interaction).export(guild_channel(interaction)[0], pack_id, kind)
    _ = private_phrases(interaction)
    text = _("The pack as a file; /pack upload takes it again.")
    await hand_over(interaction, file_page(text, filename), filename, content)


ROUTES = {
    render.LIST: turn_list,
    render.SHOW: show,
    render.SCENE: show_scene,
    render.SWITCH: switch,
    render.EXPORT: export,
    render.REMOVE: ask_removal,
    render.REMOVE_NOW: remove,
}
