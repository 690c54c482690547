"""How trivia looks: a question, its reveal, a recap, the board."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.games import Answer, Asked, Game, Recap, Revealed, Round, Scored, Standing
from bot.domain.library import Article, Library
from bot.domain.moments import Moment, Verdict
from bot.domain.spoilers import SpoilerLevel
from bot.text.catalogue import Phrases
from bot.text.formats import relative
from bot.text.names import ANSWERS, CONFIDENCE, EVIDENCE, ORIGINS, SPOILER_LEVELS
from bot.ui.actions import Action
from bot.ui.cite import cite, drama_title
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, row, veil
from bot.ui.ways import PLAY, READ

GUESS = Action("guess", int, Answer)
"""Say an answer in a round."""
BOARD = Action("board", int)
"""Show a page of the guild's board."""

PAGE = 10
MOST_NAMES = 15
"""Names in a reveal; the others are counted."""


def started(game: Game, _: Phrases) -> Page:
    """Say that a game begins, and its rules in two sentences."""
    length = _.ngettext(
        "One round of {seconds} seconds.",
        "{count} rounds of {seconds} seconds each.",
        game.rounds,
        seconds=game.seconds,
    )
    rules = _("Your first answer counts; everyone who is right scores, the quick ones a little more.")
    begins = _("{member} starts a game", member=f"<@{game.starter_id}>")
    return Page(card(f"## {_('Was it scripted?')}", f"**{begins}** · {length} {rules}"))


def question(asked: Asked, library: Library, _: Phrases) -> Page:
    """Show an open question with its countdown and how many have answered."""
    game, round_ = asked.game, asked.round
    answered = _.ngettext("One answer so far.", "{count} answers so far.", asked.answered) if asked.answered else ""
    ends = _("Ends {when}.", when=relative(round_.deadline)) if round_.deadline else ""
    buttons = [GUESS.button(_(ANSWERS[answer]), round_.id, answer) for answer in Answer]
    return Page(card(*_scene(game, round_, library, _), row(*buttons), f"-# {ends} {answered}".rstrip()))


def reveal(revealed: Revealed, library: Library, _: Phrases) -> Page:
    """Turn a question into its answer: verdict, who was right, what was planned and what not, how it is known."""
    game, round_ = revealed.game, revealed.round
    moment = library.moments[round_.question.moment_id]
    source = library.articles[moment.sources[0]]
    said = [entry.guess.answer for entry in revealed.scored]
    buttons = [
        GUESS.button(f"{_(ANSWERS[answer])} ({said.count(answer)})", round_.id, answer, disabled=True)
        for answer in Answer
    ]
    return Page(
        card(
            "\n".join((_heading(game, round_, library, _), _verdict(moment, round_, _))),
            _who_was_right(revealed.scored, _),
            discord.ui.Separator[Any](),
            _truth(moment, round_, source, _),
            row(*buttons, READ.button(_("Read the story"), source.id)),
        )
    )


def recap(ended: Recap, _: Phrases) -> Page:
    """Show how a game ended."""
    cut = ended.rounds_played < ended.game.rounds
    played = _(
        "Ended after {played} of {rounds} rounds; the scores are kept.",
        played=ended.rounds_played,
        rounds=ended.game.rounds,
    )
    rounds = ended.rounds_played
    board = "\n".join(_line(standing, rounds, _) for standing in ended.standings[:PAGE]) or _(
        "Nobody answered this time."
    )
    again = PLAY.button(_("Play again"), "", ended.game.rounds, style=discord.ButtonStyle.primary)
    return Page(card(f"## {_('Final scores')}", *([played] if cut else []), board, row(again)))


def leaderboard(standings: Sequence[Standing], page: int, _: Phrases) -> Page:
    """Show a page of the guild's board."""
    shown, page, pages = page_of(standings, page, PAGE)
    board = "\n".join(_line(standing, standing.answered, _) for standing in shown) or _(
        "Nobody has played here yet. Start with /trivia start."
    )
    return Page(card(f"## {_('Leaderboard')}", board, *pager(BOARD, page=page, pages=pages, _=_)))


