"""Every page of single scenes that can be made is one that Discord takes, in both languages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest

from bot.app import DATA
from bot.domain.library import Article, Drama, Library
from bot.domain.moments import Verdict
from bot.domain.reports import MOST_LETTERS, Waiting
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Language, Localised
from bot.services.moments import MomentHere, Reported
from bot.text.catalogue import Catalogue, Phrases, load_catalogue
from bot.ui.pager import page_of
from bot.ui.pages import Page
from cogs.moments import render
from cogs.seen.render import seen_page
from tests.cogs.specification import body_faults
from tests.cogs.world import shipped_library
from tests.domain.builders import moment

CATALOGUE: Catalogue = load_catalogue(DATA / "locales")
LIBRARY = shipped_library()
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
MOST_TEXT, MOST_PARTS = 4000, 40
WORST = "*" * MOST_LETTERS
"""Every character of it needs a second one to be shown."""


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


def faults(page: Page) -> list[str]:
    found = body_faults("POST", "/channels/1/messages", {"flags": 1 << 15, "components": page.to_components()})
    if page.content_length() > MOST_TEXT or page.total_children_count > MOST_PARTS:
        found.append(f"{page.content_length()} characters, {page.total_children_count} components")
    return found


def packed(spoilers: SpoilerLevel, letters: str, *, headline: str = "x", address: int = 180) -> MomentHere:
    """A moment of a pack with texts as long as a pack may have them."""

    def text(length: int) -> str:
        return (letters * length)[:length]

    made = replace(
        moment("pack/9223372036854775807/0123456789", False, False, drama_id="d", spoilers=spoilers, sources=("s",)),
        verdict=Verdict.PARTLY,
        scene=Localised(text(400)),
        reveal=Localised(text(900)),
    )
    url = "https://example.org/".ljust(address, "y")
    source = Article("s", Localised(headline * 200), Localised("A summary"), headline * 80, "2026-05-01", url)
    drama = Drama("d", Localised(text(80), "가" * 80), 2026, (), (), (made,))
    return MomentHere(made, Library({"d": drama}, {"s": source}, {}), off=True)


def texts(page: Page) -> str:
    return "\n".join(child.content for child in page.walk_children() if isinstance(child, discord.ui.TextDisplay))


def reported(here: MomentHere | None, words: str = WORST) -> Reported:
    return Reported(Waiting("pack/9223372036854775807/0123456789", 10**6, 2**31, NOW, (words,) * 3), here)


def shipped(*, off: bool = False) -> Sequence[MomentHere]:
    return [MomentHere(shown, LIBRARY, off) for shown in LIBRARY.moments.values()]


def test_every_dramas_scenes(phrases: Phrases) -> None:
    for drama in LIBRARY.dramas.values():
        found = [MomentHere(shown, LIBRARY, off=True) for shown in drama.moments]
        for page in range(-(-len(found) // render.PAGE) or 1):
            assert faults(render.browse_page(drama, found, page, phrases)) == [], drama.id


def test_all_scenes_switched_off(phrases: Phrases) -> None:
    found = shipped(off=True)
    for page in range(-(-len(found) // render.PAGE)):
        assert faults(render.off_page(found, page, phrases)) == [], page
    assert faults(render.off_page([], 0, phrases)) == []


def test_a_report_of_every_shipped_scene_in_the_longest_words(phrases: Phrases) -> None:
    found = [Reported(Waiting(here.moment.id, 200, 9, NOW, (WORST,) * 3), here) for here in shipped()]
    for page in range(-(-len(found) // render.REPORTS_PAGE)):
        assert faults(render.reports_page(found, page, phrases)) == [], page
    assert faults(render.reports_page([], 0, phrases)) == []


@pytest.mark.parametrize("letters", ["x", "*"])
@pytest.mark.parametrize("spoilers", list(SpoilerLevel))
def test_the_longest_scenes_that_a_pack_may_have(phrases: Phrases, spoilers: SpoilerLevel, letters: str) -> None:
    for address in (180, 512):
        here = packed(spoilers, letters, headline=letters, address=address)
        entries, _page, _pages = page_of([here] * 9, 0, render.PAGE)
        assert sum(render.off_page([one], 0, phrases).content_length() for one in entries) <= MOST_TEXT
        reports = render.reports_page([reported(here)], 0, phrases)
        assert reports.content_length() * render.REPORTS_PAGE <= MOST_TEXT
        assert ("https://" in texts(reports)) is (address == 180)
        assert faults(reports) == []
        assert faults(render.off_page([here], 0, phrases)) == []


def test_words_are_shown_of_every_reported_scene_however_long_it_is(phrases: Phrases) -> None:
    here = packed(SpoilerLevel.MAJOR, "*", headline="*")
    assert "> It is wrong." in texts(render.reports_page([reported(here, "It is wrong.")], 0, phrases))


def test_a_report_is_shown_in_full_where_there_is_room(phrases: Phrases) -> None:
    waiting = Waiting("a-kiss", 1, 1, NOW, ("word " * 99,))
    shown = texts(render.reports_page([Reported(waiting, shipped()[0])], 0, phrases))
    assert ("word " * 99).strip() in shown


def test_a_scene_with_bars_cannot_open_its_veil(phrases: Phrases) -> None:
    here = packed(SpoilerLevel.MAJOR, "x|")
    for page in (render.off_page([here], 0, phrases), render.reports_page([reported(here)], 0, phrases)):
        assert "\\||" not in texts(page)
        assert "||xxx" in texts(page)


def test_the_form_fits_with_the_longest_id(phrases: Phrases) -> None:
    form = render.report_form("x" * 70, phrases).to_dict()
    assert len(form["title"]) <= 45
    assert all(len(part.get("label", "")) <= 45 for part in form["components"])
    assert all(len(part.get("description", "")) <= 100 for part in form["components"])


def test_the_whole_catalogue_marked_as_seen(phrases: Phrases) -> None:
    dramas = [*LIBRARY.dramas.values()]
    for page in range(11):
        assert faults(seen_page(dramas, page, {}, phrases)) == [], page
    assert faults(seen_page([], 0, {}, phrases)) == []


def test_translators_know_every_reason_why_a_shipped_scene_is_never_asked_about() -> None:
    reasons = {shown.not_asked_because for shown in LIBRARY.moments.values() if shown.not_asked_because}
    assert reasons - {*render.REASONS} == set()
