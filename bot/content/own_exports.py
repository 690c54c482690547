"""A guild's own articles written as files, each of which can be imported again."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.content.file_csv import write_rows
from bot.content.file_formats import Format, encoded
from bot.content.file_toml import swelling, write_toml
from bot.content.own_files import COLUMNS, MOST_BYTES, TABLES
from bot.domain.library import Library
from bot.domain.library_drafts import MOST_IMPORTED
from bot.domain.own_articles import OWN, OwnArticle

Row = dict[str, Any]


def write_articles(articles: Sequence[OwnArticle], library: Library, kind: Format) -> Sequence[bytes]:
    """Return files that hold the articles, in their order, each no larger than one that is imported may be."""
    return [encoded(_written(rows, kind), kind) for rows in _parts([_row(each, library) for each in articles], kind)]


def _parts(rows: Sequence[Row], kind: Format) -> Iterator[Sequence[Row]]:
    part, filled = list[Row](), 0.0
    for row in rows:
        text = _written([row], kind)
        size = max((len(encoded(text, kind)) + 1) / MOST_BYTES, swelling(text))
        if part and (len(part) == MOST_IMPORTED or filled + size > 1):
            yield part
            part, filled = [], 0.0
        part.append(row)
        filled += size
    if part:
        yield part


def _written(rows: Sequence[Row], kind: Format) -> str:
    if kind is Format.TOML:
        return write_toml(TABLES, rows)
    return write_rows(COLUMNS, [{name: _cell(value) for name, value in row.items()} for row in rows])


def _row(article: OwnArticle, library: Library) -> dict[str, Any]:
    """An article as a file has it: what is empty is left out, as is what this version of Adlib does not know."""
    written = article.written
    row = {
        "id": f"{OWN}{article.id}",
        "headline": written.headline,
        "publisher": written.publisher,
        "date": written.date,
        "url": written.url,
        "dramas": [key for key in written.dramas if key in library.dramas],
        "people": [name for name in written.people if name in library.people],
        "summary": written.summary,
    }
    return {name: value for name, value in row.items() if value}


def _cell(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
