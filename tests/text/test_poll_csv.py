"""A poll as a table for a spreadsheet."""

import csv
import io
from datetime import UTC, datetime

import pytest

from bot.domain.polls import Option, Poll
from bot.domain.texts import Language, Localised
from bot.text.poll_csv import FORMULA, poll_table

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALICE, BORA = 901000000000000001, 901000000000000002
GOBLIN = Option(Localised("Kim Shin ♥ Ji Eun-tak", "김신 ♥ 지은탁"), "goblin-bride")
TYPED = Option(Localised('Alpha, "the first" & Beta'))
HEADING = ["couple", "couple_ko", "couple_id", "votes", "share"]


def poll(tally: tuple[int, ...], *options: Option) -> Poll:
    return Poll(1, 2, 3, 4, Language.ENGLISH, options or (GOBLIN, TYPED), tally, NOON, None)


def lines(table: bytes) -> list[list[str]]:
    """The table as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_a_table_holds_each_couple_in_both_scripts_with_its_votes_and_share() -> None:
    assert lines(poll_table(poll((2, 1)))) == [
        HEADING,
        ["Kim Shin ♥ Ji Eun-tak", "김신 ♥ 지은탁", "goblin-bride", "2", "0.6667"],
        ['Alpha, "the first" & Beta', "", "", "1", "0.3333"],
    ]


def test_a_poll_in_which_nobody_voted_is_a_table_too() -> None:
    assert [line[3:] for line in lines(poll_table(poll((0, 0))))] == [["votes", "share"], ["0", "0"], ["0", "0"]]


def test_a_spreadsheet_can_tell_that_the_table_is_utf_8() -> None:
    assert poll_table(poll((0, 0))).startswith(b"\xef\xbb\xbf")


def test_below_the_couples_stands_a_line_for_each_choice_of_each_voter() -> None:
    table = lines(poll_table(poll((2, 1)), [(ALICE, (0, 1)), (BORA, (0,))]))
    assert table[3:] == [
        [],
        ["member_id", "couple"],
        [f"'{ALICE}", "Kim Shin ♥ Ji Eun-tak"],
        [f"'{ALICE}", 'Alpha, "the first" & Beta'],
        [f"'{BORA}", "Kim Shin ♥ Ji Eun-tak"],
    ]


def test_an_id_has_too_many_digits_for_a_number_and_stays_text() -> None:
    table = lines(poll_table(poll((1, 0)), [(ALICE, (0,))]))
    assert float(ALICE + 1) == float(ALICE)  # what a spreadsheet would make of it
    assert table[-1][0] == f"'{ALICE}"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_name_that_a_spreadsheet_would_reckon_with_is_made_text(first: str) -> None:
    evil = f'{first}HYPERLINK("https://example.org")'
    tricky = Option(Localised(evil, evil), evil)
    table = poll_table(poll((1, 0), tricky, GOBLIN), [(ALICE, (0,))])
    cells = [cell for line in lines(table) for cell in line]
    assert cells.count(f"'{evil}") == 4
    assert not any(cell.startswith(FORMULA) for cell in cells)
