"""Previews of what a manager does to a guild's own library: filled in, looked at, changed, saved once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.mentions import Mentions
from bot.domain.library import Library
from bot.domain.library_drafts import Draft, Edit, ImportDraft, chosen_anew, entered_anew, offered_too
from bot.domain.links import link_key
from bot.domain.own_articles import Change, OwnArticle, Written, checked, latest_day
from bot.errors import AlreadyInLibrary, DraftGone, UserError
from bot.services.jobs import JobService
from bot.services.library import check_room
from bot.services.own_libraries import OwnLibraries
from bot.storage import jobs, library_drafts, own_articles
from bot.storage.database import Database
from bot.storage.library_drafts import EXPIRE


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft, and what would be stored of it (`written`), or why it would not be (`refusal`).

    `before` is the article that it edits, as it is now; that has `moved` since her last preview, or is `gone`.
    """

    draft: Draft
    before: OwnArticle | None
    written: Written | None
    refusal: UserError | None = None
    moved: bool = False
    gone: bool = False


class LibraryDraftService:
    """Keeps previews. One belongs to the manager who began it, in her guild; nobody else finds it."""

    def __init__(
        self, database: Database, library: Library, mentions: Mentions, own: OwnLibraries, job_service: JobService
    ) -> None:
        self.library = library
        self._database = database
        self._mentions = mentions
        self._own = own
        self._jobs = job_service

    async def begin(
        self,
        guild_id: int,
        user_id: int,
        now: datetime,
        dramas: Sequence[str] = (),
        people: Sequence[str] = (),
    ) -> Draft:
        """Return an empty draft of a new article, which is about these dramas (ids) and people (names) already."""
        entered = Written("", "", dramas=tuple(dramas), people=tuple(people))
        return await self._add(Draft(0, guild_id, user_id, now, entered, tuple(dramas), tuple(people)))

    async def begin_edit(self, guild_id: int, user_id: int, stored: OwnArticle, now: datetime) -> Draft:
        """Return a draft that has everything of the article that is to be edited.

        What its text names besides is offered, but not chosen: it may have been taken away on purpose.
        """
        written = stored.written
        draft = Draft(0, guild_id, user_id, now, written, written.dramas, written.people, stored.id, written)
        named = self._mentions.of(f"{written.headline}\n{written.summary or ''}")
        return await self._add(offered_too(draft, named.dramas, named.people))

    async def get(self, guild_id: int, user_id: int, draft_id: int, now: datetime) -> Draft:
        """Return a draft, to fill its form in.

        Raises:
            DraftGone: it was saved or thrown away, is too old, or another member's, or another guild's.
        """

        async def work(connection: AsyncConnection) -> Draft:
            return await _find(connection, guild_id, user_id, draft_id, now)

        return await self._database.read(work)

    async def fill(self, guild_id: int, user_id: int, draft_id: int, entered: Written, now: datetime) -> Preview:
        """Store what was entered, however it is, with the dramas and people that it names.

        Raises:
            DraftGone: see `get`.
        """
        named = self._mentions.of(f"{entered.headline}\n{entered.summary or ''}")

        async def work(connection: AsyncConnection) -> Preview:
            draft = await _hold(connection, guild_id, user_id, draft_id, now)
            return await _shown(connection, entered_anew(draft, entered, named.dramas, named.people), now)

        return await self._database.write(work)

    async def choose(
        self,
        guild_id: int,
        user_id: int,
        draft_id: int,
        now: datetime,
        dramas: Sequence[str] | None = None,
        people: Sequence[str] | None = None,
    ) -> Preview:
        """Say which of the dramas or people that a draft offers the article is about; None leaves them as they are.

        Raises:
            DraftGone: see `get`.
        """

        async def work(connection: AsyncConnection) -> Preview:
            draft = await _hold(connection, guild_id, user_id, draft_id, now)
            return await _shown(connection, chosen_anew(draft, dramas, people), now)

        return await self._database.write(work)

    async def save(
        self, guild_id: int, user_id: int, draft_id: int, now: datetime, *, anew: bool = False
    ) -> OwnArticle | Preview:
        """Store the article of a draft, once, and return it; `anew` stores one that was removed as a new one.

        Where the article that it edits has changed since its preview, or is gone, nothing is stored, and the preview as
        it is now returned: saved from there it does what that shows.

        Raises:
            DraftGone: see `get`; so does whoever saves a second time.
            UserError: what its preview says, or would say by now. The draft stays.
        """

        async def work(connection: AsyncConnection) -> OwnArticle | Preview:
            await own_articles.hold_libraries(connection)
            draft = await _hold(connection, guild_id, user_id, draft_id, now)
            preview = await _preview(connection, draft, now)
            if preview.moved or (preview.gone and not anew):
                return await _shown(connection, draft, now)
            if preview.written is None:
                raise preview.refusal or DraftGone
            await library_drafts.remove_draft(connection, guild_id, user_id, draft_id)
            return await _store(connection, preview, preview.written, now)

        saved = await self._database.write(work)
        if isinstance(saved, OwnArticle):
            await self._own.apply(guild_id, (saved,))
        return saved

    async def discard(self, guild_id: int, user_id: int, draft_id: int) -> None:
        """Throw a draft away.

        Raises:
            DraftGone: see `get`.
        """

        async def work(connection: AsyncConnection) -> bool:
            return await library_drafts.remove_draft(connection, guild_id, user_id, draft_id)

        if not await self._database.write(work):
            raise DraftGone

    async def expire(self, now: datetime) -> None:
        """Delete the previews, of articles and of files, that are a day old, and have the others looked at in time."""

        async def work(connection: AsyncConnection) -> None:
            later = await library_drafts.forget_drafts(connection, now)
            if later is not None:
                await jobs.add_job(connection, EXPIRE, 0, later)

        await self._database.write(work)
        self._jobs.changed()

    async def _add(self, draft: Draft) -> Draft:
        number = await self._database.write(lambda connection: library_drafts.add_draft(connection, draft))
        self._jobs.changed()
        return replace(draft, id=number)


