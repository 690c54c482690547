"""The playground: the real bot, a guild with three members, and a page for each of them."""

import secrets
import socket
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import discord
from simcord import SetupError

from bot.app import open_bot
from bot.domain.texts import Language
from bot.errors import ConfigurationError
from bot.playground.live import LiveEnv, LivePreview
from bot.playground.seams import seams
from bot.settings import Settings
from bot.ui.channels import post
from bot.ui.panel import how_to_panel

GUILD: Final = "K-drama club"
CHANNEL: Final = "lounge"
TOPIC: Final = "Adlib's playground: nothing here leaves this machine."
SHORTEST_POLL: Final = timedelta(seconds=20)
"""Nobody who tries Adlib wants to wait the minutes of a real poll."""
SIMULATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When simcord's clock stands while the guild is made: the time in the ids of its guild."""
WELCOME: Final = (
    "Adlib's playground: the real bot on a simulated Discord. "
    "Every new tab is another member (Alice, Bora in Korean, Mina the manager); Ctrl-C ends it."
)


@dataclass(frozen=True)
class Viewer:
    """A member whose place somebody takes in a tab."""

    name: str
    locale: discord.Locale
    manager: bool = False


VIEWERS: Final = (
    Viewer("Alice", discord.Locale.american_english),
    Viewer("Bora", discord.Locale.korean),
    Viewer("Mina", discord.Locale.american_english, manager=True),
)


async def serve(port: int, database: Path, *, fresh: bool, feeds_from: str = "") -> None:
    """Run the playground at `port` of this machine until it is cancelled; `fresh` forgets what was played before.

    `feeds_from` names private hosts, with commas between them, whose feeds may be followed.

    Raises:
        ConfigurationError: the port is taken, or simcord is not as it must be.
    """
    async with open_playground(port, database, fresh=fresh, feeds_from=feeds_from) as page:
        sys.stdout.write(f"{WELCOME}\n{page.url}\n")
        sys.stdout.flush()
        await page.wait_closed()


@asynccontextmanager
async def open_playground(
    port: int, database: Path, *, fresh: bool, feeds_from: str = ""
) -> AsyncGenerator[LivePreview]:
    """Yield the page of a running playground (at any free port for 0) and take all of it down afterwards.

    `feeds_from` as for `serve`.

    Raises:
        ConfigurationError: the port is taken, or simcord is not as it must be.
    """
    _require_free(port)
    if fresh:
        _forget(database)
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{database}", sync_commands="always", feed_private_hosts=feeds_from
    )
    async with open_bot(settings, shortest_poll=SHORTEST_POLL) as bot:
        env = LiveEnv(bot)
        channel, viewers = _build_world(env)
        locales = {actor.id: viewer.locale.value for actor, viewer in zip(viewers, VIEWERS, strict=True)}
        with seams(locales):
            try:
                await env.start()
                language = await bot.services.settings.public_language(channel.guild.id, Language.ENGLISH)
                panel = how_to_panel(bot.services.commands.ids, bot.catalogue[language])
                await post(bot, channel.id, panel, nonce=secrets.token_hex(8))
                async with LivePreview(env, channel, viewers, locales, port) as page:
                    yield page
            except SetupError as error:
                if isinstance(error.__cause__, OSError):
                    raise _taken(port) from error
                raise ConfigurationError(f"The playground cannot start: {error}") from error
            finally:
                await bot.close()  # before simcord cancels every task of the bot, transactions among them
                await env.shutdown()


def _build_world(env: LiveEnv) -> tuple[Any, tuple[Any, ...]]:
    """Return the channel and the members, of a guild made the same way, and so with the same ids, in every run."""
    env.backend.bot_user.name = "Adlib"
    guild = env.create_guild(GUILD)
    manager = guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel(CHANNEL, topic=TOPIC)
    viewers = tuple(
        guild.add_member(
            env.create_user(viewer.name.lower(), global_name=viewer.name), roles=[manager] if viewer.manager else []
        )
        for viewer in VIEWERS
    )
    return channel, viewers


def _require_free(port: int) -> None:
    # Before anything is opened: another playground may be running at this port, on this very database.
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise _taken(port) from error


def _taken(port: int) -> ConfigurationError:
    return ConfigurationError(f"Port {port} is taken by another program; choose another one, as in --port {port + 1}.")


def _is_playground(database: Path) -> bool:
    """Tell whether the file holds Adlib's tables and no guild but simulated ones."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            guilds = connection.execute(
                "SELECT guild_id FROM game UNION SELECT guild_id FROM poll UNION SELECT guild_id FROM guild"
            )
            return {discord.utils.snowflake_time(guild_id) for (guild_id,) in guilds} <= {SIMULATED}
    except sqlite3.Error:
        return database.stat().st_size == 0


def _forget(database: Path) -> None:
    if database.exists() and not _is_playground(database):
        raise ConfigurationError(f"{database} was not made by a playground; --fresh does not delete it.")
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
