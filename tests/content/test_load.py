"""Reading data/: what is right becomes the library, what is wrong is named, all of it at once."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.faults import ContentBroken
from bot.content.load import load_library
from bot.domain.moments import Kind, Origin, Verdict
from bot.domain.texts import Localised
from tests.content.folders import ARTICLE, DRAMA, PEOPLE, data_folder, instead

DRAMA_FILE, ARTICLE_FILE = "dramas/proposal.toml", "articles/interview.toml"
PART_THAT_WAS_NOT = '\n[[moments.parts]]\nplanned = false\nasked.en = "the chatter"\n'


def faults(path: Path, changed: Mapping[str, str | bytes | None]) -> list[str]:
    """What is said of the folder with these files changed, as a fan reads it."""
    with pytest.raises(ContentBroken) as broken:
        load_library(data_folder(path, changed))
    return [str(fault) for fault in broken.value.faults]


def drama(*changes: tuple[str, str]) -> Mapping[str, str]:
    return {DRAMA_FILE: instead(DRAMA, *changes)}


def article(*changes: tuple[str, str]) -> Mapping[str, str]:
    return {ARTICLE_FILE: instead(ARTICLE, *changes)}


def test_a_folder_that_is_right_becomes_a_linked_library(tmp_path: Path) -> None:
    library = load_library(data_folder(tmp_path))
    moment = library.moments["rainy-kiss"]
    assert (moment.kind, moment.verdict, moment.origin) == (Kind.KISS, Verdict.PARTLY, Origin.PERFORMERS)
    assert [(part.planned, part.asked.en) for part in moment.parts] == [(True, "the kiss"), (False, "the chatter")]
    assert library.articles["interview"].url == "https://example.org/kiss"
    assert library.moments_of(library.articles["interview"]) == (moment,)
    assert library.dramas["proposal"].cast[0].character == Localised("Shin Ha-ri", "신하리")
    assert library.couples["ha-ri-tae-moo"].name == Localised("Shin Ha-ri ♥ Kang Tae-moo")
    assert library.people["Kim Se-jeong"].names == Localised("Kim Se-jeong", "김세정")


def test_spaces_around_a_text_are_not_part_of_it(tmp_path: Path) -> None:
    library = load_library(data_folder(tmp_path, article(('"OSEN"', '"  OSEN "'))))
    assert library.articles["interview"].publisher == "OSEN"


@pytest.mark.parametrize("date", ["2022", "2022-04", "2022-04-06"])
def test_a_date_is_as_exact_as_its_source(tmp_path: Path, date: str) -> None:
    library = load_library(data_folder(tmp_path, article(("2022-04-06", date))))
    assert date == library.articles["interview"].date


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dramas/new.toml": "title = ["}, "dramas/new.toml: is no TOML: Invalid value (at end of document)"),
        (
            {"dramas/new.toml": "title.en = '별'".encode("cp949")},
            "dramas/new.toml: is not UTF-8 text; save it as UTF-8",
        ),
        (drama(("year", "yaer")), f"{DRAMA_FILE}: yaer is no key of this file; remove it, or look for a misspelling"),
        (drama(("year = 2022\n", "")), f"{DRAMA_FILE}: year is missing; add it"),
        (drama(("year = 2022", "year = 1899")), f"{DRAMA_FILE}: year is out of range: greater than or equal to 1960"),
        (drama(("year = 2022", 'year = "soon"')), f"{DRAMA_FILE}: year must be a whole number without quotes"),
        (drama(("year", "episodes = 12\nyear")), f"{DRAMA_FILE}: episodes must be text in quotes"),
        (
            drama(('title.en = "Business Proposal"\ntitle.ko', 'title = "Business Proposal"\nnetwork')),
            f'{DRAMA_FILE}: title must have its texts by language: title.en = "…", title.ko = "…"',
        ),
        (
            drama(('title.ko = "사내맞선"', f'title.ko = "{"맞" * 81}"')),
            f"{DRAMA_FILE}: title.ko is too long: at most 80 characters",
        ),
        (
            drama(('kind = "kiss"', 'kind = "hug"')),
            f"{DRAMA_FILE}: moments[1].kind must be one of 'kiss', 'line', 'comedy', 'gesture' or 'other'",
        ),
        (
            drama(('kind = "main"', 'kind = "third"')),
            f"{DRAMA_FILE}: couples[1].kind must be one of 'main', 'second' or 'rival'",
        ),
        (
            drama(('id = "rainy-kiss"', 'id = "Rainy Kiss"')),
            f"{DRAMA_FILE}: moments[1].id must be made of small letters, digits and single hyphens",
        ),
        (
            drama(("planned = false", 'planned = "perhaps"')),
            f"{DRAMA_FILE}: moments[1].parts[2].planned must be true or false, without quotes",
        ),
        (
            drama(('performers = ["Kim Se-jeong"]', "performers = []")),
            f"{DRAMA_FILE}: moments[1].performers is an empty list; name at least one",
        ),
        (
            drama(('["interview"]', '"interview"')),
            f'{DRAMA_FILE}: moments[1].sources must be a list: ["…", "…"]',
        ),
        (
            drama(('"An interview"', '" "')),
            f"{DRAMA_FILE}: moments[1].how_known.en is empty; write something or remove the line",
        ),
        (
            article(("2022-04-06", "6 April 2022")),
            f'{ARTICLE_FILE}: date must be a date like "2016-08-04", "2016-08" or "2016"',
        ),
        (
            article(("2022-04-06", "2022-13")),
            f'{ARTICLE_FILE}: date must be a date like "2016-08-04", "2016-08" or "2016"',
        ),
        (article(('"2022-04-06"', "2022-04-06")), f"{ARTICLE_FILE}: date must be text in quotes"),
        (
            article(("https://example.org/kiss", "example.org/kiss")),
            f"{ARTICLE_FILE}: url must be a whole web address that starts with https:// or http://",
        ),
        (
            article(("https://", "ftp://")),
            f"{ARTICLE_FILE}: url must be a web address that starts with https:// or http://",
        ),
        (
            article(("url =", 'headline_rendered = ["kr"]\nurl =')),
            f"{ARTICLE_FILE}: headline_rendered[1] must be one of 'en' or 'ko'",
        ),
        (
            {"people.toml": instead(PEOPLE, ("ko =", "korean ="))},
            "people.toml: Kim Se-jeong.korean is no key of this file; remove it, or look for a misspelling",
        ),
        ({"people.toml": None}, "people.toml: is missing"),
    ],
)
def test_a_fault_is_said_with_its_file_its_key_and_what_to_write(
    tmp_path: Path, changed: Mapping[str, str | bytes | None], said: str
) -> None:
    assert said in faults(tmp_path, changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            drama(('["interview"]', '["interview", "gone"]')),
            f'{DRAMA_FILE}: moments[rainy-kiss].sources "gone" is no file in articles/',
        ),
        (
            drama(('performers = ["Kim Se-jeong"]', 'performers = ["Gong Yoo"]')),
            f'{DRAMA_FILE}: moments[rainy-kiss].performers "Gong Yoo" is not in the cast of this drama',
        ),
        (
            drama((PART_THAT_WAS_NOT, "")),
            f'{DRAMA_FILE}: moments[rainy-kiss].parts does not fit verdict = "partly": '
            "write a part with planned = true and one with planned = false",
        ),
        (
            drama(('verdict = "partly"', 'verdict = "scripted"'), ('origin = "performers"', 'origin = "script"')),
            f'{DRAMA_FILE}: moments[rainy-kiss].parts does not fit verdict = "scripted": '
            "write only parts with planned = true",
        ),
        (
            drama(('verdict = "partly"', 'verdict = "improvised"')),
            f'{DRAMA_FILE}: moments[rainy-kiss].parts does not fit verdict = "improvised": '
            "write only parts with planned = false",
        ),
        (
            drama(('origin = "performers"', 'origin = "script"')),
            f'{DRAMA_FILE}: moments[rainy-kiss].origin must be "script" where the verdict is "scripted", '
            "and only there",
        ),
        (
            drama(('verdict = "partly"', 'verdict = "scripted"'), (PART_THAT_WAS_NOT, "")),
            f'{DRAMA_FILE}: moments[rainy-kiss].origin must be "script" where the verdict is "scripted", '
            "and only there",
        ),
        (
            drama(('"the chatter"', '"was the chatter planned?"')),
            f"{DRAMA_FILE}: moments[rainy-kiss].parts[2].asked must be a noun phrase, not a question",
        ),
        (
            drama(('"the chatter"', '"They chatter."')),
            f"{DRAMA_FILE}: moments[rainy-kiss].parts[2].asked must be a noun phrase, not a question",
        ),
        (
            {"people.toml": instead(PEOPLE, ('["Ahn Hyo-seop"]\n', ""))},
            f'{DRAMA_FILE}: cast.actor "Ahn Hyo-seop" is not in people.toml; add the person there',
        ),
        (
            article(('people = ["Kim Se-jeong"]', 'people = ["Gong Yoo"]')),
            f'{ARTICLE_FILE}: people "Gong Yoo" is not in people.toml; add the person there',
        ),
        (
            article(('["proposal"]', '["proposal", "goblin"]')),
            f'{ARTICLE_FILE}: dramas "goblin" is no file in dramas/',
        ),
        (
            article(("url =", "also_at ="), ('"https://example.org/kiss"', '["https://example.org/kiss"]')),
            f"{ARTICLE_FILE}: url is missing; put the first address of also_at there",
        ),
        (
            article(("url =", 'headline_rendered = ["ko"]\nurl =')),
            f'{ARTICLE_FILE}: headline.ko is missing, though headline_rendered names "ko"',
        ),
        (
            {"people.toml": PEOPLE + '["Gong Yu"]\n'},
            'people.toml: ["Gong Yu"] is in no cast and no article; remove it, or look for a misspelling',
        ),
    ],
)
def test_a_fault_between_files_is_said_with_its_file_its_key_and_what_to_write(
    tmp_path: Path, changed: Mapping[str, str | bytes | None], said: str
) -> None:
    assert [said] == faults(tmp_path, changed)


@pytest.mark.parametrize("kind", ["couples", "moments"])
def test_an_id_that_stands_twice_is_said_of_both_files(tmp_path: Path, kind: str) -> None:
    other = {"couples": "rainy-kiss", "moments": "ha-ri-tae-moo"}[kind]
    own = {"moments": "rainy-kiss", "couples": "ha-ri-tae-moo"}[kind]
    said = f'{kind}.id "{own}" stands more than once; choose another'
    again = instead(DRAMA, (f'"{other}"', '"another"'))
    assert [f"dramas/again.toml: {said}", f"{DRAMA_FILE}: {said}"] == faults(tmp_path, {"dramas/again.toml": again})


@pytest.mark.parametrize("stem", ["Second Interview", "second_interview", "second.interview", "x" * 71])
def test_a_file_whose_name_is_no_id_is_said(tmp_path: Path, stem: str) -> None:
    said = faults(tmp_path, {f"articles/{stem}.toml": ARTICLE})
    assert [fault for fault in said if fault.startswith(f"articles/{stem}.toml: ")] == said


def test_an_empty_folder_is_no_library(tmp_path: Path) -> None:
    said = faults(tmp_path, {DRAMA_FILE: None, ARTICLE_FILE: None, "people.toml": None})
    assert [
        f"articles/: no file here; is {tmp_path} the data folder?",
        f"dramas/: no file here; is {tmp_path} the data folder?",
        "people.toml: is missing",
    ] == said
