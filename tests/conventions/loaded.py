"""The bot with every feature loaded, as it is before it logs in."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discord import app_commands

from bot.app import open_bot
from bot.client import AdlibBot
from bot.settings import Settings

Command = app_commands.Command[Any, ..., Any]


@dataclass(frozen=True)
class Loaded:
    """What is known of the bot once its features are loaded.

    `payloads` is what Discord would be told, in every language; `commands` are those that a member can call.
    """

    payloads: Sequence[dict[str, Any]]
    commands: Sequence[Command]
    answered: frozenset[str]
    intents: int
    mentions: dict[str, Any]


@asynccontextmanager
async def loaded_bot(folder: Path) -> AsyncGenerator[AdlibBot]:
    """Yield the bot on a fresh database, every feature loaded; nothing is sent anywhere."""
    settings = Settings(database_url=f"sqlite+aiosqlite:///{folder / 'adlib.db'}", sync_commands="never")
    async with open_bot(settings) as bot:
        await bot.setup_hook()
        yield bot


def load(folder: Path) -> Loaded:
    """Load every feature and look at the outcome."""

    async def look() -> Loaded:
        async with loaded_bot(folder) as bot:
            translator, mentions = bot.tree.translator, bot.allowed_mentions
            assert translator is not None
            assert mentions is not None
            everything = bot.tree.get_commands()
            return Loaded(
                payloads=[await command.get_translated_payload(bot.tree, translator) for command in everything],
                commands=[command for command in bot.tree.walk_commands() if isinstance(command, app_commands.Command)],
                answered=bot.router.names,
                intents=bot.intents.value,
                mentions=dict(mentions.to_dict()),
            )

    return asyncio.run(look())
