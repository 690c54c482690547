"""How a round looks: the open question with its countdown, and the reveal that it turns into."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.games import Angle, Answer, Asked, Game, Mode, Revealed, Round, Scored, Stake
from bot.domain.library import Library
from bot.domain.moments import Moment, Verdict
from bot.domain.questions import choice_label, is_known, is_planned, main_part, shown_parts
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_value
from bot.text.names import ASKS, SPOILER_LEVELS
from bot.ui.actions import Action
from bot.ui.cite import drama_title
from bot.ui.pages import Page, card, plain, row
from bot.ui.truth import drama_button, drama_line, fenced, part_of, scene_of, story_button, truth
from bot.ui.ways import REPORT

GUESS = Action("guess", int, int)
"""Say the choice with that number (from 0) in a round."""
SKIP = Action("skip", int)
"""Want a round to be skipped."""
DOUBLE = Action("double", int)
"""Risk what was won in a round of a bold game."""
KEEP = Action("keep", int)
"""Keep what was won in a round of a bold game."""

NAMES: Final = (15, 8, 4, 0)
"""So many names stand in each line of a reveal, or fewer where the text leaves no room; the others are counted."""
TEXT: Final = 4000
"""Characters of a message (Discord)."""
LABEL: Final = 80
"""Characters of a button (Discord)."""
STREAK_TOLD: Final = 3
"""Right answers in a row that are worth a word."""


def question(asked: Asked, library: Library, _: Phrases) -> Page:
    """Show an open question with its countdown, how many have answered and how many want to skip it."""
    game, round_ = asked.game, asked.round
    choices = _buttons(round_, library, _)
    skip = [row(SKIP.button(_("Skip this question"), round_.id))] if game.mode is not Mode.DAILY else []
    answered = _.ngettext("One answer so far.", "{count} answers so far.", asked.answered) if asked.answered else ""
    skips = _.ngettext("One wants to skip.", "{count} want to skip.", asked.skips) if asked.skips else ""
    ends = _("Ends {when}.", when=relative(round_.deadline)) if round_.deadline else ""
    footer = " ".join(filter(None, (ends, answered, skips)))
    return Page(card(*_asked(game, round_, library, _), *choices, f"-# {footer}", *skip))


def reveal(revealed: Revealed, library: Library, _: Phrases) -> Page:
    """Turn a question into its answer: verdict, who was right, what was planned and what not, how it is known.

    It names as many members as the message has room for.
    """
    *some, none = NAMES
    for most in some:
        page = _reveal(revealed, library, most, _)
        if page.content_length() <= TEXT:
            return page
    return _reveal(revealed, library, none, _)


def closed(revealed: Revealed, library: Library, _: Phrases) -> Page:
    """Turn a question into its reveal; where its scene was removed while it was open, say so: the answers count."""
    if is_known(revealed.round.question, library):
        return reveal(revealed, library, _)
    number = f"-# {_number(revealed.game, revealed.round, _)}"
    told = _("This scene was removed while it was asked about; the answers are counted.")
    return Page(card(f"{number}\n{told}", *filter(None, [_who_was_right(revealed, NAMES[0], _)])))


def _reveal(revealed: Revealed, library: Library, most: int, _: Phrases) -> Page:
    game, round_ = revealed.game, revealed.round
    moment, part = main_part(round_.question, library)
    said = [entry.guess.answer for entry in revealed.scored]
    ways = [
        *story_button(moment, library, _),
        *drama_button(moment, _),
        REPORT.button(_("Report this fact"), moment.id),
    ]
    bold = game.mode is Mode.BOLD and round_.number < game.rounds and game.ended_at is None and not round_.skipped
    risks = [row(DOUBLE.button(_("Double or nothing"), round_.id), KEEP.button(_("Keep my points"), round_.id))]
    heading = f"-# {_number(game, round_, _)}\n### {drama_line(moment, library, _)}"
    return Page(
        card(
            "\n".join((heading, *_verdict(moment, round_, library, _))),
            *filter(None, [_who_was_right(revealed, most, _)]),
            *(risks if bold and any(entry.right for entry in revealed.scored) else []),
            discord.ui.Separator[Any](),
            truth(moment, part, library, _),
            *_buttons(round_, library, _, said=said),
            row(*ways),
        )
    )


def _buttons(
    round_: Round, library: Library, _: Phrases, said: Sequence[str] | None = None
) -> list[discord.ui.ActionRow[Any]]:
    """The choices; once it is known what was `said`, greyed, each with how many chose it, the right one marked."""
    question = round_.question
    buttons: list[Any] = []
    for number, choice in enumerate(question.choices):
        label = say_value(choice_label(question, choice, library), _)
        if said is None:
            buttons.append(GUESS.button(shorten(label, LABEL), round_.id, number))
            continue
        right = choice == question.answer
        told = f" ({said.count(choice)})" + (f" · {_('right')}" if right else "")
        style = discord.ButtonStyle.success if right else discord.ButtonStyle.secondary
        buttons.append(
            GUESS.button(shorten(label, LABEL - len(told)) + told, round_.id, number, style=style, disabled=True)
        )
    one_line = question.angle in (Angle.SCRIPT, Angle.ODD_ONE)
    return [row(*buttons)] if one_line else [row(*buttons[:2]), row(*buttons[2:])]


def _number(game: Game, round_: Round, _: Phrases) -> str:
    if game.mode is Mode.DAILY:
        return _("Daily question")
    return _("Round {number} of {rounds}", number=round_.number, rounds=game.rounds)


def _asked(game: Game, round_: Round, library: Library, _: Phrases) -> list[str]:
    """What the question says above its buttons; the drama outside the veil, what spoils it inside."""
    question = round_.question
    parts = shown_parts(question, library)
    number, ask = f"-# {_number(game, round_, _)}", f"### {_(ASKS[question.angle])}"
    if question.angle is Angle.ODD_ONE:
        lines = [
            f"**{letter} · {drama_title(library.drama_of(moment), _)}**\n{fenced(part_of(moment, part, _), moment)}"
            for letter, (moment, part) in zip("ABCD", parts, strict=True)
        ]
        return [f"{number}{_warning([moment for moment, _part in parts], _)}\n{ask}", "\n".join(lines)]
    ((moment, part),) = parts
    if question.angle is Angle.DRAMA:
        return [f"{number}\n{ask}", scene_of(moment, _)]
    heading = f"{number}{_warning([moment], _)}\n### {drama_line(moment, library, _)}"
    named, scene = f"**{part_of(moment, part, _)}**", scene_of(moment, _)
    if moment.spoilers is SpoilerLevel.NONE:
        return [heading, f"{ask}\n{named}", scene]
    return [heading, f"{ask}\n{fenced(f'{named}: {scene}', moment)}"]


def _warning(moments: Sequence[Moment], _: Phrases) -> str:
    """Say before the veil how much lies behind it."""
    level = max((moment.spoilers for moment in moments), key=tuple(SpoilerLevel).index)
    return "" if level is SpoilerLevel.NONE else f" · {_(SPOILER_LEVELS[level])}, {_('tap to see')}"


def _verdict(moment: Moment, round_: Round, library: Library, _: Phrases) -> list[str]:
    question = round_.question
    skipped = [_("Skipped: this question counts for nobody.")] if round_.skipped else []
    if question.angle is Angle.SCRIPT:
        scripted = question.answer == Answer.SCRIPTED
        verdict = _("Yes, it was in the script.") if scripted else _("No, it was not in the script.")
    else:
        label = plain(say_value(choice_label(question, question.answer, library), _))
        verdict = _("Answer: {answer}", answer=label)
    lines = [*skipped, f"## {verdict}"]
    planned = is_planned(question)
    if question.angle is Angle.ODD_ONE:
        lines.append(f"-# {_('The other three were in the script.')}")
    elif planned is not None and moment.verdict is Verdict.PARTLY:
        only = (
            _("Only this part; another part of the scene was not.")
            if planned
            else _("Only this part; another part of the scene was in the script.")
        )
        lines.append(f"-# {only}")
    return lines


def _who_was_right(revealed: Revealed, most: int, _: Phrases) -> str:
    if revealed.round.skipped:
        return _.ngettext("One had answered.", "{count} had answered.", len(revealed.scored)) if revealed.scored else ""
    risked = {stake.user_id: stake for stake in revealed.stakes if stake.points is not None}
    answered = {entry.guess.user_id for entry in revealed.scored}
    lost = [stake for user_id, stake in risked.items() if user_id not in answered]
    if not revealed.scored and not lost:
        return _("Nobody answered.")
    right = [_earned(entry, risked, _) for entry in revealed.scored if entry.right]
    wrong = [_earned(entry, risked, _) for entry in revealed.scored if not entry.right]
    absent = [f"<@{stake.user_id}> {_signed(stake.points or 0)}" for stake in lost]
    lines: list[str] = [] if right else [_("Nobody was right.")]
    for label, names in (
        (_("Right, fastest first"), right),
        (_("Wrong"), wrong),
        (_("Risked points and did not answer"), absent),
    ):
        if names:
            over = len(names) - most
            more = _.ngettext("and one more", "and {count} more", over) if over > 0 else ""
            lines.append(f"**{label}:** {', '.join(names[:most])} {more}".rstrip())
    return "\n".join(lines)


def _earned(entry: Scored, risked: dict[int, Stake], _: Phrases) -> str:
    stake = risked.get(entry.guess.user_id)
    points = entry.points + (stake.points or 0 if stake else 0)
    notes: list[str] = []
    if stake is not None:
        notes.append(_("doubled") if entry.right else _("lost what was risked"))
    if entry.streak >= STREAK_TOLD:
        notes.append(_.ngettext("{count} in a row", "{count} in a row", entry.streak))
    told = f" ({', '.join(notes)})" if notes else ""
    return f"<@{entry.guess.user_id}>{f' {_signed(points)}' if points or entry.right else ''}{told}"


def _signed(points: int) -> str:
    return f"+{points}" if points >= 0 else f"−{-points}"
