"""Packs as files: what is refused, what is stored, and that an export comes back."""

from time import thread_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.content.file_faults import MOST_FAULTS
from bot.content.pack_toml import write_toml
from bot.content.packs import MOST_BYTES, MOST_MOMENTS, Format, format_of, read_pack, write_example, write_pack
from bot.domain.moments import Confidence, Evidence, Kind
from bot.domain.spoilers import SpoilerLevel
from bot.errors import PackNotText, PackOfNoKind, PackTooBig
from tests.content.pack_files import GOOD, GOOD_CSV, big_pack, faults_in
from tests.content.shipped import shipped_library
from tests.tracing import is_traced

MARKS = "abZ09 \"'\\,;\t\n=+-@#|*[]{}_가도깨é😀＝·…ㅋ"
TEXTS = st.text(MARKS, min_size=1, max_size=60).filter(str.strip)
NAMES = st.text(MARKS.replace(";", ""), min_size=1, max_size=30).filter(str.strip)
DRAMAS = st.sampled_from(["Goblin", "Business Proposal", "Own One", {"en": "=Own", "ko": "'둘"}, {"ko": "셋"}])


def by_language(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    tables = st.fixed_dictionaries({}, optional={"en": texts, "ko": texts}).filter(bool)
    return texts | tables


@st.composite
def moments(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Moments as a writer may have written them, each with scenes and parts of its own."""
    count = draw(st.integers(1, 4))
    return [draw(a_moment(number)) for number in range(count)]


@st.composite
def a_moment(draw: st.DrawFn, number: int) -> dict[str, Any]:
    drama = draw(DRAMAS)
    known = drama in ("Goblin", "Business Proposal")
    planned = draw(st.lists(st.booleans(), min_size=1, max_size=6))
    written: dict[str, Any] = {
        "drama": drama,
        "scene": {"en": f"{draw(TEXTS)} {number}", "ko": draw(TEXTS)}
        if draw(st.booleans())
        else f"{draw(TEXTS)} {number}",
        "reveal": draw(by_language(TEXTS)),
        "source": {"title": draw(TEXTS), **draw(source())},
        "parts": [{"planned": its, "asked": f"{draw(TEXTS)} {place}"} for place, its in enumerate(planned)],
    }
    if not known:
        written["year"] = 2010
    names = draw(st.lists(NAMES, max_size=3))
    if names:
        written["performers"] = names
        if not all(planned) and draw(st.booleans()):
            written["idea_by"] = names[0]
    more = {
        "kind": st.sampled_from(list(map(str, Kind))),
        "spoilers": st.sampled_from(list(map(str, SpoilerLevel))),
        "evidence": st.sampled_from(list(map(str, Evidence))),
        "confidence": st.sampled_from(list(map(str, Confidence))),
        "episode": st.integers(1, 200),
        "credit": by_language(TEXTS),
        "how_known": by_language(TEXTS),
    }
    return {**written, **draw(st.fixed_dictionaries({}, optional=more))}


def source() -> st.SearchStrategy[dict[str, str]]:
    addresses = st.sampled_from(["https://example.com", "http://한국.kr/기사(1)", "https://example.com/a?b=c#d"])
    dates = st.sampled_from(["2016", "2016-08", "2016. 8. 4."])
    return st.fixed_dictionaries({}, optional={"publisher": TEXTS, "date": dates, "url": addresses})


@pytest.mark.parametrize("kind", Format)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=moments())
def test_what_is_exported_uploads_again_to_the_same_content(kind: Format, written: list[dict[str, Any]]) -> None:
    library = shipped_library()
    read = read_pack("first.toml", write_toml(written).encode(), library)
    exported = write_pack(read.stored, kind)
    assert read_pack(f"again.{kind}", exported.encode(), library) == read
    assert write_pack(read.stored, kind) == exported


@pytest.mark.parametrize("kind", Format)
def test_the_example_is_a_pack_of_two_scenes_one_of_them_partly_scripted(kind: Format) -> None:
    library = shipped_library()
    text = write_example(library, kind, ["A remark"])
    read = read_pack(f"example.{kind}", text.encode(), library)
    assert read.size == 2
    assert '"planned":true' in read.stored
    assert '"planned":false' in read.stored
    assert text.startswith("# A remark\n") is (kind is Format.TOML)


@pytest.mark.parametrize("name", ["pack", "pack.txt", "toml", "pack.toml.exe", "pack.xlsx", ""])
def test_a_file_that_is_neither_toml_nor_csv_is_refused(name: str) -> None:
    with pytest.raises(PackOfNoKind):
        format_of(name, 10)
    with pytest.raises(PackOfNoKind):
        read_pack(name, GOOD.encode(), shipped_library())


@pytest.mark.parametrize("name", ["pack.toml", "pack.csv"])
def test_a_file_of_ten_megabytes_is_refused_without_reading_it(name: str) -> None:
    with pytest.raises(PackTooBig, match="at most 8 MB and 5000 scenes"):
        format_of(name, 10_000_000)
    assert format_of(name, MOST_BYTES) == Format(name.removeprefix("pack."))


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", GOOD.encode("utf-16"), "가".encode("euc-kr"), b"a = 1\x00"]
)
@pytest.mark.parametrize("name", ["pack.toml", "pack.csv"])
def test_what_is_no_text_in_utf_8_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(PackNotText):
        read_pack(name, content, shipped_library())


def test_a_pack_has_at_most_five_thousand_moments() -> None:
    header, row = GOOD_CSV.splitlines()[0], GOOD_CSV.splitlines()[1]
    rows = [row.replace("glasses off", f"glasses off {number}") for number in range(MOST_MOMENTS + 1)]
    with pytest.raises(PackTooBig):
        read_pack("a.csv", "\n".join([header, *rows]).encode(), shipped_library())
    with pytest.raises(PackTooBig):
        read_pack("a.toml", b"[[moments]]\n" * (MOST_MOMENTS + 1), shipped_library())
    assert read_pack("a.csv", "\n".join([header, *rows[1:]]).encode(), shipped_library()).size == MOST_MOMENTS


@pytest.mark.parametrize("line", ["[t{number}]", "k{number} = 1", "{{}},"])
def test_a_file_of_nothing_but_tables_or_keys_is_too_big_before_it_is_read(line: str) -> None:
    content = "".join(f"{line.format(number=number)}\n" for number in range(600_000)).encode()
    assert len(content) < MOST_BYTES
    with pytest.raises(PackTooBig):
        read_pack("a.toml", content, shipped_library())


def test_a_pack_whose_export_would_be_too_big_to_come_back_is_too_big() -> None:
    header = "drama,year,scene,scene_ko,reveal,reveal_ko,source,planned_part,unplanned_part"
    rows = [
        f"D,2010,{number} {'가' * 250},{'나' * 90},{'다' * 140},{'라' * 35},t,p,u" for number in range(MOST_MOMENTS)
    ]
    content = "\n".join([header, *rows]).encode()
    assert len(content) < MOST_BYTES
    with pytest.raises(PackTooBig):
        read_pack("a.csv", content, shipped_library())


def test_five_thousand_moments_are_read_in_two_seconds() -> None:
    content, library = big_pack(MOST_MOMENTS), shipped_library()
    assert 3_500_000 < len(content) < 5_000_000
    begun = thread_time()
    read = read_pack("big.toml", content, library)
    assert thread_time() - begun < (5 if is_traced() else 2)
    assert read.size == MOST_MOMENTS


def test_faults_are_gathered_up_to_as_many_as_anybody_reads() -> None:
    scene = "[[moments]]\n" + "".join(f'key{number} = "x"\n' for number in range(6))
    faults = faults_in(scene * 4_000)
    assert len(faults) == MOST_FAULTS
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_what_a_fault_repeats_of_the_file_is_short() -> None:
    (fault, *_) = faults_in(f"{'k' * 5000} = 1\n")
    assert len(fault.key) == 60
