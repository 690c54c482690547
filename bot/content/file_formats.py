"""How the files that a guild uploads are written."""

from enum import StrEnum
from pathlib import PurePath
from unicodedata import normalize


class Format(StrEnum):
    """How such a file is written; the value is its suffix."""

    TOML = "toml"
    CSV = "csv"


def kind_of(filename: str) -> Format | None:
    """Return how a file is written, by its name; None where it is neither."""
    suffix = PurePath(filename).suffix.casefold().removeprefix(".")
    return next((kind for kind in Format if kind == suffix), None)


def decoded(content: bytes) -> str | None:
    """Return the text of a file, composed (NFC); None where it is no text in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else normalize("NFC", text)


def encoded(text: str, kind: Format) -> bytes:
    """Return the bytes of a file; spreadsheets know UTF-8 by its mark."""
    return text.encode("utf-8-sig" if kind is Format.CSV else "utf-8")


def ascii_name(name: str, otherwise: str, kind: Format) -> str:
    """Return a name that Discord leaves as it is: it takes ASCII letters and digits only."""
    kept = "-".join("".join(mark if mark.isascii() and mark.isalnum() else " " for mark in name).split())
    return f"{kept.lower() or otherwise}.{kind}"
