"""A guild's own packs: uploading, switching, exporting them, and the libraries that games play on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.file_faults import FileFault
from bot.content.file_formats import Format, ascii_name, encoded
from bot.content.folding import fold
from bot.content.pack_library import Survey
from bot.content.packs import format_of, write_example, write_pack
from bot.content.uploads import pack_of
from bot.domain.library import Library
from bot.domain.packs import BuiltIn, Pack
from bot.domain.texts import plain_name
from bot.errors import NoSuchPack, PackBroken, PackOff, TooManyPacks
from bot.services.pack_libraries import PackLibraries
from bot.services.uploads import Uploading
from bot.storage import packs
from bot.storage.database import Database

MOST_PACKS: Final = 20
"""Of a guild."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The pack is stored; it has `replaced` what stood under its name before."""

    pack: Pack
    replaced: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was stored; `faults` are all that is wrong with the file, in the order of its lines."""

    faults: Sequence[FileFault]


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack with its library, and that counted."""

    pack: Pack
    library: Library
    survey: Survey


class PackService:
    """Keeps the packs of guilds. Files are read beside the bot, libraries built in threads: no click waits for them."""

    def __init__(self, database: Database, library: Library, uploads: Uploading) -> None:
        self._database = database
        self._shipped = library
        self._libraries = PackLibraries(database, library)
        self._uploads = uploads

    async def upload(
        self, guild_id: int, user_id: int, filename: str, name: str, content: bytes, now: datetime
    ) -> Uploaded | Refused:
        """Store the file as the pack `name`: switched off, or as it was where there is one of that name already.

        Raises:
            PackOfNoKind, PackTooBig, PackNotText, FileUnreadable: the file is none that could be read.
            NameNotPlain, NameTooLong: the name is none that could be shown.
            TooManyPacks: the guild has as many as it may.
        """
        name = plain_name(name)
        folded = fold(name) or name
        try:
            read = await self._uploads.read(guild_id, pack_of, filename, content)
        except PackBroken as refusal:
            return Refused([fault for fault in refusal.faults if isinstance(fault, FileFault)])

        async def work(connection: AsyncConnection) -> Uploaded:
            if await packs.count_others(connection, guild_id, folded) >= MOST_PACKS:
                raise TooManyPacks(limit=MOST_PACKS)
            before = await packs.find_named(connection, guild_id, folded)
            saved = await packs.save_pack(
                connection,
                guild_id=guild_id,
                name=name,
                folded=folded,
                size=read.size,
                content=read.stored,
                uploader_id=user_id,
                now=now,
            )
            return Uploaded(saved, replaced=before is not None)

        uploaded = await self._database.write(work)
        self._libraries.forget(uploaded.pack.id)
        return uploaded

    def admit(self, filename: str, size: int, name: str) -> None:
        """See whether a file may be uploaded under that name, before anybody downloads it.

        Raises:
            PackOfNoKind, PackTooBig: the file may not.
            NameNotPlain, NameTooLong: the name is none that could be shown.
        """
        format_of(filename, size)
        plain_name(name)

    async def list(self, guild_id: int) -> Sequence[Pack]:
        """Return the packs of the guild, by name."""
        return await self._database.read(lambda connection: packs.list_packs(connection, guild_id))

    async def get(self, guild_id: int, pack_id: int) -> Pack:
        """Return a pack of the guild.

        Raises:
            NoSuchPack: it has no such pack (any more).
        """
        found = await self._database.read(lambda connection: packs.find_pack(connection, guild_id, pack_id))
        return _there(found, str(pack_id))

    async def find(self, guild_id: int, name: str) -> Pack:
        """Return the pack of the guild that is called so, however it is spaced and capitalised.

        Raises:
            NoSuchPack: it has no such pack.
        """
        folded = fold(name) or name
        found = await self._database.read(lambda connection: packs.find_named(connection, guild_id, folded))
        return _there(found, name)

    async def open(self, guild_id: int, pack_id: int) -> Opened:
        """Return a pack of the guild with what is in it.

        Raises:
            NoSuchPack: it has no such pack (any more).
        """
        pack = await self.get(guild_id, pack_id)
        built = await self._libraries.find(pack_id)
        if built is None:
            raise NoSuchPack(name=pack.name)
        return Opened(pack, built.library, built.survey)

    async def switch(self, guild_id: int, pack_id: int, enabled: bool) -> Pack:
        """Let games choose a pack of the guild, or not, and return it as it is now.

        Raises:
            NoSuchPack: it has no such pack (any more).
        """

        async def work(connection: AsyncConnection) -> Pack | None:
            return await packs.switch_pack(connection, guild_id, pack_id, enabled=enabled)

        return _there(await self._database.write(work), str(pack_id))

    async def remove(self, guild_id: int, pack_id: int) -> Pack:
        """Remove a pack of the guild and return what it was. Games that play on it go on without its questions.

        Raises:
            NoSuchPack: it has no such pack (any more).
        """
        removed = await self._database.write(lambda connection: packs.remove_pack(connection, guild_id, pack_id))
        self._libraries.forget(pack_id)
        return _there(removed, str(pack_id))

    async def export(self, guild_id: int, pack_id: int, kind: Format) -> tuple[str, bytes]:
        """Return a pack of the guild as a file: its name, and what is in it.

        Raises:
            NoSuchPack: it has no such pack (any more).
        """
        pack = await self.get(guild_id, pack_id)
        stored = await self._database.read(lambda connection: packs.find_content(connection, pack_id))
        if stored is None:
            raise NoSuchPack(name=pack.name)
        text = await asyncio.to_thread(write_pack, stored[1], kind)
        return ascii_name(pack.name, f"pack-{pack.id}", kind), encoded(text, kind)

    def example(self, kind: Format, head: Sequence[str]) -> tuple[str, bytes]:
        """Return a file to fill in: its name, and what is in it, with `head` as comments where there are any."""
        text = write_example(self._shipped, kind, head)
        return f"example.{kind}", encoded(text, kind)

    async def library_of(self, moment_id: str, connection: AsyncConnection | None = None) -> Library:
        """Return the library that holds the moment: the shipped one, or its pack's; an empty one where that is gone.

        Whoever asks within a transaction hands its `connection` over: waiting there for another one could last forever.
        """
        return await self._libraries.of_moment(moment_id, connection)

    async def playable(self, guild_id: int, pack_key: str) -> tuple[Pack, Library]:
        """Return the pack that a game asks for, by its number or name, and its library.

        Raises:
            NoSuchPack: the guild has no such pack.
            PackOff: it is switched off.
        """
        opened = await self.open(guild_id, (await self._enabled(guild_id, pack_key)).id)
        return opened.pack, opened.library

    async def key_of(self, guild_id: int, text: str) -> str:
        """Return the key of the pack that a game may choose by `text`: built in, or the guild's by number or name.

        Raises:
            NoSuchPack: the guild has no such pack.
            PackOff: it is switched off.
        """
        return text if text in set(BuiltIn) else str((await self._enabled(guild_id, text)).id)

    async def _enabled(self, guild_id: int, text: str) -> Pack:
        numbered = text.isascii() and text.isdecimal() and len(text) < 19
        pack = await self.get(guild_id, int(text)) if numbered else await self.find(guild_id, text)
        if not pack.enabled:
            raise PackOff(name=pack.name)
        return pack


def _there(pack: Pack | None, name: str) -> Pack:
    if pack is None:
        raise NoSuchPack(name=name)
    return pack
