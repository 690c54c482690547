"""What only one member sees of ship polls: her vote, who voted, the form that opens a poll."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import discord

from bot.domain.library import Couple
from bot.domain.polls import LONGEST_QUESTION, MOST_COUPLES, Poll, PollWish, Secrecy
from bot.domain.texts import Localised, shorten
from bot.services.services import Services
from bot.services.ships import VOTERS_A_PAGE, Voted
from bot.text.catalogue import Phrases
from bot.text.formats import say_duration, say_list
from bot.text.names import SECRECIES, SECRECY_MEANS
from bot.ui.actions import MENU_TEXT, Action
from bot.ui.pager import pager
from bot.ui.pages import Form, Page, card, notice, plain, row
from bot.ui.polls import VOTERS, couple_name, couple_options, couples_menu, letter, question_of
from bot.ui.ship_options import OPEN

CHANGE = Action("change-vote", int)
"""Make what is chosen in the private menu one's ballot."""
TAKE_BACK = Action("take-back", int)
"""Take one's vote back."""
FORM = Action("poll-form")
"""Hand in the form for a poll."""

OFFERED: Final = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))
DURATION: Final = "duration"
QUESTION: Final = "question"
SECRECY: Final = "secrecy"
COUPLES: Final = "couples"
CHOICES: Final = "choices"
MOST_CHOICES: Final = 5
"""Votes of a member that the form offers; /ship poll takes more."""


def receipt(voted: Voted, _: Phrases) -> Page:
    """Confirm a vote that the card does not show."""
    said = _("Counted. You voted for {couples}.", couples=_chosen(voted, _))
    return notice(f"{said} {_left(voted, _)}".strip())


def my_vote(voted: Voted, now: datetime, _: Phrases) -> Page:
    """Show what the member has chosen; while votes count, with a menu to change it."""
    poll, mine = voted.poll, voted.mine
    if not poll.is_open(now):
        if poll.closed_at is not None and poll.is_secret:
            return notice(_("This poll is closed and was anonymous: who voted for whom is not kept."))
        return notice(_("You voted for {couples}.", couples=_chosen(voted, _)) if mine else _no_vote(_))
    said = _("You voted for {couples}.", couples=_chosen(voted, _)) if mine else _no_vote(_)
    if poll.choices > 1:
        said += f" {_left(voted, _)}"
    menu = CHANGE.select(
        poll.id,
        placeholder=_("Change your vote") if mine else _("Choose a couple"),
        options=couple_options(poll, _, mine),
        most=poll.choices,
    )
    shown: list[discord.ui.Item[Any] | str] = [f"-# {plain(question_of(poll, _))}\n{said}", row(menu)]
    if mine:
        shown.append(row(TAKE_BACK.button(_("Take my vote back"), poll.id)))
    return Page(card(*shown, *couples_menu(poll.options, _)))


