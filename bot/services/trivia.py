"""What members do in games of "was it scripted?": start, guess, stop, look at the board."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Game, Guess, Standing
from bot.domain.library import Article, Library
from bot.domain.texts import Language
from bot.domain.trivia import MAX_ROUNDS, bank_of, draw, judge, rank
from bot.errors import GameAlreadyRunning, NoGameRunning, NotYourGame, UserError
from bot.services.jobs import JobService
from bot.services.rounds import ASK, FINISH, end
from bot.storage import games, guilds, jobs
from bot.storage.database import Database
from bot.storage.group import GroupWriter


@dataclass(frozen=True, slots=True)
class Said:
    """A guess on its way to a round."""

    round_id: int
    guess: Guess

    @property
    def key(self) -> tuple[int, int]:
        """What makes it the member's only guess in the round."""
        return self.round_id, self.guess.user_id


class TriviaService:
    """Starts and stops games, counts guesses, keeps the boards. The course of a game is in bot/services/rounds.py."""

    def __init__(self, database: Database, library: Library, job_service: JobService, rng: random.Random) -> None:
        self.library = library
        self._database = database
        self._jobs = job_service
        self._rng = rng
        self._guesses = GroupWriter(database, self._judge_batch)

    async def start(
        self,
        *,
        guild_id: int,
        channel_id: int,
        starter_id: int,
        request_id: int,
        locale: Language,
        rounds: int,
        seconds: int,
        now: datetime,
        article: Article | None = None,
    ) -> Game:
        """Start a game of at most `rounds` questions of `seconds` each; with an `article`, on its moments and dramas.

        `request_id` is the id of the interaction: one request starts one game, however often it is delivered.

        Raises:
            GameAlreadyRunning: a game is on in the channel.
            NothingToAsk: no question fits the guild's spoiler policy.
        """

        async def work(connection: AsyncConnection) -> Game:
            if running := await games.find_running_game(connection, channel_id):
                raise GameAlreadyRunning(link=await _link(connection, running))
            settings = await guilds.get_settings(connection, guild_id)
            policy = settings.spoilers
            moments = bank_of(article, self.library, policy) if article else self.library.moments.values()
            asked = await games.asked_before(connection, guild_id)
            wanted = min(rounds, MAX_ROUNDS)
            questions = draw(moments, wanted, policy=policy, asked=asked, rng=self._rng)
            game = await games.add_game(
                connection,
                guild_id=guild_id,
                channel_id=channel_id,
                starter_id=starter_id,
                request_id=request_id,
                language=settings.public_language(locale),
                seconds=seconds,
                now=now,
                questions=questions,
            )
            first, *_ = await games.list_rounds(connection, game.id)
            await jobs.add_job(connection, ASK, first.id, now)
            return game

        try:
            game = await self._database.write(work)
        except IntegrityError as error:  # two processes at once, or the same request twice
            raise GameAlreadyRunning(link=_channel_link(guild_id, channel_id)) from error
        self._jobs.changed()
        return game

    async def guess(self, round_id: int, guess: Guess) -> None:
        """Count a guess; it is stored when this returns.

        Raises:
            RoundClosed: the round is not open, or the click came after its deadline.
            AlreadyAnswered: the member's first answer counts.
        """
        await self._guesses.submit(Said(round_id, guess))

    async def _judge_batch(self, connection: AsyncConnection, batch: Sequence[Said]) -> Sequence[UserError | None]:
        rounds = await games.lock_rounds(connection, {said.round_id for said in batch})
        earlier = dict(await games.earlier_answers(connection, [said.key for said in batch]))
        results: list[UserError | None] = []
        counted: list[Said] = []
        for said in batch:
            try:
                judge(rounds.get(said.round_id), said.guess, earlier.get(said.key))
            except UserError as refusal:
                results.append(refusal)
            else:
                earlier[said.key] = said.guess.answer
                counted.append(said)
                results.append(None)
        if counted:
            guild_of = await games.guilds_of_rounds(connection, {said.round_id for said in counted})
            await games.add_guesses(connection, guild_of, [(said.round_id, said.guess) for said in counted])
        return results

    async def stop(self, channel_id: int, user_id: int, now: datetime, *, is_manager: bool) -> Game:
        """End the game of a channel at once; what was answered so far counts.

        Raises:
            NoGameRunning: no game is on in the channel.
            NotYourGame: the member has not started it and is no manager.
        """

        async def work(connection: AsyncConnection) -> Game:
            game = await games.find_running_game(connection, channel_id)
            if game is None:
                raise NoGameRunning
            if user_id != game.starter_id and not is_manager:
                raise NotYourGame
            await end(connection, game, now)
            await jobs.add_job(connection, FINISH, game.id, now)
            return game

        game = await self._database.write(work)
        self._jobs.changed()
        return game

    async def leaderboard(self, guild_id: int) -> Sequence[Standing]:
        """Return the standings of everybody who ever took part in the guild, best first."""
        return rank(await self._database.read(lambda connection: games.totals_of_guild(connection, guild_id)))


async def _link(connection: AsyncConnection, game: Game) -> str:
    shown = [round_.message_id for round_ in await games.list_rounds(connection, game.id) if round_.message_id]
    return _channel_link(game.guild_id, game.channel_id) + (f"/{shown[-1]}" if shown else "")


def _channel_link(guild_id: int, channel_id: int) -> str:
    return f"https://discord.com/channels/{guild_id}/{channel_id}"
