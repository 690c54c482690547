"""How a process beside the loop says what it has to say: what it is, how long it is, and then that."""

from enum import IntEnum
from struct import Struct
from typing import IO, Final

HEAD: Final = Struct("!BI")


class Frame(IntEnum):
    """What follows."""

    READY = 1
    """Nothing: the process is there, and waits for work."""
    BYTES = 2
    """What the work returned, which is bytes."""
    OBJECT = 3
    """The same, which is something else: pickled."""
    FAULT = 4
    """What the work raised, as text."""


def written(frame: Frame, body: bytes) -> bytes:
    """Return the frame as it is sent."""
    return HEAD.pack(frame, len(body)) + body


def heard(pipe: IO[bytes], longest: int) -> tuple[Frame, bytes]:
    """Return the next frame of a pipe.

    Raises:
        EOFError: the pipe has ended.
        ValueError: it is none, or longer than `longest` bytes; nothing of it is read.
    """
    kind, size = HEAD.unpack(_exactly(pipe, HEAD.size))
    frame = Frame(kind)
    if size > longest:
        raise ValueError(f"{size} bytes are too many.")
    return frame, _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError
    return body
