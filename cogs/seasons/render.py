"""How seasons look: the question before an end, the end itself, the list of all of them."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.boards import Board, Season
from bot.text.catalogue import Phrases
from bot.text.formats import say_list
from bot.ui.actions import Action
from bot.ui.boards import BOARD, TOP, points, say_span, standing_line
from bot.ui.pager import pager
from bot.ui.pages import Page, card, notice, row

END = Action("season-end", int)
"""End the season of that number, after a second thought."""
KEEP = Action("season-keep")
"""Let the season go on."""
OPEN = Action("season-open", int)
"""Show the board of the season of that number."""
LIST = Action("season-list", int)
"""Show a page of the list of seasons."""

SEASONS: Final = 6
"""Seasons on a page of the list."""
BEST: Final = 10
"""Lines of a final board; a button leads to the whole of it."""
MOST_WINNERS: Final = 5
"""Names where many share the first rank; the others are counted."""


def question(board: Board, _: Phrases) -> Page:
    """Ask whether to end the season that runs, saying what happens then."""
    happens = _(
        "Its winners are announced in this channel, and season {next} begins with everyone at 0. Nothing is deleted: "
        "every season can be looked at again, and the points of all time go on.",
        next=board.season + 1,
    )
    stands = _winners(board, _) if board.standings else _("Nobody has scored in this season yet.")
    end = END.button(_("End season {number}", number=board.season), board.season, style=discord.ButtonStyle.danger)
    return Page(
        card(
            f"## {_('End season {number}?', number=board.season)}",
            f"{happens}\n\n{stands}",
            row(end, KEEP.button(_("Let it go on"))),
        )
    )


def ended(board: Board, _: Phrases) -> Page:
    """Announce the end of a season with its winners."""
    heading = f"## {_('Season {number} is over', number=board.season)}\n-# {say_span(board, _)}"
    begins = _("Season {number} begins now.", number=board.season + 1)
    if not board.standings:
        return Page(card(heading, f"{_('Nobody played in this season.')}\n{begins}"))
    whole = BOARD.button(_("Whole leaderboard"), board.period, board.season, TOP)
    best = "\n".join(standing_line(standing, _) for standing in board.standings[:BEST])
    return Page(card(heading, f"### {_winners(board, _)}", best, begins, row(whole)))


def done(board: Board, _: Phrases) -> Page:
    """Tell the manager that the season has ended."""
    return notice(_("Season {number} has ended.", number=board.season))


def kept(_: Phrases) -> Page:
    """Tell the manager that nothing has changed."""
    return notice(_("The season goes on."))


def listed(boards: Sequence[Board], page: int, pages: int, _: Phrases) -> Page:
    """Show some seasons, each with its dates, its winners and a button to its board."""
    shown: list[discord.ui.Item[Any] | str] = [_section(board, _) for board in boards]
    return Page(card(f"## {_('Seasons')}", *shown, *pager(LIST, page=page, pages=pages, _=_)))


def newest_first(seasons: Sequence[Season]) -> Sequence[int]:
    """Return the numbers of seasons in the order of the list."""
    return [season.number for season in reversed(seasons)]


def _section(board: Board, _: Phrases) -> discord.ui.Item[Any]:
    nobody = _("Nobody played in this season.") if board.ended else _("Nobody has scored in this season yet.")
    text = f"**{say_span(board, _)}**\n{_winners(board, _) if board.standings else nobody}"
    return discord.ui.Section[Any](text, accessory=OPEN.button(_("Leaderboard"), board.season))


def _winners(board: Board, _: Phrases) -> str:
    first = board.winners
    names = [f"<@{winner.user_id}>" for winner in first[:MOST_WINNERS]]
    if len(first) > MOST_WINNERS:
        names.append(_.ngettext("one more", "{count} more", len(first) - MOST_WINNERS))
    scored = {"members": say_list(names, _.language), "points": points(first[0].points, _)}
    return (
        _("Winner: {members} with {points}", **scored) if board.ended else _("Ahead: {members} with {points}", **scored)
    )
