"""Topics of articles, as they are typed."""

import pytest

from bot.app import DATA
from bot.domain.shelves import topics_of
from bot.domain.texts import Language
from bot.errors import NothingFound
from bot.text.catalogue import load_catalogue
from bot.ui.topics import TOPICS, find_topic, suggest_topics
from tests.cogs.world import shipped_library

CATALOGUE = load_catalogue(DATA / "locales")
ENGLISH, KOREAN = CATALOGUE[Language.ENGLISH], CATALOGUE[Language.KOREAN]
SHIPPED = topics_of(shipped_library().articles.values())


def test_every_topic_of_the_library_can_be_translated_and_no_other() -> None:
    assert sorted(SHIPPED) == sorted(TOPICS)


def test_every_topic_is_found_by_its_name_in_both_languages() -> None:
    for topic in SHIPPED:
        for phrases in (ENGLISH, KOREAN):
            assert find_topic(topic.upper(), SHIPPED, phrases) == topic
            assert find_topic(phrases(topic), SHIPPED, phrases) == topic


def test_a_part_of_one_topic_alone_is_enough() -> None:
    assert find_topic("impro", SHIPPED, ENGLISH) == "improvisation"


@pytest.mark.parametrize("text", ["", "  ", "knitting", "dating"])
def test_no_topic_or_several_are_refused(text: str) -> None:
    with pytest.raises(NothingFound):
        find_topic(text, SHIPPED, ENGLISH)


def test_those_of_most_articles_are_offered_first_and_no_more_than_a_menu_holds() -> None:
    offered = [topic for topic, _name in suggest_topics("", SHIPPED, ENGLISH)]
    assert offered[:3] == ["kiss", "line", "comedy"]
    assert len(suggest_topics("", [str(number) for number in range(99)], ENGLISH)) == 25
    assert [topic for topic, _name in suggest_topics("kiss sc", SHIPPED, ENGLISH)] == ["kiss scene", "kiss scenes"]
