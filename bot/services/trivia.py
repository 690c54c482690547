"""What members do in games of "was it scripted?": start, say, skip, risk, stop."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.drawing import History, draw
from bot.domain.games import Answer, Game, Guess, Round, Wish
from bot.domain.guilds import GuildSettings
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.moments import Moment, Origin
from bot.domain.packs import BuiltIn, Fence, Pack, askable, shipped_bank
from bot.domain.questions import choice_label
from bot.domain.spoilers import SpoilerPolicy, SpoilerWish, stricter
from bot.domain.texts import Language, Localised
from bot.domain.trivia import MAX_ROUNDS, judge
from bot.errors import (
    AlreadyAnswered,
    GameAlreadyRunning,
    NoGameRunning,
    NothingSeen,
    NotYourGame,
    Outdated,
    RoundClosed,
    UserError,
)
from bot.services.jobs import JobService
from bot.services.links import jump
from bot.services.packs import PackService
from bot.services.rounds import ASK, CLOSE, FINISH, end
from bot.storage import games, guesses, guilds, jobs, moments, rounds, seen
from bot.storage.database import Database
from bot.storage.group import GroupWriter

Label = Answer | Origin | Localised
"""What a choice stands for, to be said in the reader's language."""


@dataclass(frozen=True, slots=True)
class Said:
    """A press on the way to its round: which choice, counted from 0, at the time of the click."""

    round_id: int
    user_id: int
    choice: int
    at: datetime

    @property
    def key(self) -> tuple[int, int]:
        """What makes it the member's only guess in the round."""
        return self.round_id, self.user_id


@dataclass(frozen=True, slots=True)
class Counted:
    """A guess that counts; `complete`: everyone who takes part has answered."""

    label: Label
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """A game that has begun, how much it gives away at most, and the guild's own pack that it plays on."""

    game: Game
    policy: SpoilerPolicy
    pack: Pack | None = None


