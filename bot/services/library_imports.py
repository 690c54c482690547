"""Importing articles into a guild's own library: a file is read, looked at, and imported as a whole."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.file_faults import FileFault
from bot.content.own_files import FileRead, faults_beside, format_of
from bot.content.uploads import articles_of
from bot.domain.library_drafts import Draft, ImportDraft, Imported, Plan, plan_import
from bot.domain.own_articles import MOST_ARTICLES, Change, OwnArticle, latest_day
from bot.errors import AlreadyInLibrary, DraftGone, TooManyArticles
from bot.services.jobs import JobService
from bot.services.library import check_room
from bot.services.own_libraries import OwnLibraries
from bot.services.uploads import Uploading
from bot.storage import library_drafts, own_articles
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What importing a file would do; `draft_id` is None where there is nothing to save.

    It has `moved` where that is something else than the preview before it showed.
    """

    plan: Plan
    draft_id: int | None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file was refused; `faults` are all that is wrong with it, in the order of its lines."""

    faults: Sequence[FileFault]


@dataclass(frozen=True, slots=True)
class _Planned:
    """What importing would do to the library as it was after its change number `change`."""

    plan: Plan
    change: int
    held: int


class LibraryImportService:
    """Reads files and imports them. What was read belongs to the manager who sent it, in her guild."""

    def __init__(self, database: Database, own: OwnLibraries, uploads: Uploading, job_service: JobService) -> None:
        self._database = database
        self._own = own
        self._jobs = job_service
        self._uploads = uploads

    def admit(self, filename: str, size: int) -> None:
        """See whether a file may be imported, before anybody downloads it.

        Raises:
            FileOfNoKind, FileTooBig: it may not.
        """
        format_of(filename, size)

    async def read(
        self, guild_id: int, user_id: int, filename: str, content: bytes, now: datetime
    ) -> ImportPreview | Refused:
        """Read a file and say what importing it would do, or all that is wrong with it. Nothing is imported yet.

        Her last preview of a file in this guild goes.

        Raises:
            FileOfNoKind, FileTooBig, FileNotText, FileUnreadable: the file is none that could be read.
            TooManyArticles: the guild would have more than it may.
        """
        read = await self._uploads.read(guild_id, articles_of, filename, content, latest_day(now))
        planned = await self._planned(guild_id, read.imported)
        plan, room = planned.plan, MOST_ARTICLES - planned.held
        faults = await asyncio.to_thread(_faults_of, read, plan, room)
        if faults:
            return Refused(faults)
        if len(plan.new) > room:
            raise TooManyArticles(limit=MOST_ARTICLES)
        if plan.is_empty:
            return ImportPreview(plan, None)
        mark = await asyncio.to_thread(_mark, plan)
        draft = ImportDraft(0, guild_id, user_id, now, read.imported, mark)
        number = await self._database.write(lambda connection: library_drafts.add_draft(connection, draft))
        self._jobs.changed()
        return ImportPreview(plan, number)

    async def plan(self, guild_id: int, user_id: int, draft_id: int, now: datetime) -> ImportPreview:
        """Return what importing a file that was read would do by now.

        Raises:
            DraftGone: it was imported or thrown away, is too old, or another member's, or another guild's.
        """
        draft = await self._find(guild_id, user_id, draft_id, now)
        return ImportPreview((await self._planned(guild_id, draft.imported)).plan, draft_id)

    async def save(self, guild_id: int, user_id: int, draft_id: int, now: datetime) -> Plan | ImportPreview:
        """Import what was read, all of it or nothing, once; return what it did.

        Where that would be something else by now than its preview showed, nothing is stored, and the new preview
        returned: saved from there it does what that shows.

        Raises:
            DraftGone: as for `plan`; so is whoever saves a second time.
            AlreadyInLibrary, TooManyArticles: what others have stored meanwhile is in the way.
        """
        draft = await self._find(guild_id, user_id, draft_id, now)
        planned = await self._planned(guild_id, draft.imported)

        async def work(connection: AsyncConnection) -> tuple[Plan | ImportPreview, Sequence[OwnArticle]]:
            await own_articles.hold_libraries(connection)
            if not await library_drafts.hold_draft(connection, guild_id, user_id, draft_id, now):
                raise DraftGone
            plan = planned.plan
            if planned.change != await own_articles.newest_change(connection, guild_id):
                # Somebody was faster; whoever waits now for the one writer waits for the comparing as well.
                plan = await _compared(draft.imported, await own_articles.list_whole(connection, guild_id))
            if plan.clashes:
                raise AlreadyInLibrary(headline=plan.clashes[0].headline)
            await check_room(connection, guild_id, len(plan.new))
            mark = await asyncio.to_thread(_mark, plan)
            if mark != draft.mark:
                await library_drafts.save_draft(connection, replace(draft, mark=mark))
                return ImportPreview(plan, draft_id, moved=True), ()
            await library_drafts.remove_draft(connection, guild_id, user_id, draft_id)
            return plan, await _store(connection, guild_id, user_id, plan, now)

        outcome, stored = await self._database.write(work)
        await self._own.apply(guild_id, stored)
        return outcome

    async def _find(self, guild_id: int, user_id: int, draft_id: int, now: datetime) -> ImportDraft:
        async def work(connection: AsyncConnection) -> Draft | ImportDraft | None:
            return await library_drafts.find_draft(connection, guild_id, user_id, draft_id, now)

        draft = await self._database.read(work)
        if draft is None or isinstance(draft, Draft):
            raise DraftGone
        return draft

    async def _planned(self, guild_id: int, imported: Sequence[Imported]) -> _Planned:
        """Compare with what is stored, outside of every transaction: thousands of links take a while."""

        async def work(connection: AsyncConnection) -> tuple[int, Sequence[OwnArticle]]:
            change = await own_articles.newest_change(connection, guild_id)
            return change, await own_articles.list_whole(connection, guild_id)

        change, held = await self._database.read(work)
        return _Planned(await _compared(imported, held), change, len(held))


async def _store(
    connection: AsyncConnection, guild_id: int, user_id: int, plan: Plan, now: datetime
) -> Sequence[OwnArticle]:
    # First what changes: it may leave a link to what is new.
    edited = await own_articles.edit_articles(connection, plan.changed, now, editor_id=user_id)
    stored = [*await own_articles.add_articles(connection, guild_id, plan.new, now, adder_id=user_id), *edited]
    if stored:
        first = stored[0].written.headline
        await own_articles.add_change(
            connection, guild_id, Change.IMPORTED, now, user_id=user_id, headline=first, count=len(stored)
        )
    return stored


async def _compared(imported: Sequence[Imported], held: Sequence[OwnArticle]) -> Plan:
    return await asyncio.to_thread(plan_import, imported, held)


def _faults_of(read: FileRead, plan: Plan, room: int) -> Sequence[FileFault]:
    return faults_beside(read, plan, MOST_ARTICLES if len(plan.new) > room else None)


def _mark(plan: Plan) -> str:
    return plan.mark
