"""The process behind bot/beside/process.py: reads what to do, answers with the result or with what went wrong.

Its arguments: a name for whoever looks at the list of processes, the megabytes it may take, and the modules that it
holds before it says that it is there.
"""

import importlib
import os
import pickle
import signal
import sys
from typing import BinaryIO

from bot.beside.frames import Frame, written

LONGEST_FAULT = 1000
"""Characters of what went wrong."""


def main() -> None:
    """Work until the pipe ends, which it does when the bot has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's, which ends this process in its own time
    if sys.platform != "win32":
        os.nice(10)  # whoever waits for a press goes before whoever waits for this
        hold_to(int(sys.argv[2]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the work prints is no answer
    for module in sys.argv[3:]:
        importlib.import_module(module)
    say(answers, Frame.READY)
    while True:
        try:
            work, parts = pickle.load(sys.stdin.buffer)  # noqa: S301 - what the bot itself says
        except EOFError:
            return
        try:
            result = work(*parts)
            done = (Frame.BYTES, result) if isinstance(result, bytes) else (Frame.OBJECT, pickle.dumps(result))
        except Exception as fault:
            done = (Frame.FAULT, f"{type(fault).__name__}: {fault}"[:LONGEST_FAULT].encode(errors="replace"))
        say(answers, *done)


def say(answers: BinaryIO, frame: Frame, body: bytes = b"") -> None:
    """Send one frame."""
    answers.write(written(frame, body))
    answers.flush()


def hold_to(megabytes: int) -> None:
    """Take no more memory than that, where the system knows such a limit; more raises MemoryError."""
    import resource

    if megabytes:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        except (OSError, ValueError):  # macOS refuses; the time limit stands
            return


if __name__ == "__main__":
    main()
