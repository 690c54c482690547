import random
from datetime import UTC, datetime

import pytest

from bot.content.search.entries import names_in_articles
from bot.content.search.finders import ArticleFinder
from bot.domain.library import Article, Library
from bot.domain.own_articles import Written
from bot.domain.shelves import Wanted, short_key
from bot.domain.texts import Localised
from bot.errors import EmptyQuery, Outdated
from bot.services.articles import ArticleService, Found, Meant
from bot.services.library import LibraryService
from bot.services.own_libraries import OwnLibraries
from bot.storage import own_articles
from bot.storage.database import Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLUB, OTHER = 845001112223334445, 845001112223334446
GOBLIN = "guardian-the-lonely-and-great-god"
UNCLEAR = "zqx queeen teras"
LINKED = Written("A zebra in the news", "Zoo news", "2026-11-21", "https://zoo.example/17", dramas=(GOBLIN,))


@pytest.fixture
def own(database: Database, library: Library) -> OwnLibraries:
    return OwnLibraries(database, library)


@pytest.fixture(scope="module")
def finder(library: Library) -> ArticleFinder:
    return ArticleFinder(library)


@pytest.fixture
def service(database: Database, library: Library, finder: ArticleFinder, own: OwnLibraries) -> ArticleService:
    return ArticleService(database, library, finder, own, random.Random(7))


async def add(database: Database, own: OwnLibraries, written: Written, guild_id: int = CLUB) -> Article:
    """Let a guild have an article of its own."""
    stored = await database.write(lambda c: own_articles.add_articles(c, guild_id, [written], NOON))
    await own.apply(guild_id, stored)
    return own.of(guild_id).articles[stored[0].article.id]


HEADLINE = Written("Our zebra club met the goblin", "Club news", "2026-11-20", dramas=(GOBLIN,), people=("Gong Yoo",))


def test_before_anything_is_typed_the_founding_articles_are_offered(service: ArticleService) -> None:
    offered = service.suggest("  ")
    assert len(offered) > 0
    assert all(article.founding for article in offered)
    assert service.suggest("", limit=2) == offered[:2]


def test_a_headline_that_is_typed_is_offered_and_found(service: ArticleService, library: Library) -> None:
    for article in list(library.articles.values())[::7]:
        assert article in service.suggest(article.headline.en)
        assert article in service.search(Wanted(article.headline.en)).articles


def test_no_more_articles_are_offered_than_asked_for(service: ArticleService) -> None:
    assert len(service.suggest("kiss")) == 25
    assert service.suggest("kiss", limit=3) == service.suggest("kiss")[:3]


def test_nothing_is_offered_for_what_nobody_wrote(service: ArticleService) -> None:
    assert service.suggest("zzzzzzzzqqqq") == []
    assert service.suggest("?!") == []


def test_the_id_of_an_article_finds_exactly_that_one(service: ArticleService, library: Library) -> None:
    for article_id, article in library.articles.items():
        assert service.search(Wanted(article_id)).articles == [article]


@pytest.mark.parametrize("query", ["", "   ", "?!…", "♥"])
def test_a_search_for_nothing_at_all_is_refused(service: ArticleService, query: str) -> None:
    with pytest.raises(EmptyQuery):
        service.search(Wanted(query))


def test_what_nothing_answers_to_and_nothing_is_near_finds_nothing(service: ArticleService) -> None:
    for wanted in (Wanted("zqx" * 40), Wanted("zqxzqxzqx", "queen-of-tears", "Song Kang"), Wanted("own/1")):
        found = service.search(wanted)
        assert [*found.articles, *found.meant] == []


def test_what_is_near_a_query_without_an_answer_is_offered_instead_and_finds_something(service: ArticleService) -> None:
    found = service.search(Wanted(UNCLEAR))
    assert found.articles == ()
    assert Meant("Mr. Queen", Localised("Mr. Queen", "철인왕후")) in found.meant
    assert 1 < len(found.meant) <= 3
    for meant in found.meant:
        assert service.search(Wanted(meant.text)).articles


def test_a_name_that_may_have_been_meant_is_called_as_what_it_stands_for(
    service: ArticleService, library: Library
) -> None:
    title, names = library.dramas[GOBLIN].title, library.people["Kim Ji-won"].names
    assert service.called("Goblin") == Localised("Goblin", title.ko)
    assert service.called("철인왕후") == Localised("Mr. Queen", "철인왕후")
    assert service.called("Kim Jiwon") == Localised("Kim Jiwon", names.ko)
    assert service.called("Nobody of the kind") == Localised("Nobody of the kind")


def test_every_name_that_may_be_offered_finds_something(service: ArticleService, library: Library) -> None:
    names = names_in_articles(library).values()
    assert len(names) > 1000
    assert [name for name in names if not service.search(Wanted(name)).articles] == []


def test_without_words_the_newest_of_what_is_asked_for_come_first(service: ArticleService, library: Library) -> None:
    found = service.search(Wanted(drama="nevertheless")).articles
    assert len(found) == sum("nevertheless" in article.dramas for article in library.articles.values()) > 5
    assert [article.date or "" for article in found] == sorted((article.date or "" for article in found), reverse=True)


def test_words_and_all_that_narrows_them_must_hold_together(service: ArticleService, library: Library) -> None:
    person = "Song Kang"
    found = service.search(Wanted("kiss", "nevertheless", person, "kiss")).articles
    assert found
    for article in found:
        assert "nevertheless" in article.dramas
        assert person in article.people
        assert "kiss" in article.topics
    assert len(found) < len(service.search(Wanted("kiss")).articles)


