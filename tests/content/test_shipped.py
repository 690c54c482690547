"""The library that Adlib ships."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from bot.domain.moments import Evidence, Verdict
from bot.domain.texts import Language, Localised, shorten
from tests.content.shipped import shipped_library

FOUNDING = {
    "flirting-versus-friendship",
    "han-so-hee-song-kang-portrait",
    "iconic-unscripted-kisses",
    "off-screen-chemistry",
    "song-kang-kiss-scene-instructions",
}
CHOICE = 100
"""Characters of what is offered while somebody types."""
LINES = 200
"""Characters that a phone shows in a few lines."""
BUTTON = 76
"""Characters of a couple's name that stand on a button of 80 beside its letter ("A · ")."""


def is_hangul(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)


def texts_of_moments() -> Iterator[tuple[str, Localised]]:
    for moment in shipped_library().moments.values():
        yield f"{moment.id}: scene", moment.scene
        yield f"{moment.id}: reveal", moment.reveal
        yield f"{moment.id}: how_known", moment.how_known
        for part in moment.parts:
            yield f"{moment.id}: asked", part.asked
        if moment.credit:
            yield f"{moment.id}: credit", moment.credit


def texts_of_articles() -> Iterator[tuple[str, Localised]]:
    for article in shipped_library().articles.values():
        for text in filter(None, (article.summary, article.caution, article.note)):
            yield f"{article.id}: {text.en[:30]}", text
        for text in (*article.facts, *article.fans_say):
            yield f"{article.id}: {text.en[:30]}", text


def texts_of_dramas() -> Iterator[tuple[str, Localised]]:
    for drama in shipped_library().dramas.values():
        yield f"{drama.id}: title", drama.title


def test_it_is_as_large_as_the_readme_says() -> None:
    library = shipped_library()
    assert (len(library.dramas), len(library.moments)) == (154, 167)
    assert len(library.articles) >= 220
    assert sum(not moment.game_ready for moment in library.moments.values()) == 10


def test_the_five_founding_articles_are_in_it() -> None:
    library = shipped_library()
    assert {article.id for article in library.articles.values() if article.founding} == FOUNDING


def test_every_moment_has_a_source_that_can_be_cited() -> None:
    library = shipped_library()
    for moment in library.moments.values():
        assert moment.sources
        for source in moment.sources:
            assert library.articles[source].publisher


def test_what_is_not_asked_has_a_reason_in_words() -> None:
    reasons = [moment.not_asked_because for moment in shipped_library().moments.values() if not moment.game_ready]
    assert all(reason and len(reason) > 10 for reason in reasons)


def test_games_never_ask_what_a_weak_source_only_suggests() -> None:
    confident = Counter(moment.evidence for moment in shipped_library().moments.values() if moment.game_ready)
    assert confident[Evidence.STATED] > confident[Evidence.INFERRED]


def test_every_kind_of_truth_is_in_it() -> None:
    found = Counter(moment.verdict for moment in shipped_library().moments.values() if moment.game_ready)
    assert all(found[verdict] >= 20 for verdict in Verdict)


@pytest.mark.parametrize(
    ("texts", "least"),
    [(texts_of_moments, 167 * 4), (texts_of_articles, 220), (texts_of_dramas, 154)],
    ids=["moments", "articles", "dramas"],
)
def test_every_text_stands_in_korean_too(texts: Callable[[], Iterator[tuple[str, Localised]]], least: int) -> None:
    found = [*texts()]
    assert len(found) >= least
    assert [place for place, text in found if not text.ko] == []


def test_korean_sentences_are_written_in_hangul() -> None:
    sentences = [*texts_of_moments(), *texts_of_articles()]
    assert [place for place, text in sentences if text.ko and not is_hangul(text.ko)] == []


def test_no_english_text_holds_a_whole_korean_sentence() -> None:
    long = [place for place, text in texts_of_moments() if sum(is_hangul(letter) for letter in text.en) > 20]
    assert long == []


def test_ids_of_articles_and_dramas_fit_into_a_custom_id() -> None:
    library = shipped_library()
    assert [entry for entry in (*library.articles, *library.dramas, *library.couples) if len(entry) > 70] == []


@pytest.mark.parametrize("language", Language)
def test_every_headline_can_be_told_from_the_others_where_it_is_offered(language: Language) -> None:
    headlines = [article.headline.in_language(language) for article in shipped_library().articles.values()]
    offered = Counter(shorten(headline, CHOICE) for headline in headlines)
    assert [headline for headline, times in offered.items() if times > 1] == []


@pytest.mark.parametrize("language", Language)
def test_every_headline_fits_above_its_card_and_under_a_question(language: Language) -> None:
    headlines = [article.headline.in_language(language) for article in shipped_library().articles.values()]
    assert [headline for headline in headlines if len(headline) > LINES or "\n" in headline] == []


def test_names_of_couples_fit_on_a_button_in_both_languages() -> None:
    names = [name for couple in shipped_library().couples.values() for name in couple.name.all]
    assert [name for name in names if len(name) > BUTTON] == []


def test_nothing_that_is_shown_before_the_answer_names_it() -> None:
    tell_tale = ("ad-lib", "adlib", "improvis", "unscripted", "애드리브", "즉흥")
    scenes = [
        (moment.id, text.casefold()) for moment in shipped_library().moments.values() for text in moment.scene.all
    ]
    assert [moment_id for moment_id, text in scenes if any(word in text for word in tell_tale)] == []


def test_no_other_name_of_a_person_belongs_to_somebody_else() -> None:
    people = shipped_library().people
    owners = Counter(name for person in people.values() for name in {person.name, *person.also})
    assert [name for name, times in owners.items() if times > 1] == []


def test_an_address_that_is_linked_is_https_wherever_one_stands() -> None:
    links = [article.link for article in shipped_library().articles.values() if article.link]
    assert len(links) > 150
    assert [link for link in links if not link.startswith(("https://", "http://"))] == []
