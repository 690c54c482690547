"""What the easel is given to draw in its tests; functions of a module, as the other process imports them."""

import os
import signal
import threading


def process_id() -> bytes:
    """Say which process draws."""
    return str(os.getpid()).encode()


def faulty(reason: str) -> bytes:
    """Fail."""
    raise ValueError(reason)


def endless() -> bytes:
    """Never come to an end."""
    threading.Event().wait()
    return b""


def fatal() -> bytes:
    """Take the process down."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def repeated(text: str, times: int) -> bytes:
    """Return a text many times, more than a pipe holds."""
    return text.encode() * times
