"""Previews of articles: kept whatever was typed, saved once, by their author, in her guild."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.library import Library
from bot.domain.library_drafts import KEPT
from bot.domain.own_articles import MOST_ARTICLES, Change, OwnArticle, Written
from bot.errors import (
    AlreadyInLibrary,
    DateUnclear,
    DraftGone,
    LinkNotWeb,
    NoHeadline,
    SummaryTooLong,
    TooManyArticles,
)
from bot.services.jobs import JobService
from bot.services.library_drafts import EXPIRE, Preview
from bot.services.privacy import PrivacyService
from bot.storage import own_articles
from bot.storage.database import Database
from bot.storage.library_drafts import MOST_DRAFTS
from tests.services.own_shelf import BORA, GUILD, MINA, NOON, OTHER, Shelf, settled, shelf_on

LINK = "https://example.com/a"
WRITTEN = Written("Kim Se-jeong on ‘Business Proposal’", "Our Paper", "2024-02", LINK, "With Ahn Hyo-seop.")


@pytest.fixture
async def shelf(database: Database, library: Library) -> AsyncIterator[Shelf]:
    yield shelf_on(database, library)
    await settled()


async def drafted(shelf: Shelf, written: Written = WRITTEN, user_id: int = MINA) -> int:
    """Fill in a form; return the number of the draft."""
    draft = await shelf.drafts.begin(GUILD, user_id, NOON)
    await shelf.drafts.fill(GUILD, user_id, draft.id, written, NOON)
    return draft.id


async def test_a_filled_in_form_is_previewed_and_stored_when_it_is_saved(shelf: Shelf) -> None:
    draft = await shelf.drafts.begin(GUILD, MINA, NOON)
    preview = await shelf.drafts.fill(GUILD, MINA, draft.id, replace(WRITTEN, headline="  " + WRITTEN.headline), NOON)
    found = replace(WRITTEN, dramas=("business-proposal",), people=("Kim Se-jeong", "Ahn Hyo-seop"))
    assert (preview.written, preview.refusal, preview.before) == (found, None, None)
    assert await shelf.stored() == []
    saved = await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert isinstance(saved, OwnArticle)
    assert await shelf.stored() == [saved]
    assert (saved.written, saved.adder_id, saved.added_at) == (found, MINA, NOON)
    assert shelf.found("sejeong") == [WRITTEN.headline]
    kept = await shelf.library.get(GUILD, saved.id)
    assert [(line.kind, line.user_id, line.headline) for line in kept.changes] == [
        (Change.ADDED, MINA, WRITTEN.headline)
    ]


async def test_a_given_drama_and_person_are_chosen_beside_those_that_are_found(shelf: Shelf) -> None:
    draft = await shelf.drafts.begin(GUILD, MINA, NOON, ["w"], ["IU"])
    preview = await shelf.drafts.fill(GUILD, MINA, draft.id, WRITTEN, NOON)
    assert preview.draft.entered.dramas == ("w", "business-proposal")
    assert preview.draft.entered.people == ("IU", "Kim Se-jeong", "Ahn Hyo-seop")
    preview = await shelf.drafts.choose(GUILD, MINA, draft.id, NOON, dramas=["w"], people=[])
    assert preview.written is not None
    assert (preview.written.dramas, preview.written.people) == (("w",), ())


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (replace(WRITTEN, headline="  "), NoHeadline),
        (replace(WRITTEN, publisher=""), NoHeadline),
        (replace(WRITTEN, summary="x" * 901), SummaryTooLong),
        (replace(WRITTEN, date="yesterday"), DateUnclear),
        (replace(WRITTEN, date="2026-11-25"), DateUnclear),
        (replace(WRITTEN, url="example"), LinkNotWeb),
    ],
)
async def test_what_is_refused_is_kept_as_it_was_typed_and_never_stored(
    shelf: Shelf, written: Written, refusal: type[Exception]
) -> None:
    draft = await shelf.drafts.begin(GUILD, MINA, NOON)
    preview = await shelf.drafts.fill(GUILD, MINA, draft.id, written, NOON)
    assert type(preview.refusal) is refusal
    assert preview.written is None
    kept = (await shelf.drafts.get(GUILD, MINA, draft.id, NOON)).entered
    assert (kept.headline, kept.publisher, kept.date, kept.url) == (
        written.headline,
        written.publisher,
        written.date,
        written.url,
    )
    with pytest.raises(refusal):
        await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert await shelf.stored() == []
    await shelf.drafts.fill(GUILD, MINA, draft.id, WRITTEN, NOON)
    await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert len(await shelf.stored()) == 1


async def test_tomorrow_is_today_somewhere_on_earth(shelf: Shelf) -> None:
    await shelf.add(replace(WRITTEN, date="2026-11-23"))
    assert [article.written.date for article in await shelf.stored()] == ["2026-11-23"]


async def test_a_link_that_the_library_has_is_refused_in_every_spelling_but_not_in_another_guild(shelf: Shelf) -> None:
    await shelf.add(WRITTEN)
    again = await drafted(shelf, replace(WRITTEN, headline="Again", url="http://www.example.com/a/?utm_source=x"))
    with pytest.raises(AlreadyInLibrary) as refused:
        await shelf.drafts.save(GUILD, MINA, again, NOON)
    assert refused.value.values == {"headline": WRITTEN.headline}
    await shelf.add(WRITTEN, guild_id=OTHER)
    assert (len(await shelf.stored()), len(await shelf.stored(OTHER))) == (1, 1)


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
async def test_two_managers_who_save_one_link_in_one_instant_store_it_once(shelf: Shelf) -> None:
    first, second = await drafted(shelf), await drafted(shelf, replace(WRITTEN, headline="Another"), BORA)
    outcomes = await asyncio.gather(
        shelf.drafts.save(GUILD, MINA, first, NOON),
        shelf.drafts.save(GUILD, BORA, second, NOON),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyInLibrary", "OwnArticle"]
    assert len(await shelf.stored()) == 1


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
async def test_saving_twice_in_one_instant_stores_once(shelf: Shelf) -> None:
    draft = await drafted(shelf, replace(WRITTEN, url=None))
    outcomes = await asyncio.gather(
        *(shelf.drafts.save(GUILD, MINA, draft, NOON) for _ in range(5)), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DraftGone"] * 4 + ["OwnArticle"]
    assert len(await shelf.stored()) == 1


async def test_a_draft_belongs_to_its_author_in_its_guild_for_a_day(shelf: Shelf) -> None:
    draft = await drafted(shelf)
    late = NOON + timedelta(days=1, seconds=1)
    for guild_id, user_id, number, now in (
        (OTHER, MINA, draft, NOON),
        (GUILD, BORA, draft, NOON),
        (GUILD, MINA, draft + 1, NOON),
        (GUILD, MINA, draft, late),
    ):
        for refused in (
            shelf.drafts.get(guild_id, user_id, number, now),
            shelf.drafts.fill(guild_id, user_id, number, WRITTEN, now),
            shelf.drafts.choose(guild_id, user_id, number, now, dramas=[]),
            shelf.drafts.save(guild_id, user_id, number, now),
            shelf.imports.plan(guild_id, user_id, number, now),
            shelf.imports.save(guild_id, user_id, number, now),
        ):
            with pytest.raises(DraftGone):
                await refused
    with pytest.raises(DraftGone):
        await shelf.drafts.discard(GUILD, BORA, draft)
    assert await shelf.stored() == []
    await shelf.drafts.discard(GUILD, MINA, draft)
    with pytest.raises(DraftGone):
        await shelf.drafts.save(GUILD, MINA, draft, NOON)


async def test_an_edit_keeps_number_and_author_and_says_who_changed_it(shelf: Shelf) -> None:
    stored = await shelf.add(WRITTEN)
    draft = await shelf.drafts.begin_edit(GUILD, BORA, stored, NOON)
    assert draft.entered == stored.written
    changed = replace(WRITTEN, headline="Another headline", summary=None)
    preview = await shelf.drafts.fill(GUILD, BORA, draft.id, changed, NOON)
    assert preview.before == stored
    later = NOON + timedelta(hours=1)
    edited = await shelf.drafts.save(GUILD, BORA, draft.id, later)
    assert isinstance(edited, OwnArticle)
    assert (edited.id, edited.adder_id, edited.editor_id, edited.edited_at) == (stored.id, MINA, BORA, later)
    assert edited.written == replace(changed, dramas=("business-proposal",), people=("Kim Se-jeong", "Ahn Hyo-seop"))
    assert await shelf.stored() == [edited]
    assert shelf.found("another headline") == ["Another headline"]
    assert [line.kind for line in (await shelf.library.get(GUILD, stored.id)).changes] == [Change.EDITED, Change.ADDED]


async def test_saving_an_edit_that_changes_nothing_leaves_no_trace(shelf: Shelf) -> None:
    stored = await shelf.add(WRITTEN)
    draft = await shelf.drafts.begin_edit(GUILD, BORA, stored, NOON)
    assert await shelf.drafts.save(GUILD, BORA, draft.id, NOON) == stored
    assert len((await shelf.library.get(GUILD, stored.id)).changes) == 1


async def test_an_article_that_was_removed_meanwhile_can_be_saved_as_a_new_one(shelf: Shelf) -> None:
    stored = await shelf.add(WRITTEN)
    draft = await shelf.drafts.begin_edit(GUILD, MINA, stored, NOON)
    await shelf.library.remove(GUILD, BORA, stored.id, NOON)
    shown = await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert isinstance(shown, Preview)
    assert (shown.gone, shown.written) == (True, stored.written)
    assert await shelf.stored() == []
    saved = await shelf.drafts.save(GUILD, MINA, draft.id, NOON, anew=True)
    assert isinstance(saved, OwnArticle)
    assert (saved.written, saved.adder_id, saved.edited_at) == (stored.written, MINA, None)
    assert saved.id > stored.id
    assert await shelf.stored() == [saved]


async def test_what_another_manager_has_changed_meanwhile_is_shown_before_it_is_overwritten(shelf: Shelf) -> None:
    stored = await shelf.add(WRITTEN)
    draft = await shelf.drafts.begin_edit(GUILD, MINA, stored, NOON)
    shown = await shelf.drafts.fill(GUILD, MINA, draft.id, replace(WRITTEN, summary="Mine"), NOON)
    assert not shown.moved
    other = await shelf.drafts.begin_edit(GUILD, BORA, stored, NOON)
    await shelf.drafts.fill(GUILD, BORA, other.id, replace(WRITTEN, headline="Bora's", date="2023"), NOON)
    hers = await shelf.drafts.save(GUILD, BORA, other.id, NOON)
    again = await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert isinstance(again, Preview)
    assert (again.moved, again.before) == (True, hers)
    assert await shelf.stored() == [hers]
    saved = await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert isinstance(saved, OwnArticle)
    assert await shelf.stored() == [saved]
    assert (saved.written.headline, saved.written.summary) == (WRITTEN.headline, "Mine")


async def test_an_edit_offers_what_was_taken_away_but_does_not_choose_it(shelf: Shelf) -> None:
    draft = await shelf.drafts.begin(GUILD, MINA, NOON)
    await shelf.drafts.fill(GUILD, MINA, draft.id, WRITTEN, NOON)
    await shelf.drafts.choose(GUILD, MINA, draft.id, NOON, dramas=[], people=["Ahn Hyo-seop"])
    stored = await shelf.drafts.save(GUILD, MINA, draft.id, NOON)
    assert isinstance(stored, OwnArticle)
    edit = await shelf.drafts.begin_edit(GUILD, BORA, stored, NOON)
    assert (edit.dramas_offered, set(edit.people_offered)) == (
        ("business-proposal",),
        {"Ahn Hyo-seop", "Kim Se-jeong"},
    )
    shown = await shelf.drafts.fill(GUILD, BORA, edit.id, replace(WRITTEN, date="2023"), NOON)
    assert shown.written == replace(stored.written, date="2023")


async def test_a_manager_has_twenty_previews_at_most_and_the_oldest_goes(shelf: Shelf) -> None:
    first, second, *_ = [await drafted(shelf) for _ in range(MOST_DRAFTS + 1)]
    theirs = await drafted(shelf, user_id=BORA)
    with pytest.raises(DraftGone):
        await shelf.drafts.get(GUILD, MINA, first, NOON)
    assert (await shelf.drafts.get(GUILD, MINA, second, NOON)).id == second
    assert (await shelf.drafts.get(GUILD, BORA, theirs, NOON)).id == theirs


async def test_previews_are_deleted_when_they_are_a_day_old_whether_anybody_comes_back_or_not(shelf: Shelf) -> None:
    await drafted(shelf)
    hour = timedelta(hours=1)
    younger = (await shelf.drafts.begin(GUILD, BORA, NOON + hour)).id
    jobs, privacy = JobService(shelf.database, "another process"), PrivacyService(shelf.database)
    expired: list[datetime] = []

    async def expire(job: Job, now: datetime) -> None:
        expired.append(now)
        await shelf.drafts.expire(now)

    jobs.on(EXPIRE, expire)
    assert await jobs.run_due(lambda: NOON + KEPT - hour) == NOON + KEPT
    assert await jobs.run_due(lambda: NOON + KEPT) == NOON + KEPT + hour
    assert (await privacy.count(MINA), await privacy.count(BORA)) == (0, 1)
    assert (await shelf.drafts.get(GUILD, BORA, younger, NOON + hour)).id == younger
    assert await jobs.run_due(lambda: NOON + KEPT + hour) is None
    assert (await privacy.count(BORA), len(expired)) == (0, 2)


async def test_a_full_library_takes_no_more_but_can_be_edited(shelf: Shelf) -> None:
    articles = [Written(f"h{number}", "P") for number in range(MOST_ARTICLES)]
    [first, *_] = await shelf.database.write(lambda c: own_articles.add_articles(c, GUILD, articles, NOON))
    draft = await shelf.drafts.begin(GUILD, MINA, NOON)
    preview = await shelf.drafts.fill(GUILD, MINA, draft.id, WRITTEN, NOON)
    assert isinstance(preview.refusal, TooManyArticles)
    edit = await shelf.drafts.begin_edit(GUILD, MINA, first, NOON)
    await shelf.drafts.fill(GUILD, MINA, edit.id, WRITTEN, NOON)
    saved = await shelf.drafts.save(GUILD, MINA, edit.id, NOON)
    assert isinstance(saved, OwnArticle)
    assert saved.written.headline == WRITTEN.headline


async def test_a_member_who_has_her_data_deleted_is_forgotten_in_articles_history_and_drafts(shelf: Shelf) -> None:
    stored = await shelf.add(WRITTEN)
    edit = await shelf.drafts.begin_edit(GUILD, MINA, stored, NOON)
    await shelf.drafts.fill(GUILD, MINA, edit.id, replace(WRITTEN, headline="Mine"), NOON)
    await shelf.drafts.save(GUILD, MINA, edit.id, NOON)
    waiting = await drafted(shelf, replace(WRITTEN, url=None))
    privacy = PrivacyService(shelf.database)
    assert await privacy.count(MINA) == 5
    await privacy.delete(MINA)
    assert await privacy.count(MINA) == 0
    with pytest.raises(DraftGone):
        await shelf.drafts.save(GUILD, MINA, waiting, NOON)
    kept = await shelf.library.get(GUILD, stored.id)
    assert (kept.stored.written.headline, kept.stored.adder_id, kept.stored.editor_id) == ("Mine", None, None)
    assert [(line.kind, line.user_id) for line in kept.changes] == [(Change.EDITED, None), (Change.ADDED, None)]
