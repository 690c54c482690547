"""The index while it changes: what is put in and taken out, what comes first, several indexes as one."""

import asyncio

from hypothesis import given, settings, strategies as st

from bot.content.search.index import Entry, Index, merged
from bot.content.search.steps import Kind

NAMES = (
    "Goblin",
    "Gobelin",
    "Ha-ri",
    "Hari Shin",
    "도깨비",
    "도깨",
    "kiss scene",
    "Kim Sun-ho",
    "김선호",
    "W",
    "1988",
    "",
)
TEXTS = ("the goblin kiss", "a sword in the snow", "첫눈 오는 날 도깨비가", "Hari laughs", "kim 1988", "")
QUERIES = (
    *("goblin", "gob", "goblni", "g", "hari", "shin ha-ri", "도깨", "돆", "ㄷㄲ", "kim seonho", "gim sunho", "1988"),
    *("kiss", "sword snow hat", "the goblin laughs in the snow", "ehRo", "ki", "첫눈 도깨비", "sce", "blin", "harry"),
    *(
        "kim sun-hi",
        "goblin brode",
        "첫눈 오던 날에 도깨비를 봤던",
        "swords and snowy hats",
        "ㄷㄲ1988",
        "하면서 하다",
        "gobelim",
    ),
)

names = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)
entries = st.builds(
    Entry,
    st.sampled_from("abcdef"),
    names,
    st.lists(st.sampled_from(TEXTS), max_size=2).map(tuple),
    names,
    st.integers(-2, 2),
)
changes = st.lists(st.one_of(entries, st.sampled_from("abcdef")), max_size=25)


def _answers(index: Index, query: str, limit: int) -> list[tuple[Kind, int, str]]:
    return [(match.kind, match.cost, match.id) for match in merged([index], query, limit)]


@settings(max_examples=60, deadline=None)
@given(changes)
def test_an_index_that_was_changed_finds_exactly_what_a_new_one_does(changes: list[Entry | str]) -> None:
    changed, held = Index(), dict[str, Entry]()
    for change in changes:
        if isinstance(change, Entry):
            changed.put(change)
            held[change.id] = change
        else:
            changed.remove(change)
            held.pop(change, None)
    new = Index(held.values())
    assert len(changed) == len(new) == len(held)
    assert changed.first(10) == new.first(10)
    for query in QUERIES:
        for limit in (2, 25):
            assert _answers(changed, query, limit) == _answers(new, query, limit), query


def test_what_was_removed_is_found_by_nothing() -> None:
    index = Index([Entry("a", NAMES, TEXTS), Entry("b", ("Something else",))])
    index.remove("a")
    index.remove("never there")
    assert ("a" in index, "b" in index, len(index)) == (False, True, 1)
    for query in (*QUERIES, *NAMES, *TEXTS):
        assert "a" not in index.search(query)


def test_an_entry_that_is_put_again_is_found_by_what_it_says_now_and_keeps_its_place() -> None:
    index = Index([Entry("a", ("kiss",)), Entry("b", ("kiss",))])
    index.put(Entry("a", ("kiss", "hug")))
    assert index.search("kiss") == ["a", "b"]
    assert index.search("hug") == ["a"]
    index.put(Entry("a", ("hug",)))
    assert index.search("kiss") == ["b"]


def test_among_equals_the_lower_order_comes_first_however_late_it_was_put() -> None:
    index = Index([Entry("old", ("kiss",), order=-2019), Entry("new", ("kiss",), order=-2024)])
    index.put(Entry("newest", ("kiss",), order=-2026))
    index.put(Entry("between", ("kiss",), order=-2020))
    assert index.search("kiss") == ["newest", "new", "between", "old"]
    assert index.search("kiss", 2) == ["newest", "new"]
    assert index.first(3) == ["newest", "new", "between"]


def test_several_indexes_answer_as_one_would() -> None:
    every = [
        Entry(str(number), (name,), (text,)) for number, (name, text) in enumerate(zip(NAMES, TEXTS * 2, strict=True))
    ]
    whole = Index(Entry(entry.id, entry.names, entry.words, order=place) for place, entry in enumerate(every))
    halves = [
        Index(
            Entry(entry.id, entry.names, entry.words, order=place)
            for place, entry in enumerate(every)
            if place % 2 == side
        )
        for side in (0, 1)
    ]
    for query in ("goblin", "gob", "도깨", "kiss", "hari", "gim sunho", "goblni"):
        assert [match.id for match in merged(halves, query, 25)] == whole.search(query), query


def test_a_guess_of_one_index_does_not_stand_beside_what_another_has() -> None:
    named, alike = Index([Entry("named", ("Goblin",))]), Index([Entry("alike", ("Gobelin",))])
    assert [match.id for match in merged([alike, named], "goblin", 25)] == ["named"]
    assert [match.id for match in merged([alike, named], "gobxlin", 25)] == ["alike", "named"]


def test_every_entry_is_found_once_however_many_indexes_hold_it() -> None:
    index = Index([Entry("a", ("Goblin", "goblin bride"))])
    assert [match[:2] for match in merged([index, index], "goblin", 25)] == [(Kind.NAME, 0)]


def test_nothing_is_found_where_nothing_is_asked_for() -> None:
    index = Index([Entry("a", NAMES)])
    for found in (merged([index], "goblin", 0), merged([index], " ?!", 25), merged([], "goblin", 25)):
        assert len(found) == 0


async def test_an_index_is_built_while_others_do_their_work() -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    working = asyncio.create_task(others())
    index = await Index.built(Entry(str(number), (f"name {number}",)) for number in range(100))
    working.cancel()
    assert len(index) == 100
    assert turns >= 20
    assert index.search("name 77") == ["77"]
