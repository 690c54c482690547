"""A keystroke costs little in a large library, too. What exactly, `make bench` tells."""

import random
import time
from collections.abc import Iterator

import pytest

from benchmarks.search_of_100000 import grown, workload
from bot.content.search.entries import founding_and_newest
from bot.content.search.finders import ArticleFinder, own_entry
from bot.content.search.index import Index
from bot.domain.library import Library
from tests.content.shipped import shipped_library

SMALL, LARGE = 400, 4_000
PATIENCE = 0.025
"""Seconds of this process; a search takes a tenth on a machine with nothing else to do."""
LEAST_SPARED = 4.0
"""A library ten times as large may not cost ten times as much: a walk through all of it would."""


@pytest.fixture(scope="module")
def large() -> Library:
    return grown(shipped_library(), LARGE)


@pytest.fixture(scope="module")
def times(large: Library) -> dict[int, list[float]]:
    """What each query took, in order, by the articles of the library."""
    found: dict[int, list[float]] = {}
    for library in (grown(shipped_library(), SMALL), large):
        finder = ArticleFinder(library)
        found[len(library.articles)] = sorted(_times(finder, large))
    return found


def _times(finder: ArticleFinder, asked: Library) -> Iterator[float]:
    for _, query in workload(asked, random.Random(3), 800):
        begun = time.process_time()
        finder.suggest(query)
        yield time.process_time() - begun


def test_99_of_100_keystrokes_in_thousands_of_articles_are_answered_at_once(times: dict[int, list[float]]) -> None:
    assert times[LARGE][int(len(times[LARGE]) * 0.99)] < PATIENCE


def test_ten_times_as_many_articles_do_not_take_ten_times_as_long(times: dict[int, list[float]]) -> None:
    assert sum(times[LARGE]) < sum(times[SMALL]) * 10 / LEAST_SPARED


def test_an_article_is_put_into_a_large_index_and_taken_out_at_once(large: Library) -> None:
    first, *others = founding_and_newest(large.articles.values())[:1000]
    index = Index(own_entry(article, large) for article in others)
    entry, taken = own_entry(first, large), list[float]()
    for _ in range(20):
        begun = time.process_time()
        index.put(entry)
        index.remove(entry.id)
        taken.append(time.process_time() - begun)
    assert sorted(taken)[10] < PATIENCE
    assert len(index) == len(others)