async def _find(connection: AsyncConnection, guild_id: int, user_id: int, draft_id: int, now: datetime) -> Draft:
    draft = await library_drafts.find_draft(connection, guild_id, user_id, draft_id, now)
    if draft is None or isinstance(draft, ImportDraft):
        raise DraftGone
    return draft


async def _hold(connection: AsyncConnection, guild_id: int, user_id: int, draft_id: int, now: datetime) -> Draft:
    """Find a draft and keep others from it until the transaction ends."""
    if not await library_drafts.hold_draft(connection, guild_id, user_id, draft_id, now):
        raise DraftGone
    return await _find(connection, guild_id, user_id, draft_id, now)


async def _shown(connection: AsyncConnection, draft: Draft, now: datetime) -> Preview:
    """Store what has become of a draft, with what its author sees next of the article that it edits."""
    preview = await _preview(connection, draft, now)
    seen = replace(draft, basis=preview.before.written if preview.before else None)
    await library_drafts.save_draft(connection, seen)
    return replace(preview, draft=seen)


async def _preview(connection: AsyncConnection, draft: Draft, now: datetime) -> Preview:
    """Say what would be stored of a draft, or the first thing that is in the way."""
    before = None
    if draft.article_id is not None:
        before = await own_articles.find_article(connection, draft.guild_id, draft.article_id)
    gone = draft.article_id is not None and before is None
    moved = before is not None and before.written != draft.basis
    try:
        written = checked(draft.entered, latest_day(now))
        await _check_link(connection, draft, written)
        if before is None:
            await check_room(connection, draft.guild_id, 1)
    except UserError as refusal:
        return Preview(draft, before, None, refusal, moved, gone)
    return Preview(draft, before, written, None, moved, gone)


async def _check_link(connection: AsyncConnection, draft: Draft, written: Written) -> None:
    if written.url is None:
        return
    key = link_key(written.url)
    twin = (await own_articles.find_linked(connection, draft.guild_id, [key])).get(key)
    if twin is not None and twin.id != draft.article_id:
        raise AlreadyInLibrary(headline=twin.written.headline)


async def _store(connection: AsyncConnection, preview: Preview, written: Written, now: datetime) -> OwnArticle:
    draft, before = preview.draft, preview.before
    guild_id, user_id = draft.guild_id, draft.user_id
    if before is not None and before.written == written:
        return before
    kind = Change.ADDED if before is None else Change.EDITED
    saved = (
        (await own_articles.add_articles(connection, guild_id, [written], now, adder_id=user_id))[0]
        if before is None
        else (await own_articles.edit_articles(connection, [Edit(before, written)], now, editor_id=user_id))[0]
    )
    await own_articles.add_change(
        connection, guild_id, kind, now, user_id=user_id, article_id=saved.id, headline=written.headline
    )
    return saved
