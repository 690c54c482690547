"""A fan who has broken many things reads all of them in one go."""

import shutil
from pathlib import Path

import pytest

from bot.app import DATA
from bot.content.faults import ContentBroken, Fault
from bot.content.load import load_library
from bot.errors import ConfigurationError
from tests.content.folders import ARTICLE, DRAMA, PEOPLE, data_folder, instead

OF_SHAPE = {
    "dramas/no-toml.toml": "title = [",
    "dramas/no-utf8.toml": "title.en = '별'".encode("utf-16"),
    "dramas/many.toml": instead(
        DRAMA,
        ("year = 2022\n", "yaer = 2022\n"),
        ('"사내맞선"', f'"{"맞" * 81}"'),
        ('kind = "kiss"', 'kind = "hug"'),
        ('id = "rainy-kiss"', 'id = "Rainy Kiss"'),
    ),
    "articles/many.toml": instead(
        ARTICLE, ("2022-04-06", "6 April"), ("https://", ""), ('publisher = "OSEN"\n', "publisher = 3\n")
    ),
    "people.toml": PEOPLE + '["Gong Yoo"]\nkorean = "공유"\n',
}
SAID_OF_SHAPE = [
    ("articles/many.toml", "date"),
    ("articles/many.toml", "publisher"),
    ("articles/many.toml", "url"),
    ("dramas/many.toml", "moments[1].id"),
    ("dramas/many.toml", "moments[1].kind"),
    ("dramas/many.toml", "title.ko"),
    ("dramas/many.toml", "yaer"),
    ("dramas/many.toml", "year"),
    ("dramas/no-toml.toml", ""),
    ("dramas/no-utf8.toml", ""),
    ("people.toml", "Gong Yoo.korean"),
]
BETWEEN_FILES = {
    "dramas/linked.toml": instead(
        DRAMA,
        ('"ha-ri-tae-moo"', '"others"'),
        ('"rainy-kiss"', '"other-kiss"'),
        ('performers = ["Kim Se-jeong"]', 'performers = ["Gong Yoo"]'),
        ('["interview"]', '["gone"]'),
        ('origin = "performers"', 'origin = "script"'),
        ("planned = true", "planned = false"),
        ('actor = "Ahn Hyo-seop"', 'actor = "Kim Min-kyu"'),
    ),
    "articles/linked.toml": instead(
        ARTICLE, ('["proposal"]', '["goblin"]'), ('people = ["Kim Se-jeong"]', 'people = ["Gong Yoo"]')
    ),
    "people.toml": PEOPLE + '["Nobody"]\n',
}
SAID_BETWEEN_FILES = [
    ("articles/linked.toml", "dramas"),
    ("articles/linked.toml", "people"),
    ("dramas/linked.toml", "cast.actor"),
    ("dramas/linked.toml", "moments[other-kiss].origin"),
    ("dramas/linked.toml", "moments[other-kiss].parts"),
    ("dramas/linked.toml", "moments[other-kiss].performers"),
    ("dramas/linked.toml", "moments[other-kiss].sources"),
    ("people.toml", '["Nobody"]'),
]


def broken(folder: Path) -> ContentBroken:
    with pytest.raises(ContentBroken) as raised:
        load_library(folder)
    return raised.value


def places(folder: Path) -> list[tuple[str, str]]:
    return [(fault.file, fault.key) for fault in broken(folder).faults]


def test_every_fault_of_shape_is_said_at_once(tmp_path: Path) -> None:
    assert places(data_folder(tmp_path, OF_SHAPE)) == SAID_OF_SHAPE


def test_every_fault_between_files_is_said_at_once(tmp_path: Path) -> None:
    assert places(data_folder(tmp_path, BETWEEN_FILES)) == SAID_BETWEEN_FILES


def test_a_fault_of_shape_in_one_file_does_not_hide_those_between_others(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, {**BETWEEN_FILES, "dramas/no-toml.toml": "title = ["})
    known = [said for said in SAID_BETWEEN_FILES if said[0] != "people.toml"]  # the file in between may name anybody
    assert {*known, ("dramas/no-toml.toml", "")} == set(places(folder))


@pytest.mark.parametrize("file", ["dramas/proposal.toml", "articles/interview.toml", "people.toml"])
def test_what_a_broken_file_would_have_held_is_not_said_to_be_missing(tmp_path: Path, file: str) -> None:
    assert places(data_folder(tmp_path, {file: "= broken"})) == [(file, "")]


def test_one_fault_in_the_shipped_folder_is_the_only_one_that_is_said(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    (tmp_path / "dramas" / "broken.toml").write_text("title = [", encoding="utf-8")
    assert places(tmp_path) == [("dramas/broken.toml", "")]


def test_the_host_reads_one_sentence_and_where_to_find_the_rest(tmp_path: Path) -> None:
    error = broken(data_folder(tmp_path, OF_SHAPE))
    assert isinstance(error, ConfigurationError)
    assert str(error) == (
        'The content in data/ has a fault: articles/many.toml: date must be a date like "2016-08-04", "2016-08" or '
        '"2016" (10 more; python -m bot check-content lists them all)'
    )


def test_a_single_fault_promises_no_others() -> None:
    error = ContentBroken([Fault("people.toml", "", "is missing")])
    assert str(error) == "The content in data/ has a fault: people.toml: is missing"
