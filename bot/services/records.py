"""The record of couples: the leaderboard of a guild, and the card of a couple."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.folding import fold
from bot.content.search.finders import LONGEST_QUERY, SHOWN_QUERY
from bot.domain.bracket import Bracket
from bot.domain.guilds import GuildSettings
from bot.domain.library import Couple, Drama, Library
from bot.domain.polls import ACTORS, Option, Poll
from bot.domain.records import LAST, Leaderboard, Record, Score, look_back, place, turn
from bot.domain.texts import Localised
from bot.errors import ActorsNotShipped, NoSuchCouple, Outdated, UserError
from bot.services.couples import CoupleService, Suggestion
from bot.storage import guilds, records
from bot.storage.database import Database

FIRST: Final = 10
"""Couples with a record here that are offered before those of the catalogue."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A couple to offer: `text` finds it again; `drama` is None where the catalogue does not know it."""

    text: str
    label: Localised
    drama: Drama | None


@dataclass(frozen=True, slots=True)
class CoupleCard:
    """A couple and all there is to tell of it.

    `couple` is the one of the catalogue, for a pair of actors the one they play, None for a couple that members wrote.
    """

    record: Record
    couple: Couple | None
    drama: Drama | None


class RecordService:
    """Tells what couples have won in a guild. It reads closed votes only, so it gives no open one away.

    What may stand in a poll of the guild now is all that is named: a pair of actors, or a name that has come on the
    block list since, is not.
    """

    def __init__(self, database: Database, library: Library, couples: CoupleService) -> None:
        self.library = library
        self._database = database
        self._couples = couples

    async def leaderboard(self, guild_id: int, page: int) -> Leaderboard:
        """Return a page of all couples that have stood in a closed vote of the guild, best first."""

        async def work(connection: AsyncConnection) -> Leaderboard:
            settings = await guilds.get_settings(connection, guild_id)
            board = turn(place(await self._scores(connection, settings)), page)
            shown = [
                replace(entry, withheld=not await self._is_wanted(connection, settings, entry.score))
                for entry in board.shown
            ]
            return replace(board, shown=shown)

        return await self._database.read(work)

    async def suggest(self, guild_id: int, query: str, limit: int = 25) -> Sequence[Offer]:
        """Return what to offer for a couple that is being typed: those with a record first, then the catalogue's."""
        typed = fold(query[:LONGEST_QUERY])

        async def work(connection: AsyncConnection) -> tuple[Sequence[Score], Mapping[str, Suggestion]]:
            settings = await guilds.get_settings(connection, guild_id)
            suggested = {one.key: one for one in self._couples.suggest(query[:LONGEST_QUERY], settings, limit)}
            options = [Option(one.label, one.key) for one in suggested.values()]
            wanted = [option.key for option in await self._couples.unblocked(connection, guild_id, options)]
            placed = [entry.score for entry in place(await self._scores(connection, settings))]
            found = [score for score in placed if any(typed in fold(name) for name in score.label.all)][:FIRST]
            own = [score for score in found if await self._is_wanted(connection, settings, score)]
            return own, {key: suggested[key] for key in wanted}

        own, suggested = await self._database.read(work)
        offers = {score.text: Offer(score.text, score.label, self._drama(self._couple(score))) for score in own}
        for found in suggested.values():
            offers.setdefault(found.key, Offer(found.key, found.label, found.drama))
        return list(offers.values())[:limit]

    async def card(self, guild_id: int, text: str) -> CoupleCard:
        """Return the card of a couple: of the catalogue, by id or name, or one that has stood in a vote of the guild.

        Raises:
            NoSuchCouple: `text` is neither.
            ActorsNotShipped: it names an actor, and the guild ships characters only.
            NameBlocked: it holds a name on the guild's block list.
        """

        async def work(connection: AsyncConnection) -> CoupleCard:
            settings = await guilds.get_settings(connection, guild_id)
            score = await self._find(connection, settings, text)
            key, couple = score.key, self._couple(score)
            polls = await records.list_past_polls(connection, guild_id, key, LAST)
            brackets = await records.list_past_brackets(connection, guild_id, key, LAST)
            record = Record(
                score=score,
                polls_won=await records.count_polls_won(connection, guild_id, key),
                titles=tuple(await records.list_titles(connection, guild_id, key)),
                past=look_back([*polls, *brackets]),
            )
            return CoupleCard(record, couple, self._drama(couple))

        return await self._database.read(work)

    async def with_cards(self, guild_id: int, options: Sequence[Option]) -> Sequence[Option]:
        """Return the options with what is known of each: its drama, and whether `card` would show its card now.

        A couple of the catalogue has one, and so has any other that has stood in a closed vote of the guild, unless it
        is not wanted there.
        """

        async def work(connection: AsyncConnection) -> Sequence[Option]:
            settings = await guilds.get_settings(connection, guild_id)
            written = any(self._couple(Score(option.key, option.label)) is None for option in options)
            stood = {score.key for score in await self._scores(connection, settings)} if written else set[str]()
            known = [option for option in options if self._is_known(option, settings, stood)]
            shown = {option.key for option in await self._couples.unblocked(connection, guild_id, known)}
            return [replace(self._couples.titled_option(one), has_card=one.key in shown) for one in options]

        return await self._database.read(work)

    async def bracket_with_cards(self, bracket: Bracket) -> Bracket:
        """Return the bracket with what is known of its couples, as `with_cards` does."""
        options = await self.with_cards(bracket.guild_id, [entrant.option for entrant in bracket.entrants])
        both = zip(bracket.entrants, options, strict=True)
        return replace(bracket, entrants=tuple(replace(entrant, option=option) for entrant, option in both))

    async def poll_with_cards(self, poll: Poll) -> Poll:
        """Return the poll with what is known of its couples, as `with_cards` does."""
        return replace(poll, options=tuple(await self.with_cards(poll.guild_id, poll.options)))

    def plain_card(self, couple_id: str) -> CoupleCard:
        """Return the card of a couple of the catalogue where there is no guild, and so no record.

        Raises:
            Outdated: the catalogue has no such couple (any more).
        """
        couple = self.library.couples.get(couple_id)
        if couple is None:
            raise Outdated
        return CoupleCard(Record(Score(couple.id, couple.name)), couple, self._drama(couple))

    async def _find(self, connection: AsyncConnection, settings: GuildSettings, text: str) -> Score:
        try:
            option = self._couples.option(text, settings)
        except ActorsNotShipped:
            raise
        except UserError:  # it is no two names in plain letters: a fan name, or a part of a name
            option = self._only(text, settings)
        key = option.key if option else text  # a couple that the catalogue has no more is known by its key only
        found = await self._scores(connection, settings, key) if key.isprintable() else ()
        if option is None and found:
            option = self._option(found[0], settings)
        if option is None or (option.couple_id is None and not found):
            raise NoSuchCouple(text=text[:SHOWN_QUERY])
        await self._couples.check(connection, settings.guild_id, [option])
        return found[0] if found else Score(option.key, option.label)

    def _only(self, text: str, settings: GuildSettings) -> Option | None:
        """The only couple of characters that `text` may mean, or None."""
        found = [offer for offer in self._couples.suggest(text, settings) if offer.key in self.library.couples]
        return Option(found[0].label, found[0].key) if len(found) == 1 else None

    async def _scores(
        self, connection: AsyncConnection, settings: GuildSettings, key: str | None = None
    ) -> Sequence[Score]:
        scores = await records.list_scores(connection, settings.guild_id, key)
        return [self._called(score) for score in scores if settings.actors or not score.is_actors]

    def _called(self, score: Score) -> Score:
        """Name a couple as the catalogue does now, whatever it was called when it stood."""
        couple = self.library.couples.get(score.key)
        return replace(score, label=couple.name) if couple else score

    def _is_known(self, option: Option, settings: GuildSettings, stood: Collection[str]) -> bool:
        """Tell whether an option is a couple of the catalogue or has stood in a vote, and may stand in one now."""
        score = Score(option.key, option.label)
        if score.is_actors and not settings.actors:
            return False
        with suppress(UserError):
            self._option(score, settings)
            return self._couple(score) is not None or score.key in stood
        return False

    async def _is_wanted(self, connection: AsyncConnection, settings: GuildSettings, score: Score) -> bool:
        try:
            await self._couples.check(connection, settings.guild_id, [self._option(score, settings)])
        except UserError:
            return False
        return True

    def _option(self, score: Score, settings: GuildSettings) -> Option:
        """The option of a couple with a record, refused where it could not stand in a poll now."""
        if score.is_written:
            self._couples.option(score.text, settings)
            return Option(score.label)
        return Option(score.label, score.key)

    def _couple(self, score: Score) -> Couple | None:
        return self.library.couples.get(score.key.removeprefix(ACTORS))

    def _drama(self, couple: Couple | None) -> Drama | None:
        return self.library.dramas[couple.drama_id] if couple else None
