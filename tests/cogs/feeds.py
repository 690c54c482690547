"""What tests of feeds on screen share: websites that answer as a test says, following one, looking at what is shown.

Simulated time does not wait for a real website; how those are read is tested in tests/feeds and tests/services.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Self

import pytest
from simcord.results import InteractionResult

from bot.domain.feeds import Feed, Item
from bot.errors import FeedUnreadable
from bot.feeds.fetch import Fetched
from tests.cogs.world import World, answer, buttons, texts

URL: Final = "https://news.example/feed"
GOBLIN: Final = "guardian-the-lonely-and-great-god"
A_LOOK: Final = timedelta(minutes=33)
"""So much later every feed that does well has been looked at."""


@dataclass
class Websites:
    """Stands in for bot.feeds.fetch.Fetcher: what is at each address, or why nothing is."""

    pages: dict[str, list[Item] | FeedUnreadable] = field(default_factory=dict[str, list[Item] | FeedUnreadable])
    title: str = "Drama [News] *daily*"
    asked: int = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close nothing."""

    async def read(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        self.asked += 1
        found = self.pages[url]
        if isinstance(found, FeedUnreadable):
            raise found
        return Fetched(url, self.title, found, None, None)


@pytest.fixture
def websites(monkeypatch: pytest.MonkeyPatch) -> Websites:
    """Websites that the bots of a world read; ask for them before the world."""
    made = Websites({URL: [item(1)]})
    monkeypatch.setattr("bot.app.Fetcher", opened(made))
    return made


def opened(websites: Websites) -> Callable[..., Websites]:
    """What a bot calls to get its way to websites."""
    return lambda *_: websites


def item(
    number: int, headline: str = "", *, published_at: datetime | None = None, url: str | None = "", text: str = ""
) -> Item:
    """An entry of a feed."""
    address = f"https://news.example/{number}" if url == "" else url
    return Item(f"item-{number}", headline or f"Headline {number}", address, published_at, "Soompi", text)


async def add(world: World, **options: Any) -> InteractionResult:
    """Have the manager ask for the preview of a feed."""
    return await world.mina.slash(world.channel, "feed add", **{"url": URL, **options})


async def follow(world: World, label: str = "Follow", **options: Any) -> int:
    """Follow a feed; return its id."""
    preview = await add(world, **options)
    shown = shown_by(preview)
    feed_id = int(buttons(shown)["Follow"]["custom_id"].split(":")[2])
    await world.mina.click(shown, label=label)
    await world.env.advance_time(1)  # the channel is told
    return feed_id


def shown_by(result: InteractionResult) -> Any:
    """The message that answers, whether or not the answer was put off."""
    return result.followups[-1] if result.followups else answer(result)


async def stored(world: World, feed_id: int) -> Feed:
    """The feed as it is stored."""
    return (await world.bot.services.feeds.get(world.guild.id, feed_id)).feed


async def later(world: World, length: timedelta = A_LOOK) -> None:
    """Let time pass: at a leap while the bot sleeps, and as it goes for the last minute."""
    world.env.backend.clock.advance(length.total_seconds() - 60)
    await world.env.advance_time(60)


def posts(world: World) -> list[str]:
    """The texts in the channel, oldest first."""
    return [texts(message) for message in world.channel.history()]


def pings(world: World) -> list[Any]:
    """Whom each message to a channel may mention."""
    path = f"/channels/{world.channel.id}/messages"
    return [
        (request.json or {}).get("allowed_mentions")
        for request in world.env.http_requests
        if request.method == "POST" and request.path.endswith(path)
    ]