def voters(poll: Poll, listed: Sequence[tuple[int, tuple[int, ...]]], page: int, _: Phrases) -> Page:
    """Show a page of who voted for whom; ballots of several votes in the letters of the card, or they had no room."""
    pages = max(1, -(-poll.voters // VOTERS_A_PAGE))
    named = partial(_named, poll, _=_) if poll.choices == 1 else letter
    lines = [f"<@{user_id}> · {', '.join(named(number) for number in chosen)}" for user_id, chosen in listed]
    return Page(
        card(
            f"-# {plain(question_of(poll, _))}\n## {_('Who voted')}",
            "\n".join(lines) or _("Nobody has voted yet."),
            *pager(VOTERS, poll.id, page=page, pages=pages, _=_),
        )
    )


def poll_form(
    own: Sequence[Couple],
    others: Sequence[Couple],
    services: Services,
    _: Phrases,
    *,
    typed: tuple[str, Localised] | None = None,
) -> Form:
    """Return the form for a poll: which couples, how long, who may know what.

    `own` are chosen already, and so is the couple `typed`, which is none of them: what finds it, and its name.
    """
    form = Form(_("Start a ship poll"), FORM)
    offered = [
        discord.SelectOption(
            label=shorten(_.of(couple.name), MENU_TEXT),
            value=couple.id,
            description=shorten(_.of(services.couples.drama_of(couple).title), MENU_TEXT),
            default=couple in own,
        )
        for couple in [*own, *others]
    ]
    if typed is not None:
        key, name = typed
        offered.insert(0, discord.SelectOption(label=shorten(_.of(name), MENU_TEXT), value=key, default=True))
    offered = offered[:25]
    couples = discord.ui.Select[Any](
        custom_id=COUPLES,
        placeholder=_("Choose two or more couples"),
        min_values=2,
        max_values=min(MOST_COUPLES, len(offered)),
        options=offered,
    )
    _add(form, _("Couples"), couples, _("Two to twenty. More couples: /ship poll"))
    question = discord.ui.TextInput[Any](
        custom_id=QUESTION, placeholder=_("Which couple do you ship?"), required=False, max_length=LONGEST_QUESTION
    )
    _add(form, _("Question"), question)
    shortest = services.ships.shortest
    lengths = [shortest, *(duration for duration in OFFERED if duration > shortest)]
    durations = [
        discord.SelectOption(
            label=say_duration(duration, _.language),
            value=str(round(duration.total_seconds())),
            default=duration == timedelta(days=1),
        )
        for duration in lengths
    ]
    durations.append(discord.SelectOption(label=_("Until somebody closes it"), value=OPEN))
    _add(form, _("How long"), discord.ui.Select[Any](custom_id=DURATION, options=durations))
    secrecies = [
        discord.SelectOption(
            label=_(SECRECIES[secrecy]),
            value=secrecy,
            description=shorten(_(SECRECY_MEANS[secrecy]), MENU_TEXT),
            default=secrecy is Secrecy.ANONYMOUS,
        )
        for secrecy in Secrecy
    ]
    _add(form, _("Who sees the votes"), discord.ui.Select[Any](custom_id=SECRECY, options=secrecies))
    counts = [
        discord.SelectOption(label=_votes(count, _), value=str(count), default=count == 1)
        for count in range(1, MOST_CHOICES + 1)
    ]
    _add(form, _("Votes per member"), discord.ui.Select[Any](custom_id=CHOICES, options=counts))
    return form


def wish_of(entered: Mapping[str, Sequence[str]]) -> PollWish:
    """Return what the form asks for."""
    (duration,) = entered[DURATION]
    return PollWish(
        couples=tuple(entered[COUPLES]),
        duration=None if duration == OPEN else timedelta(seconds=int(duration)),
        question=entered.get(QUESTION, [""])[0],
        secrecy=Secrecy(entered.get(SECRECY, [Secrecy.ANONYMOUS])[0]),
        choices=int(entered.get(CHOICES, ["1"])[0]),
    )


def _add(form: Form, text: str, component: discord.ui.Item[Any], description: str | None = None) -> None:
    form.add_item(discord.ui.Label[Any](text=text, description=description, component=component))


def _left(voted: Voted, _: Phrases) -> str:
    left = voted.poll.choices - len(voted.mine)
    if voted.poll.choices == 1 or left == 0:
        return ""
    return _.ngettext("You have {count} vote left.", "You have {count} votes left.", left)


def _chosen(voted: Voted, _: Phrases) -> str:
    return say_list([_named(voted.poll, number, _) for number in sorted(voted.mine)], _.language)


def _named(poll: Poll, number: int, _: Phrases) -> str:
    name = couple_name(poll, number, _)
    return f"{letter(number)} · {name}" if len(poll.options) > 2 else name


def _votes(count: int, _: Phrases) -> str:
    return _.ngettext("{count} vote", "{count} votes", count)


def _no_vote(_: Phrases) -> str:
    return _("You have not voted in this poll yet.")
