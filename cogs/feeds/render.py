"""How feeds look to their managers: the list, the page of one with all that can be changed. Previews: bot/ui."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.feeds import Feed, FeedState, Filter, Rhythm
from bot.domain.library import Drama, Person
from bot.domain.texts import shorten
from bot.errors import N_
from bot.services.feeds import Followed, Named
from bot.text.catalogue import Phrases
from bot.text.formats import relative
from bot.text.names import FEED_STATES, RHYTHMS
from bot.ui.actions import MENU_TEXT, Action
from bot.ui.feed_posts import Naming, named, said_fault, said_rhythm
from bot.ui.feed_previews import LOOK, SHOW
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, notice, plain, row

LIST = Action("feed-list", int)
"""Show a page of the guild's feeds."""
CHOOSE = Action("feed-choose")
"""Show the page of the feed that is chosen in a menu."""
PAUSE = Action("feed-pause", int)
"""Stop a feed for a while."""
RESUME = Action("feed-resume", int)
"""Go on with a feed."""
DROP = Action("feed-drop", int)
"""Take away the filters that are chosen in a menu."""
RHYTHM = Action("feed-rhythm", int)
"""Choose when a feed is posted."""
HOUR = Action("feed-hour", int)
"""Choose the hour of digests."""
CHANNEL = Action("feed-channel", int)
"""Choose the channel of a feed."""
ROLE = Action("feed-role", int)
"""Choose the role that posts mention."""
NO_ROLE = Action("feed-no-role", int)
"""Mention nobody."""
REMOVE = Action("feed-remove", int)
"""Ask whether to remove a feed."""
REMOVE_NOW = Action("feed-remove-now", int)
"""Remove a feed."""

PAGE: Final = 4
"""Feeds on a page of the list."""
ADDRESS_ROOM: Final = 200
TITLE_ROOM: Final = 80
FILTERS_ROOM: Final = 700
"""Characters for what a feed takes, and for what it leaves out, on its page."""
LISTED_ROOM: Final = 160
"""The same in the list."""

FILTERS: Final = {"dramas": N_("Drama"), "people": N_("Person"), "words": N_("Word"), "without": N_("Left out")}
"""The kinds of filters, as the menu that takes them away calls them; the keys are those of Filter."""


def feed_list(followed: Sequence[Followed], page: int, zone: str, naming: Naming, _: Phrases) -> Page:
    """Show a page of the guild's feeds, with a menu that opens them."""
    if not followed:
        return notice(_("This server follows no feeds yet. /feed add shows you what one would bring."))
    shown, page, pages = page_of(followed, page, PAGE)
    options = [
        discord.SelectOption(
            label=shorten(one.feed.title, MENU_TEXT),
            value=str(one.feed.id),
            description=shorten(one.feed.url, MENU_TEXT),
        )
        for one in shown
    ]
    return Page(
        card(
            f"## {_('Feeds of this server')}",
            *(_listed(one, zone, naming, _) for one in shown),
            row(CHOOSE.select(placeholder=_("Open a feed"), options=options)),
            *pager(LIST, page=page, pages=pages, _=_),
        )
    )


def feed_page(one: Followed, zone: str, naming: Naming, _: Phrases, note: str = "") -> Page:
    """Show a feed with all that can be changed; `note` says what has just happened."""
    feed = one.feed
    stands_still = feed.state is not FeedState.FOLLOWED
    role = [row(NO_ROLE.button(_("Mention nobody"), feed.id))] if feed.role_id else []
    digest = (
        []
        if feed.rhythm is Rhythm.AT_ONCE
        else [row(HOUR.select(feed.id, placeholder=_("The hour of the digest"), options=_hours(feed)))]
    )
    return Page(
        card(
            *([note] if note else []),
            _listed(one, zone, naming, _, "##", FILTERS_ROOM),
            f"-# {plain(shorten(feed.url, ADDRESS_ROOM))}",
            row(
                LOOK.button(_("Preview"), feed.id),
                RESUME.button(_("Resume"), feed.id, style=discord.ButtonStyle.primary)
                if stands_still
                else PAUSE.button(_("Pause"), feed.id),
                REMOVE.button(_("Remove"), feed.id, style=discord.ButtonStyle.danger),
                LIST.button(_("All feeds"), 0),
            ),
            *_droppable(feed, naming, _),
            row(RHYTHM.select(feed.id, placeholder=_("When to post"), options=_rhythms(feed, _))),
            *digest,
            row(CHANNEL.channel_select(feed.id, placeholder=_("Post in another channel"))),
            row(ROLE.role_select(feed.id, placeholder=_("Mention a role in every post"))),
            *role,
        )
    )


