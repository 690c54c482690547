"""How a poll looks in its message: while votes come in, and when it is closed. A matchup of a bracket is one too."""

import string
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.matchups import winning_seed
from bot.domain.polls import Option, Outcome, Poll, ending
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_list
from bot.text.names import SECRECY_MEANS
from bot.text.stages import stage_name
from bot.ui.actions import MENU_TEXT, Action
from bot.ui.cards.menu import Kind, Way, menu_of
from bot.ui.gallery import Picture
from bot.ui.pages import Page, card, plain, row

VOTE = Action("vote", int, int)
"""Vote in a poll for an option, by its number."""
VOTE_MENU = Action("vote-menu", int)
"""Vote in a poll for the option chosen in its menu."""
MY_VOTE = Action("my-vote", int)
"""See, change or take back what one has voted in a poll."""
VOTERS = Action("voters", int, int)
"""See who voted for whom in a public poll, a page of it."""

BAR: Final = 12
"""Blocks of a full bar; more would break the line on a phone."""
WITH_BUTTONS: Final = 8
"""A poll of more couples has a menu instead of a button beside each: a message holds 40 components (Discord)."""


def poll_card(poll: Poll, _: Phrases, picture: Picture | None = None) -> Page:
    """Show a poll: couples with bars and, while it is open, something to vote with; a closed one with its `picture`."""
    if poll.closed_at is not None:
        return _closed(poll, _, picture)
    numbers = range(len(poll.options))
    if len(poll.options) <= WITH_BUTTONS:
        couples = [_with_button(poll, number, _) for number in numbers]
    else:
        couples = ["\n".join(_short_line(poll, number, _) for number in numbers), row(_menu(poll, _))]
    return Page(card(_heading(poll, _), *couples, row(*_buttons(poll, _)), _footer(poll, _)))


def question_of(poll: Poll, _: Phrases) -> str:
    """Return what the poll asks, in plain text."""
    if poll.matchup is not None:
        return _("Which couple is the champion?") if poll.is_final else _("Which couple goes on?")
    return poll.question or _("Which couple do you ship?")


def letter(number: int) -> str:
    """Return the letter by which an option is called: A for the first."""
    return string.ascii_uppercase[number]


def couple_name(poll: Poll, number: int, _: Phrases) -> str:
    """Return the name of a couple in a poll in the reader's language, safe to show."""
    return plain(_.of(poll.options[number].label))


def place_of(poll: Poll, _: Phrases) -> str | None:
    """Say where in a bracket the poll stands ("World cup · Semi-final · matchup 1 of 2"); None where it is in none."""
    if poll.matchup is None:
        return None
    played = poll.matchup.size >> poll.matchup.round
    stage = stage_name(played.bit_length(), _)
    if played == 1:
        return f"{plain(poll.matchup.name)} · {stage}"
    count = _("matchup {number} of {count}", number=poll.matchup.slot + 1, count=played)
    return f"{plain(poll.matchup.name)} · {stage} · {count}"


def result(poll: Poll, _: Phrases) -> str:
    """Say in one line how a closed poll ended."""
    if poll.void:
        return _("This vote was called off")
    ended = ending(poll.tally)
    if poll.matchup is not None:
        first, second = poll.tally
        couple = couple_name(poll, _ahead(poll), _)
        if poll.is_final:
            return _final(first, second, couple, _)
        if first == second == 0:
            return _("Nobody voted: {couple} goes on as the higher seed", couple=couple)
        if first == second:
            return _("A tie: {couple} goes on as the higher seed", couple=couple)
        return _("{couple} goes on", couple=couple)
    match ended.outcome:
        case Outcome.NOBODY_VOTED:
            return _("Nobody voted")
        case Outcome.TIED:
            tied = say_list([couple_name(poll, number, _) for number in ended.leaders[:3]], _.language)
            if len(ended.leaders) > 3:
                return _("A tie between {count} couples", count=len(ended.leaders))
            return _("A tie: {couples}", couples=tied)
        case Outcome.WON:
            return _("The winner: {couple}", couple=couple_name(poll, ended.leaders[0], _))


def _final(first: int, second: int, couple: str, _: Phrases) -> str:
    if first == second == 0:
        return _("Nobody voted: {couple} wins as the higher seed", couple=couple)
    if first == second:
        return _("A tie: {couple} wins as the higher seed", couple=couple)
    return _("{couple} wins", couple=couple)


def votes_of(poll: Poll, _: Phrases) -> str:
    """Say how many votes there are, and how many members gave them where that is not the same."""
    votes = _.ngettext("{count} vote", "{count} votes", poll.votes)
    if poll.choices == 1:
        return votes
    return f"{votes} · {_.ngettext('{count} member', '{count} members', poll.voters)}"


def _heading(poll: Poll, _: Phrases) -> str:
    asked = f"## {plain(question_of(poll, _))}"
    if poll.paused_at is not None:
        asked = f"## {_('Paused')} · {plain(question_of(poll, _))}"
    place = place_of(poll, _)
    return asked if place is None else f"-# {place}\n{asked}"


def _with_button(poll: Poll, number: int, _: Phrases) -> discord.ui.Item[Any]:
    paused = poll.paused_at is not None
    vote = VOTE.button(_("Vote {letter}", letter=letter(number)), poll.id, number, disabled=paused)
    return discord.ui.Section[Any](_line(poll, number, _), accessory=vote)


def _line(poll: Poll, number: int, _: Phrases) -> str:
    """Return name, other script and drama, and bar of a couple; of a decided matchup the winner is marked."""
    name = f"{letter(number)} · {couple_name(poll, number, _)}"
    decided = poll.matchup is not None and poll.closed_at is not None and not poll.void
    lines = [f"**{name}** ✓"] if decided and number == _ahead(poll) else [name if decided else f"**{name}**"]
    if beside := _beside(poll, number, _):
        lines.append(f"-# {beside}")
    if poll.shows_tally:
        lines.append(_bar(poll, number))
    return "\n".join(lines)


