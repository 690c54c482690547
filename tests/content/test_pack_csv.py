"""Packs written as CSV, as spreadsheets write it."""

import json

import pytest

from bot.content.packs import Format, read_pack, write_pack
from tests.content.pack_files import GOOD, GOOD_CSV, told
from tests.content.shipped import shipped_library


def stored(text: str) -> list[dict[str, object]]:
    return json.loads(read_pack("pack.csv", text.encode(), shipped_library()).stored)


def test_a_row_is_a_moment() -> None:
    first, second = stored(GOOD_CSV)
    assert (first["drama"], first["kind"]) == ({"en": "Business Proposal", "ko": "사내맞선"}, "kiss")
    assert first["parts"] == [{"planned": True, "asked": "the kiss"}, {"planned": False, "asked": "the glasses"}]
    assert first["performers"] == ["Kim Min-kyu", "Seol In-ah"]
    assert (second["year"], second["parts"]) == (2019, [{"planned": True, "asked": "the line"}])
    assert second["source"] == {"title": "An interview", "url": "https://example.com/a"}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_separate_columns_as_well(separator: str) -> None:
    header, *rows = GOOD_CSV.splitlines()
    rows = [row.replace(";", " &").replace(",", separator) for row in rows]
    text = "\ufeff" + "\r\n".join([header.replace(",", separator).upper(), "", *rows, separator * 3])
    assert [moment["scene"] for moment in stored(text)] == ["He takes his glasses off.", "그가 문을 닫아요."]


@pytest.mark.parametrize("date", ["2022. 4. 6.", "2022/04/06", "2022-4-6", "2022.4.6"])
def test_dates_are_read_as_korean_spreadsheets_write_them(date: str) -> None:
    text = (
        GOOD_CSV.replace("source,url", "source,date")
        .replace("Radio,", f"Radio,{date}")
        .replace("https://example.com/a", "2022")
    )
    assert [moment["source"] for moment in stored(text)] == [
        {"title": "Radio", "date": "2022-04-06"},
        {"title": "An interview", "date": "2022"},
    ]


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        ("Kiss", "Hug", ["2 kind: must be one of kiss, line, comedy, gesture, other"]),
        ("2019", "last year", ["3 year: must be a whole number without quotes"]),
        ("2019", "", ["3 year: is missing: Adlib does not know this drama. Add the year, or look for a misspelling"]),
        ("Radio", "", ["2 source: is missing; add it"]),
        ("the line", "", ["3 planned_part: is missing; say what was in the script and what was not"]),
        (
            "the glasses",
            "the glasses?",
            ["2 unplanned_part: must be a noun phrase, without a full stop or question mark"],
        ),
        ("https:", "htps:", ["3 url: must be a whole web address that starts with https:// or http://"]),
        (
            ",scene,",
            ",scenery,",
            ["1 scenery: is not part of a pack; remove it, or look for a misspelling", "1 scene: is missing; add it"],
        ),
        (",kind,", ",year,", ["1 year: stands twice in the first row"]),
        ("Radio,", "Radio,,more", ["2 : This row has more cells than the first row has columns."]),
        ("그가 문을 닫아요.", '"그가', ["3 : This is not CSV: unexpected end of data."]),
        ("그가 문을 닫아요.", "x" * 200_000, ["3 : This is not CSV: field larger than field limit (131072)."]),
    ],
)
def test_a_fault_is_named_with_its_line_and_column(before: str, after: str, faults: list[str]) -> None:
    assert before in GOOD_CSV
    assert [fault for fault in told(GOOD_CSV.replace(before, after, 1), "csv") if "stated" not in fault][
        : len(faults)
    ] == faults


def test_a_row_after_a_cell_of_several_lines_is_named_by_its_own_line() -> None:
    text = GOOD_CSV.replace("He takes his glasses off.", '"He takes\nhis glasses\noff."').replace("2019", "x")
    assert told(text, "csv") == ["5 year: must be a whole number without quotes"]
    assert stored(text.replace(",x,", ",2019,"))[0]["scene"] == "He takes his glasses off."


def test_a_file_without_rows_or_columns_says_what_is_missing() -> None:
    assert told(GOOD_CSV.splitlines()[0], "csv") == ["1 : There is no row below the names of the columns."]
    assert told("", "csv") == [
        f"1 {name}: is missing; add it"
        for name in ("drama", "scene", "reveal", "source", "planned_part, unplanned_part")
    ]


@pytest.mark.parametrize("text", ["=1+1", "+82", "-dash", "@everyone", "'=quoted", "''=twice", "＝넓은"])
def test_no_exported_cell_is_a_formula_and_its_text_comes_back(text: str) -> None:
    read = read_pack("a.toml", GOOD.replace("그가 문을 닫아요.", text).encode(), shipped_library())
    exported = write_pack(read.stored, Format.CSV)
    assert f",'{text}," in exported
    assert read_pack("a.csv", exported.encode(), shipped_library()) == read


def test_an_apostrophe_before_an_ordinary_word_stays() -> None:
    text = GOOD_CSV.replace("그가 문을 닫아요.", "'Tis the door")
    assert stored(text)[1]["scene"] == "'Tis the door"


def test_more_than_one_part_of_a_kind_has_columns_of_its_own() -> None:
    text = GOOD.replace(
        'asked = "the kiss"', 'asked = "the kiss"\n\n[[moments.parts]]\nplanned = true\nasked = "the rain"'
    )
    read = read_pack("a.toml", text.encode(), shipped_library())
    exported = write_pack(read.stored, Format.CSV)
    assert "planned_part_2" in exported.splitlines()[0]
    assert "planned_part_3" not in exported.splitlines()[0]
    assert read_pack("a.csv", exported.encode(), shipped_library()) == read
