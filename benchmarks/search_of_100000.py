"""What does a keystroke cost in a library of 100,000 articles? And what does the index take in memory and time?

    python -m benchmarks.search_of_100000 [--articles 10000 100000] [--queries 4000]

The articles are made up from the words of the library that Adlib ships: headlines and summaries of its lengths, words
as frequent as there, new words, names and dramas coming in as a library grows (one drama to 25 articles, one actor to
10). All is the same in every run. Times are those of the process, as other work on the machine would count otherwise.
"""

import argparse
import gc
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Final

from bot.app import DATA
from bot.content.load import load_library
from bot.content.search.finders import ArticleFinder, own_entry
from bot.content.search.index import Index
from bot.domain.library import Article, Drama, Library, Person, Role
from bot.domain.texts import Localised

SIZES: Final = (10_000, 100_000)
NEW_WORD: Final = 0.02
"""So many of the words of a text were never written before: the tail that real texts have."""
SYLLABLES: Final = (
    *("ga", "na", "da", "ra", "ma", "ba", "sa", "a", "ja", "cha", "ka", "ta", "pa", "ha", "seo", "jun"),
    *("min", "ho", "yeon", "woo", "jin", "hye", "soo", "young", "kyung", "eun", "tae"),
)
HANGUL: Final = "가나다라마바사아자차카타파하서준민호연우진혜수영경은태"
ENGLISH: Final = (
    *("ing", "tion", "al", "er", "est", "ment", "ous", "able", "ward", "ness", "ful", "ship", "less", "ist"),
    *("ance", "ide", "ore", "ump", "oll", "ain", "eek"),
)
PARTICLES: Final = ("", "", "", "을", "를", "이", "가", "은", "는", "의", "에서", "으로")


class Writer:
    """Writes texts with the words of a library, the frequent ones often, and now and then a new one."""

    def __init__(self, texts: Sequence[str], rng: random.Random, invent: Callable[[], str]) -> None:
        counted = Counter(word for text in texts for word in text.split())
        self._words = [*counted]
        self._weights = [*accumulate(counted.values())]
        self._rng = rng
        self._invent = invent
        self._new: list[str] = []

    def write(self, words: int) -> str:
        """Return a text of so many words. New words come again, the first ones most often."""
        text = self._rng.choices(self._words, cum_weights=self._weights, k=words)
        for place in range(words):
            chance = self._rng.random()
            if chance < NEW_WORD:
                self._new.append(self._invent())
                text[place] = self._new[-1]
            elif chance < 10 * NEW_WORD and self._new:
                text[place] = self._new[int(len(self._new) ** self._rng.random()) - 1]
        return " ".join(text)


