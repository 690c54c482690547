"""What the guide to a server's own library shows can be imported."""

import re
from datetime import date

import pytest

from bot.app import ROOT
from bot.content.file_formats import Format
from bot.content.own_files import COLUMNS, MOST_BYTES, read_articles
from bot.domain.library_drafts import MOST_IMPORTED
from bot.domain.own_articles import HEADLINE_LIMIT, MOST_ARTICLES, MOST_DRAMAS, MOST_PEOPLE, SUMMARY_LIMIT
from tests.content.shipped import shipped_library

GUIDE = (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "articles"), [(Format.TOML, 2), (Format.CSV, 1)])
def test_the_file_in_the_guide_is_one_that_can_be_imported(kind: Format, articles: int) -> None:
    (shown,) = re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)
    read = read_articles(f"guide.{kind}", shown.encode(), shipped_library(), date(2026, 11, 22))
    assert len(read.imported) == articles
    assert read.imported[0].written.people == ("Kim Se-jeong", "Ahn Hyo-seop")


def test_the_guide_names_every_field_and_the_limits() -> None:
    assert [column for column in COLUMNS if column not in GUIDE] == []
    for limit in (MOST_ARTICLES, MOST_IMPORTED):
        assert f"{limit:,} articles" in GUIDE
    for limit in (HEADLINE_LIMIT, SUMMARY_LIMIT, MOST_DRAMAS, MOST_PEOPLE):
        assert f"up to {limit}" in GUIDE
    assert f"{MOST_BYTES // 1024**2} MB" in GUIDE
