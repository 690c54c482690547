"""The tree of refusals that bot/errors draws is the one that is there."""

import ast
import re
import string
from collections.abc import Iterator

import pytest

from bot import errors
from bot.errors import AdlibError, HostError, UserError
from tests.conventions.sources import name_of, python_files, tree_of

BRANCH = re.compile(r"^    (?P<depth>(?:│   |    )*)(?:├── |└── )?(?P<name>[A-Z]\w+)(?: {2,}|$)(?P<meaning>.*)$")

ROOM = "bot/errors/"


def drawn() -> dict[str, tuple[str | None, str]]:
    """Each class of the drawing with the class above it and what is said of it."""
    found: dict[str, tuple[str | None, str]] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := BRANCH.match(line):
            level = 0 if not above else len(match["depth"]) // 4 + 1
            above = [*above[:level], match["name"]]
            found[match["name"]] = (above[-2] if level else None, match["meaning"])
    return found


def in_code() -> dict[str, str]:
    """Each class of bot/errors with its base."""
    classes = [node for tree in trees_of_errors() for node in tree.body if isinstance(node, ast.ClassDef)]
    return {node.name: ast.unparse(node.bases[0]) for node in classes}


def trees_of_errors() -> list[ast.Module]:
    return [tree_of(path) for path in python_files("bot") if name_of(path).startswith(ROOM)]


def refusals() -> dict[str, type[UserError]]:
    made = [getattr(errors, name) for name in in_code()]
    return {
        made_of.__name__: made_of for made_of in made if issubclass(made_of, UserError) and made_of is not UserError
    }


def places(message: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(message) if field is not None}


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a refusal is made: the place, its name, the names of its values (None where it is only named)."""
    for path in python_files("bot", "cogs"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Raise) or node.exc is None:
                continue
            function = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(function, ast.Name) and function.id in refusals():
                values = {word.arg or "" for word in node.exc.keywords} if isinstance(node.exc, ast.Call) else None
                yield f"{name_of(path)}:{node.lineno}", function.id, values


def test_the_drawing_shows_every_class_below_its_base_and_no_other() -> None:
    expected: dict[str, str | None] = {**in_code(), "AdlibError": None}
    assert {name: above for name, (above, _) in drawn().items()} == expected


def test_the_drawing_says_what_every_class_means() -> None:
    assert [name for name, (above, meaning) in drawn().items() if above and not meaning] == []


def test_the_drawing_has_the_exit_code_of_every_failure_of_the_host() -> None:
    for name, (above, meaning) in drawn().items():
        if above == "HostError":
            assert meaning.startswith(f"{getattr(errors, name).exit_code}: ")


def test_no_refusal_is_defined_elsewhere() -> None:
    known = {*refusals(), "UserError"}
    elsewhere = [
        f"{name_of(path)}: {node.name}"
        for path in python_files("bot", "cogs")
        if not name_of(path).startswith(ROOM)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) in known for base in node.bases)
    ]
    assert elsewhere == []


def test_every_refusal_says_a_sentence_of_its_own() -> None:
    messages = [refusal.message for refusal in refusals().values()]
    assert len(set(messages)) == len(messages)
    assert UserError.message not in messages
    assert [message for message in messages if not message[0].isupper() and not message.startswith("“")] == []


def test_every_refusal_is_raised_with_the_values_that_its_sentence_has_places_for() -> None:
    wrong = [
        f"{place}: {name}" for place, name, values in raised() if places(refusals()[name].message) != (values or set())
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(refusals()))
def test_every_refusal_can_happen(name: str) -> None:
    named = [path for path in python_files("bot", "cogs") if name in path.read_text(encoding="utf-8")]
    assert [name_of(path) for path in named if not name_of(path).startswith(ROOM)]


def test_a_refusal_carries_its_values_and_reads_as_its_sentence() -> None:
    refusal = errors.NothingFound(query="{x}")
    assert (str(refusal), refusal.values) == (
        "Nothing in the library matches “{x}”. Try fewer letters, or the drama's title.",
        {"query": "{x}"},
    )
    assert str(errors.PollClosed()) == errors.PollClosed.message


def test_failures_of_the_host_and_refusals_of_members_are_apart() -> None:
    assert not issubclass(HostError, UserError)
    assert issubclass(HostError, AdlibError)
    assert issubclass(UserError, AdlibError)
