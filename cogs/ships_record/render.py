"""How the record of couples looks: the leaderboard of a guild, couples to choose from."""

from bot.domain.library import Library
from bot.domain.polls import ACTORS
from bot.domain.records import Leaderboard, Placed
from bot.services.records import Offer
from bot.text.catalogue import Phrases
from bot.ui.actions import Action
from bot.ui.cards.menu import Kind, Way, menu_of
from bot.ui.pager import pager
from bot.ui.pages import Page, card, plain

COUPLES = Action("couples", int)
"""Show a page of the leaderboard of couples."""


def leaderboard(board: Leaderboard, library: Library, _: Phrases) -> Page:
    """Show a page of the leaderboard, with buttons to the others and a menu that leads to the cards of its couples."""
    heading = f"## {_('Leaderboard of couples')}"
    if not board.shown:
        return Page(card(heading, _("No vote on couples has closed here yet. Begin with /ship poll.")))
    named = [_way(entry, library, _) for entry in board.shown if not entry.withheld]
    return Page(
        card(
            f"{heading}\n-# {_('By matchups won, then by votes')}",
            "\n".join(_place(entry, _) for entry in board.shown),
            *menu_of(named, _("About the couples")),
            *pager(COUPLES, page=board.page, pages=board.pages, _=_),
        )
    )


def offer(found: Offer, _: Phrases) -> str:
    """Return how a couple is called where one is chosen."""
    couple = _.of(found.label)
    return f"{couple} · {_.of(found.drama.title)}" if found.drama else couple


def _way(entry: Placed, library: Library, _: Phrases) -> Way:
    """The way to the card of a couple, which has one because it has a record here."""
    score = entry.score
    couple = library.couples.get(score.key.removeprefix(ACTORS))
    return Way(
        Kind.COUPLE, score.text, _.of(score.label), _.of(library.dramas[couple.drama_id].title) if couple else ""
    )


def _place(entry: Placed, _: Phrases) -> str:
    score = entry.score
    name = _("a couple whose name is not wanted here") if entry.withheld else f"**{plain(_.of(score.label))}**"
    counts = [_.ngettext("{count} vote", "{count} votes", score.votes)]
    if score.won:
        counts.insert(0, _.ngettext("{count} matchup won", "{count} matchups won", score.won))
    if score.titles:
        counts.append(_.ngettext("{count} title", "{count} titles", score.titles))
    return f"**{entry.rank}.** {name} · {' · '.join(counts)}"
