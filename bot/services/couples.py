"""Which couples may stand in a poll or bracket, and the names that a guild does not want in them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.couples import CoupleFinder, Suggestion
from bot.content.folding import fold
from bot.content.lookalikes import skeleton
from bot.domain.guilds import GuildSettings
from bot.domain.library import Couple, Drama, Library
from bot.domain.polls import ACTORS, MOST_COUPLES, Option, Poll
from bot.domain.texts import halves, pieces, plain_name
from bot.errors import (
    ActorsNotShipped,
    AlreadyBlocked,
    ManagersOnly,
    NameBlocked,
    NotBlocked,
    SamePerson,
    TooManyBlocked,
)
from bot.storage import blocked, guilds
from bot.storage.database import Database

__all__ = ["MOST_BLOCKED", "CoupleService", "Suggestion"]

MOST_BLOCKED: Final = 200
"""Names on the block list of one guild."""
OFFERED: Final = 25


class CoupleService:
    """Finds couples, and keeps away actors (unless a guild wants them) and the names that a guild has blocked."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self._finder = CoupleFinder(library)

    def suggest(self, query: str, settings: GuildSettings, limit: int = OFFERED) -> Sequence[Suggestion]:
        """Return what to offer while a member types; before she types, the main couples of newer dramas.

        Couples of characters come first; where the guild ships actors, a third of the room is left to them.
        """
        return self._finder.suggest(query, settings, limit)

    async def offer(self, guild_id: int, query: str, limit: int = OFFERED) -> Sequence[Suggestion]:
        """Return what to offer in the guild while a member types: what `suggest` does, without what it has blocked."""

        async def work(connection: AsyncConnection) -> Sequence[Suggestion]:
            settings = await guilds.get_settings(connection, guild_id)
            found = self._finder.suggest(query, settings, limit)
            options = await self.unblocked(connection, guild_id, [Option(one.label, one.key) for one in found])
            wanted = {option.key for option in options}
            return [one for one in found if one.key in wanted]

        return await self._database.read(work)

    def find(self, couple_id: str) -> Couple | None:
        """Return the couple of the catalogue with this id, None where there is none (any more)."""
        return self._library.couples.get(couple_id)

    def drama_of(self, couple: Couple) -> Drama:
        """Return the drama that the couple is of."""
        return self._library.dramas[couple.drama_id]

    async def of_dramas(self, guild_id: int, dramas: Iterable[Drama]) -> tuple[Sequence[Couple], Sequence[Couple]]:
        """Return the couples of dramas, and others to set beside them: none that the guild has blocked."""
        own, names = self._library.couples_of(dramas), await self.blocked(guild_id)
        others = (couple for couple in self._finder.search("", len(self._library.couples)) if couple not in own)
        wanted = [couple for couple in own if not self._is_blocked(_option_of(couple), names)]
        unblocked = (couple for couple in others if not self._is_blocked(_option_of(couple), names))
        return wanted[:MOST_COUPLES], [*islice(unblocked, OFFERED)]

    async def wanted(self, guild_id: int, couples: Iterable[Couple]) -> Sequence[Couple]:
        """Return those of `couples` that the guild has not blocked."""
        couples = [*couples]
        names = await self.blocked(guild_id) if couples else ()
        return [couple for couple in couples if not self._is_blocked(_option_of(couple), names)]

    def option(self, text: str, settings: GuildSettings) -> Option:
        """Return the option that `text` stands for: a couple by its key or name, or two typed names.

        Who is both a character and an actor by name counts as the character.

        Raises:
            NameNotPlain: a typed name holds formatting, a mention or an invisible character.
            NameTooLong: a typed name does not fit on a button.
            NoSuchCouple: the text is neither a couple of the catalogue nor two names.
            ActorsNotShipped: it names an actor, in whatever spelling, and the guild ships characters only.
            SamePerson: both names are one.
        """
        option = self._finder.option(text, settings)
        names = [fold(half) for half in halves(option.label.en)]
        if len(names) > len(set(names)):
            raise SamePerson(name=halves(option.label.en)[0])
        return option

    def titled(self, poll: Poll) -> Poll:
        """Return the poll with the titles of its couples' dramas."""
        return replace(poll, options=tuple(self.titled_option(option) for option in poll.options))

    def titled_option(self, option: Option) -> Option:
        """Return the option with the title of its drama, where the catalogue knows it."""
        couple = self._library.couples.get((option.couple_id or "").removeprefix(ACTORS))
        return option if couple is None else replace(option, drama=self.drama_of(couple).title)

    def typed_halves(self, options: Sequence[Option]) -> Sequence[str]:
        """Return the names in the options that were typed, to be looked for among the members of the guild.

        Names of the library's characters and actors are left out: fans call themselves after them.
        """
        typed = [half for option in options if option.couple_id is None for half in halves(option.label.en)]
        return [half for half in dict.fromkeys(typed) if not self._finder.knows(half)]

    def check_text(self, text: str, settings: GuildSettings) -> None:
        """Refuse a question or the name of a bracket that names an actor, where the guild ships characters only.

        Who is both a character and an actor by name counts as the character.

        Raises:
            ActorsNotShipped: with the actor.
        """
        if settings.actors:
            return
        for part in dict.fromkeys((*halves(text), *pieces(text))):
            actor = self._finder.actor(part)
            if actor is not None and self._finder.actor(actor.names.en) is not None:
                raise ActorsNotShipped(name=actor.names)

    def check_option(self, option: Option, settings: GuildSettings) -> None:
        """Refuse an option of actors, where the guild ships characters only (any more).

        Raises:
            ActorsNotShipped: with the actor, or with their pair.
        """
        key = option.couple_id or ""
        if key.startswith(ACTORS) and not settings.actors:
            raise ActorsNotShipped(name=option.label)
        if key not in self._library.couples:
            self.check_text(option.label.en, settings)

    async def refuse_blocked(self, guild_id: int, option: Option) -> None:
        """Refuse an option before anything is asked about it.

        Raises:
            NameBlocked: it holds a name on the guild's block list.
        """
        await self._database.read(lambda connection: self.check(connection, guild_id, [option]))

    async def check(self, connection: AsyncConnection, guild_id: int, options: Sequence[Option]) -> None:
        """Refuse the options if one of them holds a name on the guild's block list.

        Raises:
            NameBlocked: with the first such name, as it stands in the option.
        """
        for name in await blocked.list_blocked(connection, guild_id):
            for option in options:
                if caught := self._finder.caught(name, option):
                    raise NameBlocked(name=caught)

    async def unblocked(
        self, connection: AsyncConnection, guild_id: int, options: Iterable[Option]
    ) -> Sequence[Option]:
        """Return those of the options that hold no name on the guild's block list."""
        names = await blocked.list_blocked(connection, guild_id)
        return [option for option in options if not self._is_blocked(option, names)]

    def _is_blocked(self, option: Option, names: Sequence[str]) -> bool:
        return any(self._finder.caught(name, option) for name in names)

    async def blocked(self, guild_id: int) -> Sequence[str]:
        """Return the names on the guild's block list, in alphabetical order."""
        return await self._database.read(lambda connection: blocked.list_blocked(connection, guild_id))

    async def block(self, guild_id: int, name: str, *, is_manager: bool, now: datetime) -> str:
        """Put a name on the guild's block list, or two names with a joint: that couple. Return it as it is stored.

        Raises:
            ManagersOnly: the member may not manage the guild.
            NameNotPlain, NameTooLong: no poll would take such a name anyway.
            AlreadyBlocked: it is on the list, in whatever spelling.
            TooManyBlocked: the list is full.
        """
        if not is_manager:
            raise ManagersOnly
        name = plain_name(name)

        async def work(connection: AsyncConnection) -> None:
            await guilds.get_settings(connection, guild_id, lock=True)  # two at once could pass the limit
            if not await blocked.add_blocked(connection, guild_id, skeleton(name), name, now):
                raise AlreadyBlocked(name=name)
            if await blocked.count_blocked(connection, guild_id) > MOST_BLOCKED:
                raise TooManyBlocked(limit=MOST_BLOCKED)

        await self._database.write(work)
        return name

    async def unblock(self, guild_id: int, name: str, *, is_manager: bool) -> None:
        """Take a name off the guild's block list.

        Raises:
            ManagersOnly: the member may not manage the guild.
            NotBlocked: it is not on the list.
        """
        if not is_manager:
            raise ManagersOnly
        folded = skeleton(name)
        if not await self._database.write(lambda connection: blocked.remove_blocked(connection, guild_id, folded)):
            raise NotBlocked(name=name)


def _option_of(couple: Couple) -> Option:
    return Option(couple.name, couple.id)
