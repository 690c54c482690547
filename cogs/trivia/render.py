"""How trivia looks around its rounds: the start of a game, its recap, the rules."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.games import Mode, Recap, Standing
from bot.domain.library import Drama, Library
from bot.domain.packs import BuiltIn
from bot.domain.questions import main_part
from bot.domain.spoilers import SpoilerWish
from bot.domain.trivia import (
    COST,
    FEWEST_SKIPS,
    IDLE_ROUNDS,
    MOST_STREAK_BONUS,
    POINTS,
    SPEED_BONUS,
)
from bot.services.trivia import Started
from bot.text.catalogue import Phrases
from bot.text.formats import say_list
from bot.text.names import KINDS, MODES, PACKS, SPOILER_POLICIES
from bot.ui.actions import Action
from bot.ui.cite import drama_title
from bot.ui.pages import Page, card, plain, row
from bot.ui.truth import drama_button, story_button

AGAIN = Action("again", int)
"""Start a game with the same wishes as that one."""

PAGE: Final = 10


def started(begun: Started, drama: Drama | None, _: Phrases) -> Page:
    """Say that a game begins, what it is about, and its rules in two sentences."""
    game = begun.game
    length = _.ngettext(
        "One round of {seconds} seconds.",
        "{count} rounds of {seconds} seconds each.",
        game.rounds,
        seconds=game.seconds,
    )
    begins = _("{member} starts a game", member=f"<@{game.starter_id}>")
    about = " · ".join(_about(begun, drama, _))
    fewer = f" {_('There is no more to ask about this.')}" if game.rounds < game.wish.rounds else ""
    lines = [f"## {_('Was it scripted?')}", f"**{begins}** · {length}{fewer}\n{_opening(game.mode, _)}", f"-# {about}"]
    return Page(card(*lines))


def recap(ended: Recap, library: Library, _: Phrases) -> Page:
    """Show how a game ended: where everybody stands, what was remarkable, and the ways on.

    `library` holds the moment whose story is offered.
    """
    game = ended.game
    played = _(
        "Ended after {played} of {rounds} rounds; the scores are kept.", played=ended.rounds_played, rounds=game.rounds
    )
    board = "\n".join(_line(standing, ended.rounds_counted, _) for standing in ended.standings[:PAGE])
    more = len(ended.standings) - PAGE
    if more > 0:
        board += "\n" + _.ngettext("and one more", "and {count} more", more)
    highlights = "\n".join(_highlights(ended, library, _))
    ways: list[Any] = [AGAIN.button(_("Play again"), game.id, style=discord.ButtonStyle.primary)]
    if ended.story:
        moment, _part = main_part(ended.story.question, library)
        ways += [*story_button(moment, library, _), *drama_button(moment, _)]
    return Page(
        card(
            f"## {_('Final scores')}",
            *([played] if ended.standings and ended.rounds_played < game.rounds else []),
            *([_winners(ended.standings, _)] if ended.standings and ended.standings[0].points else []),
            board or _("Nobody answered. The game is over."),
            *([discord.ui.Separator[Any](), highlights] if highlights else []),
            row(*ways),
        )
    )


def rules(_: Phrases) -> Page:
    """Tell the rules, as docs/trivia-rules.md does."""
    return Page(card(f"## {_('The rules of the game')}", *("\n".join(block) for block in rule_texts(_))))


def rule_texts(_: Phrases) -> Sequence[Sequence[str]]:
    """The rules, in blocks of lines. docs/trivia-rules.md holds the same lines; a test compares them."""
    bold = _(
        "**Bold**: after a right answer, “Double or nothing” risks what you won in that round. Right in the next round:"
        " you win it once more. Wrong, or no answer: it is gone. “Keep my points”, or no press, keeps it."
    )
    answer = _("Your first answer counts and cannot be changed. Everyone who is right before the time is up scores.")
    two, four = POINTS[2], POINTS[4]
    right = _("A right answer: {two} points, or {four} where there are four choices.", two=two, four=four)
    speed = _(
        "Speed: up to {bonus} points more, falling evenly to 0 at the end. Each right answer in a row before raises"
        " that by one, up to {most}.",
        bonus=SPEED_BONUS,
        most=SPEED_BONUS + MOST_STREAK_BONUS,
    )
    wrong = _(
        "A wrong answer costs {cost} points in Expert and Bold, never more than you have in the game.",
        cost=COST[Mode.EXPERT],
    )
    tie = _("Equal points share a rank.")
    early = _(
        "A question ends early when everyone has answered who answered in one of the {count} rounds before it.",
        count=IDLE_ROUNDS,
    )
    skip = _(
        "Skip: the starter or a manager at once; others when more than half of the players want it, at least {count}."
        " A skipped question counts for nobody and breaks no streak.",
        count=FEWEST_SKIPS,
    )
    idle = _("{count} questions in a row that nobody answers end the game. The scores are kept.", count=IDLE_ROUNDS)
    stop = _("The starter or a manager can stop a game; what was answered counts, and nobody loses what was at risk.")
    daily = _(
        "The daily question is open until the next one. A right answer: {points} points, and one more for each right"
        " day in a row before, up to {most}.",
        points=two,
        most=MOST_STREAK_BONUS,
    )
    fair = _(
        "In a classic game about everything, of any ten answers in a row four to six are “in the script”, and nothing"
        " comes twice on a server before all was asked. Smaller choices of scenes come as near to that as they can."
    )
    return (
        (
            _("**Classic**: was this one part of the scene in the script, or an ad-lib?"),
            _("**Expert**: whose idea was it: the script's, the director's on the set, the actors' own, an accident?"),
            _("**Mixed**: both of these, and which drama, which actor, which of four was the ad-lib."),
            bold,
        ),
        (answer, right, speed, wrong, tie),
        (early, skip, idle, stop),
        (daily, fair),
    )


def _opening(mode: Mode, _: Phrases) -> str:
    if mode is Mode.EXPERT:
        return _("Whose idea was it? Your first answer counts; a wrong one costs points, a quick one earns more.")
    if mode is Mode.BOLD:
        return _("Your first answer counts; a wrong one costs points. What you win you may double, or lose.")
    return _("Your first answer counts; everyone who is right scores, the quick ones a little more.")


def _about(begun: Started, drama: Drama | None, _: Phrases) -> list[str]:
    wish = begun.game.wish
    told = [_(MODES[wish.mode])]
    if drama is not None:
        told.append(drama_title(drama, _))
    if wish.kind is not None:
        told.append(_(KINDS[wish.kind]))
    if begun.pack is not None:
        told.append(plain(begun.pack.name))
    elif wish.pack is not None and wish.pack != BuiltIn.EVERYTHING:
        told.append(_(PACKS[BuiltIn(wish.pack)]))
    match wish.spoilers:
        case None:
            pass
        case SpoilerWish.SEEN_BY_ME:
            told.append(_("only dramas that {member} has seen", member=f"<@{begun.game.starter_id}>"))
        case SpoilerWish.SEEN_BY_US:
            told.append(_("only dramas that all who played last have seen"))
        case _:
            told.append(_(SPOILER_POLICIES[begun.policy]))
    return told


def _winners(standings: Sequence[Standing], _: Phrases) -> str:
    first = [f"<@{standing.user_id}>" for standing in standings if standing.rank == 1]
    names = say_list(first, _.language)
    return f"**{_.ngettext('{names} wins!', '{names} share the first place!', len(first), names=names)}**"


def _highlights(ended: Recap, library: Library, _: Phrases) -> list[str]:
    lines: list[str] = []
    if ended.fastest:
        who, seconds = f"<@{ended.fastest.user_id}>", f"{ended.fastest.seconds:.1f}"
        lines.append(f"**{_('Fastest right answer')}:** " + _("{who}, {seconds} seconds", who=who, seconds=seconds))
    if ended.longest:
        names = say_list([f"<@{user_id}>" for user_id in ended.longest.user_ids], _.language)
        length = _.ngettext("{count} in a row", "{count} in a row", ended.longest.length)
        lines.append(f"**{_('Longest streak')}:** {names}, {length}")
    if ended.most_missed:
        missed = ended.most_missed
        moment, _part = main_part(missed.round.question, library)
        wrong = _("{wrong} of {answered} wrong", wrong=missed.wrong, answered=missed.answered)
        number = _("round {number}", number=missed.round.number)
        lines.append(f"**{_('Most missed')}:** {drama_title(library.drama_of(moment), _)}, {number} ({wrong})")
    return lines


def _line(standing: Standing, asked: int, _: Phrases) -> str:
    points = _.ngettext("{count} point", "{count} points", standing.points)
    share = _("{right} of {asked} right", right=standing.right, asked=asked)
    return f"**{standing.rank}.** <@{standing.user_id}> · **{points}** · {share}"
