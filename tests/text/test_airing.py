"""When dramas were shown and in how many parts, as each of the shipped ones says it."""

import re

import pytest

from bot.app import DATA
from bot.domain.texts import Language
from bot.text.airing import say_airing
from bot.text.catalogue import load_catalogue
from tests.cogs.world import shipped_library

CATALOGUE = load_catalogue(DATA / "locales")
FACTS = [fact for drama in shipped_library().dramas.values() for fact in (drama.episodes, drama.aired) if fact]


def test_in_english_every_fact_stays_as_it_stands_in_its_file() -> None:
    assert len(FACTS) > 250
    for fact in FACTS:
        assert say_airing(fact, CATALOGUE[Language.ENGLISH]) == fact


def test_in_korean_no_english_word_is_left() -> None:
    for fact in FACTS:
        said = say_airing(fact, CATALOGUE[Language.KOREAN])
        assert re.findall("[A-Za-z]+", said) == [], fact


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("16 + 2 specials", "16 + 스페셜 2편"),
        ("2024-03-09 to 2024-04-28", "2024-03-09부터 2024-04-28까지"),
        ("season 1 released 2022-01-28", "시즌 1 2022-01-28 공개"),
        ("to 2017-10-07", "2017-10-07까지"),
    ],
)
def test_korean_puts_its_words_where_they_belong(fact: str, said: str) -> None:
    assert say_airing(fact, CATALOGUE[Language.KOREAN]) == said


def test_what_is_no_known_turn_of_phrase_stays_as_it_is() -> None:
    assert say_airing("whenever they liked", CATALOGUE[Language.KOREAN]) == "whenever they liked"
