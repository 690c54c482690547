"""python -m bot check-content."""

from pathlib import Path

import pytest

from bot import __main__ as command
from bot.app import DATA
from tests.content.folders import DRAMA, data_folder, instead
from tests.content.shipped import shipped_library


def test_content_that_is_right_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unready = instead(DRAMA, ('kind = "kiss"', 'not_asked_because = "the sources differ"\nkind = "kiss"'))
    assert command.check_content(data_folder(tmp_path, {"dramas/proposal.toml": unready})) == 0
    assert capsys.readouterr() == (
        "1 dramas\n1 moments (0 game-ready)\n1 articles\n1 couples\n2 people\n",
        "",
    )


def test_the_shipped_content_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    library = shipped_library()
    assert command.check_content(DATA) == 0
    counted = capsys.readouterr().out.splitlines()
    assert f"{len(library.dramas)} dramas" in counted
    assert f"{len(library.moments)} moments ({len(library.moments) - 10} game-ready)" in counted


def test_content_with_faults_lists_every_one_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = instead(DRAMA, ("year = 2022\n", ""), ('kind = "kiss"', 'kind = "hug"'))
    assert command.check_content(data_folder(tmp_path, {"dramas/proposal.toml": changed})) == 1
    assert capsys.readouterr().out.splitlines() == [
        "dramas/proposal.toml: moments[1].kind must be one of 'kiss', 'line', 'comedy', 'gesture' or 'other'",
        "dramas/proposal.toml: year is missing; add it",
        "2 faults",
    ]


def test_the_command_ends_with_what_the_check_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "DATA", data_folder(tmp_path, {"people.toml": None}))
    assert command.main(["check-content"]) == 1
    assert capsys.readouterr().out.splitlines() == ["people.toml: is missing", "1 fault"]
