"""A process that dies by SIGKILL at any commit or call of Discord leaves a game that ends as if it had not."""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.app import ROOT
from tests.services.kill_nine import Fact
from tests.services.scripts import SCRIPTS, Script

LATE = {"TooLateToRisk", "NothingToRisk"}
FEWEST_POINTS = 60
"""At which one of these games can die."""
PARTS = 2
"""Processes that share the points among them."""


def told(facts: Sequence[Fact], what: str) -> list[Fact]:
    return [fact for fact in facts if fact["what"] == what]


def faults(facts: Sequence[Fact], script: Script) -> list[str]:
    """What is not as in a game that nobody killed."""
    late = LATE & {fact["refusal"] for fact in told(facts, "answered")}
    expected = [asdict(standing) for standing in (script.too_late if late else script.standings)]
    nonces = [fact["nonce"].split("-")[0] for fact in told(facts, "send")]
    ends = [json.loads(fact["text"]) for fact in told(facts, "send") if fact["text"]]
    reveals = [(fact["message"], fact["text"]) for fact in told(facts, "edit")]
    checks = {
        "messages": nonces == ["ask"] * script.rounds + ["recap"],
        "scores": [end["standings"] for end in ends] == [expected],
        "rounds played": [end["rounds"] for end in ends] == [script.rounds],
        "every question is revealed": {message for message, _ in reveals} == set(range(1, script.rounds + 1)),
        "every reveal is drawn alike": len(set(reveals)) == len({message for message, _ in reveals}),
    }
    return [name for name, holds in checks.items() if not holds]


async def games_of(name: str, template: str, folder: Path, part: int) -> dict[int, list[Fact]]:
    """The facts of games by the point at which one was killed; at 0 of the game that nobody killed."""
    runner = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.services.kill_nine", name, template, str(folder), str(part), str(PARTS)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await runner.communicate()
    assert runner.returncode == 0, err.decode()
    games: dict[str, list[Fact]] = json.loads(out)
    return {int(point): facts for point, facts in games.items()}


@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_game_whose_process_dies_at_any_commit_or_call_of_discord_ends_with_the_same_scores(
    name: str, address: str, tmp_path: Path
) -> None:
    template, script = address.removeprefix("sqlite+aiosqlite:///"), SCRIPTS[name]
    parts = await asyncio.gather(*(games_of(name, template, tmp_path, part) for part in range(PARTS)))
    games = dict(sorted((point, facts) for part in parts for point, facts in part.items()))
    assert list(games) == list(range(len(games)))
    sys.stdout.write(f"\n{name}: killed at {len(games) - 1} points\n")
    assert len(games) > FEWEST_POINTS
    assert {fact["refusal"] for fact in told(games[0], "answered")} == {""}
    assert {point: differs for point, facts in games.items() if (differs := faults(facts, script))} == {}
