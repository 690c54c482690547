"""Descriptions of commands and options in Korean; their names stay English, so that guides work everywhere.

What stands in the menu of a message has no description, and nobody types it: its name is translated.
"""

import discord
from discord import app_commands

from bot.text.catalogue import Catalogue
from bot.ui.interaction import language_of

DESCRIBED = {
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.group_description,
    app_commands.TranslationContextLocation.parameter_description,
    app_commands.TranslationContextLocation.choice_name,
}


class Translator(app_commands.Translator):
    """Looks descriptions up in the catalogues when the commands are sent to Discord."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the translation, or None to let Discord show the English one."""
        in_menu = isinstance(context.data, app_commands.ContextMenu)
        if locale is not discord.Locale.korean or (context.location not in DESCRIBED and not in_menu):
            return None
        return self._catalogue[language_of(locale)].find(string.message)