def _short_line(poll: Poll, number: int, _: Phrases) -> str:
    """Return name and votes of a couple in one line, for polls of many."""
    name = f"**{letter(number)} · {couple_name(poll, number, _)}**"
    return f"{name} · {_share(poll, number)}" if poll.shows_tally else name


def _beside(poll: Poll, number: int, _: Phrases) -> str:
    """Return what else is known of a couple: the other script, the drama, the seed."""
    option = poll.options[number]
    drama, other = option.drama, option.label.beside(_.language)
    known = [plain(other) if other else "", f"*{plain(_.of(drama))}*" if drama else ""]
    if poll.matchup is not None:
        known.append(_("seed {seed}", seed=poll.matchup.seeds[number]))
    return " · ".join(filter(None, known))


def _ahead(poll: Poll) -> int:
    """Return the number of the side of a matchup that goes on."""
    if poll.matchup is None:
        return 0
    first, second = poll.tally
    return poll.matchup.seeds.index(winning_seed(poll.matchup.seeds, (first, second)))


def _bar(poll: Poll, number: int) -> str:
    full = round(BAR * poll.tally[number] / poll.votes) if poll.votes else 0
    return f"{'█' * full}{'░' * (BAR - full)} {_share(poll, number)}"


def _share(poll: Poll, number: int) -> str:
    votes = poll.tally[number]
    return f"{votes:,} ({votes / poll.votes if poll.votes else 0:.0%})"


def _menu(poll: Poll, _: Phrases) -> discord.ui.Item[Any]:
    return VOTE_MENU.select(
        poll.id,
        placeholder=_("Vote for a couple"),
        options=couple_options(poll, _),
        disabled=poll.paused_at is not None,
    )


def couple_options(poll: Poll, _: Phrases, chosen: frozenset[int] = frozenset()) -> list[discord.SelectOption]:
    """Return the couples of a poll for a menu, those in `chosen` marked."""
    return [
        discord.SelectOption(
            label=shorten(f"{letter(number)} · {_.of(option.label)}", MENU_TEXT),
            value=str(number),
            description=shorten(_described(poll, number, _), MENU_TEXT) or None,
            default=number in chosen,
        )
        for number, option in enumerate(poll.options)
    ]


def couples_menu(options: Sequence[Option], _: Phrases) -> list[discord.ui.ActionRow[Any]]:
    """Return the menu that opens the cards of couples; nothing where none of them has a card."""
    known = ((option, option.couple_id or option.label.en) for option in options if option.has_card)
    ways = [Way(Kind.COUPLE, key, _.of(option.label), _of_drama(option, _)) for option, key in known]
    return menu_of(ways, _("About the couples"))


def _of_drama(option: Option, _: Phrases) -> str:
    return _.of(option.drama) if option.drama else ""


def _described(poll: Poll, number: int, _: Phrases) -> str:
    option = poll.options[number]
    return " · ".join(filter(None, (option.label.beside(_.language), _of_drama(option, _))))


def _buttons(poll: Poll, _: Phrases) -> list[discord.ui.Item[Any]]:
    buttons: list[discord.ui.Item[Any]] = []
    if poll.closed_at is None or not poll.is_secret:
        buttons.append(MY_VOTE.button(_("My vote"), poll.id))
    if not poll.is_secret:
        buttons.append(VOTERS.button(_("Who voted"), poll.id, 0))
    return buttons


def _footer(poll: Poll, _: Phrases) -> str:
    if poll.paused_at is not None:
        ends = _("Paused; votes count again when the bracket goes on.")
    elif poll.closes_at is None:
        ends = _("Open until somebody closes it.")
    else:
        ends = _("Closes {when}.", when=relative(poll.closes_at))
    lines = [f"{votes_of(poll, _)} · {ends}", _(SECRECY_MEANS[poll.secrecy])]
    if poll.choices > 1:
        lines.append(_("Each member has {count} votes.", count=poll.choices))
    if poll.voter_role_id is not None:
        lines.append(_("Only members with the role {role} vote.", role=f"<@&{poll.voter_role_id}>"))
    if poll.matchup is not None:
        lines.append(_("In a tie the higher seed goes on."))
    return "\n".join(f"-# {line}" for line in lines)


def _closed(poll: Poll, _: Phrases, picture: Picture | None) -> Page:
    place = place_of(poll, _)
    above = plain(question_of(poll, _)) if place is None else place
    shown: list[discord.ui.Item[Any] | str] = [f"-# {above}\n## {result(poll, _)}"]
    if picture is not None:
        shown.append(picture.gallery())
    elif not poll.void:
        line = _line if len(poll.options) <= WITH_BUTTONS else _short_line
        shown.append("\n".join(line(poll, number, _) for number in range(len(poll.options))))
    if buttons := _buttons(poll, _):
        shown.append(row(*buttons))
    shown += couples_menu(poll.options, _)
    lines = [f"{votes_of(poll, _)} · {_('This poll is closed.')}"]
    if poll.closed_late:
        lines.append(_("Closed late; no vote after its time was counted."))
    if poll.dropped:
        lines.append(
            _.ngettext(
                "The votes of {count} member who left are not counted.",
                "The votes of {count} members who left are not counted.",
                poll.dropped,
            )
        )
    if poll.is_secret:
        lines.append(_("It was anonymous: who voted for whom is not kept."))
    return Page(card(*shown, "\n".join(f"-# {line}" for line in lines)))
