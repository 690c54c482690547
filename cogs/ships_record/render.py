"""How the record of couples looks: the leaderboard of a guild, the card of a couple."""

from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

import discord

from bot.domain.library import Couple, Library
from bot.domain.records import Leaderboard, PastBracket, PastPoll, Placed, Record, Score
from bot.services.links import jump
from bot.services.records import CoupleCard, Offer
from bot.text.catalogue import Phrases
from bot.ui.actions import Action
from bot.ui.cite import drama_title, in_both_scripts
from bot.ui.pager import pager
from bot.ui.pages import Page, card, plain, row
from bot.ui.ways import PLAY, SHIP_COUPLE

COUPLES = Action("couples", int)
"""Show a page of the leaderboard of couples."""
SHARE = Action("couple-share", str)
"""Show the card of a couple to the channel."""

GAME: Final = 5
"""Rounds of a game about the drama of a couple, at most."""
NAMED: Final = 5
"""Brackets won that a card names."""


def leaderboard(board: Leaderboard, _: Phrases) -> Page:
    """Show a page of the leaderboard, with buttons to the others."""
    heading = f"## {_('Leaderboard of couples')}"
    if not board.shown:
        return Page(card(heading, _("No vote on couples has closed here yet. Begin with /ship poll.")))
    return Page(
        card(
            f"{heading}\n-# {_('By matchups won, then by votes')}",
            "\n".join(_place(entry, _) for entry in board.shown),
            *pager(COUPLES, page=board.page, pages=board.pages, _=_),
        )
    )


def couple_card(found: CoupleCard, guild_id: int, library: Library, _: Phrases, *, public: bool = False) -> Page:
    """Show a couple: both scripts, its drama, its fan name, its record in the guild, and the ways on."""
    texts = [_about(found, library, _), _won(found.record, _)]
    if found.record.past:
        past = "\n".join(_past(one, guild_id, _) for one in found.record.past)
        texts.append(f"**{_('Last polls and brackets')}**\n{past}")
    ways = _ways(found, _, public=public)
    return Page(card(*texts, *([row(*ways)] if ways else [])))


def offer(found: Offer, _: Phrases) -> str:
    """Return how a couple is called where one is chosen."""
    couple = _.of(found.label)
    return f"{couple} · {_.of(found.drama.title)}" if found.drama else couple


def _place(entry: Placed, _: Phrases) -> str:
    score = entry.score
    name = _("a couple whose name is not wanted here") if entry.withheld else f"**{plain(_.of(score.label))}**"
    counts = [_.ngettext("{count} vote", "{count} votes", score.votes)]
    if score.won:
        counts.insert(0, _.ngettext("{count} matchup won", "{count} matchups won", score.won))
    if score.titles:
        counts.append(_.ngettext("{count} title", "{count} titles", score.titles))
    return f"**{entry.rank}.** {name} · {' · '.join(counts)}"


def _about(found: CoupleCard, library: Library, _: Phrases) -> str:
    score, couple = found.record.score, found.couple
    lines = [f"## {in_both_scripts(score.label, _)}"]
    if found.drama:
        lines.append(f"**{drama_title(found.drama, _)}** · {found.drama.year}")
    if score.is_actors:
        lines.append(f"-# {_actors(couple, _)}")
    elif couple and couple.fan_name:
        source = _source(couple, library, _)
        lines.append(f"{_('Fan name')}: {in_both_scripts(couple.fan_name, _)}" + (f" · {source}" if source else ""))
    elif score.is_written:
        lines.append(f"-# {_('A couple that members of this server wrote.')}")
    return "\n".join(lines)


def _actors(couple: Couple | None, _: Phrases) -> str:
    if couple is None:
        return _("A pair of actors. Voting for them is play and says nothing about their lives.")
    return _(
        "The actors who play {couple}. Voting for them is play and says nothing about their lives.",
        couple=plain(_.of(couple.name)),
    )


def _source(couple: Couple, library: Library, _: Phrases) -> str:
    """Say where the fan name is from; an address becomes a link, but to an article that may not be linked."""
    source = couple.fan_name_source or ""
    if source.startswith(("http://", "https://")):
        article = next((article for article in library.articles.values() if article.url == source), None)
        name = plain(article.publisher if article else urlsplit(source).netloc.removeprefix("www."))
        address = source.replace("(", "%28").replace(")", "%29")
        source = name if article and article.link is None else f"[{name}]({address})"
    else:
        source = plain(source)
    return source and f"{_('Source')}: {source}"


def _won(record: Record, _: Phrases) -> str:
    score, lines = record.score, [f"**{_('Record on this server')}**"]
    if not _has_stood(score):
        return "\n".join([*lines, _("No vote on this couple has closed here yet.")])
    if score.won or score.lost:
        lines.append(_("Matchups: {won} won, {lost} lost", won=score.won, lost=score.lost))
    if record.titles:
        names = ", ".join(plain(name) for name in record.titles[:NAMED])
        more = len(record.titles) - NAMED
        others = f" {_.ngettext('and {count} more', 'and {count} more', more)}" if more > 0 else ""
        lines.append(f"{_('Titles')}: {names}{others}")
    lines.append(f"{_('Votes')}: {score.votes}")
    if score.polls:
        lines.append(_("Polls: {won} won of {polls}", won=record.polls_won, polls=score.polls))
    return "\n".join(lines)


def _has_stood(score: Score) -> bool:
    return bool(score.polls or score.won or score.lost)


def _past(one: PastPoll | PastBracket, guild_id: int, _: Phrases) -> str:
    if isinstance(one, PastPoll):
        kind, name, ended = _("Poll"), one.question, _ended(one, _)
    else:
        kind, name, ended = _("Bracket"), one.name, _played(one, _)
    if one.message_id is not None:
        kind = f"[{kind}]({jump(guild_id, one.channel_id, one.message_id)})"
    day = discord.utils.format_dt(one.at, "D")
    return "- " + " · ".join(filter(None, (day, kind, plain(name or ""), ended)))


def _ended(poll: PastPoll, _: Phrases) -> str:
    if not poll.cast:
        return _("Nobody voted")
    share = _.ngettext("{votes} of {count} vote", "{votes} of {count} votes", poll.cast, votes=poll.votes)
    return f"**{_('Won')}**, {share}" if poll.is_won else share


def _played(bracket: PastBracket, _: Phrases) -> str:
    if bracket.is_champion:
        return f"**{_('Champion')}**"
    return _("{won} won, {lost} lost", won=bracket.won, lost=bracket.lost)


def _ways(found: CoupleCard, _: Phrases, *, public: bool) -> list[discord.ui.Item[Any]]:
    ways: list[discord.ui.Item[Any]] = []
    text = found.record.score.text
    with suppress(ValueError):  # names full of colons do not fit into a button
        ways.append(SHIP_COUPLE.button(_("Vote"), text, style=discord.ButtonStyle.primary))
        if not public:
            ways.append(SHARE.button(_("Show everyone"), text))
    if found.article_id is not None:
        ways.append(PLAY.button(_("Play"), found.article_id, GAME))
    return ways
