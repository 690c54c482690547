"""Every page of a guild's own library is one that Discord takes, in both languages, however long its texts are."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest

from bot.app import DATA
from bot.domain.library_drafts import MOST_OFFERED, Draft, Edit, Plan
from bot.domain.own_articles import Change, LibraryChange, OwnArticle, Written
from bot.domain.texts import Language
from bot.errors import AlreadyInLibrary
from bot.services.library import CHANGES_OF_ONE, History, Kept
from bot.services.library_drafts import Preview
from bot.services.library_imports import ImportPreview
from bot.text.catalogue import Phrases, load_catalogue
from bot.ui.article_previews import article_form, preview_page
from bot.ui.pages import plain
from cogs.library import render
from tests.cogs.specification import body_faults
from tests.cogs.test_render import faults
from tests.cogs.world import World, answer, buttons, menus, shipped_library, texts

CATALOGUE = load_catalogue(DATA / "locales")
LIBRARY = shipped_library()
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
LARGE: Final = 2**62
DRAMAS = tuple(sorted(LIBRARY.dramas, key=len)[-MOST_OFFERED:])
PEOPLE = tuple(sorted(LIBRARY.people, key=len)[-MOST_OFFERED:])
MOST_DRAMAS = tuple(sorted(LIBRARY.dramas, key=lambda key: len(plain(LIBRARY.dramas[key].title.en)))[-6:])
LONG_DRAMAS = tuple(sorted(LIBRARY.dramas, key=lambda key: len(plain(LIBRARY.dramas[key].title.en)))[-12:-6])
LONG_PEOPLE = tuple(sorted(LIBRARY.people, key=len)[-24:-12])
FILLINGS = {"marks": "*_", "hangul": "가", "mentions": "<@1>"}


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


@pytest.fixture(params=list(FILLINGS))
def longest(request: pytest.FixtureRequest) -> Written:
    """An article with everything that it may have."""
    letters = FILLINGS[request.param] * 900
    return Written(
        letters[:300], letters[:80], "2026-11-22", f"https://{'x' * 500}.kr", letters[:900], MOST_DRAMAS, PEOPLE[-12:]
    )


def draft(entered: Written, article_id: int | None = None) -> Draft:
    return Draft(LARGE, 1, 2, NOW, entered, DRAMAS, PEOPLE, article_id)


def change(kind: Change, headline: str, count: int = 2_000) -> LibraryChange:
    return LibraryChange(kind, headline, count, NOW, 10**18)


def test_every_preview(phrases: Phrases, longest: Written) -> None:
    stored = OwnArticle(LARGE, 1, longest, NOW, 10**18, NOW, 10**18)
    marks, link = "*_`|~\\" * 150, f"https://{'_' * 500}.kr"
    other = Written(marks[:300], marks[:80], "2020", link, marks, LONG_DRAMAS, LONG_PEOPLE)
    for preview in (
        Preview(draft(longest), None, longest),
        Preview(draft(other, LARGE), stored, other),
        Preview(draft(longest, LARGE), stored, longest),
        Preview(draft(longest, LARGE), stored, other, moved=True),
        Preview(draft(longest, LARGE), None, longest, gone=True),
        Preview(draft(longest), None, None, AlreadyInLibrary(headline=longest.headline)),
    ):
        assert faults(preview_page(preview, LIBRARY, phrases)) == []
    assert faults(preview_page(Preview(draft(Written("h", "p")), None, Written("h", "p")), LIBRARY, phrases)) == []


def test_every_form(phrases: Phrases, longest: Written) -> None:
    for filled in (draft(longest), draft(longest, LARGE), draft(replace(longest, summary="x" * 5000, url="y" * 5000))):
        form = article_form(filled, phrases).to_dict()
        assert body_faults("POST", "/interactions/1/token/callback", {"type": 9, "data": form}) == []
        assert len(form["title"]) <= 45
        for label in form["components"]:
            assert len(label["label"]) <= 45
            assert len(label["description"]) <= 100
            assert len(label["component"].get("value", "")) <= label["component"]["max_length"]


def test_every_removal_import_and_history(phrases: Phrases, longest: Written) -> None:
    stored = OwnArticle(LARGE, 1, longest, NOW)
    lines = [change(kind, longest.headline) for kind in Change] * 2
    for page in (
        render.removal_question(Kept(stored, lines[:CHANGES_OF_ONE]), LIBRARY, phrases),
        render.removed(stored, phrases),
        render.saved(stored, phrases),
        render.discarded(phrases),
        render.kept(phrases),
        render.history_page(History(lines[: render.LINES], 3, 100), phrases),
        render.history_page(History((), 0, 1), phrases),
    ):
        assert faults(page) == []
    moved = ImportPreview(Plan((longest,) * 20), LARGE, moved=True)
    assert faults(render.import_page(moved, 0, phrases)) == []
    plan = Plan((longest,) * 1_000, (Edit(stored, Written("x", "y")),) * 1_000, 5)
    for number in (0, 99, 100, 150, 999):
        assert faults(render.import_page(ImportPreview(plan, LARGE), number, phrases)) == []
    assert faults(render.imported(plan, phrases)) == []
    assert faults(render.import_page(ImportPreview(Plan(unchanged=3), None), 0, phrases)) == []


async def test_a_korean_manager_reads_korean_and_finds_titles_and_names_in_hangul(
    world: World, locales: dict[int, str]
) -> None:
    locales[world.mina.id] = "ko"
    _ = CATALOGUE[Language.KOREAN]
    form = await world.mina.slash(world.channel, "library add")
    assert form.modal is not None
    assert form.modal["title"] == _("Add an article")
    filled = {
        "headline": "‘사내맞선’ 김세정 인터뷰",
        "publisher": "우리 신문",
        "date": "2024. 2. 3.",
        "url": "",
        "summary": "",
    }
    shown = await world.mina.submit_modal(form, filled)
    assert _("Preview: nothing is stored yet. Members will see this:") in texts(answer(shown))
    assert "우리 신문 · 2024-02-03" in texts(answer(shown))
    assert [menu["options"][0]["label"] for menu in menus(answer(shown))] == ["사내맞선 (2022)", "김세정"]
    assert list(buttons(answer(shown))) == [_("Save"), _("Change the text"), _("Discard")]
    saved = await world.mina.click(answer(shown), label=_("Save"))
    assert "‘사내맞선’ 김세정 인터뷰" in texts(answer(saved))
    history = await world.mina.slash(world.channel, "library history")
    assert _("{who} added “{headline}”", who=f"<@{world.mina.id}>", headline=filled["headline"]) in texts(
        answer(history)
    )


async def test_what_a_manager_writes_formats_and_mentions_nothing(world: World) -> None:
    form = await world.mina.slash(world.channel, "library add")
    filled = {
        "headline": "**@everyone** [x](https://e.com)",
        "publisher": "_P_",
        "date": "",
        "url": "",
        "summary": "||<@1>||",
    }
    shown = await world.mina.submit_modal(form, filled)
    text = texts(answer(shown))
    assert "\\*\\*@\u200beveryone\\*\\*" in text
    assert "\\_P\\_" in text
    assert "\\|\\|" in text
    assert "<@1>" not in text.replace("\\<@1>", "")
