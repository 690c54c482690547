"""Who answers a press or a form: one table from actions to handlers, filled when the features load."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from bot.errors import Outdated
from bot.ui.actions import VERSION, Action
from bot.ui.door import explain
from bot.ui.interaction import Interaction

Handler = Callable[..., Awaitable[None]]
"""Takes the interaction and the values of the action."""


class Router:
    """Finds the handler of a custom_id and runs it behind the error door."""

    def __init__(self) -> None:
        self._routes: dict[str, tuple[Action, Handler]] = {}
        self._running: set[asyncio.Event] = set()

    def add(self, routes: Mapping[Action, Handler]) -> None:
        """Let each action be answered by its handler.

        Raises:
            ValueError: an action of that name is answered already.
        """
        for action, handler in routes.items():
            if action.name in self._routes:
                raise ValueError(f"two handlers for {action!r}")
            self._routes[action.name] = (action, handler)

    @property
    def names(self) -> frozenset[str]:
        """The names of all actions that are answered."""
        return frozenset(self._routes)

    async def run(self, interaction: Interaction, custom_id: str) -> None:
        """Answer a press or a form; an unknown or older custom_id is answered with how to go on."""
        answered = asyncio.Event()
        self._running.add(answered)
        try:
            handler, values = self._find(custom_id)
            await handler(interaction, *values)
        except Exception as error:
            await explain(interaction, error)
        finally:
            answered.set()
            self._running.discard(answered)

    async def drain(self, patience: float = 3.0) -> None:
        """Wait at most `patience` seconds for the answers under way."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                for answered in tuple(self._running):
                    await answered.wait()

    def _find(self, custom_id: str) -> tuple[Handler, tuple[Any, ...]]:
        version, _, rest = custom_id.partition(":")
        name, *values = rest.split(":")
        if version != VERSION or name not in self._routes:
            raise Outdated
        action, handler = self._routes[name]
        return handler, action.parse(values)
