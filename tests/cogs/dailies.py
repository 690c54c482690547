"""The daily question in the simulated guild: set up, waited for, looked up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from tests.cogs.games import AD_LIB, SCRIPTED
from tests.cogs.world import World, answer, buttons, texts

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
EIGHT = datetime(2026, 1, 1, 11, tzinfo=UTC)
"""The first evening, 20:00 in Seoul; the world begins at midnight UTC."""


async def until(world: World, moment: datetime) -> None:
    """Let time pass: at a leap while the bot sleeps, and as it goes for the last minute."""
    leap = moment - world.env.now() - MINUTE
    if leap > timedelta():
        world.env.backend.clock.advance(leap.total_seconds())
    await world.env.advance_time((moment - world.env.now()).total_seconds())


async def set_up(world: World, **options: Any) -> None:
    done = await world.mina.slash(world.channel, "daily start", **options)
    assert done.ephemeral
    assert "The daily question comes to" in texts(answer(done))


async def first_question(world: World) -> discord.Message:
    await set_up(world)
    await until(world, EIGHT + timedelta(seconds=3))
    assert "Daily question" in texts(world.last)
    return world.last


def round_of(message: Any) -> int:
    return int(buttons(message)[SCRIPTED]["custom_id"].split(":")[2])


async def right_answer(world: World) -> str:
    asked = await world.bot.services.rounds.progress(round_of(world.last))
    assert asked is not None
    return (SCRIPTED, AD_LIB)[asked.round.question.choices.index(asked.round.question.answer)]


def posts(world: World) -> int:
    """How often something was sent to the channel."""
    path = f"/channels/{world.channel.id}/messages"
    return sum(request.method == "POST" and request.path.endswith(path) for request in world.env.http_requests)


def dailies(world: World) -> list[str]:
    """The questions and reveals in the channel, oldest first."""
    return [texts(message) for message in world.channel.history() if "-# Daily question" in texts(message)]