def removal_question(feed: Feed, _: Phrases) -> Page:
    """Ask whether to remove a feed, saying what goes and what stays."""
    stays = _("Nothing of it is posted any more. Articles that it brought stay in this server's library.")
    return Page(
        card(
            f"## {_('Remove “{name}”?', name=plain(feed.title))}",
            stays,
            row(
                REMOVE_NOW.button(_("Remove it"), feed.id, style=discord.ButtonStyle.danger),
                SHOW.button(_("Keep it"), feed.id),
            ),
        )
    )


def removed(feed: Feed, _: Phrases) -> Page:
    """Say that it is done."""
    return Page(card(_("The feed “{name}” is removed.", name=plain(feed.title)), row(LIST.button(_("All feeds"), 0))))


def parse_dropped(values: Sequence[str]) -> Filter:
    """Return the filters that were chosen in the menu that takes them away."""
    chosen: dict[str, list[str]] = {kind: [] for kind in FILTERS}
    for value in values:
        kind, _, name = value.partition(":")
        chosen.get(kind, []).append(name)
    return Filter(**{kind: tuple(names) for kind, names in chosen.items()})


def _listed(one: Followed, zone: str, naming: Naming, _: Phrases, heading: str = "###", room: int = LISTED_ROOM) -> str:
    feed = one.feed
    role = _("mentions {role}", role=f"<@&{feed.role_id}>") if feed.role_id else ""
    posted = _("posted {when}", when=relative(one.posted_at)) if one.posted_at else _("nothing posted yet")
    read = _("read {when}", when=relative(feed.checked_at)) if feed.checked_at else _("not read yet")
    failing = _("failing since {when}", when=relative(since)) if (since := feed.health.failing_since) else ""
    fault = said_fault(feed.fault, _)
    lines = [
        f"{heading} {plain(shorten(feed.title, TITLE_ROOM))}",
        " · ".join(
            filter(None, (f"<#{feed.channel_id}>", _(FEED_STATES[feed.state]), said_rhythm(feed, zone, _), role))
        ),
        *_filters(feed, room, naming, _),
        f"-# {' · '.join(filter(None, (read, posted, failing)))}",
        *([f"**{_('What is wrong')}**: {fault}"] if fault else []),
    ]
    return "\n".join(lines)


def _filters(feed: Feed, room: int, naming: Naming, _: Phrases) -> Sequence[str]:
    wanted, without = feed.filter, feed.filter.without
    taken = named(naming((*wanted.dramas, *wanted.people, *wanted.words)), _, len(wanted))
    lines = [
        _("Posts what names {names}", names=shorten(taken, room).removesuffix("\\…"))
        if taken
        else _("Takes everything")
    ]
    if without:
        left = shorten(named(naming(without), _, len(wanted)), room).removesuffix("\\…")
        lines.append(_("Leaves out what contains {words}", words=left))
    return lines


def _droppable(feed: Feed, naming: Naming, _: Phrases) -> Sequence[discord.ui.ActionRow[Any]]:
    options = [
        discord.SelectOption(
            label=shorten(_said(naming([name])[0], _), MENU_TEXT), value=f"{kind}:{name}", description=_(FILTERS[kind])
        )
        for kind in FILTERS
        for name in getattr(feed.filter, kind)
    ]
    if not options:
        return ()
    return [row(DROP.select(feed.id, placeholder=_("Take filters away"), options=options, most=len(options)))]


def _said(name: Named, _: Phrases) -> str:
    match name:
        case Drama():
            return _.of(name.title)
        case Person():
            return _.of(name.names)
        case str():
            return name


def _rhythms(feed: Feed, _: Phrases) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=_(name), value=rhythm, default=rhythm is feed.rhythm)
        for rhythm, name in RHYTHMS.items()
    ]


def _hours(feed: Feed) -> list[discord.SelectOption]:
    return [discord.SelectOption(label=f"{hour}:00", value=str(hour), default=hour == feed.hour) for hour in range(24)]
