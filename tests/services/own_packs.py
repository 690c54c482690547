"""A guild's own packs for games: as many short scenes as a test wants, half of them in the script."""

from collections.abc import Sequence
from typing import Final

from bot.domain.packs import Pack
from bot.services.packs import PackService, Uploaded
from tests.services.play import GUILD, NOON, STARTER

SCENE: Final = """
[[moments]]
drama = "The Promise by the Sea"
year = 2021
kind = "{kind}"
spoilers = "{spoilers}"
scripted = {scripted}
asked = "the bow"
scene = "On day {number} she bows to the sea."
reveal = "She was told to."
source = "The making of it"
"""
KINDS: Final = ("kiss", "line")
"""Scenes take turns in their kind and in how much they spoil."""
SPOILERS: Final = ("none", "none", "mild", "major")


def written(days: Sequence[int]) -> bytes:
    """The file of a pack with one scene for each of the days."""
    scenes = (
        SCENE.format(
            number=day,
            scripted="true" if day % 2 else "false",
            kind=KINDS[day % len(KINDS)],
            spoilers=SPOILERS[day % len(SPOILERS)],
        )
        for day in days
    )
    return "".join(scenes).encode()


async def upload(
    packs: PackService, days: Sequence[int] = range(8), *, guild_id: int = GUILD, name: str = "Ours", on: bool = True
) -> Pack:
    """Upload a pack and switch it on."""
    uploaded = await packs.upload(guild_id, STARTER, "ours.toml", name, written(days), NOON)
    assert isinstance(uploaded, Uploaded)
    return await packs.switch(guild_id, uploaded.pack.id, on)
