"""A guild's own articles as files: all faults at once, and nothing lost on the way there and back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from time import process_time

import pytest

from bot.content.file_faults import FileFault
from bot.content.file_toml import TomlLines
from bot.content.own_files import MOST_BYTES, faults_beside, format_of, read_articles
from bot.domain.library_drafts import MOST_IMPORTED, Clash, Imported, Plan, plan_import
from bot.domain.own_articles import OwnArticle, Written
from bot.errors import FileNotText, FileOfNoKind, FileTooBig
from tests.content.shipped import shipped_library

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD = """\
[[articles]]
headline = "Kim Se-jeong on the glasses"
publisher = "Our Fan Paper"
date = 2024-02-03
url = "https://example.com/a?x=1"
dramas = ["사내맞선"]
people = ["Kim Sejeong", "안효섭"]
summary = "How it was."

[[articles]]
headline = "도깨비 이야기"
publisher = "우리 신문"
"""
GOOD_CSV = """\
headline,publisher,date,url,dramas,people,summary
Kim Se-jeong on the glasses,Our Fan Paper,2024. 2. 3.,https://example.com/a?x=1,사내맞선,Kim Sejeong; 안효섭,How it was.
도깨비 이야기,우리 신문,,,,,
"""
READ = (
    Imported(
        Written(
            headline="Kim Se-jeong on the glasses",
            publisher="Our Fan Paper",
            date="2024-02-03",
            url="https://example.com/a?x=1",
            summary="How it was.",
            dramas=("business-proposal",),
            people=("Kim Se-jeong", "Ahn Hyo-seop"),
        )
    ),
    Imported(Written("도깨비 이야기", "우리 신문")),
)


def told(text: str, kind: str = "toml") -> list[str]:
    """What is wrong with a file, a line each."""
    faults = read_articles(f"a.{kind}", text.encode(), shipped_library(), TODAY).faults
    return [said(fault) for fault in faults]


def said(fault: FileFault) -> str:
    return f"{fault.line} {fault.key}: {fault.message.format(**fault.values)}"


@pytest.mark.parametrize(("kind", "text"), [("toml", GOOD), ("CSV", GOOD_CSV)])
def test_a_good_file_is_read_whatever_way_it_is_written(kind: str, text: str) -> None:
    read = read_articles(f"library.{kind}", text.encode("utf-8-sig"), shipped_library(), TODAY)
    assert read.imported == READ
    assert read.lines == ((1, 10) if kind == "toml" else (2, 3))


def test_all_faults_of_a_toml_file_come_at_once_with_line_field_and_reason() -> None:
    text = """\
[[articles]]
headline = ""
publisher = 7
date = "2031-01-01"
url = "ftp://example.com"
dramas = ["No Such Drama", "Goblin"]
people = "Nobody Real"
colour = "red"

[[articles]]
headline = "x"
publisher = "P"
summary = "%s"
people = [1]
id = "17"

