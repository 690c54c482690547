"""How Babel finds sentences in the code: calls that translate or mark one, and the docstrings of commands.

It reads the syntax tree, because Babel's own reading of tokens does not look into f-strings before Python 3.12.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

MARKERS: Final = {"_": "_", "N_": "_", "locale_str": "_", "ngettext": "ngettext"}
"""Functions whose first text is a sentence, and what gettext calls them."""


def extract(
    fileobj: BinaryIO,
    _keywords: Mapping[str, Any],
    _comment_tags: Sequence[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel names it
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield (line, function, sentence or its two forms, comments) for every sentence in a file of Python."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.Call) and (found := _marked(node)):
            function, forms = found
            yield node.lineno, function, forms[0] if len(forms) == 1 else tuple(forms), []
        if isinstance(node, ast.AsyncFunctionDef) and any(_makes_command(made) for made in node.decorator_list):
            docstring = ast.get_docstring(node)
            if docstring:
                yield node.lineno, "_", docstring.splitlines()[0], []


def _marked(call: ast.Call) -> tuple[str, list[str]] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    if name not in MARKERS:
        return None
    forms = [given.value for given in call.args[:2] if isinstance(given, ast.Constant) and isinstance(given.value, str)]
    if MARKERS[name] == "_":
        forms = forms[:1]
    return (MARKERS[name], forms) if forms and forms[0] else None


def _makes_command(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr == "command"
