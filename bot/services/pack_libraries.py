"""The libraries of packs, a few of them in memory, built in threads so that no click waits."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.pack_library import Survey, pack_id_of, pack_library, survey
from bot.domain.library import Library
from bot.storage import packs
from bot.storage.database import Database

KEPT: Final = 8
"""Libraries that stay in memory."""

EMPTY: Final = Library({}, {}, {})
"""The library of a pack that is gone."""


@dataclass(frozen=True, slots=True)
class Built:
    """The library of one version of a pack, and that counted."""

    version: int
    library: Library
    survey: Survey


class PackLibraries:
    """Finds the library of a pack. Within a transaction hand its connection over: waiting for another may not end."""

    def __init__(self, database: Database, shipped: Library) -> None:
        self._database = database
        self._shipped = shipped
        self._kept: OrderedDict[int, Built] = OrderedDict()
        self._building = asyncio.Lock()
        self._changes = 0

    async def of_moment(self, moment_id: str, connection: AsyncConnection | None = None) -> Library:
        """Return the library that holds the moment, and an empty one where its pack is gone."""
        pack_id = pack_id_of(moment_id)
        if pack_id is None:
            return self._shipped
        kept = self._kept.get(pack_id)
        if kept is not None and moment_id in kept.library.moments:
            self._kept.move_to_end(pack_id)
            return kept.library  # without a look at what is stored: every answer of a game comes by here
        built = await self.find(pack_id, connection)
        return EMPTY if built is None else built.library

    async def find(self, pack_id: int, connection: AsyncConnection | None = None) -> Built | None:
        """Return the library of a pack as it is stored now, and keep it; None where the pack is gone."""
        changes = self._changes

        async def look(connection: AsyncConnection) -> Built | tuple[int, str] | None:
            kept = self._kept.get(pack_id)
            if kept is not None and kept.version == await packs.find_version(connection, pack_id):
                return kept
            return await packs.find_content(connection, pack_id)

        found = await (self._database.read(look) if connection is None else look(connection))
        if isinstance(found, tuple):
            found = await self._build(pack_id, *found)
        if found is None:
            self._kept.pop(pack_id, None)
        elif changes == self._changes:  # no pack was replaced or removed meanwhile, perhaps this one
            self._kept[pack_id] = found
            self._kept.move_to_end(pack_id)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def forget(self, pack_id: int) -> None:
        """Drop a library that is stored no more, also one that is just being built."""
        self._changes += 1
        self._kept.pop(pack_id, None)

    async def _build(self, pack_id: int, version: int, stored: str) -> Built:
        """Build a library, one at a time; whoever waited for the same one takes that."""
        async with self._building:
            kept = self._kept.get(pack_id)
            if kept is not None and kept.version == version:
                return kept
            library, counted = await asyncio.to_thread(_counted, pack_id, stored, self._shipped)
            return Built(version, library, counted)


def _counted(pack_id: int, stored: str, shipped: Library) -> tuple[Library, Survey]:
    library = pack_library(pack_id, stored, shipped)
    return library, survey(library)
