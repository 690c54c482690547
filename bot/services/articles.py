"""Looking things up in the library."""

from collections.abc import Sequence

from bot.content.folding import fold
from bot.content.search import article_index
from bot.domain.library import Article, Library
from bot.errors import EmptyQuery, NothingFound, Outdated

MOST_RESULTS = 60
LONGEST_QUERY = 100
"""Characters of a query that are looked at."""


class ArticleService:
    """Finds articles. Everything is in memory, so nothing here waits."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._index = article_index(library)

    def suggest(self, query: str, limit: int = 25) -> Sequence[Article]:
        """Return what to offer while a member types; before she types, the first articles of the library."""
        query = query[:LONGEST_QUERY]
        if not query.strip():
            return [article for article in self.library.articles.values() if article.founding][:limit]
        return [self.library.articles[article_id] for article_id in self._index.search(query, limit)]

    def search(self, query: str) -> Sequence[Article]:
        """Return the articles that answer to `query`, best first; an article's id finds exactly that one.

        Raises:
            EmptyQuery: it holds no letter or digit.
            NothingFound: no article answers to it.
        """
        if query in self.library.articles:
            return [self.library.articles[query]]
        query = query[:LONGEST_QUERY]
        if not fold(query):
            raise EmptyQuery
        found = self._index.search(query, MOST_RESULTS)
        if not found:
            raise NothingFound(query=query[:60])
        return [self.library.articles[article_id] for article_id in found]

    def get(self, article_id: str) -> Article:
        """Return the article.

        Raises:
            Outdated: the library holds no such article (any more).
        """
        article = self.library.articles.get(article_id)
        if article is None:
            raise Outdated
        return article
