"""The files of the project."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.app import ROOT

PYTHON = ("bot", "cogs", "tests")


def python_files(*folders: str) -> Iterator[Path]:
    """Every Python file below these folders of the project."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """The file, as one says it."""
    return path.relative_to(ROOT).as_posix()
