"""Indexes of a library are built once, however many look things up in it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

from bot.domain.library import Library

MOST_LIBRARIES: Final = 4
Built = TypeVar("Built")


class _Same:
    """A library, equal to itself only: comparing all that is in it would take longer than building an index."""

    __slots__ = ("library",)

    def __init__(self, library: Library) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.library is self.library

    def __hash__(self) -> int:
        return id(self.library)


def kept(build: Callable[[Library], Built]) -> Callable[[Library], Built]:
    """Return a function that builds once for each of the last few libraries. What it returns must not be changed."""

    @lru_cache(maxsize=MOST_LIBRARIES)
    def built(same: _Same) -> Built:
        return build(same.library)

    @wraps(build)
    def get(library: Library) -> Built:
        return built(_Same(library))

    return get
