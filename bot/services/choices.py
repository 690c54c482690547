"""What members decide between and during rounds: to skip a question, to risk or keep what they have won."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Mode, Round, RoundState, Stake
from bot.domain.trivia import judge, risk, skips_needed
from bot.errors import AlreadySkipped, NothingToRisk, RiskTaken, RoundClosed, TooLateToRisk
from bot.services.jobs import JobService
from bot.services.rounds import CLOSE, follow, game_and_round
from bot.storage import guesses, jobs, rounds
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Skip:
    """How a wish to skip went: `done`, or `votes` of the `needed`."""

    done: bool
    votes: int = 0
    needed: int = 0


class ChoiceService:
    """Takes the choices that members have besides answering."""

    def __init__(self, database: Database, job_service: JobService) -> None:
        self._database = database
        self._jobs = job_service

    async def skip(self, round_id: int, user_id: int, at: datetime, *, is_manager: bool) -> Skip:
        """Skip an open question, or count the member's wish to; a skipped one counts for nobody.

        Raises:
            RoundClosed: the round is not open any more, or it is a daily question.
            AlreadySkipped: the member has said so before.
        """

        async def work(connection: AsyncConnection) -> Skip:
            found = await game_and_round(connection, round_id)
            if found is None or found[0].mode is Mode.DAILY:
                raise RoundClosed
            game, round_ = found
            judge(round_, at)
            votes = needed = 0
            if not is_manager and user_id != game.starter_id:
                if not await guesses.add_skip(connection, round_id, user_id):
                    raise AlreadySkipped
                votes = await guesses.count_skips(connection, round_id)
                needed = skips_needed(len(await guesses.players_of(connection, round_)))
                if votes < needed:
                    return Skip(False, votes, needed)
            await rounds.skip_round(connection, round_id)
            await follow(connection, game, round_, at)
            await jobs.add_job(connection, CLOSE, round_id, at)  # to show the reveal
            return Skip(True, votes, needed)

        skip = await self._database.write(work)
        self._jobs.changed()
        return skip

    async def double(self, round_id: int, user_id: int, at: datetime) -> int:
        """Risk in the next round what the member won in this one; return how many points.

        Raises:
            NothingToRisk: it is no bold game, she won nothing in the round, or no other follows.
            TooLateToRisk: the next question stands already.
        """

        async def work(connection: AsyncConnection) -> int:
            round_, following = await _pair(connection, round_id)
            won = await _won(connection, round_, user_id)
            said = await guesses.earlier_answers(connection, [(following.id, user_id)]) if following else {}
            amount = risk(round_, following, at, won, has_answered=bool(said))
            if following is not None:
                await guesses.place_stake(connection, following, Stake(user_id, amount), at)
            return amount

        return await self._database.write(work)

    async def keep(self, round_id: int, user_id: int, at: datetime) -> int:
        """Risk nothing in the next round; return the points that are kept.

        Raises:
            NothingToRisk: it is no bold game, she won nothing in the round, or no other follows.
            RiskTaken: she has risked them, and the next question stands already.
        """

        async def work(connection: AsyncConnection) -> int:
            round_, following = await _pair(connection, round_id)
            won = await _won(connection, round_, user_id)
            try:
                risk(round_, following, at, won, has_answered=False)
            except TooLateToRisk:
                stakes = await guesses.list_stakes(connection, following.id) if following else ()
                if any(stake.user_id == user_id for stake in stakes):
                    raise RiskTaken from None
                return won
            if following is not None:
                await guesses.remove_stake(connection, following.id, user_id)
            return won

        return await self._database.write(work)


async def _pair(connection: AsyncConnection, round_id: int) -> tuple[Round, Round | None]:
    """Return a round of a bold game that goes on, and the one after it, held."""
    found = await game_and_round(connection, round_id, lock=False)
    if found is None or found[0].mode is not Mode.BOLD or found[0].ended_at is not None:
        raise NothingToRisk
    round_ = found[1]
    return round_, await rounds.find_following(connection, round_)


async def _won(connection: AsyncConnection, round_: Round, user_id: int) -> int:
    """What the member won in a round, with what she risked in it; 0 where she was not right or it was skipped."""
    if round_.skipped or round_.state is not RoundState.CLOSED:
        return 0
    points = [entry.points for entry in await guesses.list_scored(connection, round_) if entry.guess.user_id == user_id]
    risked = [
        stake.points or 0 for stake in await guesses.list_stakes(connection, round_.id) if stake.user_id == user_id
    ]
    return sum(points) + sum(risked) if sum(points) > 0 else 0
