"""The process behind bot/pictures/easel.py: reads what to draw, answers with the picture or with what went wrong."""

import os
import pickle
import signal
import sys


def main() -> None:
    """Draw until the pipe ends, which it does when the bot has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's, which ends this process in its own time
    if sys.platform != "win32":
        os.nice(10)  # whoever waits for a press goes before whoever waits for a picture
    while True:
        try:
            draw, parts = pickle.load(sys.stdin.buffer)  # noqa: S301 - both ends are Adlib's own
        except EOFError:
            return
        answer: bytes | str
        try:
            answer = draw(*parts)
        except Exception as fault:
            answer = f"{type(fault).__name__}: {fault}"
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
