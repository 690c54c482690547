"""What a process beside the loop is given to do in its tests; functions of a module, as it imports them."""

import os
import threading
from pathlib import Path


def most_memory() -> int:
    """The megabytes that this process has held at most."""
    # ru_maxrss would be that of the parent before the child became a program of its own
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) >> 10


def taking(megabytes: int) -> int:
    """Take so much memory."""
    return len(bytearray(megabytes << 20))


def hanging(note: str) -> None:
    """Write that it began, and never come to an end."""
    with open(note, "a", encoding="ascii") as written:
        written.write("x")
    threading.Event().wait()


def told() -> set[str]:
    """The secrets that this process was told."""
    return set(os.environ) & {"DISCORD_TOKEN", "DATABASE_URL"}
