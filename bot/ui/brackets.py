"""How a bracket looks in its channel: its card, the picture after a round, its champion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.domain.bracket import EACH, FEWEST, Bracket, Entrant, Phase, Seeding
from bot.domain.polls import Poll
from bot.domain.texts import shorten
from bot.services.links import jump
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_at_most, say_duration, say_list
from bot.text.names import SECRECY_MEANS
from bot.text.stages import stage_name
from bot.ui.actions import MENU_TEXT, Action
from bot.ui.gallery import Picture
from bot.ui.pages import Page, card, link, plain, row
from bot.ui.polls import couples_menu

SUPPORT = Action("bracket-support", int)
"""Support the nominated couple chosen in the menu."""
NOMINATE = Action("bracket-nominate", int)
"""Open the form that nominates a couple."""
MINE = Action("bracket-mine", int)
"""See what one has nominated."""
SHOW = Action("bracket-show", int)
"""See how a bracket stands, and what one may do."""
NOMINEES = Action("bracket-nominees", int, int)
"""See a page of the nominated couples."""
MANAGE = Action("bracket-manage", int, int)
"""See what whoever leads the bracket may do, and a page of the couples that can be taken out."""

MENU: Final = 25
"""Couples that a menu holds (Discord), and so those that are listed at a time."""


@dataclass(frozen=True, slots=True)
class Course:
    """A bracket with the poll of the matchup that is on, where one is."""

    bracket: Bracket
    poll: Poll | None

    @property
    def jump(self) -> str | None:
        """The address of the matchup that is on, None where it is not in the channel."""
        if self.poll is None or self.poll.message_id is None:
            return None
        return jump(self.poll.guild_id, self.poll.channel_id, self.poll.message_id)

    @property
    def is_behind(self) -> bool:
        """Whether a bracket has stopped because something of it could not be shown to its channel."""
        bracket = self.bracket
        hidden = self.poll is not None and self.poll.message_id is None
        return bracket.phase is Phase.PAUSED and (hidden or bracket.pictured < bracket.complete)


def bracket_card(course: Course, _: Phrases) -> Page:
    """Show the bracket to its channel: where it stands, what comes next, who can do it, and how it goes."""
    bracket = course.bracket
    shown: list[discord.ui.Item[Any] | str] = [heading(bracket, _), next_step(course, _)]
    if bracket.phase is Phase.NOMINATING:
        shown += _nominations(bracket, _)
    else:
        ways = [SHOW.button(_("Bracket"), bracket.id)]
        ways += [] if bracket.phase is Phase.ENDED else [MANAGE.button(_("Manage"), bracket.id, 0)]
        to_matchup = [link(_("To the matchup"), course.jump)] if course.jump else []
        shown += [*filter(None, [gone_on(bracket, _)]), row(*to_matchup, *ways)]
    if not bracket.is_over:
        shown.append("\n".join(f"-# {line}" for line in [*rules(bracket, _), _who_leads(bracket, _)]))
    return Page(card(*shown))


def round_page(bracket: Bracket, number: int, _: Phrases, picture: Picture | None = None) -> Page:
    """Show that a round is over: the bracket as it stands, and who has gone on; at the end the whole of it."""
    if number == len(bracket.rounds):
        told = f"## {_('The whole bracket')}"
    else:
        told = f"## {_('{stage}: decided', stage=round_name(bracket, number, _))}"
    shown: list[discord.ui.Item[Any] | str] = [f"-# {plain(bracket.name)}\n{told}"]
    shown += [picture.gallery()] if picture else []
    if number < len(bracket.rounds):
        through = _couples(bracket, [matchup.winner for matchup in bracket.rounds[number - 1]], _)
        shown.append(_("In the {stage}: {couples}", stage=round_name(bracket, number + 1, _), couples=through))
    return Page(card(*shown, row(SHOW.button(_("Bracket"), bracket.id))))


def champion_page(
    bracket: Bracket, champion: Entrant, road: Sequence[str], _: Phrases, picture: Picture | None = None
) -> Page:
    """Show the champion with its name in both scripts, its road to the title, and the way to its card."""
    label = champion.option.label
    other = label.beside(_.language)
    under = f"\n-# {plain(other)}" if other else ""
    ways = row(SHOW.button(_("Bracket"), bracket.id))
    return Page(
        card(
            f"-# {_('Champion of {bracket}', bracket=plain(bracket.name))}\n# 🏆 {plain(_.of(label))}{under}",
            picture.gallery() if picture else "\n".join(plain(line) for line in road),
            *couples_menu([champion.option], _),
            ways,
        )
    )


def told_page(bracket: Bracket, told: str, _: Phrases) -> Page:
    """Tell the channel a sentence about its bracket."""
    return Page(card(f"-# {plain(bracket.name)}\n**{told}**", row(SHOW.button(_("Bracket"), bracket.id))))


def heading(bracket: Bracket, _: Phrases) -> str:
    """Name the bracket and say in a few words where it stands."""
    return f"-# {_('Couples’ world cup')} · {state(bracket, _)}\n## {plain(bracket.name)}"


def state(bracket: Bracket, _: Phrases) -> str:
    """Say in a few words where the bracket stands."""
    match bracket.phase:
        case Phase.NOMINATING:
            return _("nominations")
        case Phase.FINISHED:
            return _("over")
        case Phase.ENDED:
            return _("ended without a champion")
        case Phase.PLAYING | Phase.PAUSED:
            number = bracket.current.round if bracket.current else len(bracket.rounds)
            voted = [matchup for matchup in bracket.rounds[number - 1] if not matchup.is_bye]
            over, stage = sum(one.winner is not None for one in voted), round_name(bracket, number, _)
            told = _("{stage}: {over} of {count} decided", stage=stage, over=over, count=len(voted))
            return f"{told} · {_('paused')}" if bracket.phase is Phase.PAUSED else told


def next_step(course: Course, _: Phrases) -> str:
    """Say what happens next, when, and how it comes about."""
    bracket, poll = course.bracket, course.poll
    match bracket.phase:
        case Phase.NOMINATING if bracket.nominations_close_at is not None:
            when = relative(bracket.nominations_close_at)
            return _("Nominations close {when}; then the first matchup comes by itself.", when=when)
        case Phase.PLAYING if poll is not None and poll.closes_at is not None and course.jump is not None:
            on = f"**{_('On now')}:** {_pair(bracket, _)}"
            when, last = relative(poll.closes_at), bracket.current is bracket.rounds[-1][0]
            if last:
                return f"{on}\n{_('It closes {when}; then the champion is known.', when=when)}"
            return f"{on}\n{_('It closes {when}; then the next one comes by itself.', when=when)}"
        case Phase.PAUSED:
            return f"**{_('Paused')}:** {_pair(bracket, _)}\n{_('It goes on with “Manage”, then “Go on”.')}"
        case Phase.FINISHED:
            champion = _couples(bracket, [bracket.rounds[-1][0].winner], _)
            begin = _("A new one begins with /ship bracket start.")
            return f"**{_('Champion: {couple}', couple=champion)}**\n{begin}"
        case Phase.ENDED:
            return _("A new one begins with /ship bracket start.")
        case _other:
            return _("The next matchup comes in a moment, by itself.")


def rules(bracket: Bracket, _: Phrases) -> list[str]:
    """Say beforehand how the bracket goes."""
    said: list[str] = []
    if bracket.phase is Phase.NOMINATING:
        said.append(_("Everybody can nominate or support {count} couples.", count=EACH))
        if bracket.seeding is Seeding.NOMINATIONS:
            said.append(
                _("The {size} most nominated stand; the more nominations, the higher the seed.", size=bracket.size)
            )
        else:
            said.append(_("The {size} most nominated stand; their seeds are drawn by lot.", size=bracket.size))
        said.append(
            _(
                "If they are fewer, top seeds skip the first round; below {fewest} I add couples from dramas.",
                fewest=FEWEST,
            )
        )
    time = say_duration(bracket.matchup_time, _.language)
    said.append(_("One matchup after the other, each open for {time}; in a tie the higher seed goes on.", time=time))
    said.append(_(SECRECY_MEANS[bracket.secrecy]))
    if bracket.voter_role_id is not None:
        role = f"<@&{bracket.voter_role_id}>"
        said.append(_("Only members with the role {role} nominate and vote.", role=role))
    said.append(_("All in all it takes {time} at most, pauses aside.", time=_whole(bracket, _)))
    return said


def gone_on(bracket: Bracket, _: Phrases) -> str:
    """Say who has reached the next round, "" where nobody has yet or there is none."""
    current = bracket.current
    if current is None or current.round == len(bracket.rounds):
        return ""
    through = [matchup.winner for matchup in bracket.rounds[current.round - 1] if matchup.winner]
    stage = round_name(bracket, current.round + 1, _)
    return _("In the {stage}: {couples}", stage=stage, couples=_couples(bracket, through, _)) if through else ""


def listed(nominees: Sequence[Entrant], _: Phrases, first: int = 1) -> list[str]:
    """Return a line for each nominated couple, counted from `first`."""
    return [
        f"{place}\\. {plain(_.of(entrant.option.label))} · {entrant.nominations}"
        for place, entrant in enumerate(nominees, first)
    ]


def couple_options(entrants: Sequence[Entrant], _: Phrases) -> list[discord.SelectOption]:
    """Return couples for a menu, by their numbers."""
    return [
        discord.SelectOption(
            label=shorten(_.of(entrant.option.label), MENU_TEXT),
            value=str(entrant.number),
            description=_.ngettext("{count} nomination", "{count} nominations", entrant.nominations),
        )
        for entrant in entrants
    ]


def round_name(bracket: Bracket, number: int, _: Phrases) -> str:
    """Name a round of the bracket, counted from 1: "Quarter-final"."""
    return stage_name(len(bracket.rounds) - number + 1, _)


def _nominations(bracket: Bracket, _: Phrases) -> list[discord.ui.Item[Any] | str]:
    nominees, some = bracket.nominees, bracket.nominees[:MENU]
    more = len(nominees) - len(some)
    buttons = row(
        NOMINATE.button(_("Nominate a couple"), bracket.id, style=discord.ButtonStyle.primary),
        MINE.button(_("My nominations"), bracket.id),
        *([NOMINEES.button(_("All couples"), bracket.id, 0)] if more else []),
        MANAGE.button(_("Manage"), bracket.id, 0),
    )
    if not nominees:
        return [_("No couple is nominated yet."), buttons]
    lines = [f"**{_('Nominated')}** ({len(nominees)})", *listed(some, _)]
    lines += [_.ngettext("and one more couple", "and {count} more couples", more)] if more else []
    options = couple_options(some, _)
    return [
        "\n".join(lines),
        row(SUPPORT.select(bracket.id, placeholder=_("Support a couple"), options=options)),
        buttons,
    ]


def _who_leads(bracket: Bracket, _: Phrases) -> str:
    if bracket.creator_id is None:
        return _("With “Manage”, managers can pause it, repeat a matchup or end it.")
    return _(
        "With “Manage”, {member} and managers can pause it, repeat a matchup or end it.",
        member=f"<@{bracket.creator_id}>",
    )


def _whole(bracket: Bracket, _: Phrases) -> str:
    played = ((len(bracket.standing) or bracket.size) - 1) * bracket.matchup_time
    closes = bracket.nominations_close_at
    return say_at_most(played + (closes - bracket.created_at) if closes else played, _.language)


def _pair(bracket: Bracket, _: Phrases) -> str:
    current = bracket.current
    if current is None:
        return "…"
    first, second = (
        _couples(bracket, [seed], _).replace("[", "(").replace("]", ")") for seed in (current.first, current.second)
    )
    return _("{first} against {second}", first=first, second=second)


def _couples(bracket: Bracket, seeds: Sequence[int | None], _: Phrases) -> str:
    return say_list([plain(_.of(bracket.of_seed(seed).option.label)) for seed in seeds if seed], _.language)
