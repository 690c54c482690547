"""The catalogues that Adlib ships: complete, sure, with nothing left over, and every place to fill in kept."""

import functools
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.app import DATA
from bot.domain.texts import Language
from tests.text.sentences import extracted, written

TRANSLATED = [language for language in Language if language is not Language.ENGLISH]


@functools.cache
def catalogue(language: Language) -> Catalog:
    with (DATA / "locales" / language / "LC_MESSAGES" / "adlib.po").open("rb") as file:
        return read_po(file, locale=language, domain="adlib", abort_invalid=True)


def messages(language: Language) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Message]]:
    """Each message with its forms in English and in `language`."""
    for message in catalogue(language):
        if message.id:
            yield _forms(message.id), _forms(message.string), message


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(form) for form in text) if isinstance(text, list | tuple) else (str(text or ""),)


def places(text: str) -> set[str]:
    """The places to fill in: {name}."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_code_is_translated(language: Language) -> None:
    translated = {forms for forms, said, _ in messages(language) if all(said)}
    assert sorted((extracted() | written()) - translated) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_of_the_tools(language: Language) -> None:
    assert [message.id for _, _, message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_of_a_sentence_that_is_gone(language: Language) -> None:
    assert [*catalogue(language).obsolete] == []
    assert sorted({forms for forms, _, _ in messages(language)} - (extracted() | written())) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_form_has_the_same_places_to_fill_in(language: Language) -> None:
    for forms, said, _ in messages(language):
        wanted = places(forms[-1])
        for form in said:
            assert wanted == places(form), forms
        assert places(forms[0]) <= wanted, forms


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_has_as_many_forms_as_the_language(language: Language) -> None:
    for forms, said, message in messages(language):
        assert len(said) == (catalogue(language).num_plurals if message.pluralizable else 1), forms


def test_korean_sentences_are_written_in_hangul() -> None:
    untouched = [
        forms
        for forms, said, _ in messages(Language.KOREAN)
        if not any("가" <= letter <= "힣" for letter in "".join(said))
    ]
    assert untouched == []


def test_what_stands_on_buttons_and_in_menus_fits_there_in_every_language() -> None:
    labels = {"Play again", "Read the story", "Show everyone", "Start a ship poll", "Search articles", "My vote"}
    for language in TRANSLATED:
        said = {forms[0]: text[0] for forms, text, _ in messages(language)}
        assert {label for label in labels if not 0 < len(said.get(label, "")) <= 34} == set()
