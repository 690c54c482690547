"""How single scenes look to managers: a drama's scenes, those switched off, reports; and the form for a report."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

import discord

from bot.domain.library import Drama
from bot.domain.moments import Moment
from bot.domain.packs import OWN
from bot.domain.reports import FEWEST_LETTERS, MOST_LETTERS
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import shorten
from bot.errors import N_, NoSuchMoment
from bot.services.moments import MomentHere, Reported
from bot.text.catalogue import Phrases
from bot.text.formats import relative
from bot.text.names import SPOILER_LEVELS, VERDICTS
from bot.ui.actions import Action
from bot.ui.cards.menu import drama_way, menu_of
from bot.ui.cite import cite, drama_title
from bot.ui.pager import page_of, pager
from bot.ui.pages import Form, Page, card, notice, plain, row
from bot.ui.truth import drama_line, fenced, source_of
from bot.ui.ways import DRAMA


class Listing(StrEnum):
    """The page that a button stands on, and that is shown anew after it."""

    BROWSE = "browse"
    OFF = "off"
    REPORTS = "reports"


BROWSE = Action("moments", str, int)
"""Show a page of a drama's scenes."""
ALL_OFF = Action("moments-off", int)
"""Show a page of what is switched off."""
REPORTS = Action("moments-reports", int)
"""Show a page of the reports."""
SWITCH_OFF = Action("moment-off", Listing, str, int)
"""Switch a scene off."""
SWITCH_ON = Action("moment-on", Listing, str, int)
"""Switch a scene on again."""
SETTLE = Action("settle", str, int, int)
"""Mark the reports of a scene up to an id as settled."""
FORM = Action("report-form", str)
"""Hand in a report."""

PAGE: Final = 4
REPORTS_PAGE: Final = 2
ENTRY: Final = 1900
"""Characters of one scene with its reports, so that two of them fit a message (4,000, Discord)."""
SCENE: Final = 250
CLAIM: Final = 300
WORDS: Final = 160
"""Characters of a scene, of what a reveal says, of a report; where there is room, a report is shown at more length."""
ADDRESS: Final = 180
"""Characters of an address that is linked; a longer one would leave no room."""

REASONS: Final = (
    N_("he had prepared his words beforehand with the writer: neither clearly planned nor clearly an ad-lib"),
    N_("low confidence"),
    N_("not sure that this take was broadcast"),
    N_("the ad-lib was cut; nothing in the broadcast to ask about"),
    N_("the source does not say what the script had, only that the actors went with the mood"),
    N_("the sources do not say what exactly was added"),
    N_("too vague (no single line)"),
)
"""Why shipped scenes are never asked about, for translators; another reason is shown as it stands in its file."""


def browse_page(drama: Drama, found: Sequence[MomentHere], page: int, _: Phrases) -> Page:
    """Show a page of a drama's scenes; those that are never asked about say why."""
    shown, page, pages = page_of(found, page, PAGE)
    entries = [_browsed(here, page, _) for here in shown] or [_("There is no scene of this drama in the library yet.")]
    note = _("A scene that is switched off is not asked about on this server; running games go on.")
    turning = pager(BROWSE, drama.id, page=page, pages=pages, _=_)
    about = row(DRAMA.button(_("About the drama"), drama.id))
    return Page(card(f"## {drama_title(drama, _)}", *entries, *turning, about, f"-# {note}"))


def off_page(found: Sequence[MomentHere], page: int, _: Phrases) -> Page:
    """Show a page of the scenes that are switched off."""
    shown, page, pages = page_of(found, page, PAGE)
    entries = [
        _with_switch(f"**{drama_line(here.moment, here.library, _)}**\n{_told(here, _)}", here, Listing.OFF, page, _)
        for here in shown
    ] or [_("Every scene is on.")]
    turning = pager(ALL_OFF, page=page, pages=pages, _=_)
    return Page(card(f"## {_('Switched off here')}", *entries, *_about(shown, _), *turning))


def reports_page(found: Sequence[Reported], page: int, _: Phrases) -> Page:
    """Show a page of what members have reported, each scene with what Adlib says of it and its source."""
    shown, page, pages = page_of(found, page, REPORTS_PAGE)
    entries = [item for reported in shown for item in _reported(reported, page, _)]
    return Page(
        card(
            f"## {_('Reports')}",
            *(entries or [_("No report is waiting.")]),
            *_about([reported.here for reported in shown if reported.here is not None], _),
            *pager(REPORTS, page=page, pages=pages, _=_),
        )
    )


def report_form(moment_id: str, _: Phrases) -> Form:
    """Return the form that asks what is wrong."""
    form = Form(_("Report this fact"), FORM, moment_id)
    form.add_item(
        discord.ui.Label[Any](
            text=_("What is wrong?"),
            description=_("And how do you know it? The managers of this server read it."),
            component=discord.ui.TextInput[Any](
                custom_id="words",
                style=discord.TextStyle.paragraph,
                min_length=FEWEST_LETTERS,
                max_length=MOST_LETTERS,
            ),
        )
    )
    return form


def thanks(_: Phrases) -> Page:
    """Thank for a report, and say who reads it."""
    return notice(_("Thank you. The managers of this server read it; they see your words, not who wrote them."))


def _browsed(here: MomentHere, page: int, _: Phrases) -> discord.ui.Item[Any] | str:
    told = _told(here, _)
    reason = here.moment.not_asked_because
    if reason is None:
        return _with_switch(told, here, Listing.BROWSE, page, _)
    return f"{told}\n-# {_('Never asked about')}: {plain(_(reason))}"


def _about(shown: Sequence[MomentHere], _: Phrases) -> list[discord.ui.Item[Any]]:
    """The menu that opens the cards of the dramas of these scenes; those of packs have none."""
    dramas = [here.library.drama_of(here.moment) for here in shown if not here.moment.id.startswith(OWN)]
    return [*menu_of([drama_way(drama, _) for drama in dramas], _("About the dramas"))]


def _told(here: MomentHere, _: Phrases) -> str:
    """A scene and its verdict; what spoils is announced, and stands behind a veil."""
    moment = here.moment
    spoils = moment.spoilers is not SpoilerLevel.NONE
    warning = f"-# {_(SPOILER_LEVELS[moment.spoilers])}, {_('tap to see')}\n" if spoils else ""
    state = f" · {_('switched off here')}" if here.off else ""
    return f"{warning}{_veiled(_.of(moment.scene), SCENE, moment)}\n-# {_(VERDICTS[moment.verdict])}{state}"


def _veiled(text: str, room: int, moment: Moment) -> str:
    """Fit a text about a moment, and veil what spoils; a bar in it could open the veil."""
    return fenced(_fit(text.replace("|", ""), room), moment)


def _fit(text: str, room: int) -> str:
    """Return `text` so that no mark in it formats, cut to `room` characters; a mark may need two of them."""
    shown = plain(shorten(text, room))
    return shown if len(shown) <= room else plain(shorten(text, room // 2))


def _with_switch(text: str, here: MomentHere, listing: Listing, page: int, _: Phrases) -> discord.ui.Item[Any]:
    return discord.ui.Section[Any](text, accessory=_switch(here, listing, page, _))


def _switch(here: MomentHere, listing: Listing, page: int, _: Phrases) -> discord.ui.Item[Any]:
    if here.off:
        return SWITCH_ON.button(_("Switch on"), listing, here.moment.id, page)
    return SWITCH_OFF.button(_("Switch off"), listing, here.moment.id, page)


def _reported(reported: Reported, page: int, _: Phrases) -> list[discord.ui.Item[Any] | str]:
    waiting, here = reported.waiting, reported.here
    settle = SETTLE.button(_("Settle"), waiting.moment_id, waiting.last_id, page)
    if here is None:
        return [f"{_(NoSuchMoment.message)}\n{_words(reported, ENTRY, _)}", row(settle)]
    moment, source = here.moment, source_of(here.moment, here.library)
    if len(source.link or "") > ADDRESS:
        source = replace(source, url=None)
    cited = cite(source, _, fenced=moment.spoilers is not SpoilerLevel.NONE)
    about = "\n".join(
        (
            f"**{drama_line(moment, here.library, _)}**\n{_told(here, _)}",
            f"{_('What a reveal says')}: {_veiled(_.of(moment.reveal), CLAIM, moment)}",
            f"-# {_('Source')}: {cited}",
        )
    )
    return [
        f"{about}\n{_words(reported, ENTRY - len(about), _)}",
        row(settle, _switch(here, Listing.REPORTS, page, _)),
    ]


def _words(reported: Reported, room: int, _: Phrases) -> str:
    """How many have reported it and when, and what they wrote, as far as there is room."""
    waiting = reported.waiting
    count = _.ngettext("One member says:", "{count} members say:", waiting.count)
    shown = waiting.words[: max(room // WORDS, 1)]
    each = max(room // len(shown), WORDS)
    lines = [f"> {_fit(' '.join(words.split()), each)}" for words in shown]
    return "\n".join((f"**{count}** {relative(waiting.newest_at)}", *lines))
