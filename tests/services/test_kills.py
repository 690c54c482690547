"""A process that is killed between any two steps of a game leaves a game that goes on and ends as it would have.

Here it dies between two calls of a service; in test_kill_nine.py a real one dies at every commit.
"""

from collections.abc import Callable, Sequence
from itertools import count

import pytest

from bot.domain.library import Library
from bot.errors import NothingToRisk, TooLateToRisk
from bot.storage.database import Database
from tests.services.play import Channel, start
from tests.services.scripts import SCRIPTS, Script

Kills = Callable[[Sequence[str]], bool]


def never(_points: Sequence[str]) -> bool:
    return False


def at_point(number: int) -> Kills:
    return lambda points: len(points) == number


async def played(database: Database, library: Library, script: Script, number: int, kills: Kills) -> Channel:
    """Play the game to its end in a channel of its own."""
    channel = Channel(database, library, script.members)
    channel.after_reveal = script.after_reveal
    channel.kills = kills
    await start(channel.process, rounds=script.rounds, mode=script.mode, request_id=number, channel_id=number)
    await channel.play()
    return channel


def is_too_late(channel: Channel) -> bool:
    """Whether an answer came so late that nothing could be risked any more: the game had gone on without it."""
    return any(isinstance(refusal, (TooLateToRisk, NothingToRisk)) for refusal in channel.refusals)


def faults(channel: Channel, script: Script) -> list[str]:
    """What is not as in an uninterrupted game."""
    expected = script.too_late if is_too_late(channel) else script.standings
    asked = [message for message in channel.messages.values() if message.nonce.startswith("ask")]
    checks = {
        "scores": {tuple(recap.standings) for recap in channel.recaps} == {expected},
        "rounds played": {recap.rounds_played for recap in channel.recaps} == {script.rounds},
        "one recap, which is the last message": [
            message.nonce.split("-")[0] for message in list(channel.messages.values())[script.rounds :]
        ]
        == ["recap"],
        "questions": len(asked) == script.rounds,
        "every question is revealed": all(message.edits for message in asked),
        "every reveal is drawn alike": all(len(set(message.edits)) <= 1 for message in asked),
    }
    return [name for name, holds in checks.items() if not holds]


@pytest.mark.parametrize("name", SCRIPTS)
async def test_an_uninterrupted_game_passes_every_point_once_and_nothing_is_too_late(
    database: Database, library: Library, name: str
) -> None:
    channel = await played(database, library, SCRIPTS[name], 1, never)
    assert faults(channel, SCRIPTS[name]) == []
    assert channel.refusals == []
    assert len(channel.recaps) == 1
    assert {len(message.edits) for message in channel.messages.values()} == {0, 1}


@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_game_that_is_killed_at_any_point_ends_as_if_it_had_not_been(
    database: Database, library: Library, name: str
) -> None:
    found: dict[tuple[int, str], list[str]] = {}
    for point in count(1):
        channel = await played(database, library, SCRIPTS[name], point, at_point(point))
        if len(channel.points) < point:
            break
        if differs := faults(channel, SCRIPTS[name]):
            found[point, channel.points[point - 1]] = differs
    assert found == {}


async def test_points_can_be_risked_after_any_kill_but_one_between_the_close_and_its_reveal(
    database: Database, library: Library
) -> None:
    too_late: list[str] = []
    for point in count(1):
        channel = await played(database, library, SCRIPTS["bold"], point, at_point(point))
        if len(channel.points) < point:
            break
        if is_too_late(channel):
            too_late.append(channel.points[point - 1])
    assert too_late == ["closed"]


@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_game_that_is_killed_at_every_kind_of_point_ends_as_if_it_had_not_been(
    database: Database, library: Library, name: str
) -> None:
    channel = await played(
        database, library, SCRIPTS[name], 1, lambda points: points[-1] != "closed" and points.count(points[-1]) == 1
    )
    assert faults(channel, SCRIPTS[name]) == []


async def test_what_a_killed_process_had_begun_is_taken_up_when_its_lease_has_run_out(
    database: Database, library: Library
) -> None:
    channel = await played(
        database,
        library,
        SCRIPTS["classic"],
        1,
        lambda points: points[-1] == "recapped" and points.count("recapped") == 1,
    )
    assert faults(channel, SCRIPTS["classic"]) == []
    assert [len(channel.recaps), channel.points.count("recapped")] == [2, 2]
