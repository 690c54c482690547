"""Each name of the shipped library is found with a typo in it: a seeded sweep over people and dramas, both scripts."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from unicodedata import normalize

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.folding import fold, fold_words
from bot.content.search.entries import names_of, titles_of
from bot.content.search.finders import DramaFinder, PersonFinder
from tests.content.shipped import shipped_library

SEED: Final = 20261122
FIRST: Final = 3
SHORTEST: Final = 5
"""Letters of a name of which enough is left to know it by after a typo."""
LEAST_FOUND: Final = 0.99
KEYBOARD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
ROWS: Final = tuple(normalize("NFKD", row) for row in KEYBOARD)
BESIDE: Final = {key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in ROWS for at, key in enumerate(row)}
"""The keys beside a key."""
KINDS: Final = ("left out", "doubled", "swapped", "the one beside it", "first")


def _typo(text: str, kind: str, rng: random.Random) -> str:
    """The folded text with one letter left out, doubled, swapped with the next, or hit beside (the first one, too)."""
    at = 0 if kind == "first" else rng.randrange(len(text) - 1)
    one, following = text[at], text[at + 1]
    if kind == "left out":
        return text[:at] + text[at + 1 :]
    if kind == "doubled":
        return text[: at + 1] + text[at:]
    if kind == "swapped":
        return text[:at] + following + one + text[at + 2 :]
    return text[:at] + rng.choice(BESIDE.get(one, one)) + text[at + 1 :]


def _misspelt(names: Mapping[str, Sequence[str]], count: int) -> Iterator[tuple[str, str, str]]:
    """Typed texts, each with the kind of its typo and whose name it is; none that is as near to another's name."""
    rng, yielded = random.Random(SEED), 0
    owners = defaultdict[str, set[str]](set)
    for owner, theirs in names.items():
        for name in theirs:
            owners[fold(name)].add(owner)
    spelt = [(owner, name) for owner, theirs in names.items() for name in theirs if len(fold(name)) >= SHORTEST]
    while yielded < count:
        owner, name = rng.choice(spelt)
        kind, text = rng.choice(KINDS), " ".join(fold_words(name))
        typed = _typo(text, kind, rng)
        near = process.extract(fold(typed), [*owners], scorer=OSA.distance, score_cutoff=1, limit=None)
        if fold(typed) != fold(name) and all(owners[other] == {owner} for other, _, _ in near):
            yielded += 1
            yield typed, kind, owner


def _assert_found(
    names: Mapping[str, Sequence[str]], count: int, search: Callable[[str], Sequence[str]], what: str
) -> None:
    asked, missed, misses = Counter[str](), Counter[str](), list[tuple[str, str]]()
    for typed, kind, owner in _misspelt(names, count):
        script = "English" if typed.isascii() else "Korean"
        asked.update((kind, script))
        if owner not in search(typed)[:FIRST]:
            missed.update((kind, script))
            misses.append((normalize("NFC", typed), owner))
    table = "\n".join(f"{row:<18} {asked[row] - missed[row]:>3} of {asked[row]:>3}" for row in asked)
    print(f"\n{what}: {count - len(misses)} of {count} with a typo found\n{table}\nmissed: {misses}")  # noqa: T201
    assert min(asked["English"], asked["Korean"]) > count / 10
    assert len(misses) <= (1 - LEAST_FOUND) * count, misses


def test_a_person_is_among_the_first_three_with_a_typo_in_the_name() -> None:
    library = shipped_library()
    finder = PersonFinder(library)
    names = {name: names_of(person) for name, person in library.people.items()}
    _assert_found(names, 400, lambda typed: [person.name for person in finder.suggest(typed)], "people")


def test_a_drama_is_among_the_first_three_with_a_typo_in_a_title() -> None:
    library = shipped_library()
    finder = DramaFinder(library)
    titles = {drama_id: titles_of(drama) for drama_id, drama in library.dramas.items()}
    _assert_found(titles, 300, lambda typed: [drama.id for drama in finder.suggest(typed, library.dramas)], "dramas")
