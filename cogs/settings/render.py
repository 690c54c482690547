"""How the settings look: every setting with what it does, changed in place.

Those of ships have a page of their own, and the block list stands behind that one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import discord

from bot.domain.guilds import GuildSettings
from bot.domain.polls import MOST_CHECKED
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import NAME_LIMIT, Language
from bot.domain.zones import COMMON
from bot.errors import N_
from bot.text.catalogue import Phrases
from bot.text.dates import say_zone
from bot.text.names import LANGUAGES, SPOILER_POLICIES
from bot.ui.actions import Action, ActionItem
from bot.ui.pager import page_of, pager
from bot.ui.pages import Form, Page, card, plain, row

LANGUAGE = Action("set-language")
"""Choose the language of public messages."""
SPOILERS = Action("set-spoilers")
"""Choose the spoiler policy."""
TIME_ZONE = Action("set-zone")
"""Choose one of the common time zones."""
OTHER_ZONE = Action("other-zone")
"""Open the form for any other time zone."""
ZONE_FORM = Action("zone-form")
"""Hand in the form for a time zone."""
OVERVIEW = Action("settings")
"""Go back to the settings that are not about ships."""
SHIPS = Action("ship-settings")
"""Show the settings of ships."""
HOST_ROLE = Action("set-host-role")
"""Choose the role whose members start polls and brackets."""
ALL_HOSTS = Action("set-all-hosts")
"""Let everybody start polls and brackets."""
ACTORS = Action("set-actors", int)
"""Let actors be shipped (1) or not (0)."""
LEAVERS = Action("set-leavers", int)
"""Drop the votes of members who have left (1) or not (0)."""
BLOCKED = Action("block-list", int)
"""Show a page of the block list."""
BLOCK = Action("block-name")
"""Open the form that blocks a name."""
BLOCK_FORM = Action("block-form")
"""Hand in a name to block."""
UNBLOCK = Action("unblock-name", int)
"""Take a name off the block list, of which a page is shown."""

LIKE_DISCORD: Final = "discord"
ZONE: Final = "zone"
"""The field of the form for a time zone."""
LONGEST_ZONE: Final = 60
"""Characters of that field; the longest name has 32."""
NAME: Final = "name"
"""The field of the form for a name to block."""
PAGE: Final = 20
"""Names on a page of the block list: escaped ones of the greatest length still fit a message."""

MEANING: Final = {
    SpoilerPolicy.NONE: N_("Only scenes that give nothing away"),
    SpoilerPolicy.MILD: N_("Also scenes that give a little away, hidden until tapped"),
    SpoilerPolicy.ALL: N_("Also endings and deaths, hidden until tapped"),
}


def settings_page(settings: GuildSettings, now: datetime, _: Phrases) -> Page:
    """Show the settings of a guild as they are at `now`."""
    clock = _("It is {time} there now.", time=f"{now.astimezone(settings.zone):%H:%M}")
    days = _("When days begin for leaderboards, and the hour of the daily question.")
    return Page(
        card(
            f"## {_('Settings of this server')}",
            f"**{_('Language')}**\n{_('What everybody sees. Private answers follow each member.')}",
            row(LANGUAGE.select(placeholder=_("Language"), options=_languages(settings, _))),
            discord.ui.Separator[Any](),
            f"**{_('Spoilers in games')}**\n{_('How much a question may give away about its drama.')}",
            row(SPOILERS.select(placeholder=_("Spoilers in games"), options=_policies(settings, _))),
            discord.ui.Separator[Any](),
            f"**{_('Time zone')}**\n{days} {clock}",
            row(TIME_ZONE.select(placeholder=_("Time zone"), options=_zones(settings, now, _))),
            row(OTHER_ZONE.button(_("Another time zone"))),
            discord.ui.Separator[Any](),
            _with_button(
                f"**{_('Ships')}**\n{_('Who starts polls, whether actors are shipped, which names are blocked.')}",
                SHIPS.button(_("Ships")),
            ),
        )
    )


def ships_page(settings: GuildSettings, blocked: Sequence[str], _: Phrases) -> Page:
    """Show the settings of ships as they are, and how many names are blocked."""
    everybody = settings.host_role_id is None
    hosts = (
        _("Everybody starts polls and brackets. Choose a role to leave that to its members and managers.")
        if everybody
        else _("Members with {role} and managers start polls and brackets.", role=f"<@&{settings.host_role_id}>")
    )
    actors = (
        _("On: members may also ship the actors who play the characters.")
        if settings.actors
        else _("Off: ships are about characters only, and names of actors are refused.")
    )
    leavers = (
        _(
            "On: when a poll of up to {most} voters closes, votes of members who have left are taken out.",
            most=MOST_CHECKED,
        )
        if settings.drop_leavers
        else _("Off: a vote counts even if the member has left this server before the poll closes.")
    )
    count = _.ngettext("{count} name is blocked.", "{count} names are blocked.", len(blocked))
    count = count if blocked else _("No name is blocked yet.")
    return Page(
        card(
            f"## {_('Ships')}",
            f"**{_('Who starts polls and brackets')}**\n{hosts}",
            row(HOST_ROLE.role_select(placeholder=_("Choose a role"))),
            *([] if everybody else [row(ALL_HOSTS.button(_("Let everybody start them")))]),
            discord.ui.Separator[Any](),
            _with_button(f"**{_('Actors')}**\n{actors}", _switch(ACTORS, settings.actors, _)),
            discord.ui.Separator[Any](),
            _with_button(
                f"**{_('Votes of members who left')}**\n{leavers}", _switch(LEAVERS, settings.drop_leavers, _)
            ),
            discord.ui.Separator[Any](),
            _with_button(
                f"**{_('Block list')}**\n{_('No couple with a blocked name stands in a poll or bracket.')} {count}",
                BLOCKED.button(_("Block list"), 0),
            ),
            row(OVERVIEW.button(_("Back"))),
        )
    )


def blocked_page(names: Sequence[str], page: int, _: Phrases) -> Page:
    """Show a page of the names that are blocked."""
    shown, page, pages = page_of(names, page, PAGE)
    meaning = (
        _("One word means every name with that word: “Sehun” also means “Oh Sehun”."),
        _("Several words mean that whole name, in any order; two names like A ♥ B mean that couple."),
        _("Spellings that look alike are the same name."),
    )
    options = [discord.SelectOption(label=name, value=name) for name in shown]
    return Page(
        card(
            f"## {_('Block list')}\n-# {' '.join(meaning)}",
            "\n".join(f"- {plain(name)}" for name in shown) or _("No name is blocked yet."),
            *([row(UNBLOCK.select(page, placeholder=_("Take a name off the list"), options=options))] if shown else []),
            *pager(BLOCKED, page=page, pages=pages, _=_),
            row(BLOCK.button(_("Block a name")), SHIPS.button(_("Back to ships"))),
        )
    )


def block_form(_: Phrases) -> Form:
    """Return the form for a name to block."""
    form = Form(_("Block a name"), BLOCK_FORM)
    field = discord.ui.TextInput[Any](custom_id=NAME, min_length=1, max_length=NAME_LIMIT)
    form.add_item(
        discord.ui.Label[Any](
            text=_("Name"),
            description=_("Polls and brackets that are open already stay as they are."),
            component=field,
        )
    )
    return form


def zone_form(settings: GuildSettings, _: Phrases) -> Form:
    """Return the form for a time zone that the menu does not offer."""
    form = Form(_("Time zone"), ZONE_FORM)
    field = discord.ui.TextInput[Any](
        custom_id=ZONE, placeholder=settings.time_zone, min_length=1, max_length=LONGEST_ZONE
    )
    form.add_item(
        discord.ui.Label[Any](
            text=_("Time zone"),
            description=_("Write a city or a name like Europe/Madrid, or an offset like UTC+9."),
            component=field,
        )
    )
    return form


def _with_button(text: str, button: ActionItem) -> discord.ui.Item[Any]:
    return discord.ui.Section[Any](text, accessory=button)


def _switch(action: Action, on: bool, _: Phrases) -> ActionItem:
    return action.button(_("Switch off") if on else _("Switch on"), int(not on))


def _languages(settings: GuildSettings, _: Phrases) -> list[discord.SelectOption]:
    like = discord.SelectOption(
        label=_("Same as the server's Discord language"), value=LIKE_DISCORD, default=settings.language is None
    )
    return [
        like,
        *(
            discord.SelectOption(label=LANGUAGES[language], value=language, default=settings.language is language)
            for language in Language
        ),
    ]


def _policies(settings: GuildSettings, _: Phrases) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=_(SPOILER_POLICIES[policy]),
            value=policy,
            description=_(MEANING[policy]),
            default=settings.spoilers is policy,
        )
        for policy in SpoilerPolicy
    ]


def _zones(settings: GuildSettings, now: datetime, _: Phrases) -> list[discord.SelectOption]:
    names = list(COMMON) if settings.time_zone in COMMON else [settings.time_zone, *COMMON]
    return [
        discord.SelectOption(label=say_zone(name, now, _.language), value=name, default=name == settings.time_zone)
        for name in names
    ]
