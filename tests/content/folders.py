"""A small data folder that is right in every respect, for tests to break."""

from collections.abc import Mapping
from pathlib import Path

DRAMA = """\
title.en = "Business Proposal"
title.ko = "사내맞선"
year = 2022

[[cast]]
actor = "Kim Se-jeong"
character.en = "Shin Ha-ri"
character.ko = "신하리"

[[cast]]
actor = "Ahn Hyo-seop"

[[couples]]
id = "ha-ri-tae-moo"
first.en = "Shin Ha-ri"
second.en = "Kang Tae-moo"
kind = "main"

[[moments]]
id = "rainy-kiss"
kind = "kiss"
verdict = "partly"
origin = "performers"
evidence = "stated"
confidence = "high"
aired = "confirmed"
spoilers = "mild"
performers = ["Kim Se-jeong"]
sources = ["interview"]
scene.en = "They stand in the rain and kiss."
reveal.en = "The kiss was planned, the chatter was not."
how_known.en = "An interview"

[[moments.parts]]
planned = true
asked.en = "the kiss"

[[moments.parts]]
planned = false
asked.en = "the chatter"
"""

ARTICLE = """\
headline.en = "How the kiss came about"
summary.en = "The actress tells it."
publisher = "OSEN"
date = "2022-04-06"
url = "https://example.org/kiss"
dramas = ["proposal"]
people = ["Kim Se-jeong"]
"""

PEOPLE = """\
["Kim Se-jeong"]
ko = "김세정"

["Ahn Hyo-seop"]
"""

RIGHT: Mapping[str, str] = {
    "dramas/proposal.toml": DRAMA,
    "articles/interview.toml": ARTICLE,
    "people.toml": PEOPLE,
}


def data_folder(path: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the right folder with some files `changed` or added; None leaves a file out."""
    for name, content in {**RIGHT, **(changed or {})}.items():
        if content is None:
            continue
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def instead(text: str, *changes: tuple[str, str]) -> str:
    """Return `text` with each (old, new) of `changes` made, where old must stand exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
