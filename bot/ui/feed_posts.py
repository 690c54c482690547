"""What feeds say in their channels: entries, digests, and how reading them goes."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import discord

from bot.domain.feed_health import tried_until
from bot.domain.feeds import MOST_AT_ONCE, Entry, Feed, Rhythm, Telling
from bot.domain.library import Article, Drama, Person
from bot.domain.own_articles import OWN
from bot.domain.texts import shorten
from bot.errors import FeedUnreadable, UserError
from bot.services.feeds import Named
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_list, say_values
from bot.ui.actions import Action
from bot.ui.cards.menu import MOST_WAYS, Kind, Way, drama_way, menu_of
from bot.ui.cite import drama_title, in_both_scripts
from bot.ui.mentions import command_mention
from bot.ui.pages import Page, card, plain, row

RETRY = Action("feed-retry", int)
"""Go on with a feed that was given up. Answered by feeds."""

MOST_MESSAGES: Final = 3
"""Of one batch of entries."""
ROOM: Final = 3400
"""Characters for entries in a message; the rest is for what stands around them (Discord takes 4000)."""
NAMES_SHOWN: Final = 3
"""Names that say why an entry is there."""
NAME_ROOM: Final = 60
_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_BRACKETS: Final = str.maketrans({"(": "%28", ")": "%29"})

Naming = Callable[[Sequence[str]], Sequence[Named]]
"""Turns what filters and entries are about into dramas, people and words; see FeedService.named."""


def named(names: Sequence[Named], _: Phrases, most: int = NAMES_SHOWN) -> str:
    """Say dramas and people in both scripts, words in quotes; what is more than `most` is counted."""
    said = [shorten(_name(name, _), 2 * NAME_ROOM).removesuffix("\\…") for name in names[:most]]
    if len(names) > most:
        said.append(_("{count} more", count=len(names) - most))
    return say_list(said, _.language)


def linked(headline: str, url: str | None) -> str:
    """Return a headline as its publisher wrote it, with the link to it; no mark in it formats or ends the link."""
    label = plain(_SCHEME.sub("", headline)).replace("[", "(").replace("]", ")")
    return f"[{label}]({url.translate(_BRACKETS)})" if url else label


def entry_line(entry: Entry, feed: Feed, naming: Naming, _: Phrases) -> str:
    """Show an entry: headline, publisher, when, and what it is here for."""
    names = named(naming(entry.because), _)
    why = _("about {names}", names=names) if feed.filter.takes_all else _("because of {names}", names=names)
    publisher = plain(shorten(entry.publisher, NAME_ROOM)) if entry.publisher else ""
    below = " · ".join(filter(None, (publisher, relative(entry.at), why if names else "")))
    return f"**{linked(entry.headline, entry.url)}**\n-# {below}"


def portions(
    entries: Sequence[Entry], feed: Feed, naming: Naming, _: Phrases
) -> tuple[Sequence[Sequence[Entry]], Sequence[Entry]]:
    """Return the entries of each message of a batch, and those that have no room in the last one.

    The same entries are always parted the same way, so that a message that was cut short is sent again as it was.
    """
    parts: list[list[Entry]] = []
    room = 0
    for place, entry in enumerate(entries):
        size = len(entry_line(entry, feed, naming, _))
        if not parts or size > room or len(parts[-1]) == MOST_AT_ONCE:
            if len(parts) == MOST_MESSAGES:
                return parts, entries[place:]
            parts.append([])
            room = ROOM
        parts[-1].append(entry)
        room -= size
    return parts, ()


def entries_page(
    part: Sequence[Entry],
    feed: Feed,
    naming: Naming,
    own: Mapping[str, Article],
    _: Phrases,
    *,
    first: bool = True,
    left_out: int = 0,
) -> Page:
    """Show entries, the newest first, with a menu of those that have joined the library and of their dramas.

    `own` are the articles of the guild; `left_out` says how many entries more there were. The `first` message of a
    batch mentions the role of the feed, where it has one.
    """
    more = _.ngettext("and {count} more that was left out", "and {count} more that were left out", left_out)
    ways = _ways(part, naming, own, _)
    ping = [discord.ui.TextDisplay[Any](f"<@&{feed.role_id}>")] if first and feed.role_id else []
    return Page(
        *ping,
        card(
            f"### {plain(feed.title)}",
            *(entry_line(entry, feed, naming, _) for entry in part),
            *([f"-# {more}"] if left_out else []),
            *menu_of(ways, _("Open in the library")),
        ),
    )


def said_rhythm(feed: Feed, time_zone: str, _: Phrases) -> str:
    """Say when a feed is posted, in the zone of its guild."""
    match feed.rhythm:
        case Rhythm.AT_ONCE:
            return _("at once")
        case Rhythm.DAILY:
            return _("every day at {hour}:00 ({zone})", hour=feed.hour, zone=time_zone)
        case Rhythm.WEEKLY:
            return _("every Monday at {hour}:00 ({zone})", hour=feed.hour, zone=time_zone)


def telling_page(feed: Feed, telling: Telling, time_zone: str, ids: Mapping[str, int], _: Phrases) -> Page:
    """Tell the channel that the news of a feed will come, or how reading it goes; `ids` are those of the commands."""
    title, why = f"### {plain(feed.title)}", said_fault(feed.fault, _)
    since = feed.health.failing_since
    manage = _("Managers find it in {command}.", command=command_mention("feed list", ids))
    match telling:
        case Telling.FOLLOWED:
            when = said_rhythm(feed, time_zone, _)
            return Page(card(title, _("News of this feed comes to this channel from now on: {when}.", when=when)))
        case Telling.WELL:
            return Page(card(title, _("This feed can be read again.")))
        case Telling.WARNED:
            gone = isinstance(feed.fault, FeedUnreadable) and feed.fault.gone
            until = tried_until(feed.health, gone=gone)
            failing = _("I have not been able to read this feed since {when}.", when=relative(since)) if since else ""
            tried = _("I keep trying, and give it up {when}.", when=relative(until)) if until else ""
            return Page(card(title, "\n".join(filter(None, (failing, why, tried, f"-# {manage}")))))
        case Telling.GIVEN_UP:
            over = (
                _("I have given this feed up: I could not read it since {when}.", when=relative(since)) if since else ""
            )
            return Page(
                card(
                    title,
                    "\n".join(filter(None, (over, why, f"-# {manage}"))),
                    row(RETRY.button(_("Try again"), feed.id)),
                )
            )


def said_fault(fault: UserError | None, _: Phrases) -> str:
    """Say what is wrong; nothing where nothing is."""
    if fault is None:
        return ""
    values = {name: plain(shorten(text, 2 * NAME_ROOM)) for name, text in say_values(fault.values, _).items()}
    return _(fault.message, **values)


def _name(name: Named, _: Phrases) -> str:
    match name:
        case Drama():
            return drama_title(name, _)
        case Person():
            return in_both_scripts(name.names, _)
        case str():
            return f"“{plain(shorten(name, NAME_ROOM))}”"


def _ways(part: Sequence[Entry], naming: Naming, own: Mapping[str, Article], _: Phrases) -> Sequence[Way]:
    """The articles first, then the dramas that they are about."""
    joined = {f"{OWN}{entry.article_id}": entry for entry in part if entry.article_id is not None}
    articles = [
        Way(Kind.ARTICLE, article_id, entry.headline, entry.publisher or "") for article_id, entry in joined.items()
    ]
    about = [
        name
        for article_id, entry in joined.items()
        for name in naming(own[article_id].dramas if article_id in own else entry.because)
    ]
    dramas = {drama.id: drama_way(drama, _) for drama in about if isinstance(drama, Drama)}
    return [*articles, *dramas.values()][:MOST_WAYS]
