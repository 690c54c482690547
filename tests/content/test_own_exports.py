"""A guild's own articles written as files: nothing is lost on the way there and back."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest

from bot.content.file_csv import read_rows, write_rows
from bot.content.file_faults import Faults
from bot.content.file_formats import Format
from bot.content.own_exports import write_articles
from bot.content.own_files import COLUMNS, MOST_BYTES, read_articles
from bot.domain.library_drafts import plan_import
from bot.domain.own_articles import OwnArticle, Written, checked
from tests.content.shipped import shipped_library

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def some_articles(rng: Random, count: int) -> list[OwnArticle]:
    """Articles as they may be stored: any letters, signs that spreadsheets and TOML mind, all fields or few."""
    library = shipped_library()
    dramas, people = list(library.dramas), list(library.people)
    signs = "abc =+-@'\"\\,;#[]{}<>|*_`~:/?\u00e9\u00df가각힣도깨비🙂＝￥\u200d\u3000"

    def text(longest: int) -> str:
        return "".join(rng.choices(signs, k=rng.randint(0, longest))).strip()

    articles: list[OwnArticle] = []
    for number in range(count):
        written = Written(
            headline=text(200) + f"h{number}",
            publisher=text(30) + "p",
            date=rng.choice([None, "2024", "2024-02", "2024-02-29"]),
            url=rng.choice([None, f"https://example.com/{number}?a=1&b=2"]),
            summary=text(400) or None,
            dramas=tuple(rng.sample(dramas, rng.randint(0, 6))),
            people=tuple(rng.sample(people, rng.randint(0, 12))),
        )
        articles.append(OwnArticle(1_000 + number, 1, checked(written, TODAY), NOON))
    return articles


@pytest.mark.parametrize("kind", Format)
def test_what_is_exported_imports_again_to_nothing_new_and_nothing_changed(kind: Format) -> None:
    for seed in range(15):
        articles = some_articles(Random(seed), 20)
        [text] = write_articles(articles, shipped_library(), kind)
        read = read_articles(f"a.{kind}", text, shipped_library(), TODAY)
        plan = plan_import(read.imported, articles)
        assert (plan.new, plan.changed, plan.unchanged, plan.clashes) == ((), (), 20, ()), seed


@pytest.mark.parametrize("text", ["=1+1", "+82", "-dash", "@everyone", "'=quoted", "＝넓은"])
def test_no_exported_cell_is_a_formula(text: str) -> None:
    article = OwnArticle(1, 1, Written(text, text, summary=text), NOON)
    exported = write_articles([article], shipped_library(), Format.CSV)[0].decode("utf-8-sig")
    assert exported.splitlines()[0] == ",".join(COLUMNS)
    assert exported.count(f"'{text}") == 3


def test_what_the_catalogue_no_longer_has_is_left_out_of_an_export() -> None:
    article = OwnArticle(1, 1, Written("h", "p", dramas=("gone", "w"), people=("Nobody",)), NOON)
    [text] = write_articles([article], shipped_library(), Format.TOML)
    [read] = read_articles("a.toml", text, shipped_library(), TODAY).imported
    assert (read.written.dramas, read.written.people) == (("w",), ())


@pytest.mark.parametrize("kind", Format)
def test_five_thousand_full_articles_are_files_that_each_import_again(kind: Format) -> None:
    long = "가[{=.a.b" * 30
    articles = [
        replace(article, written=replace(article.written, headline=f"{place} {long}", summary="각🙂" * 450))
        for place, article in enumerate(some_articles(Random(5), 5_000))
    ]
    seen = 0
    for part in write_articles(articles, shipped_library(), kind):
        assert len(part) <= MOST_BYTES
        read = read_articles(f"library.{kind}", part, shipped_library(), TODAY)
        plan = plan_import(read.imported, articles)
        assert (read.faults, plan.is_empty, plan.clashes) == ((), True, ())
        seen += plan.unchanged
    assert seen == 5_000


@pytest.mark.parametrize("kind", Format)
def test_texts_of_dots_and_brackets_import_again(kind: Format) -> None:
    texts = ["a." * 300 + "a", "[" * 800, "{" * 800, "=" * 800, "x;=1;' =2;'=3; -4"]
    articles = [
        OwnArticle(number, 1, Written(f"h{number}", "P", summary=text), NOON) for number, text in enumerate(texts * 400)
    ]
    for part in write_articles(articles, shipped_library(), kind):
        read = read_articles(f"a.{kind}", part, shipped_library(), TODAY)
        assert read.faults == ()
        assert plan_import(read.imported, articles).is_empty


@pytest.mark.parametrize("text", ["x;=HYPERLINK(1)", "x; =1", "x\t+1", "x;'=1"])
def test_no_formula_begins_behind_another_separator(text: str) -> None:
    exported = write_rows(["a"], [{"a": text}])
    assert not re.search(r"[;\t] *[=+]", exported)
    assert read_rows(exported, Faults(), 5, lambda _: True, lambda cells, _: cells["a"]) == [text]
