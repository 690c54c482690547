"""How the settings look: one page, every setting with what it does and a menu that changes it."""

from typing import Any, Final

import discord

from bot.domain.guilds import GuildSettings
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import N_
from bot.text.catalogue import Phrases
from bot.text.names import LANGUAGES, SPOILER_POLICIES
from bot.ui.actions import Action
from bot.ui.pages import Page, card, row

LANGUAGE = Action("set-language")
"""Choose the language of public messages."""
SPOILERS = Action("set-spoilers")
"""Choose the spoiler policy."""

LIKE_DISCORD: Final = "discord"

MEANING: Final = {
    SpoilerPolicy.NONE: N_("Only scenes that give nothing away"),
    SpoilerPolicy.MILD: N_("Also scenes that give a little away, hidden until tapped"),
    SpoilerPolicy.ALL: N_("Also endings and deaths, hidden until tapped"),
}


def settings_page(settings: GuildSettings, _: Phrases) -> Page:
    """Show the settings of a guild."""
    return Page(
        card(
            f"## {_('Settings of this server')}",
            f"**{_('Language')}**\n{_('What everybody sees. Private answers follow each member.')}",
            row(LANGUAGE.select(placeholder=_("Language"), options=_languages(settings, _))),
            discord.ui.Separator[Any](),
            f"**{_('Spoilers in games')}**\n{_('How much a question may give away about its drama.')}",
            row(SPOILERS.select(placeholder=_("Spoilers in games"), options=_policies(settings, _))),
        )
    )


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
