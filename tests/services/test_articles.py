import pytest

from bot.domain.library import Library
from bot.errors import EmptyQuery, NothingFound, Outdated
from bot.services.articles import MOST_RESULTS, ArticleService


@pytest.fixture(scope="module")
def service(library: Library) -> ArticleService:
    return ArticleService(library)


def test_before_anything_is_typed_the_founding_articles_are_offered(service: ArticleService) -> None:
    offered = service.suggest("  ")
    assert len(offered) > 0
    assert all(article.founding for article in offered)
    assert service.suggest("", limit=2) == offered[:2]


def test_a_headline_that_is_typed_is_offered_and_found(service: ArticleService, library: Library) -> None:
    for article in library.articles.values():
        assert article in service.suggest(article.headline.en)
        assert article in service.search(article.headline.en)


def test_no_more_articles_are_offered_than_asked_for(service: ArticleService) -> None:
    assert len(service.suggest("kiss")) == 25
    assert service.suggest("kiss", limit=3) == service.suggest("kiss")[:3]


def test_nothing_is_offered_for_what_nobody_wrote(service: ArticleService) -> None:
    assert service.suggest("zzzzzzzzqqqq") == []
    assert service.suggest("?!") == []


def test_the_id_of_an_article_finds_exactly_that_one(service: ArticleService, library: Library) -> None:
    for article_id, article in library.articles.items():
        assert service.search(article_id) == [article]


def test_the_articles_of_a_drama_are_found_by_its_title_in_both_scripts(
    service: ArticleService, library: Library
) -> None:
    for article in library.articles.values():
        for drama in library.dramas_of(article):
            for title in drama.title.all:
                found = service.search(title)
                assert article in found or len(found) == MOST_RESULTS


@pytest.mark.parametrize("query", ["", "   ", "?!…", "♥"])
def test_a_query_without_a_letter_or_digit_is_refused(service: ArticleService, query: str) -> None:
    with pytest.raises(EmptyQuery):
        service.search(query)


def test_a_query_that_nothing_answers_to_is_refused_in_its_first_letters(service: ArticleService) -> None:
    with pytest.raises(NothingFound) as refused:
        service.search("zqx" * 40)
    assert refused.value.values == {"query": "zqx" * 20}


def test_an_article_is_got_by_its_id(service: ArticleService, library: Library) -> None:
    article = next(iter(library.articles.values()))
    assert service.get(article.id) is article


def test_an_article_that_is_no_longer_in_the_library_is_outdated(service: ArticleService) -> None:
    with pytest.raises(Outdated):
        service.get("an-article-of-last-year")
