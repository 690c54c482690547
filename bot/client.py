"""The client: which intents, which features, when commands are synced, who wakes the jobs, how it closes."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import discord
from discord.ext import commands

from bot.pictures.easel import Easel
from bot.services.services import Services
from bot.text.catalogue import Catalogue
from bot.ui.actions import ActionItem
from bot.ui.door import CommandTree
from bot.ui.interaction import Client, Interaction
from bot.ui.routes import Router
from bot.ui.settle import Settler
from bot.ui.translator import Translator

log = logging.getLogger(__name__)

COGS: Final = Path(__file__).parent.parent / "cogs"
AFTER_FAULT: Final = timedelta(seconds=5)
LONGEST_SLEEP: Final = 30.0
"""Seconds: the wall clock may jump while the runner sleeps, so it looks up from time to time."""


class AdlibBot(Client):
    """Adlib on Discord. It subscribes to nothing: interactions bring all it needs with them."""

    def __init__(self, services: Services, catalogue: Catalogue, *, sync_commands: str = "changed") -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=False),
            intents=discord.Intents.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=30.0,
        )
        self.services = services
        self.catalogue = catalogue
        self.router = Router()
        self.settler = Settler()
        self.easel = Easel()
        self._sync_commands = sync_commands
        self._runner: asyncio.Task[None] | None = None
        self._changed = True
        self._closing = False

    async def press(self, interaction: discord.Interaction[Any], custom_id: str) -> None:
        """Answer the press of a button or menu, or a form."""
        await self.router.run(interaction, custom_id)

    async def setup_hook(self) -> None:
        """Load every feature, tell Discord of the commands where they have changed, start the runner."""
        self.add_dynamic_items(ActionItem)
        for path in sorted(COGS.iterdir()):
            if (path / "__init__.py").exists():
                await self.load_extension(f"cogs.{path.name}")
        await self.tree.set_translator(Translator(self.catalogue))
        await self._sync()
        self.services.jobs.on_change(self._schedule_changed)
        self._runner = asyncio.create_task(self._run_jobs(), name="job runner")

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer forms, and presses that discord.py hands to nobody: of another version, or just taken away."""
        custom_id = str((interaction.data or {}).get("custom_id", ""))
        if interaction.type is discord.InteractionType.modal_submit or (
            interaction.type is discord.InteractionType.component and not _handed_on(interaction, custom_id)
        ):
            await self.press(interaction, custom_id)

    async def close(self) -> None:
        """Let presses and jobs under way end, for a few seconds, then disconnect."""
        if self.is_closed():
            return
        self._closing = True
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
            await self.services.jobs.close()
        await self.router.drain()
        await self.settler.close()
        await self.easel.close()
        await super().close()

    def _schedule_changed(self) -> None:
        self._changed = True
        self.dispatch("schedule_changed")

    async def _run_jobs(self) -> None:
        """Do what is due, then sleep until the nearest row or until one is added."""
        await self.wait_until_ready()
        while not self._closing:  # asyncio.wait_for of Python 3.11 can swallow a cancellation
            self._changed = False
            try:
                due = await self.services.jobs.start_due(discord.utils.utcnow)
            except Exception:
                log.exception("The job table cannot be read; trying again in %d seconds", AFTER_FAULT.seconds)
                due = discord.utils.utcnow() + AFTER_FAULT
            if self._changed:
                continue
            try:
                await self.wait_for("schedule_changed", timeout=_sleep(due, discord.utils.utcnow()))
            except TimeoutError:
                continue

    async def _sync(self) -> None:
        """Tell Discord of the commands, and learn the ids with which they can be mentioned."""
        payload = [await self._translated(command) for command in self.tree.get_commands()]
        fingerprint = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        application_id = self.application_id or 0
        known = await self.services.commands.known(application_id, fingerprint)
        if self._sync_commands == "never" or (known and self._sync_commands == "changed"):
            return
        synced = await self.tree.sync()
        await self.services.commands.synced(
            application_id, fingerprint, {command.name: command.id for command in synced}
        )
        log.info("Told Discord of %d commands", len(synced))

    async def _translated(self, command: Any) -> Mapping[str, Any]:
        translator = self.tree.translator
        if translator is None:
            return command.to_dict(self.tree)
        return await command.get_translated_payload(self.tree, translator)


def _handed_on(interaction: Interaction, custom_id: str) -> bool:
    """Tell whether discord.py calls the item: it has our pattern, and the message still shows it."""
    if interaction.message is None or not ActionItem.__discord_ui_compiled_template__.fullmatch(custom_id):
        return False
    shown = discord.ui.LayoutView.from_message(interaction.message, timeout=None)
    return any(getattr(item, "custom_id", None) == custom_id for item in shown.walk_children())


def _sleep(due: datetime | None, now: datetime) -> float:
    if due is None:
        return LONGEST_SLEEP
    return min(max((due - now).total_seconds(), 0.05), LONGEST_SLEEP)
