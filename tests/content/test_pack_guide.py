"""What the guide for writers shows can be uploaded."""

import re

import pytest

from bot.app import ROOT
from bot.content.pack_csv import COLUMNS
from bot.content.packs import Format, read_pack
from tests.content.shipped import shipped_library

GUIDE = (ROOT / "docs" / "writing-packs.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "moments"), [(Format.TOML, 2), (Format.CSV, 1)])
def test_the_file_in_the_guide_is_a_pack(kind: Format, moments: int) -> None:
    (shown,) = re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)
    assert read_pack(f"guide.{kind}", shown.encode(), shipped_library()).size == moments


def test_the_guide_names_every_column() -> None:
    more = {column for column in COLUMNS if re.search(r"_\d(_ko)?$", column)}
    assert [column for column in COLUMNS if column not in more and column not in GUIDE] == []
