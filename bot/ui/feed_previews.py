"""What is in a feed, as a manager sees it before she follows it, and later: what is posted, and why the rest is not."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.feeds import Entry, Fate, Feed, FeedState
from bot.domain.texts import shorten
from bot.errors import N_
from bot.services.feed_previews import Line, Preview
from bot.text.catalogue import Phrases
from bot.text.formats import relative
from bot.ui.actions import Action
from bot.ui.feed_posts import Naming, linked, named
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, plain, row

PREVIEW = Action("feed-preview", int, int)
"""Turn to a page of the preview of a feed."""
LOOK = Action("feed-look", int)
"""Look at a website anew, and show the preview of its feed."""
FOLLOW = Action("feed-follow", int, int)
"""Follow a draft, posting the newest entry (1) or none (0)."""
CANCEL = Action("feed-cancel", int)
"""Forget a draft."""
SHOW = Action("feed-show", int)
"""Show the page of a feed."""

LINES: Final = 5
"""Entries on a page of a preview."""
HEADLINE_ROOM: Final = 150

VERDICTS: Final = {
    Fate.UNMATCHED: N_("No: no filter takes it."),
    Fate.OLD: N_("No: it is older than 7 days."),
    Fate.UNLINKED: N_("No: it has no link to a web page."),
    Fate.REPEATED: N_("No: another entry has the same link."),
    Fate.KNOWN: N_("No: it stands in the feed twice."),
    Fate.LEFT_OUT: N_("No: too much came at once, or it had to wait for too long."),
}
"""Why an entry is not posted, where that needs no word beside it."""


def preview_page(preview: Preview, page: int, naming: Naming, _: Phrases) -> Page:
    """Show what is in a feed now, entry by entry: whether it would be posted, and why not."""
    feed = preview.feed
    shown, page, pages = page_of(preview.lines, page, LINES)
    count = _.ngettext("One entry in the feed now", "{count} entries in the feed now", len(preview.lines))
    wanted = ""
    if len(feed.filter) and feed.state is FeedState.DRAFT:
        taken = sum(line.judged.fate is Fate.POST for line in preview.lines)
        wanted = _("its filters take {count}", count=taken)
    heading = f"## {plain(feed.title)}\n-# {' · '.join(filter(None, (count, wanted, f'<#{feed.channel_id}>')))}"
    if feed.state is not FeedState.DRAFT:
        buttons = row(LOOK.button(_("Look again"), feed.id), SHOW.button(_("Back to the feed"), feed.id))
        return Page(card(heading, *_lines(shown, feed, naming, _), *_pages(feed, page, pages, _), buttons))
    note = _("What is in the feed now counts as known once you follow it; what comes after that is posted.")
    joins = _("Whatever passes the filters and names a drama or person joins this server's library, posted or not.")
    follow = [FOLLOW.button(_("Follow"), feed.id, 0, style=discord.ButtonStyle.primary)]
    if preview.newest is not None:
        follow.append(FOLLOW.button(_("Follow and post the newest"), feed.id, 1))
    return Page(
        card(
            heading,
            *_lines(shown, feed, naming, _),
            *_pages(feed, page, pages, _),
            f"-# {note} {joins}",
            row(*follow, CANCEL.button(_("Cancel"), feed.id)),
        )
    )


def _lines(lines: Sequence[Line], feed: Feed, naming: Naming, _: Phrases) -> Sequence[str]:
    if not lines:
        return [_("The feed is empty now.")]
    return [_line(line, feed, naming, _) for line in lines]


def _line(line: Line, feed: Feed, naming: Naming, _: Phrases) -> str:
    item = line.judged.sighted.item
    headline = linked(shorten(item.headline or item.url or "", HEADLINE_ROOM), None)
    if line.stored is None:
        verdict, known = _verdict(line.judged.fate, line.judged.because, feed, naming, _), ""
    else:
        verdict = _became(line.stored, feed, naming, _)
        known = _("known since {when}", when=relative(line.stored.seen_at)) if line.stored.posted_at is None else ""
    when = relative(item.published_at) if item.published_at else ""
    return f"**{headline}**\n{' · '.join(filter(None, (verdict, known, when)))}"


def _verdict(fate: Fate, because: Sequence[str], feed: Feed, naming: Naming, _: Phrases) -> str:
    names = named(naming(because), _)
    if fate is Fate.EXCLUDED:
        return _("No: it holds {words}.", words=names)
    if fate is not Fate.POST:
        return _(VERDICTS[fate])
    if names:
        return _("Yes: it names {names}.", names=names)
    return _("Yes: it holds nothing that is left out.") if feed.filter.without else _("Yes: there is no filter.")


def _became(entry: Entry, feed: Feed, naming: Naming, _: Phrases) -> str:
    """Say what has become of an entry that has been seen, whatever the filters of its feed are by now."""
    if entry.posted_at is not None:
        return _("Posted {when}.", when=relative(entry.posted_at))
    match entry.fate:
        case Fate.POST:
            return _("Yes: it waits to be posted.")
        case Fate.KNOWN:
            return _("No: it was there before you followed the feed.")
        case fate:
            return _verdict(fate, entry.because, feed, naming, _)


def _pages(feed: Feed, page: int, pages: int, _: Phrases) -> list[discord.ui.ActionRow[Any]]:
    return pager(PREVIEW, feed.id, page=page, pages=pages, _=_)
