"""Catalogues: a sentence in the member's language, in English where there is no translation."""

from pathlib import Path

import pytest

from bot.domain.texts import Language, Localised
from bot.text.catalogue import Phrases, load_catalogue

HEADER = """\
msgid ""
msgstr ""
"Language: ko\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
SENTENCES = """\
msgid "Leaderboard"
msgstr "순위표"

msgid "Right: {name}"
msgstr "정답자는 {name} 님이에요"

msgid "{count} vote from {name}"
msgid_plural "{count} votes from {name}"
msgstr[0] "{name} 님의 표 {count}개"

#, fuzzy
msgid "Not sure"
msgstr "글쎄요"

msgid "Empty"
msgstr ""

msgid "Same"
msgstr "Same"

#~ msgid "Gone"
#~ msgstr "없음"
"""


def korean(path: Path, content: str = HEADER + SENTENCES) -> Phrases:
    """The Korean phrases of a catalogue with this content."""
    file = path / "ko" / "LC_MESSAGES" / "adlib.po"
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    return load_catalogue(path)[Language.KOREAN]


def english(path: Path) -> Phrases:
    return load_catalogue(path)[Language.ENGLISH]


def test_a_translated_sentence_is_said_in_korean(tmp_path: Path) -> None:
    assert korean(tmp_path)("Leaderboard") == "순위표"


def test_values_are_filled_in_where_the_translation_wants_them(tmp_path: Path) -> None:
    assert korean(tmp_path)("Right: {name}", name="보라") == "정답자는 보라 님이에요"


def test_a_number_chooses_the_form_that_its_language_has_for_it(tmp_path: Path) -> None:
    ko, en = korean(tmp_path), english(tmp_path)
    forms = ("{count} vote from {name}", "{count} votes from {name}")
    assert [ko.ngettext(*forms, count, name="보라") for count in (0, 1, 2)] == [
        "보라 님의 표 0개",
        "보라 님의 표 1개",
        "보라 님의 표 2개",
    ]
    assert [en.ngettext(*forms, count, name="Bora") for count in (0, 1, 2)] == [
        "0 votes from Bora",
        "1 vote from Bora",
        "2 votes from Bora",
    ]


@pytest.mark.parametrize("sentence", ["Never heard of", "Not sure", "Empty", "Gone"])
def test_what_is_missing_unsure_empty_or_obsolete_is_said_in_english(tmp_path: Path, sentence: str) -> None:
    phrases = korean(tmp_path)
    assert (phrases(sentence), phrases.find(sentence)) == (sentence, None)


def test_a_sentence_without_translation_takes_its_values_all_the_same(tmp_path: Path) -> None:
    phrases = korean(tmp_path)
    assert phrases("Wrong: {name}", name="Bora") == "Wrong: Bora"
    assert phrases.ngettext("{count} point", "{count} points", 3) == "3 points"


def test_looking_a_translation_up_tells_whether_there_is_one(tmp_path: Path) -> None:
    phrases = korean(tmp_path)
    assert [phrases.find(text) for text in ("Leaderboard", "Same", "Nothing")] == ["순위표", None, None]


def test_an_empty_sentence_is_not_the_header_of_the_file(tmp_path: Path) -> None:
    phrases = korean(tmp_path)
    assert phrases("") == ""


def test_a_sentence_without_values_keeps_its_braces(tmp_path: Path) -> None:
    assert english(tmp_path)("Type {name}") == "Type {name}"


def test_values_are_not_read_as_places_to_fill(tmp_path: Path) -> None:
    assert korean(tmp_path)("Right: {name}", name="{count} {0}") == "정답자는 {count} {0} 님이에요"


def test_a_text_of_the_library_is_said_in_the_language_of_the_phrases(tmp_path: Path) -> None:
    both, only_english = Localised("Goblin", "도깨비"), Localised("Goblin")
    phrases = korean(tmp_path)
    assert (phrases.of(both), phrases.of(only_english), english(tmp_path).of(both)) == ("도깨비", "Goblin", "Goblin")


def test_a_language_without_a_file_speaks_english(tmp_path: Path) -> None:
    phrases = load_catalogue(tmp_path)[Language.KOREAN]
    assert phrases.language is Language.KOREAN
    assert phrases("Leaderboard") == "Leaderboard"
    assert phrases.ngettext("{count} point", "{count} points", 1) == "1 point"


def test_every_language_has_its_phrases(tmp_path: Path) -> None:
    catalogue = load_catalogue(tmp_path)
    assert [catalogue[language].language for language in Language] == [*Language]
