"""What tests of ship polls share: couples, opening a poll, looking at its card, the calls to Discord."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.polls import Poll
from tests.cogs.world import World, answer, buttons, shipped_library, texts

HARI: Final = "shin-ha-ri-kang-tae-moo"
GOBLIN: Final = "ji-eun-tak-kim-shin"
_OTHERS = [couple for couple in shipped_library().couples if couple not in (HARI, GOBLIN)]
TWENTY: Final = (HARI, GOBLIN, *_OTHERS[:18])
LONG: Final = 601
"""Seconds after which a poll of ten minutes is closed, and its end shown."""
MOST_STEPS: Final = 3_000
"""Hundredths of a second that a burst of clicks may take."""


def numbered(couples: Sequence[str]) -> dict[str, str]:
    """The options of /ship poll for couples."""
    return {f"couple-{number}": couple for number, couple in enumerate(couples, 1)}


async def open_poll(
    world: World, couples: Sequence[str] = (HARI, GOBLIN), by: MemberActor | None = None, **options: Any
) -> int:
    """Open a poll of ten minutes by Alice; return the id of its message."""
    given = {**numbered(couples), "duration": "10m", **options}
    opened = await (by or world.alice).slash(world.channel, "ship poll", **given)
    assert not opened.ephemeral, texts(answer(opened))
    return answer(opened).id


async def stored(world: World, poll_id: int = 1) -> Poll:
    """The poll as it is stored."""
    poll = await world.bot.services.ships.find(poll_id)
    assert poll is not None
    return poll


async def vote(world: World, message_id: int, *letters: tuple[MemberActor, str]) -> None:
    """Have members press buttons, one after the other."""
    for member, letter in letters:
        await member.click(world.message(message_id), label=f"Vote {letter}")


def vote_id(message: Any, letter: str) -> str:
    """What is sent when a button is pressed."""
    return buttons(message)[f"Vote {letter}"]["custom_id"]


def pictures(message: Any) -> list[dict[str, Any]]:
    """The pictures that a message shows, with their words."""
    return [item for part in walk(message) if part["type"] == 12 for item in part["items"]]


def links(message: Any) -> list[str]:
    """Where the links of a message lead."""
    return [part["url"] for part in walk(message) if part["type"] == 2 and part.get("url")]


def walk(message: Any) -> Iterator[dict[str, Any]]:
    """Every component of a message."""
    waiting: list[Any] = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    while waiting:
        part = waiting.pop(0)
        yield part
        waiting = [*part.get("components", []), *filter(None, [part.get("accessory")]), *waiting]


async def answered(world: World, clicks: Sequence[InteractionResult]) -> None:
    """Wait for the answers to clicks that arrived at once; `env.settle()` alone looks at all of them at every step."""
    for _ in range(MOST_STEPS):
        if all(click.acknowledged for click in clicks):
            break
        await asyncio.sleep(0.01)
    await world.bot.router.drain(30)
    await world.env.settle()


def calls(world: World, since: int = 0, method: str = "*") -> list[str]:
    """The calls to Discord, as "POST interactions" or "PATCH channels"."""
    return [
        f"{request.method} {request.path.strip('/').split('/')[0]}"
        for request in world.env.http_requests[since:]
        if method in ("*", request.method)
    ]


def look_at_few(world: World, since: int) -> None:
    """Keep twenty of the calls since then to be checked against the specification: it takes its time."""
    del world.env.http_requests[since + 20 :]


def over(world: World) -> list[discord.Message]:
    """The lines below that tell of an end."""
    return [message for message in world.channel.history() if "See the result" in buttons(message)]


def change(world: World, statement: str) -> None:
    """Do something to the database behind the back of the bot."""
    connection = sqlite3.connect(world.database_url.removeprefix("sqlite+aiosqlite:///"))
    try:
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


def refuse(world: World, method: str, status: int, code: int, times: int | None = None, path: str = "") -> None:
    """Have Discord refuse calls to messages of the channel."""
    anywhere = f"/channels/{world.channel.id}/messages*"
    world.env.inject_error(method, path or anywhere, status=status, code=code, times=times)


def relent(world: World) -> None:
    """Have Discord refuse nothing any more."""
    world.env.backend.faults.clear()
