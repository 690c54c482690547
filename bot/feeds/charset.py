"""Bytes to text, whatever they are said to be: feeds are often wrong about their own letters."""

import codecs
import re
from typing import Final

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
)
"""How a text begins that says itself what it is."""
WIDER: Final = {
    "euc-kr": "cp949", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "ks_c_5601": "cp949",
    "iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252", "ascii": "windows-1252",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
}  # fmt: skip
"""What is meant where a narrower set is named."""
_HTTP: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_WRITTEN: Final = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_HANGUL: Final = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")


def decoded(body: bytes, kind: str) -> str:
    """Return the text of an answer; `kind` is its Content-Type.

    What is UTF-8 throughout is UTF-8, for hardly anything else is by chance. Otherwise what is declared counts, where
    the bytes are possible in it, and then what they look like: Hangul of EUC-KR, UTF-8 with some bytes lost, or
    windows-1252.
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace").removeprefix("\ufeff")
    declared = list(_declared(body, kind))
    if b"\x1b" in body[:10_000]:  # ISO-2022-KR and -JP consist of ASCII only
        declared = [name for name in declared if "2022" in name]
    else:
        declared.insert(0, "utf-8")
    for name in declared:
        text = _strictly(body, name)
        if text is not None:
            return text
    return body.decode(_likely(body), "replace")


def _declared(body: bytes, kind: str) -> list[str]:
    written = _WRITTEN.search(body[:2000])
    found = [match[1] for match in (_HTTP.search(kind),) if match]
    if written:
        found.append((written[1] or written[2]).decode("ascii", "replace"))
    return [WIDER.get(name.lower(), name) for name in found]


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None


def _likely(body: bytes) -> str:
    high = len(_HIGH.findall(body))
    if body.decode("utf-8", "replace").count("\ufffd") * 4 < high:
        return "utf-8"
    return "cp949" if len(_HANGUL.findall(body)) * 2 >= high / 2 else "windows-1252"