def test_all_that_answers_is_found_however_much_it_is(service: ArticleService, library: Library) -> None:
    about = [article for article in library.articles.values() if "kiss" in article.topics]
    assert len(about) > 90
    assert len(service.search(Wanted(topic="kiss")).articles) == len(about)
    assert len(service.search(Wanted("kiss")).articles) > 100


def test_what_is_offered_while_typing_is_about_what_the_filters_ask_for(
    service: ArticleService, library: Library
) -> None:
    wanted = Wanted(drama="nevertheless")
    about = [article for article in service.latest() if "nevertheless" in article.dramas]
    assert service.suggest("", wanted=wanted) == about[:25]
    offered = service.suggest("kiss", wanted=wanted, limit=3)
    assert len(offered) == 3
    assert {article.id for article in offered} <= {article.id for article in about}
    assert service.suggest("goblin", wanted=wanted) == []


def test_a_chosen_article_that_the_filters_leave_out_is_not_found(service: ArticleService) -> None:
    assert service.search(Wanted("iconic-unscripted-kisses", drama="queen-of-tears")) == Found(())
    assert len(service.search(Wanted("iconic-unscripted-kisses", drama="nevertheless")).articles) == 1


async def test_an_article_is_got_by_its_id(service: ArticleService, library: Library) -> None:
    article = next(iter(library.articles.values()))
    assert await service.find(article.id) is article


@pytest.mark.parametrize("article_id", ["an-article-of-last-year", "own/1", "own/", "", "own/99999999999999999999"])
async def test_an_article_that_is_nowhere_is_outdated(service: ArticleService, article_id: str) -> None:
    for guild_id in (None, CLUB):
        with pytest.raises(Outdated):
            await service.find(article_id, guild_id)


async def test_what_another_process_has_stored_or_removed_is_found_and_gone_at_once(
    service: ArticleService, database: Database, library: Library, own: OwnLibraries
) -> None:
    elsewhere = LibraryService(database, library, OwnLibraries(database, library))
    assert service.latest(CLUB) == service.latest()
    (joined,) = await database.write(lambda c: elsewhere.join(c, CLUB, 1, [LINKED], NOON))
    assert joined is not None
    assert (await service.find(joined.article.id, CLUB)).headline.en == LINKED.headline
    await elsewhere.remove(CLUB, 1, joined.id, NOON)
    with pytest.raises(Outdated):
        await service.find(joined.article.id, CLUB)


def test_the_latest_are_all_articles_by_date(service: ArticleService, library: Library) -> None:
    found = service.latest()
    assert {article.id for article in found} == {*library.articles}
    dates = [article.date or "" for article in found]
    assert dates == sorted(dates, reverse=True)
    assert dates[-1] == ""


def test_by_chance_every_article_comes_up(service: ArticleService, library: Library) -> None:
    drawn = {service.random().id for _ in range(4000)}
    assert drawn == {*library.articles}


def test_what_a_button_keeps_of_a_search_is_read_again_for_every_name_of_the_library(
    service: ArticleService, library: Library
) -> None:
    names = [*library.dramas, *library.people, *service.topics]
    assert len({short_key(name) for name in names}) == len(names)
    for drama, person, topic in zip(library.dramas, library.people, [*service.topics] * 99, strict=False):
        wanted = Wanted("words", drama, person, topic)
        assert service.from_button(wanted.for_button(60)) == wanted


async def test_a_guilds_own_article_is_found_beside_the_shipped_ones_in_that_guild_alone(
    service: ArticleService, database: Database, own: OwnLibraries
) -> None:
    article = await add(database, own, HEADLINE)
    for wanted in (Wanted("zebra"), Wanted(article.id), Wanted(drama=GOBLIN), Wanted("zebra", GOBLIN, "Gong Yoo")):
        assert article in service.search(wanted, CLUB).articles
    assert service.suggest("zebra", CLUB) == [article]
    found = service.search(Wanted(article.id), CLUB)
    assert found.articles == [article]
    assert service.latest(CLUB)[0] == article
    for elsewhere in (OTHER, None):
        assert service.suggest("zebra", elsewhere) == []
        assert article not in service.search(Wanted(drama=GOBLIN), elsewhere).articles
        assert article not in service.latest(elsewhere)
        with pytest.raises(Outdated):
            await service.find(article.id, elsewhere)
        assert service.search(Wanted(article.id), elsewhere) == Found(())


async def test_a_guilds_own_article_tells_when_it_was_added_there_and_nowhere_else(
    service: ArticleService, database: Database, own: OwnLibraries, library: Library
) -> None:
    article = await add(database, own, HEADLINE)
    assert await service.added_at(article, CLUB) == NOON
    for elsewhere in (OTHER, None):
        with pytest.raises(Outdated):
            await service.added_at(article, elsewhere)
    assert await service.added_at(next(iter(library.articles.values())), CLUB) is None


async def test_by_chance_a_guilds_own_article_comes_up_in_that_guild_alone(
    service: ArticleService, database: Database, own: OwnLibraries
) -> None:
    article = await add(database, own, HEADLINE)
    assert article in [service.random(CLUB) for _ in range(4000)]
    assert article not in [service.random(OTHER) for _ in range(4000)]


def test_where_only_the_filters_leave_nothing_no_other_words_are_offered(service: ArticleService) -> None:
    for wanted in (Wanted("goblin", "queen-of-tears"), Wanted("", "queen-of-tears", "Gong Yoo")):
        found = service.search(wanted)
        assert [*found.articles, *found.meant] == []
    assert service.search(Wanted(UNCLEAR, "queen-of-tears")).meant == service.search(Wanted(UNCLEAR)).meant != []
