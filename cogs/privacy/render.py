"""How privacy looks: the question before a deletion and its two ends, and what hiding does."""

import discord

from bot.text.catalogue import Phrases
from bot.ui.actions import Action
from bot.ui.pages import Page, card, notice, row

DELETE = Action("delete-me")
"""Delete everything about oneself."""
KEEP = Action("keep-me")
"""Leave everything as it is."""


def question(rows: int, _: Phrases) -> Page:
    """Ask whether to delete, saying what goes and what stays."""
    if rows == 0:
        return notice(_("Adlib has stored nothing about you."))
    count = _.ngettext("One record is yours.", "{count} records are yours.", rows)
    goes = _("Your answers, points and votes on every server are deleted at once. This cannot be undone.")
    stays = _("Results of polls that are closed stay as they were announced; nobody can tell who voted.")
    return Page(
        card(
            f"## {_('Delete your data?')}",
            f"{count} {goes}\n{stays}",
            row(DELETE.button(_("Delete my data"), style=discord.ButtonStyle.danger), KEEP.button(_("Keep it"))),
        )
    )


def deleted(_: Phrases) -> Page:
    """Say that it is done."""
    return notice(_("Everything that Adlib had stored about you is deleted."))


def kept(_: Phrases) -> Page:
    """Say that nothing was done."""
    return notice(_("Nothing was deleted."))


def hidden(_: Phrases) -> Page:
    """Say what hiding does, and what it does not."""
    return Page(
        card(
            f"## {_('You are hidden')}",
            "\n".join(
                (
                    f"- {_('Leaderboards and the ends of seasons leave you out, on every server.')}",
                    f"- {_('Other members cannot look at your points.')}",
                    f"- {_('In a game that you play, the channel still sees who was right and who won.')}",
                    f"- {_('Your points go on counting; your own /trivia stats still works.')}",
                )
            ),
            f"-# {_('/privacy show undoes this.')}",
        )
    )


def visible(_: Phrases) -> Page:
    """Say that the member stands on leaderboards again."""
    return notice(_("You stand on leaderboards again, with all of your points. /privacy hide undoes this."))
