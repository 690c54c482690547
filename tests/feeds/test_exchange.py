"""One question and its answer: what is sent, and how much is heard of what comes."""

from contextlib import nullcontext
from ipaddress import ip_address
from ssl import create_default_context

import pytest
from yarl import URL

from bot.feeds.exchange import (
    MOST_CHUNKS,
    MOST_INTERIM,
    MOST_LINES,
    PIECE,
    BrokenOff,
    Heard,
    connected,
    exchanged,
    in_turn,
)
from tests.feeds.site import ALLOWED, raw, rude

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
ROOM = 1_000_000


async def asked(url: str, headers: dict[str, str] | None = None, limit: int = ROOM) -> Heard:
    reader, writer = await connected(URL(url), [ip_address(ALLOWED)], create_default_context(), 1)
    try:
        return await exchanged(URL(url), headers or {}, limit, reader, writer)
    finally:
        writer.transport.abort()


async def heard(answer: bytes, limit: int = ROOM) -> Heard:
    async with rude(raw(answer)) as url:
        return await asked(url, limit=limit)


def chunk(body: bytes, rest: bytes = b"") -> bytes:
    return b"%x%b\r\n%b\r\n" % (len(body), rest, body)


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0", " a"])
async def test_what_no_header_may_hold_is_not_sent(value: str) -> None:
    async with rude(raw(OK + b"\r\n")) as url:
        with pytest.raises(BrokenOff):
            await asked(url, {"If-None-Match": value})


async def test_headers_are_text_by_their_names_in_small_letters_and_the_first_of_a_name_counts() -> None:
    got = await heard(OK + "ETag:  é \r\nLink: a\r\nLINK: b\r\nx-old: \udcff\r\n\r\n".encode(errors="surrogateescape"))
    assert got.headers == {"etag": "é", "link": "a", "x-old": "ÿ"}
    assert (got.status, got.body, got.cut) == (200, b"", False)


@pytest.mark.parametrize("cut", range(24))
async def test_chunks_are_put_together_wherever_they_are_cut(cut: int) -> None:
    before = chunk(b"-" * (PIECE - len(CHUNKED + b"300\r\n\r\n") - cut))
    assert len(CHUNKED + before) == PIECE - cut  # so far into the rest comes the cut
    got = await heard(CHUNKED + before + chunk(b"hello") + chunk(b" ", b";x=y") + b"0\r\nTrailer: 1\r\n\r\n")
    assert got.body.strip(b"-") == b"hello "
    assert not got.cut


@pytest.mark.parametrize("head", [OK + b"\r\n", OK + b"Content-Length: 5001\r\n\r\n", CHUNKED])
async def test_of_a_body_is_heard_what_there_is_room_for(head: bytes) -> None:
    body, end = b"x" * 5001, b"0\r\n\r\n"
    answer = head + (chunk(body) + end if head is CHUNKED else body)
    whole, cut = await heard(answer, limit=5001), await heard(answer, limit=5000)
    assert (whole.body, whole.cut) == (body, False)
    assert (cut.body, cut.cut) == (body[:5000], True)


async def test_a_body_in_more_chunks_than_anybody_sends_is_cut_although_there_is_room() -> None:
    enough = await heard(CHUNKED + chunk(b"x") * (MOST_CHUNKS // 2) + b"0\r\n\r\n")
    assert (len(enough.body), enough.cut) == (MOST_CHUNKS // 2, False)
    many = await heard(CHUNKED + chunk(b"x") * (MOST_CHUNKS + 10) + b"0\r\n\r\n")
    assert many.cut
    assert len(many.body) <= MOST_CHUNKS + 1


async def test_a_body_that_is_mostly_packaging_is_cut() -> None:
    got = await heard(CHUNKED + chunk(b"x", b";" + b"y" * 10_000) * 100, limit=200_000)
    assert got.cut
    assert len(got.body) < 40


async def test_so_many_answers_may_come_before_the_answer_and_no_more() -> None:
    assert (await heard(INTERIM * MOST_INTERIM + OK + b"\r\nbody")).body == b"body"
    with pytest.raises(BrokenOff):
        await heard(INTERIM * (MOST_INTERIM + 1) + OK + b"\r\nbody")


@pytest.mark.parametrize("length", [2, 40])
async def test_an_answer_has_so_many_headers_and_no_more(length: int) -> None:
    lines = [b"X-%d: %b\r\n" % (number, b"x" * length) for number in range(MOST_LINES)]
    got = await heard(OK + b"".join(lines[1:]) + b"\r\n" + b"\n" * 300)
    assert len(got.headers) == MOST_LINES - 1
    assert got.body == b"\n" * 300
    with pytest.raises(BrokenOff):
        await heard(OK + b"".join(lines) + b"\r\n")


async def test_behind_the_last_chunk_come_so_many_lines_and_no_more() -> None:
    for lines, fault in ((MOST_LINES - 1, False), (MOST_LINES * 2, True)):
        answer = CHUNKED + chunk(b"body") + b"0\r\n" + b"X-Trailer: 0123456789\r\n" * lines + b"\r\n"
        with pytest.raises(BrokenOff) if fault else nullcontext():
            assert (await heard(answer)).body == b"body"


async def test_blanks_in_a_body_are_not_counted() -> None:
    body = b" " * 5000 + b"\t" * 5000 + b"\n" * 5000
    assert (await heard(CHUNKED + chunk(body) + b"0\r\n\r\n")).body == body
    assert (await heard(OK + b"\r\n" + body)).body == body


def test_addresses_of_the_old_and_the_new_kind_are_tried_by_turns() -> None:
    old, new = [ip_address(f"192.0.2.{n}") for n in (1, 2, 3)], [ip_address(f"2001:db8::{n}") for n in (1, 2)]
    assert in_turn([*new, *old]) == [old[0], new[0], old[1], new[1], old[2]]
    assert in_turn(new) == new