def _heading(game: Game, round_: Round, library: Library, _: Phrases, warning: str = "") -> str:
    moment = library.moments[round_.question.moment_id]
    drama = drama_title(library.drama_of(moment), _)
    if moment.episode:
        drama = _("{drama}, episode {episode}", drama=drama, episode=moment.episode)
    number = _("Round {number} of {rounds}", number=round_.number, rounds=game.rounds)
    return f"-# {number}{warning}\n### {drama}"


def _scene(game: Game, round_: Round, library: Library, _: Phrases) -> list[str]:
    moment = library.moments[round_.question.moment_id]
    scene, part = _.of(moment.scene), f"**{_.of(moment.parts[round_.question.part].asked)}**"
    asked = f"### {_('Was this in the script?')}"
    if moment.spoilers is SpoilerLevel.NONE:
        return [_heading(game, round_, library, _), f"{asked}\n{part}", scene]
    warning = f" · {_(SPOILER_LEVELS[moment.spoilers])}, {_('tap to see')}"
    return [_heading(game, round_, library, _, warning), f"{asked}\n{veil(f'{part}: {scene}')}"]


def _verdict(moment: Moment, round_: Round, _: Phrases) -> str:
    scripted = round_.question.answer is Answer.SCRIPTED
    verdict = f"## {_('Yes, it was in the script.') if scripted else _('No, it was not in the script.')}"
    if moment.verdict is not Verdict.PARTLY:
        return verdict
    both = (
        _("Only this part; another part of the scene was not.")
        if scripted
        else _("Only this part; another part of the scene was in the script.")
    )
    return f"{verdict}\n-# {both}"


def _truth(moment: Moment, round_: Round, source: Article, _: Phrases) -> str:
    """What was planned and what not, and how it is known; what spoils stands behind one veil."""
    told = f"**{_.of(moment.parts[round_.question.part].asked)}**: {_.of(moment.reveal)}"
    came = _came_from(moment, _)
    grade = f"{_(EVIDENCE[moment.evidence])}; {_(CONFIDENCE[moment.confidence])}"
    known = f"{_('How it is known')}: {_.of(moment.how_known)} ({grade})"
    if moment.spoilers is SpoilerLevel.NONE:
        return "\n".join((told, *came, f"-# {known}", f"-# {_('Source')}: {cite(source, _)}"))
    hidden = veil("\n".join((told, *came, known)))
    return f"{hidden}\n-# {_('Source')}: {cite(source, _, fenced=True)}"


def _came_from(moment: Moment, _: Phrases) -> list[str]:
    if moment.verdict is Verdict.SCRIPTED:
        return []
    origin = _(ORIGINS[moment.origin])
    partly = moment.verdict is Verdict.PARTLY
    whose = (
        _("What was not planned came from {origin}", origin=origin)
        if partly
        else _("It came from {origin}", origin=origin)
    )
    return [f"**{whose}**: {_.of(moment.credit)}" if moment.credit else f"**{whose}**"]


def _who_was_right(scored: Sequence[Scored], _: Phrases) -> str:
    if not scored:
        return _("Nobody answered.")
    right = [f"<@{entry.guess.user_id}> +{entry.points}" for entry in scored if entry.right]
    wrong = [f"<@{entry.guess.user_id}>" for entry in scored if not entry.right]
    lines: list[str] = []
    for label, names in ((_("Right, fastest first"), right), (_("Wrong"), wrong)):
        if names:
            more = (
                _.ngettext("and one more", "and {count} more", len(names) - MOST_NAMES)
                if len(names) > MOST_NAMES
                else ""
            )
            lines.append(f"**{label}:** {', '.join(names[:MOST_NAMES])} {more}".rstrip())
    return "\n".join(lines)


def _line(standing: Standing, asked: int, _: Phrases) -> str:
    points = _.ngettext("{count} point", "{count} points", standing.points)
    share = _("{right} of {asked} right", right=standing.right, asked=asked)
    return f"**{standing.rank}.** <@{standing.user_id}> · **{points}** · {share}"
