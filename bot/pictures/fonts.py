"""The letters: Noto Sans for Hangul, Latin, kana and Han, and Noto of other scripts for what members type beside them.

A text is drawn in full or not at all: where no font has one of its letters, `drawable` says so and the picture leaves
the text out; its letter or seed and the alternative text speak for it. Scripts whose letters join or whose lines run
from right to left want libraqm with FriBiDi; where the system has none, they count as not drawable.

Faces are loaded when first used. A face is not for two threads at a time (FreeType): draw in one.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from PIL import Image, ImageDraw, ImageFont, features


@dataclass(frozen=True, slots=True)
class Face:
    """A font file with many weights in it; `index` is its place in a collection."""

    package: str
    file: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: pixels from line to line of the em square, and the weight (400 is regular)."""

    size: int
    weight: int = 400


KOREAN: Final = Face("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", index=1)
PLAIN: Final = (
    KOREAN,
    Face("manimgx_fonts", "NotoSans[wght].ttf"),
    *(Face("manimgx_fonts", f"NotoSans{script}[wght].ttf") for script in ("Armenian", "Ethiopic", "Georgian")),
    Face("manimgx_fonts", "NotoSansSymbols[wght].ttf"),
    Face("manimgx_fonts", "NotoEmoji[wght].ttf"),
)
JOINED: Final = tuple(
    Face("manimgx_fonts", f"NotoSans{script}[wght].ttf")
    for script in (
        *("Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao"),
        *("Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai"),
    )
)
"""Scripts that are wrong, not only plain, where letters merely follow one another."""
PROBE: Final = Type(20)
NOWHERE: Final = "\U0010ffff"
"""Never a letter: what a face draws for it, it draws for every letter that it lacks."""

Run = tuple[Face, str]


@cache
def loaded(face: Face, style: Type, *, joining: bool = True) -> ImageFont.FreeTypeFont:
    """Return the face in a size and weight, ready to draw."""
    engine = ImageFont.Layout.RAQM if joining and can_join() else ImageFont.Layout.BASIC
    path = files(face.package) / face.file
    font = ImageFont.truetype(str(path), style.size, index=face.index, layout_engine=engine)
    weights = font.get_variation_axes()[0]
    font.set_variation_by_axes([min(max(style.weight, weights["minimum"] or 0), weights["maximum"] or 0)])
    return font


@cache
def can_join() -> bool:
    """Tell whether the system can join letters and turn lines (libraqm with FriBiDi)."""
    return features.check("raqm") is True and features.check("fribidi") is True


def drawable(text: str) -> bool:
    """Tell whether there is a letter for everything in the text."""
    return runs(text) is not None


def runs(text: str) -> Sequence[Run] | None:
    """Return the text in pieces, each with the face that has all of it; None where a letter is in no face."""
    pieces: list[Run] = []
    for number, word in enumerate(visible(text).split(" ")):
        if number:
            _add(pieces, pieces[-1][0] if _face_of(word) is pieces[-1][0] else KOREAN, " ")
        whole = _face_of(word)
        for part in [word] if whole else word:
            face = whole or _face_of(part)
            if face is None:
                return None
            _add(pieces, face, part)
    return pieces


def _add(pieces: list[Run], face: Face, part: str) -> None:
    """Add a part to the last piece, or begin another where the face changes."""
    if pieces and pieces[-1][0] is face:
        part = pieces.pop()[1] + part
    pieces.append((face, part))


def visible(text: str) -> str:
    """Return the text without the marks that show nothing themselves, with single spaces."""
    shown = (mark for mark in text if unicodedata.category(mark) != "Cf" and mark not in "\ufe0e\ufe0f")
    return " ".join("".join(shown).split())


@lru_cache(maxsize=4096)
def _face_of(part: str) -> Face | None:
    faces = (*PLAIN, *JOINED) if can_join() else PLAIN
    return next((face for face in faces if all(_has(face, letter) for letter in part)), None)


@lru_cache(maxsize=16384)
def _has(face: Face, letter: str) -> bool:
    return _shape(face, letter) != _blank(face)


@cache
def _blank(face: Face) -> bytes:
    return _shape(face, NOWHERE)


def _shape(face: Face, letter: str) -> bytes:
    paper = Image.new("L", (PROBE.size * 3, PROBE.size * 3))
    ImageDraw.Draw(paper).text((PROBE.size, PROBE.size), letter, 255, loaded(face, PROBE, joining=False))
    return paper.tobytes()
