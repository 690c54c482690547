"""The option of the feed commands: one of the guild's feeds."""

from typing import Any

from discord import app_commands

from bot.domain.feeds import Feed
from bot.text.names import FEED_STATES
from bot.ui.interaction import Interaction, private_phrases
from bot.ui.place import guild_channel
from bot.ui.transformers import choice

OFFERED = 25
"""Choices that autocomplete may offer (Discord)."""


class _Feed(app_commands.Transformer):
    async def transform(self, interaction: Interaction, value: Any, /) -> Feed:  # pyright: ignore[reportIncompatibleMethodOverride] - our client
        return await interaction.client.services.feeds.find(guild_channel(interaction)[0], str(value))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        _ = private_phrases(interaction)
        found = await interaction.client.services.feeds.suggest(guild_channel(interaction)[0], value)
        return [choice(f"{feed.title} · {_(FEED_STATES[feed.state])}", str(feed.id)) for feed in found[:OFFERED]]


FeedOption = app_commands.Transform[Feed, _Feed]
"""A feed of the guild, chosen or typed by its title or address."""
