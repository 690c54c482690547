"""Edits of one message stay in order, whatever Discord makes of their speed."""

import asyncio

import pytest

from bot.ui import settle
from bot.ui.settle import Settler


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "QUIET", 0)


class Message:
    """Shows what was stored when an edit of it began; the edit itself may take long."""

    def __init__(self) -> None:
        self.stored = "open"
        self.shown = ""
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()

    async def slow_edit(self) -> None:
        state = self.stored
        self.begun.set()
        await self.go_on.wait()
        self.shown = state

    async def edit(self) -> None:
        self.shown = self.stored


async def test_a_slow_late_edit_does_not_undo_the_close() -> None:
    settler, message = Settler(), Message()
    settler.touch("poll", message.slow_edit)
    await message.begun.wait()
    message.stored = "closed"
    close = asyncio.create_task(settler.draw("poll", message.edit))
    await asyncio.sleep(0)
    message.go_on.set()
    await close
    assert message.shown == "closed"
    await settler.close()


async def test_changes_during_an_edit_are_drawn_by_one_more() -> None:
    settler, message = Settler(), Message()
    settler.touch("poll", message.slow_edit)
    await message.begun.wait()
    for state in ("1 vote", "2 votes", "3 votes"):
        message.stored = state
        settler.touch("poll", message.edit)
    message.go_on.set()
    await settler.idle()
    assert message.shown == "3 votes"


async def test_messages_do_not_wait_for_each_other() -> None:
    settler, slow, quick = Settler(), Message(), Message()
    settler.touch("slow", slow.slow_edit)
    await slow.begun.wait()
    await settler.draw("quick", quick.edit)
    assert (slow.shown, quick.shown) == ("", "open")
    await settler.close()


async def test_an_edit_that_fails_does_not_stop_the_next_one(caplog: pytest.LogCaptureFixture) -> None:
    settler, message, failed = Settler(), Message(), asyncio.Event()

    async def fail() -> None:
        failed.set()
        raise RuntimeError("a fault of ours")

    settler.touch("poll", fail)
    await failed.wait()
    await asyncio.sleep(0)
    await settler.draw("poll", message.edit)
    assert message.shown == "open"
    assert "a fault of ours" in caplog.text
