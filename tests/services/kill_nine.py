"""Plays a script again and again, in processes that die by SIGKILL: at the first commit or call of Discord, the second…

Run as `python -m tests.services.kill_nine <script> <empty database> <folder> <part> <parts>`, where it takes the points
that leave `part` when divided by `parts`; prints as JSON what became of each game.

What Discord has seen stands in a file of lines outside the database; every line is one fact, written whole or not at
all. The processes are forked before any of them has a loop or a thread.
"""

import asyncio
import gc
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import DATA
from bot.content.load import load_library
from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.errors import UserError
from bot.services.rounds import ASK, CLOSE, FINISH
from bot.storage.database import Database, open_database
from tests.services.play import NOON, Click, Press, process_on, start
from tests.services.scripts import SCRIPTS, Script

T = TypeVar("T")
Fact = dict[str, Any]
TOTAL_CHANGES: Final = sql("SELECT total_changes()")
NONCE_LASTS: Final = timedelta(minutes=2)
"""So long Discord knows a nonce."""


class Life:
    """Ends at the `last` point that it passes, by SIGKILL; 0 never ends."""

    def __init__(self, last: int) -> None:
        self._left = last

    def passes(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalDatabase(Database):
    """A database whose process may die before and after every commit that changes anything."""

    def __init__(self, database: Database, life: Life) -> None:
        self._database = database
        self._life = life

    async def write(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        async def mortal(connection: AsyncConnection) -> tuple[T, bool]:
            before = await connection.scalar(TOTAL_CHANGES)
            done = await work(connection)
            changed = await connection.scalar(TOTAL_CHANGES) != before
            if changed:
                self._life.passes()
            return done, changed

        done, changed = await self._database.write(mortal)
        if changed:
            self._life.passes()
        return done

    async def read(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
        return await self._database.read(work)


@dataclass
class Discord:
    """What was sent and pressed, as a file tells it."""

    path: Path
    life: Life

    @property
    def facts(self) -> list[Fact]:
        return [json.loads(line) for line in self.path.read_text().splitlines()] if self.path.exists() else []

    def note(self, **fact: Any) -> None:
        with self.path.open("ab", buffering=0) as file:
            file.write(json.dumps(fact, default=str).encode() + b"\n")

    def send(self, nonce: str, now: datetime, clicks: Sequence[Click] = (), text: str = "") -> tuple[int, datetime]:
        """Send a message, or find the one of that nonce; return its id and when it was sent."""
        self.life.passes()
        sent = [fact for fact in self.facts if fact["what"] == "send"]
        for number, fact in enumerate(sent, 1):
            at = datetime.fromisoformat(fact["at"])
            if fact["nonce"] == nonce and now - at < NONCE_LASTS:
                return number, at
        self.note(what="send", nonce=nonce, at=now, clicks=[_written(click) for click in clicks], text=text)
        self.life.passes()
        return len(sent) + 1, now

    def edit(self, message_id: int, now: datetime, clicks: Sequence[Click], text: str) -> None:
        self.life.passes()
        known = any(fact["what"] == "edit" and fact["message"] == message_id for fact in self.facts)
        coming = [] if known else [_written(click) for click in clicks]
        self.note(what="edit", message=message_id, at=now, clicks=coming, text=text)
        self.life.passes()

    def coming(self) -> list[Click]:
        """What members press and nobody has answered, in its order."""
        clicks = [_read(written) for fact in self.facts for written in fact.get("clicks", ())]
        answered = [_read(fact["click"]) for fact in self.facts if fact["what"] == "answered"]
        return sorted(click for click in clicks if not any(_written(click) == _written(done) for done in answered))

    def now(self) -> datetime:
        return max((datetime.fromisoformat(fact["at"]) for fact in self.facts), default=NOON)


def _written(click: Click) -> Fact:
    return {**asdict(click), "at": str(click.at), "press": click.press.value}


def _read(fact: Fact) -> Click:
    at, press = datetime.fromisoformat(fact["at"]), Press(fact["press"])
    return Click(at, fact["user_id"], fact["round_id"], press, fact["choice"])


class Player:
    """Plays a script in one process, as cogs/trivia does, from where the last process has left it."""

    def __init__(self, database: Database, library: Library, discord: Discord, script: Script) -> None:
        self.now = discord.now()
        self._discord = discord
        self._script = script
        self._process = process_on(database, library)
        for kind, handler in ((ASK, self._ask), (CLOSE, self._reveal), (FINISH, self._recap)):
            self._process.jobs.on(kind, handler)

    async def play(self) -> None:
        with suppress(UserError):  # the request of the process before is delivered again
            await start(self._process, rounds=self._script.rounds, mode=self._script.mode)
        while True:
            due = await self._process.jobs.run_due(lambda: self.now)
            clicks = self._discord.coming()
            following = min((moment for moment in (due, *(click.at for click in clicks)) if moment), default=None)
            if following is None:
                return
            if following > self.now:
                self.now = following
                self._discord.note(what="time", at=self.now)
            if clicks and clicks[0].at <= self.now:
                await self._press(clicks[0])

    async def _press(self, click: Click) -> None:
        about, choices = (click.round_id, click.user_id), self._process.choices
        refusal = ""
        try:
            match click.press:
                case Press.SAY:
                    await self._process.trivia.guess(*about, click.choice, click.at)
                case Press.SKIP:
                    await choices.skip(*about, click.at, is_manager=False)
                case Press.DOUBLE:
                    await choices.double(*about, click.at)
                case Press.KEEP:
                    await choices.keep(*about, click.at)
        except UserError as refused:
            refusal = type(refused).__name__
        self._discord.note(what="answered", at=self.now, click=_written(click), refusal=refusal)

    async def _ask(self, job: Job, now: datetime) -> None:
        asked = await self._process.rounds.ask(job.subject, now, late=now - job.due_at)
        if asked is not None:
            clicks = self._script.members(asked, now)
            message_id, sent_at = self._discord.send(f"ask-{asked.round.id}", now, clicks)
            await self._process.rounds.shown(asked, message_id, sent_at)

    async def _reveal(self, job: Job, now: datetime) -> None:
        revealed = await self._process.rounds.close(job.subject, now)
        if revealed is not None and revealed.round.message_id is not None:
            text = ", ".join(f"{entry.guess.user_id}: {entry.points}" for entry in revealed.scored)
            self._discord.edit(revealed.round.message_id, now, self._script.after_reveal(revealed, now), text)

    async def _recap(self, job: Job, now: datetime) -> None:
        recap = await self._process.rounds.finish(job.subject, now)
        if recap is not None:
            standings = [asdict(standing) for standing in recap.standings]
            text = json.dumps({"rounds": recap.rounds_played, "standings": standings})
            self._discord.send(f"recap-{recap.game.id}", now, text=text)


async def _live(address: str, library: Library, discord: Discord, script: Script) -> None:
    async with open_database(address) as database:
        await Player(MortalDatabase(database, discord.life), library, discord, script).play()


def _process(last: int, place: Path, library: Library, script: Script) -> bool:
    """Play on in a process of its own that dies at point `last`; tell whether it lived to the end."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            discord = Discord(place.with_suffix(".jsonl"), Life(last))
            asyncio.run(_live(f"sqlite+aiosqlite:///{place}", library, discord, script))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0, f"a process that was not killed has failed at point {last}"
        return True
    assert os.WTERMSIG(status) == signal.SIGKILL
    return False


def main(name: str, template: Path, folder: Path, part: int, parts: int) -> None:
    """Print the facts of games by the point at which one was killed; at 0 of the game that nobody killed."""
    library, script = load_library(DATA), SCRIPTS[name]
    gc.freeze()
    games: dict[int, list[Fact]] = {}
    for last in count(part, parts):
        place = folder / f"{last}.db"
        shutil.copyfile(template, place)
        lived = _process(last, place, library, script)
        if last and lived:
            break
        if not lived:
            _process(0, place, library, script)
        games[last] = Discord(place.with_suffix(".jsonl"), Life(0)).facts
    sys.stdout.write(json.dumps(games))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
