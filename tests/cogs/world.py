"""A simulated guild with the real bot in it, and the few things that simcord does not do by itself."""

import copy
import functools
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from bot.app import DATA, open_bot
from bot.client import AdlibBot
from bot.content.load import load_library
from bot.domain.library import Library
from bot.errors import UserError
from bot.playground.seams import serve_member_search
from bot.settings import Settings
from tests.cogs.specification import faults


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
    _forgiven: tuple[type[Exception], ...] = (UserError,)

    def forgive(self, fault: type[Exception]) -> None:
        """Let the test end well although the bot met `fault`, which the test has made."""
        self._forgiven = (*self._forgiven, fault)

    def check(self) -> None:
        """See that nothing was sent that Discord would refuse, and that the bot met no fault."""
        assert faults(self.env.http_requests) == []
        assert [error for error in self.env.errors if not isinstance(error.__cause__ or error, self._forgiven)] == []

    async def restart(self, away: timedelta = timedelta()) -> None:
        """Pull the plug, let time pass, and start a new bot on the same database."""
        self.bot = await self._bots.open(self.database_url)
        set_up = self.bot.setup_hook

        async def return_later() -> None:
            self.env.backend.clock.advance(away.total_seconds())
            await set_up()

        self.bot.setup_hook = return_later
        old = self.env.bot
        await self.env.restart_bot(self.bot)
        await old.close()

    def post_click(
        self, actor: MemberActor, message: discord.Message, custom_id: str, values: Sequence[str] | None = None
    ) -> InteractionResult:
        """Let a click arrive without waiting for its answer; `env.settle()` waits for all of them.

        With `values` it is a choice in a menu.
        """
        pressed = {"component_type": 2} if values is None else {"component_type": 3, "values": list(values)}
        state = self.env.backend.get_message(message.channel.id, message.id)
        record, payload = base_payload(
            self.env.backend,
            type=3,
            channel_id=state.channel_id,
            guild_id=self.guild.id,
            user_id=actor.id,
            data={"custom_id": custom_id, **pressed},
        )
        message_payload: dict[str, Any] = dict(serializers.message_payload(self.env.backend, state))
        payload["message"] = copy.deepcopy(message_payload)
        parts = _walk_raw(payload["message"]["components"])
        shown = [component for component in parts if component["type"] == pressed["component_type"]]
        if shown and custom_id not in [component.get("custom_id") for component in shown]:
            shown[0]["custom_id"] = custom_id  # the member's app still shows what the message was before
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


@functools.cache
def shipped_library() -> Library:
    """What lies in data/, read once for all tests."""
    return load_library(DATA)


class Bots:
    """Opens bots on demand and closes all of them at the end."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        self._open: list[Any] = []

    async def open(self, database_url: str) -> AdlibBot:
        """Return a bot on the database; it is not logged in yet."""
        settings = Settings(database_url=database_url)
        opened = open_bot(settings, library=shipped_library(), rng=Random(self._seed))
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
    serve_member_search()
    bots = Bots()
    url = f"sqlite+aiosqlite:///{path / 'adlib.db'}"
    try:
        env = Env(await bots.open(url), settle_timeout=30)
        await env.start()
        try:
            guild = env.create_guild("K-drama club")
            channel = guild.create_text_channel("lounge")
            managers = guild.create_role(
                "managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
            )
            alice = guild.add_member(env.create_user("alice"))
            bora = guild.add_member(env.create_user("bora"))
            mina = guild.add_member(env.create_user("mina"), roles=[managers])
            bot = env.bot
            assert isinstance(bot, AdlibBot)
            world = World(env, bot, url, guild, channel, alice, bora, mina, bots)
            yield world
        finally:
            await env.shutdown()
        world.check()
    finally:
        await bots.close()


def answer(result: InteractionResult) -> ResponseMessage:
    """What the bot answered."""
    assert result.response is not None, "no answer"
    return result.response


def texts(message: Any) -> str:
    """All texts of a message, top to bottom."""
    return "\n".join(component["content"] for component in _walk(message) if component["type"] == 10)


def buttons(message: Any) -> dict[str, dict[str, Any]]:
    """All buttons of a message, by their labels."""
    return {component["label"]: component for component in _walk(message) if component["type"] == 2}


def menus(message: Any) -> list[dict[str, Any]]:
    """All menus of a message, top to bottom."""
    return [component for component in _walk(message) if component["type"] == 3]


def _walk(message: Any) -> Iterator[dict[str, Any]]:
    yield from _walk_raw([entry if isinstance(entry, dict) else entry.to_dict() for entry in message.components])


def _walk_raw(components: list[Any]) -> Iterator[dict[str, Any]]:
    waiting = list(components)
    while waiting:
        component = waiting.pop(0)
        yield component
        inner = [
            *component.get("components", []),
            *filter(None, [component.get("accessory"), component.get("component")]),
        ]
        waiting = inner + waiting
