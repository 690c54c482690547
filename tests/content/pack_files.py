"""Files of packs for tests."""

from random import Random
from typing import Final

from bot.content.file_faults import FileFault
from bot.content.packs import read_pack
from bot.errors import PackBroken
from tests.content.shipped import shipped_library

GOOD: Final = """\
[[moments]]
drama = "Business Proposal"
kind = "kiss"
scene.en = "He breaks off, takes his glasses off and goes on kissing her."
scene.ko = "키스하다 말고 안경을 벗고 다시 키스해요."
reveal = "The kiss was scripted; the glasses were his idea."
performers = ["Kim Min-kyu", "설인아"]
idea_by = "Kim Min-kyu"
source.title = "Kim Min-kyu on the glasses"
source.publisher = "OSEN"
source.date = 2022-04-06
source.url = "https://example.com/glasses"

[[moments.parts]]
planned = false
asked.en = "taking off the glasses"
asked.ko = "안경을 벗는 동작"

[[moments.parts]]
planned = true
asked = "the kiss"

[[moments]]
drama.en = "Our Own Drama"
drama.ko = "우리 드라마"
year = 2019
scripted = true
asked = "the line"
spoilers = "none"
scene = "그가 문을 닫아요."
reveal = "대본에 있던 장면이에요."
source = "A radio interview"
"""
"""Two moments: one of the catalogue, partly scripted, one of the pack's own drama."""

GOOD_CSV: Final = """\
drama,drama_ko,year,kind,scene,planned_part,unplanned_part,performers,reveal,source,url
Business Proposal,,,Kiss,He takes his glasses off.,the kiss,the glasses,Kim Min-kyu; Seol In-ah,It was his idea.,Radio,
Our Own Drama,우리 드라마,2019,,그가 문을 닫아요.,the line,,,대본에 있던 장면이에요.,An interview,https://example.com/a
"""

_SYLLABLES: Final = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호기니디리미비시이지치키티피히 "


def big_pack(moments: int, seed: int = 1) -> bytes:
    """A file of so many moments with Korean texts, some 800 bytes each."""
    rng = Random(seed)

    def korean(length: int) -> str:
        return "하" + "".join(rng.choice(_SYLLABLES) for _ in range(length))

    blocks = [
        f"""[[moments]]
drama.en = "Own drama {number % 40}"
drama.ko = "우리 드라마 {number % 40}"
year = {1990 + number % 40}
episode = {number % 16 + 1}
kind = "kiss"
scene.en = "Scene {number}"
scene.ko = "{korean(50)}"
reveal = "{korean(60)}"
performers = ["김민규", "설인아"]
source.title = "{korean(10)}"
source.publisher = "OSEN"
source.url = "https://example.com/{number}"

[[moments.parts]]
planned = true
asked = "{korean(10)}"

[[moments.parts]]
planned = false
asked = "{korean(12)}"
"""
        for number in range(moments)
    ]
    return "\n".join(blocks).encode()


def faults_in(text: str, suffix: str = "toml") -> list[FileFault]:
    """The faults of a file; none where it is good."""
    try:
        read_pack(f"pack.{suffix}", text.encode(), shipped_library())
    except PackBroken as refusal:
        return [fault for fault in refusal.faults if isinstance(fault, FileFault)]
    return []


def told(text: str, suffix: str = "toml") -> list[str]:
    """The faults of a file as an English reader gets them."""
    return [f"{fault.line} {fault.key}: {fault.message.format(**fault.values)}" for fault in faults_in(text, suffix)]
