"""A process that is killed between any two steps of a game leaves a game that goes on and ends as it would have."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.games import Asked, Standing
from bot.domain.library import Library
from bot.storage.database import Database
from tests.services.play import ALICE, BORA, CHAN, GUILD, Channel, Click, start, wrong

POINTS = 27
"""Points that an uninterrupted game of two rounds with five clicks passes."""


def members(asked: Asked, sent_at: datetime) -> Sequence[Click]:
    """Alice is quick and right. Bora is wrong first, and later right. Chan answers the second question only."""
    right, seconds = asked.round.question.answer, timedelta(seconds=1)
    first = asked.round.number == 1
    clicks = [
        Click(sent_at + 4 * seconds, ALICE, asked.round.id, right),
        Click(sent_at + 8 * seconds, BORA, asked.round.id, wrong(right) if first else right),
    ]
    return clicks if first else [*clicks, Click(sent_at + 20 * seconds, CHAN, asked.round.id, right)]


STANDINGS = (Standing(1, ALICE, 28, 2, 2), Standing(2, BORA, 13, 1, 2), Standing(3, CHAN, 10, 1, 1))


async def played(channel: Channel) -> Any:
    """Play a game of two rounds to its end; return what the channel shows and what the guild's board says."""
    game = await start(channel.process, rounds=2)
    await channel.play()
    shown = [
        message.edits[-1] if message.edits else message.nonce.split("-")[0] for message in channel.messages.values()
    ]
    recaps = {(recap.game.id == game.id, recap.rounds_played, recap.standings) for recap in channel.recaps}
    return shown, recaps, await channel.process.trivia.leaderboard(GUILD)


UNINTERRUPTED = (
    [f"{ALICE}: 14, {BORA}: 0", f"{ALICE}: 14, {BORA}: 13, {CHAN}: 10", "recap"],
    {(True, 2, STANDINGS)},
    STANDINGS,
)


async def test_an_uninterrupted_game_passes_every_point_once(database: Database, library: Library) -> None:
    channel = Channel(database, library, members)
    assert await played(channel) == UNINTERRUPTED
    assert len(channel.points) == POINTS


@pytest.mark.parametrize("point", range(1, POINTS + 1))
async def test_a_game_that_is_killed_once_ends_as_if_it_had_not_been(
    database: Database, library: Library, point: int
) -> None:
    channel = Channel(database, library, members)
    channel.kills = lambda points: len(points) == point
    assert await played(channel) == UNINTERRUPTED
    assert len(channel.points) >= POINTS  # a step that the end has made needless is not done again


async def test_a_game_that_is_killed_at_every_kind_of_point_ends_as_if_it_had_not_been(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, members)
    channel.kills = lambda points: points.count(points[-1]) == 1
    assert await played(channel) == UNINTERRUPTED


async def test_what_a_killed_process_had_begun_is_taken_up_when_its_lease_has_run_out(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, members)
    channel.kills = lambda points: points[-1] == "recapped" and points.count("recapped") == 1
    assert await played(channel) == UNINTERRUPTED
    assert [len(channel.recaps), channel.points.count("recapped")] == [2, 2]
