"""What tests of brackets share: starting one, nominating, leading it, voting in its matchups, looking at its card."""

from collections.abc import Sequence
from typing import Any, Final

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.bracket import Bracket
from bot.domain.polls import Poll
from tests.cogs.world import World, answer, buttons, shipped_library, texts

MAINS: Final = tuple(couple.id for couple in shipped_library().couples.values() if couple.kind == "main")
"""Couples of the catalogue to nominate."""
OVER: Final = 602
"""Seconds after which a matchup of ten minutes is decided, and what follows is shown."""


def name_of(couple_id: str) -> str:
    """The English name of a couple of the catalogue."""
    return shipped_library().couples[couple_id].name.en


async def start(world: World, by: MemberActor | None = None, **options: Any) -> int:
    """Start a bracket of four with matchups of ten minutes as Alice; return the id of its card."""
    given = {"name": "Couples of 2026", "size": 4, "nominations": "1h", "matchup": "10m", **options}
    started = await (by or world.alice).slash(world.channel, "ship bracket start", **given)
    assert not started.ephemeral, texts(answer(started))
    return answer(started).id


async def nominate(world: World, member: MemberActor, *couples: str) -> str:
    """Have a member nominate couples by the command; return what she is told last."""
    told = ""
    for couple in couples:
        told = texts(answer(await member.slash(world.channel, "ship bracket nominate", couple=couple)))
    return told


async def playing(world: World, couples: Sequence[str] = MAINS[:4], **options: Any) -> int:
    """Start a bracket whose couples are nominated, seeded in that order, and begun; return the id of its card."""
    card = await start(world, size=options.pop("size", 4 if len(couples) <= 4 else 16), **options)
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(-(-len(couples) // 3))]
    for place, couple in enumerate(couples):
        await nominate(world, fans[place // 3], couple)
    await lead(world, world.alice, card, "Begin now", "Yes: Begin now")
    await world.env.advance_time(6)
    return card


async def lead(world: World, member: MemberActor, card: int, *labels: str) -> InteractionResult:
    """Have a member open “Manage” on the card and press the buttons with these labels, one after the other."""
    shown = await member.click(world.message(card), label="Manage")
    for label in labels:
        shown = await member.click(answer(shown), label=label)
    return shown


async def stored(world: World, bracket_id: int = 1) -> Bracket:
    """The bracket as it is stored."""
    return await world.bot.services.brackets.get(bracket_id)


async def on_now(world: World, bracket_id: int = 1) -> Poll:
    """The poll of the matchup that is on and stands in the channel."""
    poll = await world.bot.services.brackets.matchup_poll(bracket_id)
    assert poll is not None
    assert poll.message_id is not None
    return poll


async def matchup(world: World) -> discord.Message:
    """The message of the matchup that is on."""
    return world.message((await on_now(world)).message_id or 0)


async def vote(world: World, *votes: tuple[MemberActor, str]) -> discord.Message:
    """Have members press “Vote A” or “Vote B” in the matchup that is on; return its message as it is then."""
    message = await matchup(world)
    for member, letter in votes:
        await member.click(world.message(message.id), label=f"Vote {letter}")
    return world.message(message.id)


def shown(world: World, words: str) -> list[discord.Message]:
    """The messages of the channel in which these words stand."""
    return [message for message in world.channel.history() if words in texts(message)]


def open_matchups(world: World) -> list[discord.Message]:
    """The messages of the channel in which a vote can be given."""
    return [message for message in world.channel.history() if "Vote A" in buttons(message)]
