"""Unpacks what came packed, step by step: a megabyte of it may hold a gigabyte."""

import zlib
from typing import Final

GZIP: Final = 16 + zlib.MAX_WBITS
MOST_PARTS: Final = 64
"""Parts of one gzip file; files are of one, or of a few that were joined."""


class NotPacked(Exception):
    """The answer is not packed as it says, or in a way that was not asked for."""


def unpacked(body: bytes, packing: str, limit: int) -> tuple[bytes, bool]:
    """Return the first `limit` bytes of what is in `body`, and whether there is more.

    Raises:
        NotPacked: it is not what `packing`, a Content-Encoding, says.
    """
    match packing.strip().lower():
        case "" | "identity":
            return body[:limit], len(body) > limit
        case "gzip" | "x-gzip":
            return _inflated(body, GZIP, limit)
        case "deflate":
            zlib_head = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
            return _inflated(body, zlib.MAX_WBITS if zlib_head else -zlib.MAX_WBITS, limit)
        case _:
            raise NotPacked(packing)


def _inflated(body: bytes, kind: int, limit: int) -> tuple[bytes, bool]:
    found = b""
    for part in range(MOST_PARTS):
        opener = zlib.decompressobj(kind)
        try:
            found += opener.decompress(body, limit + 1 - len(found))
        except zlib.error as fault:
            if part:  # what follows the last part is padding
                break
            raise NotPacked from fault
        if len(found) > limit:
            return found[:limit], True
        body = opener.unused_data
        if not body:
            break
    return found, False
