"""Packs written as TOML: what is read, and which line is named where something is wrong."""

import json
import unicodedata

import pytest

from bot.content.packs import read_pack
from tests.content.pack_files import GOOD, told
from tests.content.shipped import shipped_library


def line_of(text: str, beginning: str, nth: int = 1) -> int:
    """The line of the nth line of `text` that begins so."""
    return [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(beginning)][nth - 1]


def test_a_good_file_is_stored_with_everything_said_that_it_leaves_out() -> None:
    read = read_pack("Pack.TOML", GOOD.encode(), shipped_library())
    first, second = json.loads(read.stored)
    assert read.size == 2
    assert first["drama"] == {"en": "Business Proposal", "ko": "사내맞선"}
    assert (first["year"], first["origin"], first["spoilers"]) == (2022, "performers", "mild")
    assert [part["planned"] for part in first["parts"]] == [True, False]
    assert first["source"]["date"] == "2022-04-06"
    assert (first["evidence"], first["confidence"]) == ("stated", "medium")
    assert first["how_known"] == "Kim Min-kyu on the glasses"
    assert (second["origin"], second["kind"], second["source"]) == ("script", "other", {"title": "A radio interview"})
    assert second["parts"] == [{"planned": True, "asked": "the line"}]


def test_a_byte_order_mark_windows_line_ends_and_decomposed_hangul_change_nothing() -> None:
    plain = read_pack("a.toml", GOOD.encode(), shipped_library())
    windows = unicodedata.normalize("NFD", GOOD).replace("\n", "\r\n").encode("utf-8-sig")
    assert read_pack("a.toml", windows, shipped_library()) == plain


@pytest.mark.parametrize("title", ["사내맞선", "business  proposal", "business-proposal", "BusinessProposal"])
def test_a_drama_of_the_catalogue_is_known_by_its_id_and_every_spelling_of_its_titles(title: str) -> None:
    read = read_pack("a.toml", GOOD.replace('"Business Proposal"', f'"{title}"').encode(), shipped_library())
    assert json.loads(read.stored)[0]["drama"] == {"en": "Business Proposal", "ko": "사내맞선"}


def test_a_drama_is_known_by_half_of_its_title_unless_the_year_says_that_it_is_another_one() -> None:
    text = GOOD.replace("Our Own Drama", "Goblin").replace('drama.en = "Goblin"\n', "").replace("우리 드라마", "도깨비")
    half = json.loads(read_pack("a.toml", text.replace("year = 2019\n", "").encode(), shipped_library()).stored)[1]
    assert (half["drama"]["en"], half["year"]) == ("Guardian - The Lonely and Great God", 2016)
    other = json.loads(read_pack("a.toml", text.encode(), shipped_library()).stored)[1]
    assert (other["drama"], other["year"]) == ("도깨비", 2019)


def test_a_text_in_korean_alone_stands_for_both_languages() -> None:
    text = GOOD.replace('scene = "그가 문을 닫아요."', 'scene.ko = "그가 문을 닫아요."')
    assert json.loads(read_pack("a.toml", text.encode(), shipped_library()).stored)[1]["scene"] == "그가 문을 닫아요."


@pytest.mark.parametrize(
    ("before", "after", "at", "nth", "fault"),
    [
        ('kind = "kiss"', 'kind = "hug"', "kind", 1, "kind: must be one of kiss, line, comedy, gesture, other"),
        ('kind = "kiss"', "", "[[moments]]", 1, ""),
        ('kind = "kiss"', 'kidn = "kiss"', "kidn", 1, "kidn: is not part of a pack; remove it, or look"),
        ('scene = "그가 문을 닫아요."', "", "[[moments]]", 2, "scene: is missing; add it"),
        ("scene.ko", "scene.kr", "scene.kr", 1, "scene.kr: is not part of a pack"),
        (
            "planned = true",
            'planned = "yes"',
            "planned = ",
            2,
            "parts[2].planned: must be true or false, without quotes",
        ),
        ('"the kiss"', '"was it the kiss?"', "asked = ", 1, "parts[2].asked: must be a noun phrase"),
        ("안경을 벗는 동작", "", "asked.ko", 1, "parts[1].asked.ko: is empty"),
        ("year = 2019", "year = 1919", "year", 1, "year: is too small: 1960 or more"),
        ("year = 2019", "", "[[moments]]", 2, "year: is missing: Adlib does not know this drama"),
        ("year = 2019", "year = 2019\nepisode = 0", "episode", 1, "episode: is too small: 1 or more"),
        ('kind = "kiss"', "year = 2021", "year", 1, "year: is not the one that Adlib knows: 2022"),
        ("https://example", "ftp://example", "source.url", 1, "source.url: must be a whole web address"),
        ("2022-04-06", '"last year"', "source.date", 1, "source.date: must be a date like"),
        ('source = "A radio interview"', "", "[[moments]]", 2, "source: is missing; add it"),
        ("scripted = true", 'scripted = true\norigin = "accident"', "origin", 1, "origin: must be “script” where"),
        ('idea_by = "Kim Min-kyu"', 'origin = "script"', "origin", 1, "origin: must be “script” where"),
        ('kind = "kiss"', 'origin = "mixed"', "idea_by", 1, "idea_by: must be one of the performers, and stands only"),
        (
            'kind = "kiss"',
            'verdict = "improvised"',
            "verdict",
            1,
            "verdict: does not fit its parts, which make it “partly”",
        ),
        ('idea_by = "Kim Min-kyu"', 'idea_by = "Kim Min"', "idea_by", 1, "idea_by: must be one of the performers"),
        ("scripted = true", "", "[[moments]]", 2, "scripted: is missing"),
        ('asked = "the line"', "", "[[moments]]", 2, "asked: is missing"),
        ('kind = "kiss"', "scripted = false", "[[moments.parts]]", 1, "parts: stand beside scripted or asked"),
        ('"the kiss"', '"taking off the glasses"', "[[moments.parts]]", 1, "parts: has the same words twice"),
        ('"설인아"', '"설인아; 김세정"', "performers", 1, "performers[2]: holds a semicolon"),
        ("안경을 벗고", "안경을\u202e 벗고", "scene.ko", 1, "scene.ko: holds a character that nobody can see"),
        ('reveal = "The', f'reveal = "{"x" * 900}The', "reveal", 1, "reveal: is too long: at most 900 characters"),
        ('asked = "the kiss"', f'asked = "{"x" * 121}"', "asked = ", 1, "parts[2].asked: is too long: at most 120"),
        ('["Kim Min-kyu", "설인아"]', '"Kim Min-kyu"', "performers", 1, "performers: must be a list"),
    ],
)
def test_a_fault_is_named_with_its_line_its_key_and_what_to_write(
    before: str, after: str, at: str, nth: int, fault: str
) -> None:
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    found = told(text)
    if not fault:
        assert found == []
        return
    assert len(found) == 1
    assert found[0].startswith(f"{line_of(text, at, nth)} {fault}")


def test_every_fault_is_listed_in_the_order_of_the_lines() -> None:
    text = "nonsense = 1\n" + GOOD.replace("kiss", "?").replace('source = "A', 'sauce = "A')
    lines = [int(fault.split(" ", 1)[0]) for fault in told(text)]
    assert lines == sorted(lines)
    assert len(lines) == 5
    assert told(text)[0] == "1 nonsense: is not part of a pack; remove it, or look for a misspelling"


def test_headers_and_keys_inside_a_long_text_are_not_taken_for_lines_of_the_file() -> None:
    text = GOOD.replace(
        'scene = "그가 문을 닫아요."', 'scene = """\n[[moments]]\nkind = "x"\n[[moments]] \\"\\"\\" \n"""\nkind = "y"'
    )
    assert told(text) == [f"{line_of(text, 'kind', 3)} kind: must be one of kiss, line, comedy, gesture, other"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[moments]]\nkind = \n", "2 : This is not TOML: Invalid value."),
        ("[[moments]]\nkind = 'a'\nkind = 'b'\n", "3 : This is not TOML: Cannot overwrite a value."),
        ('[[moments]]\nscene = """', "2 : This is not TOML: "),
        ("moments = 3\n", "1 moments: must be written [[moments]], with two brackets"),
        ("[moments]\nkind = 'kiss'\n", "1 moments: must be written [[moments]], with two brackets"),
        ("moments = [1]\n", "1 moments: must be tables, each below a line [[moments]]"),
        ("", "1 [[moments]]: is missing; add it"),
        ("# nothing but a remark\n", "1 [[moments]]: is missing; add it"),
        ("a = " + "[" * 5000, "1 : This file has brackets within brackets, far too many."),
        ("x" + ".y" * 1000 + " = 1", "1 : This line has too many words joined by dots; put spaces between them."),
        ('"x"' + '."y"' * 1000 + " = 1", "1 : This line has too many words joined by dots; put spaces between them."),
        ("x = 1" + " " * 30_000, "1 : This line is too long; give every key a line of its own."),
    ],
)
def test_a_file_that_is_no_pack_at_all_says_so(text: str, fault: str) -> None:
    found = told(text)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_scene_without_the_header_of_the_next_one_is_refused_before_it_is_looked_at() -> None:
    text = "[[moments]]\n" + "".join(f"key{number} = 1\n" for number in range(10_000))
    assert told(text) == ["1 : This scene is far too long; is a [[moments]] missing in it?"]


def test_one_scene_cannot_stand_twice() -> None:
    lines = [line_of(GOOD + GOOD, "[[moments]]", nth) for nth in (1, 2, 3, 4)]
    assert told(GOOD + GOOD) == [
        f"{lines[2]} : This scene stands in line {lines[0]} already.",
        f"{lines[3]} : This scene stands in line {lines[1]} already.",
    ]


def test_a_drama_of_the_packs_own_has_one_year_and_one_korean_title() -> None:
    again = GOOD[GOOD.index("[[moments]]", 5) :].replace("the line", "another line")
    text = GOOD + again.replace("2019", "2018").replace("우리 드라마", "남의 드라마")
    assert told(text) == [
        f"{line_of(text, 'drama.en', 2)} drama: has another Korean title in line {line_of(text, 'drama.ko')}",
        f"{line_of(text, 'year', 2)} year: is 2019 for the same drama in line {line_of(text, 'year')}",
    ]
    assert told(GOOD + again) == []
