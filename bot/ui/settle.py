"""Late edits: a count in a message may lag behind, so it is set right by one edit after a burst, never by a storm.

Discord limits edits of messages older than an hour far below others (error 30046) and does not publish the figure, and
50 requests a second are all that a bot has. So edits of one message keep a distance that grows with its age, all late
edits together keep a distance too, and one that is refused for now is tried again. What must not wait, a close, is
drawn at once by `draw`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakValueDictionary

import discord

from bot.ui.refused import is_final

log = logging.getLogger(__name__)

QUIET: Final = 1.5
"""Seconds between a change and the edit that shows it; changes in between ride along."""
YOUNG: Final = 5.0
"""Seconds between two late edits of a message of the last hour."""
OLD: Final = 60.0
"""Seconds between two late edits of an older message, and before one that was refused is tried again."""
TURN: Final = 0.05
"""Seconds between any two late edits of this process: 20 a second, of the 50 requests that Discord takes."""
TRIES: Final = 5

Edit = Callable[[], Awaitable[object]]


def pace(message_id: int | None, now: datetime) -> float:
    """Return the seconds to keep between two late edits of a message; it tells its age by its id."""
    young = message_id is None or now - discord.utils.snowflake_time(message_id) < timedelta(minutes=59)
    return YOUNG if young else OLD


class Settler:
    """Keeps the edits of one message in order, and runs at most one late edit at a time for each key.

    What is lost in a crash is drawn anew by the next change or by the close; nothing depends on late edits.
    """

    def __init__(self) -> None:
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._again: dict[Hashable, float] = {}
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()
        self._free_at: dict[Hashable, float] = {}
        self._turn_at = 0.0

    async def draw(self, key: Hashable, edit: Edit) -> None:
        """Run `edit` when no other edit for `key` is under way.

        An edit looks at what is stored when it is called, so that the last one to be drawn shows the newest state.
        """
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            await edit()

    def touch(self, key: Hashable, edit: Edit, pace: float = QUIET) -> None:
        """Have `edit` drawn soon, `pace` seconds after the last late one for `key` at the earliest.

        While one for `key` is waiting or running, only remember to run it once more.
        """
        if key in self._tasks:
            self._again[key] = pace
            return
        self._tasks[key] = asyncio.create_task(self._run(key, edit, pace))

    async def _run(self, key: Hashable, edit: Edit, pace: float) -> None:
        wait, refused = max(QUIET, self._free_at.get(key, 0.0) - _clock()), 0
        try:
            while refused < TRIES:
                await asyncio.sleep(wait)
                await asyncio.sleep(self._turn())  # taken when it is due: waits of several lengths end together
                pace = self._again.pop(key, pace)  # the message may have grown old meanwhile
                if await self._drawn(key, edit):
                    wait, refused = pace, 0
                    if key not in self._again:
                        self._keep_free(key, pace)
                        return
                else:
                    wait, refused = OLD, refused + 1
        except discord.DiscordException as error:
            log.info("A late edit of %s was refused: %s", key, error)
        except Exception:
            log.exception("A late edit of %s failed", key)
        finally:
            self._tasks.pop(key, None)
            self._again.pop(key, None)

    async def _drawn(self, key: Hashable, edit: Edit) -> bool:
        """Draw, and tell whether that worked; False where another try is worth while."""
        try:
            await self.draw(key, edit)
        except (discord.RateLimited, OSError) as error:  # OSError: Discord cannot be reached
            log.info("A late edit of %s has to wait: %s", key, error)
            return False
        except discord.HTTPException as error:
            if is_final(error):
                raise
            log.info("A late edit of %s has to wait: %s", key, error)
            return False
        return True

    def _turn(self) -> float:
        """Take the next turn among all late edits; return how long to wait for it."""
        now = _clock()
        self._turn_at = max(now, self._turn_at + TURN)
        return self._turn_at - now

    def _keep_free(self, key: Hashable, pace: float) -> None:
        now = _clock()
        self._free_at = {known: free for known, free in self._free_at.items() if free > now}
        self._free_at[key] = now + pace

    async def idle(self) -> None:
        """Wait until no late edit is waiting or running."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def close(self) -> None:
        """Give up the edits that are waiting."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()  # one that had not begun yet has not taken itself out


def _clock() -> float:
    return asyncio.get_running_loop().time()
