"""How the settings look: one page, every setting with what it does and a menu that changes it."""

from datetime import datetime
from typing import Any, Final

import discord

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.domain.zones import COMMON
from bot.errors import N_
from bot.text.catalogue import Phrases
from bot.text.dates import say_zone
from bot.text.names import LANGUAGES, SPOILER_POLICIES
from bot.ui.actions import Action
from bot.ui.pages import Form, Page, card, row

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

LIKE_DISCORD: Final = "discord"
ZONE: Final = "zone"
"""The field of the form for a time zone."""
LONGEST_ZONE: Final = 60
"""Characters of that field; the longest name has 32."""

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
        )
    )


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
