"""How long a poll stays open, typed with the quotes that the description of the option shows."""

from datetime import timedelta

import pytest

from tests.cogs.polls import open_poll, stored
from tests.cogs.world import World, texts

QUOTED = ["“{}”", '"{}"', "'{}'", "‘{}’", "„{}“", "«{}»", "「{}」", "『{}』", "＂{}＂", "`{}`", " “ {} ” "]


@pytest.mark.parametrize("quoted", QUOTED)
async def test_open_in_quotes_is_open(world: World, quoted: str) -> None:
    poll = await open_poll(world, duration=quoted.format("Open"))
    assert "Open until somebody closes it." in texts(world.message(poll))
    assert (await stored(world)).closes_at is None


async def test_a_length_of_time_in_quotes_is_that_length(world: World) -> None:
    await open_poll(world, duration="“2h”")
    poll = await stored(world)
    assert poll.closes_at is not None
    assert poll.closes_at - poll.opened_at == timedelta(hours=2)
