"""Which moments a game about an article is played on."""

import random

import pytest

from bot.domain.library import Article, Drama, Library
from bot.domain.moments import Moment
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Localised
from bot.domain.trivia import bank_of, draw
from tests.content.shipped import shipped_library
from tests.domain.builders import moment

OTHER = moment("other", True, drama_id="goblin", sources=("elsewhere",))


def library(*cited: Moment) -> tuple[Article, Library]:
    """An article that these moments cite, and a library where its drama has one moment more."""
    goblin = Drama("goblin", Localised("Goblin"), 2016, (), (), (*cited, OTHER))
    article = Article("interview", Localised("Headline"), Localised("Summary"), "OSEN", dramas=("goblin",))
    return article, Library({"goblin": goblin}, {"interview": article}, {})


def cited(number: int, why: str | None = None) -> Moment:
    return moment(f"m{number}", True, drama_id="goblin", sources=("interview",), not_asked_because=why)


def test_three_moments_of_its_own_are_enough_for_an_article() -> None:
    own = [cited(number) for number in range(3)]
    assert bank_of(*library(*own), SpoilerPolicy.ALL) == tuple(own)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_where_there_are_less_those_of_its_dramas_are_played_as_well(number: int) -> None:
    own = [cited(each) for each in range(number)]
    assert bank_of(*library(*own), SpoilerPolicy.ALL) == (*own, OTHER)


def test_what_is_not_asked_does_not_count() -> None:
    own = [cited(0), cited(1), cited(2, "the sources differ")]
    assert bank_of(*library(*own), SpoilerPolicy.ALL) == (*own, OTHER)


@pytest.mark.parametrize("policy", SpoilerPolicy)
def test_an_article_can_be_played_wherever_a_moment_of_its_dramas_can(policy: SpoilerPolicy) -> None:
    shipped = shipped_library()
    for article in shipped.articles.values():
        if any(entry.game_ready and policy.allows(entry.spoilers) for entry in shipped.moments_of(article)):
            assert draw(bank_of(article, shipped, policy), 1, policy=policy, asked={}, rng=random.Random(0)), article.id
