"""Where commands come from: a server that has added Adlib, and only those that need no server from a member too."""

from typing import Any

from tests.cogs.world import World

GUILD, USER = 0, 1
ANYWHERE = {"article", "drama", "person", "seen"}


async def test_only_what_needs_no_server_can_be_brought_along_by_a_member(world: World) -> None:
    payloads: list[Any] = [command.to_dict(world.bot.tree) for command in world.bot.tree.get_commands()]
    assert len(payloads) > len(ANYWHERE)
    assert {payload["name"] for payload in payloads if USER in payload["integration_types"]} == ANYWHERE
    assert all(GUILD in payload["integration_types"] for payload in payloads)
