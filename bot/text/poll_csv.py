"""A poll as a table, for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from bot.domain.polls import Poll

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins so for a formula, so it gets an apostrophe in front (OWASP, CSV injection).

The last four are full-width, as Korean and Japanese keyboards write them; their spreadsheets may reckon with them.
"""


def poll_table(poll: Poll, voters: Sequence[tuple[int, tuple[int, ...]]] = ()) -> bytes:
    """Return the result as CSV in UTF-8: a line for each couple, and below, for a public poll, one for each ballot.

    `voters` are members' ids with the numbers of the options they chose.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["couple", "couple_ko", "couple_id", "votes", "share"])
    for option, votes in zip(poll.options, poll.tally, strict=True):
        share = round(votes / poll.votes, 4) if poll.votes else 0
        names = [_cell(option.label.en), _cell(option.label.ko or "")]
        table.writerow([*names, _cell(option.couple_id or ""), votes, share])
    if voters:
        table.writerow([])
        table.writerow(["member_id", "couple"])
        for user_id, chosen in voters:
            for number in chosen:
                table.writerow([f"'{user_id}", _cell(poll.options[number].label.en)])
    return ("\ufeff" + out.getvalue()).encode()  # the mark tells a spreadsheet that it is UTF-8


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
