"""Who of some members is still in a guild. Adlib keeps no list of members, so it asks Discord one by one."""

import asyncio
from collections.abc import Sequence
from typing import Final

import discord

from bot.ui.interaction import Client

NOT_A_MEMBER: Final = {10007, 10013}
"""Discord's codes for an unknown member and an unknown user."""
AT_ONCE: Final = 5


async def who_left(client: Client, guild_id: int, user_ids: Sequence[int]) -> frozenset[int]:
    """Return those who are no members of the guild (any more).

    Raises:
        discord.HTTPException: Discord does not say.
    """
    turns = asyncio.Semaphore(AT_ONCE)

    async def has_left(user_id: int) -> bool:
        async with turns:
            try:
                await client.http.get_member(guild_id, user_id)
            except discord.NotFound as error:
                if error.code not in NOT_A_MEMBER:
                    raise
                return True
        return False

    left = await asyncio.gather(*(has_left(user_id) for user_id in user_ids))
    return frozenset(user_id for user_id, gone in zip(user_ids, left, strict=True) if gone)
