"""What a process beside the loop is given to do in its tests; functions of a module, as it imports them."""

import os
import sys
import threading


class Trap:
    """What runs something where it is read as an object."""

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return os.putenv, ("SPRUNG", "1")


def trapped() -> bytes:
    """Return, instead of bytes, an object that runs something."""
    return Trap()  # pyright: ignore[reportReturnType]


def repeated(byte: bytes, times: int) -> bytes:
    """Return as many bytes."""
    return byte * times


def waiting(seconds: float) -> None:
    """Do nothing for so long."""
    threading.Event().wait(seconds)


def printing() -> str:
    """Print something, and return something else."""
    print("not an answer")  # noqa: T201
    sys.stdout.flush()
    os.write(1, b"nor this\n")
    return "the answer"


def reads_badly() -> object:
    """Return what cannot be read on the other side."""
    return Unreadable()


class Unreadable:
    """What is written well and raises where it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("no number",)


def parents_view() -> list[str]:
    """Return the modules of the tests that this process holds."""
    return sorted(name for name in sys.modules if name.startswith("tests.beside."))
