"""An event loop whose clock a test turns: whoever sleeps is woken at once, and the time has passed."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Waits for nothing: what it would have waited is added to `passed`."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everybody waits for something that never happens")
        self.passed += max(timeout, 0.0)
        return super().select(0)


class TurnedLoop(asyncio.SelectorEventLoop):
    """Begins at noon of its own time, which is 0."""

    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.passed


def play(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene to its end, however many minutes it takes."""
    with asyncio.Runner(loop_factory=TurnedLoop) as runner:
        return runner.run(scene)
