"""Every command, as Discord and its members get it."""

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

from tests.cogs.specification import body_faults
from tests.conventions.loaded import Loaded

NAME = re.compile(r"[-_'a-z0-9]{1,32}")
"""Names are English everywhere; Discord would take letters of any script."""
SUBCOMMAND, GROUP = 1, 2
TYPED = 1
"""What begins with a slash; the others stand in the menu of a message or member."""
UNDESCRIBED = "…"
"""What discord.py sends where nothing is said."""


def nodes(loaded: Loaded) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every typed command, group and option of what Discord is told, with its whole name."""
    waiting = [(payload["name"], payload) for payload in loaded.payloads if payload["type"] == TYPED]
    while waiting:
        name, node = waiting.pop(0)
        yield name, node
        waiting += [(f"{name} {child['name']}", child) for child in node.get("options", [])]


def options_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The options that are typed, not the subcommands."""
    return [option for option in node.get("options", []) if option["type"] not in (SUBCOMMAND, GROUP)]


def size(node: dict[str, Any]) -> int:
    """Characters of a command as Discord counts them: the longest language of each text."""
    texts = [
        max([node[key], *(node.get(f"{key}_localizations") or {}).values()], key=len) for key in ("name", "description")
    ]
    values = sum(len(choice["name"]) + len(str(choice["value"])) for choice in node.get("choices", []))
    return sum(map(len, texts)) + values + sum(size(child) for child in node.get("options", []))


def test_every_feature_brings_its_commands(loaded: Loaded) -> None:
    assert {payload["name"] for payload in loaded.payloads} >= {
        "article",
        "trivia",
        "ship",
        "settings",
        "privacy",
        "help",
    }


def test_every_command_is_described_by_the_first_line_of_its_docstring(loaded: Loaded) -> None:
    for command in loaded.commands:
        said = inspect.getdoc(command.callback)
        assert said, command.qualified_name
        assert command.description == said.splitlines()[0], command.qualified_name


def test_commands_groups_and_options_are_described_in_up_to_a_hundred_characters(loaded: Loaded) -> None:
    for name, node in nodes(loaded):
        assert 1 <= len(node["description"]) <= 100, name
        assert node["description"] != UNDESCRIBED, name


def test_every_description_has_a_korean_form_that_fits_too(loaded: Loaded) -> None:
    for name, node in nodes(loaded):
        korean = (node.get("description_localizations") or {}).get("ko", "")
        assert 1 <= len(korean) <= 100, name


def test_names_are_ones_that_discord_takes_and_the_same_in_every_language(loaded: Loaded) -> None:
    for name, node in nodes(loaded):
        assert NAME.fullmatch(node["name"]), name
        assert not node.get("name_localizations"), name


def test_what_stands_in_the_menu_of_a_message_is_named_in_both_languages(loaded: Loaded) -> None:
    menus = [payload for payload in loaded.payloads if payload["type"] != TYPED]
    assert [payload["name"] for payload in menus] == ["Close poll"]
    for payload in menus:
        assert 1 <= len((payload.get("name_localizations") or {}).get("ko", "")) <= 32


def test_no_two_neighbours_have_one_name(loaded: Loaded) -> None:
    names = [name for name, _ in nodes(loaded)]
    assert len(names) == len(set(names))


def test_no_command_has_more_options_choices_or_text_than_discord_takes(loaded: Loaded) -> None:
    assert len(loaded.payloads) <= 100
    for name, node in nodes(loaded):
        assert len(node.get("options", [])) <= 25, name
        assert len(node.get("choices", [])) <= 25, name
    assert [payload["name"] for payload in loaded.payloads if payload["type"] == TYPED and size(payload) > 8000] == []


def test_what_must_be_given_comes_before_what_may_be_left_out(loaded: Loaded) -> None:
    for name, node in nodes(loaded):
        required = [option.get("required", False) for option in options_of(node)]
        assert required == sorted(required, reverse=True), name


def test_what_is_offered_while_typing_is_not_also_a_fixed_choice(loaded: Loaded) -> None:
    for name, node in nodes(loaded):
        assert not (node.get("autocomplete") and node.get("choices")), name


def test_a_command_with_subcommands_has_no_options_beside_them(loaded: Loaded) -> None:
    for name, node in nodes(loaded):
        assert not options_of(node) or len(options_of(node)) == len(node["options"]), name


def test_what_discord_is_told_is_json_and_what_it_specifies(loaded: Loaded) -> None:
    assert json.loads(json.dumps(loaded.payloads)) == loaded.payloads
    assert body_faults("PUT", "/applications/1/commands", loaded.payloads) == []


def test_adlib_subscribes_to_nothing_and_mentions_nobody(loaded: Loaded) -> None:
    assert loaded.intents == 0
    assert loaded.mentions == {"parse": []}
