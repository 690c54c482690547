"""Every page that can be made of the shipped library is one that Discord takes, in both languages."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.app import DATA
from bot.domain.games import (
    Angle,
    Asked,
    Fastest,
    Game,
    Guess,
    LongestStreak,
    Mode,
    MostMissed,
    Question,
    Recap,
    Revealed,
    Round,
    RoundState,
    Scored,
    Stake,
    Standing,
    Wish,
)
from bot.domain.moments import Kind
from bot.domain.packs import BuiltIn, Pack
from bot.domain.questions import compose, fits, shown_parts
from bot.domain.shelves import Wanted
from bot.domain.spoilers import SpoilerPolicy, SpoilerWish
from bot.domain.texts import NAME_LIMIT, Language, Localised
from bot.services.articles import Found, Meant
from bot.services.trivia import Started
from bot.text.catalogue import Catalogue, Phrases, load_catalogue
from bot.ui import rounds
from bot.ui.cards.article import article_card
from bot.ui.pages import Page
from bot.ui.panel import how_to_panel
from cogs.articles.render import results, search_form
from cogs.trivia import render as trivia
from tests.cogs.specification import body_faults
from tests.cogs.world import shipped_library

CATALOGUE: Catalogue = load_catalogue(DATA / "locales")
LIBRARY = shipped_library()
DRAMA = "guardian-the-lonely-and-great-god"
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
FANS = range(10**18, 10**18 + 200)
MOST_TEXT, MOST_PARTS = 4000, 40
TURN = itertools.count()


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


def game(phrases: Phrases, mode: Mode = Mode.BOLD) -> Game:
    wish = Wish(20, 120, mode, SpoilerWish.SEEN_BY_US, DRAMA, Kind.GESTURE, BuiltIn.IMPROVISED_KISSES)
    return Game(1, 2, 3, FANS[0], phrases.language, 20, NOW, wish)


def every_question() -> Iterator[Question]:
    """Each part of each shipped moment, seen from each angle that fits."""
    bank = [moment for moment in LIBRARY.moments.values() if moment.game_ready]
    for moment in bank:
        for part in range(len(moment.parts)):
            for angle in Angle:
                if fits(angle, moment, part, LIBRARY):
                    question = compose(angle, moment, part, bank, LIBRARY, Random(moment.id))
                    assert question is not None
                    yield question


QUESTIONS = tuple(every_question())


def faults(page: Page) -> list[str]:
    """Sizes are checked on every page, the specification on every sixth: it takes its time."""
    body = {"flags": 1 << 15, "components": page.to_components()}
    found = body_faults("POST", "/channels/1/messages", body) if next(TURN) % 6 == 0 else []
    if page.content_length() > MOST_TEXT or page.total_children_count > MOST_PARTS:
        found.append("too much for one message")
    return found


def test_every_question_and_its_reveal(phrases: Phrases) -> None:
    stakes = [Stake(fan, 10**4, 10**4 * (1 if fan % 2 == 0 else -1)) for fan in FANS]
    for question in QUESTIONS:
        guesses = [
            Scored(Guess(fan, question.choices[fan % 2], NOW), fan % 2 == 0, 10**4, 20) for fan in FANS if fan % 3
        ]
        round_ = Round(10**9, 1, 2, 19, question, RoundState.OPEN, NOW, NOW + timedelta(seconds=120), 7)
        assert faults(rounds.question(Asked(game(phrases), round_, 200, 200), LIBRARY, phrases)) == [], question
        revealed = Revealed(game(phrases), round_, guesses, stakes)
        assert faults(rounds.reveal(revealed, LIBRARY, phrases)) == [], question


def test_every_article_alone_and_in_public(phrases: Phrases) -> None:
    for article in LIBRARY.articles.values():
        assert faults(article_card(article, LIBRARY, phrases)) == [], article.id
        assert faults(article_card(article, LIBRARY, phrases, public=True)) == [], article.id


def test_every_page_of_a_search(phrases: Phrases) -> None:
    everything = Found(list(LIBRARY.articles.values()))
    drama = max(LIBRARY.dramas.values(), key=lambda drama: len(drama.title.en))
    person = max(LIBRARY.people, key=len)
    for page in range(50):
        for wanted in (Wanted("여" * 200), Wanted("여" * 200, drama.id, person, "co-stars on each other")):
            assert faults(results(everything, wanted, page, LIBRARY, phrases)) == []
    meant = [
        Meant("여" * 200, Localised("Yeo" * 90, "여" * 200)),
        Meant("b", Localised("b")),
        Meant("c", Localised("c")),
    ]
    assert faults(results(Found((), meant), Wanted("x" * 200, "nevertheless"), 0, LIBRARY, phrases)) == []
    assert faults(results(Found(()), Wanted("x" * 200), 0, LIBRARY, phrases)) == []


def test_a_recap_and_a_board_of_two_hundred(phrases: Phrases) -> None:
    standings = [Standing(place, fan, 10**6, 10**4, 10**4) for place, fan in enumerate(FANS, 1)]
    for question in QUESTIONS:
        round_ = Round(10**9, 1, 2, 20, question, RoundState.CLOSED, NOW, NOW, 7)
        highlights = Fastest(FANS[0], 99.9), LongestStreak(20, tuple(FANS[:20])), MostMissed(round_, 200, 200)
        assert faults(trivia.recap(Recap(game(phrases), 3, 3, standings, *highlights), LIBRARY, phrases)) == []
    assert faults(trivia.recap(Recap(game(phrases), 0, 0, ()), LIBRARY, phrases)) == []


def test_the_start_of_a_game_and_the_rules(phrases: Phrases) -> None:
    for mode in Mode:
        drama, pack = LIBRARY.dramas[DRAMA], Pack(1, 2, "팩" * NAME_LIMIT, 5000, True, NOW)
        assert faults(trivia.started(Started(game(phrases, mode), SpoilerPolicy.ALL, pack), drama, phrases)) == []
        assert faults(trivia.started(Started(game(phrases, mode), SpoilerPolicy.ALL), None, phrases)) == []
    assert faults(trivia.rules(phrases)) == []


def test_the_panel_and_the_form(phrases: Phrases) -> None:
    assert faults(how_to_panel({}, phrases)) == []
    form: dict[str, Any] = search_form(phrases).to_dict()
    assert body_faults("POST", "/interactions/1/token/callback", {"type": 9, "data": form}) == []


def test_a_question_gives_away_neither_its_answer_nor_what_a_policy_forbids(phrases: Phrases) -> None:
    for question in QUESTIONS:
        moments = [shown for shown, _part in shown_parts(question, LIBRARY)]
        round_ = Round(1, 1, 2, 1, question, RoundState.OPEN, NOW, NOW, 7)
        page = str(rounds.question(Asked(game(phrases), round_, 0), LIBRARY, phrases).to_components())
        assert not any(phrases.of(moment.reveal) in page for moment in moments), question
        assert ("||" in page) == any(moment.spoilers != "none" for moment in moments), question
        assert " · right" not in page, question
