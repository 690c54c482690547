"""How a bracket looks to one member alone: her nominations, what she may do to it, the brackets of the server."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Literal

import discord

from bot.domain.bracket import EACH, Bracket, Entrant, Phase, Seeding, Step
from bot.domain.polls import Poll
from bot.domain.texts import NAME_LIMIT, shorten
from bot.errors import N_
from bot.services.couples import Suggestion
from bot.text.catalogue import Phrases
from bot.ui.actions import MENU_TEXT, Action
from bot.ui.brackets import (
    MANAGE,
    MENU,
    NOMINATE,
    NOMINEES,
    SHOW,
    SUPPORT,
    Course,
    couple_options,
    heading,
    listed,
    next_step,
    state,
)
from bot.ui.gallery import Picture
from bot.ui.pager import page_of, pager
from bot.ui.pages import Form, Page, card, link, notice, plain, row
from bot.ui.polls import couples_menu

Size = Literal[4, 8, 16, 32]


class Source(StrEnum):
    """Where the couples of a bracket come from."""

    MEMBERS = "members"
    CATALOGUE = "catalogue"


class Move(StrEnum):
    """What whoever leads a bracket may do to it."""

    BEGIN = "begin"
    HURRY = "hurry"
    PAUSE = "pause"
    RESUME = "resume"
    REOPEN = "reopen"
    END = "end"


SOURCES: Final = {Source.MEMBERS: N_("Members nominate them"), Source.CATALOGUE: N_("Drawn from all dramas")}
SEEDINGS: Final = {Seeding.NOMINATIONS: N_("Most nominated first"), Seeding.RANDOM: N_("At random")}

MOVES: Final[Mapping[Move, tuple[Step, str, str]]] = {
    Move.BEGIN: (Step.BEGIN, N_("Begin now"), N_("Nominations close, and the first matchup comes at once.")),
    Move.HURRY: (Step.DECIDE, N_("Decide now"), N_("The votes for the matchup count as they are; the next one comes.")),
    Move.PAUSE: (Step.PAUSE, N_("Pause"), N_("The clock stops, and nobody can vote until it goes on.")),
    Move.RESUME: (Step.RESUME, N_("Go on"), N_("The clock runs again, and votes count again.")),
    Move.REOPEN: (
        Step.REOPEN,
        N_("Repeat"),
        N_("The last decided matchup is voted on anew; its votes, and those of one that is on now, are void."),
    ),
    Move.END: (Step.END, N_("End"), N_("The bracket stops for good, without a champion.")),
}
"""The step that each is, what its button says, and what it does."""
RISKY: Final = frozenset({Move.BEGIN, Move.HURRY, Move.REOPEN, Move.END})
"""What is asked once more."""

DONE: Final[Mapping[Move, str]] = {
    Move.BEGIN: N_("It begins."),
    Move.HURRY: N_("The matchup is being decided."),
    Move.PAUSE: N_("It is paused."),
    Move.RESUME: N_("It goes on."),
    Move.REOPEN: N_("The matchup comes once more."),
    Move.END: N_("It is ended."),
}

FORM = Action("bracket-form", int)
"""Hand in the form that nominates a couple."""
TAKE_BACK = Action("bracket-take-back", int)
"""Take back the nomination chosen in the menu."""
PRUNE = Action("bracket-prune", int)
"""Ask whether to take out the couple chosen in the menu."""
PRUNE_NOW = Action("bracket-prune-now", int, int)
"""Take a couple out, by its number."""
MOVE = Action("bracket-move", int, Move, int)
"""Move a bracket on; what is risky is asked once more. Last, the poll of the matchup that is meant, 0 for none."""
MOVE_NOW = Action("bracket-move-now", int, Move, int)
"""Move a bracket on without another question."""
HISTORY = Action("bracket-history", int)
"""See a page of the brackets of the server."""

BRACKETS: Final = 8
"""Brackets on a page of the list: each takes three components, and Discord takes 40 in a message."""
CHOSEN, TYPED = "chosen", "typed"
"""The fields of the form."""


def show_page(course: Course, picture: Picture | None, words: str, _: Phrases, *, leads: bool) -> Page:
    """Show a bracket to a member: the picture (or its words), what comes next, and the way to what she may do."""
    bracket = course.bracket
    pictured: list[discord.ui.Item[Any] | str] = [picture.gallery()] if picture else [plain(words)] if words else []
    buttons: list[discord.ui.Item[Any]] = []
    if course.jump is not None:
        buttons.append(link(_("To the matchup"), course.jump))
    if bracket.phase is Phase.NOMINATING:
        buttons.append(NOMINEES.button(_("All couples"), bracket.id, 0))
    if leads and moves(bracket):
        buttons.append(MANAGE.button(_("Manage"), bracket.id, 0))
    ways = [row(*buttons)] if buttons else []
    return Page(card(heading(bracket, _), *pictured, next_step(course, _), *ways))


def nominees_page(bracket: Bracket, page: int, _: Phrases) -> Page:
    """Show a page of the nominated couples, with a menu to support one of them and one that leads to their cards."""
    shown, page, pages = page_of(bracket.nominees, page, MENU)
    if not shown:
        return notice(_("No couple is nominated yet."))
    menu = SUPPORT.select(bracket.id, placeholder=_("Support a couple"), options=couple_options(shown, _))
    supportable = [row(menu)] if bracket.phase is Phase.NOMINATING else []
    return Page(
        card(
            heading(bracket, _),
            "\n".join(listed(shown, _, page * MENU + 1)),
            *supportable,
            *couples_menu([entrant.option for entrant in shown], _),
            *pager(NOMINEES, bracket.id, page=page, pages=pages, _=_),
        )
    )


def mine_page(bracket: Bracket, mine: Sequence[Entrant], _: Phrases, note: str = "") -> Page:
    """Show a member what she has nominated, with a menu to take one back; `note` says what has just happened."""
    count = _("You have used {used} of {count} nominations.", used=len(mine), count=EACH)
    names = "\n".join(f"- {plain(_.of(entrant.option.label))}" for entrant in mine)
    ways: list[discord.ui.Item[Any]] = []
    if mine and bracket.phase is Phase.NOMINATING:
        options = couple_options(mine, _)
        ways.append(row(TAKE_BACK.select(bracket.id, placeholder=_("Take one back"), options=options)))
    if len(mine) < EACH and bracket.phase is Phase.NOMINATING:
        ways.append(row(NOMINATE.button(_("Nominate a couple"), bracket.id)))
    return Page(
        card(*filter(None, [f"**{note}**" if note else "", f"-# {plain(bracket.name)}\n{count}", names]), *ways)
    )


def nomination_form(bracket: Bracket, offered: Sequence[Suggestion], taken: Collection[str], _: Phrases) -> Form:
    """Return the form that nominates a couple: one of the `offered` that are not `taken`, or a typed one."""
    form = Form(_("Nominate a couple"), FORM, bracket.id)
    options = [
        discord.SelectOption(
            label=shorten(_.of(couple.label), MENU_TEXT),
            value=couple.key,
            description=shorten(_.of(couple.drama.title), MENU_TEXT),
        )
        for couple in offered
        if couple.key not in taken
    ][:MENU]
    if options:
        menu = discord.ui.Select[Any](
            custom_id=CHOSEN, placeholder=_("Choose a couple"), options=options, min_values=0, required=False
        )
        form.add_item(discord.ui.Label[Any](text=_("Some couples"), component=menu))
    form.add_item(
        discord.ui.Label[Any](
            text=_("Or another couple"),
            description=_("Write two names, like Ji Eun-tak ♥ Kim Shin. /ship bracket nominate searches as you type."),
            component=discord.ui.TextInput[Any](custom_id=TYPED, required=False, max_length=NAME_LIMIT),
        )
    )
    return form


def lead_page(course: Course, last: Poll | None, page: int, _: Phrases, note: str = "") -> Page:
    """Show whoever leads a bracket what she may do to it, each with what it does; `note` says what has happened.

    `last` is the poll of the matchup that was decided last.
    """
    bracket = course.bracket
    told = [
        f"**{note}**" if note else "",
        heading(bracket, _),
        next_step(course, _),
        _why(bracket, _) if course.is_behind else "",
    ]
    sections = [
        discord.ui.Section[Any](
            _(meaning), accessory=MOVE.button(_(label), bracket.id, move.value, _id(meant(move, course.poll, last)))
        )
        for move, (_step, label, meaning) in moves(bracket).items()
    ]
    return Page(card(*filter(None, told), *sections, *_pruning(bracket, page, _)))


def move_question(bracket: Bracket, move: Move, poll: Poll | None, _: Phrases) -> Page:
    """Ask once more before something that cannot be undone; `poll` is of the matchup that it is about."""
    _step, label, meaning = MOVES[move]
    about = [f"**{_pair(poll, _)}**"] if poll else []
    return Page(
        card(
            f"-# {plain(bracket.name)}\n## {_('{action}?', action=_(label))}",
            *about,
            _(meaning),
            row(
                MOVE_NOW.button(_("Yes: {action}", action=_(label)), bracket.id, move.value, _id(poll), style=_DANGER),
                MANAGE.button(_("Cancel"), bracket.id, 0),
            ),
        )
    )


def prune_question(bracket: Bracket, entrant: Entrant, _: Phrases) -> Page:
    """Ask once more before a couple is taken out."""
    couple = plain(_.of(entrant.option.label))
    return Page(
        card(
            f"-# {plain(bracket.name)}\n## {_('Take out {couple}?', couple=couple)}",
            _("Its nominations go, and it cannot be nominated again in this bracket."),
            row(
                PRUNE_NOW.button(_("Take it out"), bracket.id, entrant.number, style=_DANGER),
                MANAGE.button(_("Cancel"), bracket.id, 0),
            ),
        )
    )


def history_page(brackets: Sequence[Bracket], page: int, _: Phrases) -> Page:
    """Show a page of the brackets of a server, the newest first, with their champions."""
    if not brackets:
        return notice(_("This server has had no bracket yet. /ship bracket start begins one."))
    shown, page, pages = page_of(brackets, page, BRACKETS)
    sections = [
        discord.ui.Section[Any](_entry(bracket, _), accessory=SHOW.button(_("Open"), bracket.id)) for bracket in shown
    ]
    return Page(card(f"## {_('Brackets of this server')}", *sections, *pager(HISTORY, page=page, pages=pages, _=_)))


def named(bracket: Bracket, _: Phrases) -> str:
    """Name a bracket for a list of choices: its name and where it stands, in plain text."""
    champion = bracket.champion
    told = _("Champion: {couple}", couple=_.of(champion.option.label)) if champion else state(bracket, _)
    return f"{bracket.name} · {told}"


_DANGER: Final = discord.ButtonStyle.danger


def moves(bracket: Bracket) -> dict[Move, tuple[Step, str, str]]:
    """Return what may be done to the bracket now, each as in `MOVES`."""
    return {move: told for move, told in MOVES.items() if told[0] in bracket.steps}


def meant(move: Move, on: Poll | None, last: Poll | None) -> Poll | None:
    """Return the poll of the matchup that a move is about: the one that is on, or the one that was decided last."""
    return on if move is Move.HURRY else last if move is Move.REOPEN else None


def _id(poll: Poll | None) -> int:
    return 0 if poll is None else poll.id


def _pair(poll: Poll, _: Phrases) -> str:
    first, second = (plain(_.of(option.label)) for option in poll.options)
    return _("{first} against {second}", first=first, second=second)


def _why(bracket: Bracket, _: Phrases) -> str:
    """Say why the bracket has stopped by itself, and what helps."""
    stopped = _(
        "I could not post in {channel}: I may not write there, or it is gone.", channel=f"<#{bracket.channel_id}>"
    )
    return f"{stopped} {_('Let me view the channel, send messages and attach files there; then “Go on” tries again.')}"


def _pruning(bracket: Bracket, page: int, _: Phrases) -> list[discord.ui.Item[Any]]:
    if Step.PRUNE not in bracket.steps or not bracket.nominees:
        return []
    shown, page, pages = page_of(bracket.nominees, page, MENU)
    menu = PRUNE.select(bracket.id, placeholder=_("Take a couple out"), options=couple_options(shown, _))
    return [row(menu), *pager(MANAGE, bracket.id, page=page, pages=pages, _=_)]


def _entry(bracket: Bracket, _: Phrases) -> str:
    champion, day = bracket.champion, bracket.ended_at or bracket.created_at
    told = _("Champion: {couple}", couple=plain(_.of(champion.option.label))) if champion else state(bracket, _)
    return f"**{plain(bracket.name)}**\n{told} · <t:{round(day.timestamp())}:D>"
