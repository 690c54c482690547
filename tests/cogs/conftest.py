"""The world of end-to-end tests: simulated time, a member's own language."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import simcord._dpy_internals as internals
import simcord.interactions
from simcord.env import Env

from tests.cogs.world import World, simulated_world


def _always(*_: object) -> bool:
    return True


@pytest.fixture(autouse=True)
def virtual_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Timers of the bot fire in `advance_time()` only, and settling does not idle."""
    monkeypatch.setattr(internals, "is_intentional_wait_wakeup", _always)
    defaults: dict[str, Any] = Env._settle_internal.__kwdefaults__  # pyright: ignore - simcord has no switch for it
    monkeypatch.setitem(defaults, "idle", 0.001)


@pytest.fixture(autouse=True)
def locales(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Discord locales by member id; who is not in it is English. simcord knows only English."""
    spoken: dict[int, str] = {}
    original = simcord.interactions.base_payload

    def localised(*args: Any, **kwargs: Any) -> Any:
        record, payload = original(*args, **kwargs)
        payload["locale"] = spoken.get(kwargs.get("user_id", 0), "en-US")
        return record, payload

    for module in (simcord.interactions, simcord.actors):
        if hasattr(module, "base_payload"):
            monkeypatch.setattr(module, "base_payload", localised)
    return spoken


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    """A guild with the real bot on a fresh database."""
    async with simulated_world(tmp_path) as made:
        yield made
