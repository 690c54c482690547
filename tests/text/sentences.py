"""Every sentence in the code: as the tools for translators find it, and as Python itself reads it."""

import ast
import functools
import io
from collections.abc import Iterator
from typing import Any

from babel.messages import extract as babel

from bot.app import ROOT
from bot.text.extract import extract

KEYWORDS = {**babel.DEFAULT_KEYWORDS, "locale_str": None, "N_": None}
"""What `make texts` looks for."""
CALLS = {"_", "N_", "locale_str", "ngettext"}

Sentence = tuple[str, ...]
"""A message, or its singular and plural."""


@functools.cache
def extracted() -> frozenset[Sentence]:
    """The sentences that bot/text/extract.py finds in bot/ and cogs/."""
    paths = [path for folder in ("bot", "cogs") for path in sorted((ROOT / folder).rglob("*.py"))]
    return frozenset(sentence for path in paths for sentence in found_in(path.read_bytes()))


def found_in(source: bytes) -> list[Sentence]:
    """The sentences that translators' tools find in a module, in their order."""
    method: Any = extract
    found = babel.extract(method, io.BytesIO(source), KEYWORDS)
    return [(message,) if isinstance(message, str) else tuple(message) for _, message, *_ in found]


@functools.cache
def written() -> frozenset[Sentence]:
    """The sentences in the calls of bot/ and cogs/, by Python's own parser."""
    return frozenset(sentence for tree in trees() for node in ast.walk(tree) if (sentence := _sentence(node)))


def trees() -> Iterator[ast.Module]:
    """Every module of bot/ and cogs/, parsed."""
    for folder in ("bot", "cogs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"), str(path))


def _sentence(node: ast.AST) -> Sentence | None:
    if not isinstance(node, ast.Call) or _name(node.func) not in CALLS:
        return None
    texts = [text for argument in node.args if (text := literal(argument)) is not None]
    return tuple(texts[: 2 if _name(node.func) == "ngettext" else 1]) or None


def literal(node: ast.expr) -> str | None:
    """The text that stands in the code at `node`, if one does."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name():
            return function.id
        case ast.Attribute():
            return function.attr
        case _:
            return ""
