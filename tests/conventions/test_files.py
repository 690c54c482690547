"""What holds of every file."""

import subprocess
from pathlib import Path

from bot.app import ROOT
from tests.conventions.sources import PYTHON, name_of, python_files

WALL = 300
BANNED = {"utils", "util", "helpers", "helper", "manager", "managers", "handler2", "data", "info", "misc", "common"}
OF_A_COG = {"__init__.py", "cog.py", "views.py", "render.py"}
REGISTRIES = [
    ".".join(labels)
    for labels in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("anaconda", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
    )
]
"""In pieces, so that this file names none itself."""


def tracked_files() -> list[Path]:
    """What is in the repository, or would be after the next `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def folders_of_cogs() -> list[Path]:
    return [path for path in (ROOT / "cogs").iterdir() if path.is_dir() and path.name != "__pycache__"]


def test_no_file_is_longer_than_a_reader_likes() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*PYTHON)}
    assert len(long) > 80
    assert {name: lines for name, lines in long.items() if lines > WALL} == {}


def test_a_feature_has_its_setup_and_at_most_commands_presses_and_pages() -> None:
    assert {path.name for path in folders_of_cogs()} >= {"articles", "trivia", "ships", "settings", "privacy", "help"}
    for folder in folders_of_cogs():
        files = {path.name for path in folder.iterdir() if path.name != "__pycache__"}
        assert files - OF_A_COG == set(), folder.name
        assert "__init__.py" in files, folder.name
        assert "async def setup(bot: AdlibBot) -> None:" in (folder / "__init__.py").read_text(encoding="utf-8")


def test_nothing_but_features_lies_beside_the_features() -> None:
    beside = [path.name for path in (ROOT / "cogs").iterdir() if not path.is_dir()]
    assert beside == ["__init__.py"]


def test_no_module_or_package_has_a_name_that_says_nothing() -> None:
    named = {part for path in python_files(*PYTHON) for part in path.relative_to(ROOT).with_suffix("").parts}
    tested = {name.removeprefix("test_") for name in named}
    assert (named | tested) & BANNED == set()


def test_no_file_names_the_host_of_a_package_registry() -> None:
    found: list[str] = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8").casefold()
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {host}" for host in REGISTRIES if host in text]
    assert found == []


def test_no_lock_sends_an_installer_anywhere_by_itself() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert len(locks) >= 4
    for path in locks:
        lines = path.read_text(encoding="utf-8").splitlines()
        options = [line for line in lines if line.startswith("-") or " @ " in line]
        assert options == [], path.name
        assert any("--hash=sha256:" in line for line in lines), path.name


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in python_files("bot", "cogs")
        if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]
    assert silent == []
