"""How a couple looks: who plays them, their drama, what they have won in a guild."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

import discord

from bot.domain.library import Couple, Drama, Library
from bot.domain.people import players
from bot.domain.records import PastBracket, PastPoll, Record, Score
from bot.services.links import jump
from bot.services.records import CoupleCard
from bot.text.catalogue import Phrases
from bot.text.formats import say_list
from bot.ui.cards.actions import SHARE_COUPLE, SHELF, CardList
from bot.ui.cards.article import GAME
from bot.ui.cards.here import EVERYWHERE, Here
from bot.ui.cards.lines import say_counts
from bot.ui.cards.menu import Way, drama_way, menu_of, person_way
from bot.ui.cite import drama_title, in_both_scripts
from bot.ui.pages import Page, card, plain, row
from bot.ui.ways import PLAY_DRAMA, SHIP_COUPLE

NAMED: Final = 5
"""Brackets won that a card names."""


def couple_card(
    found: CoupleCard,
    guild_id: int | None,
    articles: int,
    library: Library,
    _: Phrases,
    *,
    public: bool = False,
    here: Here = EVERYWHERE,
) -> Page:
    """Show a couple: both scripts, its drama and who plays it there, its fan name, its record, and the ways on.

    `articles` is how many are about its drama where it is shown. Without a guild there is no record.
    """
    texts = [_about(found, library, _), _drama_has(found.drama, articles, _)]
    if guild_id is not None:
        texts.append(_won(found.record, _))
        if found.record.past:
            past = "\n".join(_past(one, guild_id, _) for one in found.record.past)
            texts.append(f"**{_('Last polls and brackets')}**\n{past}")
    menu = menu_of(_named(found, library, _), _("Drama and actors"))
    ways = _ways(found, articles, _, public=public, plays=here.plays)
    return Page(card(*filter(None, texts), *menu, *([row(*ways)] if ways else [])))


def _about(found: CoupleCard, library: Library, _: Phrases) -> str:
    score, couple = found.record.score, found.couple
    lines = [f"## {in_both_scripts(score.label, _)}"]
    if found.drama:
        lines.append(f"**{drama_title(found.drama, _)}** · {found.drama.year}")
    if score.is_actors:
        lines.append(f"-# {_actors(couple, _)}")
    elif couple and found.drama:
        lines += _played_by(couple, found.drama, library, _)
        if couple.fan_name:
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


def _played_by(couple: Couple, drama: Drama, library: Library, _: Phrases) -> list[str]:
    """Say of each half who plays it: of one role, not of the two actors as a pair."""
    lines: list[str] = []
    for half, actors in players(couple, drama):
        if actors:
            names = say_list([plain(_.of(library.people[name].names)) for name in actors], _.language)
            lines.append(f"- {_('{character}, played by {actors}', character=plain(_.of(half)), actors=names)}")
    return lines


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


def _drama_has(drama: Drama | None, articles: int, _: Phrases) -> str:
    if drama is None:
        return ""
    told = say_counts(drama, articles, _)
    return f"{_('This drama')}: {told}" if told else ""


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


def _named(found: CoupleCard, library: Library, _: Phrases) -> Sequence[Way]:
    """The drama of a couple, and whoever plays its halves there."""
    if found.drama is None or found.couple is None:
        return ()
    ways = [drama_way(found.drama, _)]
    for half, actors in players(found.couple, found.drama):
        hint = _("as {character}", character=_.of(half))
        ways += [person_way(library.people[name], _, hint) for name in actors]
    return ways


def _ways(found: CoupleCard, articles: int, _: Phrases, *, public: bool, plays: bool) -> list[discord.ui.Item[Any]]:
    ways: list[discord.ui.Item[Any]] = []
    text, drama = found.record.score.text, found.drama
    with suppress(ValueError):  # names full of colons do not fit into a button
        if plays:
            ways.append(SHIP_COUPLE.button(_("Vote"), text, style=discord.ButtonStyle.primary))
        if not public:
            ways.append(SHARE_COUPLE.button(_("Show everyone"), text))
    if plays and drama is not None and any(moment.game_ready for moment in drama.moments):
        ways.append(PLAY_DRAMA.button(_("Play"), drama.id, GAME))
    if articles and drama is not None:
        ways.append(SHELF.button(_("Articles"), CardList.DRAMA, drama.id))
    return ways
