"""The nominations of a bracket: members bring couples in, its runner takes some out again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket, Entrant, Step, check_runner, check_step
from bot.domain.nominations import (
    check_nominating,
    check_nomination,
    check_nominator,
    check_taking_back,
    next_number,
    nominee,
)
from bot.domain.polls import Option
from bot.errors import NoSuchBracket
from bot.services.bracket_held import Change, changed
from bot.services.couples import CoupleService
from bot.storage import brackets, guilds
from bot.storage.database import Database


class NominationService:
    """Takes nominations for brackets, and takes them back."""

    def __init__(self, database: Database, couples: CoupleService) -> None:
        self._database = database
        self._couples = couples

    async def nominate(
        self, bracket_id: int, user_id: int, text: str, *, roles: frozenset[int], now: datetime
    ) -> tuple[Bracket, Option]:
        """Nominate the couple that `text` (its key, or typed) stands for, or support it where it is nominated.

        Raises:
            NoSuchBracket: it is not stored.
            NotPossibleNow: nominations are over.
            VotersOnly: the member lacks the role that takes part.
            AlreadyNominated, NominationsUsed, NoSuchEntrant, TooManyNominees: see bot/domain/nominations.py.
            NameBlocked: the guild has blocked one of the names.
            UserError: it is no couple, or not wanted here; see `CoupleService.option`.
        """
        stood: list[Option] = []

        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            option = self._couples.option(text, await guilds.get_settings(connection, bracket.guild_id))
            check_nominator(bracket, now, roles)
            await self._couples.check(connection, bracket.guild_id, [option])
            mine = await brackets.list_nominated(connection, bracket.id, user_id)
            known = check_nomination(bracket, option, mine)
            number = known.number if known else next_number(bracket)
            if known is None:
                await brackets.add_entrant(connection, bracket.id, number, option)
            await brackets.add_nomination(connection, bracket.id, user_id, number, now)
            stood[:] = [known.option if known else option]  # the transaction may be run again

        return await self._change(bracket_id, change), stood[0]

    async def support(
        self, bracket_id: int, user_id: int, number: int, *, roles: frozenset[int], now: datetime
    ) -> Bracket:
        """Support the nominated couple of that number.

        Raises:
            NoSuchEntrant: it is not among the nominated ones (any more).
            UserError: as `nominate`.
        """

        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            check_nominator(bracket, now, roles)
            option = nominee(bracket, number).option
            self._couples.check_option(option, await guilds.get_settings(connection, bracket.guild_id))
            await self._couples.check(connection, bracket.guild_id, [option])
            check_nomination(bracket, option, await brackets.list_nominated(connection, bracket.id, user_id))
            await brackets.add_nomination(connection, bracket.id, user_id, number, now)

        return await self._change(bracket_id, change)

    async def take_back(self, bracket_id: int, user_id: int, number: int, now: datetime) -> Bracket:
        """Take a nomination back; a couple that nobody supports any more is not nominated any more.

        Raises:
            NoSuchBracket: it is not stored.
            NotPossibleNow: nominations are over.
            NotNominated: the member has not nominated that couple.
        """

        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            check_nominating(bracket, now)
            check_taking_back(number, await brackets.list_nominated(connection, bracket.id, user_id))
            await brackets.remove_nomination(connection, bracket.id, user_id, number)

        return await self._change(bracket_id, change)

    async def mine(self, bracket_id: int, user_id: int) -> tuple[Bracket, Sequence[Entrant]]:
        """Return the bracket and the couples that the member nominates in it; none once nominations are over.

        Raises:
            NoSuchBracket: it is not stored.
        """

        async def work(connection: AsyncConnection) -> tuple[Bracket, Sequence[Entrant]]:
            bracket = await brackets.find_bracket(connection, bracket_id)
            if bracket is None:
                raise NoSuchBracket
            return bracket, [
                nominee(bracket, number) for number in await brackets.list_nominated(connection, bracket_id, user_id)
            ]

        return await self._database.read(work)

    async def prune(self, bracket_id: int, number: int, user_id: int, *, is_manager: bool, now: datetime) -> Bracket:
        """Take a couple out of the nominated ones, for good; who nominated it may nominate another.

        Raises:
            NoSuchBracket: it is not stored.
            NotYourBracket: the member neither started it nor may manage the guild.
            NotPossibleNow: the bracket has begun.
            NoSuchEntrant: that couple is not among the nominated ones.
        """

        async def change(connection: AsyncConnection, bracket: Bracket) -> None:
            check_runner(bracket, user_id, is_manager=is_manager)
            check_step(bracket, Step.PRUNE)
            await brackets.prune_entrant(connection, bracket.id, nominee(bracket, number).number)

        return await self._change(bracket_id, change)

    async def _change(self, bracket_id: int, change: Change) -> Bracket:
        return await self._database.write(lambda connection: changed(connection, bracket_id, change))
