"""What tests of cards share: a guild's own articles, what the menus of a message lead to."""

from typing import Any, Final

from simcord.actors import MemberActor
from simcord.builders import GuildHandle
from simcord.results import InteractionResult

from bot.domain.own_articles import Written
from bot.storage import own_articles
from bot.storage.database import open_database
from tests.cogs.world import World, menus

QUEEN: Final = "queen-of-tears"
ZEBRA: Final = Written("Our zebra club met the queen", "Club news", "2026-11-20", dramas=(QUEEN,))
OPEN: Final = "v1:open"


async def add_own(world: World, guild: GuildHandle, written: Written = ZEBRA) -> str:
    """Let a guild have an article of its own; return its id."""
    async with open_database(world.database_url) as database:
        stored = await database.write(
            lambda connection: own_articles.add_articles(connection, guild.id, [written], world.env.now())
        )
    await world.bot.services.own_libraries.apply(guild.id, stored)
    return stored[0].article.id


def ways(message: Any) -> dict[str, str]:
    """What the menu of cards of a message leads to, by the names in it; nothing where it has none."""
    found = [menu for menu in menus(message) if menu["custom_id"] == OPEN]
    return {option["label"]: option["value"] for menu in found for option in menu["options"]}


async def follow(fan: MemberActor, message: Any, name: str) -> InteractionResult:
    """Choose a name in the menu of cards of a message."""
    return await fan.select(message, [ways(message)[name]], custom_id=OPEN)
