"""A simulated guild with the real bot in it, and the few things that simcord does not do by itself."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.app import open_bot
from bot.client import AdlibBot
from bot.settings import Settings


@dataclass
class World:
    """A guild with a channel, two members and a manager. `bot` is the one that is running now."""

    env: Env
    bot: AdlibBot
    database_url: str
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bora: MemberActor
    mina: MemberActor
    _bots: Any

    async def restart(self) -> None:
        """Stop the bot as if the plug had been pulled, and start a new one on the same database."""
        self.bot = await self._bots.open(self.database_url)
        old = self.env.bot
        await self.env.restart_bot(self.bot)
        await old.close()

    def post_click(self, actor: MemberActor, message: discord.Message, custom_id: str) -> InteractionResult:
        """Let a click arrive without waiting for its answer; `env.settle()` waits for all of them."""
        state = self.env.backend.get_message(message.channel.id, message.id)
        record, payload = base_payload(
            self.env.backend,
            type=3,
            channel_id=state.channel_id,
            guild_id=self.guild.id,
            user_id=actor.id,
            data={"custom_id": custom_id, "component_type": 2},
        )
        payload["message"] = dict(serializers.message_payload(self.env.backend, state))
        record.source_message_id = state.id
        self.env.backend.emit("INTERACTION_CREATE", payload)
        return InteractionResult(self.env, record)

    @property
    def last(self) -> discord.Message:
        """The newest message that everybody sees."""
        message = self.channel.last_message
        assert message is not None
        return message

    def message(self, message_id: int) -> discord.Message:
        """A message of the channel, as it is now."""
        return next(message for message in self.channel.history() if message.id == message_id)


class Bots:
    """Opens bots on demand and closes all of them at the end."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        self._open: list[Any] = []

    async def open(self, database_url: str) -> AdlibBot:
        """Return a bot on the database; it is not logged in yet."""
        settings = Settings(database_url=database_url)
        opened = open_bot(settings, rng=Random(self._seed), shortest_poll=timedelta(minutes=5))
        bot = await opened.__aenter__()
        self._open.append(opened)
        return bot

    async def close(self) -> None:
        """Close every bot and its database."""
        while self._open:
            await self._open.pop().__aexit__(None, None, None)


@asynccontextmanager
async def simulated_world(path: Path) -> AsyncGenerator[World]:
    """Yield a world whose bot is logged in, its database in `path`."""
    bots = Bots()
    url = f"sqlite+aiosqlite:///{path / 'adlib.db'}"
    try:
        env = Env(await bots.open(url), settle_timeout=30)
        await env.start()
        try:
            guild = env.create_guild("K-drama club")
            channel = guild.create_text_channel("lounge")
            managers = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
            alice = guild.add_member(env.create_user("alice"))
            bora = guild.add_member(env.create_user("bora"))
            mina = guild.add_member(env.create_user("mina"), roles=[managers])
            bot = env.bot
            assert isinstance(bot, AdlibBot)
            yield World(env, bot, url, guild, channel, alice, bora, mina, bots)
        finally:
            await env.shutdown()
        env._raise_errors_since(env._errors_acknowledged)  # pyright: ignore[reportPrivateUsage] - what the plugin's own fixture does
    finally:
        await bots.close()


def texts(message: Any) -> str:
    """All texts of a message, top to bottom."""
    found: list[str] = []

    def read(component: Any) -> None:
        if isinstance(component, dict):
            if component.get("type") == 10:
                found.append(component["content"])
            for key in ("components", "component", "accessory"):
                child = component.get(key)
                for entry in child if isinstance(child, list) else [child]:
                    read(entry)

    for component in _raw(message):
        read(component)
    return "\n".join(found)


def buttons(message: Any) -> dict[str, dict[str, Any]]:
    """All buttons of a message, by their labels."""
    found: dict[str, dict[str, Any]] = {}

    def read(component: Any) -> None:
        if isinstance(component, dict):
            if component.get("type") == 2:
                found[component["label"]] = component
            for key in ("components", "component", "accessory"):
                child = component.get(key)
                for entry in child if isinstance(child, list) else [child]:
                    read(entry)

    for component in _raw(message):
        read(component)
    return found


def _raw(message: Any) -> Sequence[Any]:
    components = message.components
    return [component if isinstance(component, dict) else component.to_dict() for component in components]


__all__ = ["Bots", "World", "buttons", "simcord", "simulated_world", "texts"]
