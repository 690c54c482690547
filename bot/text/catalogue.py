"""Gettext catalogues, read from data/locales when the bot starts.

English stands in the code; `<language>/LC_MESSAGES/adlib.po` holds the other languages. Babel turns a .po file into
what gettext reads, so that a translator edits one text file and starts the bot again.
"""

import gettext
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.texts import Language, Localised

DOMAIN: Final = "adlib"


class Phrases:
    """The sentences of one language. By custom its variable is named `_`, so that gettext tools find the calls."""

    def __init__(self, language: Language, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, message: str, /, **values: object) -> str:
        """Return `message` in this language, with `values` filled in."""
        translated = self._translations.gettext(message) if message else ""
        return translated.format(**values) if values else translated

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form that `count` asks for; `{count}` and `values` are filled in."""
        return self._translations.ngettext(one, many, count).format(count=count, **values)

    def of(self, text: Localised) -> str:
        """Return a text of the library in this language."""
        return text.in_language(self.language)

    def find(self, message: str) -> str | None:
        """Return the translation of `message`, or None where there is none."""
        translated = self._translations.gettext(message)
        return None if translated == message else translated


class Catalogue:
    """The phrases of every language."""

    def __init__(self, phrases: Mapping[Language, Phrases]) -> None:
        self._phrases = phrases

    def __getitem__(self, language: Language) -> Phrases:
        return self._phrases[language]


def load_catalogue(folder: Path) -> Catalogue:
    """Read the catalogues below `folder` (data/locales). A language without a file speaks English."""
    phrases: dict[Language, Phrases] = {}
    for language in Language:
        path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        translations = gettext.NullTranslations()
        if path.exists():
            with path.open("rb") as file:
                messages = read_po(file, locale=language, domain=DOMAIN)
            compiled = io.BytesIO()
            write_mo(compiled, messages)
            compiled.seek(0)
            translations = gettext.GNUTranslations(compiled)
        phrases[language] = Phrases(language, translations)
    return Catalogue(phrases)
