"""Every press has an answer."""

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from bot.app import ROOT
from bot.errors import Outdated
from bot.ui.actions import LIMIT, Action
from bot.ui.routes import Handler, Router
from tests.conventions.loaded import Loaded

COGS = [path.name for path in sorted((ROOT / "cogs").iterdir()) if (path / "__init__.py").exists()]
LONGEST_ID, PAGE = 2**63 - 1, 99
TEXT = "x" * 70
"""As long as the id of an article may be; a query that is kept is shorter."""


def module(name: str) -> ModuleType | None:
    path = ROOT / f"{name.replace('.', '/')}.py"
    return importlib.import_module(name) if path.exists() else None


def declared() -> list[Action]:
    """Every action that a render module or a shared part of the screen declares."""
    paths = [path for path in sorted((ROOT / "bot" / "ui").rglob("*.py")) if path.stem != "__init__"]
    shared = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    modules = list(filter(None, map(module, [*shared, *(f"cogs.{cog}.render" for cog in COGS)])))
    actions = [value for found in modules for value in vars(found).values() if isinstance(value, Action)]
    return list(dict.fromkeys(actions))


def routes() -> Iterator[tuple[str, Action, Handler]]:
    """Every action that a feature says it answers, and how."""
    for cog in COGS:
        for action, handler in getattr(module(f"cogs.{cog}.views"), "ROUTES", {}).items():
            yield cog, action, handler


def test_every_action_is_answered_and_nothing_else_is(loaded: Loaded) -> None:
    assert sorted(action.name for action in declared()) == sorted(loaded.answered)


def test_no_two_actions_have_one_name() -> None:
    names = [action.name for action in declared()]
    assert len(names) > 10
    assert len(names) == len(set(names))


def test_one_feature_answers_each_action() -> None:
    answered = [action.name for _, action, _ in routes()]
    assert sorted(answered) == sorted({*answered})


def test_two_answers_to_one_name_are_refused() -> None:
    async def answer(_interaction: object) -> None:
        """Do nothing."""

    router = Router()
    router.add({Action("press"): answer})
    with pytest.raises(ValueError, match="two handlers"):
        router.add({Action("press"): answer})


def test_every_answer_takes_the_values_that_its_action_carries() -> None:
    for cog, action, handler in routes():
        values = list(inspect.signature(handler).parameters.values())[1:]
        assert action.custom_id(*["1"] * len(values)), f"{cog}: {action}"
        assert [value.kind for value in values] == [inspect.Parameter.POSITIONAL_OR_KEYWORD] * len(values)


def test_every_custom_id_fits_with_the_longest_values() -> None:
    for _, action, handler in routes():
        kinds = [parameter.annotation for parameter in inspect.signature(handler).parameters.values()][1:]
        number = PAGE if str in kinds else LONGEST_ID
        values = [TEXT if kind is str else number if kind is int else "scripted" for kind in kinds]
        assert len(action.custom_id(*values)) <= LIMIT, action


@pytest.mark.parametrize("number", [2**63, -(2**63), 2**64, 2**70, -(2**70), 10**80])
def test_a_number_that_no_row_can_have_is_outdated(number: int) -> None:
    numbered = [action for action in declared() if _takes(action, "1")]
    assert len(numbered) > 10
    for action in numbered:
        with pytest.raises(Outdated):
            action.parse([str(number)])


def test_the_largest_number_of_a_row_is_read() -> None:
    assert Action("press", int).parse([str(LONGEST_ID)]) == (LONGEST_ID,)
    assert Action("press", int, str).parse(["0", str(2**70)]) == (0, str(2**70))
    for value in ("", "x", "1.5"):
        with pytest.raises(Outdated):
            Action("press", int).parse([value])


def _takes(action: Action, value: str) -> bool:
    """Tell whether a number is all that the action carries."""
    try:
        return action.parse([value]) == (1,)
    except Outdated:
        return False


def test_names_of_actions_are_ones_that_their_pattern_finds() -> None:
    assert [action.name for action in declared() if not action.name.replace("-", "").isalpha()] == []
    assert [action.name for action in declared() if action.name != action.name.lower()] == []