[[articles]]
headline = "x"
publisher = "P"
"""
    assert told(text % ("s" * 901)) == [
        "2 headline: is missing; add it",
        "4 date: must be a date like 2016-08-04, 2016-08 or 2016, and not in the future",
        "5 url: must be a whole web address that starts with https:// or http://",
        "6 dramas: names a drama that Adlib does not know: No Such Drama",
        "7 people: names an actor whom Adlib does not know: Nobody Real",
        "8 colour: is not part of an article; remove it, or look for a misspelling",
        "13 summary: is too long: at most 900 characters",
        "14 people: must be a list, like [“…”, “…”]",
        "15 id: is none that an export has given; remove it for a new article",
    ]


def test_all_faults_of_a_csv_file_come_at_once_with_line_column_and_reason() -> None:
    text = "headline,publisher,date,url\n,P,yesterday,javascript:alert(1)\nOne,,,\nOne,P,,\nOne,P,,\n"
    assert told(text, "csv") == [
        "2 headline: is missing; add it",
        "2 date: must be a date like 2016-08-04, 2016-08 or 2016, and not in the future",
        "2 url: must be a whole web address that starts with https:// or http://",
        "3 publisher: is missing; add it",
        "5 : This article stands in line 4 already.",
    ]
    assert told("headline,date,oops\nx,,\n", "csv") == [
        "1 oops: is not part of an article; remove it, or look for a misspelling",
        "1 publisher: is missing; add it",
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("articles = 1", ["1 articles: must be written [[articles]], with two brackets"]),
        ("articles = [1]", ["1 articles: must be written [[articles]], with two brackets"]),
        ("", ["1 [[articles]]: is missing; add it"]),
        ("[[moments]]\n", ["1 moments: is not part of an article; remove it, or look for a misspelling"]),
        (
            '[[articles]]\nheadline = "a\\u0007b"\npublisher = "P"',
            ["2 headline: holds a character that nobody can see; write it again by hand"],
        ),
        ("[[articles]", None),
    ],
)
def test_a_file_that_is_something_else_says_what_it_should_be(text: str, faults: list[str] | None) -> None:
    found = told(text)
    assert found == faults if faults else "This is not TOML" in found[0]


def test_one_link_in_two_spellings_stands_in_a_file_once() -> None:
    text = GOOD_CSV + "Again,P,,http://www.example.com/a/?x=1&utm_source=b#c,,,\n"
    text = text.replace("https://example.com/a?x=1", "https://example.com/a/?x=1")
    assert told(text, "csv") == ["4 : This article stands in line 2 already."]


def test_files_of_another_kind_size_or_script_are_refused() -> None:
    library = shipped_library()
    with pytest.raises(FileOfNoKind):
        format_of("a.xlsx", 1)
    with pytest.raises(FileTooBig):
        format_of("a.csv", MOST_BYTES + 1)
    with pytest.raises(FileNotText):
        read_articles("a.csv", b"\xff\xfe\x00", library, TODAY)
    rows = "".join(f"h{number},P\n" for number in range(MOST_IMPORTED + 1))
    with pytest.raises(FileTooBig):
        read_articles("a.csv", f"headline,publisher\n{rows}".encode(), library, TODAY)
    with pytest.raises(FileTooBig):
        read_articles("a.toml", b"[" * 300_000, library, TODAY)
    rows = rows.removesuffix(f"h{MOST_IMPORTED},P\n")
    assert len(read_articles("a.csv", f"headline,publisher\n{rows}".encode(), library, TODAY).imported) == MOST_IMPORTED


def test_ten_thousand_faults_are_found_in_a_moment() -> None:
    rows = "x,y,z,w\n" * 1_900
    assert len(told(f"headline,publisher,date,url\n{rows}", "csv")) >= 3_800


def test_a_link_or_number_of_another_article_is_a_fault_of_its_line() -> None:
    held = [
        OwnArticle(1, 1, Written("One", "P", url="https://example.com/1"), NOON),
        OwnArticle(2, 1, Written("Two", "P", url="https://example.com/2"), NOON),
    ]
    text = "id,headline,publisher,url\nown/1,One,P,https://example.com/2\nown/2,Two,P,https://example.com/3\n"
    read = read_articles("a.csv", text.encode(), shipped_library(), TODAY)
    assert faults_beside(read, plan_import(read.imported, held)) == []
    kept = replace(held[1], id=3)
    faults = faults_beside(read, plan_import(read.imported, [held[0], kept]))
    assert [said(fault) for fault in faults] == ["2 : This link is that of another article of the library: “Two”."]


@pytest.mark.parametrize("filling", [" ", "[", "a.", "a .", '\\"', "'"])
def test_no_line_of_a_file_keeps_the_reader_busy(filling: str) -> None:
    long = filling * (19_900 // len(filling))
    for line in (f"[{long}", long, f'""" = """" # "{long}', f"x = [ # {long}"):
        begun = process_time()
        TomlLines(f"[[articles]]\n{line}\n" * 3, "articles").line_of((0, "x"))
        assert process_time() - begun < 1


def test_a_bracket_and_thousands_of_blanks_in_a_list_are_read_at_once() -> None:
    text = f'[[articles]]\nheadline = ""\npublisher = "P"\nwhat = [\n[{" " * 19_990}\n]]\n'
    begun = process_time()
    assert [line.split(":")[0] for line in told(text)] == ["2 headline", "4 what"]
    assert process_time() - begun < 1


@pytest.mark.parametrize("number", ["1" * 5_000, "0x" + "f" * 15_000])
def test_a_number_of_thousands_of_digits_is_a_fault_of_its_line(number: str) -> None:
    [fault] = told(f'[[articles]]\nheadline = "h"\npublisher = {number}\n')
    assert fault.startswith("3 ")
    assert "in quotes" in fault


def test_a_bad_date_hides_no_link_that_stands_twice_and_none_of_another_article() -> None:
    text = (
        "headline,publisher,date,url\nOne,P,soon,https://example.com/1\nTwo,P,,https://example.com/1\n"
        "Three,P,soon,https://example.com/3\n"
    )
    read = read_articles("a.csv", text.encode(), shipped_library(), TODAY)

    def places(plan: Plan, room: int | None = None) -> list[str]:
        return [said(fault).split(":")[0] for fault in faults_beside(read, plan, room)]

    assert places(plan_import(read.imported, [])) == ["2 date", "3 ", "4 date"]
    assert places(Plan(clashes=(Clash(1, "Held"),))) == ["2 date", "3 ", "4 date", "4 "]
    assert places(Plan(), 5_000) == ["1 ", "2 date", "3 ", "4 date"]
