"""The one error door: every refusal and every fault of a command, button, menu or form leaves through it."""

import logging
import secrets
from typing import Final

import discord
from discord import app_commands

from bot.domain.guilds import RoleId
from bot.errors import CannotPostHere, GuildOnly, ManagersOnly, Outdated, UserError
from bot.text.catalogue import Phrases
from bot.text.formats import say_values
from bot.ui.interaction import Client, Interaction, private_phrases
from bot.ui.pages import notice, plain
from bot.ui.refused import MISSING_ACCESS
from bot.ui.reply import whisper

log = logging.getLogger(__name__)

TOO_LATE: Final = {10062, 40060}
"""Discord's codes for an interaction that is unknown (any more) and one that was acknowledged already."""


class CommandTree(app_commands.CommandTree[Client]):
    """A tree whose errors leave through the door."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Explain what happened to the member."""
        await explain(interaction, error)


async def explain(interaction: Interaction, error: Exception) -> None:
    """Tell the member, privately and in her language, why nothing happened; log what she could not have caused.

    A fault gets a reference that stands both in the message and in the log.
    """
    cause = _cause(error)
    if isinstance(cause, discord.HTTPException) and cause.code in TOO_LATE:
        log.info("Interaction %s was answered too late or twice (%d)", interaction.id, cause.code)
        return
    if interaction.type is discord.InteractionType.autocomplete:
        log.error("Autocomplete failed", exc_info=cause)
        await _offer_nothing(interaction)
        return
    _ = private_phrases(interaction)
    try:
        await whisper(interaction, notice(_refusal(cause, _) or _fault(cause, _)))
    except discord.HTTPException as failure:
        log.info("Interaction %s could not be answered (%d)", interaction.id, failure.code)


async def _offer_nothing(interaction: Interaction) -> None:
    try:
        if not interaction.response.is_done():
            await interaction.response.autocomplete([])
    except discord.HTTPException as failure:
        log.info("Interaction %s could not be answered (%d)", interaction.id, failure.code)


def _cause(error: Exception) -> Exception:
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError):
        inner = error.__cause__ if isinstance(error, app_commands.TransformerError) else error.original
        if not isinstance(inner, Exception):
            break
        error = inner
    return error


def _refusal(cause: Exception, _: Phrases) -> str | None:
    match cause:
        case UserError():
            said = say_values(cause.values, _)
            return _(cause.message, **{name: _shown(cause.values[name], text) for name, text in said.items()})
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return _(Outdated.message)
        case app_commands.NoPrivateMessage():
            return _(GuildOnly.message)
        case app_commands.MissingPermissions():
            return _(ManagersOnly.message)
        case discord.Forbidden():
            lacking = _("View Channel") if cause.code == MISSING_ACCESS else _("Send Messages")
            return _(CannotPostHere.message, permissions=lacking)
        case _:
            return None


def _shown(value: object, said: str) -> str:
    return f"<@&{value}>" if isinstance(value, RoleId) else plain(said)


def _fault(cause: Exception, _: Phrases) -> str:
    reference = secrets.token_hex(3)
    log.error("Fault %s", reference, exc_info=cause)
    return _("Something went wrong on my side. The reference is {reference}.", reference=reference)
