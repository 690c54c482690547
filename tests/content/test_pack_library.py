"""A pack as a library: its ids, its dramas and people, and that rules and games work on it."""

import json
from dataclasses import replace

import pytest

from bot.content.pack_library import pack_id_of, pack_library, survey
from bot.content.packs import Format, read_pack, write_pack
from bot.domain.games import Angle
from bot.domain.library import Library
from bot.domain.moments import Kind, Origin, Verdict
from bot.domain.questions import fits
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised
from tests.content.pack_files import GOOD
from tests.content.shipped import shipped_library


def library_of(text: str = GOOD, pack_id: int = 7, shipped: Library | None = None) -> Library:
    stored = read_pack("pack.toml", text.encode(), shipped_library()).stored
    return pack_library(pack_id, stored, shipped or shipped_library())


def test_a_drama_of_the_catalogue_is_that_drama_with_the_moments_of_the_pack_alone() -> None:
    library, shipped = library_of(), shipped_library().dramas["business-proposal"]
    drama = library.dramas["business-proposal"]
    assert (drama.title, drama.year, drama.other_titles) == (shipped.title, shipped.year, shipped.other_titles)
    assert drama.cast == shipped.cast
    assert drama.couples == ()
    assert [moment.verdict for moment in drama.moments] == [Verdict.PARTLY]


def test_an_actor_is_known_by_any_spelling_and_others_join_the_cast() -> None:
    library = library_of(GOOD.replace('"설인아"', '"설인아", "Somebody New"'))
    moment = library.dramas["business-proposal"].moments[0]
    assert moment.performers == ("Kim Min-kyu", "Seol In-ah", "Somebody New")
    assert library.people["Seol In-ah"].ko == "설인아"
    assert library.people["Somebody New"].ko is None
    assert library.dramas["business-proposal"].cast[-1].actor == "Somebody New"


def test_a_drama_of_its_own_has_the_title_and_year_that_the_pack_gives() -> None:
    (drama,) = [drama for drama in library_of().dramas.values() if drama.id.startswith("pack/7/d-")]
    assert (drama.title, drama.year) == (Localised("Our Own Drama", "우리 드라마"), 2019)


def test_spellings_of_a_drama_of_its_own_are_one_drama_with_the_korean_title_that_one_of_them_gives() -> None:
    scene = GOOD[GOOD.index("[[moments]]", 5) :]
    others = "".join(
        scene.replace('drama.ko = "우리 드라마"\n', "").replace("Our Own Drama", title).replace("the line", title)
        for title in ("our own drama", "OUR OWN DRAMA")
    )
    for text in (others + GOOD, GOOD + others):
        (drama,) = [drama for drama in library_of(text).dramas.values() if drama.id.startswith("pack/")]
        assert drama.title.ko == "우리 드라마"
        assert len(drama.moments) == 3


def test_ids_stay_when_a_pack_is_uploaded_again_in_another_order_or_format_or_with_a_translation_mended() -> None:
    first = set(library_of().moments)
    two = GOOD.index("[[moments]]", 5)
    mended = GOOD[two:] + GOOD[:two].replace("안경을 벗고", "안경까지 벗고").replace("his idea", "his own idea")
    assert set(library_of(mended).moments) == first
    exported = write_pack(read_pack("a.toml", GOOD.encode(), shipped_library()).stored, Format.CSV)
    again = read_pack("a.csv", exported.encode(), shipped_library()).stored
    assert set(pack_library(7, again, shipped_library()).moments) == first
    assert all(moment_id.startswith("pack/7/") and len(moment_id) == 17 for moment_id in first)
    assert set(library_of(GOOD.replace("the line", "the word")).moments) != first


def test_every_id_says_which_pack_it_is_of() -> None:
    library = library_of(pack_id=123456789)
    ids = [*library.moments, *library.articles]
    assert [pack_id_of(entry_id) for entry_id in ids] == [123456789] * 4
    assert pack_id_of("business-proposal-glasses-kiss") is None
    assert pack_id_of("pack/x/1") is None


def test_sources_are_articles_that_can_be_cited_and_link_where_there_is_an_address() -> None:
    library = library_of()
    sources = {library.articles[moment.sources[0]] for moment in library.moments.values()}
    assert {(source.headline.en, source.publisher, source.link) for source in sources} == {
        ("Kim Min-kyu on the glasses", "OSEN", "https://example.com/glasses"),
        ("A radio interview", "", None),
    }
    assert {drama.id for source in sources for drama in library.dramas_of(source)} == set(library.dramas)


def test_a_moment_says_what_the_file_says() -> None:
    library = library_of()
    moment = library.dramas["business-proposal"].moments[0]
    assert (moment.kind, moment.origin, moment.spoilers) == (Kind.KISS, Origin.PERFORMERS, SpoilerLevel.MILD)
    assert moment.idea_by == "Kim Min-kyu"
    assert moment.parts[1].asked == Localised("taking off the glasses", "안경을 벗는 동작")
    assert moment.game_ready
    assert fits(Angle.SCRIPT, moment, 0, library)
    assert fits(Angle.WHOSE, moment, 1, library)


@pytest.mark.parametrize(("year", "known"), [(2019, True), (2020, False)])
def test_a_drama_that_the_catalogue_learns_of_later_becomes_that_of_the_catalogue(year: int, known: bool) -> None:
    shipped = shipped_library()
    later = replace(
        shipped.dramas["business-proposal"], id="our-own-drama", title=Localised("Our own drama"), year=year, moments=()
    )
    library = library_of(shipped=Library({**shipped.dramas, later.id: later}, shipped.articles, shipped.people))
    assert ("our-own-drama" in library.dramas) is known
    assert len(library.moments) == 2


def test_a_drama_that_the_catalogue_has_no_more_stays_playable() -> None:
    library = library_of(shipped=Library({}, {}, {}))
    assert len(library.moments) == 2
    assert {drama.title.en for drama in library.dramas.values()} == {"Business Proposal", "Our Own Drama"}


def test_a_survey_counts_scenes_questions_kinds_levels_and_dramas() -> None:
    counted = survey(library_of())
    assert (counted.scenes, counted.scripted, counted.ad_lib) == (2, 2, 1)
    assert counted.kinds == {Kind.KISS: 1, Kind.OTHER: 1}
    assert counted.spoilers == {SpoilerLevel.NONE: 1, SpoilerLevel.MILD: 1}
    assert [title.en for title in counted.known_dramas] == ["Business Proposal"]
    assert [title.en for title in counted.own_dramas] == ["Our Own Drama"]


def test_every_shipped_moment_could_stand_in_a_pack() -> None:
    shipped = shipped_library()
    for moment in shipped.moments.values():
        drama = shipped.dramas[moment.drama_id]
        asked = [{"planned": part.planned, "asked": part.asked.en} for part in moment.parts]
        written = {"drama": drama.title.en, "year": drama.year, "scene": moment.scene.en, "reveal": moment.reveal.en}
        text = "[[moments]]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in written.items())
        text += f"\nsource = {json.dumps(shipped.articles[moment.sources[0]].headline.en)}"
        text += "".join(
            f"\n[[moments.parts]]\nplanned = {str(part['planned']).lower()}\nasked = {json.dumps(part['asked'])}"
            for part in asked
        )
        (made,) = library_of(text).moments.values()
        assert (made.verdict, made.drama_id, made.scene.en) == (moment.verdict, moment.drama_id, moment.scene.en)
