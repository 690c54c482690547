"""Web addresses that members type: which may be stored, and when two are the same."""

from contextlib import suppress
from typing import Final
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from bot.errors import LinkNotWeb, LinkTooLong

LONGEST_LINK: Final = 512
"""Characters; a link button takes as many (Discord)."""
_TRACKING: Final = ("utm_", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "spm")
"""Beginnings of parameters that say where a reader came from, not what she reads."""
_UNSEEN: Final = frozenset(map(chr, (*range(0x21), *range(0x7F, 0xA1), *range(0xD800, 0xE000)))) | set('<>"\\^`{|}')


def checked_link(text: str) -> str:
    """Return the address as it is stored: composed (NFC), without what stands around it.

    Raises:
        LinkNotWeb: it is no http or https address of a named host, holds a name and password, or a blank.
        LinkTooLong: it has more than `LONGEST_LINK` characters.
    """
    link = normalize("NFC", text.strip())
    if len(link) > LONGEST_LINK:
        raise LinkTooLong(limit=LONGEST_LINK)
    parts = _split(link)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise LinkNotWeb
    if _UNSEEN.intersection(link) or not any(letter.isalnum() for letter in parts.hostname):
        raise LinkNotWeb
    return link


def link_key(link: str) -> str:
    """Return what two addresses of one page have in common: no scheme, www, tracking, fragment or last slash."""
    parts = _split(link)
    if parts is None or not parts.hostname:
        return link
    host = normalize("NFC", parts.hostname).removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = "/".join(map(_spelled, parts.path.rstrip("/").split("/")))
    fields = (field.replace("+", "%20").partition("=") for field in parts.query.split("&") if field)
    kept = [f"{_spelled(name)}={_spelled(value)}" for name, _, value in fields if not _is_tracking(name)]
    return f"{host}{port}{path}{'?' if kept else ''}{'&'.join(kept)}"


def _is_tracking(name: str) -> bool:
    return _spelled(name).lower().startswith(_TRACKING)


def _spelled(part: str) -> str:
    """Return a part of an address in the one way of writing it; bytes that are no UTF-8 stay what they are."""
    if part.isascii() and part.isalnum():
        return part
    read = unquote_to_bytes(part.encode("utf-8", "surrogatepass"))
    with suppress(UnicodeDecodeError):
        read = normalize("NFC", read.decode()).encode()
    return quote(read, "")


def _split(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts
