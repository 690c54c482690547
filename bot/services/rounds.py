"""The course of a game: asked, closed, asked again, finished. Called by jobs, so that a restart changes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Asked, Game, Recap, Revealed, Round, RoundState
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.trivia import GRACE, PAUSE, NextStep, after_round, rank, score
from bot.services.jobs import JobService
from bot.storage import games, jobs
from bot.storage.database import Database

ASK = "trivia.ask"
CLOSE = "trivia.close"
FINISH = "trivia.finish"


class RoundService:
    """Opens, closes and scores rounds. Every step may be called twice and then changes nothing more."""

    def __init__(self, database: Database, library: Library, job_service: JobService) -> None:
        self._moments = library.moments
        self._database = database
        self._jobs = job_service

    async def ask(self, round_id: int, now: datetime, late: timedelta) -> Asked | None:
        """Open a round that is to be shown; None where there is nothing to show (any more).

        A round that should have been shown long ago (`late`) ends the game instead: nobody is waiting. One about a
        moment that the library has no more is passed over.
        """

        async def work(connection: AsyncConnection) -> Asked | None:
            found = await _running(connection, round_id)
            if found is None:
                return None
            game, round_ = found
            if round_.state is RoundState.CLOSED or round_.message_id is not None:
                return None
            if late > GRACE:
                await jobs.add_job(connection, FINISH, game.id, now)
                return None
            if round_.question.moment_id not in self._moments:
                await _close(connection, game, round_)
                await _go_on(connection, game, round_, now)
                return None
            await games.open_round(connection, round_id, now, now + timedelta(seconds=game.seconds))
            opened = await games.find_round(connection, round_id)
            return Asked(game, opened or round_, answered=0)

        asked = await self._database.write(work)
        self._jobs.changed()
        return asked

    async def shown(self, asked: Asked, message_id: int, sent_at: datetime) -> None:
        """Note that the question stands in the channel; its time runs from `sent_at`."""
        deadline = sent_at + timedelta(seconds=asked.game.seconds)

        async def work(connection: AsyncConnection) -> None:
            await games.show_round(connection, asked.round.id, message_id, deadline)
            await jobs.add_job(connection, CLOSE, asked.round.id, deadline + IN_FLIGHT)

        await self._database.write(work)
        self._jobs.changed()

    async def progress(self, round_id: int) -> Asked | None:
        """Return an open round and how many have answered; None where it is not open."""

        async def work(connection: AsyncConnection) -> Asked | None:
            found = await _running(connection, round_id, lock=False)
            if found is None or found[1].state is not RoundState.OPEN:
                return None
            if found[1].question.moment_id not in self._moments:
                return None
            return Asked(*found, answered=len(await games.list_scored(connection, found[1])))

        return await self._database.read(work)

    async def close(self, round_id: int, now: datetime) -> Revealed | None:
        """Close a round, score it and arrange what follows; a round closed before is only returned again."""

        async def work(connection: AsyncConnection) -> Revealed | None:
            round_ = await games.find_round(connection, round_id, lock=True)
            game = await games.find_game(connection, round_.game_id) if round_ else None
            if round_ is None or game is None or round_.state is RoundState.WAITING:
                return None
            if round_.state is RoundState.OPEN:
                await _close(connection, game, round_)
                late = now - (round_.deadline or now)
                await _follow(connection, game, round_, late, now)
            if round_.question.moment_id not in self._moments:
                return None
            return Revealed(game, round_, await games.list_scored(connection, round_))

        revealed = await self._database.write(work)
        self._jobs.changed()
        return revealed

    async def finish(self, game_id: int, now: datetime) -> Recap | None:
        """End the game, if it has not ended, and return its recap."""

        async def work(connection: AsyncConnection) -> Recap | None:
            game = await games.find_game(connection, game_id)
            if game is None:
                return None
            if game.ended_at is None:
                await end(connection, game, now)
                game = replace(game, ended_at=now)
            played = [
                round_
                for round_ in await games.list_rounds(connection, game_id)
                if round_.state is RoundState.CLOSED and round_.question.moment_id in self._moments
            ]
            return Recap(game, len(played), rank(await games.totals_of_game(connection, game_id)))

        return await self._database.write(work)

    async def abandon(self, game_id: int, now: datetime) -> None:
        """End a game whose channel cannot be written to (any more); scores are kept, nothing is posted."""

        async def work(connection: AsyncConnection) -> None:
            game = await games.find_game(connection, game_id)
            if game is not None:
                await end(connection, game, now)
                await jobs.remove_jobs(connection, [FINISH], game.id)

        await self._database.write(work)

    async def abandon_round(self, round_id: int, now: datetime) -> None:
        """End the game of a round as `abandon` does."""
        round_ = await self._database.read(lambda connection: games.find_round(connection, round_id))
        if round_ is not None:
            await self.abandon(round_.game_id, now)


async def end(connection: AsyncConnection, game: Game, now: datetime) -> None:
    """End a game at once: what was answered so far is scored, an open question is to be revealed, nothing follows."""
    await games.end_game(connection, game.id, now)
    for round_ in await games.list_rounds(connection, game.id):
        await jobs.remove_jobs(connection, [ASK], round_.id)
        if round_.state is RoundState.OPEN:
            locked = await games.find_round(connection, round_.id, lock=True)
            await _close(connection, game, locked or round_)
            await jobs.add_job(connection, CLOSE, round_.id, now)  # to show the reveal


async def _close(connection: AsyncConnection, game: Game, round_: Round) -> None:
    guesses = [entry.guess for entry in await games.list_scored(connection, round_)]
    await games.close_round(connection, round_.id, score(round_, guesses, game.seconds))


async def _follow(connection: AsyncConnection, game: Game, round_: Round, late: timedelta, now: datetime) -> None:
    if game.ended_at is not None:
        return
    counts = await games.count_guesses(connection, game.id)
    shown = [entry for entry in await games.list_rounds(connection, game.id) if entry.message_id is not None]
    so_far = [counts[entry.number] for entry in shown if entry.number <= round_.number]
    if after_round(round_.number, game.rounds, late=late, guesses_of_last=so_far) is NextStep.FINISH:
        await jobs.add_job(connection, FINISH, game.id, now + PAUSE)
    else:
        await _go_on(connection, game, round_, now + PAUSE)


async def _go_on(connection: AsyncConnection, game: Game, round_: Round, at: datetime) -> None:
    """Arrange the question after `round_`, or the end where it was the last one."""
    if round_.number >= game.rounds:
        await jobs.add_job(connection, FINISH, game.id, at)
    else:
        following = (await games.list_rounds(connection, game.id))[round_.number]
        await jobs.add_job(connection, ASK, following.id, at)


async def _running(connection: AsyncConnection, round_id: int, *, lock: bool = True) -> tuple[Game, Round] | None:
    round_ = await games.find_round(connection, round_id, lock=lock)
    game = await games.find_game(connection, round_.game_id) if round_ else None
    return (game, round_) if game and round_ and game.ended_at is None else None
