"""What a guild does about single moments: switching them off, and reports of what is wrong."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.pack_library import pack_id_of
from bot.content.search.finders import DramaFinder
from bot.domain.library import Drama, Library
from bot.domain.moments import Moment
from bot.domain.reports import Waiting, check_words
from bot.errors import AlreadyReported, ManagersOnly, NoSuchDrama, NoSuchMoment
from bot.storage import moments, packs, reports
from bot.storage.database import Database

WORDS_SHOWN = 3
"""The newest reports of a moment whose words a manager is shown; the others are counted."""

LibraryOf = Callable[[str], Awaitable[Library]]
"""Gives the library that a moment's id belongs to: the shipped one, or a pack's."""


@dataclass(frozen=True, slots=True)
class MomentHere:
    """A moment as it stands in a guild, with the library it is of; `off`: the guild has switched it off."""

    moment: Moment
    library: Library
    off: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """What waits about a moment; `here` is None where the moment is gone from the library or with its pack."""

    waiting: Waiting
    here: MomentHere | None


class MomentService:
    """Switches single moments off and on, and takes reports to the managers."""

    def __init__(self, database: Database, library: Library, library_of: LibraryOf, finder: DramaFinder) -> None:
        self._database = database
        self._library = library
        self._library_of = library_of
        self._finder = finder
        self._with_moments = frozenset(drama.id for drama in library.dramas.values() if drama.moments)

    def suggest(self, typed: str, limit: int = 25) -> Sequence[Drama]:
        """Return the dramas with moments to offer while a manager types; before she types, the newest."""
        return self._finder.suggest(typed, self._with_moments, limit)

    def find_drama(self, text: str) -> Drama:
        """Return the drama that `text` stands for; where several answer to it, the one that has moments.

        Raises:
            NoSuchDrama: there is none, or several.
        """
        return self._finder.find(text, rather=self._with_moments)

    async def browse(self, drama_id: str, guild_id: int) -> Sequence[MomentHere]:
        """Return the moments of a drama, those that games may ask about first.

        Raises:
            NoSuchDrama: the catalogue does not hold it (any more).
        """
        drama = self._library.dramas.get(drama_id)
        if drama is None:
            raise NoSuchDrama(text=drama_id)
        off = await self._database.read(lambda connection: moments.switched_off(connection, guild_id))
        listed = [_here(moment.id, self._library, off) for moment in drama.moments]
        return sorted(filter(None, listed), key=lambda here: not here.moment.game_ready)

    async def list_off(self, guild_id: int) -> Sequence[MomentHere]:
        """Return what the guild has switched off, the last first. What is gone from the library is left out."""
        off = await self._database.read(lambda connection: moments.list_switched_off(connection, guild_id))
        found = await self._find(off, frozenset(off))
        return [here for moment_id in off if (here := found[moment_id])]

    async def switch(self, guild_id: int, moment_id: str, *, off: bool, is_manager: bool, now: datetime) -> MomentHere:
        """Switch a moment off, or on again; return it as it stands now.

        Raises:
            ManagersOnly: the member may not manage the guild.
            NoSuchMoment: the moment is gone.
        """
        if not is_manager:
            raise ManagersOnly
        here = await self._get(guild_id, moment_id)

        async def work(connection: AsyncConnection) -> None:
            if off:
                await moments.switch_off(connection, guild_id, moment_id, now)
            else:
                await moments.switch_on(connection, guild_id, moment_id)

        await self._database.write(work)
        return replace(here, off=off)

    async def check_report(self, guild_id: int, user_id: int, moment_id: str) -> None:
        """See whether the member can report the moment, before she writes.

        Raises:
            NoSuchMoment: the moment is gone.
            AlreadyReported: a report of hers is waiting.
        """
        await self._get(guild_id, moment_id)
        if await self._database.read(lambda connection: reports.is_reported(connection, guild_id, moment_id, user_id)):
            raise AlreadyReported

    async def report(self, guild_id: int, user_id: int, moment_id: str, words: str, now: datetime) -> None:
        """Store what the member says is wrong about a moment, for the managers of the guild.

        Raises:
            NothingWritten: `words` holds no letter or digit.
            NoSuchMoment: the moment is gone.
            AlreadyReported: a report of hers is waiting.
        """
        words = check_words(words)
        await self._get(guild_id, moment_id)

        async def work(connection: AsyncConnection) -> bool:
            return await reports.add_report(connection, guild_id, moment_id, user_id, words, now)

        if not await self._database.write(work):
            raise AlreadyReported

    async def waiting_reports(self, guild_id: int) -> Sequence[Reported]:
        """Return what waits for a manager, the moment that was reported last coming first."""

        async def work(connection: AsyncConnection) -> tuple[Sequence[Waiting], frozenset[str]]:
            waiting = await reports.list_waiting(connection, guild_id, WORDS_SHOWN)
            return waiting, await moments.switched_off(connection, guild_id)

        waiting, off = await self._database.read(work)
        found = await self._find([entry.moment_id for entry in waiting], off)
        return [Reported(entry, found[entry.moment_id]) for entry in waiting]

    async def settle(self, guild_id: int, moment_id: str, last_id: int, *, is_manager: bool, now: datetime) -> int:
        """Mark the reports of a moment up to `last_id` as settled; return how many there were.

        A report that came after the manager looked keeps waiting.

        Raises:
            ManagersOnly: the member may not manage the guild.
        """
        if not is_manager:
            raise ManagersOnly
        return await self._database.write(
            lambda connection: reports.settle_reports(connection, guild_id, moment_id, last_id, now)
        )

    async def _get(self, guild_id: int, moment_id: str) -> MomentHere:
        pack_id = pack_id_of(moment_id)
        if pack_id is not None and not await self._database.read(lambda c: packs.find_pack(c, guild_id, pack_id)):
            raise NoSuchMoment  # of another guild, or gone
        here = _here(moment_id, await self._library_of(moment_id), ())
        if here is None:
            raise NoSuchMoment
        return here

    async def _find(self, moment_ids: Iterable[str], off: frozenset[str]) -> Mapping[str, MomentHere | None]:
        """Look moments up pack by pack: only a few packs are kept in memory."""
        found: dict[str, MomentHere | None] = {}
        home, library = "", self._library
        for moment_id in sorted(moment_ids):
            its_home = moment_id.rpartition("/")[0]
            if its_home != home or moment_id not in library.moments:
                home, library = its_home, await self._library_of(moment_id)
            found[moment_id] = _here(moment_id, library, off)
        return found


def _here(moment_id: str, library: Library, off: Iterable[str]) -> MomentHere | None:
    moment = library.moments.get(moment_id)
    return MomentHere(moment, library, moment_id in off) if moment else None
