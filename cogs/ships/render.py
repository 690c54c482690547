"""How ships look: a poll while it runs and when it is closed, and the form that opens one."""

import string
from datetime import timedelta
from typing import Any, Final

import discord

from bot.domain.library import Article
from bot.domain.polls import MOST_COUPLES, Outcome, Poll, ending
from bot.domain.texts import shorten
from bot.services.ships import ShipService
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_duration, say_list
from bot.ui.actions import Action
from bot.ui.pages import Form, Page, card, plain, row

VOTE = Action("vote", int, int)
"""Vote in a poll for an option, by its number."""
MY_VOTE = Action("my-vote", int)
"""Ask what one has voted in a poll."""
FORM = Action("poll-form")
"""Hand in the form for a poll."""

BAR: Final = 12
"""Blocks of a full bar; more would break the line on a phone."""
OFFERED: Final = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))


def poll_card(poll: Poll, _: Phrases) -> Page:
    """Show a poll: couples with bars and, while it is open, a button for each."""
    if poll.closed_at is None:
        return Page(
            card(
                f"## {_('Which couple do you ship?')}",
                *(_section(poll, number, _) for number in range(len(poll.options))),
                row(MY_VOTE.button(_("My vote"), poll.id)),
                f"-# {_votes(poll, _)} · {_('Closes {when}.', when=relative(poll.closes_at))}",
            )
        )
    late = f" · {_('Closed late; no vote after its time was counted.')}" if poll.closed_late else ""
    return Page(
        card(
            f"-# {_('Which couple do you ship?')}\n{_result(poll, _)}",
            "\n".join(_bar(poll, number, _) for number in range(len(poll.options))),
            row(MY_VOTE.button(_("My vote"), poll.id)),
            f"-# {_votes(poll, _)} · {_('This poll is closed.')}{late}",
        )
    )


def poll_form(ships: ShipService, article: Article | None, _: Phrases) -> Form:
    """Return the form for a poll: which couples, how long."""
    own, others = ships.couples_for(article)
    form = Form(_("Start a ship poll"), FORM)
    couples = [
        discord.SelectOption(
            label=shorten(_.of(couple.name), 100),
            value=couple.id,
            description=shorten(_.of(ships.drama_of(couple).title), 100),
            default=couple in own,
        )
        for couple in [*own, *others][:25]
    ]
    form.add_item(
        discord.ui.Label[Any](
            text=_("Couples"),
            description=_("Two to five. For others, use /ship poll: it knows them all."),
            component=discord.ui.Select[Any](
                custom_id="couples",
                placeholder=_("Choose two to five couples"),
                min_values=2,
                max_values=MOST_COUPLES,
                options=couples,
            ),
        )
    )
    durations = [ships.shortest, *(duration for duration in OFFERED if duration > ships.shortest)]
    form.add_item(
        discord.ui.Label[Any](
            text=_("How long"),
            component=discord.ui.Select[Any](
                custom_id="duration",
                options=[
                    discord.SelectOption(
                        label=say_duration(duration, _.language),
                        value=str(round(duration.total_seconds())),
                        default=duration == timedelta(days=1),
                    )
                    for duration in durations
                ],
            ),
        )
    )
    return form


def _section(poll: Poll, number: int, _: Phrases) -> discord.ui.Item[Any]:
    vote = VOTE.button(_("Vote {letter}", letter=_letter(number)), poll.id, number)
    return discord.ui.Section[Any](_bar(poll, number, _), accessory=vote)


def _bar(poll: Poll, number: int, _: Phrases) -> str:
    votes = poll.tally[number]
    share = votes / poll.votes if poll.votes else 0.0
    full = round(BAR * share)
    bar = "█" * full + "░" * (BAR - full)
    return f"**{_letter(number)} · {plain(_.of(poll.options[number].label))}**\n{bar} {votes} ({share:.0%})"


def _letter(number: int) -> str:
    return string.ascii_uppercase[number]


def _votes(poll: Poll, _: Phrases) -> str:
    return _.ngettext("{count} vote", "{count} votes", poll.votes)


def _result(poll: Poll, _: Phrases) -> str:
    ended = ending(poll.tally)
    match ended.outcome:
        case Outcome.NOBODY_VOTED:
            return f"## {_('Nobody voted')}"
        case Outcome.TIED:
            tied = say_list([_letter(number) for number in ended.leaders], _.language)
            return f"## {_('A tie: {letters}', letters=tied)}"
        case Outcome.WON:
            return f"## {_('The winner: {couple}', couple=plain(_.of(poll.options[ended.leaders[0]].label)))}"
