"""A live Discord out of simcord's test one: real time, every tab up to date, several members at once.

Stock simcord holds its clock still, fires no timer by itself, shows a published snapshot and refuses the press of one
member while another one's is answered.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Mapping
from contextvars import Context
from datetime import UTC, datetime
from typing import Any, Final

import discord
import simcord
from discord import app_commands
from simcord.preview import Preview

from bot.playground.page import ADDED, EDITS, edited
from bot.playground.seams import PreviewServer

log = logging.getLogger(__name__)

PATIENCE: Final = 3.0
"""Seconds that Discord gives a bot to answer."""
GLANCE: Final = 0.01
"""Seconds between two looks at whether it has answered."""
LOOK: Final = 0.15
"""Seconds between two looks at whether the pages are behind."""
KEPT: Final = 2000
"""Events and calls that are kept; simcord would keep them all, and a long evening must not fill the memory."""


class WallClock:
    """The time as it is, in the shape of simcord's clock."""

    @property
    def elapsed(self) -> float:
        """Seconds that only grow. Not time.monotonic, which simcord replaces by this very number."""
        return time.perf_counter()

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Leave the time alone."""


class LiveEnv(simcord.Env):
    """A simulated Discord around one bot. Build its world first: until `start` its clock stands still.

    So the ids of guild, channel and members are the same in every run and fit the database that was kept, while those
    of messages are of the time and never come again.
    """

    def __init__(self, bot: discord.Client) -> None:
        super().__init__(bot, check_errors=False)
        self._pressed: Any = None
        self._register_dispatch_observer(self._remember)

    async def start(self) -> None:
        """Set the clock going, connect the bot and wait until it is ready."""
        clock: Any = WallClock()
        self.backend.clock = clock
        await super().start()
        await self.bot.wait_until_ready()

    def errors_since(self, cursor: int) -> tuple[BaseException, ...]:
        """Return nothing: a refusal that the bot has explained would be shown as a failure of the page."""
        return ()

    def trim(self) -> None:
        """Forget what is long past."""
        backend = self.backend
        if len(backend.transcript) > 2 * KEPT:
            del backend.transcript[:-KEPT]
            del backend.http_requests[:-KEPT]
        callbacks = self._work.callbacks
        callbacks[:] = [record for record in callbacks if record.handle is None or not record.handle.cancelled()]

    def _remember(self, interaction: Any) -> None:
        self._pressed = interaction

    def _record_error(self, error: BaseException) -> None:
        # Refusals of commands pass here on their way to the error door, which explains or logs them.
        if not isinstance(error, app_commands.AppCommandError):
            log.error("The bot failed outside of an answer", exc_info=error)

    def _schedule_timer(
        self, record: Any, callback: Any, args: tuple[Any, ...], schedule_context: Context | None
    ) -> None:
        def fire() -> None:
            if record.handle is not None and not record.handle.cancelled():
                record.handle._run()

        loop = asyncio.get_running_loop()
        runtime: Any = self._runtime
        delay = max(record.when - self._virtual_time, 0)
        record.real_handle = runtime.call_at(loop.time() + delay, fire, context=schedule_context)

    async def _settle_internal(
        self,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 -- simcord's signature
        idle: float = 0.05,
        dispatch: str | None = None,
        _deadline: float | None = None,
    ) -> None:
        # A live bot is never at rest; an action is over when it has been answered.
        interaction, self._pressed = self._pressed, None
        if dispatch == "INTERACTION_CREATE" and interaction is not None:
            end = time.perf_counter() + PATIENCE
            while not interaction.responded and time.perf_counter() < end:  # noqa: ASYNC110 -- simcord sets no event
                await asyncio.sleep(GLANCE)
        await asyncio.sleep(GLANCE)


class LivePreview(Preview):
    """The page of one channel. A new tab is the member who has the fewest tabs open."""

    def __init__(self, env: LiveEnv, channel: Any, viewers: tuple[Any, ...], locales: Mapping[int, str], port: int):
        super().__init__(
            env,
            channel,
            viewers,
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-US",
            timezone="UTC",
            presentation_time=None,
            assets=None,
            port=port,
        )
        self._server = PageServer(self, port)
        self._locales = locales
        self._turn = asyncio.Lock()
        self._pump: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "LivePreview":
        await super().__aenter__()
        self._pump = asyncio.create_task(self._keep_up(), name="playground pages")
        return self

    async def __aexit__(self, *exc_info: Any) -> None:
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        await super().__aexit__(*exc_info)

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        # One after the other instead of a refusal, and on the page as it is by then: what is pressed is named by the id
        # of its message, not by the revision of the page.
        async with self._turn:
            if "published_revision" in body:
                body = {**body, "published_revision": self._get_page(context_id).revision}
            return await super()._action(context_id, body)

    def _open_page(self, viewer_id: Any = None, target_id: Any = None) -> Any:
        if viewer_id is None:
            tabs = Counter(page.viewer.id for page in self._pages.values() if page is not self._python)
            viewer_id = min(self.viewers, key=lambda viewer: tabs[viewer.id]).id
        return super()._open_page(viewer_id, target_id)

    def _publish(self, page: Any, *, reason: Any = "action") -> None:
        super()._publish(page, reason=reason)
        page.snapshot["profile"]["locale"] = self._locales.get(page.viewer.id, self.locale)

    async def _keep_up(self) -> None:
        env: Any = self.env
        seen = None
        while True:
            await asyncio.sleep(LOOK)
            newest = env.backend.transcript[-1]
            if newest is seen or self._turn.locked():
                continue
            seen = newest
            try:
                env.trim()
                self._advance_presentation_time()
                self._publish_message_pages(reason="refresh")
            except Exception:
                log.exception("A page could not be brought up to date")


class PageServer(PreviewServer):
    """Serves simcord's page in Adlib's words."""

    async def _static(self, request: Any) -> Any:
        response = await super()._static(request)
        filename = self._STATIC_FILES[request.path]
        if filename in EDITS or filename in ADDED:
            response.text = edited(filename, response.text)
        return response
