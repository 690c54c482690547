"""How Babel finds sentences: its own reading of Python, and the docstrings of commands (their descriptions)."""

import ast
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from babel.messages.extract import extract_python


def extract(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Any]:
    """Yield what Babel's own extractor finds, and the first line of each command's and group's docstring."""
    source = fileobj.read()
    yield from extract_python(
        io.BytesIO(source), keywords, comment_tags, {"encoding": options.get("encoding", "utf-8")}
    )
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AsyncFunctionDef) and any(
            _makes_command(decorator) for decorator in node.decorator_list
        ):
            docstring = ast.get_docstring(node)
            if docstring:
                yield node.lineno, "_", docstring.splitlines()[0], []


def _makes_command(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr == "command"
