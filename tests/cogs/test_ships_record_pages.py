"""Every page of the record of couples is one that Discord takes, in both languages."""

import discord
import pytest

from bot.app import DATA
from bot.domain.library import Couple, Library
from bot.domain.polls import LONGEST_QUESTION, Option
from bot.domain.records import LAST, PAGE, Leaderboard, PastBracket, PastPoll, Placed, Record, Score
from bot.domain.texts import NAME_LIMIT, Language, Localised
from bot.services.records import CoupleCard, Offer
from bot.text.catalogue import Phrases, load_catalogue
from bot.ui.actions import ActionItem
from bot.ui.cards.couple import couple_card
from bot.ui.pages import Page
from bot.ui.transformers import CHOICE_LIMIT, choice
from cogs.ships_record.render import leaderboard, offer
from tests.cogs.points import faults
from tests.cogs.world import shipped_library
from tests.storage.records_rows import GUILD, NOON, TYPED

CATALOGUE = load_catalogue(DATA / "locales")
LONGEST_NAME = 60
MOST = 10**9
LONG = Localised("-" * (NAME_LIMIT - 5) + "A & B")
"""Every one of its marks is escaped."""


def texts(page: Page) -> str:
    return "\n".join(child.content for child in page.walk_children() if isinstance(child, discord.ui.TextDisplay))


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


@pytest.fixture
def library() -> Library:
    return shipped_library()


def longest(library: Library) -> Couple:
    return max(library.couples.values(), key=lambda couple: len(couple.name.en) + len(couple.fan_name_source or ""))


def full_card(label: Localised, key: str, couple: Couple | None, library: Library) -> CoupleCard:
    polls = [PastPoll(NOON, GUILD, GUILD, "-" * LONGEST_QUESTION, MOST, MOST, True) for _number in range(LAST)]
    score = Score(key, label, MOST, MOST, MOST, MOST, MOST)
    record = Record(score, MOST, ("-" * LONGEST_NAME,) * 1000, tuple(polls))
    drama = library.dramas[couple.drama_id] if couple else None
    return CoupleCard(record, couple, drama)


@pytest.mark.parametrize("count", [0, 1, PAGE])
@pytest.mark.parametrize("page", [0, 57, 99])
def test_the_leaderboard_fits_with_the_longest_names(phrases: Phrases, library: Library, count: int, page: int) -> None:
    keys = ["k", *library.couples]
    scores = [Score(key, LONG, won=MOST, votes=MOST, titles=MOST) for key in keys]
    shown = [Placed(1000, scores[place], withheld=place % 2 == 0) for place in range(count)]
    assert faults(leaderboard(Leaderboard(shown, page, 100), library, phrases)) == []


def test_the_longest_card_fits(phrases: Phrases, library: Library) -> None:
    couple = longest(library)
    for public in (False, True):
        for key in (couple.id, f"actors/{couple.id}"):
            assert (
                faults(couple_card(full_card(LONG, key, couple, library), GUILD, 999, library, phrases, public=public))
                == []
            )
        written = full_card(LONG, Option(LONG).key, None, library)
        assert faults(couple_card(written, GUILD, 999, library, phrases, public=public)) == []


def test_every_couple_of_the_catalogue_has_a_card_that_fits(phrases: Phrases, library: Library) -> None:
    for couple in library.couples.values():
        for key in (couple.id, f"actors/{couple.id}"):
            page = couple_card(full_card(couple.name, key, couple, library), GUILD, 999, library, phrases)
            assert faults(page) == [], key


def test_names_full_of_colons_leave_out_the_buttons_that_would_not_hold_them(
    phrases: Phrases, library: Library
) -> None:
    label = Localised("A" + ":" * 60 + " & B")
    page = couple_card(full_card(label, Option(label).key, None, library), GUILD, 999, library, phrases)
    assert faults(page) == []
    assert [item.custom_id for item in page.walk_children() if isinstance(item, ActionItem)] == []
    alone = CoupleCard(Record(Score(Option(label).key, label)), None, None)
    assert faults(couple_card(alone, GUILD, 999, library, phrases)) == []


def test_actors_are_said_to_be_actors_and_nothing_else_of_them(library: Library) -> None:
    couple = library.couples["ji-eun-tak-kim-shin"]
    label = Localised("Kim Go-eun ♥ Gong Yoo", "김고은 ♥ 공유")
    card = CoupleCard(Record(Score(f"actors/{couple.id}", label)), couple, library.dramas[couple.drama_id])
    shown = texts(couple_card(card, GUILD, 999, library, CATALOGUE[Language.ENGLISH]))
    assert "The actors who play Ji Eun-tak ♥ Kim Shin. Voting for them is play and says nothing" in shown
    gone = CoupleCard(Record(Score("actors/gone", label)), None, None)
    assert "A pair of actors. Voting" in texts(couple_card(gone, GUILD, 999, library, CATALOGUE[Language.ENGLISH]))


def test_a_fan_name_is_told_with_its_source(library: Library) -> None:
    fans = [couple for couple in library.couples.values() if couple.fan_name]
    assert len(fans) > 20
    addresses = {article.url: article for article in library.articles.values()}
    for couple in fans:
        card = CoupleCard(Record(Score(couple.id, couple.name)), couple, library.dramas[couple.drama_id])
        line = next(
            line
            for line in texts(couple_card(card, GUILD, 999, library, CATALOGUE[Language.ENGLISH])).splitlines()
            if line.startswith("Fan name: ")
        )
        source = couple.fan_name_source or ""
        article = addresses.get(source)
        linked = source.startswith("http") and (article is None or article.link is not None)
        assert " · Source: " in line
        assert ("](http" in line) == linked


def test_who_lost_and_what_nobody_voted_in_is_said_plainly(library: Library) -> None:
    past = (
        PastPoll(NOON, 1, None, None, 0, 0, False),
        PastPoll(NOON, 1, None, "Who?", 0, 1, False),
        PastBracket(NOON, 1, None, "Cup", 2, 1, False),
    )
    card = CoupleCard(Record(Score(Option(TYPED.label).key, TYPED.label, lost=1), past=past), None, None)
    lines = texts(couple_card(card, GUILD, 999, library, CATALOGUE[Language.ENGLISH])).splitlines()
    assert [line.partition(" · ")[2] for line in lines[-3:]] == [
        "Poll · Nobody voted",
        "Poll · Who? · 0 of 1 vote",
        "Bracket · Cup · 2 won, 1 lost",
    ]


def test_what_is_offered_fits_and_names_the_drama(phrases: Phrases, library: Library) -> None:
    drama = max(library.dramas.values(), key=lambda drama: len(drama.title.en))
    for label in (LONG, *(couple.name for couple in library.couples.values())):
        shown = choice(offer(Offer("text", label, drama), phrases), "text")
        assert 1 <= len(shown.name) <= CHOICE_LIMIT
    assert offer(Offer("text", TYPED.label, None), phrases) == TYPED.label.en
