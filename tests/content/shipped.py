"""The library that Adlib ships, loaded once for all tests that look at it."""

import functools

from bot.app import DATA
from bot.content.load import load_library
from bot.domain.library import Library


@functools.cache
def shipped_library() -> Library:
    """The library in data/."""
    return load_library(DATA)
