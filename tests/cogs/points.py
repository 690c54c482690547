"""Points that were made in the simulated guild, and what Discord would say of a page."""

from collections.abc import Mapping
from datetime import timedelta

from bot.storage.database import open_database
from bot.ui.actions import LIMIT
from bot.ui.pages import Page
from tests.cogs.specification import body_faults
from tests.cogs.world import World
from tests.storage.boards_rows import NOON, Played, store

FANS = range(10**18, 10**18 + 25)
MOST_TEXT, MOST_PARTS = 4000, 40


async def score(world: World, points: Mapping[int, int], days_ago: int = 0, took: float = 0.0) -> None:
    """Let a round have been played here, just now or days ago; everyone took the same time."""
    later = world.env.backend.clock.now() - timedelta(days=days_ago, seconds=20) - NOON
    times = dict.fromkeys(points, took)
    async with open_database(world.database_url) as database:
        await store(database, Played(points, later, world.guild.id, times, streaks=dict.fromkeys(points, 1)))


def faults(page: Page) -> list[str]:
    """Every reason for which Discord would not take the page."""
    ids = [str(getattr(item, "custom_id", "")) for item in page.walk_children() if hasattr(item, "custom_id")]
    found = body_faults("POST", "/channels/1/messages", {"flags": 1 << 15, "components": page.to_components()})
    if len(ids) != len(set(ids)) or max(map(len, ids), default=0) > LIMIT:
        found.append("custom_ids that are not its own, or too long")
    if page.content_length() > MOST_TEXT or page.total_children_count > MOST_PARTS:
        found.append("too much for one message")
    return found
