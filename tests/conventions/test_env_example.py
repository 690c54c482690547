"""What a host copies to .env."""

from dotenv import dotenv_values

from bot.app import ROOT
from bot.settings import LEVELS, NAMES, SYNCS, Settings, read_settings

EXAMPLE = ROOT / ".env.example"


def test_the_example_names_exactly_the_settings_there_are() -> None:
    assert list(dotenv_values(EXAMPLE)) == list(NAMES)


def test_the_example_shows_the_defaults() -> None:
    assert read_settings(EXAMPLE, {}) == Settings()
    assert {name: value or "" for name, value in dotenv_values(EXAMPLE).items()} == {
        name: getattr(Settings(), attribute) for name, attribute in NAMES.items()
    }


def test_the_example_explains_every_setting_above_its_line() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for name in NAMES:
        (place,) = [number for number, line in enumerate(lines) if line.startswith(f"{name}=")]
        assert lines[place - 1].startswith("# "), name


def test_the_example_lists_every_value_that_is_allowed() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert [value for value in (*LEVELS, *SYNCS) if value not in text] == []
