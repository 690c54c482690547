"""Numbers, lengths of time and lists, said in a language."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.games import Answer
from bot.domain.moments import Confidence, Evidence, Origin
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language, Localised
from bot.text import names
from bot.text.catalogue import load_catalogue
from bot.text.formats import relative, say_at_most, say_duration, say_list, say_values

EN, KO = Language.ENGLISH, Language.KOREAN


@pytest.mark.parametrize(
    ("duration", "english", "korean"),
    [
        (timedelta(seconds=20), "20 seconds", "20초"),
        (timedelta(minutes=1), "1 minute", "1분"),
        (timedelta(minutes=5), "5 minutes", "5분"),
        (timedelta(minutes=90), "90 minutes", "90분"),
        (timedelta(hours=2), "2 hours", "2시간"),
        (timedelta(hours=36), "36 hours", "36시간"),
        (timedelta(days=1), "1 day", "1일"),
        (timedelta(days=7), "7 days", "7일"),
        (timedelta(days=60), "60 days", "60일"),
        (timedelta(seconds=90), "90 seconds", "90초"),
        (timedelta(minutes=5, milliseconds=3), "5 minutes", "5분"),
    ],
)
def test_a_length_of_time_is_said_exactly_in_one_unit(duration: timedelta, english: str, korean: str) -> None:
    assert (say_duration(duration, EN), say_duration(duration, KO)) == (english, korean)


@pytest.mark.parametrize(
    ("duration", "english", "korean"),
    [
        (timedelta(minutes=2115), "36 hours", "36시간"),
        (timedelta(seconds=259_340), "4 days", "4일"),
        (timedelta(seconds=810), "14 minutes", "14분"),
        (timedelta(hours=1), "1 hour", "1시간"),
        (timedelta(days=9), "9 days", "9일"),
        (timedelta(0), "1 second", "1초"),
    ],
)
def test_the_most_that_something_takes_is_said_in_a_number_to_remember(
    duration: timedelta, english: str, korean: str
) -> None:
    assert say_at_most(duration, Language.ENGLISH) == english
    assert say_at_most(duration, Language.KOREAN) == korean


@pytest.mark.parametrize(
    ("items", "english", "korean"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A 및 B"),
        (["A", "B", "C"], "A, B, and C", "A, B 및 C"),
    ],
)
def test_a_list_is_joined_as_its_language_does(items: list[str], english: str, korean: str) -> None:
    assert (say_list(items, EN), say_list(items, KO)) == (english, korean)


@pytest.mark.parametrize(("microsecond", "second"), [(0, 1767225600), (400_000, 1767225600), (600_000, 1767225601)])
def test_a_time_is_left_to_discord_to_count_down_to(microsecond: int, second: int) -> None:
    assert relative(datetime(2026, 1, 1, 0, 0, 0, microsecond, tzinfo=UTC)) == f"<t:{second}:R>"


def test_the_values_of_a_refusal_are_said_in_the_readers_language(tmp_path: Path) -> None:
    file = tmp_path / "ko" / "LC_MESSAGES" / "adlib.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Ad-lib"\nmsgstr "애드리브"\n', encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    values: dict[str, object] = {
        "shortest": timedelta(minutes=5),
        "answer": Answer.AD_LIB,
        "name": Localised("Goblin", "도깨비"),
        "limit": 70,
        "query": "{limit}",
    }
    assert say_values(values, catalogue[EN]) == {
        "shortest": "5 minutes",
        "answer": "Ad-lib",
        "name": "Goblin",
        "limit": "70",
        "query": "{limit}",
    }
    assert say_values(values, catalogue[KO]) == {
        "shortest": "5분",
        "answer": "애드리브",
        "name": "도깨비",
        "limit": "70",
        "query": "{limit}",
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (names.ANSWERS, Answer),
        (names.ORIGINS, Origin),
        (names.EVIDENCE, Evidence),
        (names.CONFIDENCE, Confidence),
        (names.SPOILER_LEVELS, SpoilerLevel),
        (names.SPOILER_POLICIES, SpoilerPolicy),
        (names.LANGUAGES, Language),
    ],
)
def test_every_word_of_the_rules_has_a_name_of_its_own(said: dict[object, str], words: type[Language]) -> None:
    assert set(said) == set(words)
    assert len(set(said.values())) == len(said)