def grown(library: Library, articles: int, seed: int = 5) -> Library:
    """Return a library of so many articles, those of `library` among them."""
    rng = random.Random(seed)
    people, dramas = dict(library.people), dict(library.dramas)
    headlines = [article.headline for article in library.articles.values()]
    summaries = [article.summary for article in library.articles.values() if article.summary]
    invent_english = lambda: "".join(rng.choices(SYLLABLES, k=2)) + rng.choice(ENGLISH)  # noqa: E731
    invent_korean = lambda: "".join(rng.choices(HANGUL, k=rng.choice((2, 2, 3)))) + rng.choice(PARTICLES)  # noqa: E731
    english = Writer([text.en for text in (*headlines, *summaries)], rng, invent_english)
    korean = Writer([text.ko for text in (*headlines, *summaries) if text.ko], rng, invent_korean)
    for number in range(len(people), articles // 10):
        family, first, second = rng.choices(range(len(HANGUL)), k=3)
        name = f"{SYLLABLES[family]} {SYLLABLES[first]}-{SYLLABLES[second]}".title() + " " * (number % 2)
        people.setdefault(name, Person(name, HANGUL[family] + HANGUL[first] + HANGUL[second]))
    names = [*people.values()]
    for number in range(len(dramas), articles // 25):
        title = Localised(english.write(rng.randint(1, 5)).title(), korean.write(rng.randint(1, 4)))
        cast = tuple(Role(person.name, Localised(rng.choice(names).name)) for person in rng.sample(names, 4))
        dramas[f"drama-{number}"] = Drama(f"drama-{number}", title, 1990 + number % 37, cast, (), ())
    held, ids = dict(library.articles), [*dramas]
    popular = [*accumulate(1 / (place + 20) for place in range(len(ids)))]
    for number in range(len(held), articles):
        drama = dramas[rng.choices(ids, cum_weights=popular)[0]]
        cast = [role.actor for role in drama.cast]
        held[f"article-{number}"] = Article(
            f"article-{number}",
            Localised(english.write(len(rng.choice(headlines).en.split())), korean.write(rng.randint(4, 9))),
            Localised(english.write(rng.randint(30, 50)), korean.write(rng.randint(22, 36))),
            publisher=rng.choice(("Osen", "Aju News", "Soompi", "Sports Chosun", "Newsen")),
            date=f"{rng.randint(2009, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            dramas=(drama.id,),
            people=tuple(rng.sample(cast, min(2, len(cast)))),
            topics=("kiss",) if rng.random() < 0.4 else ("comedy",),
        )
    return Library(dramas, held, people)


def workload(library: Library, rng: random.Random, queries: int) -> Iterator[tuple[str, str]]:
    """Yield what fans type, with its kind: each name letter by letter, misspelt, too long, or nothing at all."""
    names = [form for drama in library.dramas.values() for form in (*drama.title.all, *drama.other_titles)]
    names += [form for person in library.people.values() for form in (*person.names.all, *person.also)]
    articles = [*library.articles.values()]
    for _ in range(queries // 8):
        name = rng.choice(names)
        yield "one or two letters", name[: rng.randint(1, 2)]
        yield "a beginning", name[: rng.randint(3, max(3, len(name)))]
        yield "a name misspelt", _misspelt(name, rng)
        two = f"{rng.choice(names)} {rng.choice(names)}"
        yield "two names", two[: rng.randint(3, 40)]
        headline = rng.choice(rng.choice(articles).headline.all)
        yield "a headline misspelt", _misspelt(_misspelt(headline, rng), rng)
        summary = rng.choice([text for text in (rng.choice(articles).summary,) if text] or [Localised(name)])
        words = rng.choice(summary.all).split()
        begin = rng.randrange(len(words))
        yield "a part of a sentence", " ".join(words[begin : begin + rng.randint(2, 12)])
        yield "words at random", " ".join(rng.sample(words, min(len(words), rng.randint(2, 14))))
        yield "nonsense", "".join(rng.choices("qxzvjkwyaeiou가힣ㅋㅠ 19", k=rng.randint(1, 100)))


def _misspelt(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    letter = rng.choice("aeiounrst가이")
    return text[:place] + rng.choice((letter, letter + text[place], "")) + text[place + 1 :]


def _memory() -> float:
    """Megabytes of this process, as Linux counts them."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def measure(library: Library, queries: int) -> None:
    """Print what an index of the library costs, and each kind of query."""
    gc.collect()
    before, begun = _memory(), time.process_time()
    finder = ArticleFinder(library)
    took = time.process_time() - begun
    gc.collect()
    held = _memory() - before
    print(f"## {len(library.articles):,} articles\n\nbuilt in {took:.1f} s, {held:.0f} MB\n")
    gc.freeze()
    rng = random.Random(7)
    own = Index(own_entry(article, library) for article in rng.sample([*library.articles.values()], 200))
    times: dict[str, list[tuple[float, str]]] = {}
    for kind, query in workload(library, rng, queries):
        begun = time.process_time()
        finder.suggest(query, own)
        times.setdefault(kind, []).append(((time.process_time() - begun) * 1000, query))
    times["all"] = [waited for kind in [*times] for waited in times[kind]]
    print("| query | median | 99th percentile | longest |\n|---|---|---|---|")
    for kind, waited in times.items():
        values = sorted(value for value, _ in waited)
        last, longest = values[int(len(values) * 0.99)], max(waited)
        print(f"| {kind} | {median(values):.2f} ms | {last:.2f} ms | {longest[0]:.2f} ms ({longest[1][:40]!r}) |")
    own_entries = [own_entry(article, library) for article in rng.sample([*library.articles.values()], 50)]
    begun = time.process_time()
    for entry in own_entries:
        own.put(entry)
    print(f"\na put: {(time.process_time() - begun) / len(own_entries) * 1000:.2f} ms\n", flush=True)
    gc.unfreeze()


def main() -> None:
    """Measure the library as it is shipped, then grown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="*", default=SIZES)
    parser.add_argument("--queries", type=int, default=4000)
    options = parser.parse_args()
    library = load_library(DATA)
    measure(library, options.queries)
    for articles in options.articles:
        measure(grown(library, articles), options.queries)


if __name__ == "__main__":
    main()
