"""The course of a game: asked, closed, asked again, finished. Called by jobs, so that a restart changes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Asked, Game, Recap, Revealed, Round, RoundState, Run
from bot.domain.highlights import fastest, longest, most_missed
from bot.domain.jobs import IN_FLIGHT
from bot.domain.questions import is_known
from bot.domain.trivia import GRACE, NextStep, after_round, pause_after, rank, score
from bot.services.jobs import JobService
from bot.services.packs import PackService
from bot.storage import games, guesses, jobs, rounds
from bot.storage.database import Database

ASK = "trivia.ask"
CLOSE = "trivia.close"
FINISH = "trivia.finish"
ONCE: Final = timedelta(minutes=3)
"""So long Discord remembers the nonce of a message, and sends nothing a second time."""


class RoundService:
    """Opens, closes and scores rounds. Every step may be called twice and then changes nothing more."""

    def __init__(self, database: Database, packs: PackService, job_service: JobService) -> None:
        self._database = database
        self._packs = packs
        self._jobs = job_service

    async def ask(self, round_id: int, now: datetime, late: timedelta) -> Asked | None:
        """Open a round that is to be shown; None where there is nothing to show (any more).

        A round that should have been shown long ago (`late`) ends the game instead: nobody is waiting. One about a
        moment that the library has no more is passed over. One that was closed on its way into the channel is returned
        too: its question may stand there already, and is only revealed once its message is known.
        """

        async def work(connection: AsyncConnection) -> Asked | None:
            found = await game_and_round(connection, round_id)
            if found is None or found[1].message_id is not None:
                return None
            game, round_ = found
            if round_.state is RoundState.CLOSED:
                posted_lately = round_.opened_at is not None and now - round_.opened_at < ONCE
                known = posted_lately and await self._knows(connection, round_)
                return Asked(game, round_, answered=0) if known else None
            if game.ended_at is not None:
                return None
            deadline = _deadline(game, now)
            if deadline <= now or (late > GRACE and game.daily_on is None):
                await jobs.add_job(connection, FINISH, game.id, now)
                return None
            if not await self._knows(connection, round_):
                await rounds.skip_round(connection, round_id)
                await _go_on(connection, game, round_, now)
                return None
            await rounds.open_round(connection, round_id, now, deadline)
            opened = await rounds.find_round(connection, round_id)
            return Asked(game, opened or round_, answered=0)

        asked = await self._database.write(work)
        self._jobs.changed()
        return asked

    async def shown(self, asked: Asked, message_id: int, sent_at: datetime) -> None:
        """Note that the question stands in the channel; its time runs from `sent_at`.

        Where it was closed or completed before its message was known, it is revealed then and no later.
        """
        deadline = _deadline(asked.game, sent_at)

        async def work(connection: AsyncConnection) -> None:
            round_ = await rounds.find_round(connection, asked.round.id, lock=True)
            await rounds.show_round(connection, asked.round.id, message_id, deadline)
            closes = deadline + IN_FLIGHT
            if round_ is not None and round_.state is RoundState.CLOSED:
                closes = sent_at
            due_at = await jobs.find_due(connection, CLOSE, asked.round.id)
            await jobs.add_job(connection, CLOSE, asked.round.id, min(closes, due_at or closes))

        await self._database.write(work)
        self._jobs.changed()

    async def progress(self, round_id: int) -> Asked | None:
        """Return an open round and how many have answered; None where it is not open."""

        async def work(connection: AsyncConnection) -> Asked | None:
            found = await game_and_round(connection, round_id, lock=False)
            if found is None or found[0].ended_at is not None or found[1].state is not RoundState.OPEN:
                return None
            if not await self._knows(connection, found[1]):
                return None
            answered = len(await guesses.list_scored(connection, found[1]))
            return Asked(*found, answered, await guesses.count_skips(connection, round_id))

        return await self._database.read(work)

    async def close(self, round_id: int, now: datetime) -> Revealed | None:
        """Close a round, score it and arrange what follows; a round closed before is only returned again."""

        async def work(connection: AsyncConnection) -> Revealed | None:
            found = await game_and_round(connection, round_id)
            if found is None or found[1].state is RoundState.WAITING:
                return None
            game, round_ = found
            if round_.state is RoundState.OPEN:
                await _close(connection, game, round_, now)
                await follow(connection, game, round_, now)
            scored = await guesses.list_scored(connection, round_)
            return Revealed(game, round_, scored, await guesses.list_stakes(connection, round_id))

        revealed = await self._database.write(work)
        self._jobs.changed()
        return revealed

    async def finish(self, game_id: int, now: datetime) -> Recap | None:
        """End the game, if it has not ended, and return its recap; None for a daily question, which has none."""

        async def work(connection: AsyncConnection) -> Recap | None:
            game = await games.find_game(connection, game_id)
            if game is None:
                return None
            if game.ended_at is None:
                await end(connection, game, now)
                game = replace(game, ended_at=now)
            if game.daily_on is not None:
                return None
            counts = await guesses.count_guesses(connection, game_id)
            shown = [r for r in await rounds.list_rounds(connection, game_id) if _came(r, counts[r.number])]
            counted = [round_ for round_ in shown if not round_.skipped]
            scored = await guesses.list_scored_of_game(connection, counted)
            played = [(round_, scored.get(round_.id, ())) for round_ in counted]
            known = [entry for entry in played if await self._knows(connection, entry[0])]
            standings = rank(await guesses.totals_of_game(connection, game_id))
            missed = most_missed(known)
            story = missed.round if missed else next((entry for entry, _ in reversed(known)), None)
            highlights = fastest(played, game.seconds), longest(played), missed
            return Recap(game, len(shown), len(counted), standings, *highlights, story)

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
        round_ = await self._database.read(lambda connection: rounds.find_round(connection, round_id))
        if round_ is not None:
            await self.abandon(round_.game_id, now)

    async def _knows(self, connection: AsyncConnection, round_: Round) -> bool:
        """Tell whether the library, or the pack, still holds what the round is about."""
        return is_known(round_.question, await self._packs.library_of(round_.question.moment_id, connection))


async def end(connection: AsyncConnection, game: Game, now: datetime) -> None:
    """End a game at once: what was answered so far is scored, an open question is to be revealed, nothing follows."""
    held = await rounds.lock_rounds(connection, [round_.id for round_ in await rounds.list_rounds(connection, game.id)])
    await games.end_game(connection, game.id, now)  # after the rounds, in the order in which a close takes them
    for round_ in held.values():
        if round_.state is RoundState.WAITING or round_.message_id is not None:  # else it may stand there, unknown
            await jobs.remove_jobs(connection, [ASK], round_.id)
        if round_.state is RoundState.OPEN:
            await _close(connection, game, round_, now, stopped=True)
            await jobs.add_job(connection, CLOSE, round_.id, now)  # to show the reveal


async def follow(connection: AsyncConnection, game: Game, round_: Round, now: datetime) -> None:
    """Arrange what comes after a round that has just been closed: the next question, or the end."""
    if game.ended_at is not None:
        return
    if game.daily_on is not None:
        await games.end_game(connection, game.id, now)
        return
    counts = await guesses.count_guesses(connection, game.id)
    so_far = [
        counts[entry.number]
        for entry in await rounds.list_rounds(connection, game.id)
        if entry.message_id is not None and entry.number <= round_.number and not entry.skipped
    ]
    at, late = now + pause_after(game.mode), now - (round_.deadline or now)
    if after_round(round_.number, game.rounds, late=late, guesses_of_last=so_far) is NextStep.FINISH:
        await jobs.add_job(connection, FINISH, game.id, at)
    else:
        await _go_on(connection, game, round_, at)


async def _close(
    connection: AsyncConnection, game: Game, round_: Round, now: datetime, *, stopped: bool = False
) -> None:
    """Close and score a round; where it was `stopped` before its time, or never came, nobody loses what she risked."""
    said = [entry.guess for entry in await guesses.list_scored(connection, round_)]
    stakes = await guesses.list_stakes(connection, round_.id)
    cut_short = stopped and (round_.deadline is None or now < round_.deadline)
    if cut_short or not _came(round_, len(said)):
        right = {guess.user_id for guess in said if guess.answer == round_.question.answer}
        stakes = [stake for stake in stakes if stake.user_id in right]
    runs = await _runs(connection, game, round_)
    scored, played = score(round_, said, mode=game.mode, seconds=game.seconds, runs=runs, stakes=stakes)
    await rounds.close_round(connection, round_.id, scored, played, now)


async def _runs(connection: AsyncConnection, game: Game, round_: Round) -> dict[int, Run]:
    """How members stand before a round; the streak of a daily question comes from the daily question before."""
    if game.daily_on is None:
        return dict(await guesses.runs_before(connection, round_))
    before = await games.find_daily_before(connection, game)
    streaks = await guesses.streaks_of(connection, before.id) if before else {}
    return {user_id: Run(streak=streak) for user_id, streak in streaks.items()}


async def _go_on(connection: AsyncConnection, game: Game, round_: Round, at: datetime) -> None:
    """Arrange the question after `round_`, or the end where it was the last one."""
    following = await rounds.find_following(connection, round_)
    if following is None:
        await jobs.add_job(connection, FINISH, game.id, at)
    else:
        await jobs.add_job(connection, ASK, following.id, at)


async def game_and_round(connection: AsyncConnection, round_id: int, *, lock: bool = True) -> tuple[Game, Round] | None:
    """Return a round with its game, None where it is not stored; `lock` holds the round (see `find_round`)."""
    round_ = await rounds.find_round(connection, round_id, lock=lock)
    game = await games.find_game(connection, round_.game_id) if round_ else None
    return (game, round_) if game and round_ else None


def _came(round_: Round, answered: int) -> bool:
    """Tell whether the question came into the channel; its message may not be known although members pressed in it."""
    return round_.message_id is not None or answered > 0 or (round_.skipped and round_.opened_at is not None)


def _deadline(game: Game, sent_at: datetime) -> datetime:
    """When a question that was sent then closes; a daily one closes at its hour, however late it was sent."""
    return (game.started_at if game.daily_on else sent_at) + timedelta(seconds=game.seconds)
