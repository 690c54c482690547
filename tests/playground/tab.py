"""A tab of the playground without a browser: the requests that its page sends."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import aiohttp

PATIENCE = 10.0
"""Seconds to wait for something to show up in a tab."""
LOOK = 0.05


class Tab:
    """One member's view of the channel."""

    def __init__(self, session: aiohttp.ClientSession, url: str, state: dict[str, Any]) -> None:
        self._session = session
        self._url = url
        self._actions = 0
        self.state = state

    @classmethod
    async def open(cls, session: aiohttp.ClientSession, url: str) -> Self:
        """Open a new tab at the address that the playground prints."""
        tab = cls(session, url, {})
        tab.state = await tab._ask("POST", "pages", {})
        return tab

    @property
    def name(self) -> str:
        """Whose tab it is."""
        names = {viewer["id"]: viewer["name"] for viewer in self.state["viewers"]}
        return names[self.state["viewerId"]]

    @property
    def text(self) -> str:
        """Everything that stands in the channel, as the page gets it."""
        return json.dumps([self.state["messages"][id_] for id_ in self.state["timeline"]], ensure_ascii=False)

    def key(self, label: str) -> tuple[str, str] | None:
        """Return message and key of the lowest button of this label that can be pressed."""
        for id_ in reversed(self.state["timeline"]):
            for component in _walk(self.state["messages"][id_]["components"]):
                if component.get("label") == label and not component["disabled"]:
                    return id_, component["control_key"]
        return None

    async def press(self, label: str) -> dict[str, Any]:
        """Press the lowest button of this label; return the receipt."""
        await self.until(lambda: self.key(label) is not None)
        found = self.key(label)
        assert found is not None
        return await self._act("click", target_id=found[0], control_key=found[1])

    async def run(self, invocation: str, **options: str) -> dict[str, Any]:
        """Send a slash command, its options as they are typed; return the receipt."""
        commands = (await self._ask("GET", "commands"))["entries"]
        command = next(entry for entry in commands if entry["invocation"] == invocation)
        return await self._act(
            "run_command",
            command_id=command["commandId"],
            path=command["path"],
            schema_fingerprint=command["schemaFingerprint"],
            options=options,
        )

    async def _act(self, kind: str, **what: Any) -> dict[str, Any]:
        self._actions += 1
        return await self._ask(
            "POST",
            "action",
            {
                "protocol_version": 3,
                "sequence": self._actions,
                "request_id": f"act-{self._actions}",
                "generation": self.state["context"]["generation"],
                "bot_generation": self.state["botGeneration"],
                "published_revision": self.state["publishedRevision"],
                "kind": kind,
                **what,
            },
        )

    async def sees(self, text: str) -> None:
        """Wait until `text` stands in the channel."""
        await self.until(lambda: text in self.text)

    async def until(self, seen: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Look at the channel, as the page does all the time, until `seen`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while not seen():
                    await asyncio.sleep(LOOK)
                    self.state = await self._ask("GET", "state")
        assert seen(), self.text

    async def close(self) -> None:
        """Close the tab."""
        await self._ask("DELETE", f"pages/{self.state['context']['id']}")

    async def _ask(self, method: str, what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        address, _, capability = self._url.partition("#")
        headers = {"X-Simcord-Capability": capability}
        if self.state:
            headers["X-Simcord-Context"] = self.state["context"]["id"]
        async with self._session.request(method, f"{address}api/{what}", json=body, headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.json()


def _walk(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for component in components:
        inner = [*component.get("components", []), *filter(None, [component.get("accessory")])]
        found += [component, *_walk(inner)]
    return found
