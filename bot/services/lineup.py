"""Which couples a bracket begins with: the nominated ones that may stand, filled up from the catalogue."""

import random
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket, Step, check_step
from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.domain.nominations import fill_to, leave_out
from bot.domain.polls import Option
from bot.errors import ActorsNotShipped, NameBlocked
from bot.services import bracket_play
from bot.services.couples import CoupleService
from bot.storage import guilds


class Lineup:
    """Has brackets begin, inside the transaction of whoever ends the nominations."""

    def __init__(self, library: Library, couples: CoupleService, rng: random.Random) -> None:
        self._library = library
        self._couples = couples
        self._rng = rng

    async def begin(self, connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
        """Close the nominations and open the first matchup.

        A couple that the guild has blocked, or has ceased to ship, since it was nominated is left out.

        Raises:
            NotPossibleNow: they are closed already.
            TooFewEntrants: there are less than four couples, even with the catalogue.
        """
        check_step(bracket, Step.BEGIN)
        settings = await guilds.get_settings(connection, bracket.guild_id)
        nominees = bracket.nominees
        unwanted = [one.number for one in nominees if not await self._is_wanted(connection, one.option, settings)]
        fit = leave_out(bracket, unwanted)
        await bracket_play.begin_now(connection, fit, await self._reserve(connection, fit, settings), self._rng, now)

    async def _reserve(
        self, connection: AsyncConnection, bracket: Bracket, settings: GuildSettings
    ) -> Sequence[Option]:
        """Draw from the catalogue as many couples as the bracket lacks: main ones first, none that is unwanted."""
        known = {entrant.option.key for entrant in bracket.entrants}
        missing = fill_to(bracket) - len(bracket.nominees)
        drawn: list[Option] = []
        couples = list(self._library.couples.values())
        self._rng.shuffle(couples)
        for couple in sorted(couples, key=lambda couple: couple.kind != "main"):
            option = Option(couple.name, couple.id)
            if len(drawn) >= missing:
                break
            if option.key not in known and await self._is_wanted(connection, option, settings):
                drawn.append(option)
        return drawn

    async def _is_wanted(self, connection: AsyncConnection, option: Option, settings: GuildSettings) -> bool:
        try:
            self._couples.check_option(option, settings)
            await self._couples.check(connection, settings.guild_id, [option])
        except (ActorsNotShipped, NameBlocked):
            return False
        return True
