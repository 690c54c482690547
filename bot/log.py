"""Logging: one line an event on standard error, with secrets cut out by their shape."""

import logging
import re
import sys
from typing import Final

SECRETS: Final = (
    (re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"), "[token]"),
    (re.compile(r"(?<=/webhooks/)(\d+)/[\w-]{20,}"), r"\1/[token]"),
    (re.compile(r"(?<=/interactions/)(\d+)/[\w-]{20,}"), r"\1/[token]"),
    (re.compile(r"(?<=://)([^:/@\s]*):[^@\s]+@"), r"\1:[password]@"),
    (re.compile(r"(?<=[?&]password=)[^&\s'\"]+"), "[password]"),
)
"""Bot tokens, interaction and webhook tokens in addresses, passwords in database addresses."""


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, and cuts secrets out of the result."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """Return `text` with everything that has the shape of a secret replaced."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def set_up_logging(level: str) -> None:
    """Log to standard error from `level` on. What discord.py sends and receives is never logged: it holds tokens."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("{asctime} {levelname:<7} {name}: {message}", style="{"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It warns of the intents that Adlib does without on purpose.
    logging.getLogger("discord.state").setLevel("ERROR")
    for name in ("discord.http", "discord.gateway", "discord.webhook", "discord.client"):
        logging.getLogger(name).setLevel("INFO" if level == "DEBUG" else level)
