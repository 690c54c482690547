"""Packs as TOML: a [[moments]] table each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.content import file_toml
from bot.content.file_faults import Faults
from bot.content.file_toml import Shape, TomlLines
from bot.content.pack_faults import UNKNOWN
from bot.errors import N_

_SHAPE: Final = Shape("moments", UNKNOWN, N_("must be written [[moments]], with two brackets"))


def read_toml(text: str, faults: Faults) -> tuple[Sequence[Any], TomlLines]:
    """Return the moments as they are written, and who knows their lines; note what is wrong with the whole file."""
    return file_toml.read_toml(text, _SHAPE, faults)


def write_toml(moments: Iterable[Mapping[str, Any]], head: Sequence[str] = ()) -> str:
    """Return a file that holds `moments`, with the lines of `head` as comments above them."""
    return file_toml.write_toml(_SHAPE.name, moments, head)
