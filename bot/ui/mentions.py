"""Naming commands so that a tap opens them."""

from collections.abc import Mapping


def command_mention(name: str, ids: Mapping[str, int]) -> str:
    """Return the mention of a command by its whole name ("trivia start"); plain text where its id is not known."""
    root = name.split(" ", 1)[0]
    return f"</{name}:{ids[root]}>" if root in ids else f"/{name}"
