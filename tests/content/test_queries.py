"""What fans type is answered: recall@3 over the judged query sets, as autocomplete answers it."""

import functools
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final
from unicodedata import normalize

import pytest

from bot.content.couples import CoupleFinder
from bot.content.search.finders import ArticleFinder, DramaFinder, PersonFinder
from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from tests.content.queries import SETS, Query, classes, judged, meaning_nothing
from tests.content.shipped import shipped_library

LIMIT = 25
FIRST = 3
LEAST_RECALL = 0.95
LEAST_SILENCE = 0.9
TOTAL = "all together"
LEAST_OF_A_SET: Final = 150

each_set = pytest.mark.parametrize("queries", SETS)


@functools.cache
def _suggest() -> dict[str, Callable[[str], Sequence[str]]]:
    """For each place, what its autocomplete offers for what is typed, as ids."""
    library = shipped_library()
    articles, dramas, people = ArticleFinder(library), DramaFinder(library), PersonFinder(library)
    couples, settings = CoupleFinder(library), GuildSettings(1)
    return {
        "articles": lambda typed: articles.suggest(typed, limit=LIMIT),
        "dramas": lambda typed: [drama.id for drama in dramas.suggest(typed, library.dramas, LIMIT)],
        "people": lambda typed: [person.name for person in people.suggest(typed, LIMIT)],
        "couples": lambda typed: [offer.key for offer in couples.suggest(typed, settings, LIMIT)],
    }


@each_set
def test_what_a_fan_means_is_among_the_first_three_in_95_of_100_queries(queries: str) -> None:
    found = {query: _suggest()[query.place](query.typed)[:FIRST] for query in judged(queries)}
    misses = {query: offered for query, offered in found.items() if not set(query.wants) & set(offered)}
    table = _table(queries, misses)
    print(f"\n{table}")  # noqa: T201
    assert len(misses) <= (1 - LEAST_RECALL) * len(found), table


def test_nothing_is_offered_for_what_the_library_does_not_have() -> None:
    asked = [query for queries in SETS for query in meaning_nothing(queries)]
    offered = {query.typed: _suggest()[query.place](query.typed) for query in asked}
    noise = {typed: ids[:FIRST] for typed, ids in offered.items() if ids}
    print(f"\nnothing offered for {len(offered) - len(noise)} of {len(offered)}; noise: {noise}")  # noqa: T201
    assert len(noise) <= (1 - LEAST_SILENCE) * len(offered), noise


@each_set
def test_a_query_set_is_large_names_shipped_entries_and_counts_its_classes_right(queries: str) -> None:
    ids = _shipped_ids(shipped_library())
    assert len(judged(queries)) >= LEAST_OF_A_SET
    assert [(query, name) for query in judged(queries) for name in query.wants if name not in ids[query.place]] == []
    assert [query for query in judged(queries) if not query.wants] == []
    listed = classes(queries)
    assert Counter(query.why for query in judged(queries)) == {name: listed[name] for name in listed if name != TOTAL}
    assert len(judged(queries)) == listed[TOTAL]
    assert {query.place for query in (*judged(queries), *meaning_nothing(queries))} == set(ids) == set(_suggest())


@each_set
def test_no_query_of_a_set_is_judged_twice(queries: str) -> None:
    asked = (*judged(queries), *meaning_nothing(queries))
    typed = Counter((query.place, " ".join(normalize("NFC", query.typed).casefold().split())) for query in asked)
    assert [entry for entry, times in typed.items() if times > 1] == []
    assert len(meaning_nothing(queries)) >= 10


def _shipped_ids(library: Library) -> dict[str, Collection[str]]:
    return {
        "articles": library.articles.keys(),
        "dramas": library.dramas.keys(),
        "people": library.people.keys(),
        "couples": library.couples.keys(),
    }


def _table(queries: str, misses: dict[Query, Sequence[str]]) -> str:
    """Recall as a whole and by class, and each miss with what was offered in its stead."""
    asked, missed = Counter(query.why for query in judged(queries)), Counter(query.why for query in misses)
    places, lost = Counter(query.place for query in judged(queries)), Counter(query.place for query in misses)
    rows = [_row("recall@3", len(judged(queries)), len(misses))]
    rows += [_row(place, places[place], lost[place]) for place in places]
    rows += [_row(why, asked[why], missed[why]) for why in asked]
    rows += [
        f"missed in {query.place} ({query.why}): {query.typed!r} wants {' or '.join(query.wants)}; "
        f"offered: {', '.join(offered) or 'nothing'}"
        for query, offered in misses.items()
    ]
    return "\n".join(rows)


def _row(name: str, asked: int, missed: int) -> str:
    return f"{name:<22} {asked - missed:>3} of {asked:>3}  {(asked - missed) / asked:6.1%}"