class TriviaService:
    """Starts and stops games, counts guesses. The course of a game is in bot/services/rounds.py."""

    def __init__(
        self, database: Database, library: Library, packs: PackService, job_service: JobService, rng: random.Random
    ) -> None:
        self.library = library
        self._database = database
        self._packs = packs
        self._jobs = job_service
        self._rng = rng
        self._guesses = GroupWriter[Said, Counted](database, self._judge_batch)

    async def start(
        self,
        wish: Wish,
        *,
        guild_id: int,
        channel_id: int,
        starter_id: int,
        request_id: int,
        locale: Language,
        now: datetime,
    ) -> Started:
        """Start a game as wished for.

        `request_id` is the id of the interaction: one request starts one game, however often it is delivered.

        Raises:
            GameAlreadyRunning: a game is on in the channel.
            NothingToAsk: no question fits the wish and the guild's spoiler policy.
            NothingSeen: it shall be about what was seen, and nothing is marked.
            NoSuchPack, PackOff: the guild has no such pack, or it is switched off.
            Outdated: it shall be about an article that the library has no more.
        """
        if wish.article_id is not None and wish.article_id not in self.library.articles:
            raise Outdated
        own = wish.pack is not None and wish.pack not in set(BuiltIn)
        pack, library = await self._packs.playable(guild_id, wish.pack or "") if own else (None, self.library)

        async def look(connection: AsyncConnection) -> tuple[GuildSettings, Sequence[Moment], History]:
            if running := await games.find_running_game(connection, channel_id):
                raise GameAlreadyRunning(link=await _link(connection, running))
            settings = await guilds.get_settings(connection, guild_id)
            fence = Fence(
                stricter(settings.spoilers, wish.spoilers),
                off=await moments.switched_off(connection, guild_id),
                seen=await _seen(connection, wish, channel_id, starter_id),
            )
            if own:
                bank = askable(library.moments.values(), fence, drama_id=wish.drama_id, kind=wish.kind)
            else:
                bank = shipped_bank(wish, library, fence, library.articles.get(wish.article_id or ""))
            return settings, bank, await rounds.history(connection, guild_id)

        settings, bank, history = await self._database.read(look)
        # A pack of thousands of scenes takes a moment to draw from, and no click shall wait for it.
        questions = await asyncio.to_thread(
            draw,
            bank,
            min(wish.rounds, MAX_ROUNDS),
            mode=wish.mode,
            library=library,
            history=history,
            rng=self._rng,
        )

        async def work(connection: AsyncConnection) -> Game:
            if running := await games.find_running_game(connection, channel_id):
                raise GameAlreadyRunning(link=await _link(connection, running))
            game = await games.add_game(
                connection,
                guild_id=guild_id,
                channel_id=channel_id,
                starter_id=starter_id,
                request_id=request_id,
                language=settings.public_language(locale),
                wish=wish,
                now=now,
                questions=questions,
            )
            first, *_ = await rounds.list_rounds(connection, game.id)
            await jobs.add_job(connection, ASK, first.id, now)
            return game

        try:
            game = await self._database.write(work)
        except IntegrityError as error:  # two processes at once, or the same request twice
            raise GameAlreadyRunning(link=jump(guild_id, channel_id)) from error
        self._jobs.changed()
        return Started(game, stricter(settings.spoilers, wish.spoilers), pack)

    async def wish_of(self, guild_id: int, game_id: int) -> Wish:
        """Return what was wished for when a game of the guild was started.

        Raises:
            Outdated: the guild has no such game (any more), or it was a daily question.
        """
        game = await self._database.read(lambda connection: games.find_game(connection, game_id))
        if game is None or game.guild_id != guild_id or game.daily_on is not None:
            raise Outdated
        return game.wish

    async def guess(self, round_id: int, user_id: int, choice: int, at: datetime) -> Label:
        """Count a guess, stored when this returns; return what the member said.

        Raises:
            RoundClosed: the round is not open, or the click came after its deadline.
            AlreadyAnswered: the member's first answer counts.
            Outdated: the question has no such choice.
        """
        counted = await self._guesses.submit(Said(round_id, user_id, choice, at))
        if counted.complete:
            self._jobs.changed()
        return counted.label

    async def _judge_batch(self, connection: AsyncConnection, batch: Sequence[Said]) -> Sequence[Counted | UserError]:
        current = await rounds.lock_rounds(connection, {said.round_id for said in batch})
        earlier = dict(await guesses.earlier_answers(connection, [said.key for said in batch]))
        labels: list[Label | UserError] = []
        counted: list[Said] = []
        for said in batch:
            try:
                answer, label = await self._judge(connection, said, current.get(said.round_id), earlier.get(said.key))
            except UserError as refusal:
                labels.append(refusal)
            else:
                earlier[said.key] = answer
                counted.append(said)
                labels.append(label)
        complete: Sequence[int] = ()
        if counted:
            said_now = [(current[said.round_id], Guess(said.user_id, earlier[said.key], said.at)) for said in counted]
            await guesses.add_guesses(connection, said_now)
            complete = await self._end_early(connection, current, counted)
        return [
            label if isinstance(label, UserError) else Counted(label, complete=said.round_id in complete)
            for said, label in zip(batch, labels, strict=True)
        ]

    async def _judge(
        self, connection: AsyncConnection, said: Said, round_: Round | None, before: str | None
    ) -> tuple[str, Label]:
        """Return the key of the choice and what it stands for, or refuse it; `before` is what the member said first."""
        if round_ is None:
            raise RoundClosed
        question = round_.question
        library = await self._packs.library_of(question.moment_id, connection)
        if before is not None:
            raise AlreadyAnswered(answer=choice_label(question, before, library))
        if said.choice not in range(len(question.choices)):
            raise Outdated
        judge(round_, said.at)
        answer = question.choices[said.choice]
        return answer, choice_label(question, answer, library)

    async def _end_early(
        self, connection: AsyncConnection, current: Mapping[int, Round], counted: Sequence[Said]
    ) -> Sequence[int]:
        """Have the rounds closed that nobody is waited for any more; clicks on their way still count."""
        complete = await guesses.complete_rounds(connection, sorted({said.round_id for said in counted}))
        for round_id in complete:
            due_at = await jobs.find_due(connection, CLOSE, round_id)
            deadline = current[round_id].deadline
            if due_at is None or deadline is None or due_at >= deadline + IN_FLIGHT:  # only the first that completes it
                last = max(said.at for said in counted if said.round_id == round_id)
                await jobs.add_job(connection, CLOSE, round_id, last + IN_FLIGHT)
        return complete

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


async def _seen(connection: AsyncConnection, wish: Wish, channel_id: int, starter_id: int) -> frozenset[str] | None:
    """The dramas that a game is limited to: seen by the starter, or by all who played the channel's last game too."""
    if wish.spoilers not in (SpoilerWish.SEEN_BY_ME, SpoilerWish.SEEN_BY_US):
        return None
    players = {starter_id}
    if wish.spoilers is SpoilerWish.SEEN_BY_US:
        players |= await games.last_players(connection, channel_id)
    by_member = await seen.seen_by(connection, players)
    dramas = frozenset[str].intersection(*(by_member.get(player, frozenset()) for player in players))
    if not dramas:
        raise NothingSeen
    return dramas


async def _link(connection: AsyncConnection, game: Game) -> str:
    shown = [round_.message_id for round_ in await rounds.list_rounds(connection, game.id) if round_.message_id]
    return jump(game.guild_id, game.channel_id, shown[-1] if shown else None)
